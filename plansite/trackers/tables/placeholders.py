"""What the fields of a form say before somebody has filled them in."""

from __future__ import annotations

import functools
import re

from plansite.deferred_pattern import compile_lazily

_THINGS = (
    r"(?:an?|one|the|your)?\s*(?:items?|options?|values?|date|status|owner|name|priority|rag|rating|category|type|person|lead|"
    r"response|answer|one)"
)
_LIST = r"(?:\s*from\s+(?:the\s+|this\s+)?(?:list|drop[- ]?down(?:\s+list|\s+menu)?|options))"
_END = r"\s*(?:here|below)?\s*(?:\.{1,4}|…|:)?"
_PATTERNS = tuple(
    compile_lazily(pattern, re.IGNORECASE)
    for pattern in (
        # Select, Select …, Select an item., Please choose from the list
        rf"(?:please\s+)?(?:select|choose|pick)(?:\s+{_THINGS})?{_LIST}?{_END}",
        r"(?:please\s+)?(?:select|choose|pick)\s+[^.…]{1,30}\s*(?:\.{3}|…)",
        # Click or tap here to enter text., Tap to add a date
        r"(?:click|tap)(?:\s+or\s+(?:click|tap))?(?:\s+here)?(?:\s+to\s+(?:enter|add|insert|select|choose|type)\b[^.…]{0,40})?"
        r"\s*(?:\.{1,4}|…)?",
        # Enter text, Type here, Insert a date
        rf"(?:please\s+)?(?:enter|type|insert|add)\s+(?:(?:your|some|any|the)?\s*(?:text|comments?|details)|{_THINGS}|here){_END}",
        # an empty list, or nothing, in the exports of programs
        r"\[\s*\]|null",
        # dd/mm/yyyy
        r"d{1,2}[/.\-]m{1,3}[/.\-]y{2,4}",
    )
)
_INSIDE = compile_lazily(r"(?:insert|enter|type|add|select|choose|pick)\b.{0,60}", re.IGNORECASE | re.DOTALL)
_AROUND = "-–—<>[](){}*_. "
_MAX_LENGTH = 80
_STARTS = frozenset("SsCcTtPpEeIiAaDdNn" + _AROUND) - {""}


@functools.lru_cache(maxsize=50_000)
def is_placeholder(text: str) -> bool:
    """Whether a cell has only what a form says before it is filled in: `Select …`, `Choose an item.`, `[Insert name]`.

    A sentence that begins with such a word, as “Select a new supplier.”, is what somebody wrote.
    """
    if len(text) > _MAX_LENGTH or text[:1] not in _STARTS:
        return False
    if text[:1] in "[<{" and text[-1:] in "]>}" and _INSIDE.fullmatch(text[1:-1].strip()):
        return True
    inner = text.strip(_AROUND) or text
    return any(pattern.fullmatch(text.strip()) or pattern.fullmatch(inner) for pattern in _PATTERNS)
