"""What changed in a plan during the period of a pack, and why."""

from __future__ import annotations

from datetime import date

from plansite.deferred_dataclass import dataclass
from plansite.model.assessment import SiteOnDate
from plansite.model.documents.plan import Plan
from plansite.model.formatting import format_count
from plansite.model.page_addresses import FRONT_PAGE, plan_address
from plansite.site.changes.changed_documents import ChangedDocument, count_changes, list_changed_documents
from plansite.site.changes.dated_notes import add_changes_in_files, describe_origins
from plansite.site.changes.history import PlanHistory
from plansite.site.components.page import Link, Page
from plansite.site.components.plan_header import build_plan_trail
from plansite.site.evidence_pack.period import PackPeriod


@dataclass(frozen=True, slots=True, kw_only=True)
class PackHistoryView:
    """What the page shows: the documents of a plan with their changes, newest first.

    `words` say how many there are, `origin` and `unavailable_reason` where they come from, or why git tells nothing.
    """

    plan: Link
    words: str
    documents: tuple[ChangedDocument, ...]
    origin: str
    unavailable_reason: str


def build_pack_changes_page(
    dated_site: SiteOnDate, plan: Plan, history: PlanHistory, period: PackPeriod, *, has_board: bool
) -> Page:
    """The page of what changed in a plan of a pack. It has the address of the page of the plan's changes on the site.

    `has_board` says whether the pack has a page for the plan.
    """
    first, last = period.first or date.min, min(period.last or dated_site.today, dated_site.today)
    of_git = history.changes_between(first, last)
    changes = add_changes_in_files(of_git, plan, first, last)
    documents = tuple(list_changed_documents(changes, {action.path: action for action in plan.actions}))
    number = format_count(count_changes(documents), "change")
    words = f"{number} to {format_count(len(documents), 'document')}." if documents else "No changes are recorded."
    view = PackHistoryView(
        plan=Link(plan.title, plan_address(plan.slug) if has_board else ""),
        words=f"{period.words}: {words[:1].lower()}{words[1:]}" if period.is_limited else words,
        documents=documents,
        origin=describe_origins(of_git, changes, dated_site.today, history.first_day) if documents else "",
        unavailable_reason=history.unavailable_reason,
    )
    return Page(
        path=plan_address(plan.slug, "changes"),
        template="evidence_pack/changes.html",
        title=f"What changed: {plan.title}",
        view=view,
        section=FRONT_PAGE,
        trail=build_plan_trail(plan, Link("What changed")),
    )
