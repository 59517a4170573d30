"""The actions, checks and plans of each owner and agency, for digests, and sentences about how much it is."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import TypeVar

from plansite.deferred_dataclass import dataclass
from plansite.model.assessment import SiteOnDate
from plansite.model.dates import add_days
from plansite.model.decisions import PendingEscalation, list_pending_escalations
from plansite.model.documents.action import Action
from plansite.model.documents.plan import Plan
from plansite.model.documents.request_answers import PendingRequest, list_pending_requests
from plansite.model.evidence.listing import RecordedEvidence, list_evidence
from plansite.model.follow_up.outstanding_checks import OutstandingCheck, list_outstanding_checks
from plansite.model.formatting import format_count, format_list, format_long_date, is_or_are
from plansite.model.page_addresses import profile_address
from plansite.model.people import OwnerOrAgency
from plansite.site.components.dated_rows import DatedText, build_dated_text, list_days_after

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Workload:
    """The work of one owner or agency: open actions by due date, finished ones newest first, and what waits for them.

    `pages` are the addresses of the pages of those who own the open actions. `evidence` is what they keep and what
    expires some day, that first which expires first. `questions` are those that they asked others, without an answer.
    """

    pages: frozenset[str]
    open_actions: tuple[Action, ...]
    finished: tuple[Action, ...]
    checks: tuple[OutstandingCheck, ...]
    escalations: tuple[PendingEscalation, ...]
    led_plans: tuple[Plan, ...]
    evidence: tuple[RecordedEvidence, ...]
    questions: tuple[PendingRequest, ...]

    @property
    def due_dates(self) -> list[date]:
        """The due dates of the open actions, the earliest first."""
        return [action.due for action in self.open_actions if action.due]


@dataclass(frozen=True, slots=True)
class Workloads:
    """The workload of each owner and agency, by the address of its page; an owner and an agency may have one slug."""

    by_page: Mapping[str, Workload]

    def find(self, owner_or_agency: OwnerOrAgency) -> Workload:
        """The workload of an owner or agency."""
        return self.by_page[profile_address(owner_or_agency)]


def build_workloads(dated_site: SiteOnDate) -> Workloads:
    """The workloads of all owners and agencies."""
    people, plans = dated_site.site.people, dated_site.site.plans
    open_actions = _group_by_owner_or_agency(dated_site, dated_site.open_actions, lambda action: action.owner)
    finished = _group_by_owner_or_agency(dated_site, dated_site.finished_actions, lambda action: action.owner)
    checks = _group_by_owner_or_agency(dated_site, list_outstanding_checks(dated_site), lambda check: check.by)
    difficulties = [each for plan in plans for each in list_pending_escalations(plan)]
    escalations = _group_by_owner_or_agency(dated_site, difficulties, lambda each: each.escalation.to)
    leads = _group_by_owner_or_agency(dated_site, plans, lambda plan: plan.owner)
    questions = _group_by_owner_or_agency(dated_site, _list_questions(dated_site), lambda each: each.request.by)
    kept = _group_by_owner_or_agency(dated_site, _list_expiring_evidence(dated_site), lambda each: each.keeper)
    owners_and_agencies: tuple[OwnerOrAgency, ...] = (*people.owners, *people.agencies)
    by_page = {
        page: Workload(
            pages=frozenset({page}),
            open_actions=open_actions.get(page, ()),
            finished=finished.get(page, ()),
            checks=checks.get(page, ()),
            escalations=escalations.get(page, ()),
            led_plans=leads.get(page, ()),
            evidence=kept.get(page, ()),
            questions=questions.get(page, ()),
        )
        for page in map(profile_address, owners_and_agencies)
    }
    return Workloads(by_page)


def _list_questions(dated_site: SiteOnDate) -> Iterator[PendingRequest]:
    """The questions without an answer, the oldest first, but for those that somebody asked themselves."""
    site = dated_site.site
    for pending in list_pending_requests(site, site.actions):
        if site.find_owner_or_agency(pending.request.by) is not site.find_owner_or_agency(pending.action.owner):
            yield pending


def _list_expiring_evidence(dated_site: SiteOnDate) -> list[RecordedEvidence]:
    recorded = (each for plan in dated_site.site.plans for each in list_evidence(plan) if each.evidence.expires)
    return sorted(recorded, key=lambda each: (each.evidence.expires or date.max, each.document.path))


def _group_by_owner_or_agency(
    dated_site: SiteOnDate, items: Iterable[T], find_name: Callable[[T], str]
) -> Mapping[str, tuple[T, ...]]:
    """Items by the page of the owner or agency whose name `find_name` returns; items without one are left out."""
    groups: defaultdict[str, list[T]] = defaultdict(list)
    for item in items:
        owner_or_agency = dated_site.site.find_owner_or_agency(find_name(item))
        if owner_or_agency:
            groups[profile_address(owner_or_agency)].append(item)
    return {page: tuple(group) for page, group in groups.items()}


def describe_open_actions(number: int, plans: int) -> str:
    """How many open actions, and in how many plans if in several; `describe_due_dates` goes on from there."""
    if not number:
        return "No open actions."
    count = format_count(number, "open action")
    return f"{count}{f' in {plans:,} plans' if plans > 1 else ''}{':' if number > 1 else '.'}"


def describe_median(median: int | None) -> str:
    """How many open actions half of the owners have at most; "" if that is none, or too few owners to say."""
    if not median:
        return ""
    return f"Half of owners have {'one open action or none' if median == 1 else f'{median:,} open actions or fewer'}."


def describe_due_dates(dues: Sequence[date], total: int, number: int, today: date) -> DatedText:
    """What follows `describe_open_actions`, for each day: how many are late, due today, due tomorrow and later.

    `dues` are the due dates of the open actions, `total` is their number and `number` that of finished ones.
    """
    if not total:
        return DatedText(f"{format_count(number, 'action')} {is_or_are(number)} finished. Thank you." if number else "")
    days = {add_days(due, number) for due in dues for number in (-1, 0, 1)}
    if total == 1:
        return build_dated_text(lambda day: _describe_one(dues, day), today, days)
    return build_dated_text(lambda day: _describe_several(dues, total, day), today, days)


def describe_late(due_dates: Sequence[date], today: date) -> DatedText:
    """How many of these due dates have passed, in words, for each day. `due_dates` are sorted."""

    def describe(day: date) -> str:
        late = bisect_left(due_dates, day)
        return f"{late:,} {is_or_are(late)} late." if late else "None is late."

    return build_dated_text(describe, today, list_days_after(due_dates))


def format_late_count(due_dates: Sequence[date], today: date) -> DatedText:
    """The number of these due dates that have passed, for each day. `due_dates` are sorted."""
    return build_dated_text(lambda day: f"{bisect_left(due_dates, day):,}", today, list_days_after(due_dates))


def describe_next_due(due_dates: Sequence[date], today: date) -> DatedText:
    """The first of these due dates that has not passed, in words, for each day; "None" without one."""

    def describe(day: date) -> str:
        position = bisect_left(due_dates, day)
        return format_long_date(due_dates[position]) if position < len(due_dates) else "None"

    return build_dated_text(describe, today, list_days_after(due_dates))


def _describe_one(due_dates: Sequence[date], day: date) -> str:
    if not due_dates:
        return "It has no date."
    due = due_dates[0]
    if due < day:
        return "It is late."
    near = {day: "It is due today.", add_days(day, 1): "It is due tomorrow."}
    return near.get(due, f"It is due on {format_long_date(due)}.")


def _describe_several(due_dates: Sequence[date], total: int, day: date) -> str:
    late, tomorrow = bisect_left(due_dates, day), add_days(day, 1)
    until_today, until_tomorrow = bisect_right(due_dates, day), bisect_right(due_dates, tomorrow)
    kinds = (
        (late, "late"),
        (until_today - late, "due today"),
        (until_tomorrow - until_today, "due tomorrow"),
        (len(due_dates) - until_tomorrow, "due later"),
        (total - len(due_dates), "without a date"),
    )
    for number, words in kinds:
        if number == total:
            return f"{'both' if total == 2 else 'all'} {words}."
    return f"{format_list([f'{number:,} {words}' for number, words in kinds if number])}."
