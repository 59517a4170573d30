"""Rows of actions that somebody supports, and of those of theirs that will not be done."""

from __future__ import annotations

from datetime import date

from plansite.model.assessment import SiteOnDate, finished_on
from plansite.model.documents.action import Action
from plansite.model.formatting import format_due
from plansite.model.status import Status
from plansite.site.components.page_links import action_link, owner_link
from plansite.site.components.widgets import build_status_tag, format_drop_reason
from plansite.site.people.work_rows import CancelledWorkRow, SupportedRow


def build_supported_row(dated_site: SiteOnDate, action: Action) -> SupportedRow:
    """The row of an action on the page of a supporter."""
    return SupportedRow(
        title=action_link(action),
        owner=owner_link(dated_site.site, action.owner),
        words=_describe_supported(action, dated_site.today),
        day=action.due if action.is_open else finished_on(action),
        is_late=action.is_overdue(dated_site.today),
        is_blocked=action.is_open and action.status is Status.BLOCKED,
    )


def _describe_supported(action: Action, today: date) -> str:
    if not action.is_open:
        return build_status_tag(action).words
    return format_due(action.due, today) if action.due else "No date yet"


def build_cancelled_row(action: Action) -> CancelledWorkRow:
    """The row of an action that will not be done."""
    return CancelledWorkRow(action_link(action), format_drop_reason(action))
