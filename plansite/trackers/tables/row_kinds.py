"""What the rows below a heading are: actions, or rows that only look like them."""

from __future__ import annotations

from enum import StrEnum

from plansite.deferred_dataclass import dataclass
from plansite.deferred_pattern import compile_lazily
from plansite.trackers.cells import flatten_text
from plansite.trackers.columns.names import fold_heading
from plansite.trackers.sheets import Row
from plansite.trackers.tables.placeholders import is_placeholder


class RowKind(StrEnum):
    """What a row of a table is. Only the first two belong to actions; the others are named with their reason."""

    ACTION = "action"
    CONTINUATION = "continuation"
    SECTION = "section"
    HEADING = "heading"
    TOTAL = "total"
    OTHER = "other"
    NUMBERED = "numbered"
    LEGEND = "legend"
    EMPTY = "empty"


#: What the rows of a log are that is about more than actions (a RAID log has the first four).
_ENTRY_TYPES = frozenset({"risk", "assumption", "issue", "dependency", "action", "decision", "lesson", "change"})
_PLURALS = {"risks": "risk", "assumptions": "assumption", "issues": "issue", "dependencies": "dependency",
            "actions": "action", "decisions": "decision"}  # fmt: skip
_TOTALS = frozenset({"total", "totals", "grand total", "sub total", "subtotal", "sum", "overall total", "count"})
#: The start of a longer text before sums, and what a sum is in a text file.
_TOTAL_START = compile_lazily(r"(?:grand |sub ?|summary |overall )?(?:total|count|sum|number)s?\b")
_COUNT = compile_lazily(r"[£$€]?\s?[\d,.]+\s?%?")
#: A number or code of an action: 4, 4.2, A9, R-12.
_NUMBER = compile_lazily(r"#?[A-Za-z]{0,5}[-. ]?\d[\w.\-/]*")
_ITEM_MARK = compile_lazily(r"\s*(?:[-–—•·*◦▪]|\(?[a-z0-9]{1,3}[.)])\s+")


@dataclass(frozen=True, slots=True, kw_only=True)
class TableColumns:
    """The columns of a table: where it begins and ends, and those with numbers, titles, goals, and sorts of entries.

    The columns are counted from 0; `ref`, `goal` and `entry_type` are None where there is no such column.
    """

    start: int
    end: int
    headings: tuple[str, ...]
    title: int
    ref: int | None = None
    goal: int | None = None
    entry_type: int | None = None

    def select(self, row: Row) -> Row:
        """The cells of a row that are in the table, as many as it has columns."""
        cells = row[self.start : self.end]
        return cells + (None,) * (self.end - self.start - len(cells))


def find_entry_type(text: str) -> str:
    """What a log of risks and other things says that a row is, such as "risk"; empty for any other word."""
    word = text.casefold().strip(" .")
    word = _PLURALS.get(word, word)
    return word if word in _ENTRY_TYPES else ""


def classify_row(
    row: Row, columns: TableColumns, *, follows_page_break: bool = False, follows_action: bool = False,
    is_merged: bool = False,
) -> RowKind:  # fmt: skip
    """What a row below the heading is. `row` are the cells of the table alone (`TableColumns.select`).

    `follows_page_break` is whether the row is the first below a heading that is repeated on a new page,
    `follows_action` whether the row above belongs to an action, and `is_merged` whether its title is merged with that
    of the row above.
    """
    texts = [flatten_text(value) for value in row]
    filled = {index: text for index, text in enumerate(texts) if text and not is_placeholder(text)}
    ref = None if columns.ref is None else columns.ref - columns.start
    title = columns.title - columns.start
    if not filled:
        return RowKind.EMPTY
    if _is_heading(texts, columns):
        return RowKind.HEADING
    if _find_other_type(texts, columns):
        return RowKind.OTHER
    if _is_total(row, filled, title):
        return RowKind.TOTAL
    if ref is not None and filled.keys() == {ref} and not is_merged:
        return RowKind.NUMBERED if _NUMBER.fullmatch(filled[ref]) else RowKind.SECTION
    if columns.goal is not None and filled.keys() == {columns.goal - columns.start} and not is_merged:
        return RowKind.SECTION
    is_rest = follows_page_break and ref is not None and ref not in filled and _is_rest(filled, title)
    is_more = follows_action and (is_merged or _continues_above(filled, title, ref, len(row)))
    if is_rest or is_more or (filled.keys() == {title} and _ITEM_MARK.match(str(row[title]))):
        return RowKind.CONTINUATION
    return RowKind.SECTION if _is_section(filled, title, columns) else RowKind.ACTION


def _is_total(row: Row, filled: dict[int, str], title: int) -> bool:
    """Whether a row has sums: it begins with a word for them, and has no text but perhaps numbers."""
    first = min(filled)
    word = fold_heading(filled[first].strip("*_ "))
    if word in _TOTALS:
        return title not in filled.keys() - {first}
    others = [row[index] for index in filled if index != first]
    is_count = all(not isinstance(value, str) or _COUNT.fullmatch(value.strip()) for value in others)
    return bool(others) and is_count and _TOTAL_START.match(word) is not None


def _is_rest(filled: dict[int, str], title: int) -> bool:
    """Whether a row is the rest of one that a page break has cut: nothing but a text, or one that begins small."""
    return title in filled and (len(filled) == 1 or filled[title][:1].islower())


def _continues_above(filled: dict[int, str], title: int, ref: int | None, width: int) -> bool:
    """Whether a row without a number and without a title adds to the action above it, as a further step or date does.

    Where there are no numbers, such a row has less than half of its cells.
    """
    if title in filled or (ref is not None and ref in filled):
        return False
    if len(filled) == 1 and min(filled) == 0:
        return False  # a section
    return ref is not None or len(filled) * 2 <= width


def _find_other_type(texts: list[str], columns: TableColumns) -> str:
    """What a row is that is no action, by the column that says so; empty for an action."""
    if columns.entry_type is None:
        return ""
    found = find_entry_type(texts[columns.entry_type - columns.start])
    return found if found != "action" else ""


def _is_heading(texts: list[str], columns: TableColumns) -> bool:
    """Whether a row repeats the heading, as at the top of a page."""
    if not any(text and text == heading for text, heading in zip(texts, columns.headings, strict=True)):
        return False
    pairs = [(text, heading) for text, heading in zip(texts, columns.headings, strict=True) if text or heading]
    same = sum(fold_heading(text) == fold_heading(heading) for text, heading in pairs)
    return len(pairs) > 1 and same >= 2 and same * 3 >= len(pairs) * 2


def _is_section(filled: dict[int, str], title: int, columns: TableColumns) -> bool:
    """Whether a row has one text alone that is the heading of the rows below: across columns, or not as an action."""
    if len(set(filled.values())) > 1 or len(columns.headings) < 3:
        return False
    text = next(iter(filled.values()))
    if len(filled) > 1:
        return len(filled) >= min(3, len(columns.headings)) or title not in filled
    return title not in filled or text.endswith(":") or (text.isupper() and len(text) > 3)
