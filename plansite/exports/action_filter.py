"""Filtering of action records by plan, owner, status and due date."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from plansite.content.values import parse_choice
from plansite.deferred_dataclass import dataclass
from plansite.exports.action_records import ActionRecord
from plansite.lookup import UnknownNameError, look_up_owner_or_agency, look_up_plan
from plansite.model.dates import add_days
from plansite.model.fields import ChoiceOf
from plansite.model.people import OwnerOrAgency, normalise_name
from plansite.model.site import Site
from plansite.model.status import OPEN_STATUSES, STATUS_SYNONYMS, Status

_STATUS_FIELD = ChoiceOf(Status, STATUS_SYNONYMS)


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionFilter:
    """Conditions on records, which have to match all of them; None and False are no conditions.

    The exception is that with `overdue` and `due_within` (days) a record has to match only one of the two.
    """

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
    """The filter for names as users type them. Raises UnknownNameError for an unknown plan, owner or status."""
    return ActionFilter(
        plan=look_up_plan(site, plan).slug if plan is not None else None,
        owner=look_up_owner_or_agency(site, owner) if owner is not None else None,
        statuses=_parse_statuses(status) if status is not None else None,
        overdue=overdue,
        due_within=due_within,
    )


def _parse_statuses(text: str) -> frozenset[Status | None]:
    """One status by its name or a synonym; for "open" all open ones, and None for those that cannot be read."""
    if normalise_name(text) == "open":
        return OPEN_STATUSES | {None}
    status = parse_choice(_STATUS_FIELD, text)
    if status is None:
        raise UnknownNameError("status", text, [*map(str, Status), *STATUS_SYNONYMS])
    return frozenset({status})


def filter_records(
    records: Iterable[ActionRecord], record_filter: ActionFilter, site: Site, today: date
) -> tuple[ActionRecord, ...]:
    """The records that match, in the order given."""
    return tuple(record for record in records if _matches(record, record_filter, site, today))


def count_unreadable_not_shown(
    records: Iterable[ActionRecord], shown: Iterable[ActionRecord], record_filter: ActionFilter
) -> int:
    """The number of unreadable files in the filter's plan that are not shown, although they might match."""
    return _count_unreadable(records, record_filter) - _count_unreadable(shown, record_filter)


def _count_unreadable(records: Iterable[ActionRecord], record_filter: ActionFilter) -> int:
    return sum(not record.is_readable and _is_in_plan(record, record_filter) for record in records)


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
    return today <= record.due <= add_days(today, record_filter.due_within)
