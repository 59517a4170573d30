"""The next day on which a date, and nobody's work, changes what the site says."""

from __future__ import annotations

import heapq
import json
from collections.abc import Iterator
from datetime import date

from plansite.model.action import Action
from plansite.model.assessment import SiteOnDate, latest_news_date
from plansite.model.dates import add_interval
from plansite.model.field_groups import Allow
from plansite.model.plan import Plan
from plansite.model.recurrence import find_next_check
from plansite.model.review_dates import next_review_date, review_interval
from plansite.site.components.dated_rows import add_days

#: The front page tells so many of the newest notes, and none that is older than so many days.
_MAX_NEWS, _NEWS_DAYS = 5, 7


def find_next_change(dated_site: SiteOnDate) -> date | None:
    """The first day after today on which anything becomes due soon, late, silent, too old for news, or a finding again.

    Numbers of days ("Due in 3 days") change every day; they do not count here. None where no date lies ahead. For a
    site it is the first of those of its plans.
    """
    return min((day for day in _list_change_days(dated_site) if day > dated_site.today), default=None)


def render_next_change_script(day: date | None) -> str:
    """That day for the script in the page: one assignment of an ISO date, or of an empty text."""
    return f"window.plansiteNextChange = {json.dumps(day.isoformat() if day else '')};\n"


def _list_change_days(dated_site: SiteOnDate) -> Iterator[date]:
    for plan in dated_site.site.plans:
        review = next_review_date(plan)
        if review:
            yield add_days(review, 1)
        for action in plan.actions:
            yield from _list_action_days(action, plan, dated_site)
        yield from _list_news_days(plan, dated_site.today)
        yield from (
            add_days(allow.until, 1) for allow in (*dated_site.site.settings.allow, *_list_waivers(plan)) if allow.until
        )


def _list_action_days(action: Action, plan: Plan, dated_site: SiteOnDate) -> Iterator[date]:
    soon = dated_site.site.settings.due_soon
    check, news, interval = action.verification, latest_news_date(action), review_interval(plan)
    awaited = check.due if check and action.awaits_verification else None
    due = action.due if action.is_open else None
    for day in (due, awaited, find_next_check(action, dated_site.today)):
        if day:
            yield add_days(day, -soon)
            yield add_days(day, 1)
    if check and check.date:  # one that is dated ahead counts from its day on, as notes do
        yield check.date
    if action.is_open and news and interval:
        yield add_days(add_interval(news, interval), 1)


def _list_news_days(plan: Plan, today: date) -> Iterator[date]:
    """A note is news from its own day on, for a week. Only the newest are told."""
    days = [note.date for action in plan.actions for note in action.body.progress if note.date]
    yield from days
    yield from (
        add_days(day, _NEWS_DAYS + 1) for day in heapq.nlargest(_MAX_NEWS, (day for day in days if day <= today))
    )


def _list_waivers(plan: Plan) -> Iterator[Allow]:
    """The rules set aside in the files of a plan: each holds again after its last day."""
    yield from plan.allow
    for documents in (plan.actions, plan.reviews, plan.incidents, plan.measures):
        for document in documents:
            yield from document.allow
