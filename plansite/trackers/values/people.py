"""Splits a cell with names into the owner and those who help."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from plansite.deferred_pattern import compile_lazily
from plansite.trackers.cells import CellValue, flatten_text, format_cell, strip_list_marks

_WITH_ACRONYM = compile_lazily(r"(.+?)\s*\(([A-Za-z&]{2,8})\)")
_SMALL_WORDS = frozenset({"of", "the", "and", "for", "&"})
#: A slash without blanks parts names if one of them is an acronym: `ASC/Police`.
_SLASHED = compile_lazily(r"[A-Z][\w&'’-]*(?:/[A-Z][\w&'’-]*)+")
#: Between initials with surnames, an ampersand parts names: `T Reed & A Shah`.
_WITH_INITIAL = compile_lazily(r"(?:(?:Dr|Mr|Mrs|Ms|Miss)\.? )?[A-Z]\.? ?[A-Z][a-z][\w'’-]*")
_AND = compile_lazily(r"\s+(?:&|and)\s+")
_ACRONYM = compile_lazily(r"[A-Z]{2,6}")
_INITIALS = compile_lazily(r"[A-Z]{2,4}(?:\s*[/&+]\s*[A-Z]{2,4})+")
_BETWEEN = compile_lazily(r"\s*(?:;|\n|\s/\s|\||,(?![^()]*\)))\s*")
_MARKS = frozenset({"x", "✓", "✔", "✅", "☑", "r", "a", "r/a", "ar", "ra", "c", "i", "lead"})
_LEAD_MARKS = frozenset({"r", "a", "r/a", "ar", "ra", "lead"})
_NOBODY = frozenset(
    {"tbc", "tba", "tbd", "n/a", "na", "none", "-", "?", "to be confirmed", "to be agreed", "unassigned"}
)
_MAX_NAME_LENGTH = 120


def split_people(value: CellValue, legend: Mapping[str, str] | None = None) -> tuple[str, ...]:
    """The names in a cell, in their order, each once; initials are replaced by names if a legend has them.

    A word for nobody, such as "TBC", is no name.
    """
    text = strip_list_marks(format_cell(value))
    if _INITIALS.fullmatch(text.strip()):
        parts: Sequence[str] = re.split(r"\s*[/&+]\s*", text.strip())
    elif _SLASHED.fullmatch(text.strip()) and any(map(_ACRONYM.fullmatch, text.strip().split("/"))):
        parts = text.strip().split("/")
    elif all(map(_WITH_INITIAL.fullmatch, pair := _AND.split(text.strip()))):
        parts = pair
    else:
        parts = _BETWEEN.split(text)
    names = (flatten_text(part).strip(" .") for part in parts)
    found = ((legend or {}).get(name, name) for name in names if name and name.casefold() not in _NOBODY)
    return tuple(dict.fromkeys(name for name in found if len(name) <= _MAX_NAME_LENGTH))


def find_name_acronyms(cells: Iterable[CellValue]) -> dict[str, str]:
    """The names in cells that have their acronym in brackets, by that, and by the name without it.

    An acronym has the first letters of the words of the name. One that has two names is left out.
    """
    found: dict[str, set[str]] = {}
    for name in (part for cell in cells for part in split_people(cell)):
        if match := _WITH_ACRONYM.fullmatch(name):
            words = re.findall(r"[^\W\d_]+|&", match[1])
            capitals = "".join(word[0] for word in words if word.casefold() not in _SMALL_WORDS).upper()
            if match[2].replace("&", "").upper() in (
                capitals,
                "".join(word[0] for word in words if word != "&").upper(),
            ):
                found.setdefault(match[2], set()).add(name)
                found.setdefault(match[1], set()).add(name)
    return {short: names.pop() for short, names in found.items() if len(names) == 1}


def is_mark(text: str) -> bool:
    """Whether a cell is a mark for a role: `x`, or a letter of a chart of roles (RACI)."""
    return text.casefold() in _MARKS


def is_lead_mark(text: str) -> bool:
    """Whether a mark is that of the one responsible: R or A in a chart of roles."""
    return text.casefold() in _LEAD_MARKS


def has_only_names(value: CellValue) -> bool:
    """Whether all parts of a cell are short enough for names."""
    return all(len(flatten_text(part)) <= _MAX_NAME_LENGTH for part in _BETWEEN.split(format_cell(value)))
