"""Counts of what an audience does not see, with the reasons. Shown only to those who see everything."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from enum import StrEnum

from plansite.deferred_dataclass import dataclass
from plansite.model.audience.entries import list_entries
from plansite.model.audience.filter import PRIVATE_KINDS, AudienceFilter, resolve_audience
from plansite.model.audience.measure_filter import count_small, resolve_document_audience
from plansite.model.audience.site_parts import sees_framework
from plansite.model.audience.text_filter import RemovedText
from plansite.model.documents.action import Action
from plansite.model.documents.goal import Goal
from plansite.model.documents.incident import Incident
from plansite.model.documents.measure import Measure
from plansite.model.documents.plan import Plan
from plansite.model.documents.records.chart_marks import Annotation, Rebase
from plansite.model.documents.records.due_dates import EarlierDue, Escalation, Extension
from plansite.model.documents.records.evidence import Evidence, NeededEvidence
from plansite.model.documents.records.goal_attainment import GoalLevel, GoalScore
from plansite.model.documents.records.homework import Homework
from plansite.model.documents.records.interim_control import InterimControl
from plansite.model.documents.records.learning import IncidentFinding, ReadingConfirmation
from plansite.model.documents.records.parties import ProtocolEntry, Voice
from plansite.model.documents.records.requirements import Instrument, RecommendationResponse, Requirement
from plansite.model.documents.records.source import Source
from plansite.model.documents.records.standard_rating import StandardRating
from plansite.model.documents.records.update_requests import UpdateRequest
from plansite.model.documents.records.verification import Verification
from plansite.model.documents.review import Review
from plansite.model.documents.self_assessment import SelfAssessment
from plansite.model.formatting import NOUN_BY_KIND, choose_form
from plansite.model.frameworks.framework import Framework
from plansite.model.people import OwnerOrAgency
from plansite.model.saved_views.settings import SavedView
from plansite.model.settings import Settings
from plansite.model.site import FrontPage, UnreadableFile, find_kind, list_inner_documents
from plansite.model.status import Audience

PlanDocument = Action | Review | Incident | Measure | SelfAssessment


class OmissionReason(StrEnum):
    """Why something is left out."""

    MARKED = "marked as restricted"
    KIND = "about one person, and not marked for others"
    SCALE = "with scores of a questionnaire, and not marked for others"
    SMALL = "from 1 to 4, and given as “fewer than 5”"
    INTERNAL_SITE = "internal by default"
    PARTNERS_SITE = "for partners by default"
    PLAN = "part of a plan that is left out"
    NAME = "restricted, but named in what is shown"
    MENTION = "names somebody who is restricted"
    UNREADABLE = "could not be read, so its audience is not known"


@dataclass(frozen=True, slots=True, order=True)
class Omission:
    """How many of an item (such as "action") are left out for one reason."""

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
    Annotation: "event on a chart",
    NeededEvidence: "piece of evidence",
    InterimControl: "interim control",
    Requirement: "requirement",
    RecommendationResponse: "response",
    Extension: "request for more time",
    Escalation: "escalation",
    UpdateRequest: "request for an update",
    Instrument: "notice",
    ReadingConfirmation: "confirmation",
    GoalLevel: "level of a goal",
    GoalScore: "score of a goal",
    StandardRating: "rating",
}
_TEXT_NOUN, _NAME_NOUN, _VIEW_NOUN, _COUNT_NOUN = "text", "name", "saved view", "count"
_PLURALS = {
    "agency": "agencies",
    "piece of evidence": "pieces of evidence",
    "piece of homework": "pieces of homework",
    "change of limits": "changes of limits",
    "event on a chart": "events on charts",
    "request for more time": "requests for more time",
    "request for an update": "requests for an update",
    "level of a goal": "levels of goals",
    "score of a goal": "scores of goals",
    "part of a text": "parts of texts",
}


def count_plan_omissions(
    plan: Plan, unreadable: Iterable[UnreadableFile], audience_filter: AudienceFilter
) -> tuple[Omission, ...]:
    """What an audience does not see of a plan. `unreadable` are the plan's files that could not be read."""
    audience = audience_filter.audience
    counts: _Counts = Counter({("file", OmissionReason.UNREADABLE): sum(1 for _ in unreadable)})
    plan_audience = resolve_audience(plan, audience_filter.settings)
    documents = tuple(list_inner_documents(plan))
    if not audience.sees(plan_audience) or audience_filter.text_filter.is_named_after_hidden(plan):
        is_mention = audience.sees(plan_audience)
        reason = OmissionReason.MENTION if is_mention else _explain_hidden_plan(plan, audience_filter.settings)
        counts["plan", reason] += 1
        counts.update((_document_kind(document), OmissionReason.PLAN) for document in documents)
        return _build_omissions(counts)
    visible: list[Plan | PlanDocument] = [plan]
    for document in documents:
        if not audience.sees(resolve_document_audience(document, plan_audience)):
            counts[_document_kind(document), _explain_hidden_document(document)] += 1
        elif audience_filter.text_filter.is_named_after_hidden(document):
            counts[_document_kind(document), OmissionReason.MENTION] += 1
        else:
            visible.append(document)
    for visible_document in visible:
        counts += _count_document_omissions(visible_document, audience_filter)
    return _build_omissions(counts)


def _explain_hidden_document(document: PlanDocument) -> OmissionReason:
    return OmissionReason.MARKED if document.audience else OmissionReason.SCALE


def _explain_hidden_plan(plan: Plan, settings: Settings) -> OmissionReason:
    return (
        OmissionReason.KIND if not plan.audience and plan.kind in PRIVATE_KINDS else _explain_audience(plan, settings)
    )


def _explain_audience(
    document: Plan | OwnerOrAgency | FrontPage | SavedView | Framework, settings: Settings
) -> OmissionReason:
    """Why a document is hidden that is restricted by its own mark, or by the audience of the site if it has none."""
    if document.audience:
        return OmissionReason.MARKED
    is_internal = settings.audience is Audience.INTERNAL
    return OmissionReason.INTERNAL_SITE if is_internal else OmissionReason.PARTNERS_SITE


def _count_document_omissions(document: Plan | PlanDocument, audience_filter: AudienceFilter) -> _Counts:
    """What is filtered out of a visible document: passages of its text, entries of its lists, and names."""
    audience = audience_filter.audience
    counts: _Counts = Counter(
        (_ENTRY_NOUNS[type(entry)], OmissionReason.MARKED)
        for entry in list_entries(document)
        if entry.audience and not audience.sees(entry.audience)
    )
    if isinstance(document, Measure):
        counts[_COUNT_NOUN, OmissionReason.SMALL] += count_small(document)
    if document.body.filter_for(audience) != document.body:
        counts["part of a text", OmissionReason.MARKED] += 1
    return counts + _count_removed_texts(document, audience_filter)


def _count_removed_texts(document: Plan | PlanDocument | OwnerOrAgency | FrontPage, readers: AudienceFilter) -> _Counts:
    """Texts and entries that are taken out of the fields of a document for a hidden name in them, and such names."""
    counts: _Counts = Counter(map(_describe_removed_text, readers.text_filter.list_removed(document)))
    notes = document.body.filter_for(readers.audience).progress
    counts[_NAME_NOUN, OmissionReason.NAME] += sum(readers.hidden_names.matches(note.by) for note in notes)
    return counts


def _describe_removed_text(removed: RemovedText) -> tuple[str, OmissionReason]:
    if removed.is_name:
        return _NAME_NOUN, OmissionReason.NAME
    return _ENTRY_NOUNS.get(removed.entry or str, _TEXT_NOUN), OmissionReason.MENTION


def count_site_omissions(
    front_page: FrontPage,
    owners: Iterable[OwnerOrAgency],
    agencies: Iterable[OwnerOrAgency],
    unreadable: Iterable[UnreadableFile],
    audience_filter: AudienceFilter,
    views: Iterable[SavedView] = (),
    frameworks: Iterable[Framework] = (),
) -> tuple[Omission, ...]:
    """What an audience does not see of the front page, owners, agencies, saved views and frameworks."""
    counts: _Counts = Counter({("file", OmissionReason.UNREADABLE): sum(1 for _ in unreadable)})
    documents: tuple[tuple[str, Iterable[OwnerOrAgency | FrontPage]], ...] = (
        ("owner", owners),
        ("agency", agencies),
        ("front page", (front_page,) if front_page.path else ()),
    )
    for item, group in documents:
        for document in group:
            if not audience_filter.audience.sees(document.audience or audience_filter.settings.audience):
                counts[item, _explain_audience(document, audience_filter.settings)] += 1
            elif not isinstance(document, FrontPage) and audience_filter.text_filter.is_named_after_hidden(document):
                counts[item, OmissionReason.MENTION] += 1
            else:
                counts += _count_removed_texts(document, audience_filter)
    for view in views:
        if not audience_filter.audience.sees(view.audience or audience_filter.settings.audience):
            counts[_VIEW_NOUN, _explain_audience(view, audience_filter.settings)] += 1
        elif audience_filter.text_filter.filter_view(view) is None:
            counts[_VIEW_NOUN, OmissionReason.MENTION] += 1
    return _build_omissions(counts + _count_frameworks(frameworks, audience_filter))


def _count_frameworks(frameworks: Iterable[Framework], audience_filter: AudienceFilter) -> _Counts:
    counts: _Counts = Counter()
    for framework in frameworks:
        if not sees_framework(audience_filter.audience, framework, audience_filter.settings):
            counts["framework", _explain_audience(framework, audience_filter.settings)] += 1
        elif framework.path and audience_filter.text_filter.filter_framework(framework) is None:
            counts["framework", OmissionReason.MENTION] += 1
    return counts


def sum_omissions(parts: Iterable[tuple[Omission, ...]]) -> tuple[Omission, ...]:
    """The counts of several plans added up by item and reason."""
    counts: _Counts = Counter()
    for part in parts:
        for omission in part:
            counts[omission.item, omission.reason] += omission.count
    return _build_omissions(counts)


def pluralise_item(item: str, count: int) -> str:
    """The noun of an omission's item that agrees with a number: "agency", "agencies"."""
    return choose_form(count, item, _PLURALS.get(item, f"{item}s"))


def _document_kind(document: PlanDocument) -> str:
    return NOUN_BY_KIND[find_kind(document)]


def _build_omissions(counts: _Counts) -> tuple[Omission, ...]:
    return tuple(sorted(Omission(item, reason, count) for (item, reason), count in counts.items() if count))
