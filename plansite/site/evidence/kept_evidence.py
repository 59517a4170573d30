"""Evidence that an owner or agency keeps and that expires soon or has expired, on their page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
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


def build_kept_evidence(dated_site: SiteOnDate, recorded: Sequence[RecordedEvidence]) -> tuple[RowGroup, ...]:
    """A group of what has expired and one of what soon will, today or on a covered day; none where nothing has."""
    groups = (
        group_rows_in_range(_EXPIRED, _build_rows(dated_site, recorded, "Expired on"), dated_site.today),
        group_rows_in_range(_EXPIRING, _build_rows(dated_site, recorded, "Counts until"), dated_site.today),
    )
    return tuple(_count_in_note(group, dated_site.today) for group in groups if group)


def _count_in_note(group: RowGroup, today: date) -> RowGroup:
    count_on = build_visible_counter(group.entries, today)
    note = build_dated_text(lambda day: format_count(count_on(day), "piece", "pieces"), today)
    return replace(group, note=note)


def _build_rows(dated_site: SiteOnDate, recorded: Iterable[RecordedEvidence], when: str) -> Iterator[ActionRow]:
    for each in recorded:
        document, evidence = each.document, each.evidence
        yield ActionRow(
            title=Link(evidence.label or evidence.url, page_address(document)),
            ref=document.ref if isinstance(document, Action) else "",
            plan=plan_link(dated_site.site.plans_by_slug[document.plan]),
            owner=profile_link(dated_site.site, each.keeper),
            when=when,
            due=evidence.expires,
            is_late=when.startswith("Expired"),
            said=document.title,
            said_on=None,
            steps=StepCount(),
            tag=Tag("", "status", "completed"),
        )
