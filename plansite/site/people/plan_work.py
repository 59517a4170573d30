"""What a plan has for each owner and agency that it names: the shares that pages about them are joined from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date

from plansite.model.assessment import SiteOnDate, due_sort_key, finished_on
from plansite.model.decisions import list_pending_escalations
from plansite.model.documents.action import Action, describe_drop
from plansite.model.documents.action_order import newest_first_sort_key
from plansite.model.documents.plan import Plan
from plansite.model.documents.request_answers import list_pending_requests
from plansite.model.evidence.listing import list_evidence
from plansite.model.links.email_address import find_coordinator
from plansite.site.components.page_links import plan_link
from plansite.site.evidence.kept_evidence import build_evidence_rows
from plansite.site.lists.plan_entries import CONTROL, PlanEntries, find_profile_page
from plansite.site.oversight.pending import build_escalation_rows, build_request_rows
from plansite.site.people.agency_plans import list_agency_plans
from plansite.site.people.supported import build_cancelled_row, build_supported_row
from plansite.site.people.waiting import list_waiting_entries
from plansite.site.people.work_share import (
    CancelledEntry,
    EvidenceEntry,
    MailEntry,
    RequestEntry,
    SupportedEntry,
    WorkShare,
    create_share,
)

#: The address of the page of somebody, a field of their share, and what is added to it.
_Entry = tuple[str, str, object]


def list_work_shares(dated_site: SiteOnDate, plan: Plan, entries: PlanEntries) -> dict[str, WorkShare]:
    """The shares of a plan by the address of the page about the owner or agency. The site may hold that plan alone.

    `entries` are those of the plan.
    """
    found: defaultdict[str, defaultdict[str, list[object]]] = defaultdict(lambda: defaultdict(list))
    for page, field, entry in (
        *_list_rows(entries),
        *_list_open(dated_site, plan),
        *_list_cancelled(dated_site, plan),
        *_list_supported(dated_site, plan, entries),
        *_list_questions(dated_site, plan),
        *_list_escalations(dated_site, plan),
        *_list_evidence(dated_site, plan),
        *_list_roles(dated_site, plan),
        *_list_agency_plans(dated_site, plan),
    ):
        found[page][field].append(entry)
    return {page: create_share(found[page]) for page in sorted(found) if page}


def _list_rows(entries: PlanEntries) -> Iterator[_Entry]:
    """The rows that lists across plans have as well."""
    yield from ((each.page, "open", each) for each in entries.open)
    yield from ((each.page, "finished", each) for each in entries.finished)
    yield from ((each.page, "checks", each) for each in entries.checks if each.kind != CONTROL)
    yield from ((each.page, "controls", each) for each in entries.controls)


def _list_open(dated_site: SiteOnDate, plan: Plan) -> Iterator[_Entry]:
    """What the open actions wait for, what was asked about them, and how a mail names them."""
    coordinator = find_coordinator(dated_site.site.settings, plan)
    for action in plan.open_actions:
        page = find_profile_page(dated_site, action.owner)
        order, address = due_sort_key(action), f"{action.plan}/{action.slug}"
        yield page, "mail", MailEntry(order, coordinator, address, action.title)
        yield from ((page, "waiting", entry) for entry in list_waiting_entries(dated_site, action))
        yield from ((page, "requests", entry) for _, entry in _list_requests(dated_site, (action,)))


def _list_requests(dated_site: SiteOnDate, actions: Iterable[Action]) -> Iterator[tuple[str, RequestEntry]]:
    """The questions about actions without an answer, each with the page of who asked."""
    for pending in list_pending_requests(dated_site.site, actions):
        (row,) = build_request_rows(dated_site, (pending,))
        asker = find_profile_page(dated_site, pending.request.by)
        yield asker, RequestEntry((pending.request.date or date.max, pending.action.sort_key), row)


def _list_questions(dated_site: SiteOnDate, plan: Plan) -> Iterator[_Entry]:
    """The questions that somebody asked others."""
    for action in plan.open_actions:
        owner = find_profile_page(dated_site, action.owner)
        for asker, entry in _list_requests(dated_site, (action,)):
            if asker != owner:
                yield asker, "questions", entry


def _list_cancelled(dated_site: SiteOnDate, plan: Plan) -> Iterator[_Entry]:
    for action in plan.actions:
        if action.is_dropped:
            entry = CancelledEntry(build_cancelled_row(action), describe_drop(action))
            yield find_profile_page(dated_site, action.owner), "cancelled", entry


def _list_supported(dated_site: SiteOnDate, plan: Plan, entries: PlanEntries) -> Iterator[_Entry]:
    """Open and finished actions, for each supporter who does not own them."""
    listed = {each.order: each.row for each in entries.open}
    for action in plan.actions:
        pages = dict.fromkeys(find_profile_page(dated_site, name) for name in action.supporters)
        pages.pop(find_profile_page(dated_site, action.owner), None)
        if not pages:
            continue
        if action.is_open:
            order = due_sort_key(action)
            supporting = SupportedEntry(order, build_supported_row(dated_site, action), listed[order])
            yield from ((page, "supporting", supporting) for page in pages)
        elif action.is_finished:
            key = newest_first_sort_key(finished_on(action), action.sort_key)
            supported = SupportedEntry(key, build_supported_row(dated_site, action), None)
            yield from ((page, "supported", supported) for page in pages)


def _list_escalations(dated_site: SiteOnDate, plan: Plan) -> Iterator[_Entry]:
    for each in list_pending_escalations(plan):
        page = find_profile_page(dated_site, each.escalation.to)
        yield from ((page, "escalations", row) for row in build_escalation_rows(dated_site, (each,)))


def _list_evidence(dated_site: SiteOnDate, plan: Plan) -> Iterator[_Entry]:
    """What somebody keeps and what expires some day."""
    for each in list_evidence(plan):
        if each.evidence.expires:
            expired, expiring = build_evidence_rows(dated_site, each)
            entry = EvidenceEntry((each.evidence.expires, each.document.path), expired, expiring)
            yield find_profile_page(dated_site, each.keeper), "evidence", entry


def _list_roles(dated_site: SiteOnDate, plan: Plan) -> Iterator[_Entry]:
    """Who leads and who sponsors the plan, and who can learn from its incidents."""
    yield find_profile_page(dated_site, plan.owner), "leads", plan_link(plan)
    yield find_profile_page(dated_site, plan.sponsor), "sponsors", plan_link(plan)
    for incident in plan.incidents:
        for page in dict.fromkeys(find_profile_page(dated_site, name) for name in incident.learning_for):
            yield page, "learning", incident.path


def _list_agency_plans(dated_site: SiteOnDate, plan: Plan) -> Iterator[_Entry]:
    """The plan itself, for each agency that takes part in it."""
    yield from ((page, "plans", row) for page, row in list_agency_plans(dated_site, plan))
