"""The key figures at the top of the front page: what is open, overdue, due soon, and waiting for its check."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable
from datetime import date
from functools import partial

from plansite.deferred_dataclass import dataclass
from plansite.model.assessment import SiteOnDate
from plansite.model.dates import add_days
from plansite.model.documents.action import Action
from plansite.model.follow_up.outstanding_checks import list_actions_awaiting_check, verification_due
from plansite.model.formatting import format_count, format_short_date, is_or_are
from plansite.site.components.dated_rows import DatedText, build_dated_text, build_text_of_dates, list_days_after
from plansite.site.lists.action_lists import AWAITING, DUE_SOON, OPEN, OVERDUE


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """A number with a link to the list that it counts."""

    number: DatedText
    words: str
    href: str
    note: DatedText
    is_late: bool = False


def build_key_figures(dated_site: SiteOnDate) -> tuple[KeyFigure, ...]:
    """The four key figures, each with a note that stays true on later days."""
    today, ahead = dated_site.today, dated_site.site.settings.due_soon
    dues = [action.due for action in dated_site.open_actions if action.due]
    waiting = list_actions_awaiting_check(dated_site)
    plans = len({action.plan for action in dated_site.open_actions})

    def count_overdue(day: date) -> int:
        return bisect_left(dues, day)

    def count_due_soon(day: date) -> int:
        return bisect_right(dues, add_days(day, ahead)) - count_overdue(day)

    number, in_plans = f"{len(dated_site.open_actions):,}", f"in {format_count(plans, 'plan')}"
    return (
        KeyFigure(DatedText(number), "open", OPEN.href, DatedText(in_plans)),
        KeyFigure(
            _build_dated_number(count_overdue, today),
            "overdue",
            OVERDUE.href,
            build_text_of_dates(partial(_describe_oldest, dated_site, dues), today, dues[:1]),
            count_overdue(today) > 0,
        ),
        KeyFigure(
            _build_dated_number(count_due_soon, today),
            f"due in the next {format_count(ahead, 'day')}",
            DUE_SOON.href,
            build_dated_text(partial(_describe_next_due, dated_site, dues), today),
        ),
        KeyFigure(
            DatedText(f"{len(waiting):,}"),
            "awaiting verification",
            AWAITING.href,
            _describe_late_checks(waiting, today),
        ),
    )


def _build_dated_number(count_on: Callable[[date], int], today: date) -> DatedText:
    return build_dated_text(lambda day: f"{count_on(day):,}", today)


def _describe_oldest(dated_site: SiteOnDate, dues: list[date], day: date) -> str:
    if not dues:
        nothing = "no action that could be read is open" if dated_site.site.unreadable else "nothing is open"
        return "no open action has a date" if dated_site.open_actions else nothing
    if dues[0] >= day:
        return "no date that could be read has passed" if dated_site.site.unreadable else "no date has passed"
    return f"the oldest since {format_short_date(dues[0], day)}"


def _describe_next_due(dated_site: SiteOnDate, dues: list[date], day: date) -> str:
    position = bisect_left(dues, day)
    if position == len(dues):
        return "no dates are coming up"
    due = dues[position]
    is_soon = (due - day).days <= dated_site.site.settings.due_soon
    return f"{'the first' if is_soon else 'the next'} on {format_short_date(due, day)}"


def _describe_late_checks(awaiting_actions: list[Action], today: date) -> DatedText:
    dues = sorted(due for action in awaiting_actions if (due := verification_due(action)))

    def describe(day: date) -> str:
        late = bisect_left(dues, day)
        return f"{format_count(late, 'check')} {is_or_are(late)} late" if late else "no check is late"

    return build_dated_text(describe, today, list_days_after(dues))
