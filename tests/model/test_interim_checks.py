"""The day on which an interim control is checked next, and which controls are still needed."""

from __future__ import annotations

from datetime import date

import pytest

from plansite.model.dates import parse_interval
from plansite.model.documents.action import Action
from plansite.model.documents.incident import Incident
from plansite.model.documents.plan import Plan
from plansite.model.documents.records.interim_control import InterimControl
from plansite.model.documents.records.learning import IncidentFinding
from plansite.model.documents.records.requirements import RecommendationResponse, ResponseDecision
from plansite.model.documents.records.verification import Verification
from plansite.model.interim_checks import (
    find_checker,
    find_next_check,
    is_check_overdue,
    list_open_controls,
    list_overdue_controls,
)
from plansite.model.settings import Settings
from plansite.model.site import Site
from plansite.model.status import Status, VerificationResult

_CHECKED = date(2025, 1, 10)


@pytest.mark.parametrize(
    ("control", "expected"),
    [
        (InterimControl(), None),
        (InterimControl(checked=_CHECKED), None),
        (InterimControl(every=parse_interval("1 week")), None),
        (InterimControl(checked=_CHECKED, every=parse_interval("1 week")), date(2025, 1, 17)),
        (InterimControl(checked=_CHECKED, every=parse_interval("1 week"), next=date(2025, 1, 13)), date(2025, 1, 13)),
        (InterimControl(checked=_CHECKED, every=parse_interval("1 week"), next=_CHECKED), date(2025, 1, 17)),
        (InterimControl(checked=_CHECKED, next=date(2025, 1, 8)), None),
    ],
)
def test_the_next_check(control: InterimControl, expected: date | None) -> None:
    """The day in the file counts, unless a check was made since; else it follows from the last check and the interval."""
    assert find_next_check(control) == expected


def test_a_check_is_overdue_on_the_day_after() -> None:
    """A check that is due today is not overdue; one without a day never is."""
    control = InterimControl(next=date(2025, 1, 17))
    assert [is_check_overdue(control, date(2025, 1, day)) for day in (16, 17, 18)] == [False, False, True]
    assert not is_check_overdue(InterimControl(), date(2025, 1, 18))


_LATE = InterimControl(control="Torches", by="Night Senior", next=date(2025, 1, 17))
_TODAY = date(2025, 1, 20)


def _action(slug: str, **fields: object) -> Action:
    return Action(plan="p", slug=slug, path=f"{slug}.md", title=slug, **fields)  # type: ignore[arg-type]


def _incident(*findings: IncidentFinding) -> Incident:
    return Incident(plan="p", slug="fall", path="fall.md", title="A fall", owner="Falls Lead", findings=findings)


def _needed(
    *actions: Action, incidents: tuple[Incident, ...] = (), is_unfiltered: bool = True
) -> list[tuple[str, int]]:
    plan = Plan(slug="p", path="p.md", actions=actions, incidents=incidents)
    site = Site(settings=Settings(), plans=(plan,), is_unfiltered=is_unfiltered)
    return [(each.document.slug, each.finding) for each in list_open_controls(site, plan)]


_DECLINED = RecommendationResponse(decision=ResponseDecision.NOT_ACCEPTED, reason="No money")
_FAILED = Verification(by="Ben", result=VerificationResult.FAILED)


@pytest.mark.parametrize(
    ("fields", "is_needed"),
    [
        ({}, True),
        ({"status": None}, True),
        ({"status": Status.BLOCKED}, True),
        ({"status": Status.COMPLETED}, False),
        ({"status": Status.COMPLETED, "verification": Verification(by="Ben")}, False),
        ({"status": Status.COMPLETED, "verification": _FAILED}, True),
        ({"status": Status.EMBEDDED}, False),
        ({"status": Status.CANCELLED}, False),
        ({"response": _DECLINED}, False),
    ],
)
def test_a_control_is_needed_while_its_action_is_open(fields: dict[str, object], is_needed: bool) -> None:
    """When it is finished or will not be done, its checks end; when a check failed, they go on."""
    assert _needed(_action("a", interim=_LATE, **fields)) == ([("a", 0)] if is_needed else [])


@pytest.mark.parametrize(
    ("actions", "is_needed"),
    [((), True), (("open",), True), (("done",), False), (("done", "open"), True), (("nowhere",), True)],
)
def test_the_control_of_a_finding(actions: tuple[str, ...], is_needed: bool) -> None:
    """It is needed while an action of the finding is open, or it has none; a wrong reference is none."""
    finding = IncidentFinding(text="Dark", actions=actions, interim=_LATE)
    done = _action("done", status=Status.COMPLETED)
    found = _needed(_action("open"), done, incidents=(_incident(IncidentFinding(text="x"), finding),))
    assert found == ([("fall", 2)] if is_needed else [])


def test_a_copy_for_others_claims_nothing_about_what_it_leaves_out() -> None:
    """A finding without an action there may be dealt with by one that is hidden; its own open action counts."""
    hidden = _incident(IncidentFinding(text="Dark", actions=("hidden",), interim=_LATE))
    assert _needed(incidents=(hidden,), is_unfiltered=False) == []
    assert _needed(incidents=(_incident(IncidentFinding(text="Dark", interim=_LATE)),), is_unfiltered=False) == []
    seen = _incident(IncidentFinding(text="Dark", actions=("hidden", "open"), interim=_LATE))
    assert _needed(_action("open"), incidents=(seen,), is_unfiltered=False) == [("fall", 1)]


def test_one_control_of_several_is_listed_once() -> None:
    """If the same person checks it next on the same day; with another day or person it is another check."""
    same = InterimControl(control="torches ", by="night senior", next=date(2025, 1, 17))
    other = InterimControl(control="Torches", by="Day Senior", next=date(2025, 1, 17))
    plan = Plan(
        slug="p",
        path="p.md",
        actions=(_action("a", interim=_LATE), _action("b", interim=same), _action("c", interim=other)),
        incidents=(_incident(*[IncidentFinding(text="Dark", interim=_LATE)] * 2),),
    )
    first, second = list_open_controls(Site(settings=Settings(), plans=(plan,)), plan)
    assert [each.slug for each in first.documents] == ["a", "b", "fall"]
    assert [each.slug for each in second.documents] == ["c"]


def test_overdue_controls() -> None:
    """Those whose check was due before today, the longest overdue first."""
    days = {"a": date(2025, 1, 19), "b": date(2025, 1, 20), "c": date(2025, 1, 2)}
    actions = tuple(_action(slug, interim=InterimControl(control=slug, next=day)) for slug, day in days.items())
    plan = Plan(slug="p", path="p.md", actions=(*actions, _action("d", interim=InterimControl(control="d"))))
    found = list_overdue_controls(Site(settings=Settings(), plans=(plan,)), plan, _TODAY)
    assert [each.document.slug for each in found] == ["c", "a"]


def test_who_checks() -> None:
    """Whoever is named, else the owner; in a copy for others the name may be hidden, so nobody stands in."""
    nobody = InterimControl(control="Torches")
    whole, partial = Site(settings=Settings()), Site(settings=Settings(), is_unfiltered=False)
    assert [find_checker(site, _LATE, "Porter") for site in (whole, partial)] == ["Night Senior", "Night Senior"]
    assert [find_checker(site, nobody, "Porter") for site in (whole, partial)] == ["Porter", ""]
