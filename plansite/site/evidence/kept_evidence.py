"""Evidence that an owner or agency keeps and that expires soon or has expired, on their page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from plansite.model.assessment import SiteOnDate
from plansite.model.documents.action import Action
from plansite.model.evidence.expiry import SOON_DAYS
from plansite.model.evidence.listing import RecordedEvidence
from plansite.model.formatting import format_count
from plansite.model.page_addresses import page_address
from plansite.site.components.dated_rows import (
    DueRange,
    RowGroup,
    build_dated_text,
    build_visible_counter,
    group_rows_in_range,
)
from plansite.site.components.page import Link
from plansite.site.components.page_links import plan_link, profile_link
from plansite.site.components.widgets import ActionRow, StepCount, Tag

_EXPIRED = DueRange("expired", "Evidence that has expired", 1, None)
_EXPIRING = DueRange("expiring", "Evidence that expires soon", -SOON_DAYS, 0)


def group_kept_evidence(
    expired: Iterable[ActionRow], expiring: Iterable[ActionRow], today: date
) -> tuple[RowGroup, ...]:
    """A group of what has expired and one of what soon will, today or on a covered day; none where nothing has.

    The rows are those of `build_evidence_rows`, that first which expires first.
    """
    groups = (group_rows_in_range(_EXPIRED, expired, today), group_rows_in_range(_EXPIRING, expiring, today))
    return tuple(_count_in_note(group, today) for group in groups if group)


def _count_in_note(group: RowGroup, today: date) -> RowGroup:
    count_on = build_visible_counter(group.entries, today)
    note = build_dated_text(lambda day: format_count(count_on(day), "piece", "pieces"), today)
    return replace(group, note=note)


def build_evidence_rows(dated_site: SiteOnDate, recorded: RecordedEvidence) -> tuple[ActionRow, ActionRow]:
    """The rows of a piece of evidence that expires some day: once that day is past, and before."""
    document, evidence = recorded.document, recorded.evidence
    row = ActionRow(
        title=Link(evidence.label or evidence.url, page_address(document)),
        ref=document.ref if isinstance(document, Action) else "",
        plan=plan_link(dated_site.site.plans_by_slug[document.plan]),
        owner=profile_link(dated_site.site, recorded.keeper),
        when="Expired on",
        due=evidence.expires,
        is_late=True,
        said=document.title,
        said_on=None,
        steps=StepCount(),
        tag=Tag("", "status", "completed"),
    )
    return row, replace(row, when="Counts until", is_late=False)
