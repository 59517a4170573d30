"""What an audience may see. Filtering comes before anything is computed, so nothing can leak from a result."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TypeVar

from plansite.model.action import Action
from plansite.model.people import Agency, Owner, Party, same_name
from plansite.model.plan import Incident, Measure, Plan, Review
from plansite.model.site import Settings, Site
from plansite.model.status import Audience, Kind

Marked = TypeVar("Marked", Action, Review, Incident, Measure)
Who = TypeVar("Who", Owner, Agency)

_BETWEEN = re.compile(r"\s*[,;(/]\s*|\s+[–-]\s+")
_PRIVATE = frozenset({Kind.COUNSELLING, Kind.INTEGRATED})


def of_plan(plan: Plan, site: Site) -> Audience:
    """Whom a plan is for: as it says; else internal for counselling and integrated plans; else as the site says."""
    return _of_plan(plan, site.settings)


def _of_plan(plan: Plan, settings: Settings) -> Audience:
    if plan.audience is not None:
        return plan.audience
    return Audience.INTERNAL if plan.kind in _PRIVATE else settings.audience


def for_audience(site: Site, audience: Audience) -> Site:
    """The site with only what this audience may see: file over plan over site.

    Files that could not be read, and findings about files, are for internal readers alone.
    """
    sight = sight_of(site.settings, site.owners, site.agencies, audience)
    if audience is Audience.INTERNAL:
        return site
    plans = tuple(seen for plan in site.plans if (seen := sight.plan(plan)))
    return Site(
        settings=sight.settings,
        front=site.front,
        plans=plans,
        owners=sight.owners,
        agencies=sight.agencies,
        files=site.files,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """What an audience sees of the settings and of the people; enough to say of any plan what it sees of that."""

    audience: Audience
    settings: Settings
    owners: tuple[Owner, ...]
    agencies: tuple[Agency, ...]
    hidden: _Hidden

    @property
    def is_whole(self) -> bool:
        """Whether nothing is left out; only then are unreadable files and findings shown."""
        return self.audience is Audience.INTERNAL

    def plan(self, plan: Plan) -> Plan | None:
        """What is seen of a plan; None where that is nothing."""
        if self.is_whole:
            return plan
        own = _of_plan(plan, self.settings)
        return _plan(plan, own, self.audience, self.hidden) if self.audience.sees(own) else None


def sight_of(settings: Settings, owners: tuple[Owner, ...], agencies: tuple[Agency, ...], audience: Audience) -> Sight:
    """What an audience sees of what stands above the plans."""
    seen, bodies = _people(owners, audience), _people(agencies, audience)
    hidden = _Hidden(_names((*owners, *agencies)) - _names((*seen, *bodies)))
    if audience is Audience.PUBLIC:  # the public is not led to the repository, its authors or its history
        settings = replace(settings, repository="", sources=())
    return Sight(
        audience=audience,
        settings=settings,
        owners=tuple(replace(owner, agency=hidden.one(owner.agency)) for owner in seen),
        agencies=bodies,
        hidden=hidden,
    )


@dataclass(frozen=True, slots=True)
class _Hidden:
    """Names of owners and agencies who may not be seen; they are left out of what may."""

    names: frozenset[str]

    def one(self, name: str) -> str:
        """The name, or nothing."""
        return "" if self.hides(name) else name

    def many(self, names: tuple[str, ...]) -> tuple[str, ...]:
        """Those that may be seen."""
        return tuple(name for name in names if not self.hides(name))

    def hides(self, name: str) -> bool:
        """Whether this is such a name, or holds one beside an agency or a remark: "Manager, Riverside House"."""
        parts = (name, *_BETWEEN.split(name.rstrip(") ")))
        return any(same_name(part) in self.names for part in parts)


def _names(parties: Iterable[Party]) -> frozenset[str]:
    return frozenset(same_name(name) for party in parties for name in (party.slug, party.title))


def _people(people: tuple[Who, ...], audience: Audience) -> tuple[Who, ...]:
    return tuple(each for each in people if each.audience is None or audience.sees(each.audience))


def _plan(plan: Plan, own: Audience, audience: Audience, hidden: _Hidden) -> Plan:
    return replace(
        plan,
        owner=hidden.one(plan.owner),
        sponsor=hidden.one(plan.sponsor),
        agencies=hidden.many(plan.agencies),
        protocol=tuple(
            replace(entry, contact=hidden.one(entry.contact))
            for entry in plan.protocol
            if not hidden.hides(entry.agency)
        ),
        actions=tuple(_action(action, hidden) for action in _only(plan.actions, own, audience)),
        reviews=tuple(_review(review, hidden) for review in _only(plan.reviews, own, audience)),
        incidents=tuple(
            replace(incident, owner=hidden.one(incident.owner), learning_for=hidden.many(incident.learning_for))
            for incident in _only(plan.incidents, own, audience)
        ),
        measures=tuple(_only(plan.measures, own, audience)),
    )


def _only(documents: Iterable[Marked], own: Audience, audience: Audience) -> Iterable[Marked]:
    return (document for document in documents if audience.sees(document.audience or own))


def _action(action: Action, hidden: _Hidden) -> Action:
    check = action.verification
    progress = tuple(replace(note, by=hidden.one(note.by)) for note in action.body.progress)
    return replace(
        action,
        owner=hidden.one(action.owner),
        supporters=hidden.many(action.supporters),
        verification=replace(check, by=hidden.one(check.by)) if check else None,
        due_history=tuple(replace(move, by=hidden.one(move.by)) for move in action.due_history),
        body=replace(action.body, progress=progress),
    )


def _review(review: Review, hidden: _Hidden) -> Review:
    return replace(
        review,
        chair=hidden.one(review.chair),
        minute_taker=hidden.one(review.minute_taker),
        present=hidden.many(review.present),
        apologies=hidden.many(review.apologies),
        distribution=hidden.many(review.distribution),
    )
