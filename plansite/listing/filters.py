"""Which entries somebody wants to see."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from plansite.content.values import word
from plansite.listing.entries import Entry
from plansite.listing.known import UnknownNameError, party_named, plan_named
from plansite.model.fields import Choice
from plansite.model.people import Party, same_name
from plansite.model.site import Site
from plansite.model.status import OPEN, SYNONYMS, Status

_STATUS = Choice(Status, SYNONYMS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What to keep; None and False ask for nothing. `overdue` and `due_within` (days) widen each other."""

    plan: str | None = None
    owner: Party | None = None
    statuses: frozenset[Status | None] | None = None
    overdue: bool = False
    due_within: int | None = None


def wanted(
    site: Site,
    *,
    plan: str | None = None,
    owner: str | None = None,
    status: str | None = None,
    overdue: bool = False,
    due_within: int | None = None,
) -> Wanted:
    """The filter that these words ask for. Raises UnknownNameError for a plan, owner or status that is not there."""
    return Wanted(
        plan=plan_named(site, plan).slug if plan is not None else None,
        owner=party_named(site, owner) if owner is not None else None,
        statuses=_statuses(status) if status is not None else None,
        overdue=overdue,
        due_within=due_within,
    )


def _statuses(text: str) -> frozenset[Status | None]:
    """One status by any of its words; "open" alone means all that is not known to be finished."""
    if same_name(text) == "open":
        return OPEN | {None}
    found = word(_STATUS, text)
    if found is None:
        raise UnknownNameError("status", text, [*map(str, Status), *SYNONYMS])
    return frozenset({found})


def chosen(entries: Iterable[Entry], wanted: Wanted, site: Site, today: date) -> tuple[Entry, ...]:
    """The entries that match, in the order given."""
    return tuple(entry for entry in entries if _matches(entry, wanted, site, today))


def unsure(entries: Iterable[Entry], shown: Iterable[Entry], wanted: Wanted) -> int:
    """How many unreadable files of the plans asked for are not shown, since nobody knows whether they match."""
    return _unread(entries, wanted) - _unread(shown, wanted)


def _unread(entries: Iterable[Entry], wanted: Wanted) -> int:
    return sum(not entry.is_read and _in_plan(entry, wanted) for entry in entries)


def _in_plan(entry: Entry, wanted: Wanted) -> bool:
    return wanted.plan is None or entry.plan == wanted.plan


def _matches(entry: Entry, wanted: Wanted, site: Site, today: date) -> bool:
    return (
        _in_plan(entry, wanted)
        and (wanted.owner is None or site.party(entry.owner) == wanted.owner)
        and (wanted.statuses is None or entry.status in wanted.statuses)
        and _is_timely(entry, wanted, today)
    )


def _is_timely(entry: Entry, wanted: Wanted, today: date) -> bool:
    if not wanted.overdue and wanted.due_within is None:
        return True
    return (wanted.overdue and entry.overdue) or _is_due_soon(entry, wanted, today)


def _is_due_soon(entry: Entry, wanted: Wanted, today: date) -> bool:
    if wanted.due_within is None or entry.due is None or not entry.is_open:
        return False
    return today <= entry.due <= today + timedelta(days=wanted.due_within)
