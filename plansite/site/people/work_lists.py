"""The lists of an owner or agency: late, next, waiting, checks to make, supporting, finished, cancelled."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date

from plansite.deferred_dataclass import dataclass
from plansite.model.assessment import SiteOnDate, finished_on
from plansite.model.documents.action import Action
from plansite.model.documents.request_answers import list_pending_requests
from plansite.model.follow_up.outstanding_checks import OutstandingCheck
from plansite.model.formatting import format_count, format_due, is_or_are
from plansite.model.page_addresses import profile_address
from plansite.model.people import Agency, OwnerOrAgency
from plansite.model.status import Status
from plansite.site.components.check_rows import build_check_row
from plansite.site.components.dated_rows import (
    DatedText,
    DueRange,
    RowGroup,
    build_dated_text,
    build_plain_group,
    group_rows_in_range,
    list_days_after,
)
from plansite.site.components.page import Link, Page
from plansite.site.components.page_links import action_link, owner_link
from plansite.site.components.pagination import ROWS_PER_PAGE, EmptyState, ListView, paginate
from plansite.site.components.widgets import (
    FinishedRow,
    build_action_rows,
    build_finished_row,
    build_status_tag,
    format_drop_reason,
    name_dropped,
)
from plansite.site.evidence.kept_evidence import build_kept_evidence
from plansite.site.lists.finished_lists import group_by_month, list_finished_rows
from plansite.site.oversight.pending import PendingRequestRow, PendingRow, build_escalation_rows, build_request_rows
from plansite.site.people.waiting import WaitingRow, build_waiting_rows, count_held_up
from plansite.site.people.workload import Workload

#: How many finished actions the page itself shows; a separate list shows all of them.
MAX_FINISHED = 20
#: Of how many open actions, its own and its owners', the page of an agency shows all.
MAX_OPEN_OF_AGENCY = 50
_LATE_RANGE = DueRange("late", "Late", 1, None)
_NEXT_RANGE = DueRange("next", "Next", None, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class SupportedRow:
    """An action of somebody else: in words when it is due, or how it ended; `day` is shown after them."""

    title: Link
    owner: Link
    words: str
    day: date | None
    is_late: bool
    is_blocked: bool


@dataclass(frozen=True, slots=True)
class CancelledWorkRow:
    """A cancelled action, and why."""

    title: Link
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkView:
    """The lists of one owner or agency. The `all_…` links lead to separate lists; empty if all rows fit here."""

    nothing: EmptyState | None
    shows_owner: bool
    groups: tuple[RowGroup, ...]
    all_open: Link
    waiting: tuple[WaitingRow, ...]
    waiting_note: str
    checks: RowGroup | None
    interim_checks: RowGroup | None
    requests: tuple[PendingRequestRow, ...]
    requests_note: str
    questions: tuple[PendingRequestRow, ...]
    escalations: tuple[PendingRow, ...]
    evidence: tuple[RowGroup, ...]
    helps: tuple[SupportedRow, ...]
    late_helps: DatedText
    all_helps: Link
    helped: tuple[SupportedRow, ...]
    finished: tuple[FinishedRow, ...]
    finished_note: str
    all_finished: Link
    cancelled: tuple[CancelledWorkRow, ...]
    cancelled_title: str


def build_work_view(dated_site: SiteOnDate, owner_or_agency: OwnerOrAgency, workload: Workload) -> WorkView:
    """What an owner or agency has to do, supports and has finished.

    The open actions of an agency are also those of its owners.
    """
    folder, limit = _list_folder(owner_or_agency), _find_limit(owner_or_agency)
    waiting = build_waiting_rows(dated_site, workload.open_actions, workload.pages)
    requests = build_request_rows(dated_site, list_pending_requests(dated_site.site, workload.open_actions))
    return WorkView(
        nothing=_build_empty_state(owner_or_agency, workload),
        shows_owner=isinstance(owner_or_agency, Agency),
        groups=_build_open_groups(dated_site, workload.open_actions, limit),
        all_open=_link_all(workload.open_actions, limit, "open action", f"{folder}/open.html"),
        waiting=waiting,
        waiting_note=format_count(count_held_up(waiting), "action"),
        checks=_build_check_group(dated_site, "checks", "Checks to make", workload.finished_checks),
        interim_checks=_build_check_group(dated_site, "interim", "Interim controls to check", workload.interim_checks),
        requests=requests,
        requests_note=f"{format_count(len(requests), 'question')} without an answer.",
        questions=build_request_rows(dated_site, workload.questions),
        escalations=build_escalation_rows(dated_site, workload.escalations),
        evidence=build_kept_evidence(dated_site, workload.evidence),
        helps=tuple(_build_supported_row(dated_site, action) for action in workload.supporting[:ROWS_PER_PAGE]),
        late_helps=_describe_late_supported(workload, dated_site.today),
        all_helps=_link_all(workload.supporting, ROWS_PER_PAGE, "action", f"{folder}/supporting.html"),
        helped=tuple(_build_supported_row(dated_site, action) for action in workload.supported[:ROWS_PER_PAGE]),
        finished=tuple(build_finished_row(dated_site, action) for action in workload.finished[:MAX_FINISHED]),
        finished_note=f"{format_count(len(workload.finished), 'action')}. Thank you.",
        all_finished=_link_all(workload.finished, MAX_FINISHED, "finished action", f"{folder}/finished.html"),
        cancelled=tuple(_build_cancelled_row(action) for action in workload.cancelled),
        cancelled_title=name_dropped(workload.cancelled),
    )


def _build_check_group(
    dated_site: SiteOnDate, key: str, title: str, checks: tuple[OutstandingCheck, ...]
) -> RowGroup | None:
    """The group of these checks; None without any."""
    rows = [build_check_row(dated_site, check, is_among_controls=key == "interim") for check in checks]
    return build_plain_group(key, Link(title), rows, "check") if rows else None


def build_work_list_pages(dated_site: SiteOnDate, owner_or_agency: OwnerOrAgency, workload: Workload) -> Iterator[Page]:
    """A separate list for each kind of action that does not fit on the page of the owner or agency."""
    if len(workload.open_actions) > _find_limit(owner_or_agency):
        yield from _build_list_pages(
            owner_or_agency,
            "open",
            "Open actions",
            len(workload.open_actions),
            _build_open_groups(dated_site, workload.open_actions, len(workload.open_actions)),
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
            group_by_month(list_finished_rows(dated_site, workload.finished)),
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
            workload.escalations,
            workload.questions,
            workload.evidence,
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


def _find_limit(owner_or_agency: OwnerOrAgency) -> int:
    """How many open actions the page itself shows. An agency has those of all its owners."""
    return MAX_OPEN_OF_AGENCY if isinstance(owner_or_agency, Agency) else ROWS_PER_PAGE


def _build_open_groups(dated_site: SiteOnDate, open_actions: tuple[Action, ...], limit: int) -> tuple[RowGroup, ...]:
    """Late, next, and without a date. Rows that become late in the coming days are in both of the first groups.

    Of more than `limit` the first are shown. Each group counts all of its own, whether they are shown or not.
    """
    due_dates = [action.due for action in open_actions if action.due]
    shown = open_actions[:limit]
    dated = build_action_rows(dated_site, (action for action in shown if action.due))
    undated = build_action_rows(dated_site, (action for action in shown if not action.due))
    number_undated = len(open_actions) - len(due_dates)
    late = group_rows_in_range(_LATE_RANGE, dated, dated_site.today)
    coming = group_rows_in_range(_NEXT_RANGE, dated, dated_site.today)
    groups = [
        late and _count_in_note(late, lambda day: bisect_left(due_dates, day), dated_site.today),
        coming and _count_in_note(coming, lambda day: len(due_dates) - bisect_left(due_dates, day), dated_site.today),
        replace(
            build_plain_group("undated", Link("No date yet"), undated),
            note=DatedText(format_count(number_undated, "action")),
        )
        if undated
        else None,
    ]
    return _say_where_the_rest_is([group for group in groups if group], len(shown) < len(open_actions))


def _count_in_note(group: RowGroup, count_on: Callable[[date], int], today: date) -> RowGroup:
    return replace(group, note=build_dated_text(lambda day: format_count(count_on(day), "action"), today))


def _say_where_the_rest_is(groups: list[RowGroup], is_cut: bool) -> tuple[RowGroup, ...]:
    if not is_cut or not groups:
        return tuple(groups)
    return (*groups[:-1], replace(groups[-1], tail=DatedText("The rest are on the list of all open actions.")))


def _build_supported_row(dated_site: SiteOnDate, action: Action) -> SupportedRow:
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


def _describe_late_supported(workload: Workload, today: date) -> DatedText:
    """How many of the supported actions are late, for each day; empty while none is."""
    due_dates = [action.due for action in workload.supporting if action.due]

    def describe(day: date) -> str:
        late = bisect_left(due_dates, day)
        return f"{late:,} {is_or_are(late)} late." if late else ""

    return build_dated_text(describe, today, list_days_after(due_dates))


def _build_cancelled_row(action: Action) -> CancelledWorkRow:
    return CancelledWorkRow(action_link(action), format_drop_reason(action))
