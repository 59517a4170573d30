"""Reviews of a plan: which were held, which are only planned, and when the next is due."""

from __future__ import annotations

from datetime import date

from plansite.model.dates import CalendarInterval, add_interval
from plansite.model.plan import Plan, Review

#: Stands behind the name of somebody who is expected at a review that is still to be held.
EXPECTED_SUFFIX = "(expected)"


def is_planned(review: Review) -> bool:
    """Still to be held, as far as its file says: everybody who is named as present is only expected."""
    return bool(review.present) and all(name.casefold().endswith(EXPECTED_SUFFIX) for name in review.present)


def held_reviews(plan: Plan, before: date = date.max) -> tuple[Review, ...]:
    """The reviews that were held before a day, the oldest first."""
    held = ((review.date, review) for review in plan.reviews if review.date and not is_planned(review))
    earlier = sorted((day, review.slug, review) for day, review in held if day < before)
    return tuple(review for _, _, review in earlier)


def review_interval(plan: Plan) -> CalendarInterval | None:
    """How long the plan may go now without a review: until the first was held, its first interval where it has one."""
    every = plan.review_every
    return every.first if every and every.first and not held_reviews(plan) else every


def next_review_date(plan: Plan) -> date | None:
    """The day of the next review.

    That of the earliest review that is planned and not held yet; else as the latest one held says; else one interval
    after it, or after the plan's start. Where reviews end with the work, none comes after everything is closed.
    """
    held, interval = held_reviews(plan), review_interval(plan)
    latest = held[-1] if held else None
    since = (latest.date if latest else None) or date.min
    planned = min((r.date for r in plan.reviews if r.date and r.date > since and is_planned(r)), default=None)
    if planned or (interval and interval.until_closed and _is_closed(plan)):
        return planned
    if latest and latest.next:
        return latest.next
    start = latest.date if latest else plan.start
    return add_interval(start, interval) if start and interval else None


def _is_closed(plan: Plan) -> bool:
    """Whether there was work, and all of it is finished, with every check made."""
    return bool(plan.actions) and not any(action.is_open or action.awaits_verification for action in plan.actions)
