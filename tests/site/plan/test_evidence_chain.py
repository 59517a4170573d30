"""Chains: a finding followed to action, evidence, check and measure, and every gap by its name."""

from __future__ import annotations

from datetime import date

import pytest

from plansite.model.assessment import SiteOnDate
from plansite.model.documents.action import Action
from plansite.model.documents.goal import Goal
from plansite.model.documents.incident import Incident
from plansite.model.documents.measure import Measure, Reading
from plansite.model.documents.plan import Plan
from plansite.model.documents.records.evidence import Evidence
from plansite.model.documents.records.learning import IncidentFinding
from plansite.model.documents.records.verification import Verification
from plansite.model.settings import Settings
from plansite.model.site import Site
from plansite.model.status import Direction, Status, VerificationResult
from plansite.site.components.content_links import LinkResolver, build_evidence_links
from plansite.site.plan.evidence_chain import EvidenceChain, build_evidence_chains

TODAY = date(2025, 1, 20)
PROOF = (Evidence(label="Photographs", url="https://example.org/photos"),)
PASSED = Verification(by="Manager", date=date(2025, 1, 10), result=VerificationResult.PASSED, note="All sound.")


def _action(**more: object) -> Action:
    given = {"plan": "p", "slug": "runner", "path": "a.md", "ref": "4", "title": "Refit the runner", **more}
    return Action(**given)  # type: ignore[arg-type]  # any field


def _chains(*actions: Action, refs: tuple[str, ...] = ("4",), plan: Plan | None = None) -> tuple[EvidenceChain, ...]:
    finding = IncidentFinding(text="A raised edge", actions=refs)
    incident = Incident(plan="p", slug="fall", path="i.md", findings=(finding,))
    own = plan or Plan(slug="p", path="p.md", actions=actions, incidents=(incident,))
    site = Site(settings=Settings(title="S"), plans=(own,))
    return build_evidence_chains(SiteOnDate(site, TODAY), incident, finding, LinkResolver.from_site(site))


def _gaps(chain: EvidenceChain) -> list[str]:
    return [station.gap for station in chain.stages]


def test_a_chain_followed_all_the_way() -> None:
    """Done, shown and checked: no gap, and nothing left to come."""
    (chain,) = _chains(_action(status=Status.EMBEDDED, completed=date(2025, 1, 9), evidence=PROOF, verification=PASSED))
    assert [station.name for station in chain.stages] == ["Action", "Evidence", "Verification"]
    assert _gaps(chain) == ["", "", ""]
    assert all(station.is_done for station in chain.stages)
    assert chain.stages[0].links[0].href == "plans/p/actions/runner.html"
    assert (chain.stages[0].note, chain.stages[0].day) == ("Nobody yet, completed", date(2025, 1, 9))
    assert (chain.stages[2].words, chain.stages[2].note) == ("All sound.", "Manager")


def test_a_finding_without_an_action_lacks_everything() -> None:
    """Three gaps, each with its name."""
    (chain,) = _chains(refs=())
    assert _gaps(chain) == ["no action yet", "no evidence", "no check"]


def test_an_action_that_is_not_there_is_a_gap_by_its_number() -> None:
    """A reference to nothing is named, not passed over."""
    (chain,) = _chains(_action(), refs=("99",))
    assert _gaps(chain)[0] == "there is no action “99”"
    assert chain.label == "action 99"


def test_each_action_has_its_own_chain() -> None:
    """Two references are two chains, called by their numbers."""
    chains = _chains(_action(), _action(slug="light", ref="5", title="Mend the light"), refs=("4", "light"))
    assert [chain.label for chain in chains] == ["action 4", "action 5"]


def test_an_open_action_in_time_is_no_gap() -> None:
    """Not done, and evidence not due; only the check that nobody plans is missing."""
    (chain,) = _chains(_action(status=Status.IN_PROGRESS, due=date(2025, 2, 1), owner="Maintenance"))
    assert _gaps(chain) == ["", "", "no check is planned"]
    assert not any(station.is_done for station in chain.stages)
    assert (chain.stages[0].note, chain.stages[0].icon) == ("Maintenance, due", "in-progress")


@pytest.mark.parametrize(("due", "gap"), [(date(2025, 1, 19), "late by 1 day"), (TODAY, "")])
def test_a_late_action_is_a_gap_and_one_due_today_is_not(due: date, gap: str) -> None:
    """Late begins the day after the due date."""
    (chain,) = _chains(_action(status=Status.BLOCKED, due=due))
    assert _gaps(chain)[0] == gap


def test_a_cancelled_action_answers_nothing() -> None:
    """The reason stands beside the gap, and nothing follows from it."""
    (chain,) = _chains(_action(status=Status.CANCELLED, reason="not possible", evidence=PROOF))
    assert _gaps(chain) == ["cancelled", "no evidence", "no check"]
    assert chain.stages[0].note == "not possible"


def test_a_finished_action_without_evidence_is_a_gap() -> None:
    """After the end evidence is due."""
    (chain,) = _chains(_action(status=Status.COMPLETED, verification=PASSED))
    assert _gaps(chain) == ["", "no evidence", ""]


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
    (chain,) = _chains(_action(status=status, evidence=PROOF, verification=check))
    assert _gaps(chain)[2] == gap
    assert not chain.stages[2].is_done


def test_the_measure_of_its_goal_is_the_last_station() -> None:
    """With its latest reading; without readings it is still to come. A goal without a measure adds nothing."""
    falls = Measure(plan="p", slug="falls", path="m.md", title="Falls", readings=(Reading(date(2024, 12, 1), 4),))
    goal = Goal(key="g", title="G", measure="falls")
    action = _action(goal="g")
    for measure, done in ((falls, True), (Measure(plan="p", slug="falls", path="m.md", title="Falls"), False)):
        plan = Plan(slug="p", path="p.md", goals=(goal,), measures=(measure,), actions=(action,))
        (chain,) = _chains(plan=plan)
        assert chain.stages[3].is_done is done
        assert chain.stages[3].note == ("4, December 2024" if done else "")
        assert chain.stages[3].links[0].href == "plans/p/measures/falls.html"


def test_readings_that_are_a_concern_are_a_gap() -> None:
    """A target that was reached and lapsed has a name of its own."""
    goal, action = Goal(key="g", title="G", measure="falls"), _action(goal="g")
    readings = tuple(Reading(date(2023 + n // 12, n % 12 + 1, 1), value) for n, value in enumerate([4, 5] * 8 + [9]))
    for state, target, gap in (("", None, "the readings are a concern"), ("sustaining", 5.0, "the target has lapsed")):
        measure = Measure(
            plan="p",
            slug="falls",
            path="m.md",
            title="Falls",
            direction=Direction.DOWN,
            target=target,
            state=state,
            readings=readings,
        )
        plan = Plan(slug="p", path="p.md", goals=(goal,), measures=(measure,), actions=(action,))
        (chain,) = _chains(plan=plan)
        assert chain.stages[3].gap == gap
        assert not chain.stages[3].is_done
        assert chain.stages[3].note.startswith("9, May 2024. ")


def test_files_are_found_in_the_folder_of_the_plan_and_beside_the_file() -> None:
    """A web address stays as it is; a file that is nowhere is words."""
    site = Site(
        settings=Settings(title="S"),
        files=frozenset({"content/plans/p/evidence/a.pdf", "content/plans/p/incidents/b.png"}),
    )
    items = tuple(Evidence(label=url, url=url) for url in ("evidence/a.pdf", "b.png", "gone.pdf", "https://x.org/"))
    incident = Incident(plan="p", slug="fall", path="content/plans/p/incidents/fall.md")
    found = build_evidence_links(items, incident.path, LinkResolver.from_site(site))
    assert [item.href for item in found] == [
        "files/plans/p/evidence/a.pdf",
        "files/plans/p/incidents/b.png",
        "",
        "https://x.org/",
    ]
