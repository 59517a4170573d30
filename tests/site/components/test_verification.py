"""What an action's page says of its check, and of the checks that go on."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from plansite.model.assessment import SiteOnDate
from plansite.model.body import Body, ProgressNote
from plansite.model.documents.action import Action
from plansite.model.documents.plan import Plan
from plansite.model.documents.records.verification import Verification
from plansite.model.settings import Settings
from plansite.model.site import Site
from plansite.model.status import Status, VerificationResult
from plansite.site.components.verification import (
    build_recurring_check_view,
    build_verification_view,
    describe_recurring_checks,
    format_repeat,
)
from plansite.site.components.widgets import build_status_tag

TODAY = date(2025, 3, 10)
_ACTION = Action(
    plan="p",
    slug="a",
    path="a.md",
    status=Status.COMPLETED,
    status_word="Done",
    completed=date(2025, 1, 31),
    repeat="every month 3 times",
)
_FAILED = Verification(by="Ben", date=date(2025, 3, 3), result=VerificationResult.FAILED)


def _outlook(action: Action) -> SiteOnDate:
    return SiteOnDate(Site(settings=Settings(), plans=(Plan(slug="p", path="", actions=(action,)),)), TODAY)


def _checked(*days: date) -> Action:
    notes = (ProgressNote(date=day, by="", text="Checked", html=(), line=1) for day in days)
    return replace(_ACTION, body=Body(progress=tuple(notes)))


def test_a_failed_check_overrules_the_word_of_the_file() -> None:
    """The word is shown as it stands in the file, beside what the check found; other results overrule nothing."""
    action = replace(_ACTION, verification=_FAILED)
    view = build_verification_view(_outlook(action), action)
    assert view is not None
    assert (view.result, view.overruled) == ("failed", "Done")
    assert build_status_tag(action).words == "Reopened"
    passed = replace(_ACTION, verification=replace(_FAILED, result=VerificationResult.PASSED))
    good = build_verification_view(_outlook(passed), passed)
    assert good is not None
    assert good.overruled == ""
    assert build_status_tag(passed).words == "Completed"


@pytest.mark.parametrize(("due", "is_late"), [(TODAY, False), (date(2025, 3, 9), True)])
def test_a_check_is_late_from_the_next_day(due: date, is_late: bool) -> None:
    """As long as it has no result."""
    for result, late in ((None, is_late), (VerificationResult.PASSED, False)):
        action = replace(_ACTION, verification=Verification(due=due, result=result))
        view = build_verification_view(_outlook(action), action)
        assert view is not None
        assert view.is_late is late
    assert build_verification_view(_outlook(_ACTION), _ACTION) is None


@pytest.mark.parametrize(
    ("action", "said"),
    [
        (_ACTION, "This is check 1 of 3. None has been made yet."),
        (_checked(date(2025, 3, 1)), "This is check 2 of 3."),
        (_checked(date(2025, 2, 1)), "This is check 1 of 3."),
        (replace(_ACTION, repeat="every week for 1 week", body=_checked(TODAY).body), "The last check has been made."),
        (
            replace(_ACTION, repeat="monthly"),
            "The schedule is incomplete: say how often to check and when the checks stop.",
        ),
        (replace(_ACTION, status=Status.IN_PROGRESS), "They begin when the action is finished."),
        (replace(_ACTION, verification=_FAILED), "They begin when the action is finished."),
        (replace(_ACTION, completed=None), "They begin with the day in “completed”."),
        (replace(_ACTION, repeat="every week until 2025-02-01"), "No check is due in that time."),
    ],
)
def test_how_far_the_checks_have_come(action: Action, said: str) -> None:
    """Which check it is of how many, or why there is none."""
    assert describe_recurring_checks(action, TODAY) == said


def test_the_next_check_with_its_day() -> None:
    """Its day, and whether that is past; without `repeat` there is nothing to say."""
    late, in_time = _checked(), _checked(date(2025, 3, 1))
    views = [
        build_recurring_check_view(_outlook(action), action) for action in (late, in_time, replace(_ACTION, repeat=" "))
    ]
    assert [view and (view.next, view.is_late) for view in views] == [
        (date(2025, 2, 28), True),
        (date(2025, 3, 31), False),
        None,
    ]


def test_days_in_the_rule_are_written_out() -> None:
    """As people read them; what is no day stays as it is."""
    action = replace(_ACTION, repeat="every week until 2025-06-01.")
    assert format_repeat(action) == "Every week until 1 June 2025"
    assert format_repeat(replace(_ACTION, repeat="until 2025-02-30")) == "Until 2025-02-30"
