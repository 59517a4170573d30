"""The next day on which the site shows something else only because time passes."""

from __future__ import annotations

import heapq
import json
from collections.abc import Iterator
from datetime import date

from plansite.model.assessment import SiteOnDate
from plansite.model.dates import add_days, add_interval
from plansite.model.decisions import DECISION_DAYS, list_pending_escalations
from plansite.model.documents.action import Action
from plansite.model.documents.incident import Incident
from plansite.model.documents.plan import Plan
from plansite.model.documents.records.waivers import Allow
from plansite.model.documents.request_answers import ANSWER_DAYS, list_pending_requests
from plansite.model.evidence.expiry import list_change_days
from plansite.model.evidence.listing import list_evidence
from plansite.model.interim_checks import list_open_controls
from plansite.model.learning.measure_stages import judge_by_target
from plansite.model.learning.services import DAYS_TO_CONFIRM
from plansite.model.learning.verdict import assess_incident
from plansite.model.notices.notice_clock import find_notice_due
from plansite.model.recurrence import find_next_check
from plansite.model.review_dates import find_answer_due, latest_news_date, next_review_date, review_interval
from plansite.model.saved_views.selection import list_due_windows
from plansite.model.site import list_inner_documents

#: The front page shows at most this many of the newest notes, none of them older than this many days.
_MAX_NEWS, _NEWS_DAYS = 5, 7


def find_next_change(dated_site: SiteOnDate) -> date | None:
    """The first day after today on which a status, list, news item or finding changes by date alone; None if none does.

    Numbers of days ("Due in 3 days") change every day and do not count. The result for a site is the earliest of the
    results for its plans.
    """
    return min((day for day in _list_change_days(dated_site) if day > dated_site.today), default=None)


def render_next_change_script(day: date | None) -> str:
    """The content of `next-change.js`: an assignment of the ISO date, or of an empty string for None."""
    return f"window.plansiteNextChange = {json.dumps(day.isoformat() if day else '')};\n"


def _list_change_days(dated_site: SiteOnDate) -> Iterator[date]:
    for plan in dated_site.site.plans:
        review = next_review_date(plan)
        if review:
            yield add_days(review, 1)
        yield from _list_goal_days(plan)
        for notice in plan.instrument:
            due = find_notice_due(notice)
            yield from filter(None, (add_days(due, 1) if due else None, notice.received, notice.sent))
        for action in plan.actions:
            yield from _list_action_days(action, plan, dated_site)
        for incident in plan.incidents:
            yield from _list_incident_days(incident, dated_site)
        yield from _list_oversight_days(plan, dated_site)
        yield from _list_news_days(plan, dated_site.today)
        yield from (day for recorded in list_evidence(plan) for day in list_change_days(recorded.evidence))
        yield from (
            add_days(allow.until, 1) for allow in (*dated_site.site.settings.allow, *_list_waivers(plan)) if allow.until
        )


def _list_goal_days(plan: Plan) -> Iterator[date]:
    """The days on which a view begins to wait for an answer, and those of scores that are still to come."""
    answers = (find_answer_due(voice, plan) for voice in plan.views)
    yield from (add_days(day, 1) for day in answers if day)
    yield from (score.date for goal in plan.goals for score in goal.scores if score.date)


def _list_action_days(action: Action, plan: Plan, dated_site: SiteOnDate) -> Iterator[date]:
    due_soon_days = dated_site.site.settings.due_soon
    check, latest_news, interval = action.verification, latest_news_date(action), review_interval(plan)
    check_due = check.due if check and action.awaits_verification else None
    due = action.due if action.is_open else None
    if due:
        yield from (add_days(due, -ahead) for ahead in list_due_windows(dated_site.site.settings))
    for day in (due, check_due, find_next_check(action, dated_site.today)):
        if day:
            yield add_days(day, -due_soon_days)
            yield add_days(day, 1)
    if check and check.date:  # a check with a future date counts from that day on, as notes do
        yield check.date
    if action.is_open and latest_news and interval:
        yield add_days(add_interval(latest_news, interval), 1)


def _list_incident_days(incident: Incident, dated_site: SiteOnDate) -> Iterator[date]:
    """When its verdict changes, and when learning that nobody has confirmed, or a missing finding, is reported."""
    until = assess_incident(dated_site, incident, judge_by_target).until
    if until:
        yield until
    if incident.date and (not incident.findings or incident.unconfirmed_services):
        yield add_days(incident.date, DAYS_TO_CONFIRM + 1)


def _list_oversight_days(plan: Plan, dated_site: SiteOnDate) -> Iterator[date]:
    """The days on which an interim check is due soon or late, or an escalation or request has waited for too long."""
    for each in list_open_controls(dated_site.site, plan):
        if each.next_check:
            yield add_days(each.next_check, -dated_site.site.settings.due_soon)
            yield add_days(each.next_check, 1)
    for difficulty in list_pending_escalations(plan):
        if difficulty.escalation.date:
            yield add_days(difficulty.escalation.date, DECISION_DAYS + 1)
    for pending in list_pending_requests(dated_site.site, plan.actions):
        if pending.request.date:
            yield add_days(pending.request.date, ANSWER_DAYS + 1)


def _list_news_days(plan: Plan, today: date) -> Iterator[date]:
    """The days on which a note appears on the front page, and disappears from it."""
    days = [note.date for action in plan.actions for note in action.body.progress if note.date]
    yield from days
    yield from (
        add_days(day, _NEWS_DAYS + 1) for day in heapq.nlargest(_MAX_NEWS, (day for day in days if day <= today))
    )


def _list_waivers(plan: Plan) -> Iterator[Allow]:
    """The `allow` entries in the files of a plan. A rule applies again after the last day of its entry."""
    yield from plan.allow
    for document in list_inner_documents(plan):
        yield from document.allow
