"""The self-assessments of a plan, and the page of each: its ratings, lowest first, and what changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from plansite.deferred_dataclass import dataclass
from plansite.markdown.html import resolve_links
from plansite.model.assessment import SiteOnDate
from plansite.model.documents.plan import Plan
from plansite.model.documents.self_assessment import SelfAssessment
from plansite.model.frameworks.framework import Framework
from plansite.model.frameworks.ratings import (
    RatedStandard,
    find_earlier_assessment,
    find_rated_framework,
    list_rated_standards,
)
from plansite.model.links.repository import edit_url
from plansite.model.page_addresses import FRONT_PAGE, plan_address, plan_document_address
from plansite.site.components.body_sections import SectionView, build_sections
from plansite.site.components.content_links import LinkResolver
from plansite.site.components.page import Link, Page
from plansite.site.components.page_links import owner_link, plan_link
from plansite.site.components.plan_header import PlanHeader, build_plan_header, build_plan_trail
from plansite.site.components.widgets import Tag
from plansite.site.standards.assessment_rows import (
    AssessmentRow,
    RatedRow,
    count_changes,
    count_gaps,
    count_ratings,
    list_assessment_rows,
    list_rated_rows,
)
from plansite.site.standards.index_page import build_framework_tag

_TITLE = "Self-assessments"


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessmentListView:
    """What the list of self-assessments shows."""

    head: PlanHeader
    rows: tuple[AssessmentRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RatingGroup:
    """The ratings of a key question, lowest first, and the names of standards that are not rated."""

    key: str
    title: str
    rows: tuple[RatedRow, ...]
    unrated: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SelfAssessmentView:
    """What the page of a self-assessment shows. `lowest` are the ratings in the lower half of the scale.

    `scale` are the words of the scale, lowest first; `unknown` are the names of standards that are not known.
    """

    title: str
    plan: Link
    day: date | None
    owner: Link
    framework: str
    framework_tag: Tag | None
    earlier: Link
    earlier_day: date | None
    sentence: str
    change: str
    gaps: str
    scale: tuple[str, ...]
    lowest: tuple[RatedRow, ...]
    groups: tuple[RatingGroup, ...]
    unknown: tuple[tuple[str, str], ...]
    about: str
    sections: tuple[SectionView, ...]
    edit: str


def build_assessment_pages(dated_site: SiteOnDate, plan: Plan, resolver: LinkResolver) -> Iterator[Page]:
    """The list of a plan's self-assessments, newest first, and a page for each; no page if there are none."""
    if not plan.assessments:
        return
    address = plan_address(plan.slug, "assessments")
    yield Page(
        path=address,
        template="standards/assessments.html",
        title=f"{_TITLE}: {plan.title}",
        view=AssessmentListView(
            head=build_plan_header(dated_site, plan, "assessments"), rows=list_assessment_rows(dated_site, plan)
        ),
        section=FRONT_PAGE,
        trail=build_plan_trail(plan, Link(_TITLE)),
    )
    for assessment in plan.assessments:
        yield Page(
            path=plan_document_address(assessment),
            template="standards/assessment.html",
            title=assessment.title,
            view=_build_view(dated_site, plan, assessment, resolver),
            section=FRONT_PAGE,
            trail=build_plan_trail(plan, Link(_TITLE, address), Link(assessment.title)),
        )


def _build_view(
    dated_site: SiteOnDate, plan: Plan, assessment: SelfAssessment, resolver: LinkResolver
) -> SelfAssessmentView:
    site = dated_site.site
    framework, earlier = (
        find_rated_framework(assessment, site.standards),
        find_earlier_assessment(plan, assessment, site.standards),
    )
    rated = sorted(list_rated_standards(site, plan, assessment), key=_order_by_level)
    known = {each.rating.standard for each in rated}
    return SelfAssessmentView(
        title=assessment.title,
        plan=plan_link(plan),
        day=assessment.date,
        owner=owner_link(site, assessment.owner),
        framework=framework.label if framework else assessment.framework,
        framework_tag=build_framework_tag(framework) if framework else None,
        earlier=Link(earlier.title, plan_document_address(earlier)) if earlier else Link(""),
        earlier_day=earlier.date if earlier else None,
        sentence=count_ratings(framework, rated) if framework else "",
        change=count_changes(rated),
        gaps=count_gaps(dated_site, rated),
        scale=framework.ratings if framework else (),
        lowest=tuple(list_rated_rows(dated_site, plan.slug, framework, _select_low(rated))) if framework else (),
        groups=tuple(_build_groups(dated_site, plan, framework, rated)) if framework else (),
        unknown=tuple((each.standard, each.rating) for each in assessment.ratings if each.standard not in known),
        about=resolve_links(assessment.body.intro, resolver.for_document(assessment)),
        sections=build_sections(assessment, resolver),
        edit=edit_url(site, assessment.path),
    )


def _order_by_level(rated: RatedStandard) -> int:
    """Lowest first, and last what is not rated."""
    return 99 if rated.level is None else rated.level


def _select_low(rated: Sequence[RatedStandard]) -> list[RatedStandard]:
    return [each for each in rated if each.is_low]


def _build_groups(
    dated_site: SiteOnDate, plan: Plan, framework: Framework, rated: Sequence[RatedStandard]
) -> Iterator[RatingGroup]:
    """The ratings by key question. Those of standards that a framework of another name has come last."""
    by_key = {each.standard.key for each in rated}
    for number, (title, standards) in enumerate(framework.group_by_key_question(), 1):
        keys = {each.key for each in standards}
        rows = [each for each in rated if each.standard.key in keys]
        unrated = [framework.name_standard(each) for each in standards if each.key not in by_key]
        unrated = unrated if dated_site.site.is_unfiltered else []
        if rows or unrated:
            yield RatingGroup(
                key=f"q-{number}",
                title=title or framework.plural_noun.capitalize(),
                rows=tuple(list_rated_rows(dated_site, plan.slug, framework, rows)),
                unrated=tuple(unrated),
            )
    others = [each for each in rated if each.standard.framework != framework.id]
    if others:
        yield RatingGroup(
            key="q-others",
            title="Of other frameworks",
            rows=tuple(list_rated_rows(dated_site, plan.slug, framework, others)),
            unrated=(),
        )
