"""Which entries somebody wants to see."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from plansite.content.values import parse_choice
from plansite.exports.action_records import ActionRecord
from plansite.lookup import UnknownNameError, look_up_owner_or_agency, look_up_plan
from plansite.model.fields import ChoiceOf
from plansite.model.people import OwnerOrAgency, normalise_name
from plansite.model.site import Site
from plansite.model.status import OPEN_STATUSES, STATUS_SYNONYMS, Status

_STATUS_FIELD = ChoiceOf(Status, STATUS_SYNONYMS)


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionFilter:
    """What to keep; None and False ask for nothing. `overdue` and `due_within` (days) widen each other."""

    plan: str | None = None
    owner: OwnerOrAgency | None = None
    statuses: frozenset[Status | None] | None = None
    overdue: bool = False
    due_within: int | None = None


def parse_action_filter(
    site: Site,
    *,
    plan: str | None = None,
    owner: str | None = None,
    status: str | None = None,
    overdue: bool = False,
    due_within: int | None = None,
) -> ActionFilter:
    """The filter that these words ask for. Raises UnknownNameError for a plan, owner or status that is not there."""
    return ActionFilter(
        plan=look_up_plan(site, plan).slug if plan is not None else None,
        owner=look_up_owner_or_agency(site, owner) if owner is not None else None,
        statuses=_parse_statuses(status) if status is not None else None,
        overdue=overdue,
        due_within=due_within,
    )


def _parse_statuses(text: str) -> frozenset[Status | None]:
    """One status by any of its words; "open" alone means all that is not known to be finished."""
    if normalise_name(text) == "open":
        return OPEN_STATUSES | {None}
    found = parse_choice(_STATUS_FIELD, text)
    if found is None:
        raise UnknownNameError("status", text, [*map(str, Status), *STATUS_SYNONYMS])
    return frozenset({found})


def filter_records(
    records: Iterable[ActionRecord], record_filter: ActionFilter, site: Site, today: date
) -> tuple[ActionRecord, ...]:
    """The entries that match, in the order given."""
    return tuple(entry for entry in records if _matches(entry, record_filter, site, today))


def count_unreadable_not_shown(
    records: Iterable[ActionRecord], shown: Iterable[ActionRecord], record_filter: ActionFilter
) -> int:
    """How many unreadable files of the plans asked for are not shown, since nobody knows whether they match."""
    return _count_unreadable(records, record_filter) - _count_unreadable(shown, record_filter)


def _count_unreadable(records: Iterable[ActionRecord], record_filter: ActionFilter) -> int:
    return sum(not entry.is_readable and _is_in_plan(entry, record_filter) for entry in records)


def _is_in_plan(record: ActionRecord, record_filter: ActionFilter) -> bool:
    return record_filter.plan is None or record.plan == record_filter.plan


def _matches(record: ActionRecord, record_filter: ActionFilter, site: Site, today: date) -> bool:
    return (
        _is_in_plan(record, record_filter)
        and (record_filter.owner is None or site.find_owner_or_agency(record.owner) == record_filter.owner)
        and (record_filter.statuses is None or record.status in record_filter.statuses)
        and _matches_due(record, record_filter, today)
    )


def _matches_due(record: ActionRecord, record_filter: ActionFilter, today: date) -> bool:
    if not record_filter.overdue and record_filter.due_within is None:
        return True
    return (record_filter.overdue and record.overdue) or _is_due_soon(record, record_filter, today)


def _is_due_soon(record: ActionRecord, record_filter: ActionFilter, today: date) -> bool:
    if record_filter.due_within is None or record.due is None or not record.is_open:
        return False
    return today <= record.due <= today + timedelta(days=record_filter.due_within)
