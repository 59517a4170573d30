"""Reviews of a plan: which were held, which are only planned, when the next is due, and what is silent between."""

from __future__ import annotations

from datetime import date

from plansite.model.dates import CalendarInterval, add_days, add_interval
from plansite.model.documents.action import Action
from plansite.model.documents.plan import Plan
from plansite.model.documents.records.parties import Voice
from plansite.model.documents.review import Review

#: Follows the name of somebody who is expected at a review that has not been held yet.
EXPECTED_SUFFIX = "(expected)"


def is_planned(review: Review) -> bool:
    """Whether a review has not been held yet: everybody under `present` is marked as expected."""
    return bool(review.present) and all(name.casefold().endswith(EXPECTED_SUFFIX) for name in review.present)


def held_reviews(plan: Plan, before: date = date.max) -> tuple[Review, ...]:
    """The reviews that were held before a day, the oldest first."""
    held = ((review.date, review) for review in plan.reviews if review.date and not is_planned(review))
    earlier = sorted((day, review.slug, review) for day, review in held if day < before)
    return tuple(review for _, _, review in earlier)


def review_interval(plan: Plan) -> CalendarInterval | None:
    """The present review interval: before the first review, the interval for the first time, if there is one."""
    interval = plan.review_every
    return interval.first if interval and interval.first and not held_reviews(plan) else interval


def next_review_date(plan: Plan) -> date | None:
    """The day of the next review; None if there is none.

    It is the day of the earliest planned review after the latest held one; else what the latest one gives as `next`;
    else one interval after the latest one, or after the plan's start. If the interval is `until_closed` and the plan is
    closed, only a planned review counts.
    """
    held, interval = held_reviews(plan), review_interval(plan)
    latest = held[-1] if held else None
    since = (latest.date if latest else None) or date.min
    planned = min(
        (review.date for review in plan.reviews if review.date and review.date > since and is_planned(review)),
        default=None,
    )
    if planned or (interval and interval.until_closed and _is_closed(plan)):
        return planned
    if latest and latest.next:
        return latest.next
    start = latest.date if latest else plan.start
    return add_interval(start, interval) if start and interval else None


def find_announced_review(plan: Plan) -> date | None:
    """The day of the next review, if a planned review or the latest one names it; None if it is only counted."""
    due, held = next_review_date(plan), held_reviews(plan)
    named = {review.date for review in plan.reviews if is_planned(review)} | {review.next for review in held[-1:]}
    return due if due in named else None


def find_answer_due(voice: Voice, plan: Plan) -> date | None:
    """The day until which a view of a plan is to be answered: one interval after it; None if nothing is to be done."""
    if not voice.said or voice.did or not voice.when or not plan.review_every:
        return None
    return add_interval(voice.when, plan.review_every)


def _is_closed(plan: Plan) -> bool:
    """Whether the plan has actions, all are closed, and none awaits verification."""
    return bool(plan.actions) and not any(action.is_open or action.awaits_verification for action in plan.actions)


def latest_news_date(action: Action) -> date | None:
    """The date of the latest progress note; without one, the day the action was started, else created."""
    latest = action.body.latest_note
    return (latest.date if latest else None) or action.started or action.created


def is_silent(action: Action, plan: Plan, today: date) -> bool:
    """Whether it is open and its latest news is older than the plan's review interval."""
    first_day = silent_from(action, plan) if action.is_open else None
    return first_day is not None and first_day <= today


def silent_from(action: Action, plan: Plan) -> date | None:
    """The first day on which the latest news of an action is older than the plan's review interval."""
    news, interval = latest_news_date(action), review_interval(plan)
    return add_days(add_interval(news, interval), 1) if news and interval else None
