"""What a review has before it, gathered from a plan and its past: plain facts, no words yet."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from plansite.history.change import Change, Did
from plansite.history.moves import DueMove, created, due_moves, last_progress
from plansite.model.action import Action
from plansite.model.course import (
    awaits_check,
    by_due,
    finished_on,
    held_reviews,
    is_overdue,
    is_silent,
    last_news,
    review_interval,
)
from plansite.model.dates import after
from plansite.model.plan import Plan, Review
from plansite.model.repeat import next_repeat
from plansite.model.site import Site, Unread
from plansite.model.status import CheckResult, Status
from plansite.model.waiting import awaited

Past = Callable[[Action], Sequence[Change]]


class Group(StrEnum):
    """Why an open action is looked at, most pressing first. An action stands in the first that fits it."""

    OVERDUE = "Overdue"
    BLOCKED = "Blocked"
    SILENT = "Without news"
    REST = "The others"


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """An open action at a review.

    `carried` counts the earlier reviews in which it was open, None where nobody knows since when it is. `waits_for`
    are the unfinished actions that must come first. `comes_due`: not late yet, but due before the meeting.
    """

    action: Action
    group: Group
    carried: int | None
    moves: tuple[DueMove, ...]
    waits_for: tuple[Action, ...]
    news: date | None
    is_silent: bool
    comes_due: bool


@dataclass(frozen=True, slots=True)
class Check:
    """A check of a finished action that is to be made; `goes_on`: one of those that are made again and again."""

    action: Action
    due: date | None
    goes_on: bool


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
    last: Review | None
    next: date | None
    items: tuple[Item, ...]
    closed: tuple[tuple[Action, date | None], ...]
    checks: tuple[Check, ...]
    checked: tuple[Action, ...]
    unread: tuple[Unread, ...]

    def in_group(self, group: Group) -> tuple[Item, ...]:
        """The open actions of that group."""
        return tuple(item for item in self.items if item.group is group)


def agenda(site: Site, plan: Plan, day: date, today: date, past: Past) -> Agenda:
    """Gather it. `past` are the changes of an action, newest first; without git there are none."""
    held = held_reviews(plan, day)
    last = held[-1] if held else None
    coming = after(day, plan.review_every) if plan.review_every else None
    as_at = min(today, day)
    reviewed = [review.date for review in held if review.date]
    still = sorted(plan.open_actions, key=by_due)
    return Agenda(
        site=site,
        plan=plan,
        day=day,
        as_at=as_at,
        last=last,
        next=coming,
        items=tuple(_item(site, plan, action, reviewed, (day, as_at), past(action)) for action in still),
        closed=_closed(plan, reviewed[-1] if reviewed else date.min, day, past),
        checks=_checks(plan, as_at, coming),
        checked=tuple(action for action in plan.actions if last and last.date and _is_checked(action, last.date)),
        unread=tuple(each for each in site.unread if (each.plan, each.kind) == (plan.slug, "action")),
    )


def _item(
    site: Site, plan: Plan, action: Action, reviewed: list[date], days: tuple[date, date], changes: Sequence[Change]
) -> Item:
    day, as_at = days
    since = created(action, changes)
    news = max(filter(None, (last_news(action), last_progress(action, as_at, changes))), default=None)
    silent = is_silent(action, plan, as_at) and _is_old(news, plan, as_at)
    return Item(
        action=action,
        group=_group(action, as_at, silent=silent),
        carried=sum(review > since for review in reviewed) if since else None,
        moves=due_moves(action, changes),
        waits_for=tuple(other for other in awaited(site, action) if other.is_open),
        news=news,
        is_silent=silent,
        comes_due=action.due is not None and as_at <= action.due < day,
    )


def _is_old(news: date | None, plan: Plan, as_at: date) -> bool:
    """Whether even steps that were ticked, which only git knows of, are longer ago than the interval."""
    interval = review_interval(plan)
    return news is not None and interval is not None and after(news, interval) < as_at


def _group(action: Action, as_at: date, *, silent: bool) -> Group:
    if is_overdue(action, as_at):
        return Group.OVERDUE
    if action.status is Status.BLOCKED:
        return Group.BLOCKED
    return Group.SILENT if silent else Group.REST


def _closed(plan: Plan, since: date, day: date, past: Past) -> tuple[tuple[Action, date | None], ...]:
    """Actions closed since a meeting, that day included: the draft for it still had them as open."""
    closed = [(action, _closed_on(action, past(action))) for action in plan.actions if not action.is_open]
    new = [(action, when) for action, when in closed if when is None or since <= when <= day]
    return tuple(sorted(new, key=lambda each: (each[1] or date.max, each[0].slug)))


def _closed_on(action: Action, changes: Sequence[Change]) -> date | None:
    """The day as written; for one that is only cancelled or undated, the day its status changed."""
    told = (change.when for change in changes if change.did is Did.SET and change.field == "status")
    return action.completed or next(told, None) or finished_on(action)


def _checks(plan: Plan, as_at: date, coming: date | None) -> tuple[Check, ...]:
    """Those to be made before the next review, and those without a day; the earliest first."""
    first = [
        Check(action, action.verification.due, goes_on=False)
        for action in plan.actions
        if action.verification and awaits_check(action)
    ]
    again = [Check(action, day, goes_on=True) for action in plan.actions if (day := next_repeat(action, as_at))]
    near = [check for check in (*first, *again) if check.due is None or coming is None or check.due <= coming]
    return tuple(sorted(near, key=lambda check: (check.due or date.max, check.action.slug)))


def _is_checked(action: Action, since: date) -> bool:
    """Passed since then, of an action that was closed before and so is not listed as newly closed."""
    check, finished = action.verification, action.completed
    if check is None or check.result is not CheckResult.PASSED or check.date is None or finished is None:
        return False
    return finished < since <= check.date
