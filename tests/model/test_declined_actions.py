"""A recommendation that is not accepted, with a reason, ends its action, whatever its status."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from plansite.model.assessment import Course, SiteOnDate, finished_on
from plansite.model.documents.action import Action
from plansite.model.documents.plan import Plan
from plansite.model.documents.records.requirements import RecommendationResponse, ResponseDecision
from plansite.model.documents.records.verification import Verification
from plansite.model.saved_views.selection import has_status
from plansite.model.saved_views.settings import ViewStatus
from plansite.model.settings import Settings
from plansite.model.site import Site
from plansite.model.status import Status, VerificationResult

_TODAY = date(2025, 1, 20)
_REFUSED = RecommendationResponse(
    decision=ResponseDecision.NOT_ACCEPTED, reason="The building cannot carry it.", date=date(2025, 1, 9)
)
_ACTION = Action(plan="p", slug="lift", path="lift.md", title="Build a lift", due=date(2025, 1, 2), response=_REFUSED)


def _dated_site(*actions: Action) -> SiteOnDate:
    return SiteOnDate(Site(settings=Settings(), plans=(Plan(slug="p", path="p.md", actions=actions),)), _TODAY)


@pytest.mark.parametrize("status", [Status.NOT_STARTED, Status.IN_PROGRESS, Status.BLOCKED, Status.CANCELLED])
def test_it_is_neither_open_nor_overdue_nor_at_risk(status: Status) -> None:
    """It counts as cancelled, and says that and why it was not accepted."""
    action = replace(_ACTION, status=status)
    assert (action.is_declined, action.is_dropped, action.is_open, action.is_finished) == (True, True, False, False)
    assert not action.is_overdue(_TODAY)
    assert action.effective_status is Status.CANCELLED
    dated_site = _dated_site(action)
    assessment = dated_site.assess_action(action)
    assert (assessment.course, assessment.days_late) == (Course.CANCELLED, 0)
    assert assessment.reason == "Not accepted: The building cannot carry it."
    assert (dated_site.open_actions, dated_site.overdue_actions, dated_site.finished_actions) == ((), (), ())
    assert dated_site.assess_plan(dated_site.site.plans[0]).course is Course.COMPLETED
    assert finished_on(action) == date(2025, 1, 9)
    assert has_status(action, ViewStatus.CLOSED)
    assert has_status(action, ViewStatus.CANCELLED)
    assert not has_status(action, ViewStatus.OPEN)


@pytest.mark.parametrize(
    "response",
    [
        None,
        replace(_REFUSED, reason=""),
        replace(_REFUSED, reason="  "),
        replace(_REFUSED, decision=ResponseDecision.PARTLY_ACCEPTED),
        replace(_REFUSED, decision=ResponseDecision.ACCEPTED),
        replace(_REFUSED, decision=None),
    ],
)
def test_any_other_answer_leaves_it_open(response: RecommendationResponse | None) -> None:
    """Without a reason it stays open, and late; so does one that is accepted in part."""
    action = replace(_ACTION, response=response)
    assert (action.is_declined, action.is_open, action.is_overdue(_TODAY)) == (False, True, True)
    assert action.effective_status is Status.NOT_STARTED
    assert action.drop_reason == ""


def test_an_unreadable_status_stays_open() -> None:
    """No action is overlooked because its status is mistyped."""
    action = replace(_ACTION, status=None)
    assert (action.is_declined, action.is_open, action.effective_status) == (False, True, None)


def test_what_was_done_all_the_same_is_finished() -> None:
    """So the answer changes nothing, and a failed check opens the action again."""
    done = replace(_ACTION, status=Status.COMPLETED, completed=date(2025, 1, 15))
    assert (done.is_declined, done.is_finished, done.effective_status) == (False, True, Status.COMPLETED)
    assert finished_on(done) == date(2025, 1, 15)
    reopened = replace(done, verification=Verification(by="Ben", result=VerificationResult.FAILED))
    assert (reopened.is_open, reopened.effective_status) == (True, Status.IN_PROGRESS)


def test_a_cancelled_action_says_why() -> None:
    """Its own reason, without a second full stop; the answer's reason where it was not accepted."""
    cancelled = replace(_ACTION, status=Status.CANCELLED, reason="no longer needed.", response=None)
    assert (cancelled.is_dropped, cancelled.is_declined, cancelled.drop_reason) == (True, False, "no longer needed")
    assert _dated_site(cancelled).assess_action(cancelled).reason == "Cancelled: no longer needed."
    assert replace(cancelled, response=_REFUSED).drop_reason == "The building cannot carry it"
