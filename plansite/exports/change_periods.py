"""From which day on the changes of each plan are told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from plansite.model.formatting import format_long_date
from plansite.model.plan import Plan

#: Where a plan was never reviewed, so many days are told.
DEFAULT_DAYS = 7


@dataclass(frozen=True, slots=True)
class Period:
    """`first` is the first day that counts, None where something else than days decides; `words` begin with "since"."""

    first_day: date | None
    text: str


def build_period_since_day(day: date) -> Period:
    """From that day on, whatever the plan."""
    return Period(day, f"since {format_long_date(day)}")


def build_period_since_review(plan: Plan | None, today: date) -> Period:
    """From the day of a plan's last review on; the last 7 days where there was none, or where there is no plan."""
    held = [review.date for review in plan.reviews if review.date and review.date <= today] if plan else []
    if held:
        return Period(max(held), f"since its last review on {format_long_date(max(held))}")
    first = today - timedelta(days=DEFAULT_DAYS)
    return Period(first, f"since {format_long_date(first)}, as there is no review yet")


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanPeriods:
    """The period of each plan, by slug; `rest` is that of plans which are gone, `all_words` name them all."""

    by_plan: Mapping[str, Period]
    default: Period
    overall_text: str

    @classmethod
    def uniform(cls, period: Period) -> PlanPeriods:
        """One for all."""
        return cls(by_plan={}, default=period, overall_text=period.text)

    @classmethod
    def since_last_reviews(cls, plans: Mapping[str, Plan], today: date) -> PlanPeriods:
        """Of each plan its own."""
        own = {slug: build_period_since_review(plan, today) for slug, plan in plans.items()}
        words = next(iter(own.values())).text if len(own) == 1 else "since the last review of each"
        return cls(by_plan=own, default=build_period_since_review(None, today), overall_text=words)

    def for_plan(self, slug: str) -> Period:
        """The period of a plan."""
        return self.by_plan.get(slug, self.default)

    @property
    def first_day(self) -> date | None:
        """The earliest day of all; None where something else than days decides."""
        days = [period.first_day for period in (*self.by_plan.values(), self.default) if period.first_day]
        return min(days, default=None)
