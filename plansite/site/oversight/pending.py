"""What waits for a decision or an answer: on the page of a plan, and on that of whoever was asked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from plansite.deferred_dataclass import dataclass
from plansite.model.assessment import SiteOnDate
from plansite.model.decisions import PendingEscalation, list_pending_escalations, list_pending_extensions
from plansite.model.documents.plan import Plan
from plansite.model.documents.request_answers import PendingRequest
from plansite.model.page_addresses import action_address
from plansite.site.components.page import Link
from plansite.site.components.page_links import owner_link, plan_link
from plansite.site.oversight.action_oversight import UpdateRequestView, build_request_view
from plansite.site.oversight.interim_list import InterimCount, count_interim_controls
from plansite.site.oversight.words import describe_escalation, describe_extension


@dataclass(frozen=True, slots=True, kw_only=True)
class PendingRow:
    """Something that waits for a decision: the action, its plan where others are listed too, and what was asked."""

    ref: str
    title: Link
    plan: Link
    words: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PendingRequestRow:
    """An update that was asked for and has no answer: the action with its plan and owner, and what was asked."""

    ref: str
    title: Link
    plan: Link
    owner: Link
    request: UpdateRequestView


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanOversight:
    """The interim controls of a plan, counted, and what waits for a decision in it."""

    interim: InterimCount | None
    pending: tuple[PendingRow, ...]


def build_plan_oversight(dated_site: SiteOnDate, plan: Plan) -> PlanOversight:
    """What the page of a plan says of them."""
    return PlanOversight(interim=count_interim_controls(dated_site, (plan,)), pending=tuple(_build_pending_rows(plan)))


def _build_pending_rows(plan: Plan) -> Iterator[PendingRow]:
    """First the difficulties that were taken to somebody, then the extensions that were asked for; the oldest first."""
    for difficulty in list_pending_escalations(plan):
        yield _build_escalation_row(difficulty, Link(""))
    for request in list_pending_extensions(plan):
        yield PendingRow(
            ref=request.action.ref,
            title=Link(request.action.title, f"{action_address(request.action)}#extension"),
            plan=Link(""),
            words=describe_extension(request.extension),
            reason=_format_reason(request.extension.reason),
        )


def build_escalation_rows(dated_site: SiteOnDate, escalations: tuple[PendingEscalation, ...]) -> tuple[PendingRow, ...]:
    """The rows of difficulties in any plan that were taken to one person."""
    plans = dated_site.site.plans_by_slug
    return tuple(_build_escalation_row(each, plan_link(plans[each.action.plan])) for each in escalations)


def build_request_rows(dated_site: SiteOnDate, requests: Iterable[PendingRequest]) -> tuple[PendingRequestRow, ...]:
    """The rows of what owners were asked and have not answered."""
    site = dated_site.site
    return tuple(
        PendingRequestRow(
            ref=each.action.ref,
            title=Link(each.action.title, f"{action_address(each.action)}#asked"),
            plan=plan_link(site.plans_by_slug[each.action.plan]),
            owner=owner_link(site, each.action.owner),
            request=build_request_view(dated_site, each.action, each.request),
        )
        for each in requests
    )


def _build_escalation_row(difficulty: PendingEscalation, plan: Link) -> PendingRow:
    action = difficulty.action
    return PendingRow(
        ref=action.ref,
        title=Link(action.title, f"{action_address(action)}#escalated"),
        plan=plan,
        words=describe_escalation(difficulty.escalation, names_person=not plan.text),
        reason="",
    )


def _format_reason(reason: str) -> str:
    words = reason.strip().rstrip(".")
    return f"The reason: {words}." if words else ""
