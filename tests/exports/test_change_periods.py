"""The first day of each plan's report."""

from __future__ import annotations

from datetime import date

from plansite.exports.change_periods import Period, PlanPeriods, build_period_since_day, build_period_since_review
from plansite.model.documents.plan import Plan
from plansite.model.documents.review import Review

TODAY = date(2025, 1, 20)


def _plan(*days: date | None) -> Plan:
    reviews = tuple(Review(plan="p", slug=str(number), path="", date=day) for number, day in enumerate(days))
    return Plan(slug="p", path="", reviews=reviews)


def test_the_last_review_that_was_held() -> None:
    """The latest up to today, whatever the order; those ahead and those without a date do not count."""
    plan = _plan(date(2025, 1, 9), date(2024, 12, 1), None, date(2025, 2, 1))
    assert build_period_since_review(plan, TODAY) == Period(date(2025, 1, 9), "since its last review on 9 January 2025")
    assert build_period_since_review(_plan(TODAY), TODAY).first_day == TODAY


def test_no_review_yet() -> None:
    """Then it is the last 7 days, and that is said."""
    week = Period(date(2025, 1, 13), "since 13 January 2025, as there is no review yet")
    assert build_period_since_review(_plan(date(2025, 2, 1)), TODAY) == week == build_period_since_review(None, TODAY)


def test_each_plan_has_its_own() -> None:
    """The first day of all is the earliest; a plan that is gone has the last 7 days."""
    periods = PlanPeriods.since_last_reviews({"a": _plan(date(2025, 1, 9)), "b": _plan()}, TODAY)
    assert [periods.for_plan(slug).first_day for slug in "abc"] == [
        date(2025, 1, 9),
        date(2025, 1, 13),
        date(2025, 1, 13),
    ]
    assert periods.first_day == date(2025, 1, 9)
    assert periods.overall_text == "since the last review of each"
    assert (
        PlanPeriods.since_last_reviews({"b": _plan()}, TODAY).overall_text
        == "since 13 January 2025, as there is no review yet"
    )


def test_one_for_all() -> None:
    """A day holds for every plan, and a revision has none."""
    assert PlanPeriods.uniform(build_period_since_day(TODAY)).for_plan("any") == Period(TODAY, "since 20 January 2025")
    assert PlanPeriods.uniform(Period(None, "since “main”")).first_day is None
