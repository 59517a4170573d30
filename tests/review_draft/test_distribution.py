"""The people expected at a review, and the recipients of its minutes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from plansite.model.documents.plan import Plan
from plansite.model.documents.records.parties import ProtocolEntry
from plansite.model.documents.review import Review
from plansite.model.people import Agency, Owner
from plansite.model.review_dates import is_planned
from plansite.model.settings import Settings
from plansite.model.site import Site
from plansite.model.status import PlanKind
from plansite.review_draft.distribution import list_expected_people, list_recipients

_PROTOCOL = (
    ProtocolEntry(agency="lodge", contact="Nurse, 020 7946 0161. Answers questions."),
    ProtocolEntry(agency="Council", contact="duty@example.org"),
    ProtocolEntry(agency="Surgery", contact="Somebody at the desk, 01632 960000"),
)
_SITE = Site(
    settings=Settings(),
    owners=(Owner(slug="nurse", title="Nurse"),),
    agencies=(Agency(slug="lodge", title="The Lodge"), Agency(slug="council", title="The Council")),
)
_PLAN = Plan(
    slug="p", path="", owner="Manager", protocol=(*_PROTOCOL[:1], replace(_PROTOCOL[1], agency="council"), _PROTOCOL[2])
)
_LAST = Review(
    plan="p",
    slug="r",
    path="",
    date=date(2025, 1, 9),
    present=("The person", "Cook, The Council"),
    apologies=("Nurse, The Lodge", "The person"),
    distribution=("Everyone present",),
)


def test_the_protocol_names_people_and_agencies() -> None:
    """A contact begins with a name that the site knows, or the agency stands alone."""
    assert list_expected_people(_SITE, _PLAN, None) == (
        "Nurse, The Lodge (expected)",
        "The Council (expected)",
        "Surgery (expected)",
    )


def test_those_of_last_time_come_first() -> None:
    """With those who sent apologies; agencies of the protocol follow where nobody of them is there; nobody twice."""
    assert list_expected_people(_SITE, _PLAN, _LAST) == (
        "The person (expected)",
        "Cook, The Council (expected)",
        "Nurse, The Lodge (expected)",
        "Surgery (expected)",
    )


def test_somebody_is_there_under_the_bare_name() -> None:
    """ "Nurse" is the Nurse of the Lodge."""
    assert "Nurse, The Lodge (expected)" not in list_expected_people(
        _SITE, _PLAN, replace(_LAST, present=("NURSE",), apologies=())
    )


@pytest.mark.parametrize(
    ("plan", "first"),
    [
        (Plan(slug="p", path="", owner="Manager"), "Manager (expected)"),
        (Plan(slug="p", path=""), "Everybody who owns an action (expected)"),
        (Plan(slug="p", path="", kind=PlanKind.COUNSELLING), "The person whose plan it is (expected)"),
        (replace(_PLAN, kind=PlanKind.INTEGRATED), "The person whose plan it is (expected)"),
    ],
)
def test_a_first_review_expects_somebody(plan: Plan, first: str) -> None:
    """The person whose plan it is before all others; and a draft is never taken for minutes."""
    names = list_expected_people(_SITE, plan, None)
    assert names[0] == first
    assert is_planned(replace(_LAST, present=names))


def test_nobody_is_expected_twice_over() -> None:
    """A mark that was left in the last minutes is not written behind itself."""
    assert list_expected_people(
        _SITE, Plan(slug="p", path=""), replace(_LAST, present=("Cook", "Nurse (Expected)"), apologies=())
    ) == (
        "Cook (expected)",
        "Nurse (expected)",
    )


def test_minutes_go_where_they_went() -> None:
    """At first to the agencies of the protocol."""
    assert list_recipients(_SITE, _PLAN, _LAST) == ("Everyone present",)
    assert list_recipients(_SITE, _PLAN, None) == ("The Lodge", "The Council", "Surgery")
