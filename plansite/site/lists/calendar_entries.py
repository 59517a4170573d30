"""The entries of the calendar: actions with a due date, checks, reviews, replies, and evidence that expires."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from plansite.model.assessment import SiteOnDate
from plansite.model.documents.action import Action
from plansite.model.documents.plan import Plan
from plansite.model.evidence.listing import RecordedEvidence, list_evidence
from plansite.model.formatting import format_count, format_list, shorten
from plansite.model.notices.notice_clock import find_notice_due, name_notice, notice_sort_key
from plansite.model.page_addresses import action_address, page_address, plan_address
from plansite.model.recurrence import list_check_days
from plansite.model.review_dates import next_review_date
from plansite.site.components.check_rows import OutstandingCheck, list_outstanding_checks
from plansite.site.components.page_links import owner_link


class CalendarEntryKind(StrEnum):
    """What is due: finishing an action, checking one, reviewing a plan, answering a notice; or evidence expires."""

    ACTION = "action"
    CHECK = "check"
    REVIEW = "review"
    NOTICE = "notice"
    EXPIRY = "expiry date"


#: How many characters of an interim control an entry shows.
_MAX_CONTROL_LENGTH = 60
_KIND_ORDER = {kind: number for number, kind in enumerate(CalendarEntryKind)}


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """Something that is due on a day.

    `first_day` orders the entries of a day: for a recurring check it is the day of the next one, else `day`. `page` is
    the output path of its page. `owner` is the name of the owner or checker as pages show it. `plan` is the title of
    the plan; empty for a review, whose own title names the plan.
    """

    day: date
    kind: CalendarEntryKind
    first_day: date
    title: str
    page: str
    owner: str
    plan: str


EntriesByDay = Mapping[date, tuple[CalendarEntry, ...]]


def group_entries_by_day(entries: Iterable[CalendarEntry]) -> EntriesByDay:
    """Entries by day, in the order of days; on each day actions, then checks, reviews, notices and expiry dates.

    `entries` are those of `list_calendar_entries` of each plan, in the order of plans.
    """
    by_day: dict[date, list[CalendarEntry]] = defaultdict(list)
    for entry in sorted(entries, key=_sort_key):
        by_day[entry.day].append(entry)
    return {day: tuple(entries_of_day) for day, entries_of_day in by_day.items()}


def _sort_key(entry: CalendarEntry) -> tuple[date, int, date]:
    return entry.day, _KIND_ORDER[entry.kind], entry.first_day


def list_calendar_entries(dated_site: SiteOnDate, plan: Plan) -> Iterator[CalendarEntry]:
    """The entries of one plan, those of the same kind and day by `Action.sort_key`. The site may hold it alone."""
    for action in dated_site.open_actions:
        if action.due and action.plan == plan.slug:
            yield CalendarEntry(
                day=action.due,
                kind=CalendarEntryKind.ACTION,
                first_day=action.due,
                title=action.title,
                page=action_address(action),
                owner=_format_owner(dated_site, action.owner),
                plan=plan.title,
            )
    for check in list_outstanding_checks(dated_site):
        if check.due and check.document.plan == plan.slug:
            yield from _build_check_entries(dated_site, check, check.due, plan)
    review = next_review_date(plan)
    if review:
        yield CalendarEntry(
            day=review,
            kind=CalendarEntryKind.REVIEW,
            first_day=review,
            title=f"Review: {plan.title}",
            page=plan_address(plan.slug, "reviews"),
            owner=_format_owner(dated_site, plan.owner),
            plan="",
        )
    yield from _build_notice_entries(dated_site, plan)
    for recorded in list_evidence(plan):
        if recorded.evidence.expires:
            yield _build_expiry_entry(dated_site, recorded, recorded.evidence.expires, plan)


def _build_expiry_entry(dated_site: SiteOnDate, recorded: RecordedEvidence, expires: date, plan: Plan) -> CalendarEntry:
    """The last day on which a piece of evidence counts."""
    document = recorded.document
    return CalendarEntry(
        day=expires,
        kind=CalendarEntryKind.EXPIRY,
        first_day=expires,
        title=f"Evidence expires: {recorded.evidence.label or recorded.evidence.url}",
        page=page_address(document),
        owner=_format_owner(dated_site, recorded.keeper),
        plan=plan.title,
    )


def _build_notice_entries(dated_site: SiteOnDate, plan: Plan) -> Iterator[CalendarEntry]:
    """The notices of a plan to which no reply is noted, by the day by which to reply."""
    for notice in sorted(plan.instrument, key=notice_sort_key):
        due = find_notice_due(notice)
        if due and notice.sent is None:
            yield CalendarEntry(
                day=due,
                kind=CalendarEntryKind.NOTICE,
                first_day=due,
                title=f"Reply: {name_notice(notice)}",
                page=plan_address(plan.slug),
                owner=_format_owner(dated_site, plan.owner),
                plan=plan.title,
            )


def _build_check_entries(
    dated_site: SiteOnDate, check: OutstandingCheck, due: date, plan: Plan
) -> Iterator[CalendarEntry]:
    """An outstanding check and, if it recurs, those that follow it."""
    document = check.document
    days = list_check_days(document) if check.is_recurring and isinstance(document, Action) else ()
    further = (day for day in days if day > due)
    for day in (due, *further):
        yield CalendarEntry(
            day=day,
            kind=CalendarEntryKind.CHECK,
            first_day=due,
            title=shorten(check.title, _MAX_CONTROL_LENGTH) if check.control else check.title,
            page=page_address(document),
            owner=_format_owner(dated_site, check.by),
            plan=plan.title,
        )


def _format_owner(dated_site: SiteOnDate, name: str) -> str:
    return owner_link(dated_site.site, name).text.strip() or "No owner yet"


def format_counts(counts: Mapping[CalendarEntryKind, int]) -> str:
    """The counts in words, "4 actions, 2 checks and 1 review"; empty for none."""
    return format_list([format_count(counts[kind], kind.value) for kind in CalendarEntryKind if counts.get(kind)])
