"""The front page answers at once: which plans, how many late, what is new, what was finished."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from plansite.content.site_content import load_site
from plansite.model.assessment import SiteOnDate
from plansite.model.body import Body, ProgressNote
from plansite.model.documents.action import Action
from plansite.model.documents.plan import Plan
from plansite.model.documents.review import Review
from plansite.model.settings import Settings
from plansite.model.site import Site
from plansite.model.status import PlanKind, Status
from plansite.site.components.content_links import LinkResolver
from plansite.site.components.dated_rows import ALWAYS_VISIBLE, DatedText
from plansite.site.components.page import Link
from plansite.site.pages.front import COMPACT_PLAN_COUNT, FrontView, build_front_page
from tests.sites import write

_TODAY = date(2025, 1, 20)


def _action(slug: str, plan: str = "p", **fields: object) -> Action:
    return Action(plan=plan, slug=slug, path=f"{plan}/{slug}.md", title=slug, **fields)  # type: ignore[arg-type]


def _plan(slug: str, *actions: Action, **fields: object) -> Plan:
    return Plan(slug=slug, path=f"{slug}/plan.md", title=slug.upper(), actions=actions, **fields)  # type: ignore[arg-type]


def _view(site: Site) -> FrontView:
    page = build_front_page(SiteOnDate(site, _TODAY), LinkResolver.from_site(site))
    assert (page.path, page.section) == ("index.html", "index.html")
    assert isinstance(page.view, FrontView)
    return page.view


def _of(*plans: Plan) -> FrontView:
    return _view(Site(settings=Settings(title="Our plans"), plans=plans))


def test_the_words_of_the_front_page(tmp_path: Path) -> None:
    """Title and lede come from `index.md`; links in it lead to pages; further headings are kept."""
    site = write(
        tmp_path,
        {
            "content/index.md": "---\ntitle: Riverside\n---\nRead [the plan](plans/p/plan.md).\n\n"
            "## How we meet\n\nMonthly.\n",
            "content/plans/p/plan.md": "---\ntitle: P\n---\n",
        },
    )
    view = _view(load_site(site))
    assert view.title == "Riverside"
    assert 'href="plans/p/index.html"' in view.lede_html
    assert view.lede == ""
    assert [(part.title, part.html) for part in view.further] == [("How we meet", "<p>Monthly.</p>")]


def test_without_words_of_its_own() -> None:
    """The site's name is the title, and one sentence says what this is."""
    view = _of(_plan("p"))
    assert view.title == "Our plans"
    assert view.lede.startswith("What we have agreed to do")
    assert view.lede_html == ""


def test_four_figures_each_with_its_list(project: Path) -> None:
    """The demonstration's counts, the list behind each, and what the first of each is."""
    figures = _view(load_site(project)).figures
    assert [(figure.number.words, figure.words, figure.href, figure.note.words) for figure in figures] == [
        ("26", "open", "open.html", "in 5 plans"),
        ("5", "overdue", "overdue.html", "the oldest since 31 December 2024"),
        ("5", "due in the next 14 days", "due-soon.html", "the first on 22 January"),
        ("8", "awaiting verification", "awaiting.html", "1 check is late"),
    ]
    assert [figure.is_late for figure in figures] == [False, True, False, False]


def test_figures_change_with_the_day() -> None:
    """An action due today is late tomorrow, and no longer due soon."""
    figures = _of(_plan("p", _action("a", due=_TODAY))).figures
    assert [(figure.number.words, figure.number.later) for figure in figures[1:3]] == [
        ("0", "2025-01-21=1"),
        ("1", "2025-01-21=0"),
    ]


@pytest.mark.parametrize(
    ("due", "status", "notes"),
    [
        (None, Status.NOT_STARTED, ("no open action has a date", "no dates are coming up")),
        (_TODAY, Status.NOT_STARTED, ("no date has passed", "the first on 20 January")),
        (_TODAY + timedelta(60), Status.NOT_STARTED, ("no date has passed", "the next on 21 March")),
        (_TODAY - timedelta(1), Status.NOT_STARTED, ("the oldest since 19 January", "no dates are coming up")),
        (_TODAY, Status.COMPLETED, ("nothing is open", "no dates are coming up")),
    ],
)
def test_what_stands_under_the_dates(due: date | None, status: Status, notes: tuple[str, str]) -> None:
    """Each figure has a note, whatever dates there are."""
    figures = _of(_plan("p", _action("a", due=due, status=status))).figures
    assert (figures[1].note.words, figures[2].note.words) == notes


def test_what_stands_under_the_dates_changes_with_the_day() -> None:
    """When the date has passed, and with the year."""
    figures = _of(_plan("p", _action("a", due=_TODAY + timedelta(20)))).figures
    since = "the oldest since 9 February"
    assert figures[1].note == DatedText("no date has passed", f"2025-02-10={since}|2026-01-01={since} 2025")
    assert figures[2].note == DatedText(
        "the next on 9 February", "2025-01-26=the first on 9 February|2025-02-10=no dates are coming up"
    )


def test_the_worst_plan_first_then_the_next_due() -> None:
    """Overdue, at risk, on course by date, then plans without a date, then finished ones."""
    soon, later = _TODAY + timedelta(30), _TODAY + timedelta(40)
    view = _of(
        _plan("done", _action("a", "done", status=Status.COMPLETED)),
        _plan("none"),
        _plan("later", _action("a", "later", due=later)),
        _plan("soon", _action("a", "soon", due=soon)),
        _plan("risk", _action("a", "risk", due=later, status=Status.BLOCKED)),
        _plan("late", _action("a", "late", due=_TODAY - timedelta(1))),
    )
    assert [plan.title.text for plan in view.plans] == ["LATE", "RISK", "SOON", "LATER", "NONE", "DONE"]
    assert [plan.tag.words for plan in view.plans][-1] == "Completed"


def test_a_plan_with_its_owner_and_next_review() -> None:
    """Kind, objective, bar and review stand with the plan; a late review is marked, and counted once."""
    held = Review(plan="p", slug="r", path="r.md", title="R", date=date(2024, 12, 1), next=date(2025, 1, 10))
    coming = Review(plan="q", slug="r", path="q.md", title="R", date=date(2024, 12, 1), next=date(2025, 1, 23))
    view = _of(
        _plan("p", _action("a"), kind=PlanKind.SERVICE, objective="Warm rooms", owner="Anna", reviews=(held,)),
        _plan("q", reviews=(coming,)),
    )
    plan = next(plan for plan in view.plans if plan.title.text == "P")
    assert (plan.kind, plan.objective, plan.owner) == ("Service plan", "Warm rooms", Link("Anna", "owners/anna.html"))
    assert (plan.next_review, plan.review, plan.late_review) == (date(2025, 1, 10), None, ALWAYS_VISIBLE)
    assert plan.bar is not None
    assert view.next_review == DatedText("The next review is on 23 January 2025.", "2025-01-24=")
    assert view.late_reviews == DatedText("1 review is late.", "2025-01-24=2 reviews are late.")
    assert view.late_reviews_href == "overdue.html#checks"


def test_many_plans_take_less_room() -> None:
    """From so many plans on, objectives and bars are left to the plans' own pages."""
    few = _of(*(_plan(f"p{n}", objective="O") for n in range(COMPACT_PLAN_COUNT - 1)))
    many = _of(*(_plan(f"p{n}", objective="O") for n in range(COMPACT_PLAN_COUNT)))
    assert (few.compact, few.plans[0].objective) == (False, "O")
    assert (many.compact, many.plans[0].objective, many.plans[0].bar) == (True, "", None)
    assert len(many.plans) == COMPACT_PLAN_COUNT


def _note(day: date | None, text: str, line: int = 1) -> ProgressNote:
    return ProgressNote(date=day, by="", text=text, html=(text,), line=line)


def test_news_is_the_newest_of_a_week() -> None:
    """At most five, the newest first; the last word of a day counts; older, undated and future notes do not."""
    days = [_TODAY - timedelta(number) for number in range(9)]
    notes = [_note(day, f"{day.day}") for day in days]
    notes += [_note(_TODAY, "later that day", 2), _note(None, "undated"), _note(_TODAY + timedelta(1), "tomorrow")]
    view = _of(_plan("p", _action("a", body=Body(progress=tuple(notes)))))
    assert [news.text for news in view.news] == ["later that day", "20", "19", "18", "17"]
    assert view.news[0].on == "20 January"
    assert view.news[0].title == Link("a", "plans/p/actions/a.html")


def test_a_week_is_seven_days() -> None:
    """A note of seven days ago is news, one of eight is not."""
    notes = (_note(_TODAY - timedelta(7), "in"), _note(_TODAY - timedelta(8), "out"))
    assert [news.text for news in _of(_plan("p", _action("a", body=Body(progress=notes)))).news] == ["in"]


def test_no_news_says_when_the_last_was() -> None:
    """A quiet week names the day of the last note; a site without any says how to write one."""
    old = Body(progress=(_note(date(2025, 1, 2), "old"),))
    assert _of(_plan("p", _action("a", body=old))).news_empty.endswith("The last was on 2 January.")
    assert _of(_plan("p", _action("a"))).news_empty.startswith("No progress has been noted yet.")
    assert _of(_plan("p")).news_empty == "Nothing is open, so there is no news."


def test_four_of_what_was_finished_and_the_way_to_all() -> None:
    """The newest four, how many there are since when, and the list of all."""
    done = [_action(f"d{n}", status=Status.COMPLETED, completed=date(2024, 12, n)) for n in range(1, 7)]
    view = _of(_plan("p", *done))
    assert [item.title.text for item in view.finished] == ["d6", "d5", "d4", "d3"]
    assert view.finished_words == "6 actions finished since December 2024. Thank you to everyone who did them."
    assert view.finished_link == Link("See all 6", "finished.html")


def test_finished_without_days_and_nothing_finished() -> None:
    """No day is made up; and the empty place is kind."""
    undated = _of(_plan("p", _action("d", status=Status.COMPLETED)))
    assert undated.finished_words == "1 action finished. Thank you to everyone who did them."
    nothing = _of(_plan("p", _action("a")))
    assert nothing.finished_link is None
    assert nothing.finished_words == "Nothing is finished yet. Finished actions will be listed here."


def test_what_needs_attention_is_said_at_the_top(tmp_path: Path) -> None:
    """Files that could not be read, and open actions that nobody owns, each with the way there."""
    site = write(
        tmp_path,
        {
            "content/plans/p/plan.md": "---\ntitle: P\n---\n",
            "content/plans/p/actions/lost.md": "no front matter\n",
            "content/plans/p/actions/a.md": "---\ntitle: A\n---\n",
        },
    )
    assert _view(load_site(site)).notices == (
        Link("1 file could not be read", "attention.html"),
        Link("1 open action has no owner or no date", "unassigned.html"),
    )


def test_a_new_site_says_what_to_do_next() -> None:
    """Without a plan there are no figures of nothing, but an example with a date ahead."""
    view = _of()
    assert (view.figures, view.plans, view.notices) == ((), (), ())
    assert view.example_due == date(2025, 2, 3)
    assert _of(_plan("p")).example_due is None
