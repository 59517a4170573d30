"""The verdict on an incident: the worst of its chains, in a tag and a sentence, and from when on it is another."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from plansite.model.assessment import SiteOnDate
from plansite.model.documents.action import Action
from plansite.model.documents.goal import Goal
from plansite.model.documents.incident import Incident
from plansite.model.documents.measure import Measure, Reading
from plansite.model.documents.plan import Plan
from plansite.model.documents.records.evidence import Evidence
from plansite.model.documents.records.interim_control import InterimControl
from plansite.model.documents.records.learning import IncidentFinding, LearningResponse
from plansite.model.documents.records.requirements import RecommendationResponse, ResponseDecision
from plansite.model.documents.records.verification import Verification
from plansite.model.learning.measure_stages import judge_by_target
from plansite.model.learning.terms import IncidentTerms, list_factors
from plansite.model.learning.verdict import IncidentVerdict, assess_incident
from plansite.model.settings import Settings
from plansite.model.site import Site
from plansite.model.status import Course, Direction, Status, VerificationResult

TODAY = date(2025, 1, 20)
PASSED = Verification(by="GP", date=date(2025, 1, 10), result=VerificationResult.PASSED)
DONE = {
    "status": Status.EMBEDDED,
    "completed": date(2025, 1, 9),
    "evidence": (Evidence(label="A"),),
    "verification": PASSED,
}
OPEN = {
    "status": Status.IN_PROGRESS,
    "due": date(2025, 2, 1),
    "verification": Verification(by="GP", due=date(2025, 3, 1)),
}
LATE = {**OPEN, "due": date(2025, 1, 16)}
REFUSED = RecommendationResponse(decision=ResponseDecision.NOT_ACCEPTED, reason="The building is listed.")


def _verdict(
    *actions: dict[str, Any],
    findings: tuple[IncidentFinding, ...] | None = None,
    terms: IncidentTerms = IncidentTerms.PLAIN,
    is_unfiltered: bool = True,
    plan: dict[str, Any] | None = None,
    **incident: Any,
) -> IncidentVerdict:
    """That on an incident with a finding for each of these actions, or with these findings."""
    made = tuple(
        Action(plan="p", slug=f"a{number}", path=f"{number}.md", title=f"A{number}", **fields)
        for number, fields in enumerate(actions)
    )
    own = tuple(IncidentFinding(text=each.title, actions=(each.slug,)) for each in made)
    given = Incident(plan="p", slug="i", path="i.md", findings=own if findings is None else findings, **incident)
    site = Site(
        settings=Settings(title="S", incident_terms=terms),
        plans=(Plan(slug="p", path="p.md", actions=made, incidents=(given,), **(plan or {})),),
        is_unfiltered=is_unfiltered,
    )
    return assess_incident(SiteOnDate(site, TODAY), given, judge_by_target)


@pytest.mark.parametrize(
    ("actions", "course", "sentence"),
    [
        ([DONE], Course.EMBEDDED, "The finding is fully dealt with. Nothing is measured."),
        ([DONE, DONE], Course.EMBEDDED, "Every finding is fully dealt with. Nothing is measured."),
        ([DONE, OPEN], Course.ON_TRACK, "1 of 2 findings is fully dealt with. There are no gaps."),
        (
            [DONE, {**OPEN, "verification": None}],
            Course.AT_RISK,
            "1 of 2 findings is fully dealt with. 1 gap remains.",
        ),
        (
            [DONE, LATE],
            Course.OVERDUE,
            "1 of 2 findings is fully dealt with. An action is late by 4 days. 1 gap remains.",
        ),
        (
            [LATE, {**LATE, "due": date(2025, 1, 10)}],
            Course.OVERDUE,
            "No finding is fully dealt with yet. 2 actions are late, the oldest by 10 days. 2 gaps remain.",
        ),
    ],
)
def test_the_verdict_is_the_worst_of_the_chains(actions: list[dict[str, Any]], course: Course, sentence: str) -> None:
    """Late before at risk before on track; only what is done, shown and checked throughout is embedded."""
    verdict = _verdict(*actions)
    assert (verdict.course, verdict.sentence) == (course, sentence)


def test_the_days_on_which_it_is_another() -> None:
    """An action that becomes late makes it overdue, a check that does puts it at risk; days late are counted."""
    verdict = _verdict(OPEN)
    assert (verdict.overdue_from, verdict.at_risk_from, verdict.until) == (
        date(2025, 2, 2),
        date(2025, 3, 2),
        date(2025, 2, 2),
    )
    verdict = _verdict(LATE, OPEN)
    assert (verdict.late_since, verdict.overdue_from, verdict.at_risk_from) == (date(2025, 1, 16), None, None)
    assert verdict.until == date(2025, 2, 2)
    assert _verdict(DONE).until is None


def test_a_control_that_nobody_checked_puts_it_at_risk() -> None:
    """Until then it is on track."""
    for day, course in ((date(2025, 1, 19), Course.AT_RISK), (TODAY, Course.ON_TRACK)):
        found = IncidentFinding(text="F", actions=("a0",), interim=InterimControl(control="Torches", next=day))
        assert _verdict(OPEN, findings=(found,)).course is course


def test_an_incident_without_findings() -> None:
    """With a reason and the kind of review it is complete; with less it is a gap, or not looked into."""
    why = "All was done well."
    verdict = _verdict(no_actions=why, learning_response=LearningResponse.SWARM_HUDDLE)
    assert (verdict.course, verdict.gaps) == (Course.COMPLETED, 0)
    assert verdict.sentence == "It ended without actions. The reason is written down."
    verdict = _verdict(no_actions=why)
    assert (verdict.course, verdict.gaps) == (Course.AT_RISK, 1)
    verdict = _verdict()
    assert (verdict.course, verdict.gaps, verdict.sentence) == (None, 1, "No finding is written yet.")


def test_findings_that_are_not_accepted() -> None:
    """Where all end so, with reasons, it is complete."""
    verdict = _verdict(findings=(IncidentFinding(text="A lift", response=REFUSED),))
    assert (verdict.course, verdict.sentence) == (Course.COMPLETED, "The finding is fully dealt with.")


def test_what_remains_is_a_measure() -> None:
    """All is done and checked, and it has not shown yet that it helped."""
    falls = Measure(
        plan="p",
        slug="falls",
        path="m.md",
        title="Falls",
        direction=Direction.DOWN,
        target=1.0,
        readings=(Reading(date(2025, 1, 1), 3),),
    )
    plan = {"goals": (Goal(key="g", title="G", measure="falls"),), "measures": (falls,)}
    verdict = _verdict({**DONE, "goal": "g"}, plan=plan)
    assert verdict.course is Course.ON_TRACK
    assert verdict.sentence.endswith(" All is done and checked. “Falls” has not met its target yet.")


def test_a_copy_for_an_audience_claims_no_gap() -> None:
    """What it does not show may be hidden: it says neither that something is missing nor that all is complete."""
    verdict = _verdict(is_unfiltered=False)
    assert (verdict.course, verdict.gaps, verdict.sentence) == (None, 0, "No finding is shown in this copy.")
    verdict = _verdict({**OPEN, "verification": None}, is_unfiltered=False)
    assert (verdict.course, verdict.gaps) == (Course.ON_TRACK, 0)
    assert verdict.sentence == "The finding shown here is not fully dealt with yet. No action shown here is late."
    verdict = _verdict(DONE, is_unfiltered=False)
    assert verdict.sentence == "The finding shown here is fully dealt with."


def test_the_words_of_the_framework() -> None:
    """A site may speak of areas for improvement and safety actions."""
    verdict = _verdict(DONE, LATE, terms=IncidentTerms.PSIRF)
    assert verdict.sentence == (
        "1 of 2 areas for improvement is fully dealt with. A safety action is late by 4 days. 1 gap remains."
    )


def test_factors() -> None:
    """Each in the words of SEIPS, once; others as written."""
    assert list_factors(("environment", "Internal environment", "tools", "Weather", "task")) == (
        "Internal environment",
        "Tools and technology",
        "Weather",
        "Tasks",
    )
