"""Checks and reviews on the lists of what is late and what is due soon."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from plansite.model.course import Outlook
from plansite.model.words import count, listed
from plansite.site.bands import Band, Group, changing, filled, presence
from plansite.site.due_rows import check_row, outstanding, review_rows
from plansite.site.page import Link
from plansite.site.parts import Row

_LATE = Band("checks", "Checks and reviews", 1, None)


def late_checks(outlook: Outlook) -> Group:
    """Checks and reviews that are late, or will be; the group is there even when it is empty."""
    today = outlook.today
    checks, reviews = _dated_checks(outlook), list(review_rows(outlook))
    both = filled(_LATE, sorted((*checks, *reviews), key=lambda row: row.due or date.max), today)
    kinds = [("check", _number(_LATE, checks, today)), ("review", _number(_LATE, reviews, today))]

    def note(day: date) -> str:
        return listed([count(number(day), noun) for noun, number in kinds if number(day)])

    def none(day: date) -> str:
        missing = [f"no {noun}" for noun, number in kinds if not number(day)]
        return f"{listed(missing).capitalize()} is late." if missing else ""

    return Group(
        key=_LATE.key,
        title=Link(_LATE.title),
        note=changing(note, today),
        entries=both.entries if both else (),
        tail=changing(none, today),
    )


def checks_soon(outlook: Outlook) -> tuple[Group | None, Callable[[date], int]]:
    """Checks that are due soon, or will be; None where there are none. And how many there are on a day."""
    band = Band("checks", "Checks", -outlook.site.settings.due_soon, 0)
    checks = _dated_checks(outlook)
    return filled(band, checks, outlook.today, "check"), _number(band, checks, outlook.today)


def _dated_checks(outlook: Outlook) -> list[Row]:
    return [check_row(outlook, check) for check in outstanding(outlook) if check.due]


def _number(band: Band, rows: Sequence[Row], today: date) -> Callable[[date], int]:
    """How many of these are in a band on a day."""
    group = filled(band, rows, today)
    return presence(group.entries if group else (), today)
