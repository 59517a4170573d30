"""Ratings against the standards of a framework: on its scale, beside earlier ones, and with what answers them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from enum import StrEnum

from plansite.deferred_dataclass import dataclass
from plansite.model.documents.action import Action
from plansite.model.documents.plan import Plan
from plansite.model.documents.records.standard_rating import StandardRating
from plansite.model.documents.self_assessment import SelfAssessment
from plansite.model.frameworks.citations import find_rated, format_regulation
from plansite.model.frameworks.framework import Framework, Standard
from plansite.model.frameworks.index import StandardIndex, normalise_label
from plansite.model.site import Site

#: What an action that comes from a self-assessment gives as the kind of its source.
SOURCE_KIND = "self-assessment"


class RatingChange(StrEnum):
    """How a rating stands beside that of the self-assessment before."""

    FIRST = "first"
    UP = "up"
    DOWN = "down"
    SAME = "same"


@dataclass(frozen=True, slots=True, kw_only=True)
class RatedStandard:
    """A standard with its rating in a self-assessment. `level` counts from 0, the lowest; None if it is not rated.

    `earlier` is the level of the self-assessment before; `actions` are those that answer the rating.
    """

    standard: Standard
    rating: StandardRating
    level: int | None
    is_low: bool
    earlier: int | None
    actions: tuple[Action, ...]

    @property
    def change(self) -> RatingChange:
        """How the rating stands beside the earlier one."""
        if self.level is None or self.earlier is None:
            return RatingChange.FIRST
        if self.level == self.earlier:
            return RatingChange.SAME
        return RatingChange.UP if self.level > self.earlier else RatingChange.DOWN

    @property
    def is_gap(self) -> bool:
        """Whether it is rated low and no action answers it."""
        return self.is_low and not self.actions


def find_rated_framework(assessment: SelfAssessment, index: StandardIndex) -> Framework | None:
    """The framework of a self-assessment: the one that it names, else that of the first standard that it rates."""
    if assessment.framework:
        return index.find_framework(assessment.framework)
    found = (index.find(rating.standard).only for rating in assessment.ratings)
    first = next((standard for standard in found if standard), None)
    return index.framework_of(first) if first else None


def find_level(framework: Framework, word: str) -> int | None:
    """The position of a rating on the scale of a framework, 0 for the lowest; None for a word that is not on it."""
    key = normalise_label(word)
    scale = [normalise_label(each) for each in framework.ratings]
    return scale.index(key) if key in scale else None


def is_low_level(framework: Framework, level: int) -> bool:
    """Whether a rating is in the lower half of the scale, so that it asks for an action."""
    return 2 * (level + 1) <= len(framework.ratings)


def list_levels(assessment: SelfAssessment, framework: Framework, index: StandardIndex) -> Iterator[tuple[str, int]]:
    """The key of each standard that is rated in a word of the scale, and the level."""
    for rating in assessment.ratings:
        standard, level = find_rated(rating.standard, framework.id, index).only, find_level(framework, rating.rating)
        if standard and level is not None:
            yield standard.key, level


def find_earlier_assessment(plan: Plan, assessment: SelfAssessment, index: StandardIndex) -> SelfAssessment | None:
    """The self-assessment of the same plan and framework before this one; None if it is the first."""
    framework = find_rated_framework(assessment, index)
    earlier = None
    for other in plan.assessments:
        if other is assessment or other.path == assessment.path:
            return earlier
        if framework and find_rated_framework(other, index) == framework:
            earlier = other
    return earlier


def list_rated_standards(site: Site, plan: Plan, assessment: SelfAssessment) -> tuple[RatedStandard, ...]:
    """The standards that a self-assessment rates, in the order of its file. One that it rates twice counts once."""
    index = site.standards
    framework, earlier = find_rated_framework(assessment, index), find_earlier_assessment(plan, assessment, index)
    if framework is None:
        return ()
    levels = dict(list_levels(earlier, framework, index)) if earlier else {}
    rated: dict[str, RatedStandard] = {}
    for rating in assessment.ratings:
        standard = find_rated(rating.standard, framework.id, index).only
        if standard is None or standard.key in rated:
            continue
        level = find_level(framework, rating.rating)
        rated[standard.key] = RatedStandard(
            standard=standard,
            rating=rating,
            level=level,
            is_low=level is not None and is_low_level(framework, level),
            earlier=levels.get(standard.key),
            actions=tuple(_find_answers(site, plan, assessment, rating, standard)),
        )
    return tuple(rated.values())


def _find_answers(
    site: Site, plan: Plan, assessment: SelfAssessment, rating: StandardRating, standard: Standard
) -> Iterable[Action]:
    """The actions that a rating names, and those of its plan that name its standard and are not older than it."""
    named = (site.find_action(name, plan.slug) for name in rating.actions)
    answering = (action for action in plan.actions if answers_rating(action, assessment, standard, site.standards))
    return {(each.plan, each.slug): each for each in (*named, *answering) if each}.values()


def answers_rating(action: Action, assessment: SelfAssessment, standard: Standard, index: StandardIndex) -> bool:
    """Whether an action names a standard, and is open, comes from the self-assessment, or was agreed since."""
    texts = (*action.standards, *((format_regulation(action.requirement.regulation),) if action.requirement else ()))
    if not any(index.find(text).only == standard for text in texts):
        return False
    return action.is_open or comes_from(action, assessment) or _is_since(action.created, assessment.date)


def comes_from(action: Action, assessment: SelfAssessment) -> bool:
    """Whether an action gives a self-assessment as its source."""
    source = action.source
    is_of_kind = source is not None and normalise_label(source.kind) == normalise_label(SOURCE_KIND)
    return is_of_kind and source is not None and source.ref.strip() == str(assessment.date or assessment.slug)


def _is_since(day: dt.date | None, start: dt.date | None) -> bool:
    return day is not None and start is not None and day >= start
