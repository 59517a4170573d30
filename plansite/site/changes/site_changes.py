"""What changed in all plans: a page, and Atom feeds of the site, of plans and of owners."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from plansite.history.change import Change
from plansite.model.action import Action
from plansite.model.assessment import SiteOnDate
from plansite.model.dates import add_days
from plansite.model.formatting import format_count
from plansite.model.page_addresses import CHANGES_PAGE, FEED_SUFFIX, profile_address
from plansite.model.people import OwnerOrAgency
from plansite.model.plan import Plan
from plansite.site.changes.atom_feed import FeedItem, render_atom_feed
from plansite.site.changes.history import PlanHistory
from plansite.site.changes.plan_changes import ChangedDocument, ChangePeriod, group_changes_by_document
from plansite.site.components.page import Link, Page
from plansite.site.components.page_links import plan_link

#: How many days back the page and the feeds go.
DAYS_SHOWN = 30
FEED_FILE = f"changes{FEED_SUFFIX}"
_MAX_CHANGES = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteChangesView:
    """What the page shows: the changes of each plan, or in `unavailable_reason` why there are none."""

    lede: str
    unavailable_reason: str
    periods: tuple[ChangePeriod, ...]
    feed: str


def select_recent_changes(histories: Mapping[str, PlanHistory], today: date) -> dict[str, tuple[Change, ...]]:
    """The reportable changes of each plan in the last `DAYS_SHOWN` days, newest first; only plans with changes."""
    first = add_days(today, 1 - DAYS_SHOWN)
    recent = {slug: history.changes_between(first, today) for slug, history in histories.items()}
    return {
        slug: tuple(change for change in changes if change.is_reportable) for slug, changes in recent.items() if changes
    }


def build_site_changes_page(
    dated_site: SiteOnDate,
    changes_by_plan: Mapping[str, Sequence[Change]],
    unavailable_reason: str,
    *,
    has_history: bool,
) -> Page:
    """`changes.html`. `unavailable_reason` says why there is no history, if there is none.

    With `has_history` there is a feed, even if nothing changed.
    """
    periods = tuple(_build_plan_periods(dated_site, changes_by_plan))
    total = sum(len(changes) for changes in changes_by_plan.values())
    return Page(
        path=CHANGES_PAGE,
        template="changes/site_changes.html",
        title="Changes",
        view=SiteChangesView(
            lede=_format_lede(total, len(periods)),
            unavailable_reason=unavailable_reason,
            periods=periods,
            feed=FEED_FILE if has_history and dated_site.site.settings.base_url else "",
        ),
        section=CHANGES_PAGE,
        trail=(Link("Plans", "index.html"), Link("Changes")),
    )


def _format_lede(changes: int, plans: int) -> str:
    if not changes:
        return ""
    return f"{format_count(changes, 'change')} in {format_count(plans, 'plan')} in the last {DAYS_SHOWN} days."


def _build_plan_periods(
    dated_site: SiteOnDate, changes_by_plan: Mapping[str, Sequence[Change]]
) -> Iterator[ChangePeriod]:
    for plan in dated_site.site.plans:
        changes = changes_by_plan.get(plan.slug, ())
        if changes:
            documents = tuple(
                group_changes_by_document(changes[:_MAX_CHANGES], {action.path: action for action in plan.actions})
            )
            more = f" The newest {_MAX_CHANGES} are shown." if len(changes) > _MAX_CHANGES else ""
            yield ChangePeriod(plan.slug, plan.title, f"{format_count(len(changes), 'change')}.{more}", documents)


def render_feeds(dated_site: SiteOnDate, changes_by_plan: Mapping[str, Sequence[Change]]) -> dict[str, str]:
    """Atom feeds by output path: of the site, of each plan, and of each owner whose actions changed.

    Feeds need absolute URLs, so there are none without a `base_url`.
    """
    site = dated_site.site
    if not site.settings.base_url:
        return {}
    base_url = f"{site.settings.base_url.rstrip('/')}/"
    by_plan = {plan.slug: list(_list_feed_items(dated_site, plan, changes_by_plan)) for plan in site.plans}
    owned_items = [pair for pairs in by_plan.values() for pair in pairs]
    feeds = {FEED_FILE: render_atom_feed(base_url, FEED_FILE, site.settings.title, [item for item, _ in owned_items])}
    for plan in site.plans:
        path, title = f"plans/{plan.slug}/{FEED_FILE}", f"{plan.title}: {site.settings.title}"
        feeds[path] = render_atom_feed(base_url, path, title, [item for item, _ in by_plan[plan.slug]])
    by_owner: dict[str, tuple[OwnerOrAgency, list[FeedItem]]] = {}
    for item, owner in owned_items:
        if owner:
            by_owner.setdefault(profile_address(owner), (owner, []))[1].append(item)
    for address, (owner, items) in by_owner.items():
        path = f"{address.removesuffix('.html')}{FEED_SUFFIX}"
        feeds[path] = render_atom_feed(base_url, path, f"{owner.title}: {site.settings.title}", items)
    return feeds


def _list_feed_items(
    dated_site: SiteOnDate, plan: Plan, changes_by_plan: Mapping[str, Sequence[Change]]
) -> Iterator[tuple[FeedItem, OwnerOrAgency | None]]:
    """The changed documents of a plan in the order of paths, each with the owner of the action if it is one."""
    actions = {action.path: action for action in plan.actions}
    for document, path in _group_by_file(changes_by_plan.get(plan.slug, ()), actions):
        action = actions.get(path)
        owner = dated_site.site.find_owner_or_agency(action.owner) if action else None
        page = document.title.href or plan_link(plan).href
        yield FeedItem(document=document, path=path, page=page, plan=plan.title), owner


def _group_by_file(changes: Sequence[Change], actions: dict[str, Action]) -> Iterator[tuple[ChangedDocument, str]]:
    for path in sorted({change.path for change in changes}):
        for document in group_changes_by_document([change for change in changes if change.path == path], actions):
            yield document, path
