"""Lists across plans: what is on them, in which order, and what they say when they are empty."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from itertools import chain
from pathlib import Path

import pytest

from plansite.content.site_content import load_site
from plansite.model.assessment import SiteOnDate
from plansite.model.documents.action import Action
from plansite.model.documents.plan import Plan
from plansite.model.documents.records.evidence import Evidence
from plansite.model.documents.records.verification import Verification
from plansite.model.settings import Settings
from plansite.model.site import Site
from plansite.model.status import Status, VerificationResult
from plansite.site.components.dated_rows import DAYS_AHEAD, DatedRow, DatedText, Visibility
from plansite.site.components.page import Link, Page
from plansite.site.components.pagination import ListView
from plansite.site.components.widgets import ActionRow, FinishedRow
from plansite.site.lists import action_lists, finished_lists
from plansite.site.lists.listed_site import ListedSite
from tests.site.entries import row_of
from tests.sites import write

ListBuilder = Callable[[ListedSite], Iterator[Page]]

_TODAY = date(2025, 1, 20)


def _action(slug: str, **fields: object) -> Action:
    return Action(plan="p", slug=slug, path=f"{slug}.md", title=slug, **fields)  # type: ignore[arg-type]


def _listed_site(*actions: Action, today: date = _TODAY, settings: Settings | None = None) -> ListedSite:
    plan = Plan(slug="p", path="plan.md", title="P", actions=actions)
    return ListedSite.of(SiteOnDate(Site(settings=settings or Settings(), plans=(plan,)), today))


def _views(pages: Iterator[Page]) -> list[ListView]:
    views = []
    for page in pages:
        assert isinstance(page.view, ListView)
        views.append(page.view)
    return views


def _view(pages: Iterator[Page]) -> ListView:
    [view] = _views(pages)
    return view


def _on(words: DatedText, day: date) -> str:
    changes = [change.split("=", 1) for change in words.later.split("|") if change]
    return ([words.words] + [said for begins, said in changes if begins <= day.isoformat()])[-1]


def _is_shown(shown: Visibility, day: date) -> bool:
    return (shown.joins is None or day >= shown.joins) and (shown.leaves is None or day < shown.leaves)


def _seen(view: ListView, day: date = _TODAY) -> dict[str, list[str]]:
    """The titles under each heading that a reader sees on a day."""
    return {
        group.title.text: [row_of(entry).title.text for entry in group.entries if _is_shown(entry.shown, day)]
        for group in view.groups
        if _is_shown(group.shown, day)
    }


def _row(entry: DatedRow) -> ActionRow:
    row = row_of(entry)
    assert isinstance(row, ActionRow)
    return row


def _days_late(*numbers: int) -> list[Action]:
    return [_action(f"late-{n}", due=_TODAY - timedelta(n), ref=str(n)) for n in numbers]


def test_overdue_stands_in_groups_by_how_late() -> None:
    """The latest first; due today is not late; what will be late is carried, hidden."""
    view = _view(action_lists.build_overdue_list(_listed_site(*_days_late(0, 1, 7, 8, 14, 15, 40), _action("undated"))))
    assert _seen(view) == {
        "More than two weeks": ["late-40", "late-15"],
        "One to two weeks": ["late-14", "late-8"],
        "A week or less": ["late-7", "late-1"],
        "Checks and reviews": [],
    }
    assert view.lede.words == "6 of 8 open actions are late, in 1 of 1 plan. Each shows its last news."
    assert [group.note.words for group in view.groups] == ["2 actions", "2 actions", "2 actions", ""]
    assert view.groups[-1].tail.words == "No check and no review is late."


def test_one_late_action_is_spoken_of_as_one() -> None:
    """The sentence has the right number."""
    view = _view(action_lists.build_overdue_list(_listed_site(*_days_late(3))))
    assert view.lede.words == "1 of 1 open action is late, in 1 of 1 plan. It shows its last news."


@pytest.mark.parametrize("later", [1, 5, 14, DAYS_AHEAD])
@pytest.mark.parametrize("build_list", [action_lists.build_overdue_list, action_lists.build_due_soon_list])
def test_a_page_tells_the_truth_on_a_later_day(project: Path, build_list: ListBuilder, later: int) -> None:
    """What the demonstration's pages carry for a later day is what a build on that day would show."""
    site, day = load_site(project), _TODAY + timedelta(later)
    carried = _view(build_list(ListedSite.of(SiteOnDate(site, _TODAY))))
    made = _view(build_list(ListedSite.of(SiteOnDate(site, day))))
    assert _seen(carried, day) == _seen(made, day)
    assert _on(carried.lede, day) == made.lede.words
    notes = {group.title.text: _on(group.note, day) for group in carried.groups if _is_shown(group.shown, day)}
    assert notes == {group.title.text: group.note.words for group in made.groups if _is_shown(group.shown, day)}
    tails = [_on(group.tail, day) for group in carried.groups]
    assert tails[-1:] == [group.tail.words for group in made.groups][-1:]


def test_nothing_overdue_says_why_and_what_comes() -> None:
    """The empty list names the next date, and how many actions have none."""
    view = _view(action_lists.build_overdue_list(_listed_site(_action("a", due=_TODAY), _action("b"))))
    assert view.nothing is not None
    assert view.nothing.words == "Nothing is overdue."
    assert view.nothing.sentence == "1 of 2 open actions has a date, and none of them has passed."
    assert (view.nothing.next, view.nothing.next_due) == (Link("a", "plans/p/actions/a.html"), _TODAY)
    assert view.nothing.link == Link("1 open action has no date", "unassigned.html")
    assert view.nothing.shown == Visibility(None, date(2025, 1, 21))


def test_nothing_overdue_where_every_date_is_kept() -> None:
    """With a date on each open action, all are inside their dates."""
    later = _TODAY + timedelta(90)
    view = _view(action_lists.build_overdue_list(_listed_site(_action("a", due=later), _action("b", due=later))))
    assert view.nothing is not None
    assert view.nothing.sentence == "All 2 open actions are within their dates."
    assert view.nothing.link is None
    assert view.nothing.shown == Visibility()


def test_nothing_overdue_disappears_with_the_first_late_row() -> None:
    """Where something is late and stays so, nothing is said of an empty list."""
    assert _view(action_lists.build_overdue_list(_listed_site(*_days_late(1)))).nothing is None


def test_late_checks_and_reviews_stand_with_what_is_overdue(tmp_path: Path) -> None:
    """A verification and a review past their day are shown with who is to do them."""
    site = load_site(write(tmp_path, _CHECKS_AND_REVIEWS))
    view = _view(action_lists.build_overdue_list(ListedSite.of(SiteOnDate(site, _TODAY))))
    group = view.groups[-1]
    assert _seen(view)["Checks and reviews"] == ["Review: House", "Check: Mend the stairs"]
    assert group.note.words == "1 check and 1 review"
    assert group.tail.words == ""
    review, check = (_row(entry) for entry in group.entries if _is_shown(entry.shown, _TODAY))
    assert review.owner == Link("Registered Manager", "owners/registered-manager.html")
    assert review.title.href == "plans/house/reviews.html"
    assert check.owner == Link("Fire Adviser", "owners/fire-adviser.html")
    assert check.said == "Finished on 9 January 2025. Walk the stairs."


_CHECKS_AND_REVIEWS: Mapping[str, str] = {
    "content/owners/fire-adviser.md": "---\ntitle: Fire Adviser\n---\n",
    "content/plans/house/plan.md": "---\ntitle: House\nowner: Registered Manager\nstart: 2024-12-01\n"
    "review_every: 6 weeks\n---\n",
    "content/plans/house/actions/stairs.md": "---\ntitle: Mend the stairs\nref: 1\nstatus: completed\n"
    "owner: Maintenance\ncompleted: 2025-01-09\n"
    "verification: {by: Fire Adviser, due: 2025-01-16, method: Walk the stairs.}\n---\n",
    "content/plans/house/actions/lamp.md": "---\ntitle: Mend the lamp\nref: 2\nstatus: completed\nowner: Maintenance\n"
    "completed: 2024-11-02\nverification: {by: Fire Adviser, due: 2025-02-16}\n---\n",
    "content/plans/house/actions/door.md": "---\ntitle: Mend the door\nref: 3\nstatus: completed\nowner: Maintenance\n"
    "verification: {by: Fire Adviser}\n---\n",
}


def test_awaiting_puts_late_checks_first(tmp_path: Path) -> None:
    """Late, still in time, without a day; each names who checks."""
    view = _view(
        action_lists.build_awaiting_list(
            ListedSite.of(SiteOnDate(load_site(write(tmp_path, _CHECKS_AND_REVIEWS)), _TODAY))
        )
    )
    assert _seen(view) == {
        "Late": ["Check: Mend the stairs"],
        "Still in time": ["Check: Mend the lamp"],
        "No day is set": ["Check: Mend the door"],
    }
    assert view.lede.words == "3 finished actions are waiting for somebody else to look."
    assert view.nothing is None


def test_due_soon_ends_with_the_days_that_the_site_says() -> None:
    """Today and the last of the days count; the day after and the day before do not."""
    settings = Settings(due_soon=10)
    actions = [_action(f"in-{n}", due=_TODAY + timedelta(n)) for n in (-1, 0, 7, 8, 10, 11)]
    view = _view(action_lists.build_due_soon_list(_listed_site(*actions, settings=settings)))
    assert _seen(view) == {"Within a week": ["in-0", "in-7"], "In 8 to 10 days": ["in-8", "in-10"]}
    assert view.lede.words == "4 of 6 open actions are due in the next 10 days."


@pytest.mark.parametrize(
    ("days", "titles"), [(1, ["Within 1 day"]), (7, ["Within 7 days"]), (8, ["Within a week", "In 8 days"])]
)
def test_due_soon_names_its_groups_by_its_length(days: int, titles: list[str]) -> None:
    """A short stretch has one group; eight days have a second of one day."""
    actions = [_action(f"in-{n}", due=_TODAY + timedelta(n)) for n in range(9)]
    assert (
        list(_seen(_view(action_lists.build_due_soon_list(_listed_site(*actions, settings=Settings(due_soon=days))))))
        == titles
    )


def test_nothing_soon_names_what_comes_after() -> None:
    """The empty list leads to the next action, however far ahead it is."""
    view = _view(action_lists.build_due_soon_list(_listed_site(_action("far", due=_TODAY + timedelta(200)))))
    assert view.nothing is not None
    assert view.nothing.words == "Nothing is due in the next 14 days."
    assert view.nothing.next == Link("far", "plans/p/actions/far.html")


def test_unassigned_tells_what_is_missing() -> None:
    """No owner, no date or neither; what has both, or is finished, is not there."""
    view = _view(
        action_lists.build_unassigned_list(
            _listed_site(
                _action("neither"),
                _action("nobody", due=_TODAY, owner=" "),
                _action("no-day", owner="Anna"),
                _action("both", owner="Anna", due=_TODAY),
                _action("done", status=Status.COMPLETED),
            )
        )
    )
    assert _seen(view) == {"No owner and no date": ["neither"], "No owner": ["nobody"], "No date": ["no-day"]}
    assert view.lede.words == "3 of 4 open actions have no owner or no date."


def test_nobody_missing_is_good_news() -> None:
    """Where each open action has both, the list says so."""
    view = _view(action_lists.build_unassigned_list(_listed_site(_action("both", owner="Anna", due=_TODAY))))
    assert view.nothing is not None
    assert view.nothing.words == "Every open action has an owner and a date."


def test_finished_stands_by_month_and_thanks() -> None:
    """The newest month first; what has no day comes last; owners are counted once."""
    view = _view(
        finished_lists.build_finished_list(
            _listed_site(
                _action("old", status=Status.EMBEDDED, completed=date(2024, 12, 31), owner="Anna"),
                _action("new", status=Status.COMPLETED, completed=date(2025, 1, 1), owner="Anna"),
                _action("when", status=Status.COMPLETED),
                _action("dropped", status=Status.CANCELLED, completed=date(2025, 1, 2)),
                _action("open"),
            )
        )
    )
    assert _seen(view) == {"January 2025": ["new"], "December 2024": ["old"], "No date": ["when"]}
    assert view.lede.words == "3 actions are finished, by 1 owner. Thank you to everyone who did them."


_DONE = {
    "status": Status.COMPLETED,
    "completed": date(2025, 1, 1),
    "owner": "Anna",
    "repeat": "every month for 6 months",
}


def test_checks_that_go_on_are_due_soon_and_late() -> None:
    """The next of each stands on the list of its time, and names whoever verifies, else the owner."""
    by = Verification(by="Ben", date=date(2025, 1, 2), result=VerificationResult.PASSED)
    soon = _action("soon", **_DONE, verification=by)
    late = _action("late", **_DONE | {"completed": date(2024, 12, 10)})
    listed = _listed_site(soon, late)
    view = _view(action_lists.build_due_soon_list(listed))
    assert _seen(view) == {"Checks": ["Check again: soon"]}
    assert _row(view.groups[0].entries[0]).owner.text == "Ben"
    assert view.lede.words == "1 check is due in the next 14 days."
    assert view.nothing is None or view.nothing.shown.joins
    overdue = _view(action_lists.build_overdue_list(listed))
    assert _seen(overdue) == {"Checks and reviews": ["Check again: late"]}
    assert [_row(entry).owner.text for entry in overdue.groups[0].entries] == ["Anna", "Ben"]


def test_due_soon_counts_actions_and_checks() -> None:
    """Both are named where both are due; a check of next month is neither."""
    awaited = Verification(by="Ben", due=_TODAY)
    view = _view(
        action_lists.build_due_soon_list(
            _listed_site(_action("a", due=_TODAY), _action("b", **_DONE | {"repeat": ""}, verification=awaited))
        )
    )
    assert view.lede.words == "1 of 1 open action is due in the next 14 days. 1 check is due too."
    assert _seen(view) == {"Within a week": ["a"], "Checks": ["Check: b"]}
    far = _listed_site(_action("c", **_DONE | {"completed": date(2025, 1, 10)}))
    assert _seen(_view(action_lists.build_due_soon_list(far))) == {}


@pytest.mark.parametrize("later", range(DAYS_AHEAD + 1))
@pytest.mark.parametrize("build_list", [action_lists.build_overdue_list, action_lists.build_due_soon_list])
def test_checks_come_and_go_with_the_day(build_list: ListBuilder, later: int) -> None:
    """What a page carries of them for a later day is what a build on that day would show."""
    actions = [_action(f"a{n}", **_DONE | {"completed": date(2024, 12, 10) + timedelta(9 * n)}) for n in range(8)]
    day = _TODAY + timedelta(later)
    carried = _view(build_list(_listed_site(*actions)))
    made = _view(build_list(_listed_site(*actions, today=day)))
    assert _seen(carried, day) == _seen(made, day)
    assert _on(carried.lede, day) == made.lede.words


def test_verified_tells_who_looked_and_what_they_found() -> None:
    """Embedded actions by the month of their check, the newest first; what a failed check opened again is not there."""

    def check(day: int, **fields: object) -> Verification:
        return Verification(by="Ben", date=date(2025, 1, day), result=VerificationResult.PASSED, **fields)  # type: ignore[arg-type]

    view = _view(
        finished_lists.build_verified_list(
            _listed_site(
                _action("old", status=Status.EMBEDDED, verification=check(2), completed=date(2025, 1, 1)),
                _action(
                    "new",
                    status=Status.EMBEDDED,
                    verification=check(9, note="Five of five."),
                    evidence=(Evidence(label="Photo"), Evidence(label="Audit")),
                ),
                _action("bare", status=Status.EMBEDDED),
                _action("failed", status=Status.EMBEDDED, verification=Verification(result=VerificationResult.FAILED)),
                _action("done", status=Status.COMPLETED, verification=check(3)),
            )
        )
    )
    assert _seen(view) == {"January 2025": ["new", "old"], "No date": ["bare"]}
    first = view.groups[0].entries[0].row
    assert isinstance(first, FinishedRow)
    assert (first.said, first.checker.text, first.verified) == ("Five of five.", "Ben", date(2025, 1, 9))
    assert first.shown == "2 pieces of evidence"
    assert view.lede.words == "3 actions are embedded: somebody other than the owner has looked."


def test_a_failed_check_puts_back_on_the_lists_of_work() -> None:
    """It is open, and late where its day has passed; it is neither finished nor awaiting its check."""
    failed = Verification(by="Ben", result=VerificationResult.FAILED)
    listed = _listed_site(_action("a", status=Status.COMPLETED, due=date(2025, 1, 1), verification=failed))
    assert "a" in _seen(_view(action_lists.build_open_list(listed)))["P"]
    assert "a" in _seen(_view(action_lists.build_overdue_list(listed)))["More than two weeks"]
    assert (
        _seen(_view(finished_lists.build_finished_list(listed)))
        == _seen(_view(action_lists.build_awaiting_list(listed)))
        == {}
    )


def test_open_goes_plan_by_plan_the_neediest_first(tmp_path: Path) -> None:
    """A plan with something late stands before one on course; a plan without open actions is not there."""
    action = "---\ntitle: {}\nowner: Anna\ndue: {}\nstatus: {}\n---\n"
    site = write(
        tmp_path,
        {
            "content/plans/a/plan.md": "---\ntitle: On course\n---\n",
            "content/plans/a/actions/x.md": action.format("X", "2025-03-01", "in progress"),
            "content/plans/b/plan.md": "---\ntitle: Late\n---\n",
            "content/plans/b/actions/y.md": action.format("Y", "2025-01-01", "in progress"),
            "content/plans/c/plan.md": "---\ntitle: Done\n---\n",
            "content/plans/c/actions/z.md": action.format("Z", "2025-01-01", "done"),
        },
    )
    view = _view(action_lists.build_open_list(ListedSite.of(SiteOnDate(load_site(site), _TODAY))))
    assert _seen(view) == {"Late": ["Y"], "On course": ["X"]}
    assert [group.title.href for group in view.groups] == ["plans/b/index.html", "plans/a/index.html"]
    assert view.lede.words == "2 open actions in 2 plans."
    assert not view.shows_plan


_ALL: tuple[ListBuilder, ...] = (
    action_lists.build_open_list,
    action_lists.build_overdue_list,
    action_lists.build_due_soon_list,
    action_lists.build_unassigned_list,
    action_lists.build_awaiting_list,
    finished_lists.build_verified_list,
    finished_lists.build_finished_list,
)


@pytest.mark.parametrize("build_list", _ALL)
def test_an_empty_site_has_a_word_on_every_list(build_list: ListBuilder) -> None:
    """No list of a new site is blank, and none claims a success."""
    view = _view(build_list(ListedSite.of(SiteOnDate(Site(settings=Settings()), _TODAY))))
    assert view.nothing is not None
    assert view.nothing.words
    assert "Good news" not in (view.nothing.note if build_list is not action_lists.build_awaiting_list else "")
    assert view.lede.words == ""


@pytest.mark.parametrize("build_list", _ALL)
def test_each_list_marks_its_own_tab(build_list: ListBuilder) -> None:
    """The tabs are the same on all lists, and one of them is the list itself."""
    [page] = build_list(_listed_site(_action("a")))
    view = _view(iter((page,)))
    assert view.tabs == action_lists.LIST_LINKS
    assert view.current == page.path
    assert page.path in {link.href for link in action_lists.LIST_LINKS}


def test_a_very_long_list_is_paged() -> None:
    """1,001 late actions take two pages, and each is on one of them."""
    late = [_action(f"a{n:04}", due=date(2024, 1, 1), owner="Anna") for n in range(1001)]
    first, second = action_lists.build_overdue_list(_listed_site(*late))
    assert (first.path, second.path) == ("overdue.html", "overdue-2.html")
    titles = list(
        chain.from_iterable(chain.from_iterable(_seen(view).values()) for view in _views(iter((first, second))))
    )
    assert titles == [action.title for action in late]
