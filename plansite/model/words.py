"""Dates, numbers and lists in plain British English, as pages and messages say them."""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from datetime import date


def long_date(day: date) -> str:
    """As people read it: "6 January 2025"."""
    return f"{day.day} {calendar.month_name[day.month]} {day.year}"


def short_date(day: date, today: date) -> str:
    """Without the year where it is the present one: "6 January"."""
    return f"{day.day} {calendar.month_name[day.month]}" if day.year == today.year else long_date(day)


def count(number: int, one: str, many: str = "") -> str:
    """A number with its noun: "1 action", "1,234 actions"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def days(number: int) -> str:
    """A number of days: "1 day", "20 days"."""
    return count(number, "day")


def due_in_words(due: date, today: date) -> str:
    """How a due date lies to today: "Due tomorrow", "Due in 18 days", "Overdue by 20 days"."""
    ahead = (due - today).days
    if ahead < 0:
        return f"Overdue by {days(-ahead)}"
    return {0: "Due today", 1: "Due tomorrow"}.get(ahead) or f"Due in {days(ahead)}"


def listed(items: Sequence[str], last: str = "and") -> str:
    """Items in a sentence: "a", "a and b", "a, b and c"."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {last} {items[-1]}"
