"""The agenda of a review: open and closed actions and checks of a plan, as values from which the draft is written."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from enum import StrEnum

from plansite.checks.sentences import split_sentences
from plansite.deferred_dataclass import dataclass
from plansite.history.action_dates import DueMove, find_creation_day, find_due_moves, find_last_progress
from plansite.history.change import Change, ChangeKind
from plansite.model.assessment import due_sort_key, finished_on
from plansite.model.dates import add_interval
from plansite.model.dependencies import find_dependencies
from plansite.model.documents.action import Action
from plansite.model.documents.plan import Plan
from plansite.model.documents.review import Review
from plansite.model.interim_checks import OpenControl, list_open_controls
from plansite.model.recurrence import find_next_check
from plansite.model.review_dates import held_reviews, is_silent, latest_news_date, review_interval
from plansite.model.site import Site, UnreadableFile
from plansite.model.status import Status, VerificationResult

#: Returns the changes of an action, newest first; none without git.
FindChanges = Callable[[Action], Sequence[Change]]
_MAX_BARRIER_LENGTH = 160


class AgendaGroup(StrEnum):
    """The groups of open actions, most pressing first. An action is in the first group that fits."""

    OVERDUE = "Overdue"
    BLOCKED = "Blocked"
    WITHOUT_NEWS = "Without news"
    OTHER = "The others"


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaItem:
    """An open action on the agenda.

    `earlier_reviews` is the number of earlier reviews in which it was open, None if its creation day is unknown.
    `waits_for` are the open actions that it depends on. `is_due_before_meeting` means that it is not overdue yet.
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
    """A check of a finished action that has to be made; `is_repeated` if it is one of a series of checks."""

    action: Action
    due: date | None
    is_repeated: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Agenda:
    """The agenda of a review on a day, with the state of the plan on the day `as_at`.

    `items` are the open actions, `closed` the actions closed since the last review, with the day if it is known.
    `checks` have to be made before the next review; the check of `checked_actions` has passed since the last one.
    `controls` are the interim controls that are still needed, the earliest check first.
    `unreadable` are files of the plan that may be open actions.
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
    controls: tuple[OpenControl, ...]
    unreadable: tuple[UnreadableFile, ...]

    def items_in_group(self, group: AgendaGroup) -> tuple[AgendaItem, ...]:
        """The open actions of that group."""
        return tuple(item for item in self.items if item.group is group)


def build_agenda(site: Site, plan: Plan, day: date, today: date, find_changes: FindChanges) -> Agenda:
    """The agenda of a plan's review on `day`, as at that day or today, whichever is earlier."""
    reviews = held_reviews(plan, day)
    last_review = reviews[-1] if reviews else None
    next_date = add_interval(day, plan.review_every) if plan.review_every else None
    as_at = min(today, day)
    review_dates = [review.date for review in reviews if review.date]
    open_actions = sorted(plan.open_actions, key=due_sort_key)
    return Agenda(
        site=site,
        plan=plan,
        day=day,
        as_at=as_at,
        last_review=last_review,
        next_date=next_date,
        items=tuple(
            _build_item(site, plan, action, review_dates, (day, as_at), find_changes(action)) for action in open_actions
        ),
        closed=_find_closed(plan, review_dates[-1] if review_dates else date.min, day, find_changes),
        checks=_find_checks(plan, as_at, next_date),
        checked_actions=tuple(
            action
            for action in plan.actions
            if last_review and last_review.date and _is_newly_checked(action, last_review.date)
        ),
        controls=tuple(sorted(list_open_controls(site, plan), key=lambda each: each.next_check or date.max)),
        unreadable=tuple(file for file in site.unreadable if (file.plan, file.kind) == (plan.slug, "action")),
    )


def _build_item(
    site: Site, plan: Plan, action: Action, review_dates: list[date], days: tuple[date, date], changes: Sequence[Change]
) -> AgendaItem:
    day, as_at = days
    created = find_creation_day(action, changes)
    news_dates = filter(None, (latest_news_date(action), find_last_progress(action, as_at, changes)))
    last_news = max(news_dates, default=None)
    silent = is_silent(action, plan, as_at) and _is_old(last_news, plan, as_at)
    return AgendaItem(
        action=action,
        group=_choose_group(action, as_at, silent=silent),
        earlier_reviews=sum(review_date > created for review_date in review_dates) if created else None,
        due_moves=find_due_moves(action, changes),
        waits_for=tuple(other for other in find_dependencies(site, action) if other.is_open),
        last_news=last_news,
        is_silent=silent,
        is_due_before_meeting=action.due is not None and as_at <= action.due < day,
    )


def _is_old(last_news: date | None, plan: Plan, as_at: date) -> bool:
    """Whether the last news is longer ago than the review interval. It may be a ticked step, known from git alone."""
    interval = review_interval(plan)
    return last_news is not None and interval is not None and add_interval(last_news, interval) < as_at


def _choose_group(action: Action, as_at: date, *, silent: bool) -> AgendaGroup:
    if action.is_overdue(as_at):
        return AgendaGroup.OVERDUE
    if action.status is Status.BLOCKED:
        return AgendaGroup.BLOCKED
    return AgendaGroup.WITHOUT_NEWS if silent else AgendaGroup.OTHER


def _find_closed(
    plan: Plan, since: date, day: date, find_changes: FindChanges
) -> tuple[tuple[Action, date | None], ...]:
    """Actions closed since the day of a review. That day counts, since they were still open in the draft of it."""
    all_closed = [
        (action, _find_closing_day(action, find_changes(action))) for action in plan.actions if not action.is_open
    ]
    newly_closed = [(action, when) for action, when in all_closed if when is None or since <= when <= day]
    return tuple(sorted(newly_closed, key=lambda pair: (pair[1] or date.max, pair[0].sort_key)))


def _find_closing_day(action: Action, changes: Sequence[Change]) -> date | None:
    """The completion date in the file, else the day on which its status changed, else the date of a check.

    Of one that was not accepted, the day of that decision, if it is given.
    """
    if action.is_declined and action.response and action.response.date:
        return action.response.date
    status_days = (
        change.when for change in changes if change.did is ChangeKind.FIELD_CHANGED and change.field == "status"
    )
    return action.completed or next(status_days, None) or finished_on(action)


def _find_checks(plan: Plan, as_at: date, next_date: date | None) -> tuple[AgendaCheck, ...]:
    """The checks that are due before the next review or have no date, the earliest first."""
    first_checks = [
        AgendaCheck(action, action.verification.due, is_repeated=False)
        for action in plan.actions
        if action.verification and action.awaits_verification
    ]
    repeated_checks = [
        AgendaCheck(action, day, is_repeated=True) for action in plan.actions if (day := find_next_check(action, as_at))
    ]
    due_checks = [
        check
        for check in (*first_checks, *repeated_checks)
        if check.due is None or next_date is None or check.due <= next_date
    ]
    return tuple(sorted(due_checks, key=lambda check: (check.due or date.max, check.action.sort_key)))


def _is_newly_checked(action: Action, since: date) -> bool:
    """Whether the check passed since that day. Actions closed since then do not count: they are listed as closed."""
    check, completed = action.verification, action.completed
    if check is None or check.result is not VerificationResult.PASSED or check.date is None or completed is None:
        return False
    return completed < since <= check.date


def find_barrier(action: Action) -> str:
    """The first sentence under "Barriers"; empty if it is very long, since a part of it might mislead."""
    sections = action.body.sections
    for section, next_section in zip(sections, (*sections[1:], None), strict=False):
        if section.key == "barriers":
            end = next_section.line if next_section else float("inf")
            texts = (run.text for run in action.body.text_runs if section.line < run.line < end)
            sentence = next(split_sentences(next(texts, "")), "")
            return sentence if len(sentence) <= _MAX_BARRIER_LENGTH else ""
    return ""
