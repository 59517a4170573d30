"""Finds the heading of a table in a sheet: one row, or two of which the upper one has groups."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from plansite.deferred_dataclass import dataclass
from plansite.trackers.cells import flatten_text
from plansite.trackers.columns.compound_names import find_part, find_word
from plansite.trackers.columns.names import PROGRESS, find_field, fold_heading
from plansite.trackers.sheets import Row, Sheet
from plansite.trackers.values.dates import looks_like_date

#: A heading is looked for in so many rows that are not empty, and so many columns.
_MAX_ROWS = 200
_MAX_COLUMNS = 512
#: A longer text is no heading.
_MAX_HEADING_LENGTH = 150
#: A row with so many known columns is a heading, however many others there are; one of guessed columns needs as many.
_MIN_FIELDS_OF_MANY, _MIN_GUESSED = 5, 3
#: A heading has one of these columns beside that for what is to be done.
_DECISIVE = frozenset({"owner", "status", "due", "completed", "response", "new due", "ref", "started"})


@dataclass(frozen=True, slots=True)
class Heading:
    """The rows of a heading, counted from 0, the last excluded; and the text of each column, which may be empty."""

    start: int
    end: int
    texts: tuple[str, ...]


def find_headings(sheet: Sheet, given: Mapping[str, str] | None = None) -> tuple[Heading, ...]:
    """The headings in a sheet, from the top: the first that names columns of a tracker, and those with other columns.

    A sheet may have several tables, one below the other. A heading that is repeated is not found again. A row is one as
    well if a map file gives (`given`) the fields of at least half of its columns.
    """
    return _list_headings(sheet, given or {}, score_heading) or _list_headings(sheet, {}, _score_guessed)[:1]


def _list_headings(sheet: Sheet, given: Mapping[str, str], score: Callable[[Row], int]) -> tuple[Heading, ...]:
    found: list[Heading] = []
    seen: set[tuple[str, ...]] = set()
    checked = 0
    for index, row in enumerate(sheet.rows):
        if not any(value is not None for value in row):
            continue
        checked += 1
        if checked > _MAX_ROWS:
            break
        is_first = not found or (index >= found[-1].end and _is_mostly_known(row))
        if not is_first or (score(row) < 2 and not _is_given(row, given)):
            continue
        heading = _extend(sheet.rows, index)
        if heading.texts not in seen:
            seen.add(heading.texts)
            found.append(heading)
    return tuple(found)


def score_heading(row: Row, find: Callable[[str], str] = find_field) -> int:
    """How many different fields the cells of a row name; 0 for a row that cannot be a heading.

    A row of a table that happens to have such a word has other cells with numbers, dates and long texts.
    """
    texts = [flatten_text(value) for value in row[:_MAX_COLUMNS]]
    filled = [text for text in texts if text]
    if len(filled) < 2 or any(len(text) > _MAX_HEADING_LENGTH for text in filled):
        return 0
    if sum(not isinstance(value, str) for value in row[:_MAX_COLUMNS] if value is not None) * 3 > len(filled):
        return 0
    if any(map(looks_like_date, filled)):
        return 0
    fields = {find(text) for text in filled} - {"", PROGRESS}
    known = sum(bool(find(text)) for text in filled)
    is_known = known * 3 >= len(set(filled)) or ("title" in fields and len(fields) >= _MIN_FIELDS_OF_MANY)
    return len(fields) if fields & _DECISIVE and is_known else 0


def _score_guessed(row: Row) -> int:
    """How many different fields a row names by parts of its cells, if most of them do; else 0."""
    filled = {text for value in row[:_MAX_COLUMNS] if (text := flatten_text(value))}
    known = sum(bool(_guess_field(text)) for text in filled)
    fields = score_heading(row, _guess_field) if known * 2 > len(filled) else 0
    return fields if fields >= _MIN_GUESSED or known == len(filled) else 0


def _guess_field(text: str) -> str:
    return find_field(text) or find_part(text)[0] or find_word(text)[0]


def _is_mostly_known(row: Row) -> bool:
    """Whether most cells of a row name fields, as in a heading further down: single cells of a table may do so too."""
    texts = [text for value in row[:_MAX_COLUMNS] if (text := flatten_text(value))]
    return sum(bool(find_field(text)) for text in texts) * 5 >= len(texts) * 3


def _is_given(row: Row, given: Mapping[str, str]) -> bool:
    """Whether a row has at least two of the headings in a map file, or half of its own are there."""
    texts = {fold_heading(text) for value in row[:_MAX_COLUMNS] if (text := flatten_text(value))}
    found = len(texts & set(map(fold_heading, given)))
    return found >= 2 or (found > 0 and found * 2 >= len(texts))


def _extend(rows: tuple[Row, ...], index: int) -> Heading:
    """The heading that a row begins, ends or is: with a row of groups above it, or of parts below it."""
    own = _read_texts(rows[index])
    below = _read_texts(rows[index + 1]) if index + 1 < len(rows) else ()
    if _has_parts(own, below, rows[index + 1] if below else ()):
        return Heading(index, index + 2, _join(own, below))
    above = _read_texts(rows[index - 1]) if index else ()
    if not _is_title(above, own) and _has_parts(above, own, rows[index]) and score_heading(rows[index]) >= 2:
        return Heading(index - 1, index + 1, _join(above, own))
    return Heading(index, index + 1, own)


def _is_title(texts: tuple[str, ...], below: tuple[str, ...]) -> bool:
    """Whether a row above a heading has one text that is the title of the whole table, from its first column on."""
    filled = [index for index, text in enumerate(texts) if text]
    first = next((index for index, text in enumerate(below) if text), 0)
    return bool(filled) and len({texts[index] for index in filled}) == 1 and filled[0] <= first


def _read_texts(row: Row) -> tuple[str, ...]:
    return tuple(flatten_text(value) for value in row[:_MAX_COLUMNS])


def _has_parts(groups: tuple[str, ...], parts: tuple[str, ...], row: Row) -> bool:
    """Whether the texts of a row are parts of the groups above: several different ones below one group.

    In all other columns the row has nothing, or the text above, as where two cells are merged.
    """
    if not groups or not parts or any(value is not None and not isinstance(value, str) for value in row):
        return False
    width = max(len(groups), len(parts))
    groups, parts = _pad(groups, width), _pad(parts, width)
    if any(len(part) > _MAX_HEADING_LENGTH for part in parts):
        return False
    has_group = False
    for index, (group, part) in enumerate(zip(groups, parts, strict=True)):
        is_spread = bool(group) and index + 1 < width and groups[index + 1] in ("", group)
        is_inside = index > 0 and bool(parts[index - 1]) and group in ("", groups[index - 1])
        if is_spread and part and parts[index + 1] and parts[index + 1] != part and part != group:
            has_group = True
        elif part and part != group and not is_inside and not is_spread:
            return False
    return has_group


def _join(groups: tuple[str, ...], parts: tuple[str, ...]) -> tuple[str, ...]:
    """The heading of each column: of its part, with the group before it where it has a part of its own."""
    width = max(len(groups), len(parts))
    texts, last = [], ""
    for group, part in zip(_pad(groups, width), _pad(parts, width), strict=True):
        last = group or last
        texts.append(f"{last}: {part}" if part and part != last else group or part)
    return tuple(texts)


def _pad(texts: tuple[str, ...], width: int) -> tuple[str, ...]:
    return texts + ("",) * (width - len(texts))
