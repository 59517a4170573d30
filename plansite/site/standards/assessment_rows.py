"""What a self-assessment says: its ratings with what answers them, and sentences that sum it up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from plansite.deferred_dataclass import dataclass
from plansite.model.assessment import SiteOnDate
from plansite.model.documents.action import Action
from plansite.model.documents.plan import Plan
from plansite.model.documents.self_assessment import SelfAssessment
from plansite.model.formatting import format_count, format_list
from plansite.model.frameworks.framework import Framework
from plansite.model.frameworks.ratings import RatedStandard, RatingChange, find_rated_framework, list_rated_standards
from plansite.model.page_addresses import plan_document_address
from plansite.site.components.page import Link
from plansite.site.components.page_links import action_link, owner_link
from plansite.site.components.widgets import Tag, build_course_tag, build_status_tag
from plansite.site.standards.links import link_standard
from plansite.site.standards.rating_words import ChangeWords, describe_change


@dataclass(frozen=True, slots=True)
class AnsweringAction:
    """An action that answers a rating, and how it stands."""

    title: Link
    tag: Tag


@dataclass(frozen=True, slots=True, kw_only=True)
class RatedRow:
    """A standard with its rating, and what shows and answers it. `gap` says that nothing does; `key` is its id."""

    key: str
    title: Link
    rating: str
    is_low: bool
    change: ChangeWords
    evidence: tuple[str, ...]
    note: str
    actions: tuple[AnsweringAction, ...]
    gap: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessmentRow:
    """A self-assessment in a list, with its ratings in words."""

    title: Link
    day: date | None
    framework: str
    owner: Link
    sentence: str
    change: str
    gaps: str


def list_assessment_rows(dated_site: SiteOnDate, plan: Plan) -> tuple[AssessmentRow, ...]:
    """The self-assessments of a plan for a list, newest first."""
    return tuple(_build_row(dated_site, plan, assessment) for assessment in reversed(plan.assessments))


def build_newest_row(dated_site: SiteOnDate, plan: Plan) -> AssessmentRow | None:
    """The newest self-assessment of a plan; None if it has none."""
    return _build_row(dated_site, plan, plan.assessments[-1]) if plan.assessments else None


def _build_row(dated_site: SiteOnDate, plan: Plan, assessment: SelfAssessment) -> AssessmentRow:
    site = dated_site.site
    framework = find_rated_framework(assessment, site.standards)
    rated = list_rated_standards(site, plan, assessment)
    return AssessmentRow(
        title=Link(assessment.title, plan_document_address(assessment)),
        day=assessment.date,
        framework=framework.label if framework else assessment.framework,
        owner=owner_link(site, assessment.owner),
        sentence=count_ratings(framework, rated) if framework else "",
        change=count_changes(rated),
        gaps=count_gaps(dated_site, rated),
    )


def count_ratings(framework: Framework, rated: Sequence[RatedStandard]) -> str:
    """“1 inadequate, 2 requires improvement and 5 good.”, lowest first."""
    counts = Counter(each.level for each in rated)
    words = [f"{counts[level]:,} {word}" for level, word in enumerate(framework.ratings) if counts[level]]
    words += [f"{counts[None]:,} not rated"] if counts[None] else []
    return f"{format_list(words)}." if words else "Nothing is rated yet."


def count_changes(rated: Iterable[RatedStandard]) -> str:
    """“2 went up and 1 went down.” since the one before; empty without a change."""
    counts = Counter(each.change for each in rated)
    words = [(RatingChange.UP, "went up"), (RatingChange.DOWN, "went down")]
    sentence = format_list([f"{counts[change]:,} {verb}" for change, verb in words if counts[change]])
    return f"{sentence}." if sentence else ""


def count_gaps(dated_site: SiteOnDate, rated: Iterable[RatedStandard]) -> str:
    """“No action answers 3 low ratings.”; empty where each is answered, or an action may be hidden from the reader."""
    number = sum(each.is_gap for each in rated) if dated_site.site.is_unfiltered else 0
    return f"No action answers {format_count(number, 'low rating')}." if number else ""


def list_rated_rows(
    dated_site: SiteOnDate, plan: str, framework: Framework, rated: Iterable[RatedStandard]
) -> Iterator[RatedRow]:
    """The rows of rated standards, in their order; `plan` is the slug of the plan."""
    for each in rated:
        is_gap = each.is_gap and dated_site.site.is_unfiltered  # else an action may be hidden from the reader
        yield RatedRow(
            key=f"r-{each.standard.slug}",
            title=link_standard(dated_site.site, each.standard, with_framework=False),
            rating=_format_rating(each),
            is_low=each.is_low,
            change=describe_change(framework, each.change, each.earlier),
            evidence=each.rating.evidence,
            note=each.rating.note,
            actions=tuple(_build_action(dated_site, plan, action) for action in each.actions),
            gap="No action answers it" if is_gap else "",
        )


def _format_rating(rated: RatedStandard) -> str:
    word = rated.rating.rating or "Not rated"
    return word[:1].upper() + word[1:]


def _build_action(dated_site: SiteOnDate, plan: str, action: Action) -> AnsweringAction:
    """With its course; with its status alone where it is in another plan, which is not worked out here."""
    is_own = action.plan == plan
    tag = build_course_tag(action, dated_site.assess_action(action)) if is_own else build_status_tag(action)
    return AnsweringAction(action_link(action), tag)
