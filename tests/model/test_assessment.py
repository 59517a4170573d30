"""Where actions and plans stand on a day, and whether a plan is complete, clear and current."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plansite.model.assessment import Course, SiteOnDate
from plansite.model.body import ActionStep, Body, DoubtfulText, DoubtKind, ProgressNote
from plansite.model.dates import parse_interval
from plansite.model.documents.action import Action
from plansite.model.documents.goal import Goal
from plansite.model.documents.plan import Plan
from plansite.model.documents.records.due_dates import EarlierDue
from plansite.model.documents.records.verification import Verification
from plansite.model.documents.review import Review
from plansite.model.formatting import format_days
from plansite.model.health import assess_health
from plansite.model.review_dates import next_review_date
from plansite.model.settings import Settings
from plansite.model.site import Site, UnreadableFile
from plansite.model.status import Status, VerificationResult

_TODAY = date(2025, 1, 20)
_NEWS = Body(
    steps=(ActionStep(text="a", html=("a",), done=True, line=1), ActionStep(text="b", html=("b",), done=False, line=2)),
    progress=(ProgressNote(date=date(2025, 1, 18), by="Anna", text="n", html=("n",), line=3),),
)
_ACTION = Action(
    plan="p", slug="a", path="a.md", title="A", ref="1", owner="Anna", due=date(2025, 3, 1), resources="x", body=_NEWS
)


def _build_dated_site(*actions: Action, **plan: object) -> SiteOnDate:
    whole = Plan(slug="p", path="plan.md", title="P", actions=actions, review_every=parse_interval("1 month"))
    return SiteOnDate(Site(settings=Settings(), plans=(replace(whole, **plan),)), _TODAY)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("change", "course", "reason"),
    [
        ({}, Course.ON_TRACK, "Due in 40 days."),
        ({"due": _TODAY}, Course.AT_RISK, "Due today with 1 of 2 steps left."),
        ({"due": _TODAY - timedelta(1)}, Course.OVERDUE, "Overdue by 1 day."),
        ({"due": None}, Course.AT_RISK, "It has no due date."),
        ({"status": Status.BLOCKED}, Course.AT_RISK, "Blocked."),
        ({"status": Status.BLOCKED, "due": date(2025, 1, 1)}, Course.OVERDUE, "Overdue by 19 days."),
        ({"status": None, "due": date(2025, 1, 1)}, Course.OVERDUE, "Overdue by 19 days."),
        ({"status": Status.COMPLETED, "due": date(2025, 1, 1)}, Course.COMPLETED, "The owner says this is done."),
        (
            {"status": Status.COMPLETED, "verification": Verification(by="Ben")},
            Course.COMPLETED,
            "Finished, and awaiting verification.",
        ),
        ({"status": Status.EMBEDDED}, Course.EMBEDDED, "Finished, and checked by somebody else."),
        ({"status": Status.CANCELLED, "reason": "superseded"}, Course.CANCELLED, "Cancelled: superseded."),
        ({"body": replace(_NEWS, progress=()), "created": date(2024, 12, 1)}, Course.AT_RISK, "No news for 50 days."),
    ],
)
def test_course_of_an_action(change: dict[str, object], course: Course, reason: str) -> None:
    """The first rule that holds decides, and the reason says so."""
    action = replace(_ACTION, **change)  # type: ignore[arg-type]
    assessment = _build_dated_site(action).assess_action(action)
    assert (assessment.course, assessment.reason) == (course, reason)


def test_a_late_dependency_puts_at_risk() -> None:
    """What waits for something overdue is at risk and names it."""
    late = replace(_ACTION, slug="b", ref="2", due=date(2025, 1, 1))
    waits = replace(_ACTION, depends_on=("2",))
    assert _build_dated_site(waits, late).assess_action(waits).reason == "Waits for action 2, which is overdue."


def test_due_today_is_not_overdue() -> None:
    """Overdue begins the day after."""
    assert not _ACTION.is_overdue(date(2025, 3, 1))
    assert _ACTION.is_overdue(date(2025, 3, 2))


@given(st.dates(), st.dates(), st.sampled_from([*Status, None]))
def test_overdue_is_open_and_before_today(due: date, today: date, status: Status | None) -> None:
    """The definition, for every status and day."""
    action = replace(_ACTION, due=due, status=status)
    assert action.is_overdue(today) == ((status is None or status.is_open) and due < today)


def test_course_of_a_plan() -> None:
    """The worst of its open actions, in one sentence."""
    late = replace(_ACTION, slug="b", due=date(2025, 1, 6))
    later = replace(_ACTION, slug="c", due=date(2025, 1, 16))
    blocked = replace(_ACTION, slug="d", status=Status.BLOCKED)
    done = replace(_ACTION, slug="e", status=Status.COMPLETED)

    def reason(*actions: Action) -> str:
        dated_site = _build_dated_site(*actions)
        return dated_site.assess_plan(dated_site.site.plans[0]).reason

    assert (
        reason(_ACTION, late, later, blocked, done)
        == "2 of 4 open actions are late, the oldest by 14 days. 1 more is at risk."
    )
    assert reason(_ACTION, late) == "1 of 2 open actions is late, by 14 days."
    assert reason(_ACTION, blocked) == "Nothing is late. Action 1 is at risk: blocked."
    assert reason(_ACTION) == "Nothing is late. The next is due on 1 March."
    assert reason(done) == "The only action is closed."
    assert reason(done, replace(done, slug="f")) == "All 2 actions are closed."
    assert reason() == "No action has been agreed yet."


_UNREAD = UnreadableFile(plan="p", kind="action", slug="x", path="x.md", text="", findings=())


@pytest.mark.parametrize("kind", ["action", "review", "incident", "measure", "plan"])
@pytest.mark.parametrize(
    ("actions", "course", "reason"),
    [
        ((), Course.AT_RISK, "1 file could not be read. No actions could be read."),
        (("done",), Course.AT_RISK, "1 file could not be read. The only action that could be read is closed."),
        (("done", "done"), Course.AT_RISK, "1 file could not be read. All 2 actions that could be read are closed."),
        (
            ("fine",),
            Course.AT_RISK,
            "1 file could not be read. No action that could be read is late. The next is due on 1 March.",
        ),
        (
            ("blocked",),
            Course.AT_RISK,
            "1 file could not be read. No action that could be read is late. Action 1 is at risk: blocked.",
        ),
        (("late",), Course.OVERDUE, "1 of 1 open action is late, by 14 days. 1 file could not be read."),
    ],
)
def test_a_plan_with_an_unread_file_is_at_risk_at_best(
    kind: str, actions: tuple[str, ...], course: Course, reason: str
) -> None:
    """Whatever file it is, and whatever the others say: the sentence says so, and no question has the answer Yes."""
    forms = {
        "done": replace(_ACTION, status=Status.COMPLETED),
        "fine": _ACTION,
        "blocked": replace(_ACTION, status=Status.BLOCKED),
        "late": replace(_ACTION, due=date(2025, 1, 6)),
    }
    dated_site = _build_dated_site(*(replace(forms[name], slug=f"a{n}") for n, name in enumerate(actions)))
    file = replace(_UNREAD, plan="", slug="p", kind=kind) if kind == "plan" else replace(_UNREAD, kind=kind)
    other = replace(_UNREAD, plan="q")
    dated_site = SiteOnDate(replace(dated_site.site, unreadable=(file, other)), _TODAY)
    plan = dated_site.site.plans[0]
    assessment = dated_site.assess_plan(plan)
    assert (assessment.course, assessment.reason) == (course, reason)
    criteria = assess_health(plan, _TODAY, dated_site.describe_unread_files(plan))
    assert [criterion.holds for criterion in criteria] == [False, False, False]
    assert [criterion.gaps[0].text for criterion in criteria] == ["1 file could not be read."] * 3


def test_a_file_read_in_part_keeps_its_action_and_plan_from_being_on_track() -> None:
    """An open action is at risk; a finished one stays so, but its plan is not completed."""
    unread = replace(_NEWS, doubtful_texts=(DoubtfulText(DoubtKind.NO_STEP, "Ring", 4),))
    for change, reason in (
        ({"body": unread}, "Its steps could not all be read."),
        ({"is_partly_read": True}, "Part of its file could not be read."),
    ):
        action = replace(_ACTION, **change)
        assessment = _build_dated_site(action).assess_action(action)
        assert (assessment.course, assessment.reason) == (Course.AT_RISK, reason)
    done = replace(_ACTION, status=Status.COMPLETED, is_partly_read=True)
    dated_site = _build_dated_site(done)
    assert dated_site.assess_action(done).course is Course.COMPLETED
    assessment = dated_site.assess_plan(dated_site.site.plans[0])
    assert (assessment.course, assessment.reason) == (
        Course.AT_RISK,
        "1 file could be read only in part. The only action that could be read is closed.",
    )


def test_a_note_in_doubt_does_not_touch_the_course() -> None:
    """Only steps do."""
    doubts = (DoubtfulText(DoubtKind.NO_NOTE, "Rang", 4), DoubtfulText(DoubtKind.DAY_FIRST, "08/01/25 2025-01-08", 5))
    action = replace(_ACTION, body=replace(_NEWS, doubtful_texts=doubts))
    assert _build_dated_site(action).assess_action(action).course is Course.ON_TRACK


def test_next_review() -> None:
    """The latest review names the next; else the interval counts from it, else from the plan's start."""
    plan = Plan(slug="p", path="", start=date(2025, 1, 1), review_every=parse_interval("6 weeks"))
    review = Review(plan="p", slug="r", path="", date=date(2025, 2, 1))
    assert next_review_date(plan) == date(2025, 2, 12)
    assert next_review_date(replace(plan, reviews=(review,))) == date(2025, 3, 15)
    assert next_review_date(replace(plan, reviews=(replace(review, next=date(2025, 3, 1)),))) == date(2025, 3, 1)
    assert next_review_date(Plan(slug="p", path="")) is None


def test_health_says_why() -> None:
    """Each of the three criteria comes with its reason or its gaps, and the actions concerned."""
    goals = (Goal(key="g", title="Warm rooms"), Goal(key="h", title="Safe stairs"))
    bare = replace(_ACTION, slug="b", ref="2", owner="", due=None, resources="", body=Body(), goal="g")
    plan = Plan(
        slug="p",
        path="",
        actions=(replace(_ACTION, goal="g"), bare),
        goals=goals,
        review_every=parse_interval("1 month"),
    )
    complete, clear, current = assess_health(plan, _TODAY)
    assert [gap.text for gap in complete.gaps] == ["“Safe stairs” has no action.", "Action 2 has no steps."]
    assert [gap.text for gap in clear.gaps] == [
        "Action 2 has no owner.",
        "Action 2 has no due date.",
        "Action 2 has no resources yet.",
    ]
    assert [gap.text for gap in current.gaps] == ["No review is planned.", "Action 2 has no dated news."]
    assert clear.gaps[0].actions == (bare,)


def test_slippage() -> None:
    """Days between the first due date and the present one."""
    moved = replace(_ACTION, due_history=(EarlierDue(due=date(2025, 2, 1)), EarlierDue(due=date(2025, 2, 20))))
    assert (moved.original_due, moved.slippage) == (date(2025, 2, 1), 28)


def test_a_failed_check_no_longer_awaits() -> None:
    """Once the check has a result it is not awaited."""
    action = replace(
        _ACTION, status=Status.COMPLETED, verification=Verification(by="B", result=VerificationResult.FAILED)
    )
    assert not _build_dated_site(action).assess_action(action).awaits_verification


_FAILED = Verification(by="Ben", date=date(2025, 1, 3), result=VerificationResult.FAILED)


@pytest.mark.parametrize(
    ("change", "course", "reason"),
    [
        ({}, Course.AT_RISK, "Reopened: the check on 3 January failed."),
        ({"due": date(2025, 1, 1)}, Course.OVERDUE, "Reopened: the check on 3 January failed. Overdue by 19 days."),
        ({"status": Status.EMBEDDED}, Course.AT_RISK, "Reopened: the check on 3 January failed."),
        ({"verification": replace(_FAILED, date=None)}, Course.AT_RISK, "Reopened: the check failed."),
        ({"due": None}, Course.AT_RISK, "Reopened: the check on 3 January failed."),
        ({"status": Status.CANCELLED}, Course.CANCELLED, "Cancelled."),
        ({"status": Status.IN_PROGRESS}, Course.ON_TRACK, "Due in 40 days."),
        (
            {"verification": replace(_FAILED, result=VerificationResult.PASSED)},
            Course.COMPLETED,
            "The owner says this is done.",
        ),
    ],
)
def test_a_failed_check_opens_again(change: dict[str, object], course: Course, reason: str) -> None:
    """What was completed or embedded is at risk or overdue, and says why; what is open or given up stays as it is."""
    action = replace(_ACTION, status=Status.COMPLETED, verification=_FAILED)
    action = replace(action, **change)  # type: ignore[arg-type]
    assessment = _build_dated_site(action).assess_action(action)
    assert (assessment.course, assessment.reason) == (course, reason)


@given(st.sampled_from([*Status, None]), st.sampled_from([*VerificationResult, None]))
def test_every_action_is_open_or_finished_or_cancelled(
    status: Status | None, result: VerificationResult | None
) -> None:
    """Exactly one of the three, whatever the file says; and the status it counts as tells the same."""
    action = replace(_ACTION, status=status, verification=Verification(by="Ben", result=result))
    assert [action.is_open, action.is_finished, status is Status.CANCELLED].count(True) == 1
    assert action.is_open == (action.effective_status is None or action.effective_status.is_open)
    assert action.status is status
    dated_site = _build_dated_site(action)
    assert (action in dated_site.open_actions, action in dated_site.finished_actions) == (
        action.is_open,
        action.is_finished,
    )


_DAYS = st.none() | st.dates(date(2024, 11, 1), date(2025, 4, 1))


@st.composite
def _related_actions(draw: st.DrawFn) -> tuple[Action, ...]:
    """Four actions, each of which may wait for others, be blocked, lack a date, steps or news."""
    slugs = "abcd"
    return tuple(
        replace(
            _ACTION,
            slug=slug,
            ref=slug,
            due=draw(_DAYS),
            status=draw(st.sampled_from([Status.IN_PROGRESS, Status.IN_PROGRESS, Status.BLOCKED, Status.COMPLETED])),
            depends_on=tuple(draw(st.lists(st.sampled_from(slugs), max_size=2))),
            body=draw(st.sampled_from([_NEWS, replace(_NEWS, steps=()), replace(_NEWS, progress=()), Body()])),
        )
        for slug in slugs
    )


@given(actions=_related_actions(), later=st.integers(1, 120))
def test_the_days_on_which_an_assessment_changes_are_known(actions: tuple[Action, ...], later: int) -> None:
    """Up to the day that an assessment names it has the same course and reason; from then on, what it says."""
    now = _build_dated_site(*actions)
    then = replace(now, today=_TODAY + timedelta(later))
    for action in actions:
        before, after = now.assess_action(action), then.assess_action(action)
        if before.overdue_from and then.today >= before.overdue_from:
            assert after.course is Course.OVERDUE
        elif before.at_risk_from and then.today >= before.at_risk_from:
            assert after.course is Course.AT_RISK
        else:
            assert after.course is before.course
        if before.course is not Course.OVERDUE and not _has_come(before.reason_until, then.today):
            assert after.reason.split(" with ")[-1] == before.reason.split(" with ")[-1] or "Due " in before.reason
    plan_before, plan_after = now.assess_plan(now.site.plans[0]), then.assess_plan(now.site.plans[0])
    if not _has_come(plan_before.reason_until, then.today):
        same = re.sub(r"by [\d,]+ days?", f"by {format_days(plan_after.days_late)}", plan_before.reason)
        assert (plan_after.course, plan_after.reason) == (plan_before.course, same)


def _has_come(day: date | None, today: date) -> bool:
    return day is not None and day <= today
