"""Standards of regulators: names that are unknown, not clear or not in force, and ratings in self-assessments."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from typing import NamedTuple

from plansite.checks.context import CheckContext
from plansite.checks.registry import Violation, flag, rule
from plansite.checks.suggestions import SuggestionIndex
from plansite.content.report import quote_text, suggest_word
from plansite.content.settings import SETTINGS_FILE
from plansite.model.documents.self_assessment import SelfAssessment
from plansite.model.findings import Level
from plansite.model.formatting import format_list, format_long_date, shorten
from plansite.model.frameworks.citations import (
    CitingDocument,
    StandardCitation,
    find_cited,
    list_citations,
    list_citing_documents,
)
from plansite.model.frameworks.framework import FrameworkStatus, Standard
from plansite.model.frameworks.index import StandardIndex, normalise_label
from plansite.model.frameworks.ratings import find_level, find_rated_framework, list_rated_standards
from plansite.model.site import Site

_ADVICE = "write it as docs/standards.md lists it, for example `cqc-saf/safeguarding`"

#: The most characters of the name of a standard in a message.
_MAX_LABEL = 60


class StandardUse(NamedTuple):
    """A document, and a place in which it names a standard."""

    document: CitingDocument
    citation: StandardCitation


def _list_uses(site: Site) -> Iterator[StandardUse]:
    for plan in site.plans:
        for document in list_citing_documents(plan):
            yield from (StandardUse(document, citation) for citation in list_citations(document))


def _list_assessments(site: Site) -> Iterator[SelfAssessment]:
    return (assessment for plan in site.plans for assessment in plan.assessments)


@rule("PS461", Level.WARNING, _list_uses)
def unknown_standard(context: CheckContext, use: StandardUse) -> Iterator[Violation]:
    """A name is that of no standard of a regulator that plansite or the site knows.

    It is shown as it is written, but not on the page of any standard.

    Example: `standards: [Safegarding]`. Write `Safeguarding`, or `cqc-saf/safeguarding`.
    """
    index, citation = context.site.standards, use.citation
    if not citation.text or find_cited(citation, index).standards:
        return
    if citation.framework and index.find_framework(citation.framework) is None:
        return  # that is reported once
    nearest = _index_names(index).find_nearest(citation.text)
    same_number = [f"`{each.key}`, {shorten(each.label, _MAX_LABEL)}" for each in index.find_same_number(citation.text)]
    remedy = f"did you mean “{nearest}”?" if nearest else _ADVICE
    if same_number:
        remedy = f"if one of these is meant, write {format_list(same_number, 'or')}"
    message = f"no standard is called {quote_text(citation.text)}"
    yield flag(use.document, message, remedy, field=citation.field, instead=(citation.text, nearest))


@functools.lru_cache(maxsize=4)
def _index_names(index: StandardIndex) -> SuggestionIndex:
    return SuggestionIndex.build(index.list_names())


@rule("PS462", Level.WARNING, _list_uses)
def ambiguous_standard(context: CheckContext, use: StandardUse) -> Iterator[Violation]:
    """A name fits several standards, so it is not clear which one is meant.

    Two regulations are called 12, and two 17 and 18: in the Health and Social Care Act 2008 (Regulated Activities)
    Regulations 2014, and in the Care Quality Commission (Registration) Regulations 2009.

    Example: `regulation: regulation 12`. Write `hsca-2014/12` for safe care and treatment.
    """
    index = context.site.standards
    found = find_cited(use.citation, index).standards
    if len(found) > 1:
        names = format_list([f"`{each.key}`, {index.name(each)}" for each in found], "or")
        message = f"{quote_text(use.citation.text)} is the name of {len(found)} standards"
        yield flag(use.document, message, f"write {names}", field=use.citation.field)


@rule("PS463", Level.HINT, _list_uses)
def standard_not_in_force(context: CheckContext, use: StandardUse) -> Iterator[Violation]:
    """A standard is named that is a draft, or that another has replaced.

    Services are not assessed by it today. That can be right: a plan may prepare for a draft, and the report of an
    earlier inspection keeps its names.

    Example: `standards: [cqc-asc-2026/safeguarding]`, while that framework is a draft.
    """
    index = context.site.standards
    standard = find_cited(use.citation, index).only
    if use.citation.field == "ratings" or standard is None or standard.is_in_force(context.today):
        return
    message = f"{quote_text(use.citation.text)} {_describe_force(context, standard)}"
    others = [f"`{each.key}`" for each in index.list_mapped(standard) if each.is_in_force(context.today)]
    remedy = f"if that is not meant, name {format_list(others, 'or')}" if others else "see whether that is meant"
    yield flag(use.document, message, remedy, field=use.citation.field)


def _describe_force(context: CheckContext, standard: Standard) -> str:
    if standard.status is FrameworkStatus.DRAFT:
        return "is a draft, and not in force"
    if standard.valid_from and context.today < standard.valid_from:
        return f"is in force from {format_long_date(standard.valid_from)} on"
    if standard.valid_to and standard.valid_to < context.today:
        return f"was in force until {format_long_date(standard.valid_to)}"
    return "is no longer in force"


@rule("PS464", Level.WARNING, _list_assessments)
def unclear_rating(context: CheckContext, assessment: SelfAssessment) -> Iterator[Violation]:
    """A rating is not on the scale of its framework, or a self-assessment rates a standard twice.

    A rating without a place on the scale cannot be compared with others. Of two, the first counts.

    Example: `rating: needs work`, where CQC's scale is inadequate, requires improvement, good, outstanding.
    """
    index = context.site.standards
    framework = find_rated_framework(assessment, index)
    if framework is None:
        return
    scale, seen = framework.ratings, set[str]()
    for rating in assessment.ratings:
        name = quote_text(rating.standard)
        if rating.rating and find_level(framework, rating.rating) is None:
            remedy = suggest_word(rating.rating, scale) or f"write {format_list(list(scale), 'or')}"
            message = f"the rating {quote_text(rating.rating)} of {name} is not on the scale of {framework.short_label}"
            if not scale:
                message, remedy = f"{framework.short_label} has no ratings", "write in `note` how you judge it"
            yield flag(assessment, message, remedy, field="ratings")
        standard = find_cited(StandardCitation(rating.standard, "", framework=framework.id), index).only
        if standard and standard.key in seen:
            yield flag(assessment, f"{name} is rated twice", "keep one of the two; the first counts", field="ratings")
        seen.update((standard.key,) if standard else ())


@rule("PS465", Level.WARNING, _list_assessments)
def unknown_framework(context: CheckContext, assessment: SelfAssessment) -> Iterator[Violation]:
    """A self-assessment names a framework that neither plansite nor the site has.

    Nothing is known then of its standards and its scale.

    Example: `framework: cqc`. Write `framework: cqc-saf`.
    """
    index = context.site.standards
    if assessment.framework and index.find_framework(assessment.framework) is None:
        yield flag(assessment, *_describe_unknown_framework(assessment.framework, index), field="framework")


def _describe_unknown_framework(name: str, index: StandardIndex) -> tuple[str, str]:
    """Message and remedy."""
    nearest = suggest_word(name, [*index.frameworks, *(each.label for each in index.frameworks.values())])
    remedy = nearest or f"write {format_list([f'`{each}`' for each in index.frameworks], 'or')}"
    return f"no framework is called {quote_text(name)}", remedy


@rule("PS466", Level.WARNING, lambda site: site.settings.frameworks)
def unknown_framework_setting(context: CheckContext, name: str) -> Iterator[Violation]:
    """The setting `frameworks` names one that neither plansite nor the site has, so it is not shown.

    Example: `frameworks: [cqc]`. Write `frameworks: [cqc-saf]`.
    """
    if context.site.standards.find_framework(name) is None:
        message, remedy = _describe_unknown_framework(name, context.site.standards)
        yield Violation(SETTINGS_FILE, 1, message, remedy, "frameworks")


@rule("PS467", Level.WARNING, _list_assessments)
def unanswered_rating(context: CheckContext, assessment: SelfAssessment) -> Iterator[Violation]:
    """The newest self-assessment rates a standard in the lower half of the scale, and no action answers it.

    An action answers it if the rating names it in `actions`, or if it names the standard in `standards` and is open, or
    was agreed on that day or later. `plansite new action --from` writes one.

    Example: `{standard: safeguarding, rating: requires improvement}`, and no action with `standards: [safeguarding]`.
    """
    plan, index = context.site.plans_by_slug[assessment.plan], context.site.standards
    framework = find_rated_framework(assessment, index)
    newest = [each for each in plan.assessments if find_rated_framework(each, index) == framework]
    if framework is None or newest[-1].path != assessment.path:
        return
    gaps = [each for each in list_rated_standards(context.site, plan, assessment) if each.is_gap]
    for each in gaps:
        rating = normalise_label(each.rating.rating)
        message = f"{quote_text(each.standard.label)} is rated “{rating}”, and no action answers it"
        reference = f"{plan.slug}/assessments/{assessment.slug}"
        remedy = f"agree one: plansite new action --from {reference} --standard {each.standard.id}"
        yield flag(assessment, message, remedy, field="ratings")
