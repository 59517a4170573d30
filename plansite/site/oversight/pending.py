"""What waits for a decision: on the page of a plan, and on that of whoever a difficulty was taken to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from plansite.model.assessment import SiteOnDate
from plansite.model.decisions import PendingEscalation, list_pending_escalations, list_pending_extensions
from plansite.model.documents.plan import Plan
from plansite.model.page_addresses import action_address
from plansite.site.components.page import Link
from plansite.site.components.page_links import plan_link
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
