"""Reads dates in the midst of texts: a due date with words around it, and one that was moved."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from plansite.deferred_dataclass import dataclass
from plansite.deferred_pattern import compile_lazily
from plansite.trackers.values.dates import DateOrder, parse_date_cell
from plansite.trackers.values.struck import split_struck

_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_DATE = compile_lazily(
    rf"(?<![\w/.-])(?:\d{{4}}-\d{{1,2}}-\d{{1,2}}|\d{{1,4}}([/.\-])\d{{1,2}}\1\d{{2,4}}"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?(?:\s+of)?[\s-]+{_MONTH}\.?,?[\s-]+'?(?:\d{{4}}|\d{{2}})"
    rf"|{_MONTH}\.?\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+\d{{4}})(?![\w/]|[.-]\d)",
    re.IGNORECASE,
)
_SIGNS = " \t\n()[]:;,.–—-/→>=*"
#: Words that say that the date after them replaces the one before, or the other way round.
_TO = r"(?:revised|new|now|moved|extended|changed|re-?planned|postponed|slipped|amended|updated|until|to|→|->|=>)"
_NEWER = compile_lazily(rf"\b{_TO}\b|→|->|=>", re.IGNORECASE)
_OLDER = compile_lazily(
    r"\b(?:(?:was|were)\b(?=\W{0,3}\d)"
    r"|(?:original(?:ly)?|previous(?:ly)?|former(?:ly)?|instead of|moved from|changed from)\b)",
    re.IGNORECASE,
)
_FILLERS = compile_lazily(
    r"\b(?:revised|new|now|moved|extended|changed|re-?planned|postponed|slipped|amended|updated|until|to|was|were|"
    r"original(?:ly)?|previous(?:ly)?|former(?:ly)?|instead of|from|date|deadline|due|target|completion|by|the|"
    r"agreed|on|milestone|end)\b|→|->|=>",
    re.IGNORECASE,
)
_PREFIX = compile_lazily(
    r"(?:by|due|due by|due on|on|target|deadline|to be (?:completed|done) by)[: ]+(?=\S)", re.IGNORECASE
)
_NEW_DATE = compile_lazily(
    r"(?:new|revised|extended|amended)\s+(?:(?:due|target|completion|end)\s+)*(?:date|deadline)\b\W*", re.IGNORECASE
)
_NUMBERING = compile_lazily(r"\s*(?:\(?\d{1,2}[.)]|[-–•*])\s+(?=\S)")
_BECAUSE = compile_lazily(r"^(?:because(?: of)?|due to|as|since|reason|owing to)\b[: ]*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class DueChange:
    """A due date and the earlier ones that it replaced, with the reason if the text gives one."""

    due: date | None
    earlier: tuple[date, ...]
    reason: str = ""


def find_dates(text: str, order: DateOrder) -> tuple[tuple[date, str], ...]:
    """The whole dates in a text, in their order, each as it is written."""
    found = ((parse_date_cell(each.group(), order), each.group()) for each in _DATE.finditer(text))
    return tuple((parsed.day, words) for parsed, words in found if parsed)


def list_date_words(text: str) -> list[str]:
    """What is written as a date in the midst of a text, in whichever order."""
    return [each.group() for each in _DATE.finditer(text)]


def find_new_date(line: str, order: DateOrder) -> date | None:
    """The date of a line such as `NEW DATE 30/04/26`; None for any other, also for one that says more."""
    found = _NEW_DATE.match(line.strip())
    parsed = parse_date_cell(line.strip()[found.end() :].strip(_SIGNS), order) if found else None
    return parsed.day if parsed and not parsed.start else None


def parse_due_text(text: str, order: DateOrder, *, is_pair: bool = False) -> DueChange | None:
    """What the cell of a due date says that is more than a date: `by 31 March 2025`, `1/2/25, revised to 1/3/25`.

    `is_pair` is whether the second one of two dates is the newer one, as a heading says. None for a text of which other
    words would be lost, or of whose dates nothing says which is newer.
    """
    struck, rest = split_struck(text)
    earlier = [day for part in struck for day, _ in find_dates(part, order)]
    parsed = parse_date_cell(rest.strip(_SIGNS), order) or parse_date_cell(
        _PREFIX.sub("", rest.strip(), count=1), order
    )
    if parsed and not parsed.start and (not struck or len(earlier) == len(struck)):
        return DueChange(parsed.day, tuple(earlier))
    if struck or _list_other_words(text, order):
        return None
    days = [day for day, _ in find_dates(text, order)]
    if is_pair and len(days) == 2:
        return DueChange(days[1], (days[0],))
    return _order_dates(text, days)


def parse_change(line: str, order: DateOrder) -> DueChange | None:
    """A line of the history of a due date: one date is an earlier one, unless words say that it is the new one.

    Other words are the reason. None for a line without a whole date.
    """
    line = line[found.end() :] if (found := _NUMBERING.match(line)) else line
    days = [day for day, _ in find_dates(line, order)]
    reason = _BECAUSE.sub("", _list_other_words(line, order)).strip(_SIGNS)
    if not days:
        return None
    if len(days) == 1:
        is_new = (
            _NEWER.search(line) is not None
            and not _OLDER.search(line)
            and not line.strip().casefold().startswith("from")
        )
        return DueChange(days[0], (), reason) if is_new else DueChange(None, (days[0],), reason)
    change = _order_dates(line, days)
    return DueChange(change.due, change.earlier, reason) if change else DueChange(None, tuple(days), reason)


def _order_dates(text: str, days: Sequence[date]) -> DueChange | None:
    """The newest of several dates, by the words between them; None if there are no such words."""
    if len(days) < 2:
        return None
    if _OLDER.search(text) and not re.search(r"\bto\b|→|->|=>", text):
        return DueChange(days[0], tuple(days[1:])) if not _starts_old(text) else DueChange(days[-1], tuple(days[:-1]))
    return DueChange(days[-1], tuple(days[:-1])) if _NEWER.search(text) else None


def _starts_old(text: str) -> bool:
    """Whether the word for an earlier date is before the first date: `Originally 1/2/25, 1/3/25`."""
    first, older = _DATE.search(text), _OLDER.search(text)
    return bool(first and older and older.start() < first.start())


def _list_other_words(text: str, order: DateOrder) -> str:
    """The words of a text that are neither dates nor between them."""
    for _, words in find_dates(text, order):
        text = text.replace(words, " ", 1)
    rest = _FILLERS.sub(lambda found: " " if not _is_in_reason(text, found) else found.group(), text)
    return " ".join(rest.split()).strip(_SIGNS)


def _is_in_reason(text: str, found: re.Match[str]) -> bool:
    """Whether a word is a part of a reason, and not before or between dates: it follows other words."""
    before = text[: found.start()]
    return bool(re.search(r"[^\W\d_]", _FILLERS.sub(" ", before)))
