"""The pages that a pack has of one plan: those of the site, without what it does not hold."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from plansite.deferred_dataclass import dataclass
from plansite.evidence_pack.narrowing import narrow_history
from plansite.evidence_pack.packed_site import PackedSite
from plansite.evidence_pack.plan_selection import PlanSelection
from plansite.model.documents.plan import Plan
from plansite.model.documents.review import Review
from plansite.model.page_addresses import FRONT_PAGE, action_address, page_address, plan_address
from plansite.model.site import list_plan_documents
from plansite.site.all_pages import build_plan_pages
from plansite.site.changes.history import PlanHistory, build_action_history
from plansite.site.components.page import Link, Page
from plansite.site.evidence_pack.changes import build_pack_changes_page
from plansite.site.evidence_pack.cover import PackedPlan
from plansite.site.evidence_pack.period import PackPeriod, limit_action_page

#: Views of a plan that are made for work on it, or for which a pack has another.
_LEFT_OUT_VIEWS = ("print", "review-pack", "committee", "calendar", "changes")
#: Views that are not joined into one page, because the cover or the pages of documents say the same.
_NOT_JOINED_VIEWS = ("index", "timeline", "reviews", "incidents", "measures", "assessments", "evidence")
#: The same for pages of documents: a briefing says what its incident says.
_NOT_JOINED_FOLDERS = frozenset({"briefings"})
#: The folders of a plan's pages in the order in which they are read; "" are pages about the plan as a whole.
_READING_ORDER = ("", "actions", "incidents", "measures", "assessments", "reviews")


@dataclass(frozen=True, slots=True, kw_only=True)
class PagesOfPlan:
    """The pages of one plan of a pack, with the plan and its site."""

    packed: PackedPlan
    pages: tuple[Page, ...]


def compose_plan(site: PackedSite, slug: str, period: PackPeriod, history: PlanHistory) -> PagesOfPlan:
    """The pages of a plan of a pack: of a part of a plan, those of its documents and of what changed in them."""
    dated_site, selected = site.dated_site(slug), site.selection.plans[slug]
    (plan,) = dated_site.site.plans
    history, reviews = narrow_history(history, plan, selected), _list_reviews(plan, selected, period)
    left_out = _list_left_out(plan, selected, reviews)
    documents = {page_address(document) for document in list_plan_documents(plan)}
    pages = [
        page
        for page in build_plan_pages(dated_site, plan, site.resolver, {}, history)
        if page.path not in left_out and (selected.is_whole or page.path in documents)
    ]
    pages.append(build_pack_changes_page(dated_site, plan, history, period, has_board=selected.is_whole))
    limited = _limit_pages(pages, plan, history, dated_site.today, period)
    packed = PackedPlan(
        dated_site=dated_site,
        plan=plan,
        resolver=site.resolver,
        is_whole=selected.is_whole,
        pages=tuple(page.path for page in pages),
        reviews=reviews,
    )
    return PagesOfPlan(packed=packed, pages=tuple(map(name_pack_in_trail, limited)))


def _list_reviews(plan: Plan, selected: PlanSelection, period: PackPeriod) -> tuple[Review, ...]:
    """The reviews whose minutes are in the pack."""
    reviews = (review for review in plan.reviews if selected.is_whole or review.slug in selected.reviews)
    return tuple(review for review in reviews if period.includes(review.date))


def _list_left_out(plan: Plan, selected: PlanSelection, reviews: Sequence[Review]) -> frozenset[str]:
    """The addresses of pages that the site has and the pack does not have."""
    others = {page_address(review) for review in plan.reviews} - {page_address(review) for review in reviews}
    boards = () if selected.is_whole else (plan_address(plan.slug),)
    return frozenset((*others, *boards, *(plan_address(plan.slug, view) for view in _LEFT_OUT_VIEWS)))


def _limit_pages(
    pages: Sequence[Page], plan: Plan, history: PlanHistory, today: date, period: PackPeriod
) -> Iterator[Page]:
    """The same pages, those of actions limited to the period."""
    actions = {action_address(action): action for action in plan.actions}
    for page in pages:
        action = actions.get(page.path)
        if action is None:
            yield page
        else:
            events = build_action_history(action, history.changes_to_file(action.path, today))
            yield limit_action_page(page, events, period)


def name_pack_in_trail(page: Page) -> Page:
    """A page whose breadcrumbs begin with the pack in place of the plans of the site."""
    return replace(page, trail=(Link("This pack", FRONT_PAGE), *page.trail[1:])) if page.trail else page


def sort_for_reading(plans: Sequence[PagesOfPlan], evidence: Page) -> Iterator[Page]:
    """The pages that are joined into one: what is about plans, then actions, evidence, incidents, measures, minutes."""
    groups: dict[str, list[Page]] = {name: [] for name in _READING_ORDER}
    for each in plans:
        slug = each.packed.plan.slug
        skipped = {plan_address(slug, view) for view in _NOT_JOINED_VIEWS}
        for page in each.pages:
            folder = page.path.removeprefix(f"plans/{slug}/").rpartition("/")[0]
            is_joined = page.path not in skipped and folder not in _NOT_JOINED_FOLDERS
            if is_joined and not page.template.endswith("plan/register.html"):
                groups[folder if folder in groups else ""].append(page)
    for name, pages in groups.items():
        yield from pages
        if name == "actions":
            yield evidence
