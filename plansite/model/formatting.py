"""Dates, numbers and lists in British English, for pages and messages."""

from __future__ import annotations

import calendar
import textwrap
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

from plansite.deferred_pattern import compile_lazily

#: The names of the months, by number. `calendar.month_name` makes each anew whenever it is asked.
MONTH_NAMES = tuple(calendar.month_name)

#: Hebrew, Arabic, Syriac, Thaana, N'Ko, and the other scripts that are written from right to left.
_RIGHT_TO_LEFT = compile_lazily("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")


def format_long_date(day: date) -> str:
    """A date such as "6 January 2025"."""
    return f"{day.day} {MONTH_NAMES[day.month]} {day.year}"


def format_short_date(day: date, today: date) -> str:
    """A date without the year if that is the present one: "6 January"."""
    return f"{day.day} {MONTH_NAMES[day.month]}" if day.year == today.year else format_long_date(day)


def choose_form(number: int, singular: str, plural: str) -> str:
    """The form of a word that agrees with a number: `choose_form(number, "is", "are")`."""
    return singular if number == 1 else plural


def format_count(number: int, singular: str, plural: str = "") -> str:
    """A number and its noun: "1 action", "1,234 actions". Without `plural`, an "s" is added."""
    return f"{number:,} {choose_form(number, singular, plural or f'{singular}s')}"


def is_or_are(number: int) -> str:
    """The verb after a number of things: "is" for 1, else "are"."""
    return choose_form(number, "is", "are")


def has_or_have(number: int) -> str:
    """The verb after a number of things: "has" for 1, else "have"."""
    return choose_form(number, "has", "have")


def format_days(number: int) -> str:
    """A number of days: "1 day", "20 days"."""
    return format_count(number, "day")


def format_due(due: date, today: date) -> str:
    """A due date relative to today: "Due tomorrow", "Due in 18 days", "Overdue by 20 days"."""
    days_left = (due - today).days
    if days_left < 0:
        return f"Overdue by {format_days(-days_left)}"
    return {0: "Due today", 1: "Due tomorrow"}.get(days_left) or f"Due in {format_days(days_left)}"


def format_list(items: Sequence[str], conjunction: str = "and") -> str:
    """Items in a sentence: "a", "a and b", "a, b and c"."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {conjunction} {items[-1]}"


def shorten(text: str, max_length: int) -> str:
    """A text on one line, of at most so many characters, cut between words if that leaves more than half of it."""
    line = " ".join(text.split())
    if len(line) <= max_length:
        return line
    cut = textwrap.shorten(line, max_length, placeholder="…")
    return cut if len(cut) > max_length // 2 else f"{line[: max_length - 1]}…"


def replace_unprintable(text: str) -> str:
    """A text from files with � for each unprintable character, so that a file name cannot control a terminal."""
    return "".join(character if character.isprintable() else "\N{REPLACEMENT CHARACTER}" for character in text)


#: The noun of each kind of document, and of the table of a measure's readings, in the order in which they are counted.
NOUN_BY_KIND = {
    "action": "action",
    "plan": "plan",
    "review": "review",
    "incident": "incident",
    "measure": "measure",
    "assessment": "self-assessment",
    "readings": "table of readings",
}


def count_documents(kinds: Iterable[str]) -> str:
    """How many documents there are of each kind: "3 actions and 1 review"; empty if there are none."""
    counts = Counter(kinds)
    plurals = {kind: f"{noun}s" for kind, noun in NOUN_BY_KIND.items()} | {"readings": "tables of readings"}
    return format_list(
        [format_count(counts[kind], noun, plurals[kind]) for kind, noun in NOUN_BY_KIND.items() if counts[kind]]
    )


def is_right_to_left(text: str) -> bool:
    """Whether a text has letters that are written from right to left at all."""
    return not text.isascii() and _RIGHT_TO_LEFT.search(text) is not None
