"""The calendar: what has a day, in weeks from Monday, and the way from month to month."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from plansite.exports.calendars.events import list_calendar_events
from plansite.model.assessment import SiteOnDate
from plansite.model.documents.action import Action
from plansite.model.documents.plan import Plan
from plansite.model.documents.records.verification import Verification
from plansite.model.documents.review import Review
from plansite.model.settings import Settings
from plansite.model.site import Site
from plansite.model.status import Status
from plansite.site.components.dated_rows import ALWAYS_VISIBLE, Visibility
from plansite.site.components.page import Link, Page
from plansite.site.lists.calendar import CalendarView, build_calendar_pages
from plansite.site.lists.calendar_entries import list_calendar_entries
from plansite.site.lists.calendar_month import MAX_ITEMS, MAX_OPEN_ITEMS, CalendarDay

TODAY = date(2025, 1, 20)


def _action(slug: str, due: date | None, owner: str = "Anna") -> Action:
    return Action(plan="p", slug=slug, path=f"{slug}.md", title=slug.upper(), due=due, owner=owner)


def _finished(slug: str, check: date, repeat: str = "") -> Action:
    return Action(
        plan="p",
        slug=slug,
        path=f"{slug}.md",
        title=slug.upper(),
        owner="Anna",
        status=Status.COMPLETED,
        completed=date(2025, 1, 2),
        verification=Verification(by="Ben", due=check),
        repeat=repeat,
    )


def _pages(*actions: Action, review: date | None = None) -> dict[str, Page]:
    held = Review(plan="p", slug="r", path="r.md", date=date(2025, 1, 1), next=review)
    plan = Plan(slug="p", path="p.md", title="P", actions=actions, reviews=(held,) if review else ())
    dated_site = SiteOnDate(Site(settings=Settings(title="S"), plans=(plan,)), TODAY)
    entries = list_calendar_entries(list_calendar_events(dated_site, plan))
    return {page.path: page for page in build_calendar_pages(TODAY, entries)}


def _view(pages: dict[str, Page], path: str = "calendar.html") -> CalendarView:
    view = pages[path].view
    assert isinstance(view, CalendarView)
    return view


def _days(view: CalendarView) -> dict[date, CalendarDay]:
    return {day.day: day for month in view.months for week in month.weeks for day in week if day}


def test_weeks_begin_on_monday() -> None:
    """Each week has seven places, Monday first; days of other months are left empty."""
    (january, february) = _view(_pages(_action("a", TODAY))).months
    assert [len(week) for week in january.weeks] == [7] * 5
    assert [day.number if day else "" for day in january.weeks[0]] == ["", "", "1", "2", "3", "4", "5"]
    assert (january.weeks[3][0], january.heading) == (_days(_view(_pages(_action("a", TODAY))))[TODAY], "January 2025")
    assert (february.weeks, february.empty) == ((), "Nothing is due in February 2025.")


def test_actions_checks_and_reviews_stand_on_their_days() -> None:
    """Each with its page and with who does it; on one day actions come before checks, and checks before reviews."""
    day = date(2025, 1, 31)
    view = _view(_pages(_finished("f", day), _action("a", day), review=day))
    assert [(item.title, item.owner, item.plan) for item in _days(view)[day].items] == [
        (Link("A", "plans/p/actions/a.html"), "Anna", "P"),
        (Link("Check: F", "plans/p/actions/f.html"), "Ben", "P"),
        (Link("Review: P", "plans/p/reviews.html"), "No owner yet", ""),
    ]
    assert view.months[0].note == "1 action, 1 check and 1 review"


def test_checks_that_go_on_stand_on_each_of_their_days() -> None:
    """Every one that is still to come has its day."""
    action = _finished("f", date(2025, 1, 10), repeat="every month for 3 months")
    checked = Verification(by="Ben", date=date(2025, 1, 10))
    pages = _pages(
        Action(
            plan="p",
            slug="f",
            path="f.md",
            title="F",
            status=Status.EMBEDDED,
            completed=action.completed,
            verification=checked,
            repeat=action.repeat,
        )
    )
    shown = [day for path in pages if path != "calendar.html" for day in _days(_view(pages, path)).values()]
    days = [day.day for day in shown for _ in day.items]
    assert days == [date(2025, 2, 2), date(2025, 3, 2), date(2025, 4, 2)]


def test_what_is_late_says_so_today_and_later() -> None:
    """The word stands where the day has passed, and is carried hidden where it will; the line at the top counts."""
    view = _view(_pages(_action("a", date(2025, 1, 14)), _action("b", date(2025, 1, 22)), _finished("f", TODAY)))
    days = _days(view)
    assert days[date(2025, 1, 14)].items[0].late == ALWAYS_VISIBLE
    assert days[date(2025, 1, 22)].items[0].late == Visibility(date(2025, 1, 23))
    assert view.late.words == "1 action is late."
    assert view.late.later == "2025-01-21=1 action and 1 check are late.|2025-01-23=2 actions and 1 check are late."


def test_what_was_due_yesterday_is_late() -> None:
    """From the day after its date on, without waiting for a script."""
    yesterday = TODAY - timedelta(1)
    assert _days(_view(_pages(_action("a", yesterday))))[yesterday].items[0].late == ALWAYS_VISIBLE


def test_nothing_late_is_said() -> None:
    """What is due today is not late."""
    assert _view(_pages(_action("a", TODAY))).late.words == "Nothing is late."


def test_today_is_marked_and_moves_with_the_day() -> None:
    """Today shows its mark; each later day carries its own, hidden until it comes; past days are past."""
    days = _days(_view(_pages(_action("a", TODAY), _action("b", date(2025, 2, 3)))))
    assert days[TODAY].today == Visibility(None, date(2025, 1, 21))
    assert days[date(2025, 2, 3)].today == Visibility(date(2025, 2, 3), date(2025, 2, 4))
    assert days[date(2025, 1, 19)].today is None
    assert days[date(2025, 2, 28)].today is None
    assert [day.day for day in days.values() if day.is_past] == [date(2025, 1, n) for n in range(1, 20)]


def test_months_within_reach_have_pages() -> None:
    """From three months back to twelve ahead, where there is anything; years beyond are counted."""
    dues = [
        date(2023, 5, 1),
        date(2024, 9, 30),
        date(2024, 10, 1),
        date(2025, 3, 3),
        date(2026, 1, 31),
        date(2026, 2, 1),
    ]
    pages = _pages(*(_action(f"a{n}", due) for n, due in enumerate(dues)))
    assert list(pages) == ["calendar.html", *(f"calendar/{month}.html" for month in ("2024-10", "2025-03", "2026-01"))]
    assert [(other.link.text, other.link.href, other.note) for other in _view(pages).others] == [
        ("2023", "", "1 action"),
        ("Rest of 2024", "", "1 action"),
        ("October 2024", "calendar/2024-10.html", "1 action"),
        ("March 2025", "calendar/2025-03.html", "1 action"),
        ("January 2026", "calendar/2026-01.html", "1 action"),
        ("Rest of 2026", "", "1 action"),
    ]


def test_months_lead_to_their_neighbours() -> None:
    """Empty months are passed over, and the ends lead nowhere."""
    dues = (date(2024, 11, 1), date(2025, 1, 2), date(2025, 5, 1))
    pages = _pages(*(_action(f"a{n}", due) for n, due in enumerate(dues)))
    november, may = Link("November 2024", "calendar/2024-11.html"), Link("May 2025", "calendar/2025-05.html")
    january = Link("January 2025", "calendar/2025-01.html")
    ways = {path: (_view(pages, path).before, _view(pages, path).after) for path in pages}
    assert ways == {
        "calendar.html": (november, may),
        november.href: (Link(""), january),
        january.href: (november, may),
        may.href: (january, Link("")),
    }


def test_the_way_on_passes_over_the_month_shown_already() -> None:
    """The calendar shows the next month itself, so what comes later leads beyond it."""
    pages = _pages(_action("a", date(2025, 2, 3)), _action("b", date(2025, 4, 4)))
    assert _view(pages).after == Link("April 2025", "calendar/2025-04.html")


def test_a_month_of_its_own_has_two_headings() -> None:
    """Its name is the page's title, and what it holds is the heading of the table."""
    view = _view(_pages(_action("a", TODAY)), "calendar/2025-01.html")
    assert (view.title, view.months[0].heading, view.months[0].note) == ("January 2025", "1 action", "")


@pytest.mark.parametrize(
    ("number", "folded", "more"),
    [(MAX_OPEN_ITEMS, 0, ""), (MAX_OPEN_ITEMS + 2, 2, ""), (MAX_ITEMS + 3, MAX_ITEMS - MAX_OPEN_ITEMS, "3")],
)
def test_a_full_day_folds_what_is_too_much(number: int, folded: int, more: str) -> None:
    """So many stand open, further ones are folded with their number, and the rest is counted with a link."""
    day = _days(_view(_pages(*(_action(f"a{n:03}", TODAY) for n in range(number)))))[TODAY]
    assert (len(day.items), len(day.folded)) == (MAX_OPEN_ITEMS, folded)
    assert day.fold == (f"{folded} more on 20 January" if folded else "")
    assert day.more == (Link(f"{more} more on the list of open actions", "open.html") if more else Link(""))


def test_nothing_dated_is_one_page_that_says_so() -> None:
    """No month has a page, and there is no list of months."""
    pages = _pages(_action("a", None))
    assert list(pages) == ["calendar.html"]
    assert (_view(pages).others, _view(pages).before, _view(pages).after) == ((), Link(""), Link(""))


def test_days_at_the_ends_of_the_calendar_stop_nothing() -> None:
    """A slip in a year is counted and not drawn."""
    pages = _pages(_action("a", date(1900, 1, 1)), _action("b", date(2999, 12, 31)), _action("c", TODAY + timedelta(1)))
    assert [other.link.text for other in _view(pages).others] == ["1900", "January 2025", "2999"]
