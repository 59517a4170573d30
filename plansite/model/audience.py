"""What an audience may see. Filtering comes before anything is computed, so nothing can leak from a result."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TypeVar

from plansite.model.action import Action
from plansite.model.people import Agency, Owner, same_name
from plansite.model.plan import Incident, Measure, Plan, Review
from plansite.model.site import Site
from plansite.model.status import Audience, Kind

Marked = TypeVar("Marked", Action, Review, Incident, Measure)
Who = TypeVar("Who", Owner, Agency)

_PRIVATE = frozenset({Kind.COUNSELLING, Kind.INTEGRATED})


def of_plan(plan: Plan, site: Site) -> Audience:
    """Whom a plan is for: as it says; else internal for counselling and integrated plans; else as the site says."""
    if plan.audience is not None:
        return plan.audience
    return Audience.INTERNAL if plan.kind in _PRIVATE else site.settings.audience


def for_audience(site: Site, audience: Audience) -> Site:
    """The site with only what this audience may see: file over plan over site.

    Files that could not be read, and findings about files, are for internal readers alone.
    """
    if audience is Audience.INTERNAL:
        return site
    owners, agencies = _people(site.owners, audience), _people(site.agencies, audience)
    hidden = {same_name(name) for o in (set(site.owners) - set(owners)) for name in (o.slug, o.title)}
    plans = tuple(_plan(plan, site, audience, hidden) for plan in site.plans if audience.sees(of_plan(plan, site)))
    return Site(settings=site.settings, front=site.front, plans=plans, owners=owners, agencies=agencies, files=site.files)


def _people(people: tuple[Who, ...], audience: Audience) -> tuple[Who, ...]:
    return tuple(each for each in people if each.audience is None or audience.sees(each.audience))


def _plan(plan: Plan, site: Site, audience: Audience, hidden: set[str]) -> Plan:
    own = of_plan(plan, site)
    return replace(
        plan,
        owner=_seen(plan.owner, hidden),
        actions=tuple(_without(action, hidden) for action in _only(plan.actions, own, audience)),
        reviews=tuple(_only(plan.reviews, own, audience)),
        incidents=tuple(_only(plan.incidents, own, audience)),
        measures=tuple(_only(plan.measures, own, audience)),
    )


def _only(documents: Iterable[Marked], own: Audience, audience: Audience) -> Iterable[Marked]:
    return (document for document in documents if audience.sees(document.audience or own))


def _without(action: Action, hidden: set[str]) -> Action:
    supporters = tuple(name for name in action.supporters if same_name(name) not in hidden)
    return replace(action, owner=_seen(action.owner, hidden), supporters=supporters)


def _seen(name: str, hidden: set[str]) -> str:
    return "" if same_name(name) in hidden else name
