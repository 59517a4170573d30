"""Implemented, monitored and evaluated are three separate counts; ages and requests are counted by their bounds."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from plansite.model.body import Body, Section
from plansite.model.documents.action import Action
from plansite.model.documents.goal import Goal
from plansite.model.documents.measure import Measure
from plansite.model.documents.plan import Plan
from plansite.model.documents.records.due_dates import EarlierDue, Extension, ExtensionDecision
from plansite.model.documents.records.evidence import Evidence
from plansite.model.documents.records.requirements import RecommendationResponse, ResponseDecision
from plansite.model.documents.records.verification import Verification
from plansite.model.governance.outcomes import (
    AgeGroup,
    MeasuredGoals,
    count_due_moves,
    count_extensions,
    find_age_group,
    find_measured_goals,
    is_agreed,
    is_evaluated,
    is_implemented,
    is_monitored,
)
from plansite.model.status import Status, VerificationResult

TODAY = date(2025, 1, 20)
_DONE = Action(plan="p", slug="a", path="a.md", title="A", status=Status.COMPLETED, goal="warm")
_EVIDENCE = (Evidence(label="Photograph"),)
_OUTCOME = Body(sections=(Section(title="Outcome", key="outcome", html=("<p>Warm.</p>",), line=1),))
_PASSED = Verification(by="Nurse", result=VerificationResult.PASSED)
_WARM = frozenset({"warm"})
_NONE, _MEASURED = MeasuredGoals(), MeasuredGoals(measured=_WARM)
_JUDGED = MeasuredGoals(measured=_WARM, judged=_WARM)


@pytest.mark.parametrize(
    ("status", "check", "expected"),
    [
        (Status.NOT_STARTED, None, False),
        (Status.BLOCKED, None, False),
        (Status.COMPLETED, None, True),
        (Status.EMBEDDED, _PASSED, True),
        (Status.COMPLETED, Verification(result=VerificationResult.FAILED), False),
        (Status.CANCELLED, None, False),
        (None, None, False),
    ],
)
def test_what_is_implemented(status: Status | None, check: Verification | None, expected: bool) -> None:
    """The owner says that it is done, and no check has failed."""
    assert is_implemented(replace(_DONE, status=status, verification=check)) is expected


@pytest.mark.parametrize(
    ("fields", "goals", "expected"),
    [
        ({}, _JUDGED, False),
        ({"evidence": _EVIDENCE}, _NONE, False),
        ({"evidence": _EVIDENCE}, _MEASURED, True),
        ({"evidence": _EVIDENCE, "goal": "other"}, _MEASURED, False),
        ({"evidence": _EVIDENCE, "verification": Verification(by="Nurse")}, _NONE, True),
        ({"evidence": _EVIDENCE, "repeat": "every month 6 times"}, _NONE, True),
        ({"evidence": _EVIDENCE, "repeat": "sometimes"}, _NONE, False),
        ({"verification": _PASSED, "repeat": "every month 6 times"}, _MEASURED, False),
        ({"evidence": _EVIDENCE, "verification": _PASSED, "status": Status.IN_PROGRESS}, _MEASURED, False),
    ],
)
def test_what_is_monitored(fields: dict[str, object], goals: MeasuredGoals, expected: bool) -> None:
    """It is done, there is evidence, and a check, repeat checks or a measure show whether it lasts."""
    assert is_monitored(replace(_DONE, **fields), goals) is expected  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("fields", "goals", "expected"),
    [
        ({"verification": _PASSED}, _NONE, False),
        ({"verification": _PASSED}, _MEASURED, False),
        ({"verification": _PASSED}, _JUDGED, True),
        ({"verification": _PASSED, "body": _OUTCOME}, _NONE, True),
        ({"body": _OUTCOME}, _JUDGED, False),
        ({"verification": Verification(by="Nurse", due=TODAY), "body": _OUTCOME}, _JUDGED, False),
        ({"verification": _PASSED, "body": _OUTCOME, "status": Status.IN_PROGRESS}, _JUDGED, False),
    ],
)
def test_what_is_evaluated(fields: dict[str, object], goals: MeasuredGoals, expected: bool) -> None:
    """It is done, somebody else checked with a result, and a measure or the outcome says what came of it."""
    assert is_evaluated(replace(_DONE, **fields), goals) is expected  # type: ignore[arg-type]


def test_the_measures_of_goals() -> None:
    """A goal is named by its key or title; a measure that the plan does not have shows nothing."""
    plan = Plan(
        slug="p",
        path="p.md",
        goals=(
            Goal(key="warm", title="Warm rooms", measure="degrees"),
            Goal(title="Dry rooms", measure="leaks"),
            Goal(key="quiet", title="Quiet rooms", measure="noise"),
        ),
        measures=tuple(Measure(plan="p", slug=slug, path="m.md") for slug in ("degrees", "leaks")),
    )
    assert find_measured_goals(plan, {"leaks", "noise"}) == MeasuredGoals(
        measured=frozenset({"warm", "Warm rooms", "Dry rooms"}), judged=frozenset({"Dry rooms"})
    )


@pytest.mark.parametrize(
    ("days", "group"),
    [
        (-3, AgeGroup.MONTH),
        (0, AgeGroup.MONTH),
        (30, AgeGroup.MONTH),
        (31, AgeGroup.QUARTER),
        (90, AgeGroup.QUARTER),
        (91, AgeGroup.HALF_YEAR),
        (180, AgeGroup.HALF_YEAR),
        (181, AgeGroup.OLDER),
        (4000, AgeGroup.OLDER),
        (None, AgeGroup.UNKNOWN),
    ],
)
def test_how_long_an_action_is_open(days: int | None, group: AgeGroup) -> None:
    """Each bound belongs to the younger group."""
    created = None if days is None else TODAY - timedelta(days)
    assert find_age_group(replace(_DONE, created=created), TODAY) is group


def test_what_counts_as_agreed() -> None:
    """Neither a cancelled action nor one that was declined with a reason."""
    declined = RecommendationResponse(decision=ResponseDecision.NOT_ACCEPTED, reason="Not our building.")
    open_action = replace(_DONE, status=Status.NOT_STARTED)
    assert is_agreed(open_action)
    assert is_agreed(_DONE)
    assert not is_agreed(replace(_DONE, status=Status.CANCELLED))
    assert not is_agreed(replace(open_action, response=declined))


def test_moves_and_requests() -> None:
    """A move without a date does not count; each request has one of three states."""
    moved = replace(_DONE, due_history=(EarlierDue(due=TODAY), EarlierDue(), EarlierDue(due=TODAY)))
    assert count_due_moves(moved) == 2
    decisions = (ExtensionDecision.GRANTED, None, ExtensionDecision.REFUSED, None)
    counts = count_extensions(Extension(until=TODAY, decision=decision) for decision in decisions)
    assert (counts.asked, counts.granted, counts.refused, counts.undecided) == (4, 1, 1, 2)
