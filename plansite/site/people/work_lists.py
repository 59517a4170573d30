"""The lists of an owner or agency: late, next, waiting, checks to make, supporting, finished, cancelled."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from plansite.deferred_dataclass import dataclass
from plansite.model.formatting import format_count, is_or_are
from plansite.model.page_addresses import profile_address
from plansite.model.people import Agency, OwnerOrAgency
from plansite.site.components.dated_rows import (
    DatedText,
    DueRange,
    RowGroup,
    build_dated_text,
    build_plain_group,
    group_rows_in_range,
    list_days_after,
)
from plansite.site.components.drawn_rows import DrawnRow
from plansite.site.components.page import Link, Page
from plansite.site.components.pagination import ROWS_PER_PAGE, EmptyState, ListView, paginate
from plansite.site.components.widgets import FinishedRow, name_dropped
from plansite.site.evidence.kept_evidence import group_kept_evidence
from plansite.site.lists.finished_lists import group_by_month
from plansite.site.lists.plan_entries import ListedRow, leave_out_values
from plansite.site.oversight.pending import PendingRequestRow, PendingRow
from plansite.site.people.waiting import count_held_up, select_waiting_rows
from plansite.site.people.work_rows import CancelledWorkRow, SupportedRow, WaitingRow
from plansite.site.people.work_share import WorkShare

#: How many finished actions the page itself shows; a separate list shows all of them.
MAX_FINISHED = 20
#: Of how many open actions, its own and its owners', the page of an agency shows all.
MAX_OPEN_OF_AGENCY = 50
_LATE_RANGE = DueRange("late", "Late", 1, None)
_NEXT_RANGE = DueRange("next", "Next", None, 0)


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
    finished: tuple[FinishedRow | DrawnRow, ...]
    finished_note: str
    all_finished: Link
    cancelled: tuple[CancelledWorkRow, ...]
    cancelled_title: str


# Long because it is one call with a line for each list.
def build_work_view(
    owner_or_agency: OwnerOrAgency, work: WorkShare, insiders: Iterable[OwnerOrAgency], today: date
) -> WorkView:
    """What an owner or agency has to do, supports and has finished.

    The open actions of an agency are also those of its owners, and `insiders` all who own them.
    """
    folder, limit = _list_folder(owner_or_agency), _find_limit(owner_or_agency)
    waiting = select_waiting_rows(work.waiting, set(map(profile_address, insiders)))
    return WorkView(
        nothing=_build_empty_state(owner_or_agency, work),
        shows_owner=isinstance(owner_or_agency, Agency),
        groups=_build_open_groups(work.open, limit, today),
        all_open=_link_all(len(work.open), limit, "open action", f"{folder}/open.html"),
        waiting=waiting,
        waiting_note=format_count(count_held_up(waiting), "action"),
        checks=_build_check_group("checks", "Checks to make", work.checks),
        interim_checks=_build_check_group("interim", "Interim controls to check", work.controls),
        requests=tuple(entry.row for entry in work.requests),
        requests_note=f"{format_count(len(work.requests), 'question')} without an answer.",
        questions=tuple(entry.row for entry in work.questions),
        escalations=work.escalations,
        evidence=group_kept_evidence(
            (entry.expired for entry in work.evidence), (entry.expiring for entry in work.evidence), today
        ),
        helps=tuple(entry.row for entry in work.supporting[:ROWS_PER_PAGE]),
        late_helps=_describe_late_supported(work, today),
        all_helps=_link_all(len(work.supporting), ROWS_PER_PAGE, "action", f"{folder}/supporting.html"),
        helped=tuple(entry.row for entry in work.supported[:ROWS_PER_PAGE]),
        finished=tuple(entry.row for entry in work.finished[:MAX_FINISHED]),
        finished_note=f"{format_count(len(work.finished), 'action')}. Thank you.",
        all_finished=_link_all(len(work.finished), MAX_FINISHED, "finished action", f"{folder}/finished.html"),
        cancelled=tuple(entry.row for entry in work.cancelled),
        cancelled_title=name_dropped(entry.word for entry in work.cancelled),
    )


def _build_check_group(key: str, title: str, checks: Iterable[ListedRow]) -> RowGroup | None:
    """The group of these checks; None without any."""
    rows = [leave_out_values(check.row) for check in checks]
    return build_plain_group(key, Link(title), rows, "check") if rows else None


def build_work_list_pages(owner_or_agency: OwnerOrAgency, work: WorkShare, today: date) -> Iterator[Page]:
    """A separate list for each kind of action that does not fit on the page of the owner or agency."""
    number = len(work.open)
    if number > _find_limit(owner_or_agency):
        groups = _build_open_groups(work.open, number, today)
        yield from _build_list_pages(owner_or_agency, "open", "Open actions", number, groups)
    if len(work.supporting) > ROWS_PER_PAGE:
        rows = [leave_out_values(entry.listed) for entry in work.supporting if entry.listed]
        groups = (build_plain_group("supporting", Link("Supporting"), rows),)
        yield from _build_list_pages(owner_or_agency, "supporting", "Supporting", len(rows), groups)
    if len(work.finished) > MAX_FINISHED:
        groups = group_by_month((entry.day, entry.row) for entry in work.finished)
        yield from _build_list_pages(owner_or_agency, "finished", "Finished", len(work.finished), groups)


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


def _build_empty_state(owner_or_agency: OwnerOrAgency, work: WorkShare) -> EmptyState | None:
    """The text for an owner whom no action names; None otherwise, and for an agency, whose page lists its owners."""
    shown = (work.open, work.finished, work.cancelled, work.supporting, work.supported, work.checks, work.controls)
    if isinstance(owner_or_agency, Agency) or any((*shown, work.escalations, work.questions, work.evidence)):
        return None
    note = "That can be right: some lead a plan, pay for it, or give advice."
    return EmptyState(words=f"No action names {owner_or_agency.title}.", note=note)


def _list_folder(owner_or_agency: OwnerOrAgency) -> str:
    return profile_address(owner_or_agency).removesuffix(".html")


def _link_all(number: int, limit: int, noun: str, href: str) -> Link:
    """A link to the list of all actions if there are more than `limit`, else an empty link."""
    return Link(f"All {format_count(number, noun)}", href) if number > limit else Link("")


def _find_limit(owner_or_agency: OwnerOrAgency) -> int:
    """How many open actions the page itself shows. An agency has those of all its owners."""
    return MAX_OPEN_OF_AGENCY if isinstance(owner_or_agency, Agency) else ROWS_PER_PAGE


def _build_open_groups(open_rows: Sequence[ListedRow], limit: int, today: date) -> tuple[RowGroup, ...]:
    """Late, next, and without a date. Rows that become late in the coming days are in both of the first groups.

    Of more than `limit` the first are shown. Each group counts all of its own, whether they are shown or not.
    """
    due_dates = [each.row.due for each in open_rows if each.row.due]
    shown = [leave_out_values(each.row) for each in open_rows[:limit]]
    dated, undated = [row for row in shown if row.due], [row for row in shown if not row.due]
    number_undated = len(open_rows) - len(due_dates)
    late = group_rows_in_range(_LATE_RANGE, dated, today)
    coming = group_rows_in_range(_NEXT_RANGE, dated, today)
    groups = [
        late and _count_in_note(late, lambda day: bisect_left(due_dates, day), today),
        coming and _count_in_note(coming, lambda day: len(due_dates) - bisect_left(due_dates, day), today),
        replace(
            build_plain_group("undated", Link("No date yet"), undated),
            note=DatedText(format_count(number_undated, "action")),
        )
        if undated
        else None,
    ]
    return _say_where_the_rest_is([group for group in groups if group], len(shown) < len(open_rows))


def _count_in_note(group: RowGroup, count_on: Callable[[date], int], today: date) -> RowGroup:
    return replace(group, note=build_dated_text(lambda day: format_count(count_on(day), "action"), today))


def _say_where_the_rest_is(groups: list[RowGroup], is_cut: bool) -> tuple[RowGroup, ...]:
    if not is_cut or not groups:
        return tuple(groups)
    return (*groups[:-1], replace(groups[-1], tail=DatedText("The rest are on the list of all open actions.")))


def _describe_late_supported(work: WorkShare, today: date) -> DatedText:
    """How many of the supported actions are late, for each day; empty while none is."""
    due_dates = [entry.row.day for entry in work.supporting if entry.row.day]

    def describe(day: date) -> str:
        late = bisect_left(due_dates, day)
        return f"{late:,} {is_or_are(late)} late." if late else ""

    return build_dated_text(describe, today, list_days_after(due_dates))
