"""What changed in all plans: a page, and Atom feeds of the site, of plans and of owners."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from plansite.deferred_dataclass import dataclass
from plansite.history.change import Change
from plansite.model.assessment import SiteOnDate
from plansite.model.documents.plan import Plan
from plansite.model.formatting import format_count, format_short_date
from plansite.model.page_addresses import CHANGES_PAGE, FEED_SUFFIX, plan_address, profile_address
from plansite.model.people import OwnerOrAgency
from plansite.site.changes.atom_feed import FeedEntry, render_atom_feed
from plansite.site.changes.changed_documents import (
    DAYS_SHOWN,
    ChangedDocument,
    count_changes,
    find_first_day,
    find_first_new_day,
    fold_earlier,
    list_changed_documents,
)
from plansite.site.changes.dated_notes import add_changes_in_files, describe_origins
from plansite.site.changes.feed_entries import ChangesByPlan, build_feed_entries
from plansite.site.changes.history import PlanHistory
from plansite.site.components.page import Link, Page

FEED_FILE = f"changes{FEED_SUFFIX}"
#: Plans whose changes are shown, others have a line; documents of a plan; changes of a document that are not folded.
_MAX_PLANS, _MAX_DOCUMENTS, _MAX_CHANGES = 6, 3, 2
#: Further documents of a plan that are folded; beyond them there is a link to the plan's own page.
_MAX_FOLDED = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanNews:
    """What changed last in a plan: the newest documents; `others` are folded, `summary` counts them.

    `more` leads to the plan's own page where there are too many.
    """

    key: str
    title: Link
    note: str
    documents: tuple[ChangedDocument, ...]
    others: tuple[ChangedDocument, ...]
    summary: str
    more: Link


@dataclass(frozen=True, slots=True)
class QuietPlan:
    """A plan with fewer changes than others, as one line; its title links to its changes."""

    title: Link
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteChangesView:
    """What the page shows, the plans with most news first; in `unavailable_reason` why git has no history.

    `origin` says where the changes come from.
    """

    lede: str
    unavailable_reason: str
    origin: str
    plans: tuple[PlanNews, ...]
    further: tuple[QuietPlan, ...]
    feed: str


def select_recent_changes(
    histories: Mapping[str, PlanHistory], today: date
) -> dict[str, dict[str, tuple[Change, ...]]]:
    """The reportable changes of each plan in the last `DAYS_SHOWN` days, by present path, each file's newest first.

    Only plans and files with changes are in it.
    """
    first = find_first_day(today)
    recent = {slug: _select_reportable(history, first, today) for slug, history in histories.items()}
    return {slug: files for slug, files in recent.items() if files}


def _select_reportable(history: PlanHistory, first: date, today: date) -> dict[str, tuple[Change, ...]]:
    files = {
        path: tuple(change for change in changes if change.is_reportable and first <= change.when <= today)
        for path, changes in history.by_file.items()
    }
    return {path: changes for path, changes in files.items() if changes}


def build_site_changes_page(
    dated_site: SiteOnDate,
    changes_by_plan: ChangesByPlan,
    unavailable_reason: str,
    *,
    has_history: bool,
    first_day: date | None = None,
) -> Page:
    """`changes.html`. `unavailable_reason` says why there is no history, if there is none.

    With `has_history` there is a feed, even if nothing changed. What the files record and git does not tell is added to
    `changes_by_plan`, those of git; `first_day` is the day of git's first change, if known.
    """
    today, first = dated_site.today, find_first_day(dated_site.today)
    of_git = {path: changes for files in changes_by_plan.values() for path, changes in files.items()}
    merged = {
        plan.slug: add_changes_in_files(changes_by_plan.get(plan.slug, {}), plan, first, today)
        for plan in dated_site.site.plans
    }
    by_path = {path: changes for files in merged.values() for path, changes in files.items()}
    changed = _list_changed_plans(dated_site, merged)
    return Page(
        path=CHANGES_PAGE,
        template="changes/site_changes.html",
        title="Changes",
        view=SiteChangesView(
            lede=_format_lede(changed),
            unavailable_reason=unavailable_reason,
            origin=describe_origins(of_git, by_path, today, first_day) if changed else "",
            plans=tuple(_build_plan_news(plan, documents, today) for plan, documents in changed[:_MAX_PLANS]),
            further=tuple(_build_quiet_plan(plan, documents) for plan, documents in changed[_MAX_PLANS:]),
            feed=FEED_FILE if has_history and dated_site.site.settings.base_url else "",
        ),
        section=CHANGES_PAGE,
        trail=(Link("Plans", "index.html"), Link("Changes")),
    )


_ChangedPlan = tuple[Plan, list[ChangedDocument]]


def _list_changed_plans(dated_site: SiteOnDate, merged: ChangesByPlan) -> list[_ChangedPlan]:
    """The plans with changes and their documents: those with most changes in the last week first, then in the month."""
    changed = []
    for plan in dated_site.site.plans:
        documents = list_changed_documents(merged[plan.slug], {action.path: action for action in plan.actions})
        if documents:
            changed.append((plan, documents))
    first = find_first_new_day(dated_site.today)

    def sort_key(item: _ChangedPlan) -> tuple[int, int]:
        return -count_changes(item[1], first), -count_changes(item[1])

    return sorted(changed, key=sort_key)


def _format_lede(changed: Sequence[_ChangedPlan]) -> str:
    if not changed:
        return ""
    number = sum(count_changes(documents) for _, documents in changed)
    return f"{format_count(number, 'change')} in {format_count(len(changed), 'plan')} in the last {DAYS_SHOWN} days."


def _build_plan_news(plan: Plan, documents: Sequence[ChangedDocument], today: date) -> PlanNews:
    since = find_first_new_day(today)
    limit = _MAX_DOCUMENTS + _MAX_FOLDED
    shown = tuple(fold_earlier(document, _MAX_CHANGES, since) for document in documents[:limit])
    others = shown[_MAX_DOCUMENTS:]
    number, address = count_changes(documents), plan_address(plan.slug, "changes")
    return PlanNews(
        key=f"in-{plan.slug}",
        title=Link(plan.title, address),
        note=format_count(number, "change"),
        documents=shown[:_MAX_DOCUMENTS],
        others=others,
        summary=format_count(len(others), "other document") if others else "",
        more=Link(f"All {number:,} changes in this plan", address) if len(documents) > limit else Link(""),
    )


def _build_quiet_plan(plan: Plan, documents: Sequence[ChangedDocument]) -> QuietPlan:
    newest = documents[0].newest
    note = f"{format_count(count_changes(documents), 'change')}, the last on {format_short_date(newest, newest)}"
    return QuietPlan(Link(plan.title, plan_address(plan.slug, "changes")), note)


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
