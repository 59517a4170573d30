"""Links to plans, actions, owners and agencies, with their titles as text."""

from __future__ import annotations

from plansite.model.documents.action import Action
from plansite.model.documents.plan import Plan
from plansite.model.page_addresses import action_address, plan_address, profile_address, tag_address
from plansite.model.site import Site
from plansite.model.slugs import normalise_name
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


def link_tags(action: Action) -> tuple[Link, ...]:
    """The tags of an action, each once, with links to their pages."""
    tags = {normalise_name(tag): tag for tag in reversed(action.tags)}
    tags.pop("", None)
    return tuple(Link(tag, tag_address(tag)) for tag in reversed(tags.values()))
