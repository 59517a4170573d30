"""What an audience does not see, counted, with the reasons. Only those who see everything may be told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from plansite.model.action import Action
from plansite.model.audience.filter import PRIVATE_KINDS, AudienceFilter, resolve_audience
from plansite.model.field_groups import (
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
from plansite.model.people import OwnerOrAgency
from plansite.model.plan import Goal, Incident, Measure, Plan, Review
from plansite.model.site import FrontPage, UnreadableFile

PlanDocument = Action | Review | Incident | Measure
AudienceEntry = (
    Goal | Evidence | ProtocolEntry | Voice | IncidentFinding | Verification | Source | EarlierDue | Homework | Rebase
)


class OmissionReason(StrEnum):
    """Why something is left out."""

    MARKED = "marked for fewer readers"
    KIND = "about one person, and not marked for others"
    SITE = "not marked, and the site is for fewer readers"
    PLAN = "part of a plan that is left out"
    NAME = "marked for fewer readers, but named in what is shown"
    UNREADABLE = "could not be read, so nobody knows whom it is for"


@dataclass(frozen=True, slots=True, order=True)
class Omission:
    """So many of something, for one reason."""

    item: str
    reason: OmissionReason
    count: int


_Counts = Counter[tuple[str, OmissionReason]]
_ENTRY_NOUNS = {
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
_PLURALS = {
    "agency": "agencies",
    "piece of evidence": "pieces of evidence",
    "piece of homework": "pieces of homework",
    "change of limits": "changes of limits",
    "part of a text": "parts of texts",
}


def count_plan_omissions(
    plan: Plan, unreadable: Iterable[UnreadableFile], audience_filter: AudienceFilter
) -> tuple[Omission, ...]:
    """What such readers do not see of a plan; `unread` are its files that could not be read."""
    counted: _Counts = Counter({("file", OmissionReason.UNREADABLE): sum(1 for _ in unreadable)})
    own = resolve_audience(plan, audience_filter.settings)
    if not audience_filter.audience.sees(own):
        why = (
            OmissionReason.MARKED
            if plan.audience
            else OmissionReason.KIND
            if plan.kind in PRIVATE_KINDS
            else OmissionReason.SITE
        )
        counted["plan", why] += 1
        counted.update((_document_kind(each), OmissionReason.PLAN) for each in _list_documents(plan))
        return _build_omissions(counted)
    seen = [plan, *(each for each in _list_documents(plan) if audience_filter.audience.sees(each.audience or own))]
    counted.update(
        (_document_kind(each), OmissionReason.MARKED)
        for each in _list_documents(plan)
        if not audience_filter.audience.sees(each.audience or own)
    )
    counted.update(
        ("part of a text", OmissionReason.MARKED)
        for each in seen
        if each.body.filter_for(audience_filter.audience) != each.body
    )
    for each in seen:
        hidden = (
            entry
            for entry in list_entries(each)
            if entry.audience and not audience_filter.audience.sees(entry.audience)
        )
        counted.update((_ENTRY_NOUNS[type(entry)], OmissionReason.MARKED) for entry in hidden)
        if audience_filter.hidden_names.names:
            counted["name", OmissionReason.NAME] += sum(
                map(audience_filter.hidden_names.matches, list_document_names(each))
            )
    return _build_omissions(counted)


def count_site_omissions(
    front_page: FrontPage,
    owners: Iterable[OwnerOrAgency],
    agencies: Iterable[OwnerOrAgency],
    unreadable: Iterable[UnreadableFile],
    audience_filter: AudienceFilter,
) -> tuple[Omission, ...]:
    """The same of what stands above the plans."""
    counted: _Counts = Counter({("file", OmissionReason.UNREADABLE): sum(1 for _ in unreadable)})
    own = audience_filter.settings.audience
    for what, things in (
        ("owner", owners),
        ("agency", agencies),
        ("front page", (front_page,) if front_page.path else ()),
    ):
        hidden: Iterable[OwnerOrAgency | FrontPage] = (
            each for each in things if not audience_filter.audience.sees(each.audience or own)
        )
        counted.update((what, OmissionReason.MARKED if each.audience else OmissionReason.SITE) for each in hidden)
    return _build_omissions(counted)


def sum_omissions(parts: Iterable[tuple[Omission, ...]]) -> tuple[Omission, ...]:
    """The sum of several."""
    counted: _Counts = Counter()
    for part in parts:
        for each in part:
            counted[each.item, each.reason] += each.count
    return _build_omissions(counted)


def pluralise_item(item: str, count: int) -> str:
    """What so many of something are called."""
    return item if count == 1 else _PLURALS.get(item, f"{item}s")


def list_entries(document: Plan | PlanDocument) -> tuple[AudienceEntry, ...]:
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


def list_document_names(document: Plan | PlanDocument) -> Iterator[str]:
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


def _list_documents(plan: Plan) -> Iterator[PlanDocument]:
    yield from plan.actions
    yield from plan.reviews
    yield from plan.incidents
    yield from plan.measures


def _document_kind(document: PlanDocument) -> str:
    return type(document).__name__.lower()


def _build_omissions(counts: _Counts) -> tuple[Omission, ...]:
    return tuple(sorted(Omission(what, why, number) for (what, why), number in counts.items() if number))
