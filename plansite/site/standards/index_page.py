"""The page of all standards: each framework with its standards by key question, what names them, and gaps."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from plansite.deferred_dataclass import dataclass
from plansite.model.assessment import SiteOnDate
from plansite.model.documents.records.requirements import YesOrNo
from plansite.model.formatting import format_long_date, is_or_are
from plansite.model.frameworks.framework import STATUS_WORDS, Framework, FrameworkStatus, Standard
from plansite.model.page_addresses import FRONT_PAGE, STANDARDS_PAGE, standard_address
from plansite.model.site import Site
from plansite.model.slugs import distinct_slug
from plansite.site.components.page import Link, Page
from plansite.site.components.widgets import Tag
from plansite.site.standards.citations import RatingRow
from plansite.site.standards.facts import (
    StandardFacts,
    StandardGap,
    count_facts,
    find_newest_rating,
    is_named,
    list_gaps,
)
from plansite.site.standards.links import is_shown

_STATUS_TAGS = {
    FrameworkStatus.CURRENT: ("track", "track"),
    FrameworkStatus.DRAFT: ("risk", "not-started"),
    FrameworkStatus.SUPERSEDED: ("status", "cancelled"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class StandardRow:
    """A standard that something names: how much, its newest rating, and its gaps."""

    title: Link
    counts: tuple[str, ...]
    rating: RatingRow | None
    gaps: tuple[StandardGap, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyQuestionGroup:
    """The standards of a key question: those that something names or that are rated low, and the others.

    `rated` are those that nothing but a self-assessment names, with their rating; `unnamed` the names of the rest.
    """

    key: str
    title: str
    note: str
    rows: tuple[StandardRow, ...]
    has_ratings: bool
    rated: tuple[tuple[Link, str], ...]
    unnamed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CrosswalkRow:
    """A standard, those of other frameworks that are about the same, and a remark."""

    standard: Link
    others: tuple[Link, ...]
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Crosswalk:
    """Which standards of two frameworks are about the same. `reading` says whose reading that is."""

    title: str
    reading: str
    rows: tuple[CrosswalkRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameworkSection:
    """A framework on the page of standards. `about` are sentences about its source, version and wording."""

    key: str
    title: str
    short_title: str
    tag: Tag
    summary: str
    about: tuple[str, ...]
    source: Link
    groups: tuple[KeyQuestionGroup, ...]
    crosswalks: tuple[Crosswalk, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StandardsView:
    """What the page of standards shows. `unknown` are names that are those of no standard, each with its document."""

    title: str
    lede: str
    frameworks: tuple[FrameworkSection, ...]
    unknown: tuple[tuple[str, Link], ...]


def list_shown_frameworks(site: Site, facts: StandardFacts) -> tuple[Framework, ...]:
    """The frameworks that the settings choose, in their order; without a choice those of which something is named."""
    frameworks, chosen = site.standards.frameworks.values(), site.settings.frameworks
    if chosen:
        found = (site.standards.find_framework(name) for name in chosen)
        return tuple(dict.fromkeys(framework for framework in found if framework))
    return tuple(each for each in frameworks if any(standard.key in facts.by_key for standard in each.standards))


def build_standards_page(dated_site: SiteOnDate, facts: StandardFacts) -> Page:
    """`standards.html`."""
    site = dated_site.site
    sections = tuple(_build_section(dated_site, facts, each) for each in list_shown_frameworks(site, facts))
    unknown = tuple(dict.fromkeys(pair for plan in facts.plans for pair in plan.unknown))
    return Page(
        path=STANDARDS_PAGE,
        template="standards/standards.html",
        title="Standards",
        view=StandardsView(
            title="Standards",
            lede="What we do about each standard that we are assessed by, and what shows it.",
            frameworks=sections,
            unknown=unknown,
        ),
        section=STANDARDS_PAGE,
        trail=(Link("Plans", FRONT_PAGE), Link("Standards")),
    )


def framework_key(framework: Framework) -> str:
    """The id of a framework on the page of standards."""
    return f"f-{distinct_slug(framework.id, ' -')}"


def link_framework(framework: Framework) -> Link:
    """The place of a framework on the page of standards."""
    return Link(framework.label, f"{STANDARDS_PAGE}#{framework_key(framework)}")


def _build_section(dated_site: SiteOnDate, facts: StandardFacts, framework: Framework) -> FrameworkSection:
    named = sum(is_named(facts.find(each.key)) for each in framework.standards)
    return FrameworkSection(
        key=framework_key(framework),
        title=framework.label,
        short_title=framework.short_label,
        tag=build_framework_tag(framework),
        summary=_describe_named(framework, named),
        about=tuple(describe_framework(framework)),
        source=Link(framework.regulator or "Source", framework.source),
        groups=tuple(_build_groups(dated_site, facts, framework)),
        crosswalks=tuple(build_crosswalks(dated_site.site, facts, framework)),
    )


def _describe_named(framework: Framework, named: int) -> str:
    return f"{named:,} of {len(framework.standards):,} {framework.plural_noun} {is_or_are(named)} named in a plan."


def build_framework_tag(framework: Framework) -> Tag:
    """Whether a framework is in force, in words."""
    return Tag(STATUS_WORDS[framework.status], *_STATUS_TAGS[framework.status])


def describe_framework(framework: Framework) -> Iterator[str]:
    """Sentences about the version of a framework, when it is in force, and its wording."""
    if framework.version:
        yield f"Version: {framework.version}."
    if framework.valid_from:
        yield f"In force from {format_long_date(framework.valid_from)}."
    if framework.valid_to:
        yield f"In force until {format_long_date(framework.valid_to)}."
    if framework.official_wording is YesOrNo.NO and framework.regulator:
        yield "The names are not checked against the regulator’s own text."


def _build_groups(dated_site: SiteOnDate, facts: StandardFacts, framework: Framework) -> Iterator[KeyQuestionGroup]:
    is_whole = dated_site.site.is_unfiltered
    for number, (title, standards) in enumerate(framework.group_by_key_question(), 1):
        named = [each for each in standards if is_named(facts.find(each.key))]
        rated = [each for each in standards if each.key in facts.by_key and each not in named]
        low = [each for each in rated if _is_rated_low(facts, each)]
        rows = [_build_row(framework, each, facts, dated_site.today, is_whole=is_whole) for each in (*named, *low)]
        if rows or rated or is_whole:
            others = [each for each in standards if each.key not in facts.by_key]
            yield KeyQuestionGroup(
                key=f"{framework_key(framework)}-{number}",
                title=title or framework.plural_noun.capitalize(),
                note=f"{len(named)} of {len(standards)} named",
                rows=tuple(rows),
                has_ratings=any(row.rating for row in rows),
                rated=tuple(_link_rated(framework, each, facts) for each in rated if each not in low),
                unnamed=tuple(framework.name_standard(each) for each in others) if is_whole else (),
            )


def _is_rated_low(facts: StandardFacts, standard: Standard) -> bool:
    newest = find_newest_rating(facts.find(standard.key))
    return newest is not None and newest.is_low


def _link_rated(framework: Framework, standard: Standard, facts: StandardFacts) -> tuple[Link, str]:
    newest = find_newest_rating(facts.find(standard.key))
    word = newest.rating if newest else ""
    return Link(framework.name_standard(standard), standard_address(standard)), word or "not rated"


def _build_row(
    framework: Framework, standard: Standard, facts: StandardFacts, today: date, *, is_whole: bool
) -> StandardRow:
    cited = facts.find(standard.key)
    return StandardRow(
        title=Link(framework.name_standard(standard), standard_address(standard)),
        counts=count_facts(cited),
        rating=find_newest_rating(cited),
        gaps=tuple(list_gaps(cited, today, is_whole=is_whole)),
    )


def build_crosswalks(site: Site, facts: StandardFacts, framework: Framework) -> Iterator[Crosswalk]:
    """For each other framework about the same things, which standards correspond, by whose reading."""
    mapped = {each.key: site.standards.list_mapped(each) for each in framework.standards}
    others = dict.fromkeys(other.framework for standards in mapped.values() for other in standards)
    for other_framework in (site.standards.frameworks[each] for each in others):
        rows = (
            CrosswalkRow(
                _link(site, facts, framework, standard),
                tuple(
                    _link(site, facts, other_framework, each)
                    for each in mapped[standard.key]
                    if each.framework == other_framework.id
                ),
                note=standard.mapping_note,
            )
            for standard in framework.standards
        )
        yield Crosswalk(
            title=f"{framework.short_label} beside {other_framework.short_label}",
            reading=find_reading(framework, other_framework),
            rows=tuple(rows),
        )


def find_reading(framework: Framework, other: Framework) -> str:
    """Whose reading it is that standards of two frameworks correspond: that of the file which says so."""
    maps = any(name.startswith(f"{other.id}/") for each in framework.standards for name in each.maps_to)
    return framework.mapping if maps else other.mapping


def _link(site: Site, facts: StandardFacts, framework: Framework, standard: Standard) -> Link:
    has_page = standard.key in facts.by_key and is_shown(site, framework)
    return Link(framework.name_standard(standard), standard_address(standard) if has_page else "")
