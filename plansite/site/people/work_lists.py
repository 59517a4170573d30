"""What an owner's or agency's page lists: late, next, waiting, checks to make, supporting, finished."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from plansite.model.action import Action
from plansite.model.assessment import SiteOnDate, finished_on
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
from plansite.site.lists.action_lists import group_by_month
from plansite.site.people.workload import Workload

#: So many finished actions stand on the page itself; a list of its own holds them all.
MAX_FINISHED = 20
_LATE_RANGE = DueRange("late", "Late", 1, None)
_NEXT_RANGE = DueRange("next", "Next", None, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingRow:
    """Something that an open action waits for: another's action, or what its last news says."""

    lead: str
    day: date | None
    is_late: bool
    title: Link
    said: str
    owner: Link
    holds_up: Link


@dataclass(frozen=True, slots=True, kw_only=True)
class SupportedRow:
    """An action that somebody else leads; `day` stands behind the words."""

    title: Link
    owner: Link
    words: str
    day: date | None


@dataclass(frozen=True, slots=True)
class CancelledWorkRow:
    """A cancelled action, and why."""

    title: Link
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkView:
    """The lists of one party. Links called `all_…` lead to a list of its own where not all fit here."""

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
    """What one party has to do, helps with and has finished."""
    more = _list_folder(owner_or_agency)
    waiting = tuple(_build_waiting_rows(dated_site, owner_or_agency, workload))
    return WorkView(
        nothing=_build_empty_state(owner_or_agency, workload),
        groups=_build_open_groups(dated_site, workload.open_actions[:ROWS_PER_PAGE]),
        all_open=_link_all(workload.open_actions, ROWS_PER_PAGE, "open action", f"{more}/open.html"),
        waiting=waiting,
        waiting_note=format_count(len(waiting), "thing"),
        checks=build_plain_group(
            "checks", Link("Checks to make"), [build_check_row(dated_site, a) for a in workload.checks], "check"
        )
        if workload.checks
        else None,
        helps=tuple(_build_supported_row(dated_site, action) for action in workload.supporting[:ROWS_PER_PAGE]),
        all_helps=_link_all(workload.supporting, ROWS_PER_PAGE, "action", f"{more}/supporting.html"),
        helped=tuple(_build_supported_row(dated_site, action) for action in workload.supported[:ROWS_PER_PAGE]),
        finished=tuple(build_finished_row(dated_site, action) for action in workload.finished[:MAX_FINISHED]),
        finished_note=f"{format_count(len(workload.finished), 'action')}. Thank you.",
        all_finished=_link_all(workload.finished, MAX_FINISHED, "finished action", f"{more}/finished.html"),
        cancelled=tuple(_build_cancelled_row(action) for action in workload.cancelled),
    )


def build_work_list_pages(dated_site: SiteOnDate, owner_or_agency: OwnerOrAgency, workload: Workload) -> Iterator[Page]:
    """The lists that do not fit on the party's own page, each with all of its actions."""
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
    home = profile_address(owner_or_agency)
    kind = home.partition("/")[0]
    page = Page(
        path=f"{_list_folder(owner_or_agency)}/{name}.html",
        template="lists/finished.html" if name == "finished" else "lists/list.html",
        title=f"{title}: {owner_or_agency.title}",
        view=None,
        section=f"{kind}/index.html",
        trail=(
            Link("Plans", "index.html"),
            Link(kind.capitalize(), f"{kind}/index.html"),
            Link(owner_or_agency.title, home),
            Link(title),
        ),
    )
    lede = DatedText(f"{format_count(number, 'action')}.")
    view = ListView(title=title, lede=lede, eyebrow=Link(owner_or_agency.title, home), groups=groups)
    return paginate(page, view)


def _build_empty_state(owner_or_agency: OwnerOrAgency, workload: Workload) -> EmptyState | None:
    """What is said where no action names this owner; an agency has its owners to show."""
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
    """The way to all of them where they are more than fit; else words for nothing."""
    return Link(f"All {format_count(len(actions), noun)}", href) if len(actions) > limit else Link("")


def _build_open_groups(dated_site: SiteOnDate, open_actions: tuple[Action, ...]) -> tuple[RowGroup, ...]:
    """Late, next, and without a date; rows that will be late are in both of the first."""
    dated = build_action_rows(dated_site, (action for action in open_actions if action.due))
    undated = build_action_rows(dated_site, (action for action in open_actions if not action.due))
    groups = [
        group for band in (_LATE_RANGE, _NEXT_RANGE) if (group := group_rows_in_range(band, dated, dated_site.today))
    ]
    if undated:
        groups.append(build_plain_group("undated", Link("No date yet"), undated))
    return tuple(groups)


def _build_waiting_rows(
    dated_site: SiteOnDate, owner_or_agency: OwnerOrAgency, workload: Workload
) -> Iterator[WaitingRow]:
    """Open actions of others that this party's depend on; a blocked one that names none waits for its last news."""
    for action in workload.open_actions:
        named = (dated_site.site.find_action(name, action.plan) for name in action.depends_on)
        others = [other for other in named if other and other.is_open]
        for other in others:
            if not other.owner.strip() or dated_site.site.find_owner_or_agency(other.owner) is not owner_or_agency:
                yield _build_waiting_row(dated_site, action, other)
        if action.status is Status.BLOCKED and not others:
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


def _build_waiting_row(dated_site: SiteOnDate, action: Action, other: Action) -> WaitingRow:
    name = f"action {action.ref}" if action.ref else action.title
    return WaitingRow(
        lead=format_due(other.due, dated_site.today) if other.due else "No date",
        day=other.due,
        is_late=other.due is not None and other.due < dated_site.today,
        title=action_link(other),
        said="",
        owner=owner_link(dated_site.site, other.owner),
        holds_up=Link(name, action_link(action).href),
    )


def _build_supported_row(dated_site: SiteOnDate, action: Action) -> SupportedRow:
    words, day = "No date yet", action.due
    if not action.is_open:
        words, day = action.status.label if action.status else "", finished_on(action)
    elif day:
        words = "Was due" if day < dated_site.today else "Due"
    if action.status is Status.BLOCKED:
        words = f"Blocked. {words}"
    return SupportedRow(
        title=action_link(action), owner=owner_link(dated_site.site, action.owner), words=words, day=day
    )


def _build_cancelled_row(action: Action) -> CancelledWorkRow:
    reason = f"{action.reason[:1].upper()}{action.reason[1:]}." if action.reason else "No reason is given."
    return CancelledWorkRow(action_link(action), reason)
