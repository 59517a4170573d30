"""The newest progress notes on the front page."""

from __future__ import annotations

import heapq
from datetime import date

from plansite.deferred_dataclass import dataclass
from plansite.model.assessment import SiteOnDate
from plansite.model.dates import add_days
from plansite.model.formatting import format_short_date
from plansite.site.components.page import Link
from plansite.site.components.page_links import action_link


@dataclass(frozen=True, slots=True)
class NewsItem:
    """A progress note on the front page; `on` is its day in words, without the year."""

    title: Link
    text: str
    day: date
    on: str


def build_news(dated_site: SiteOnDate) -> tuple[NewsItem, ...]:
    """The newest progress notes of the last 7 days, at most five."""
    since = add_days(dated_site.today, -7)
    recent = (
        (note.date, -order, note.line, note.text, action)
        for order, action in enumerate(dated_site.site.actions)
        for note in action.body.progress
        if note.date and since <= note.date <= dated_site.today
    )
    newest = heapq.nlargest(5, recent, key=lambda note: note[:3])
    return tuple(
        NewsItem(action_link(action), text, day, format_short_date(day, day)) for day, _, _, text, action in newest
    )


def find_next_news(dated_site: SiteOnDate) -> date | None:
    """The first later day on which a note becomes news or is none any more."""
    today = dated_site.today
    days = [note.date for action in dated_site.site.actions for note in action.body.progress if note.date]
    # News of the last week leaves in the order in which it came.
    joins = min((day for day in days if day > today), default=None)
    leaves = min((day for day in days if add_days(today, -8) < day <= today), default=None)
    return min(filter(None, (joins, add_days(leaves, 8) if leaves else None)), default=None)


def describe_no_news(dated_site: SiteOnDate) -> str:
    """Why there are no news, and when the last progress was noted."""
    if not dated_site.open_actions:
        if dated_site.site.unreadable:
            return "No actions that could be read are open, so there is no news."
        return "Nothing is open, so there is no news."
    notes = (note.date for action in dated_site.site.actions for note in action.body.progress if note.date)
    last = max((day for day in notes if day <= dated_site.today), default=None)
    if last is None:
        return "No progress has been noted yet. A line with a date, a name and what happened is enough."
    return f"No progress was noted in the last 7 days. The last was on {format_short_date(last, dated_site.today)}."
