"""The order of actions: natural order of numbers and titles, and the sort key that all lists fall back on."""

from __future__ import annotations

import functools
import re
import unicodedata
from datetime import date

from plansite.model.people import normalise_name

#: Digits up to which a number is padded in a sort key; a longer one sorts after those.
_PADDED_DIGITS = 12
#: The plan, whether there is no number, then number, title and slug in natural order, and the slug itself.
ActionSortKey = tuple[str, bool, str, str, str, str]


@functools.lru_cache(maxsize=50_000)
def natural_sort_key(text: str) -> str:
    """A text by which numbers, titles and slugs sort in natural order: 2 before 10, A9 before A10, 9 before A9.

    It is empty for a text without visible characters. Capitals and the form of letters and digits make no difference.
    """
    name = normalise_name(text)
    if not name:
        return ""
    padded = re.sub(r"\d+", _pad_number, name)
    return f"0 {padded}" if name[0].isdecimal() else f"1 {padded}"


def _pad_number(match: re.Match[str]) -> str:
    """The number of a match, in whatever script, as a text that sorts by its value."""
    digits = "".join(str(unicodedata.decimal(digit)) for digit in match.group()).lstrip("0")
    length = len(digits)
    return digits.zfill(_PADDED_DIGITS) if length <= _PADDED_DIGITS else f"z{length:06}{digits}"


def build_action_sort_key(plan: str, ref: str, title: str, slug: str) -> ActionSortKey:
    """The key by which actions are listed wherever nothing else decides: by plan, then number, title and slug.

    Each in natural order; actions without a number come last in their plan.
    """
    number = natural_sort_key(ref)
    return plan, not number, number, natural_sort_key(title), natural_sort_key(slug), slug


def newest_first_sort_key(day: date | None, sort_key: ActionSortKey) -> tuple[int, ActionSortKey]:
    """Sort key of lists by a day of each action, the latest first, without one last; then by `Action.sort_key`."""
    return (-(day or date.min).toordinal(), sort_key)
