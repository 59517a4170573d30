"""What an audience does not see, counted, with the reasons. Only those who see everything may be told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from plansite.model.action import Action
from plansite.model.audience import PRIVATE, Sight, audience_of
from plansite.model.parts import (
    EarlierDue,
    Evidence,
    Homework,
    IncidentFinding,
    ProtocolEntry,
    Rebase,
    Source,
    Verification,
    Voice,
)
from plansite.model.people import Party
from plansite.model.plan import Goal, Incident, Measure, Plan, Review
from plansite.model.site import Front, Unread

Held = Action | Review | Incident | Measure
Entry = (
    Goal | Evidence | ProtocolEntry | Voice | IncidentFinding | Verification | Source | EarlierDue | Homework | Rebase
)


class Why(StrEnum):
    """Why something is left out."""

    MARKED = "marked for fewer readers"
    KIND = "about one person, and not marked for others"
    SITE = "not marked, and the site is for fewer readers"
    PLAN = "part of a plan that is left out"
    NAME = "marked for fewer readers, but named in what is shown"
    UNREAD = "could not be read, so nobody knows whom it is for"


@dataclass(frozen=True, slots=True, order=True)
class LeftOut:
    """So many of something, for one reason."""

    what: str
    why: Why
    number: int


_Counted = Counter[tuple[str, Why]]
_ENTRIES = {
    Goal: "goal",
    Evidence: "piece of evidence",
    ProtocolEntry: "agency contact",
    Voice: "view",
    IncidentFinding: "finding",
    Verification: "check",
    Source: "source",
    EarlierDue: "earlier date",
    Homework: "piece of homework",
    Rebase: "change of limits",
}
_MANY = {
    "agency": "agencies",
    "piece of evidence": "pieces of evidence",
    "piece of homework": "pieces of homework",
    "change of limits": "changes of limits",
    "part of a text": "parts of texts",
}


def left_out_of(plan: Plan, unread: Iterable[Unread], sight: Sight) -> tuple[LeftOut, ...]:
    """What such readers do not see of a plan; `unread` are its files that could not be read."""
    counted: _Counted = Counter({("file", Why.UNREAD): sum(1 for _ in unread)})
    own = audience_of(plan, sight.settings)
    if not sight.audience.sees(own):
        why = Why.MARKED if plan.audience else Why.KIND if plan.kind in PRIVATE else Why.SITE
        counted["plan", why] += 1
        counted.update((_kind(each), Why.PLAN) for each in _held(plan))
        return _told(counted)
    seen = [plan, *(each for each in _held(plan) if sight.audience.sees(each.audience or own))]
    counted.update((_kind(each), Why.MARKED) for each in _held(plan) if not sight.audience.sees(each.audience or own))
    counted.update(("part of a text", Why.MARKED) for each in seen if each.body.seen_by(sight.audience) != each.body)
    for each in seen:
        hidden = (entry for entry in entries_of(each) if entry.audience and not sight.audience.sees(entry.audience))
        counted.update((_ENTRIES[type(entry)], Why.MARKED) for entry in hidden)
        if sight.hidden.names:
            counted["name", Why.NAME] += sum(map(sight.hidden.hides, names_in(each)))
    return _told(counted)


def left_out_above(
    front: Front, owners: Iterable[Party], agencies: Iterable[Party], unread: Iterable[Unread], sight: Sight
) -> tuple[LeftOut, ...]:
    """The same of what stands above the plans."""
    counted: _Counted = Counter({("file", Why.UNREAD): sum(1 for _ in unread)})
    own = sight.settings.audience
    for what, things in (("owner", owners), ("agency", agencies), ("front page", (front,) if front.path else ())):
        hidden: Iterable[Party | Front] = (each for each in things if not sight.audience.sees(each.audience or own))
        counted.update((what, Why.MARKED if each.audience else Why.SITE) for each in hidden)
    return _told(counted)


def together(parts: Iterable[tuple[LeftOut, ...]]) -> tuple[LeftOut, ...]:
    """The sum of several."""
    counted: _Counted = Counter()
    for part in parts:
        for each in part:
            counted[each.what, each.why] += each.number
    return _told(counted)


def called(what: str, number: int) -> str:
    """What so many of something are called."""
    return what if number == 1 else _MANY.get(what, f"{what}s")


def entries_of(document: Plan | Held) -> tuple[Entry, ...]:
    """The entries of a document's lists that can be marked by themselves."""
    match document:
        case Plan():
            return (*document.goals, *document.protocol, *document.involvement, *document.views)
        case Action():
            groups = (document.verification, document.source, document.homework)
            return (*document.evidence, *document.due_history, *(each for each in groups if each))
        case Measure():
            return document.rebase
        case Incident():
            return (*document.findings, *document.evidence)
    return ()


def names_in(document: Plan | Held) -> Iterator[str]:
    """Whoever a document's fields name."""
    yield from (note.by for note in document.body.progress)
    match document:
        case Plan():
            yield from (document.owner, document.sponsor, *document.agencies)
            yield from (name for entry in document.protocol for name in (entry.agency, entry.contact))
        case Action():
            yield from (document.owner, *document.supporters, *(move.by for move in document.due_history))
            yield document.verification.by if document.verification else ""
        case Review():
            yield from (document.chair, document.minute_taker)
            yield from (*document.present, *document.apologies, *document.distribution)
        case Incident():
            yield from (document.owner, *document.learning_for)


def _held(plan: Plan) -> Iterator[Held]:
    yield from plan.actions
    yield from plan.reviews
    yield from plan.incidents
    yield from plan.measures


def _kind(document: Held) -> str:
    return type(document).__name__.lower()


def _told(counted: _Counted) -> tuple[LeftOut, ...]:
    return tuple(sorted(LeftOut(what, why, number) for (what, why), number in counted.items() if number))
