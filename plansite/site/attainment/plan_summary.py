"""How far the goals of a plan were reached together: in words, and as a T score for those who ask for it."""

from __future__ import annotations

from collections.abc import Sequence

from plansite.deferred_dataclass import dataclass
from plansite.model.assessment import SiteOnDate
from plansite.model.attainment.goal_scores import LEVEL_NAMES
from plansite.model.attainment.plan_attainment import PlanAttainment, ScaledGoal, assess_attainment
from plansite.model.documents.plan import Plan
from plansite.model.formatting import format_count, format_list, has_or_have, is_or_are
from plansite.site.attainment.path_chart import MINUS, format_level

#: Below so many goals a T score says little.
_FEW_GOALS = 3
_TIMES = "\N{MULTIPLICATION SIGN}"


@dataclass(frozen=True, slots=True)
class WeightRow:
    """A goal in the sum of the T score: its level now and at the start, and its weight."""

    title: str
    level: str
    baseline: str
    importance: str
    difficulty: str
    weight: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TScoreView:
    """The T score with what it is made from. `achieved`, `baseline` and `change` are empty if there is none."""

    achieved: str
    baseline: str
    change: str
    formula: str
    sums: str
    rows: tuple[WeightRow, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AttainmentView:
    """How far the goals were reached, in a sentence. `score` is None in a copy that may lack some of the goals."""

    sentence: str
    score: TScoreView | None


def build_attainment_view(dated_site: SiteOnDate, plan: Plan) -> AttainmentView | None:
    """How far the goals of a plan were reached; None if none has a level.

    A T score of some of the goals is not that of the plan. A copy for partners or the public may lack goals, levels or
    scores, and must not say so, so it has no T score at all.
    """
    attainment = assess_attainment(plan)
    if attainment is None:
        return None
    is_whole = dated_site.site.is_unfiltered
    sentence = _describe_levels(attainment, names_unscored=is_whole)
    return AttainmentView(sentence, _build_t_score(attainment) if is_whole else None)


def _describe_levels(attainment: PlanAttainment, *, names_unscored: bool) -> str:
    """How many goals are above, at and below what was expected."""
    levels = [each.level for each in attainment.scaled]
    counts = (
        (sum(level > 0 for level in levels), "above what was expected"),
        (sum(level == 0 for level in levels), "as expected"),
        (sum(level < 0 for level in levels), "below what was expected"),
    )
    parts = [(number, words) for number, words in counts if number]
    (first, words), *others = parts
    sentence = f"{format_count(first, 'goal')} {is_or_are(first)} {words}"
    sentence = format_list([sentence, *(f"{number:,} {is_or_are(number)} {words}" for number, words in others)])
    unscored = len(attainment.unscored)
    if unscored and names_unscored:
        return f"{sentence}. {format_count(unscored, 'goal')} {has_or_have(unscored)} no score yet."
    return f"{sentence}."


def _build_t_score(attainment: PlanAttainment) -> TScoreView:
    achieved, baseline = attainment.achieved, attainment.baseline
    return TScoreView(
        achieved=_format_score(achieved),
        baseline=_format_score(baseline),
        change=_format_change(achieved, baseline),
        formula=f"T = 50 + 10 {_TIMES} Σwx ÷ √(0.7 {_TIMES} Σw² + 0.3 {_TIMES} (Σw)²)",
        sums=_write_sums(attainment.scaled) if achieved is not None else "",
        rows=tuple(_build_weight_row(each) for each in attainment.scaled),
        notes=tuple(_list_notes(attainment)),
    )


def _format_score(score: float | None) -> str:
    return "" if score is None else f"{score:.2f}"


def _format_change(achieved: float | None, baseline: float | None) -> str:
    if achieved is None or baseline is None:
        return ""
    return f"{round(achieved, 2) - round(baseline, 2):+.2f}".replace("-", MINUS)


def _write_sums(scaled: Sequence[ScaledGoal]) -> str:
    """The formula with the numbers of these goals."""
    weighted = sum(each.weight * each.level for each in scaled)
    squares, total = sum(each.weight**2 for each in scaled), sum(each.weight for each in scaled)
    number = f"({MINUS}{-weighted})" if weighted < 0 else str(weighted)
    return f"50 + 10 {_TIMES} {number} ÷ √(0.7 {_TIMES} {squares} + 0.3 {_TIMES} {total}²)"


def _build_weight_row(each: ScaledGoal) -> WeightRow:
    goal = each.goal
    return WeightRow(
        title=goal.title,
        level=f"{format_level(each.level)} {LEVEL_NAMES[each.level].lower()}",
        baseline="" if each.baseline is None else format_level(each.baseline),
        importance=_format_rating(goal.importance),
        difficulty=_format_rating(goal.difficulty),
        weight=each.weight,
    )


def _format_rating(rating: int | None) -> str:
    return "not given, 1" if rating is None else str(rating)


def _list_notes(attainment: PlanAttainment) -> list[str]:
    """What a reader of the T score has to know."""
    notes = ["A weight is importance times difficulty, each from 0 to 3."]
    incomplete = sum(None in (each.goal.importance, each.goal.difficulty) for each in attainment.scaled)
    if incomplete:
        notes.append(f"What is not given counts as 1: that is so for {format_count(incomplete, 'goal')}.")
    if attainment.achieved is None:
        notes.append("There is no T score, because every goal has the weight 0.")
    elif attainment.baseline is None:
        without = sum(each.baseline is None for each in attainment.scaled)
        goals = f"{format_count(without, 'goal')} {has_or_have(without)}"
        notes.append(f"There is no T score of the start: {goals} no level at the start.")
    if attainment.unscored:
        names = format_list([goal.title for goal in attainment.unscored])
        notes.append(f"Not counted, because it has no score yet: {names}.")
    if attainment.achieved is not None and len(attainment.scaled) < _FEW_GOALS:
        notes.append("With fewer than three goals, T says little more than the words above.")
    return notes
