"""What all plans say about each standard: merged, counted, and its gaps."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date

from plansite.deferred_dataclass import dataclass
from plansite.model.formatting import format_count, is_or_are
from plansite.site.components.dated_rows import DatedText, build_dated_text, list_days_after
from plansite.site.standards.citations import PlanStandards, RatingRow, StandardCitations

#: What a standard without anything has.
_NOTHING = StandardCitations(key="", actions=(), incidents=(), measures=(), evidence=(), ratings=())


@dataclass(frozen=True, slots=True)
class StandardFacts:
    """What all plans say about the standards that they name, by key, and the texts that name none."""

    by_key: Mapping[str, StandardCitations]
    plans: tuple[PlanStandards, ...]

    def find(self, key: str) -> StandardCitations:
        """All that names a standard."""
        return self.by_key.get(key, _NOTHING)


def merge_citations(plans: Iterable[PlanStandards]) -> StandardFacts:
    """The citations of all plans, in the order of plans."""
    parts: defaultdict[str, list[StandardCitations]] = defaultdict(list)
    plans = tuple(plans)
    for plan in plans:
        for cited in plan.cited:
            parts[cited.key].append(cited)
    return StandardFacts({key: _merge(key, group) for key, group in parts.items()}, plans)


def _merge(key: str, group: Sequence[StandardCitations]) -> StandardCitations:
    if len(group) == 1:
        return group[0]
    return StandardCitations(
        key=key,
        actions=tuple(each for part in group for each in part.actions),
        incidents=tuple(each for part in group for each in part.incidents),
        measures=tuple(each for part in group for each in part.measures),
        evidence=tuple(each for part in group for each in part.evidence),
        ratings=tuple(each for part in group for each in part.ratings),
    )


def is_named(cited: StandardCitations) -> bool:
    """Whether anything but a self-assessment names a standard."""
    return bool(cited.actions or cited.incidents or cited.measures or cited.evidence)


def count_facts(cited: StandardCitations) -> tuple[str, ...]:
    """How many actions, incidents, measures and pieces of evidence there are, in words; without those of none."""
    counts = (
        (len(cited.actions), "action", "actions"),
        (len(cited.incidents), "incident", "incidents"),
        (len(cited.measures), "measure", "measures"),
        (len(cited.evidence), "piece of evidence", "pieces of evidence"),
    )
    return tuple(format_count(number, noun, plural) for number, noun, plural in counts if number)


def sort_ratings(ratings: Iterable[RatingRow]) -> list[RatingRow]:
    """The ratings of a standard, newest first."""
    return sorted(ratings, key=lambda row: (row.day or date.min, row.title.href), reverse=True)


def find_newest_rating(cited: StandardCitations) -> RatingRow | None:
    """The newest rating of a standard; of several plans on the same day the lowest."""
    rows = sort_ratings(cited.ratings)
    return (
        min((row for row in rows if row.day == rows[0].day), key=lambda row: -1 if row.level is None else row.level)
        if rows
        else None
    )


@dataclass(frozen=True, slots=True)
class StandardGap:
    """What is missing or late, in words; whether it is late or expired, rather than not there yet."""

    text: DatedText
    is_late: bool = False


def list_gaps(cited: StandardCitations, today: date, *, is_whole: bool) -> Iterator[StandardGap]:
    """What is missing or late, in words. Where something may be hidden from the reader, nothing is said to be missing.

    Today it may be nothing, and more on a later day.
    """
    late = _count_past([row.due for row in cited.actions if row.due])
    yield from _build_text(lambda day: _describe_late(late(day)), today, [row.due for row in cited.actions])
    total, expired = len(cited.evidence), _count_past([row.expires for row in cited.evidence if row.expires])
    yield from _build_text(
        lambda day: _describe_expired(expired(day), total), today, [row.expires for row in cited.evidence]
    )
    if not is_whole:
        return
    if not total and (cited.actions or cited.incidents or cited.measures):
        yield StandardGap(DatedText("No evidence"))
    newest = find_newest_rating(cited)
    if newest and newest.is_gap:
        yield StandardGap(DatedText(f"Rated “{newest.rating}”, and no action answers it"))


def _count_past(days: Iterable[date]) -> Callable[[date], int]:
    """A function from a day to how many of these days have passed."""
    ordered = sorted(days)
    return lambda day: bisect_left(ordered, day)


def _build_text(describe: Callable[[date], str], today: date, days: Iterable[date | None]) -> Iterator[StandardGap]:
    """The text, which changes on the day after each of these days; nothing if it is always empty."""
    text = build_dated_text(describe, today, list_days_after(day for day in days if day))
    if text.words or text.later:
        yield StandardGap(text, is_late=True)


def _describe_late(number: int) -> str:
    return f"{format_count(number, 'action')} {is_or_are(number)} late" if number else ""


def _describe_expired(number: int, total: int) -> str:
    if not number:
        return ""
    if number == total:
        return "The evidence has expired" if total == 1 else "All evidence has expired"
    return f"{number:,} of {total:,} pieces of evidence {'has' if number == 1 else 'have'} expired"
