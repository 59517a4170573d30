"""The open actions, closed actions and checks on the agenda of a review."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from plansite.history.change import Change, ChangeKind
from plansite.model.body import Body, ProgressNote
from plansite.model.dates import parse_interval
from plansite.model.documents.action import Action
from plansite.model.documents.plan import Plan
from plansite.model.documents.records.due_dates import EarlierDue
from plansite.model.documents.records.verification import Verification
from plansite.model.documents.review import Review
from plansite.model.settings import Settings
from plansite.model.site import Site, UnreadableFile
from plansite.model.status import Status, VerificationResult
from plansite.site.paper.agenda import Agenda, AgendaGroup, build_agenda

TODAY, DAY, LAST = date(2025, 1, 20), date(2025, 2, 6), date(2025, 1, 9)
_ACTION = Action(
    plan="p", slug="a", path="content/plans/p/actions/a.md", title="A", ref="1", created=LAST, due=date(2025, 3, 1)
)
_CHANGE = Change(
    did=ChangeKind.FIELD_CHANGED, document="action", plan="p", slug="a", path=_ACTION.path, when=date(2025, 1, 2)
)


def _reviews(*days: date) -> tuple[Review, ...]:
    return tuple(Review(plan="p", slug=str(day), path="", date=day, present=("Nurse",)) for day in days)


def _gathered(*actions: Action, day: date = DAY, past: tuple[Change, ...] = (), **fields: object) -> Agenda:
    plan = Plan(slug="p", path="content/plans/p/plan.md", actions=actions, review_every=parse_interval("4 weeks"))
    plan = replace(plan, reviews=_reviews(date(2024, 12, 12), LAST))
    plan = replace(plan, **fields)  # type: ignore[arg-type]  # cases vary
    return build_agenda(Site(settings=Settings(), plans=(plan,)), plan, day, TODAY, lambda _: past)


@pytest.mark.parametrize(
    ("change", "group"),
    [
        ({}, AgendaGroup.OTHER),
        ({"due": TODAY}, AgendaGroup.OTHER),
        ({"due": TODAY - timedelta(1)}, AgendaGroup.OVERDUE),
        ({"due": TODAY - timedelta(1), "status": Status.BLOCKED}, AgendaGroup.OVERDUE),
        ({"status": Status.BLOCKED}, AgendaGroup.BLOCKED),
        ({"created": date(2024, 12, 22)}, AgendaGroup.WITHOUT_NEWS),
        ({"created": date(2024, 12, 23)}, AgendaGroup.OTHER),
    ],
)
def test_an_open_action_stands_in_the_most_pressing_group(change: dict[str, object], group: AgendaGroup) -> None:
    """Overdue before blocked before silent; due today is not overdue."""
    (item,) = _gathered(replace(_ACTION, **change)).items  # type: ignore[arg-type]  # cases vary
    assert item.group is group


@pytest.mark.parametrize(
    ("created", "carried"),
    [(date(2024, 12, 11), 2), (date(2024, 12, 12), 1), (LAST, 0), (None, None)],
)
def test_carried_counts_the_reviews_since_it_was_created(created: date | None, carried: int | None) -> None:
    """Those after its own day and before this one; without that day nobody knows."""
    (item,) = _gathered(replace(_ACTION, created=created)).items
    assert item.earlier_reviews == carried


def test_neither_this_review_nor_a_planned_one_counts_as_an_earlier_one() -> None:
    """Writing the same review anew changes nothing."""
    planned = Review(plan="p", slug="x", path="", date=date(2025, 1, 30), present=("Nurse (expected)",))
    reviews = (*_reviews(LAST, DAY), planned)
    found = _gathered(replace(_ACTION, created=date(2025, 1, 1)), reviews=reviews)
    assert found.items[0].earlier_reviews == 1
    assert found.last_review == reviews[0]


def test_git_knows_when_it_was_created_moved_and_worked_on() -> None:
    """What the file does not say: the day it appeared, a date that moved, a step that was ticked."""
    past = (
        replace(_CHANGE, did=ChangeKind.STEP_TICKED, after="Ring", when=date(2025, 1, 18)),
        replace(_CHANGE, field="due", before="2025-02-01", after="2025-03-01"),
        replace(_CHANGE, did=ChangeKind.ADDED, after="A", when=date(2024, 12, 1)),
    )
    (item,) = _gathered(replace(_ACTION, created=None, started=date(2024, 12, 1)), past=past).items
    assert (item.earlier_reviews, item.due_moves[0].before, item.last_news) == (2, date(2025, 2, 1), date(2025, 1, 18))
    assert item.group is AgendaGroup.OTHER
    (without,) = _gathered(replace(_ACTION, created=None, started=date(2024, 12, 1))).items
    assert (without.earlier_reviews, without.due_moves, without.group) == (None, (), AgendaGroup.WITHOUT_NEWS)


def test_moves_come_out_of_the_file_alone() -> None:
    """`due_history` tells them without git."""
    (item,) = _gathered(replace(_ACTION, due_history=(EarlierDue(due=date(2025, 2, 1), reason="Snow"),))).items
    assert [(move.before, move.after, move.reason) for move in item.due_moves] == [
        (date(2025, 2, 1), date(2025, 3, 1), "Snow")
    ]


def test_what_is_finished_holds_nothing_up() -> None:
    """Only unfinished actions are waited for."""
    waits = replace(_ACTION, depends_on=("2", "3", "gone"))
    other = replace(_ACTION, slug="b", ref="2")
    done = replace(_ACTION, slug="c", ref="3", status=Status.COMPLETED)
    found = _gathered(waits, other, done)
    assert [item.waits_for for item in found.items if item.action is waits] == [(other,)]


def test_due_before_the_meeting_is_said_of_what_is_not_late_yet() -> None:
    """From today up to the day before the meeting."""
    days = (TODAY - timedelta(1), TODAY, DAY - timedelta(1), DAY)
    found = _gathered(*(replace(_ACTION, slug=str(day), due=day) for day in days))
    assert [item.is_due_before_meeting for item in found.items] == [False, True, True, False]


def test_minutes_written_afterwards_speak_of_their_own_day() -> None:
    """What became late since the meeting was not late at the meeting."""
    found = _gathered(replace(_ACTION, due=date(2025, 1, 18)), day=date(2025, 1, 16))
    assert (found.as_at, found.items[0].group) == (date(2025, 1, 16), AgendaGroup.OTHER)


@pytest.mark.parametrize(
    ("completed", "listed"), [(LAST - timedelta(1), False), (LAST, True), (TODAY, True), (None, True)]
)
def test_closed_since_last_time(completed: date | None, listed: bool) -> None:
    """The day of the last review counts, for its draft still had the action as open; no date is no reason to drop it."""
    found = _gathered(replace(_ACTION, status=Status.COMPLETED, completed=completed))
    assert bool(found.closed) is listed
    assert found.items == ()


def test_a_cancelled_action_was_closed_when_its_status_changed() -> None:
    """Git knows the day; without git its last progress note has to do."""
    change = replace(_CHANGE, field="status", before="in progress", after="cancelled", when=date(2025, 1, 3))
    note = ProgressNote(date=date(2025, 1, 15), by="", text="", html=(), line=1)
    action = replace(_ACTION, status=Status.CANCELLED, body=Body(progress=(note,)))
    assert _gathered(action, past=(change,)).closed == ()
    assert _gathered(action).closed == ((action, date(2025, 1, 15)),)


def test_checks_up_to_the_next_review() -> None:
    """Those awaited by then or without a day, and the next of those that go on; later ones wait for their turn."""
    done = replace(_ACTION, status=Status.COMPLETED, completed=date(2024, 12, 20))
    first = replace(done, slug="b", verification=Verification(by="Nurse", due=date(2025, 3, 6)))
    later = replace(done, slug="c", verification=Verification(by="Nurse", due=date(2025, 3, 7)))
    undated = replace(done, slug="d", verification=Verification(by="Nurse"))
    again = replace(done, slug="e", repeat="every month for 6 months")
    found = _gathered(done, first, later, undated, again)
    assert [(check.action.slug, check.due, check.is_repeated) for check in found.checks] == [
        ("e", date(2025, 1, 20), True),
        ("b", date(2025, 3, 6), False),
        ("d", None, False),
    ]


def test_a_check_that_was_passed_since_is_told_once() -> None:
    """Of an action that was closed at an earlier review; what is newly closed tells of its check itself."""
    check = Verification(by="Nurse", date=date(2025, 1, 15), result=VerificationResult.PASSED)
    early = replace(_ACTION, status=Status.EMBEDDED, completed=date(2025, 1, 3), verification=check)
    new = replace(early, slug="b", completed=date(2025, 1, 12))
    found = _gathered(early, new)
    assert (found.checked_actions, [action.slug for action, _ in found.closed]) == ((early,), ["b"])
    assert _gathered(early, reviews=()).checked_actions == ()


def test_a_failed_check_carries_the_action_forward() -> None:
    """It is open again, and neither closed nor to be checked."""
    failed = Verification(by="Nurse", date=date(2025, 1, 15), result=VerificationResult.FAILED)
    found = _gathered(replace(_ACTION, status=Status.COMPLETED, completed=TODAY, verification=failed))
    assert (len(found.items), found.closed, found.checks) == (1, (), ())


def test_files_that_cannot_be_read_are_kept_in_sight() -> None:
    """Actions of this plan alone."""
    texts = [("p", "action"), ("p", "review"), ("q", "action")]
    unread = tuple(UnreadableFile(plan=p, kind=k, slug="x", path=f"{p}{k}", text="", findings=()) for p, k in texts)
    plan = Plan(slug="p", path="")
    found = build_agenda(Site(settings=Settings(), plans=(plan,), unreadable=unread), plan, DAY, TODAY, lambda _: ())
    assert [each.path for each in found.unreadable] == ["paction"]


def test_the_next_review_counts_from_this_one() -> None:
    """By the plan's interval, and by the following one where the first is shorter; else nobody knows."""
    assert _gathered().next_date == date(2025, 3, 6)
    assert _gathered(reviews=(), review_every=parse_interval("team around the family")).next_date == date(2025, 3, 20)
    assert _gathered(review_every=None).next_date is None
