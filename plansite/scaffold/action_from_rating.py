"""An action that answers a rating in a self-assessment."""

from __future__ import annotations

from plansite.deferred_dataclass import dataclass
from plansite.deferred_pattern import compile_lazily
from plansite.lookup import UnknownNameError
from plansite.model.documents.plan import Plan
from plansite.model.documents.self_assessment import SelfAssessment
from plansite.model.frameworks.citations import find_rated
from plansite.model.frameworks.framework import Framework
from plansite.model.frameworks.ratings import SOURCE_KIND, RatedStandard, find_rated_framework, list_rated_standards
from plansite.model.site import Site
from plansite.scaffold.field_values import FieldValueError
from plansite.scaffold.placeholders import split_front_matter

#: “inspection/assessments/2025-01-16”, with or without the folders before it, the ending, and the standard.
_REFERENCE = compile_lazily(r"(?:.*?content/plans/|plans/)?([^/#]+)/assessments/([^/#]+?)(?:\.md)?(?:#(.*))?")


@dataclass(frozen=True, slots=True)
class RatingSource:
    """A self-assessment with its plan, framework and ratings, lowest first, from which actions are made."""

    plan: Plan
    assessment: SelfAssessment
    framework: Framework
    ratings: tuple[RatedStandard, ...]

    @property
    def gaps(self) -> tuple[RatedStandard, ...]:
        """The low ratings that no action answers."""
        return tuple(each for each in self.ratings if each.is_gap)

    def find(self, site: Site, name: str) -> RatedStandard:
        """The rating of a standard. Raises UnknownNameError for one that is not rated."""
        standard = find_rated(name, self.framework.id, site.standards).only
        for each in self.ratings:
            if each.standard == standard:
                return each
        known = [word for each in self.ratings for word in (each.standard.id, each.standard.label)]
        raise UnknownNameError("standard in this self-assessment", name, known)


def split_reference(reference: str) -> tuple[str, str, str]:
    """The plan, the name and the standard (or "") of `PLAN/assessments/DATE#STANDARD`. Raises FieldValueError."""
    match = _REFERENCE.fullmatch(reference.strip().replace("\\", "/"))
    if match is None:
        raise FieldValueError("write --from as PLAN/assessments/DATE, for example inspection/assessments/2025-01-16")
    return match[1], match[2], match[3] or ""


def find_rating_source(site: Site, plan: Plan, name: str) -> RatingSource:
    """The ratings of one of a plan's self-assessments. Raises UnknownNameError, or FieldValueError without ratings."""
    assessment = next((each for each in plan.assessments if name in (each.slug, str(each.date or ""))), None)
    if assessment is None:
        raise UnknownNameError("self-assessment of this plan", name, [each.slug for each in plan.assessments])
    framework = find_rated_framework(assessment, site.standards)
    if framework is None:
        raise FieldValueError("nothing is known of the framework of this self-assessment; see plansite check")
    ratings = sorted(
        list_rated_standards(site, plan, assessment),
        key=lambda each: len(framework.ratings) if each.level is None else each.level,
    )
    return RatingSource(plan, assessment, framework, tuple(ratings))


def suggest_title(source: RatingSource, rated: RatedStandard) -> str:
    """“Safeguarding: from requires improvement to good”; the name alone if it cannot be rated higher."""
    scale, level = source.framework.ratings, rated.level
    name = source.framework.name_standard(rated.standard)
    if level is None or level + 1 >= len(scale):
        return name
    return f"{name}: from {scale[level]} to {scale[level + 1]}"


def add_source(text: str, source: RatingSource, rated: RatedStandard) -> str:
    """The text of a new action with the self-assessment as its source, and the note of the rating as its reason."""
    front_matter, closing_line, body = split_front_matter(text)
    if not closing_line:
        return text
    reference = source.assessment.date.isoformat() if source.assessment.date else source.assessment.slug
    lines = [line for line in front_matter.split("\n") if not line.startswith("source:")]
    lines.append(f"source: {{kind: {SOURCE_KIND}, ref: {reference}}}")
    note = f"{' '.join(rated.rating.note.split())}\n\n" if rated.rating.note else ""
    return "\n".join(lines) + closing_line + note + body
