"""Views of an action's verification and of its recurring checks."""

from __future__ import annotations

import re
from datetime import date

from plansite.deferred_dataclass import dataclass
from plansite.model.assessment import SiteOnDate
from plansite.model.dates import parse_iso_date
from plansite.model.documents.action import Action
from plansite.model.formatting import format_long_date
from plansite.model.recurrence import action_recurrence, find_next_check, list_check_days, list_checks_made
from plansite.site.components.dated_rows import Visibility, find_time_before_late, find_time_late
from plansite.site.components.page import Link
from plansite.site.components.page_links import profile_link


@dataclass(frozen=True, slots=True, kw_only=True)
class VerificationView:
    """A verification and its result. `overruled` is the status in the file that a failed check has undone.

    `late` and `not_late` are when it is said to be late and not to be; None where it never is.
    """

    by: Link
    due: date | None
    day: date | None
    method: str
    result: str
    note: str
    is_late: bool
    late: Visibility | None
    not_late: Visibility | None
    overruled: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecurringCheckView:
    """Recurring checks: the rule as written, the progress in a sentence, and the day of the next check if any.

    `late` and `not_late` are when the next check is said to be late and not to be; None where it never is. From `until`
    on, another check is the next.
    """

    words: str
    said: str
    next: date | None
    is_late: bool
    late: Visibility | None
    not_late: Visibility | None
    until: date | None


def build_verification_view(dated_site: SiteOnDate, action: Action) -> VerificationView | None:
    """The verification of an action; None if it has none."""
    check = action.verification
    if check is None:
        return None
    return VerificationView(
        by=profile_link(dated_site.site, check.by),
        due=check.due,
        day=check.date,
        method=check.method,
        result=check.result or "",
        note=check.note,
        is_late=not check.result and check.due is not None and check.due < dated_site.today,
        late=find_time_late(check.due, dated_site.today) if check.due else None,
        not_late=find_time_before_late(check.due, dated_site.today),
        overruled=(action.status_word or str(action.status)) if action.is_reopened else "",
    )


def build_recurring_check_view(dated_site: SiteOnDate, action: Action) -> RecurringCheckView | None:
    """The recurring checks of an action; None if it has none."""
    if not action.repeat.strip():
        return None
    day = find_next_check(action, dated_site.today)
    return RecurringCheckView(
        words=format_repeat(action),
        said=describe_recurring_checks(action, dated_site.today),
        next=day,
        is_late=day is not None and day < dated_site.today,
        late=find_time_late(day, dated_site.today) if day else None,
        not_late=find_time_before_late(day, dated_site.today),
        until=min((made for made in list_checks_made(action) if made > dated_site.today), default=None),
    )


def describe_recurring_checks(action: Action, today: date) -> str:
    """How many of the recurring checks have come due, in a sentence."""
    days, day = list_check_days(action), find_next_check(action, today)
    if action_recurrence(action) is None:
        return "The schedule is incomplete: say how often to check and when the checks stop."
    if not action.is_finished:
        return "They begin when the action is finished."
    if not days:
        return "No check is due in that time." if _has_begun(action) else "They begin with the day in “completed”."
    if day is None:
        return "The last check has been made."
    any_made = any(made <= today for made in list_checks_made(action))
    return f"This is check {days.index(day) + 1:,} of {len(days):,}." + ("" if any_made else " None has been made yet.")


def format_repeat(action: Action) -> str:
    """The `repeat` field as written, with its dates in words."""

    def format_match(match: re.Match[str]) -> str:
        day = parse_iso_date(match.group())
        return format_long_date(day) if day else match.group()

    text = re.sub(r"\b\d{4}-\d{2}-\d{2}\b", format_match, action.repeat.strip().rstrip("."))
    return text[:1].upper() + text[1:]


def _has_begun(action: Action) -> bool:
    return bool(action.completed or (action.verification and action.verification.date))
