"""Names are found whatever their case, and a wrong one is answered with advice."""

from __future__ import annotations

import pytest

from plansite.lookup import UnknownNameError, look_up_goal, look_up_owner_or_agency, look_up_plan
from plansite.model.documents.goal import Goal
from plansite.model.documents.plan import Plan
from plansite.model.people import Agency, Owner
from plansite.model.settings import Settings
from plansite.model.site import Site

GOALS = (Goal(key="warm", title="Warm rooms"), Goal(key="", title="Bright stairs"))
SITE = Site(
    settings=Settings(),
    plans=(Plan(slug="home", path="", title="Care", goals=GOALS), Plan(slug="care", path="", title="Other")),
    owners=(Owner(slug="deputy", title="Deputy Manager"),),
    agencies=(Agency(slug="council", title="Riverside Council"),),
)


def test_a_slug_stands_before_a_title() -> None:
    """A plan whose slug is the name comes before one whose title is."""
    assert look_up_plan(SITE, "Care").slug == "care"
    assert look_up_plan(SITE, "home").slug == "home"


def test_owners_and_agencies_are_found() -> None:
    """Both by slug and by title."""
    assert look_up_owner_or_agency(SITE, "DEPUTY").title == "Deputy Manager"
    assert look_up_owner_or_agency(SITE, "riverside council").slug == "council"


def test_goals_are_found_by_key_or_title() -> None:
    """Whatever the case; a goal without a key by its title."""
    assert look_up_goal(SITE.plans[0], "Warm").title == "Warm rooms"
    assert look_up_goal(SITE.plans[0], "bright STAIRS").title == "Bright stairs"


def test_without_a_near_name_the_known_ones_are_listed() -> None:
    """Somebody who is far off sees what there is."""
    with pytest.raises(UnknownNameError, match="choose from: warm, Warm rooms, Bright stairs"):
        look_up_goal(SITE.plans[0], "zzz")


def test_an_empty_list_says_so() -> None:
    """There is nothing to suggest where there is nothing."""
    with pytest.raises(UnknownNameError, match="there is no goal called “zzz”; there are none yet"):
        look_up_goal(SITE.plans[1], "zzz")
