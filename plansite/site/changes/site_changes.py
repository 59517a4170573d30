"""What changed in all plans: a page, and Atom feeds of the site, of plans and of owners."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from plansite.history.change import Change
from plansite.model.assessment import SiteOnDate
from plansite.model.dates import add_days
from plansite.model.formatting import format_count
from plansite.model.page_addresses import CHANGES_PAGE, FEED_SUFFIX, profile_address
from plansite.model.people import OwnerOrAgency
from plansite.site.changes.atom_feed import FeedEntry, render_atom_feed
from plansite.site.changes.dated_notes import describe_origin, list_changes_in_files, tell_from_files
from plansite.site.changes.feed_entries import ChangesByPlan, build_feed_entries
from plansite.site.changes.history import PlanHistory
from plansite.site.changes.plan_changes import ChangePeriod, list_changed_documents
from plansite.site.components.page import Link, Page

#: How many days back the page and the feeds go.
DAYS_SHOWN = 30
FEED_FILE = f"changes{FEED_SUFFIX}"
_MAX_CHANGES = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteChangesView:
    """What the page shows: the changes of each plan, or in `unavailable_reason` why git has none.

    `origin` says where the changes come from.
    """

    lede: str
    unavailable_reason: str
    origin: str
    periods: tuple[ChangePeriod, ...]
    feed: str


def select_recent_changes(
    histories: Mapping[str, PlanHistory], today: date
) -> dict[str, dict[str, tuple[Change, ...]]]:
    """The reportable changes of each plan in the last `DAYS_SHOWN` days, by present path, each file's newest first.

    Only plans and files with changes are in it.
    """
    first = add_days(today, 1 - DAYS_SHOWN)
    recent = {slug: _select_reportable(history, first, today) for slug, history in histories.items()}
    return {slug: files for slug, files in recent.items() if files}


def _select_reportable(history: PlanHistory, first: date, today: date) -> dict[str, tuple[Change, ...]]:
    files = {
        path: tuple(change for change in changes if change.is_reportable and first <= change.when <= today)
        for path, changes in history.by_file.items()
    }
    return {path: changes for path, changes in files.items() if changes}


def _select_recent_from_files(dated_site: SiteOnDate) -> dict[str, dict[str, tuple[Change, ...]]]:
    """What the files record of the last `DAYS_SHOWN` days, as `select_recent_changes` gives what git does."""
    today = dated_site.today
    histories = {plan.slug: PlanHistory(by_file=list_changes_in_files(plan, today)) for plan in dated_site.site.plans}
    return select_recent_changes(histories, today)


def build_site_changes_page(
    dated_site: SiteOnDate,
    changes_by_plan: ChangesByPlan,
    unavailable_reason: str,
    *,
    has_history: bool,
    first_day: date | None = None,
) -> Page:
    """`changes.html`. `unavailable_reason` says why there is no history, if there is none.

    With `has_history` there is a feed, even if nothing changed. Where git has nothing up to the day, the changes are
    those that the files record, instead of `changes_by_plan`; `first_day` is the day of git's first change, if known.
    """
    from_files = (first_day is not None or not has_history) and tell_from_files(
        unavailable_reason, first_day, dated_site.today
    )
    if from_files:
        changes_by_plan = _select_recent_from_files(dated_site)
    origin = describe_origin(from_files=from_files, today=dated_site.today, has_git=has_history)
    periods = tuple(_build_plan_periods(dated_site, changes_by_plan))
    total = sum(len(changes) for files in changes_by_plan.values() for changes in files.values())
    return Page(
        path=CHANGES_PAGE,
        template="changes/site_changes.html",
        title="Changes",
        view=SiteChangesView(
            lede=_format_lede(total, len(periods)),
            unavailable_reason=unavailable_reason,
            origin=origin if total else "",
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


def _build_plan_periods(dated_site: SiteOnDate, changes_by_plan: ChangesByPlan) -> Iterator[ChangePeriod]:
    for plan in dated_site.site.plans:
        files = changes_by_plan.get(plan.slug, {})
        total = sum(map(len, files.values()))
        if total:
            actions = {action.path: action for action in plan.actions}
            documents = tuple(list_changed_documents(_select_newest(files), actions))
            more = f" The newest {_MAX_CHANGES} are shown." if total > _MAX_CHANGES else ""
            yield ChangePeriod(plan.slug, plan.title, f"{format_count(total, 'change')}.{more}", documents)


def _select_newest(files: Mapping[str, Sequence[Change]]) -> dict[str, list[Change]]:
    """The newest `_MAX_CHANGES` changes of all files, by file."""
    changes = [(path, change) for path, of_file in files.items() for change in of_file]
    selected: dict[str, list[Change]] = {}
    for path, change in sorted(changes, key=lambda pair: pair[1].when, reverse=True)[:_MAX_CHANGES]:
        selected.setdefault(path, []).append(change)
    return selected


def render_feeds(dated_site: SiteOnDate, changes_by_plan: ChangesByPlan) -> dict[str, str]:
    """Atom feeds by output path: of the site, of each plan, and of each owner whose actions changed.

    The feed of the site tells of plans that were removed as well.

    Feeds need absolute URLs, so there are none without a `base_url`.
    """
    site = dated_site.site
    if not site.settings.base_url:
        return {}
    base_url = f"{site.settings.base_url.rstrip('/')}/"
    by_plan = {
        slug: list(build_feed_entries(site.plans_by_slug.get(slug), files)) for slug, files in changes_by_plan.items()
    }
    all_pairs = [pair for slug in sorted(by_plan) for pair in by_plan[slug]]
    feeds = {FEED_FILE: render_atom_feed(base_url, FEED_FILE, site.settings.title, [entry for entry, _ in all_pairs])}
    for plan in site.plans:
        path, title = f"plans/{plan.slug}/{FEED_FILE}", f"{plan.title}: {site.settings.title}"
        feeds[path] = render_atom_feed(base_url, path, title, [entry for entry, _ in by_plan.get(plan.slug, ())])
    by_owner: dict[str, tuple[OwnerOrAgency, list[FeedEntry]]] = {}
    for entry, action in all_pairs:
        owner = site.find_owner_or_agency(action.owner) if action else None
        if owner:
            by_owner.setdefault(profile_address(owner), (owner, []))[1].append(entry)
    for address, (owner, entries) in by_owner.items():
        path = f"{address.removesuffix('.html')}{FEED_SUFFIX}"
        feeds[path] = render_atom_feed(base_url, path, f"{owner.title}: {site.settings.title}", entries)
    return feeds
