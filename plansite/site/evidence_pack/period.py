"""The period of a pack, and pages of actions without what lies outside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from plansite.deferred_dataclass import dataclass
from plansite.model.formatting import format_count, format_long_date
from plansite.site.changes.history import HistoryEvent
from plansite.site.components.page import Page
from plansite.site.plan.action import ActionView


@dataclass(frozen=True, slots=True)
class PackPeriod:
    """The first and the last day of the changes, progress notes and minutes in a pack; None where it has no limit."""

    first: date | None = None
    last: date | None = None

    @property
    def is_limited(self) -> bool:
        """Whether anything can lie outside it."""
        return self.first is not None or self.last is not None

    def includes(self, day: date | None) -> bool:
        """Whether a day is in it. What has no date cannot be said to lie outside."""
        if day is None:
            return True
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)

    @property
    def words(self) -> str:
        """The period in words: "1 January 2025 to 31 March 2025"."""
        first = format_long_date(self.first) if self.first else ""
        last = format_long_date(self.last) if self.last else ""
        if first and last:
            return f"{first} to {last}"
        return f"From {first}" if first else f"Until {last}" if last else "All dates"


def limit_action_page(page: Page, events: Sequence[HistoryEvent], period: PackPeriod) -> Page:
    """The page of an action with its whole history, `events`, and without notes and events outside the period.

    How the action stands is not changed: that is as at the day of the pack.
    """
    view = page.view
    if not isinstance(view, ActionView):
        return page
    if not period.is_limited:
        return replace(page, view=replace(view, events=tuple(events), events_more="")) if view.events_more else page
    notes = tuple(note for note in view.progress if period.includes(note.day))
    kept = tuple(event for event in events if period.includes(event.day))
    latest = view.latest_note if view.latest_note and period.includes(view.latest_note.day) else None
    lost_notes = _describe_lost(len(view.progress) - len(notes), "note", period)
    changed = replace(
        view,
        progress=notes,
        progress_more=f"{view.progress_more}{f'<p>{lost_notes}</p>' if lost_notes else ''}",
        latest_note=latest,
        events=kept,
        events_more=_describe_lost(len(events) - len(kept), "change", period),
    )
    return replace(page, view=changed)


def _describe_lost(number: int, noun: str, period: PackPeriod) -> str:
    """How much lies outside the period, in a sentence; empty if nothing does."""
    if not number:
        return ""
    words = period.words[:1].lower() + period.words[1:]
    return f"{format_count(number, noun)} outside the period of this pack ({words}) not shown."
