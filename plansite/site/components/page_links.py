"""Links to plans, actions, owners and agencies, with their titles as text."""

from __future__ import annotations

from plansite.model.action import Action
from plansite.model.page_addresses import action_address, plan_address, profile_address
from plansite.model.plan import Plan
from plansite.model.site import Site
from plansite.site.components.page import Link


def plan_link(plan: Plan) -> Link:
    """A plan by its title."""
    return Link(plan.title, plan_address(plan.slug))


def action_link(action: Action) -> Link:
    """An action by its title."""
    return Link(action.title, action_address(action))


def profile_link(site: Site, name: str) -> Link:
    """The owner or agency of this name, by its title; text without a link where the site has none of that name."""
    owner_or_agency = site.find_owner_or_agency(name)
    return Link(owner_or_agency.title, profile_address(owner_or_agency)) if owner_or_agency else Link(name)


def owner_link(site: Site, name: str) -> Link:
    """The owner of an action or plan.

    In a copy for an audience an empty name may mean that the owner was left out, so it must not read as “nobody”.
    """
    return profile_link(site, name) if name.strip() or site.is_unfiltered else Link("Not named here")
