"""What a review has before it, gathered from a plan and its past: plain facts, no words yet."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from plansite.history.action_dates import DueMove, find_creation_day, find_due_moves, find_last_progress
from plansite.history.change import Change, ChangeKind
from plansite.model.action import Action
from plansite.model.assessment import due_sort_key, finished_on, is_silent, latest_news_date
from plansite.model.dates import add_interval
from plansite.model.dependencies import find_dependencies
from plansite.model.plan import Plan, Review
from plansite.model.recurrence import find_next_check
from plansite.model.review_dates import held_reviews, review_interval
from plansite.model.site import Site, UnreadableFile
from plansite.model.status import Status, VerificationResult

FindChanges = Callable[[Action], Sequence[Change]]


class AgendaGroup(StrEnum):
    """Why an open action is looked at, most pressing first. An action stands in the first that fits it."""

    OVERDUE = "Overdue"
    BLOCKED = "Blocked"
    WITHOUT_NEWS = "Without news"
    OTHER = "The others"


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaItem:
    """An open action at a review.

    `carried` counts the earlier reviews in which it was open, None where nobody knows since when it is. `waits_for`
    are the unfinished actions that must come first. `comes_due`: not late yet, but due before the meeting.
    """

    action: Action
    group: AgendaGroup
    earlier_reviews: int | None
    due_moves: tuple[DueMove, ...]
    waits_for: tuple[Action, ...]
    last_news: date | None
    is_silent: bool
    is_due_before_meeting: bool


@dataclass(frozen=True, slots=True)
class AgendaCheck:
    """A check of a finished action that is to be made; `goes_on`: one of those that are made again and again."""

    action: Action
    due: date | None
    is_repeated: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Agenda:
    """What a review on a day has before it, as things stood on the day `as_at`.

    `closed` are with the day on which each was, where that is known. `checks` are those to be made before the next
    review, `checked` the actions whose check passed since the last one. `unread` may be open actions.
    """

    site: Site
    plan: Plan
    day: date
    as_at: date
    last_review: Review | None
    next_date: date | None
    items: tuple[AgendaItem, ...]
    closed: tuple[tuple[Action, date | None], ...]
    checks: tuple[AgendaCheck, ...]
    checked_actions: tuple[Action, ...]
    unreadable: tuple[UnreadableFile, ...]

    def items_in_group(self, group: AgendaGroup) -> tuple[AgendaItem, ...]:
        """The open actions of that group."""
        return tuple(item for item in self.items if item.group is group)


def build_agenda(site: Site, plan: Plan, day: date, today: date, find_changes: FindChanges) -> Agenda:
    """Gather it. `past` are the changes of an action, newest first; without git there are none."""
    held = held_reviews(plan, day)
    last = held[-1] if held else None
    coming = add_interval(day, plan.review_every) if plan.review_every else None
    as_at = min(today, day)
    reviewed = [review.date for review in held if review.date]
    still = sorted(plan.open_actions, key=due_sort_key)
    return Agenda(
        site=site,
        plan=plan,
        day=day,
        as_at=as_at,
        last_review=last,
        next_date=coming,
        items=tuple(_build_item(site, plan, action, reviewed, (day, as_at), find_changes(action)) for action in still),
        closed=_find_closed(plan, reviewed[-1] if reviewed else date.min, day, find_changes),
        checks=_find_checks(plan, as_at, coming),
        checked_actions=tuple(
            action for action in plan.actions if last and last.date and _is_newly_checked(action, last.date)
        ),
        unreadable=tuple(each for each in site.unreadable if (each.plan, each.kind) == (plan.slug, "action")),
    )


def _build_item(
    site: Site, plan: Plan, action: Action, review_dates: list[date], days: tuple[date, date], changes: Sequence[Change]
) -> AgendaItem:
    day, as_at = days
    since = find_creation_day(action, changes)
    news = max(filter(None, (latest_news_date(action), find_last_progress(action, as_at, changes))), default=None)
    silent = is_silent(action, plan, as_at) and _is_old(news, plan, as_at)
    return AgendaItem(
        action=action,
        group=_choose_group(action, as_at, silent=silent),
        earlier_reviews=sum(review > since for review in review_dates) if since else None,
        due_moves=find_due_moves(action, changes),
        waits_for=tuple(other for other in find_dependencies(site, action) if other.is_open),
        last_news=news,
        is_silent=silent,
        is_due_before_meeting=action.due is not None and as_at <= action.due < day,
    )


def _is_old(news: date | None, plan: Plan, as_at: date) -> bool:
    """Whether even steps that were ticked, which only git knows of, are longer ago than the interval."""
    interval = review_interval(plan)
    return news is not None and interval is not None and add_interval(news, interval) < as_at


def _choose_group(action: Action, as_at: date, *, silent: bool) -> AgendaGroup:
    if action.is_overdue(as_at):
        return AgendaGroup.OVERDUE
    if action.status is Status.BLOCKED:
        return AgendaGroup.BLOCKED
    return AgendaGroup.WITHOUT_NEWS if silent else AgendaGroup.OTHER


def _find_closed(
    plan: Plan, since: date, day: date, find_changes: FindChanges
) -> tuple[tuple[Action, date | None], ...]:
    """Actions closed since a meeting, that day included: the draft for it still had them as open."""
    closed = [
        (action, _find_closing_day(action, find_changes(action))) for action in plan.actions if not action.is_open
    ]
    new = [(action, when) for action, when in closed if when is None or since <= when <= day]
    return tuple(sorted(new, key=lambda each: (each[1] or date.max, each[0].slug)))


def _find_closing_day(action: Action, changes: Sequence[Change]) -> date | None:
    """The day as written; for one that is only cancelled or undated, the day its status changed."""
    told = (change.when for change in changes if change.did is ChangeKind.FIELD_CHANGED and change.field == "status")
    return action.completed or next(told, None) or finished_on(action)


def _find_checks(plan: Plan, as_at: date, next_date: date | None) -> tuple[AgendaCheck, ...]:
    """Those to be made before the next review, and those without a day; the earliest first."""
    first = [
        AgendaCheck(action, action.verification.due, is_repeated=False)
        for action in plan.actions
        if action.verification and action.awaits_verification
    ]
    again = [
        AgendaCheck(action, day, is_repeated=True) for action in plan.actions if (day := find_next_check(action, as_at))
    ]
    near = [check for check in (*first, *again) if check.due is None or next_date is None or check.due <= next_date]
    return tuple(sorted(near, key=lambda check: (check.due or date.max, check.action.slug)))


def _is_newly_checked(action: Action, since: date) -> bool:
    """Passed since then, of an action that was closed before and so is not listed as newly closed."""
    check, finished = action.verification, action.completed
    if check is None or check.result is not VerificationResult.PASSED or check.date is None or finished is None:
        return False
    return finished < since <= check.date
