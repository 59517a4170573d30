"""Dates, numbers and lists in plain British English, as pages and messages say them."""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from datetime import date


def format_long_date(day: date) -> str:
    """As people read it: "6 January 2025"."""
    return f"{day.day} {calendar.month_name[day.month]} {day.year}"


def format_short_date(day: date, today: date) -> str:
    """Without the year where it is the present one: "6 January"."""
    return f"{day.day} {calendar.month_name[day.month]}" if day.year == today.year else format_long_date(day)


def format_count(number: int, singular: str, plural: str = "") -> str:
    """A number with its noun: "1 action", "1,234 actions"."""
    return f"{number:,} {singular if number == 1 else plural or singular + 's'}"


def is_or_are(number: int) -> str:
    """The verb after a number of things: "is" for 1, else "are"."""
    return "is" if number == 1 else "are"


def has_or_have(number: int) -> str:
    """The verb after a number of things: "has" for 1, else "have"."""
    return "has" if number == 1 else "have"


def format_days(number: int) -> str:
    """A number of days: "1 day", "20 days"."""
    return format_count(number, "day")


def format_due(due: date, today: date) -> str:
    """How a due date lies to today: "Due tomorrow", "Due in 18 days", "Overdue by 20 days"."""
    ahead = (due - today).days
    if ahead < 0:
        return f"Overdue by {format_days(-ahead)}"
    return {0: "Due today", 1: "Due tomorrow"}.get(ahead) or f"Due in {format_days(ahead)}"


def format_list(items: Sequence[str], conjunction: str = "and") -> str:
    """Items in a sentence: "a", "a and b", "a, b and c"."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {conjunction} {items[-1]}"
