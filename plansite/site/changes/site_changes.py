"""What changed on the whole site: a page, and feeds for those who would rather be told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from plansite.history.change import Change
from plansite.model.action import Action
from plansite.model.assessment import SiteOnDate
from plansite.model.formatting import format_count
from plansite.model.page_addresses import CHANGES_PAGE, FEED_SUFFIX, profile_address
from plansite.model.people import OwnerOrAgency
from plansite.site.changes.atom_feed import FeedItem, render_atom_feed
from plansite.site.changes.history import PlanHistory
from plansite.site.changes.plan_changes import ChangedDocument, ChangePeriod, group_changes_by_document
from plansite.site.components.page import Link, Page
from plansite.site.components.page_links import plan_link

#: How far back the page and the feeds go.
DAYS_SHOWN = 30
FEED_FILE = f"changes{FEED_SUFFIX}"
_MAX_CHANGES = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteChangesView:
    """What the page shows: each plan with its documents, or why there is nothing. `feed` is empty without one."""

    lede: str
    unavailable_reason: str
    periods: tuple[ChangePeriod, ...]
    feed: str


def select_recent_changes(histories: Mapping[str, PlanHistory], today: date) -> dict[str, tuple[Change, ...]]:
    """The news of each plan within the last days, newest first; plans without any are left out."""
    first = today - timedelta(days=DAYS_SHOWN - 1)
    found = {slug: past.changes_between(first, today) for slug, past in histories.items()}
    return {slug: tuple(each for each in changes if each.is_reportable) for slug, changes in found.items() if changes}


def build_site_changes_page(
    dated_site: SiteOnDate,
    changes_by_plan: Mapping[str, Sequence[Change]],
    unavailable_reason: str,
    *,
    has_history: bool,
) -> Page:
    """The page of what changed in all plans; `hidden` says why git tells nothing, where it does not.

    `told` is whether git was asked and tells: then there are feeds to follow, however quiet the plans.
    """
    spans = tuple(_build_plan_periods(dated_site, changes_by_plan))
    total = sum(len(changes) for changes in changes_by_plan.values())
    return Page(
        path=CHANGES_PAGE,
        template="changes/site_changes.html",
        title="Changes",
        view=SiteChangesView(
            lede=f"{format_count(total, 'change')} in {format_count(len(spans), 'plan')} in the last {DAYS_SHOWN} days."
            if total
            else "",
            unavailable_reason=unavailable_reason,
            periods=spans,
            feed=FEED_FILE if has_history and dated_site.site.settings.base_url else "",
        ),
        section=CHANGES_PAGE,
        trail=(Link("Plans", "index.html"), Link("Changes")),
    )


def _build_plan_periods(
    dated_site: SiteOnDate, changes_by_plan: Mapping[str, Sequence[Change]]
) -> Iterator[ChangePeriod]:
    for plan in dated_site.site.plans:
        changes = changes_by_plan.get(plan.slug, ())
        if changes:
            subjects = tuple(
                group_changes_by_document(changes[:_MAX_CHANGES], {action.path: action for action in plan.actions})
            )
            more = f" The newest {_MAX_CHANGES} are shown." if len(changes) > _MAX_CHANGES else ""
            yield ChangePeriod(plan.slug, plan.title, f"{format_count(len(changes), 'change')}.{more}", subjects)


def render_feeds(dated_site: SiteOnDate, changes_by_plan: Mapping[str, Sequence[Change]]) -> dict[str, str]:
    """Atom feeds by output path: of the site, of each plan, and of each owner whose actions changed.

    A feed needs whole addresses, so there is none without a `base_url`.
    """
    base = dated_site.site.settings.base_url
    if not base:
        return {}
    base = f"{base.rstrip('/')}/"
    title = dated_site.site.settings.title
    by_plan = {
        plan.slug: list(_list_feed_items(dated_site, plan.slug, changes_by_plan)) for plan in dated_site.site.plans
    }
    found = {
        FEED_FILE: render_atom_feed(
            base, FEED_FILE, title, [each for entries in by_plan.values() for each, _ in entries]
        )
    }
    for plan in dated_site.site.plans:
        path = f"plans/{plan.slug}/{FEED_FILE}"
        found[path] = render_atom_feed(base, path, f"{plan.title}: {title}", [each for each, _ in by_plan[plan.slug]])
    owned: dict[str, tuple[OwnerOrAgency, list[FeedItem]]] = {}
    for entry, owner in (pair for entries in by_plan.values() for pair in entries):
        if owner:
            owned.setdefault(profile_address(owner), (owner, []))[1].append(entry)
    for page, (owner, entries) in owned.items():
        path = page.removesuffix(".html") + FEED_SUFFIX
        found[path] = render_atom_feed(base, path, f"{owner.title}: {title}", entries)
    return found


def _list_feed_items(
    dated_site: SiteOnDate, plan_slug: str, changes_by_plan: Mapping[str, Sequence[Change]]
) -> Iterator[tuple[FeedItem, OwnerOrAgency | None]]:
    plan = dated_site.site.plans_by_slug[plan_slug]
    actions = {action.path: action for action in plan.actions}
    for subject, path in _group_by_file(changes_by_plan.get(plan_slug, ()), actions):
        action = actions.get(path)
        owner = dated_site.site.find_owner_or_agency(action.owner) if action else None
        yield (
            FeedItem(document=subject, path=path, page=subject.title.href or plan_link(plan).href, plan=plan.title),
            owner,
        )


def _group_by_file(changes: Sequence[Change], actions: dict[str, Action]) -> Iterator[tuple[ChangedDocument, str]]:
    paths = sorted({change.path for change in changes})
    for path in paths:
        own = [change for change in changes if change.path == path]
        for subject in group_changes_by_document(own, actions):
            yield subject, path
