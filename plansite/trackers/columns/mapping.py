"""Which field each column of a table is, with the reason, and how sure that is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from enum import StrEnum

from plansite.deferred_dataclass import dataclass
from plansite.deferred_pattern import compile_lazily
from plansite.trackers.cells import CellValue
from plansite.trackers.columns.compound_names import find_part, find_word
from plansite.trackers.columns.content import ColumnContent, describe_content
from plansite.trackers.columns.names import (
    BARRIERS,
    FINDING,
    GOAL,
    LIST,
    MARKED,
    MOVES,
    NEW_DUE,
    NOTED,
    ORIGINAL_DUE,
    OUTCOME,
    PROGRESS,
    STEPS,
    find_field,
    fold_heading,
    is_vague_name,
    is_weak_name,
)


class Confidence(StrEnum):
    """How sure it is that a column is a field."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """A column, counted from 0 in its table, and the field that it is; empty where it goes into the text as it is."""

    column: int
    heading: str
    field: str
    reason: str
    confidence: Confidence


#: Fields of which a column that has mostly dates can be one, and those that have to have dates.
_DATE_FIELDS = frozenset({"created", "started", "due", "completed", NEW_DUE, ORIGINAL_DUE, "review", NOTED})
#: Fields that several columns may be together.
_SHARED_FIELDS = frozenset(
    {PROGRESS, "evidence", "tags", "owner", "supporters", FINDING, OUTCOME, NEW_DUE, MOVES, STEPS, BARRIERS}
)
#: Fields of people: a column that is only guessed to be one is text beside another.
_OF_PEOPLE = frozenset({"owner", "supporters"})
#: A column that may say what is to be done where no heading says so, in this order.
_TITLE_FALLBACKS = (GOAL, OUTCOME, FINDING, PROGRESS)
_MIN_TITLE_LENGTH = 15
#: So large a share of words for statuses makes a list of a board one of statuses.
_MIN_STATUS_SHARE = 0.5
_EARLIER_PERIOD = compile_lazily(r"(?:previous|last|prior|earlier)\b[^:]*:", re.IGNORECASE)
#: A column that says more of each action, where another one has its title.
_DESCRIPTIONS = frozenset({"description", "details", "task description", "description of action", "what"})


def map_columns(
    headings: Sequence[str], rows: Sequence[Sequence[CellValue]], *, has_title: bool = False
) -> tuple[ColumnMapping, ...]:
    """The mapping of each column of a table with these headings and rows. Each field is one column, but for a few.

    `has_title` is whether something else says what is to be done: then no column is taken for it by its texts.
    """
    contents = [describe_content([row[index] for row in rows if index < len(row)]) for index in range(len(headings))]
    mapping = [_map_by_heading(index, heading, contents[index]) for index, heading in enumerate(headings)]
    mapping = _settle_progress(mapping, contents)
    mapping = _settle_lists(mapping, contents)
    mapping = mapping if has_title else _find_title(mapping, contents)
    mapping = _drop_repeated(mapping, contents)
    return tuple(_find_by_content(mapping, contents))


def _map_by_heading(index: int, heading: str, content: ColumnContent) -> ColumnMapping:
    field, reason, confidence = _find_named(heading)
    if field and ":" in heading and _EARLIER_PERIOD.match(heading):
        return ColumnMapping(index, heading, "", "it is about an earlier period", Confidence.HIGH)
    if not field:
        return ColumnMapping(index, heading, "", "the heading is not known", Confidence.LOW)
    if field == "completed" and content.filled and content.dates < 0.3 and content.statuses + content.answers > 0.5:
        return ColumnMapping(index, heading, "status", "the heading, and it has no dates", Confidence.MEDIUM)
    if field in _DATE_FIELDS - {"due", NEW_DUE} and content.filled and content.dates < 0.3:
        return ColumnMapping(index, heading, "", f"it has few dates, so it is not `{field}`", Confidence.LOW)
    if field == "status" and confidence is Confidence.LOW and content.statuses < 0.3:
        return ColumnMapping(index, heading, "", "it has few words for statuses", Confidence.LOW)
    if field == "status" and content.filled and content.dates > 0.6:
        return ColumnMapping(index, heading, "completed", "the heading, and it has dates", Confidence.MEDIUM)
    if field == "title" and is_vague_name(heading):
        return ColumnMapping(index, heading, field, "the heading, which other lists have too", Confidence.MEDIUM)
    return ColumnMapping(index, heading, field, reason, confidence)


def _find_named(heading: str) -> tuple[str, str, Confidence]:
    """The field that a heading names as a whole, by a part of it, or by a word; the reason, and how sure that is."""
    if field := find_field(heading) or find_field(heading.rpartition(":")[2]):
        return field, "the heading", Confidence.HIGH
    heading = heading.rpartition(":")[2]  # behind its group
    field, part = find_part(heading)
    if field:
        return field, f"“{part}” in the heading", Confidence.MEDIUM
    field, word = find_word(heading)
    return field, f"“{word}” in the heading", Confidence.LOW


def is_guessed(each: ColumnMapping) -> bool:
    """Whether only a part of the heading of a column names its field."""
    return bool(each.field) and each.confidence is not Confidence.HIGH and each.reason.endswith("in the heading")


def _settle_progress(mapping: list[ColumnMapping], contents: Sequence[ColumnContent]) -> list[ColumnMapping]:
    """The mapping in which “Progress” is a column of notes, unless it is the only one that can have the statuses.

    Registers have it beside “Status”. Alone, it is the status if its cells are words for one.
    """
    has_status = any(each.field == "status" and fold_heading(each.heading) != PROGRESS for each in mapping)
    return [
        replace(each, field=PROGRESS, reason="the heading, beside a status" if has_status else "it has texts")
        if each.field == "status"
        and fold_heading(each.heading) == PROGRESS
        and (has_status or _has_texts(contents[each.column]))
        else each
        for each in mapping
    ]


def _settle_lists(mapping: list[ColumnMapping], contents: Sequence[ColumnContent]) -> list[ColumnMapping]:
    """The mapping in which a goal is a list of a board, as in programs for tasks, if it has words for statuses."""
    return [
        replace(each, field=LIST, reason="it has words for statuses", confidence=Confidence.MEDIUM)
        if each.field == GOAL and contents[each.column].statuses >= _MIN_STATUS_SHARE
        else each
        for each in mapping
    ]


def _has_texts(content: ColumnContent) -> bool:
    return content.filled > 0 and content.statuses < 0.3 and content.average_length >= _MIN_TITLE_LENGTH


def _drop_repeated(mapping: list[ColumnMapping], contents: Sequence[ColumnContent]) -> list[ColumnMapping]:
    """The mapping in which each field is one column: of two, the one with the plainer name, or with far more in it."""
    chosen: dict[str, int] = {}
    for each in mapping:
        other = chosen.get(each.field)
        if other is None or _is_better(each, mapping[other], contents):
            chosen[each.field] = each.column
    kept = []
    for each in mapping:
        is_alone = each.field not in _SHARED_FIELDS or (each.field in _OF_PEOPLE and is_guessed(each))
        if each.field and is_alone and chosen[each.field] != each.column:
            heading = mapping[chosen[each.field]].heading
            is_description = each.field == "title" and fold_heading(each.heading) in _DESCRIPTIONS
            each = ColumnMapping(
                each.column,
                each.heading,
                FINDING if is_description else "",
                f"`{each.field}` is “{heading}”",
                Confidence.MEDIUM if is_description else Confidence.LOW,
            )
        kept.append(each)
    return kept


def _is_better(each: ColumnMapping, other: ColumnMapping, contents: Sequence[ColumnContent]) -> bool:
    """Whether a column is the better one for a field than one to its left: the surer one, unless that is empty."""
    if is_guessed(each) != is_guessed(other):
        return contents[other.column].filled == 0 or (is_guessed(other) and contents[each.column].filled > 0)
    if contents[each.column].filled > 2 * contents[other.column].filled:
        return True
    is_plainer = is_weak_name(other.heading) and not is_weak_name(each.heading)
    return is_plainer and contents[other.column].filled <= 2 * contents[each.column].filled


def _find_title(mapping: list[ColumnMapping], contents: Sequence[ColumnContent]) -> list[ColumnMapping]:
    """The mapping with a column for what is to be done: where no heading says so, one of long and different texts."""
    if any(each.field == "title" for each in mapping):
        return mapping

    def suits(each: ColumnMapping) -> bool:
        content = contents[each.column]
        return content.filled > 0 and content.average_length >= _MIN_TITLE_LENGTH and content.dates < 0.3

    by_field = [
        each
        for field in _TITLE_FALLBACKS
        for each in sorted(mapping, key=lambda each: -contents[each.column].average_length)
        if each.field == field and suits(each)
    ]
    unnamed = sorted(
        (each for each in mapping if not each.field and suits(each)), key=lambda each: -contents[each.column].distinct
    )
    if not by_field and not unnamed:
        return mapping
    best = (by_field or unnamed)[0]
    found = ColumnMapping(best.column, best.heading, "title", "it has the texts", Confidence.MEDIUM)
    return [found if each.column == found.column else each for each in mapping]


def _find_by_content(mapping: list[ColumnMapping], contents: Sequence[ColumnContent]) -> list[ColumnMapping]:
    """The mapping with columns of dates and of statuses under headings that are not known, if the field is free."""
    taken = {each.field for each in mapping}
    result = []
    for each in mapping:
        content = contents[each.column]
        is_status = "status" not in taken and content.statuses > 0.8
        if is_status and each.field == PROGRESS and is_guessed(each):
            each = replace(each, field="status", reason="it has words for statuses")
            taken.add("status")
        elif not each.field and each.heading and content.marks == 1 and "owner" not in taken:
            each = ColumnMapping(each.column, each.heading, MARKED, "its cells are marks", Confidence.MEDIUM)
        elif not each.field and content.filled >= 3:
            if "due" not in taken and content.dates > 0.8:
                each = ColumnMapping(each.column, each.heading, "due", "it has dates", Confidence.LOW)
            elif is_status:
                each = replace(each, field="status", reason="it has words for statuses", confidence=Confidence.MEDIUM)
            taken.add(each.field)
        result.append(each)
    return result
