"""What waits for somebody: checks to make, decisions, others' actions, evidence to renew, reviews, and replies."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import chain

from plansite.digest.items import DigestItem, FindAddress, describe_place
from plansite.exports.terminal_text import sanitise_line
from plansite.model.assessment import SiteOnDate
from plansite.model.decisions import list_pending_extensions
from plansite.model.documents.action import Action
from plansite.model.evidence.listing import RecordedEvidence
from plansite.model.follow_up.outstanding_checks import OutstandingCheck
from plansite.model.formatting import format_days, format_due
from plansite.model.notices.notice_clock import find_notice_due, name_notice
from plansite.model.page_addresses import action_address, page_address, plan_address, profile_address
from plansite.model.review_dates import next_review_date
from plansite.site.components.check_rows import find_check_address
from plansite.site.oversight.words import describe_escalation, describe_extension
from plansite.site.people.workload import Workload

_DECISION = "To be decided"


def list_waiting_items(
    dated_site: SiteOnDate, workload: Workload, until: date, find_address: FindAddress
) -> list[DigestItem]:
    """What waits for whoever has this workload, up to a day, the earliest first, then what has no day.

    Those who lead a plan have to decide on more time in it, hold its reviews and see that its notices are answered.
    """
    items = chain(
        _list_decisions(dated_site, workload, find_address),
        _list_checks(dated_site, workload, until, find_address),
        _list_dependents(dated_site, workload, find_address),
        _list_evidence(dated_site, workload, until, find_address),
        _list_plan_duties(dated_site, workload, until, find_address),
    )
    return sorted(items, key=lambda item: (item.lead != _DECISION, item.day or date.max))


def _list_decisions(dated_site: SiteOnDate, workload: Workload, find_address: FindAddress) -> Iterator[DigestItem]:
    """Difficulties that were taken to them, and requests for more time in the plans that they lead."""
    for difficulty in workload.escalations:
        words = describe_escalation(difficulty.escalation, names_person=False)
        yield _build_decision(dated_site, difficulty.action, words, "escalated", find_address)
    for plan in workload.led_plans:
        for pending in list_pending_extensions(plan):
            words = describe_extension(pending.extension)
            yield _build_decision(dated_site, pending.action, words, "extension", find_address)


def _build_decision(
    dated_site: SiteOnDate, action: Action, words: str, anchor: str, find_address: FindAddress
) -> DigestItem:
    return DigestItem(
        title=sanitise_line(action.title),
        place=describe_place(dated_site, action),
        lead=_DECISION,
        lines=(sanitise_line(words),),
        href=find_address(f"{action_address(action)}#{anchor}"),
    )


def _list_checks(
    dated_site: SiteOnDate, workload: Workload, until: date, find_address: FindAddress
) -> Iterator[DigestItem]:
    """The checks that they make and that are late, due by that day, or without a day."""
    for check in workload.checks:
        if check.due is None or check.due <= until:
            yield DigestItem(
                title=sanitise_line(check.title),
                place=_describe_check_place(dated_site, check),
                lead=format_due(check.due, dated_site.today) if check.due else "No date yet",
                day=check.due,
                is_late=check.due is not None and check.due < dated_site.today,
                href=find_address(find_check_address(check)),
            )


def _describe_check_place(dated_site: SiteOnDate, check: OutstandingCheck) -> str:
    if isinstance(check.document, Action):
        return describe_place(dated_site, check.document)
    return sanitise_line(dated_site.site.plans_by_slug[check.document.plan].title)


def _list_dependents(dated_site: SiteOnDate, workload: Workload, find_address: FindAddress) -> Iterator[DigestItem]:
    """Open actions of others that depend on theirs."""
    site = dated_site.site
    for action in workload.open_actions:
        for other in site.find_dependents(action):
            owner = site.find_owner_or_agency(other.owner)
            if not other.is_open or (owner and profile_address(owner) in workload.pages):
                continue
            subject = owner.title if owner else other.owner.strip() or "It"
            yield DigestItem(
                title=sanitise_line(other.title),
                place=describe_place(dated_site, other),
                lead=format_due(other.due, dated_site.today) if other.due else "No date yet",
                day=other.due,
                is_late=other.is_overdue(dated_site.today),
                lines=(sanitise_line(f"{subject} waits for your action “{action.title}”."),),
                href=find_address(action_address(other)),
            )


def _list_evidence(
    dated_site: SiteOnDate, workload: Workload, until: date, find_address: FindAddress
) -> Iterator[DigestItem]:
    """The evidence that they keep and that has expired or expires by that day."""
    for recorded in workload.evidence:
        expires = recorded.evidence.expires
        if expires and expires <= until:
            yield DigestItem(
                title=f"Renew: {sanitise_line(recorded.evidence.label or recorded.evidence.url)}",
                place=_describe_evidence_place(dated_site, recorded),
                lead=_describe_expiry(expires, dated_site.today),
                day=expires,
                is_late=expires < dated_site.today,
                href=find_address(page_address(recorded.document)),
            )


def _describe_evidence_place(dated_site: SiteOnDate, recorded: RecordedEvidence) -> str:
    document = recorded.document
    if isinstance(document, Action):
        return f"{sanitise_line(document.title)} ({describe_place(dated_site, document)})"
    return f"{sanitise_line(document.title)} ({sanitise_line(dated_site.site.plans_by_slug[document.plan].title)})"


def _describe_expiry(expires: date, today: date) -> str:
    days = (expires - today).days
    return "Expired" if days < 0 else f"Expires in {format_days(days)}" if days else "Expires today"


def _list_plan_duties(
    dated_site: SiteOnDate, workload: Workload, until: date, find_address: FindAddress
) -> Iterator[DigestItem]:
    """The next review of each plan that they lead, and its notices without a reply, if late or due by that day."""
    for plan in workload.led_plans:
        open_notices = (notice for notice in plan.instrument if notice.sent is None)
        duties = (
            (f"Review: {plan.title}", next_review_date(plan), plan_address(plan.slug, "reviews")),
            *((f"Reply: {name_notice(each)}", find_notice_due(each), plan_address(plan.slug)) for each in open_notices),
        )
        for title, due, address in duties:
            if due and due <= until:
                yield DigestItem(
                    title=sanitise_line(title),
                    place=sanitise_line(plan.title),
                    lead=format_due(due, dated_site.today),
                    day=due,
                    is_late=due < dated_site.today,
                    href=find_address(address),
                )
