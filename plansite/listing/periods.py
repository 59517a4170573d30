"""From which day on the changes of each plan are told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from plansite.model.plan import Plan
from plansite.model.words import long_date

#: Where a plan was never reviewed, so many days are told.
WEEK = 7


@dataclass(frozen=True, slots=True)
class Period:
    """`first` is the first day that counts, None where something else than days decides; `words` begin with "since"."""

    first: date | None
    words: str


def since_day(day: date) -> Period:
    """From that day on, whatever the plan."""
    return Period(day, f"since {long_date(day)}")


def since_review(plan: Plan | None, today: date) -> Period:
    """From the day of a plan's last review on; the last 7 days where there was none, or where there is no plan."""
    held = [review.date for review in plan.reviews if review.date and review.date <= today] if plan else []
    if held:
        return Period(max(held), f"since its last review on {long_date(max(held))}")
    first = today - timedelta(days=WEEK)
    return Period(first, f"since {long_date(first)}, as there is no review yet")


@dataclass(frozen=True, slots=True, kw_only=True)
class Periods:
    """The period of each plan, by slug; `rest` is that of plans which are gone, `all_words` name them all."""

    own: Mapping[str, Period]
    rest: Period
    all_words: str

    @classmethod
    def same(cls, period: Period) -> Periods:
        """One for all."""
        return cls(own={}, rest=period, all_words=period.words)

    @classmethod
    def reviews(cls, plans: Mapping[str, Plan], today: date) -> Periods:
        """Of each plan its own."""
        own = {slug: since_review(plan, today) for slug, plan in plans.items()}
        words = next(iter(own.values())).words if len(own) == 1 else "since the last review of each"
        return cls(own=own, rest=since_review(None, today), all_words=words)

    def of(self, slug: str) -> Period:
        """The period of a plan."""
        return self.own.get(slug, self.rest)

    @property
    def first(self) -> date | None:
        """The earliest day of all; None where something else than days decides."""
        days = [period.first for period in (*self.own.values(), self.rest) if period.first]
        return min(days, default=None)
