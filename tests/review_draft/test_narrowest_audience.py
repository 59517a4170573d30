"""A draft has the narrowest audience of all documents that it mentions."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from plansite.model.body import Body
from plansite.model.documents.action import Action
from plansite.model.documents.incident import Incident
from plansite.model.documents.measure import Measure
from plansite.model.documents.plan import Plan
from plansite.model.documents.records.due_dates import Escalation, Extension
from plansite.model.documents.records.interim_control import InterimControl
from plansite.model.documents.records.learning import IncidentFinding
from plansite.model.documents.records.verification import Verification
from plansite.model.documents.review import Review
from plansite.model.people import Owner
from plansite.model.settings import Settings
from plansite.model.site import Site
from plansite.model.status import Audience, PlanKind, Status
from plansite.review_draft.distribution import find_narrowest_audience
from plansite.site.paper.agenda import build_agenda

_ACTION = Action(plan="p", slug="a", path="", ref="1", owner="Nurse")
_DONE = replace(_ACTION, status=Status.COMPLETED, completed=date(2025, 1, 12))
_REVIEW = Review(plan="p", slug="r", path="", date=date(2025, 1, 9))
_PLAN = Plan(slug="p", path="", audience=Audience.PUBLIC, actions=(_ACTION,))
_PRIVATE = Plan(slug="q", path="", kind=PlanKind.COUNSELLING, actions=(replace(_ACTION, plan="q", slug="b"),))

_CONTROL = InterimControl(control="Torches")
_INTERNAL_CONTROL = replace(_CONTROL, audience=Audience.INTERNAL)
_PARTNERS_ESCALATION = Escalation(to="Director", audience=Audience.PARTNERS)
_PARTNERS_EXTENSION = Extension(until=date(2025, 3, 1), audience=Audience.PARTNERS)
_INTERNAL_INCIDENT = Incident(
    plan="p", slug="i", path="", audience=Audience.INTERNAL, findings=(IncidentFinding(text="Dark", interim=_CONTROL),)
)


def _for(plan: Plan, *owners: Owner) -> Audience | None:
    site = Site(settings=Settings(), plans=(plan, _PRIVATE), owners=owners)
    return find_narrowest_audience(build_agenda(site, plan, date(2025, 2, 6), date(2025, 1, 20), lambda _: ()))


def test_as_a_rule_the_plan_says_it() -> None:
    """Then nothing is written into the draft."""
    assert _for(_PLAN) is None
    assert _for(_PLAN, Owner(slug="nurse", title="Nurse", audience=Audience.PUBLIC)) is None


@pytest.mark.parametrize(
    ("plan", "audience"),
    [
        (replace(_PLAN, actions=(replace(_ACTION, audience=Audience.PARTNERS),)), Audience.PARTNERS),
        (replace(_PLAN, actions=(replace(_ACTION, interim=_INTERNAL_CONTROL),)), Audience.INTERNAL),
        (replace(_PLAN, actions=(replace(_ACTION, escalated=(_PARTNERS_ESCALATION,)),)), Audience.PARTNERS),
        (replace(_PLAN, actions=(replace(_ACTION, extension=(_PARTNERS_EXTENSION,)),)), Audience.PARTNERS),
        (replace(_PLAN, actions=(), incidents=(_INTERNAL_INCIDENT,)), Audience.INTERNAL),
        (replace(_PLAN, actions=(_ACTION, replace(_DONE, audience=Audience.INTERNAL))), Audience.INTERNAL),
        (
            replace(_PLAN, measures=(Measure(plan="p", slug="m", path="", audience=Audience.PARTNERS),)),
            Audience.PARTNERS,
        ),
        (replace(_PLAN, reviews=(replace(_REVIEW, audience=Audience.INTERNAL),)), Audience.INTERNAL),
        (replace(_PLAN, actions=(replace(_ACTION, depends_on=("q/b",)),)), Audience.INTERNAL),
        (replace(_PLAN, audience=Audience.INTERNAL, actions=(replace(_ACTION, audience=Audience.PUBLIC),)), None),
    ],
)
def test_the_most_private_thing_in_it_decides(plan: Plan, audience: Audience | None) -> None:
    """An action, open or closed, a measure, the last review, or an action of another plan that is waited for."""
    assert _for(plan) is audience


def test_people_who_may_not_be_seen_are_not_named() -> None:
    """Owners, and those who check."""
    hidden = Owner(slug="nurse", title="Nurse", audience=Audience.INTERNAL)
    assert _for(_PLAN, hidden) is Audience.INTERNAL
    checked = replace(_DONE, owner="Cook", verification=Verification(by="nurse"))
    assert _for(replace(_PLAN, actions=(checked,)), hidden) is Audience.INTERNAL


def test_a_passage_for_few_makes_a_draft_for_few() -> None:
    """What stands in the way of an action may be told in one."""
    body = Body(audience_variants=((Audience.PUBLIC, Body()),))
    assert _for(replace(_PLAN, actions=(replace(_ACTION, body=body),))) is Audience.INTERNAL
