"""The next day on which a date, and nobody's work, changes what the site says."""

from __future__ import annotations

import heapq
import json
from collections.abc import Iterator
from datetime import date

from plansite.model.action import Action
from plansite.model.course import Outlook, awaits_check, last_news, next_review, review_interval
from plansite.model.dates import after
from plansite.model.parts import Allow
from plansite.model.plan import Plan
from plansite.model.repeat import next_repeat
from plansite.site.bands import shifted

#: The front page tells so many of the newest notes, and none that is older than so many days.
_NEWS, _NEWS_DAYS = 5, 7


def next_change(outlook: Outlook) -> date | None:
    """The first day after today on which anything becomes due soon, late, silent, too old for news, or a finding again.

    Numbers of days ("Due in 3 days") change every day; they do not count here. None where no date lies ahead. For a
    site it is the first of those of its plans.
    """
    return min((day for day in _days(outlook) if day > outlook.today), default=None)


def next_change_script(day: date | None) -> str:
    """That day for the script in the page: one assignment of an ISO date, or of an empty text."""
    return f"window.plansiteNextChange = {json.dumps(day.isoformat() if day else '')};\n"


def _days(outlook: Outlook) -> Iterator[date]:
    for plan in outlook.site.plans:
        review = next_review(plan)
        if review:
            yield shifted(review, 1)
        for action in plan.actions:
            yield from _of_action(action, plan, outlook)
        yield from _of_news(plan, outlook.today)
        yield from (
            shifted(allow.until, 1) for allow in (*outlook.site.settings.allow, *_set_aside(plan)) if allow.until
        )


def _of_action(action: Action, plan: Plan, outlook: Outlook) -> Iterator[date]:
    soon = outlook.site.settings.due_soon
    check, news, interval = action.verification, last_news(action), review_interval(plan)
    awaited = check.due if check and awaits_check(action) else None
    due = action.due if action.is_open else None
    for day in (due, awaited, next_repeat(action, outlook.today)):
        if day:
            yield shifted(day, -soon)
            yield shifted(day, 1)
    if check and check.date:  # one that is dated ahead counts from its day on, as notes do
        yield check.date
    if action.is_open and news and interval:
        yield shifted(after(news, interval), 1)


def _of_news(plan: Plan, today: date) -> Iterator[date]:
    """A note is news from its own day on, for a week. Only the newest are told."""
    days = [note.date for action in plan.actions for note in action.body.progress if note.date]
    yield from days
    yield from (shifted(day, _NEWS_DAYS + 1) for day in heapq.nlargest(_NEWS, (day for day in days if day <= today)))


def _set_aside(plan: Plan) -> Iterator[Allow]:
    """The rules set aside in the files of a plan: each holds again after its last day."""
    yield from plan.allow
    for documents in (plan.actions, plan.reviews, plan.incidents, plan.measures):
        for document in documents:
            yield from document.allow
