"""Finds what the colours of a tracker mean: a legend beside its table, in words or as cells with these colours."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import field

from plansite.deferred_dataclass import dataclass
from plansite.deferred_pattern import compile_lazily
from plansite.model.status import Status
from plansite.trackers.cells import flatten_text
from plansite.trackers.sheets import Sheet
from plansite.trackers.tables.header_rows import Heading
from plansite.trackers.tables.row_kinds import TableColumns
from plansite.trackers.values.colours import COLOUR_NAMES, fold_colour, name_colour
from plansite.trackers.values.statuses import COURSE_WORDS, parse_status

_LETTERS = {"r": "red", "a": "amber", "g": "green", "b": "blue", "y": "yellow"}
_ENTRY = compile_lazily(
    rf"\b({'|'.join(sorted(COLOUR_NAMES))})\b\s*(?:\([A-Z]\)\s*)?(?:[=:–—-]+|means|is)\s*(?=\S)", re.IGNORECASE
)
_KEY_WORD = compile_lazily(
    r"(?:rag |brag |colour |color |status )?(?:key|legend|rating|ratings|codes?)\b[: ]*", re.IGNORECASE
)
#: What words of a legend mean where they are no status by themselves, in the order in which they are looked for.
_MEANINGS: tuple[tuple[re.Pattern[str], Status | None], ...] = tuple(
    (compile_lazily(rf"\b(?:{words})"), status)
    for words, status in (
        (r"not (?:yet )?(?:started|begun|due)\b|yet to start\b|no progress\b", Status.NOT_STARTED),
        (r"overdue|late\b|behind|off (?:track|target)|missed|slipp|at risk|delay|concern", None),
        (r"not (?:on track|complete|met|achieved)", None),
        (r"cancel|no longer|superseded|withdrawn|not required", Status.CANCELLED),
        (r"on hold|blocked|paused|awaiting|stuck\b", Status.BLOCKED),
        (r"on (?:track|target|schedule)|in progress|under ?way|ongoing|progressing", Status.IN_PROGRESS),
        (r"started|partial|partly|working", Status.IN_PROGRESS),
        (r"complet|closed|done\b|delivered|achieved|implemented|finished", Status.COMPLETED),
    )
)
#: A longer text is no entry of a legend, and a row of one has at most so many cells that are filled.
_MAX_LENGTH = 100
_MAX_CELLS = 3


@dataclass(frozen=True, slots=True)
class Legend:
    """What colours mean: words by six hexadecimal digits, and words by the name of a colour.

    `rows` are those below the heading of the table that have entries of the legend, from 0.
    """

    by_colour: Mapping[str, str] = field(default_factory=dict)
    by_name: Mapping[str, str] = field(default_factory=dict)
    rows: frozenset[int] = frozenset()

    def find_fill(self, colour: str) -> str:
        """The words for the colour behind a cell; empty if the legend does not have it, or has several like it."""
        if colour in self.by_colour:
            return self.by_colour[colour]
        name = name_colour(colour)
        alike = {words for other, words in self.by_colour.items() if name_colour(other) == name}
        return self.find_word(name) or (alike.pop() if len(alike) == 1 else "")

    def find_word(self, text: str) -> str:
        """The words for a colour that a cell names: `Green`, `G`. Yellow is amber where a legend has only that."""
        word = fold_colour(_LETTERS.get(text.strip().casefold(), text))
        other = {"yellow": "amber", "amber": "yellow"}.get(word, word)
        return self.by_name.get(word, "") or self.by_name.get(other, "")


#: That of a table without one.
NO_LEGEND = Legend()


def is_colour_word(text: str) -> bool:
    """Whether a text names a colour: `Green`, `G`."""
    return text.strip().casefold() in _LETTERS or fold_colour(text) in COLOUR_NAMES


def read_meaning(words: str) -> Status | None:
    """The status that the words of a legend mean; None for what is no status, such as “overdue”."""
    found = parse_status(words)
    if found.status and not found.rest:
        return found.status
    folded = words.casefold()
    return next((status for pattern, status in _MEANINGS if pattern.search(folded)), None)


def find_legend(sheet: Sheet, heading: Heading, columns: TableColumns, end: int) -> Legend:
    """The legend of a table: above it, beside it, or below it where a row is no action."""
    by_colour: dict[str, str] = {}
    by_name: dict[str, str] = {}
    rows: set[int] = set()
    follows_gap = False
    for index in range(end):
        if heading.start <= index < heading.end:
            continue
        row = sheet.rows[index]
        filled = [column for column, value in enumerate(row) if flatten_text(value)]
        is_inside = index >= heading.end
        is_below = (
            is_inside
            and follows_gap
            and len(filled) <= _MAX_CELLS
            and (columns.ref is None or columns.ref not in filled)
        )
        outside = [
            column
            for column in range(len(row))
            if not is_inside or is_below or not columns.start <= column < columns.end
        ]
        entries = list(_list_entries(sheet, index, outside))
        for colour, name, words in entries:
            if colour:
                by_colour.setdefault(colour, words)
            if name:
                by_name.setdefault(name, words)
        is_key = any(_KEY_WORD.fullmatch(flatten_text(row[column])) for column in filled)
        if is_below and (entries or is_key):
            rows.add(index)
        follows_gap = (
            not filled or (is_below and bool(entries or is_key)) or (is_inside and is_key and len(filled) == 1)
        )
        if is_inside and is_key and len(filled) == 1:
            rows.add(index)
    return Legend(by_colour, by_name, frozenset(rows)) if by_colour or by_name else NO_LEGEND


def _list_entries(sheet: Sheet, index: int, columns: list[int]) -> Iterator[tuple[str, str, str]]:
    """The entries in cells of a row: a colour in digits, its name (one of them may be empty), and the words."""
    row = sheet.rows[index]
    fills = dict(sheet.fills.get(index, ()))
    for column in columns:
        text, colour = flatten_text(row[column]), fills.get(column, "")
        after = flatten_text(row[column + 1]) if column + 1 < len(row) and column + 1 in columns else ""
        entries = list(_split_entries(text))
        if entries:
            yield from (("", name, words) for name, words in entries)
        elif fold_colour(text) in COLOUR_NAMES and _is_meaning(after):
            yield colour, fold_colour(text), after
        elif colour and _is_meaning(text):
            yield colour, "", text
        elif colour and not text and _is_meaning(after):
            yield colour, "", after


def _split_entries(text: str) -> Iterator[tuple[str, str]]:
    """The entries of a legend in one text: `Key: Blue = complete; Green – on track`."""
    found = list(_ENTRY.finditer(text))
    if not found:
        return
    for each, following in zip(found, [*(other.start() for other in found[1:]), len(text)], strict=True):
        words = text[each.end() : following].strip(" ;,.|/\n")
        if _is_meaning(words):
            yield fold_colour(each[1]), words


def _is_meaning(words: str) -> bool:
    """Whether words say how an action stands."""
    if not words or len(words) > _MAX_LENGTH:
        return False
    folded = words.casefold()
    found = parse_status(words)
    is_known = (found.status is not None and not found.rest) or folded.strip(" .") in COURSE_WORDS - set(
        _LETTERS
    ) - COLOUR_NAMES
    return is_known or any(pattern.search(folded) for pattern, _ in _MEANINGS)
