"""Chains: a finding followed to action, evidence, check and measure, and every gap by its name."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from plansite.model.assessment import SiteOnDate
from plansite.model.dates import CalendarInterval
from plansite.model.documents.action import Action
from plansite.model.documents.goal import Goal
from plansite.model.documents.incident import Incident
from plansite.model.documents.measure import Measure, Reading
from plansite.model.documents.plan import Plan
from plansite.model.documents.records.evidence import Evidence, NeededEvidence
from plansite.model.documents.records.interim_control import InterimControl
from plansite.model.documents.records.learning import IncidentFinding, LearningResponse
from plansite.model.documents.records.requirements import RecommendationResponse, ResponseDecision
from plansite.model.documents.records.verification import Verification
from plansite.model.learning.chain import FindingChain, FindingEnd, build_finding_chain
from plansite.model.learning.measure_stages import MeasureJudgement, find_measure, judge_by_target
from plansite.model.learning.stages import StageState
from plansite.model.settings import Settings
from plansite.model.site import Site
from plansite.model.status import Direction, Status, VerificationResult

TODAY = date(2025, 1, 20)
PROOF = (Evidence(label="Photographs", url="https://example.org/photos"),)
PASSED = Verification(by="Manager", date=date(2025, 1, 10), result=VerificationResult.PASSED, note="All sound.")
NOT_ACCEPTED = RecommendationResponse(decision=ResponseDecision.NOT_ACCEPTED, reason="The building is listed.")


def _action(**more: Any) -> Action:
    return Action(**{"plan": "p", "slug": "runner", "path": "a.md", "ref": "4", "title": "Refit the runner", **more})


def _done(**more: Any) -> Action:
    given = {"status": Status.EMBEDDED, "completed": date(2025, 1, 9), "evidence": PROOF, "verification": PASSED}
    return _action(**{**given, **more})


def _measure(*values: float, **more: Any) -> Measure:
    readings = tuple(Reading(date(2024, 12, 1) + timedelta(days=31 * n), value) for n, value in enumerate(values))
    return Measure(**{"plan": "p", "slug": "falls", "path": "m.md", "title": "Falls", "readings": readings, **more})


def _chain(
    *actions: Action,
    plan_measures: tuple[Measure, ...] = (),
    goals: tuple[Goal, ...] = (),
    is_unfiltered: bool = True,
    incident: dict[str, Any] | None = None,
    judge: Any = judge_by_target,
    others: tuple[Plan, ...] = (),
    **finding: Any,
) -> FindingChain:
    found = IncidentFinding(**{"text": "A raised edge", "actions": ("4",), **finding})
    given = Incident(plan="p", slug="fall", path="i.md", findings=(found,), **(incident or {}))
    plan = Plan(slug="p", path="p.md", actions=actions, incidents=(given,), measures=plan_measures, goals=goals)
    site = Site(settings=Settings(title="S"), plans=(plan, *others), is_unfiltered=is_unfiltered)
    return build_finding_chain(SiteOnDate(site, TODAY), given, 1, judge)


def _gaps(chain: FindingChain) -> list[str]:
    return [stage.gap for stage in chain.stages if stage.gap]


def test_a_chain_followed_all_the_way() -> None:
    """Done, shown and checked: no gap, and nothing left to come; that nothing is measured is said."""
    chain = _chain(_done())
    assert [stage.stage.value for stage in chain.stages] == ["Action", "Evidence", "Verification", "Measure"]
    assert _gaps(chain) == []
    assert chain.is_complete
    assert chain.measures[0].words == "Nothing is measured."
    assert not chain.is_measured
    assert [stage.day for stage in chain.actions[0].stages] == [date(2025, 1, 9), None, date(2025, 1, 10)]


def test_a_finding_without_an_action_lacks_everything() -> None:
    """Three gaps, each with its name."""
    chain = _chain(actions=())
    assert _gaps(chain) == ["no action yet", "no evidence", "no check"]
    assert not chain.is_complete
    assert chain.actions[0].label == ""


def test_an_action_that_is_not_there_is_a_gap_by_its_number() -> None:
    """A reference to nothing is named, not passed over."""
    chain = _chain(_action(), actions=("99",))
    assert _gaps(chain)[0] == "there is no action “99”"
    assert chain.actions[0].label == "action 99"


def test_each_action_has_its_own_chain() -> None:
    """Two references are two chains, called by their numbers; two names of one action are one."""
    chain = _chain(_action(), _action(slug="light", ref="5", title="Mend the light"), actions=("4", "light", "runner"))
    assert [each.label for each in chain.actions] == ["action 4", "action 5"]


def test_an_open_action_in_time_is_no_gap() -> None:
    """Not done, and evidence not due; only the check that nobody plans is missing. It is late from a day on."""
    chain = _chain(_action(status=Status.IN_PROGRESS, due=date(2025, 2, 1), owner="Maintenance"))
    assert _gaps(chain) == ["no check is planned"]
    first = chain.actions[0].stages[0]
    assert (first.state, first.until) == (StageState.OPEN, date(2025, 2, 2))


@pytest.mark.parametrize(("due", "gap"), [(date(2025, 1, 19), "late by 1 day"), (TODAY, "")])
def test_a_late_action_is_a_gap_and_one_due_today_is_not(due: date, gap: str) -> None:
    """Late begins the day after the due date; the days are counted from it."""
    first = _chain(_action(status=Status.BLOCKED, due=due)).actions[0].stages[0]
    assert (first.gap, first.since) == (gap, due if gap else None)
    assert first.lack == ("late" if gap else "")


def test_a_cancelled_action_answers_nothing() -> None:
    """The reason stands beside the gap, and nothing follows from it."""
    chain = _chain(_action(status=Status.CANCELLED, reason="not possible", evidence=PROOF))
    assert _gaps(chain) == ["cancelled", "no evidence", "no check"]
    assert chain.actions[0].stages[0].words == "not possible"


def test_a_cancelled_action_with_another_is_no_gap() -> None:
    """The other one answers the finding; one that does not exist does not."""
    cancelled = _action(status=Status.CANCELLED, reason="not possible")
    chain = _chain(cancelled, _done(slug="rail", ref="5"), actions=("4", "5"))
    assert _gaps(chain) == []
    assert chain.is_complete
    assert _gaps(_chain(cancelled, actions=("4", "99")))[0] == "cancelled"


def test_a_finding_that_is_not_accepted_ends_with_its_reason() -> None:
    """Without an action, or with one that was cancelled, it is complete; without the reason it is a gap."""
    for actions in ((), ("4",)):
        chain = _chain(_action(status=Status.CANCELLED), actions=actions, response=NOT_ACCEPTED)
        assert (_gaps(chain), chain.end, chain.is_complete) == ([], FindingEnd.NOT_ACCEPTED, True)
    bare = RecommendationResponse(decision=ResponseDecision.NOT_ACCEPTED)
    assert _gaps(_chain(actions=(), response=bare)) == ["not accepted, without a reason"]
    partly = RecommendationResponse(decision=ResponseDecision.PARTLY_ACCEPTED, reason="Later.")
    assert _gaps(_chain(actions=(), response=partly))[0] == "no action yet"


def test_an_action_that_goes_on_counts_in_spite_of_the_answer() -> None:
    """Who does not accept a finding and acts all the same is late all the same."""
    chain = _chain(_action(due=date(2025, 1, 10)), response=NOT_ACCEPTED)
    assert _gaps(chain)[0] == "late by 10 days"


def test_an_incident_that_rightly_ends_without_actions() -> None:
    """Its findings need none, if it says why and how it was looked into; with one of the two alone they do."""
    why = {"no_actions": "All was done well.", "learning_response": LearningResponse.SWARM_HUDDLE}
    chain = _chain(actions=(), incident=why)
    assert (_gaps(chain), chain.end, chain.is_complete) == ([], FindingEnd.NO_ACTIONS, True)
    for name, value in why.items():
        assert _gaps(_chain(actions=(), incident={name: value}))[0] == "no action yet"


def test_evidence() -> None:
    """After the end it is due; what has expired does not count, unless something else does."""
    assert _gaps(_chain(_done(evidence=()))) == ["no evidence"]
    old = Evidence(label="Audit", expires=date(2025, 1, 19))
    assert _gaps(_chain(_done(evidence=(old,)))) == ["the evidence has expired"]
    assert _gaps(_chain(_done(evidence=(old, *PROOF)))) == []
    still = Evidence(label="Audit", expires=TODAY)
    assert _chain(_done(evidence=(old, still))).actions[0].stages[1].until == date(2025, 1, 21)


def test_evidence_that_was_agreed_at_the_start() -> None:
    """What is missing is a gap once nothing more can be expected; a copy for an audience may hide it."""
    one, two = NeededEvidence(label="Audit"), NeededEvidence(label="Statement")
    assert _gaps(_chain(_done(evidence_needed=(one,)))) == ["evidence still missing: “Audit”"]
    assert _gaps(_chain(_done(evidence_needed=(one, two)))) == ["2 agreed pieces of evidence still missing"]
    received = (Evidence(label="audit"), Evidence(label="Statement."))
    assert _gaps(_chain(_done(evidence_needed=(one, two), evidence=received))) == []
    hidden = _chain(_done(evidence_needed=(one,)), is_unfiltered=False).actions[0].stages[1]
    assert (hidden.state, hidden.gap) == (StageState.UNKNOWN, "")
    for waiting in (
        {"status": Status.IN_PROGRESS, "verification": None},
        {"status": Status.COMPLETED, "verification": Verification(by="GP", due=TODAY)},
    ):
        stage = _chain(_done(evidence_needed=(one, two), evidence=received[:1], **waiting)).actions[0].stages[1]
        assert (stage.state, stage.words) == (StageState.OPEN, "1 of 2 agreed pieces.")


@pytest.mark.parametrize(
    ("status", "check", "gap"),
    [
        (Status.COMPLETED, Verification(by="GP", due=date(2025, 1, 16)), "check late by 4 days"),
        (Status.COMPLETED, Verification(by="GP", due=TODAY), ""),
        (Status.COMPLETED, Verification(by="GP", result=VerificationResult.FAILED, note="Loose"), "the check failed"),
        (Status.EMBEDDED, Verification(by="GP"), "no result of the check"),
        (Status.COMPLETED, None, "no check is planned"),
    ],
)
def test_the_check_says_what_is_missing(status: Status, check: Verification | None, gap: str) -> None:
    """Late, failed, without a result, or not planned; one still to come is no gap, and is not done."""
    chain = _chain(_done(status=status, verification=check))
    assert chain.actions[0].stages[2].gap == gap
    assert not chain.is_complete


@pytest.mark.parametrize(
    ("values", "more", "judgement", "gap", "words", "complete"),
    [
        ((4, 1), {"target": 2.0}, {}, "", "", True),
        ((4, 3), {}, {}, "", "", True),
        ((), {"target": 2.0}, {}, "", "No reading yet.", False),
        ((4, 3), {"target": 2.0}, {}, "", "The target is not met yet.", False),
        ((4, 4, 3), {"target": 2.0}, {}, "the target is not met", "", False),
        ((4, 4, 3), {"target": 2.0}, {"is_improving": True}, "", "The target is not met yet.", False),
        ((4, 1), {"target": 2.0}, {"is_concern": True}, "the readings are a concern", "", False),
        ((1, 3), {"target": 2.0, "state": "sustaining"}, {}, "the target has lapsed", "", False),
    ],
)
def test_a_measure_must_not_speak_against_the_work(
    values: tuple[float, ...],
    more: dict[str, Any],
    judgement: dict[str, Any],
    gap: str,
    words: str,
    complete: bool,
) -> None:
    """A target missed before the work was done is still to be met; missed after it, it is a gap, unless it improves."""
    falls = _measure(*values, direction=Direction.DOWN, **more)
    goals = (Goal(key="g", title="G", measure="falls"),)
    chain = _chain(_done(goal="g"), plan_measures=(falls,), goals=goals, judge=lambda _: MeasureJudgement(**judgement))
    (stage,) = chain.measures
    assert (stage.gap, stage.words, chain.is_complete) == (gap, words, complete)


def _measured(chain: FindingChain) -> list[str]:
    return [stage.measure.title for stage in chain.measures if stage.measure]


def test_the_measures_of_a_finding_come_before_those_of_goals() -> None:
    """By slug or title, also of another plan; each once; one that does not exist is a gap."""
    falls, calls = _measure(4), _measure(5, slug="calls", title="Calls at night")
    other = Plan(slug="q", path="q.md", measures=(_measure(6, plan="q", slug="meals", title="Meals"),))
    goals = (Goal(key="g", title="G", measure="falls"),)
    given: dict[str, Any] = {"plan_measures": (falls, calls), "goals": goals, "others": (other,)}
    assert _measured(_chain(_done(goal="g"), **given)) == ["Falls"]
    named = _chain(_done(goal="g"), measures=("calls", "q/meals", "CALLS at night"), **given)
    assert _measured(named) == ["Calls at night", "Meals"]
    assert _gaps(_chain(_done(), measures=("fals",), **given)) == ["there is no measure “fals”"]
    assert _gaps(_chain(_done(), measures=("q/fals",), **given)) == ["there is no measure “q/fals”"]


def test_a_measure_is_found_by_its_name() -> None:
    """An empty name finds none, nor does a plan that is not there."""
    plan = Plan(slug="p", path="p.md", measures=(_measure(1),))
    site = Site(settings=Settings(title="S"), plans=(plan,))
    found = [find_measure(site, name, "p") for name in (" falls ", "Falls", "p/falls", "", "p/", "x/falls")]
    assert [measure is not None for measure in found] == [True, True, True, False, False, False]


def test_one_measure_of_two_goals_counts_once() -> None:
    """Two actions whose goal has the same measure share its stage."""
    falls, goals = (
        _measure(1, state="sustaining", target=0.0, direction=Direction.DOWN),
        (Goal(key="g", measure="falls"),),
    )
    both = (_done(goal="g"), _done(goal="g", slug="rail", ref="5"))
    assert _gaps(_chain(*both, actions=("4", "5"), plan_measures=(falls,), goals=goals)) == ["the target has lapsed"]


def test_a_control_holds_until_the_finding_is_dealt_with() -> None:
    """Its check is late from the day after the next one was due; when all is done, nothing is asked of it."""
    control = InterimControl(
        control="Night staff carry torches", checked=date(2025, 1, 6), every=CalendarInterval(days=7)
    )
    chain = _chain(_action(due=date(2025, 2, 1), verification=PASSED), interim=control)
    (check,) = chain.controls
    assert (check.next_check, check.stage.gap) == (date(2025, 1, 13), "the interim check is late by 7 days")
    assert chain.gap_count == 1
    (check,) = _chain(actions=(), interim=InterimControl(control="Torches", next=TODAY)).controls
    assert (check.stage.gap, check.stage.until) == ("", date(2025, 1, 21))
    assert _chain(_done(), interim=control).controls == ()


def test_the_control_of_an_open_action_stands_in() -> None:
    """Where the finding has none of its own."""
    control = InterimControl(control="Torches")
    assert [each.control for each in _chain(_action(interim=control)).controls] == [control]
    assert _chain(_done(verification=None, interim=control)).controls == ()


def test_what_a_copy_does_not_show_is_no_gap() -> None:
    """An action, a piece of evidence, a check or a measure may be hidden; what is seen to be wrong stays a gap."""
    for chain in (
        _chain(actions=(), is_unfiltered=False),
        _chain(_done(evidence=()), is_unfiltered=False),
        _chain(_done(evidence=(Evidence(label="A", expires=date(2025, 1, 1)),)), is_unfiltered=False),
        _chain(_done(verification=None), is_unfiltered=False),
        _chain(_action(status=Status.CANCELLED), is_unfiltered=False),
    ):
        assert _gaps(chain) == []
        assert not chain.is_complete
    assert _gaps(_chain(_done(), actions=("4", "hidden"), measures=("hidden",), is_unfiltered=False)) == []
    assert _chain(_done(), is_unfiltered=False).measures == ()
    refused = RecommendationResponse(decision=ResponseDecision.NOT_ACCEPTED)
    assert _chain(actions=(), response=refused, is_unfiltered=False).end is FindingEnd.NOT_ACCEPTED
    late = _chain(_action(due=date(2025, 1, 19)), is_unfiltered=False)
    assert _gaps(late) == ["late by 1 day"]
