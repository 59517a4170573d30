"""The review pack: every open action on each list that it belongs to, every number right, and its day said."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plansite.history.change import Change, ChangeKind
from plansite.model.assessment import SiteOnDate
from plansite.model.body import Body, ProgressNote, Section
from plansite.model.dates import parse_interval
from plansite.model.documents.action import Action
from plansite.model.documents.measure import Measure as PlanMeasure
from plansite.model.documents.measure import Reading
from plansite.model.documents.plan import Plan
from plansite.model.documents.records.due_dates import EarlierDue
from plansite.model.documents.records.verification import Verification
from plansite.model.documents.review import Review
from plansite.model.page_addresses import action_address
from plansite.model.settings import Settings
from plansite.model.site import Site, UnreadableFile
from plansite.model.status import Status, VerificationResult
from plansite.site.changes.history import NO_HISTORY, PlanHistory
from plansite.site.components.content_links import LinkResolver
from plansite.site.paper.pack_rows import PackRow
from plansite.site.paper.review_pack import PackGroup, ReviewPackView, build_review_pack_page

TODAY, LAST, NEXT = date(2025, 1, 20), date(2025, 1, 9), date(2025, 2, 6)
_REVIEW = Review(
    plan="p", slug="2025-01-09", path="content/plans/p/reviews/2025-01-09.md", title="January", date=LAST,
    present=("Nurse", "Cook (expected)"), apologies=("Ann",),
)  # fmt: skip
_PLAN = Plan(
    slug="p",
    path="content/plans/p/plan.md",
    title="Plan",
    start=date(2024, 12, 1),
    review_every=parse_interval("4 weeks"),
    reviews=(_REVIEW,),
)


def _action(slug: str, due: date | None = date(2025, 6, 1), **fields: object) -> Action:
    values: dict[str, object] = {"title": slug.capitalize(), "owner": "Ann", "created": TODAY, **fields}
    return Action(plan="p", slug=slug, path=f"content/plans/p/actions/{slug}.md", due=due, **values)  # type: ignore[arg-type]


def _view(
    *actions: Action, plan: Plan = _PLAN, history: PlanHistory = NO_HISTORY, is_unfiltered: bool = True, **site: object
) -> ReviewPackView:
    plan = replace(plan, actions=actions)
    whole = Site(settings=Settings(), plans=(plan,), is_unfiltered=is_unfiltered, **site)  # type: ignore[arg-type]
    page = build_review_pack_page(SiteOnDate(whole, TODAY), plan, LinkResolver.from_site(whole), history)
    assert page.path == "plans/p/review-pack.html"
    assert isinstance(page.view, ReviewPackView)
    return page.view


def _group(view: ReviewPackView, key: str) -> PackGroup:
    return next(group for group in view.groups if group.key == key)


def _slugs(view: ReviewPackView, key: str) -> list[str]:
    return [row.title.href.rpartition("/")[2].removesuffix(".html") for row in _group(view, key).rows]


def _row(view: ReviewPackView, key: str) -> PackRow:
    (row,) = _group(view, key).rows
    return row


@pytest.mark.parametrize(
    ("due", "lists"),
    [
        (TODAY - timedelta(1), {"late"}),
        (TODAY, {"due"}),
        (NEXT, {"due"}),
        (NEXT + timedelta(1), {"due-after"}),
        (NEXT + timedelta(28), {"due-after"}),
        (NEXT + timedelta(29), set()),
        (None, {"decide"}),
    ],
)
def test_the_due_date_decides_the_list(due: date | None, lists: set[str]) -> None:
    """Late from the day after; due up to and including the next review; then up to and including the one after."""
    view = _view(_action("a", due))
    assert {group.key for group in view.groups if group.rows} == lists
    assert view.other_open == ("" if lists else "1 other open action")
    assert view.meeting == "For the review on 6 February 2025."
    assert view.following == NEXT + timedelta(28)
    assert all(row.is_late == (group.key == "late") for group in view.groups for row in group.rows)


@given(st.lists(st.tuples(st.integers(-40, 90), st.sampled_from(list(Status))), max_size=12))
def test_every_open_action_is_counted(cases: list[tuple[int, Status]]) -> None:
    """Each is on a list or among the others, once on each list; no closed action is on a list of open ones."""
    actions = [
        _action(f"a{number}", TODAY + timedelta(days), status=status) for number, (days, status) in enumerate(cases)
    ]
    view = _view(*actions)
    open_lists = {group.key: _slugs(view, group.key) for group in view.groups if group.key not in ("checks", "closed")}
    listed = {slug for slugs in open_lists.values() for slug in slugs}
    others = int(view.other_open.split(" ", 1)[0] or "0") if view.other_open else 0
    assert len(listed) + others == sum(action.is_open for action in actions)
    assert listed <= {action.slug for action in actions if action.is_open}
    assert all(len(slugs) == len(set(slugs)) for slugs in open_lists.values())
    assert set(open_lists["late"]) == {action.slug for action in actions if action.is_overdue(TODAY)}


def test_who_holds_an_action_up() -> None:
    """What it waits for, with the owner and whether that is late; what is in the way; or that nobody wrote it down."""
    view = _view(
        _action("a", depends_on=("b", "c")),
        _action("b", TODAY - timedelta(3), owner="Maintenance", ref="7"),
        _action("c", owner=""),
        _action("d", status=Status.BLOCKED),
        _action("e", status=Status.COMPLETED),
        _action("f", depends_on=("e",)),
    )
    assert _slugs(view, "waiting") == ["a", "d"]
    words = [row.words for row in _group(view, "waiting").rows]
    assert words == [
        ("Waits for action 7 (Maintenance, overdue) and “C”.",),
        ("Blocked. No reason is given.",),
    ]


def test_decisions_are_wanted() -> None:
    """Of what is blocked, re-planned three times, without owner or date, or has failed its check; each reason is given."""
    moves = tuple(EarlierDue(due=date(2024, 10, day), moved=date(2024, 10, day), reason="R") for day in (1, 8, 15))
    failed = Verification(by="Nurse", date=TODAY, result=VerificationResult.FAILED)
    actions = (
        _action("blocked", status=Status.BLOCKED),
        _action("moved", due_history=moves),
        _action("twice", due_history=moves[1:]),
        _action("bare", None, owner=""),
        _action("failed", status=Status.COMPLETED, completed=LAST, verification=failed),
        _action("fine"),
    )
    view = _view(*actions)
    words = {row.title.text: row.words for row in _group(view, "decide").rows}
    assert words == {
        "Blocked": ("It is blocked.",),
        "Moved": ("Re-planned 3 times. First due 1 October 2024.",),
        "Failed": ("Its check failed.",),
        "Bare": ("It has no owner.", "It has no due date."),
    }
    filtered = _view(*actions, is_unfiltered=False)
    bare = next(row for row in _group(filtered, "decide").rows if row.title.text == "Bare")
    assert bare.words == ("It has no due date.",)  # the owner may be left out of this copy
    assert bare.owner.text == "Not named here"


def test_closed_since_the_last_review() -> None:
    """With the day; before it nothing is listed, and what has no day is counted."""
    view = _view(
        _action("old", status=Status.COMPLETED, completed=LAST - timedelta(1)),
        _action("same", status=Status.COMPLETED, completed=LAST),
        _action("gone", status=Status.CANCELLED, completed=TODAY, reason="Superseded"),
        _action("when", status=Status.COMPLETED, created=None),
    )
    assert _slugs(view, "closed") == ["same", "gone"]
    assert [row.when for row in _group(view, "closed").rows] == ["Completed", "Cancelled"]
    assert _group(view, "closed").rows[1].words == ("Reason: Superseded.",)
    assert view.undated == "1 action"


def test_late_checks_come_first() -> None:
    """A check that is late says by how much and is counted; a check after the next review but one is left out."""

    def finished(slug: str, due: date) -> Action:
        check = Verification(by="Nurse", due=due, method="Look")
        return _action(slug, LAST, status=Status.COMPLETED, completed=LAST, verification=check)

    view = _view(
        finished("soon", TODAY + timedelta(2)),
        finished("late", TODAY - timedelta(2)),
        finished("far", date(2026, 1, 1)),
    )
    assert _slugs(view, "checks") == ["late", "soon"]
    first = _group(view, "checks").rows[0]
    assert (first.when, first.is_late, first.owner.text, first.words) == (
        "Check late by 2 days",
        True,
        "Nurse",
        ("Look",),
    )
    assert _group(view, "checks").label == "to be checked, 1 late"


def test_a_check_of_today_is_not_late() -> None:
    """It is from the day after."""
    check = Verification(by="Nurse", due=TODAY)
    view = _view(_action("a", LAST, status=Status.COMPLETED, completed=LAST, verification=check))
    assert (_row(view, "checks").when, _row(view, "checks").is_late) == ("Check by", False)
    assert _group(view, "checks").label == "to be checked"


def test_silence() -> None:
    """An open action without news for longer than the interval; the day of the last news is said."""
    view = _view(_action("quiet", created=date(2024, 12, 1)), _action("new"))
    assert _row(view, "silent").words == ("No news since 1 December 2024.",)


def _noted(slug: str, *days: date) -> Action:
    notes = tuple(
        ProgressNote(date=day, by="Ann", text=f"Note of {day}.", html=(), line=n) for n, day in enumerate(days)
    )
    return _action(slug, body=Body(progress=notes), created=None)


def test_what_changed_since_the_last_review() -> None:
    """From the day of the review on; without git from dated notes, and the page says so."""
    view = _view(_noted("a", LAST - timedelta(1)), _noted("b", LAST, TODAY, TODAY + timedelta(1)))
    (document,) = view.changes.documents
    assert (document.title.text, [each.day for each in document.days]) == ("B", [TODAY, LAST])
    assert view.changes.words == "Since the review on 9 January 2025."
    assert view.changes.origin.startswith("These entries come from the files")


@pytest.mark.parametrize(
    ("start", "since", "words"),
    [
        (date(2025, 1, 2), date(2025, 1, 2), "since the plan began, on 2 January 2025"),
        (date(2024, 12, 23), date(2024, 12, 23), "since the plan began, on 23 December 2024"),
        (date(2024, 1, 2), date(2024, 12, 23), "the last 4 weeks, since 23 December 2024"),
        (date(2025, 3, 1), date(2024, 12, 23), "the last 4 weeks, since 23 December 2024"),
        (None, date(2024, 12, 23), "the last 4 weeks, since 23 December 2024"),
    ],
)
def test_without_a_review(start: date | None, since: date, words: str) -> None:
    """Since the plan began, if that is one interval ago or less, else the last four weeks; the page says which."""
    view = _view(plan=replace(_PLAN, reviews=(), start=start))
    assert view.changes.since == since
    assert words in view.changes.words
    assert view.last_review.text == "None held yet"


def test_git_begins_after_the_last_review() -> None:
    """On its first day it only has everything added: up to then the files say what changed."""
    action = _noted("a", date(2025, 1, 10), date(2025, 1, 16))
    added = Change(
        did=ChangeKind.ADDED, document="action", plan="p", slug="a", path=action.path, after="A", when=date(2025, 1, 15)
    )
    noted = replace(added, did=ChangeKind.NOTE_ADDED, after="2025-01-16 (Ann): Note.", when=date(2025, 1, 16))
    history = PlanHistory(first_day=date(2025, 1, 15), by_file={action.path: (noted, added)})
    view = _view(action, history=history)
    (document,) = view.changes.documents
    assert [each.day for each in document.days] == [date(2025, 1, 16), date(2025, 1, 10)]
    assert "from git" in view.changes.origin
    assert "from the files" in view.changes.origin


def test_many_changes_are_counted() -> None:
    """The five newest of a document, and how many came before."""
    (document,) = _view(_noted("a", *(LAST + timedelta(n) for n in range(8)))).changes.documents
    assert [each.day for each in document.days] == [LAST + timedelta(n) for n in (7, 6, 5, 4, 3)]
    assert document.more == "3 earlier changes"


@pytest.mark.parametrize(
    ("plan", "meeting", "title"),
    [
        (_PLAN, "For the review on 6 February 2025.", "Due by this review"),
        (
            replace(_PLAN, reviews=(replace(_REVIEW, next=TODAY),)),
            "For the review on 20 January 2025.",
            "Due by this review",
        ),
        (replace(_PLAN, review_every=None, reviews=()), "No review is planned.", "Due in the next 4 weeks"),
        (
            replace(_PLAN, reviews=(replace(_REVIEW, next=date(2025, 1, 19)),)),
            "The review due on 19 January 2025 has not been held, or has no minutes.",
            "Due in the next 4 weeks",
        ),
    ],
)
def test_which_review_it_is_for(plan: Plan, meeting: str, title: str) -> None:
    """The next one; without one, or where it is late, the pack looks four weeks ahead and says so."""
    view = _view(_action("a", TODAY + timedelta(28)), _action("b", TODAY + timedelta(29)), plan=plan)
    assert view.meeting == meeting
    assert _group(view, "due").title == title
    if title.startswith("Due in"):
        assert _slugs(view, "due") == ["a"]


def test_who_is_expected_and_what_was_decided() -> None:
    """The names of the planned review, else of the last one; its decisions, with links that lead on from the pack."""
    decided = Section(
        title="Decisions", key="decisions", html=('<p><a href="', "../actions/a.md", '" id="x">A</a></p>'), line=9
    )
    last = replace(_REVIEW, body=Body(sections=(decided,)))
    view = _view(_action("a"), plan=replace(_PLAN, reviews=(last,)))
    assert view.expected == ("Nurse", "Cook", "Ann")
    assert view.decisions == '<p><a href="actions/a.html">A</a></p>'
    planned = Review(plan="p", slug="next", path="n.md", title="Next", date=NEXT, present=("Bob (expected)",))
    assert _view(plan=replace(_PLAN, reviews=(last, planned))).expected == ("Bob",)


def test_measures_and_unreadable_files() -> None:
    """The latest reading and how many are new; files that may belong on the lists are named."""
    readings = tuple(Reading(date=day, value=4) for day in (date(2024, 12, 5), LAST, TODAY))
    measure = PlanMeasure(plan="p", slug="falls", path="m.md", title="Falls", unit="falls", readings=readings)
    file = UnreadableFile(kind="action", plan="p", slug="torn-carpet", path="t.md", text="", findings=())
    view = _view(plan=replace(_PLAN, measures=(measure,)), unreadable=(file,))
    assert view.measures[0].words == (
        "There are too few readings yet to tell a change from chance (3 of 10). "
        "The latest reading is 4 falls, on 20 January 2025. 2 readings since 9 January 2025."
    )
    assert view.unreadable == ("Torn carpet",)


def test_each_row_leads_to_its_action() -> None:
    """Every item has a link."""
    actions = (_action("a", LAST), _action("b", None), _action("c", status=Status.COMPLETED, completed=TODAY))
    hrefs = {row.title.href for group in _view(*actions).groups for row in group.rows}
    assert hrefs == {action_address(action) for action in actions}
