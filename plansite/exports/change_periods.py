"""The period over which the changes of each plan are reported."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from plansite.deferred_dataclass import dataclass
from plansite.model.dates import add_days
from plansite.model.documents.plan import Plan
from plansite.model.formatting import format_long_date

#: The length of the period of a plan without a review.
DEFAULT_DAYS = 7


@dataclass(frozen=True, slots=True)
class Period:
    """A period from `first_day` on; None if it is given by commits, not by days. `text` begins with "since"."""

    first_day: date | None
    text: str


def build_period_since_day(day: date) -> Period:
    """The period from that day on."""
    return Period(day, f"since {format_long_date(day)}")


def build_period_since_review(plan: Plan | None, today: date) -> Period:
    """The period from the day of a plan's last review on; the last 7 days without a review or without a plan."""
    review_days = [review.date for review in plan.reviews if review.date and review.date <= today] if plan else []
    if review_days:
        return Period(max(review_days), f"since its last review on {format_long_date(max(review_days))}")
    first_day = add_days(today, -DEFAULT_DAYS)
    return Period(first_day, f"since {format_long_date(first_day)}, as there is no review yet")


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanPeriods:
    """The periods of plans by slug; `default` is that of removed plans, `overall_text` describes all of them."""

    by_plan: Mapping[str, Period]
    default: Period
    overall_text: str

    @classmethod
    def uniform(cls, period: Period) -> PlanPeriods:
        """The same period for all plans."""
        return cls(by_plan={}, default=period, overall_text=period.text)

    @classmethod
    def since_last_reviews(cls, plans: Mapping[str, Plan], today: date) -> PlanPeriods:
        """For each plan the period since its last review."""
        by_plan = {slug: build_period_since_review(plan, today) for slug, plan in plans.items()}
        text = next(iter(by_plan.values())).text if len(by_plan) == 1 else "since the last review of each"
        return cls(by_plan=by_plan, default=build_period_since_review(None, today), overall_text=text)

    def for_plan(self, slug: str) -> Period:
        """The period of a plan."""
        return self.by_plan.get(slug, self.default)

    @property
    def first_day(self) -> date | None:
        """The earliest first day of all periods; None if none has one."""
        days = [period.first_day for period in (*self.by_plan.values(), self.default) if period.first_day]
        return min(days, default=None)
