"""Reads numbers of actions: in a column of their own, before the text, and as references to others."""

from __future__ import annotations

import re

from plansite.deferred_pattern import compile_lazily
from plansite.trackers.cells import CellValue, flatten_text

_MAX_LENGTH = 40
_PREFIX = compile_lazily(
    r"(?:recommendation|action|rec|finding|milestone|measure|item)\.?\s*(?:no\.?|number|#)?\s*"
    r"(\d{1,4}(?:\.\d{1,3})*[a-z]?)\s*[:.)–—-]\s*(?=\S)",
    re.IGNORECASE,
)
#: A number alone before a text: `3. Review`, `1.1 Review`.
_BARE_PREFIX = compile_lazily(r"(?:(\d{1,3}(?:\.\d{1,3})+)[.):]?|(\d{1,3})[.):])\s+(?=[A-Z“\"'])")
_LIST = compile_lazily(r"\d{1,4}(?:\.\d{1,3})*(?:\s*[,;&]\s*\d{1,4}(?:\.\d{1,3})*)*")


def read_ref(value: CellValue) -> str:
    """The number of an action, as people say it: 8 for 8.0; empty for a text that is too long for one."""
    text = flatten_text(value).strip()
    return text if len(text) <= _MAX_LENGTH else ""


def split_ref(title: str, *, is_only: bool = False) -> tuple[str, str]:
    """The number before a text, and the text after it: ("3", "Review …") for "Recommendation 3: Review …".

    `is_only` is whether there is no column for numbers: then "3. Review …" has one, too.
    """
    if found := _PREFIX.match(title):
        return found[1], title[found.end() :]
    bare = _BARE_PREFIX.match(title) if is_only else None
    return (bare[1] or bare[2], title[bare.end() :]) if bare else ("", title)


def read_references(value: CellValue) -> tuple[str, ...] | None:
    """The numbers in a cell such as "3,5,26"; None for any other text."""
    text = flatten_text(value)
    return tuple(dict.fromkeys(re.split(r"\s*[,;&]\s*", text))) if _LIST.fullmatch(text) else None
