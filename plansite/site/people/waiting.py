"""Which open actions of an owner or agency are held up by others, and by whom."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date

from plansite.deferred_dataclass import dataclass
from plansite.model.assessment import SiteOnDate
from plansite.model.dependencies import find_dependencies
from plansite.model.documents.action import Action
from plansite.model.formatting import format_due
from plansite.model.page_addresses import profile_address
from plansite.model.status import Status
from plansite.site.components.page import Link
from plansite.site.components.page_links import action_link, owner_link

_NOTHING = Link("")


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingRow:
    """An open action (`title`) and what holds it up: an open action of somebody else, or what the latest note says.

    `lead` and `day` are when the other action (`waits_for`) is due. If there is none, the row is of a blocked action,
    `said` its latest note, and `day` the date of that note.
    """

    lead: str
    day: date | None
    is_late: bool
    title: Link
    waits_for: Link = _NOTHING
    owner: Link = _NOTHING
    said: str = ""


def build_waiting_rows(
    dated_site: SiteOnDate, open_actions: Sequence[Action], insiders: Collection[str]
) -> tuple[WaitingRow, ...]:
    """What these open actions wait for: by when it is due, then what has no date, then what is blocked in another way.

    `insiders` are the addresses of the pages of those who own the actions: nobody waits for what is their own.
    """
    dependencies = {
        (action.plan, action.slug): [other for other in find_dependencies(dated_site.site, action) if other.is_open]
        for action in open_actions
    }
    pairs = [
        (action, other)
        for action in open_actions
        for other in dependencies[action.plan, action.slug]
        if _find_owner_page(dated_site, other) not in insiders
    ]
    pairs.sort(key=lambda pair: pair[1].due or date.max)
    stuck = (
        action
        for action in open_actions
        if action.status is Status.BLOCKED and not dependencies[action.plan, action.slug]
    )
    return (*(_build_waiting_row(dated_site, *pair) for pair in pairs), *_build_blocked_rows(stuck))


def count_held_up(rows: Sequence[WaitingRow]) -> int:
    """The number of actions in these rows; one that waits for two others has two rows."""
    return len({row.title.href for row in rows})


def _find_owner_page(dated_site: SiteOnDate, action: Action) -> str:
    """The address of the page of an action's owner; "" if nobody is named, or somebody without a page."""
    owner = dated_site.site.find_owner_or_agency(action.owner) if action.owner.strip() else None
    return profile_address(owner) if owner else ""


def _build_waiting_row(dated_site: SiteOnDate, action: Action, dependency: Action) -> WaitingRow:
    return WaitingRow(
        lead=format_due(dependency.due, dated_site.today) if dependency.due else "No date",
        day=dependency.due,
        is_late=dependency.due is not None and dependency.due < dated_site.today,
        title=action_link(action),
        waits_for=action_link(dependency),
        owner=owner_link(dated_site.site, dependency.owner),
    )


def _build_blocked_rows(actions: Iterator[Action]) -> Iterator[WaitingRow]:
    for action in actions:
        latest = action.body.latest_note
        yield WaitingRow(
            lead="Blocked",
            day=latest.date if latest else None,
            is_late=False,
            title=action_link(action),
            said=latest.text if latest else "No reason is given yet.",
        )
