"""Which open actions of an owner or agency are held up by others, and by whom."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date

from plansite.model.assessment import SiteOnDate, due_sort_key
from plansite.model.dependencies import find_dependencies
from plansite.model.documents.action import Action
from plansite.model.formatting import format_due
from plansite.model.status import Status
from plansite.site.components.page_links import action_link, owner_link
from plansite.site.lists.plan_entries import find_profile_page
from plansite.site.people.work_rows import WaitingRow
from plansite.site.people.work_share import WaitingEntry

#: What waits for others is sorted before what is blocked in another way.
_WAITS, _IS_BLOCKED = 0, 1


def list_waiting_entries(dated_site: SiteOnDate, action: Action) -> Iterator[WaitingEntry]:
    """What an open action waits for, sorted by when that is due; if it waits for nothing, that it is blocked."""
    others = [other for other in find_dependencies(dated_site.site, action) if other.is_open]
    for other in others:
        order = (_WAITS, other.due or date.max, due_sort_key(action))
        yield WaitingEntry(
            order, _build_waiting_row(dated_site, action, other), find_profile_page(dated_site, other.owner)
        )
    if action.status is Status.BLOCKED and not others:
        yield WaitingEntry((_IS_BLOCKED, date.max, due_sort_key(action)), _build_blocked_row(action), "")


def select_waiting_rows(entries: Iterable[WaitingEntry], insiders: Collection[str]) -> tuple[WaitingRow, ...]:
    """The rows of what is held up by others: by when that is due, then without a date, then blocked otherwise.

    `insiders` are the addresses of the pages of those who own the actions: nobody waits for what is their own.
    """
    return tuple(entry.row for entry in entries if entry.page not in insiders)


def count_held_up(rows: Sequence[WaitingRow]) -> int:
    """The number of actions in these rows; one that waits for two others has two rows."""
    return len({row.title.href for row in rows})


def _build_waiting_row(dated_site: SiteOnDate, action: Action, dependency: Action) -> WaitingRow:
    return WaitingRow(
        lead=format_due(dependency.due, dated_site.today) if dependency.due else "No date",
        day=dependency.due,
        is_late=dependency.due is not None and dependency.due < dated_site.today,
        title=action_link(action),
        waits_for=action_link(dependency),
        owner=owner_link(dated_site.site, dependency.owner),
    )


def _build_blocked_row(action: Action) -> WaitingRow:
    latest = action.body.latest_note
    return WaitingRow(
        lead="Blocked",
        day=latest.date if latest else None,
        is_late=False,
        title=action_link(action),
        said=latest.text if latest else "No reason is given yet.",
    )
