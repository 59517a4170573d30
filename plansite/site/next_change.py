"""The next day on which a date, and nobody's work, changes what the site says."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date

from plansite.model.action import Action
from plansite.model.course import Outlook, awaits_check, last_news, next_review
from plansite.model.dates import after
from plansite.model.plan import Plan


def next_change(outlook: Outlook) -> date | None:
    """The first day after today on which anything becomes due soon, late, silent, or late for its check or review.

    Numbers of days ("Due in 3 days") change every day; they do not count here. None where no date lies ahead.
    """
    return min((day for day in _days(outlook) if day > outlook.today), default=None)


def next_change_script(day: date | None) -> str:
    """That day for the script in the page: one assignment of an ISO date, or of an empty text."""
    return f"window.plansiteNextChange = {json.dumps(day.isoformat() if day else '')};\n"


def _days(outlook: Outlook) -> Iterator[date]:
    soon = outlook.site.settings.due_soon
    for plan in outlook.site.plans:
        review = next_review(plan)
        if review:
            yield _shifted(review, 1)
        for action in plan.actions:
            yield from _of_action(action, plan, soon)


def _of_action(action: Action, plan: Plan, soon: int) -> Iterator[date]:
    check, news = action.verification, last_news(action)
    if awaits_check(action) and check and check.due:
        yield _shifted(check.due, 1)
    if not action.is_open:
        return
    if action.due:
        yield _shifted(action.due, -soon)
        yield _shifted(action.due, 1)
    if news and plan.review_every:
        yield _shifted(after(news, plan.review_every), 1)


def _shifted(day: date, number: int) -> date:
    """So many days later, within the days there are."""
    return date.fromordinal(min(max(day.toordinal() + number, 1), date.max.toordinal()))
