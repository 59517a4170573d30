"""The lists of an owner or agency: late, next, waiting, checks to make, supporting, finished, cancelled."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from plansite.model.action import Action
from plansite.model.assessment import SiteOnDate, finished_on
from plansite.model.dates import add_days
from plansite.model.formatting import format_count, format_due
from plansite.model.page_addresses import profile_address
from plansite.model.people import Agency, OwnerOrAgency
from plansite.model.status import Status
from plansite.site.components.check_rows import build_check_row
from plansite.site.components.dated_rows import DatedText, DueRange, RowGroup, build_plain_group, group_rows_in_range
from plansite.site.components.page import Link, Page
from plansite.site.components.page_links import action_link, owner_link
from plansite.site.components.pagination import ROWS_PER_PAGE, EmptyState, ListView, paginate
from plansite.site.components.widgets import FinishedRow, build_action_rows, build_finished_row
from plansite.site.lists.finished_lists import group_by_month
from plansite.site.people.workload import Workload

#: How many finished actions the page itself shows; a separate list shows all of them.
MAX_FINISHED = 20
_LATE_RANGE = DueRange("late", "Late", 1, None)
_NEXT_RANGE = DueRange("next", "Next", None, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingRow:
    """What an open action waits for: an action of somebody else, or what the latest note says (`said`)."""

    lead: str
    day: date | None
    is_late: bool
    title: Link
    said: str
    owner: Link
    holds_up: Link


@dataclass(frozen=True, slots=True, kw_only=True)
class SupportedRow:
    """An action of somebody else, with its status or due date; `day` is shown after `words`."""

    title: Link
    owner: Link
    words: DatedText
    day: date | None


@dataclass(frozen=True, slots=True)
class CancelledWorkRow:
    """A cancelled action, and why."""

    title: Link
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkView:
    """The lists of one owner or agency. The `all_…` links lead to separate lists; empty if all rows fit here."""

    nothing: EmptyState | None
    groups: tuple[RowGroup, ...]
    all_open: Link
    waiting: tuple[WaitingRow, ...]
    waiting_note: str
    checks: RowGroup | None
    helps: tuple[SupportedRow, ...]
    all_helps: Link
    helped: tuple[SupportedRow, ...]
    finished: tuple[FinishedRow, ...]
    finished_note: str
    all_finished: Link
    cancelled: tuple[CancelledWorkRow, ...]


def build_work_view(dated_site: SiteOnDate, owner_or_agency: OwnerOrAgency, workload: Workload) -> WorkView:
    """What an owner or agency has to do, supports and has finished."""
    folder = _list_folder(owner_or_agency)
    waiting = tuple(_build_waiting_rows(dated_site, owner_or_agency, workload))
    return WorkView(
        nothing=_build_empty_state(owner_or_agency, workload),
        groups=_build_open_groups(dated_site, workload.open_actions[:ROWS_PER_PAGE]),
        all_open=_link_all(workload.open_actions, ROWS_PER_PAGE, "open action", f"{folder}/open.html"),
        waiting=waiting,
        waiting_note=format_count(len(waiting), "thing"),
        checks=build_plain_group(
            "checks", Link("Checks to make"), [build_check_row(dated_site, check) for check in workload.checks], "check"
        )
        if workload.checks
        else None,
        helps=tuple(_build_supported_row(dated_site, action) for action in workload.supporting[:ROWS_PER_PAGE]),
        all_helps=_link_all(workload.supporting, ROWS_PER_PAGE, "action", f"{folder}/supporting.html"),
        helped=tuple(_build_supported_row(dated_site, action) for action in workload.supported[:ROWS_PER_PAGE]),
        finished=tuple(build_finished_row(dated_site, action) for action in workload.finished[:MAX_FINISHED]),
        finished_note=f"{format_count(len(workload.finished), 'action')}. Thank you.",
        all_finished=_link_all(workload.finished, MAX_FINISHED, "finished action", f"{folder}/finished.html"),
        cancelled=tuple(_build_cancelled_row(action) for action in workload.cancelled),
    )


def build_work_list_pages(dated_site: SiteOnDate, owner_or_agency: OwnerOrAgency, workload: Workload) -> Iterator[Page]:
    """A separate list for each kind of action that does not fit on the page of the owner or agency."""
    if len(workload.open_actions) > ROWS_PER_PAGE:
        yield from _build_list_pages(
            owner_or_agency,
            "open",
            "Open actions",
            len(workload.open_actions),
            _build_open_groups(dated_site, workload.open_actions),
        )
    if len(workload.supporting) > ROWS_PER_PAGE:
        groups = (
            build_plain_group("supporting", Link("Supporting"), build_action_rows(dated_site, workload.supporting)),
        )
        yield from _build_list_pages(owner_or_agency, "supporting", "Supporting", len(workload.supporting), groups)
    if len(workload.finished) > MAX_FINISHED:
        yield from _build_list_pages(
            owner_or_agency,
            "finished",
            "Finished",
            len(workload.finished),
            group_by_month(dated_site, workload.finished),
        )


def _build_list_pages(
    owner_or_agency: OwnerOrAgency, name: str, title: str, number: int, groups: tuple[RowGroup, ...]
) -> Iterator[Page]:
    address = profile_address(owner_or_agency)
    kind = address.partition("/")[0]
    page = Page(
        path=f"{_list_folder(owner_or_agency)}/{name}.html",
        template="lists/finished.html" if name == "finished" else "lists/list.html",
        title=f"{title}: {owner_or_agency.title}",
        view=None,
        section=f"{kind}/index.html",
        trail=(
            Link("Plans", "index.html"),
            Link(kind.capitalize(), f"{kind}/index.html"),
            Link(owner_or_agency.title, address),
            Link(title),
        ),
    )
    lede = DatedText(f"{format_count(number, 'action')}.")
    view = ListView(title=title, lede=lede, eyebrow=Link(owner_or_agency.title, address), groups=groups)
    return paginate(page, view)


def _build_empty_state(owner_or_agency: OwnerOrAgency, workload: Workload) -> EmptyState | None:
    """The text for an owner whom no action names; None otherwise, and for an agency, whose page lists its owners."""
    if isinstance(owner_or_agency, Agency) or any(
        (
            workload.open_actions,
            workload.finished,
            workload.cancelled,
            workload.supporting,
            workload.supported,
            workload.checks,
        )
    ):
        return None
    note = "That can be right: some lead a plan, pay for it, or give advice."
    return EmptyState(words=f"No action names {owner_or_agency.title}.", note=note)


def _list_folder(owner_or_agency: OwnerOrAgency) -> str:
    return profile_address(owner_or_agency).removesuffix(".html")


def _link_all(actions: tuple[Action, ...], limit: int, noun: str, href: str) -> Link:
    """A link to the list of all actions if there are more than `limit`, else an empty link."""
    return Link(f"All {format_count(len(actions), noun)}", href) if len(actions) > limit else Link("")


def _build_open_groups(dated_site: SiteOnDate, open_actions: tuple[Action, ...]) -> tuple[RowGroup, ...]:
    """Late, next, and without a date. Rows that become late in the coming days are in both of the first groups."""
    dated = build_action_rows(dated_site, (action for action in open_actions if action.due))
    undated = build_action_rows(dated_site, (action for action in open_actions if not action.due))
    groups = [
        group
        for due_range in (_LATE_RANGE, _NEXT_RANGE)
        if (group := group_rows_in_range(due_range, dated, dated_site.today))
    ]
    if undated:
        groups.append(build_plain_group("undated", Link("No date yet"), undated))
    return tuple(groups)


def _build_waiting_rows(
    dated_site: SiteOnDate, owner_or_agency: OwnerOrAgency, workload: Workload
) -> Iterator[WaitingRow]:
    """What the open actions wait for: open actions of others that they depend on, or as the latest note says."""
    for action in workload.open_actions:
        targets = (dated_site.site.find_action(reference, action.plan) for reference in action.depends_on)
        dependencies = [target for target in targets if target and target.is_open]
        for target in dependencies:
            if not target.owner.strip() or dated_site.site.find_owner_or_agency(target.owner) is not owner_or_agency:
                yield _build_waiting_row(dated_site, action, target)
        if action.status is Status.BLOCKED and not dependencies:
            latest = action.body.latest_note
            yield WaitingRow(
                lead="Blocked",
                day=latest.date if latest else None,
                is_late=False,
                title=action_link(action),
                said=latest.text if latest else "Nobody has written yet what it waits for.",
                owner=Link(""),
                holds_up=Link(""),
            )


def _build_waiting_row(dated_site: SiteOnDate, action: Action, dependency: Action) -> WaitingRow:
    name = f"action {action.ref}" if action.ref else action.title
    return WaitingRow(
        lead=format_due(dependency.due, dated_site.today) if dependency.due else "No date",
        day=dependency.due,
        is_late=dependency.due is not None and dependency.due < dated_site.today,
        title=action_link(dependency),
        said="",
        owner=owner_link(dated_site.site, dependency.owner),
        holds_up=Link(name, action_link(action).href),
    )


def _build_supported_row(dated_site: SiteOnDate, action: Action) -> SupportedRow:
    day = action.due if action.is_open else finished_on(action)
    return SupportedRow(
        title=action_link(action),
        owner=owner_link(dated_site.site, action.owner),
        words=_describe_supported(action, dated_site.today),
        day=day,
    )


def _describe_supported(action: Action, today: date) -> DatedText:
    if not action.is_open:
        return DatedText(action.status.label if action.status else "")
    blocked = "Blocked. " if action.status is Status.BLOCKED else ""
    if action.due is None:
        return DatedText(f"{blocked}No date yet")
    if action.due < today:
        return DatedText(f"{blocked}Was due")
    return DatedText(f"{blocked}Due", f"{add_days(action.due, 1)}={blocked}Was due")


def _build_cancelled_row(action: Action) -> CancelledWorkRow:
    reason = f"{action.reason[:1].upper()}{action.reason[1:]}." if action.reason else "No reason is given."
    return CancelledWorkRow(action_link(action), reason)
