"""What comes after the work on an action: its check by somebody else, and the checks that go on."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from plansite.model.action import Action
from plansite.model.course import Outlook
from plansite.model.dates import iso_date
from plansite.model.repeat import checks_made, next_repeat, repeat_days, repeats
from plansite.model.words import long_date
from plansite.site.addresses import party_link
from plansite.site.page import Link


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckView:
    """The verification: who, by when, how; and what came of it. `overruled` is the word of the file that it undoes."""

    by: Link
    due: date | None
    day: date | None
    method: str
    result: str
    note: str
    is_late: bool
    overruled: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AgainView:
    """Checks that go on: as the file says, how many are past or to come, and the day of the next or of none."""

    words: str
    said: str
    next: date | None
    is_late: bool


def check_view(outlook: Outlook, action: Action) -> CheckView | None:
    """The check by somebody else; None where none is asked for."""
    check = action.verification
    if check is None:
        return None
    return CheckView(
        by=party_link(outlook.site, check.by),
        due=check.due,
        day=check.date,
        method=check.method,
        result=check.result or "",
        note=check.note,
        is_late=not check.result and check.due is not None and check.due < outlook.today,
        overruled=(action.status_word or str(action.status)) if action.is_reopened else "",
    )


def again_view(outlook: Outlook, action: Action) -> AgainView | None:
    """The checks that go on; None where none are asked for."""
    if not action.repeat.strip():
        return None
    day = next_repeat(action, outlook.today)
    return AgainView(
        words=repeat_words(action),
        said=again_words(action, outlook.today),
        next=day,
        is_late=day is not None and day < outlook.today,
    )


def again_words(action: Action, today: date) -> str:
    """How far the checks have come, in a sentence."""
    days, day = repeat_days(action), next_repeat(action, today)
    if repeats(action) is None:
        return "Nobody can tell from this when a check is due."
    if not action.is_finished:
        return "They begin when the action is finished."
    if not days:
        return "No check falls in that time." if _began(action) else "They begin with the day in “completed”."
    if day is None:
        return "The last check has been made."
    made = max((made for made in checks_made(action) if made <= today), default=None)
    return f"This is check {days.index(day) + 1:,} of {len(days):,}." + ("" if made else " None has been made yet.")


def repeat_words(action: Action) -> str:
    """How often and how long, as the file says, with its dates as people read them."""

    def long(match: re.Match[str]) -> str:
        day = iso_date(match.group())
        return long_date(day) if day else match.group()

    said = re.sub(r"\b\d{4}-\d{2}-\d{2}\b", long, action.repeat.strip().rstrip("."))
    return said[:1].upper() + said[1:]


def _began(action: Action) -> bool:
    return bool(action.completed or (action.verification and action.verification.date))
