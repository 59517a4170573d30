"""What changed on the whole site: a page, and feeds for those who would rather be told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from plansite.history.change import Change
from plansite.model.action import Action
from plansite.model.course import Outlook
from plansite.model.people import Party
from plansite.model.words import count
from plansite.site.addresses import party_page, plan_link
from plansite.site.feed import Entry, feed_of
from plansite.site.page import Link, Page
from plansite.site.past import Past
from plansite.site.plan_changes import Span, Subject, subjects_of

#: How far back the page and the feeds go.
DAYS = 30
PAGE, FEED = "changes.html", "changes.atom"
_MOST = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteChangesView:
    """What the page shows: each plan with its documents, or why there is nothing. `feed` is empty without one."""

    lede: str
    hidden: str
    spans: tuple[Span, ...]
    feed: str


def recent(pasts: Mapping[str, Past], today: date) -> dict[str, tuple[Change, ...]]:
    """The news of each plan within the last days, newest first; plans without any are left out."""
    first = today - timedelta(days=DAYS - 1)
    found = {slug: past.since(first, today) for slug, past in pasts.items()}
    return {slug: tuple(each for each in changes if each.is_news) for slug, changes in found.items() if changes}


def site_changes_page(outlook: Outlook, news: Mapping[str, Sequence[Change]], hidden: str, *, told: bool) -> Page:
    """The page of what changed in all plans; `hidden` says why git tells nothing, where it does not.

    `told` is whether git was asked and tells: then there are feeds to follow, however quiet the plans.
    """
    spans = tuple(_spans(outlook, news))
    total = sum(len(changes) for changes in news.values())
    return Page(
        path=PAGE,
        template="site_changes.html",
        title="Changes",
        view=SiteChangesView(
            lede=f"{count(total, 'change')} in {count(len(spans), 'plan')} in the last {DAYS} days." if total else "",
            hidden=hidden,
            spans=spans,
            feed=FEED if told and outlook.site.settings.base_url else "",
        ),
        section=PAGE,
        trail=(Link("Plans", "index.html"), Link("Changes")),
    )


def _spans(outlook: Outlook, news: Mapping[str, Sequence[Change]]) -> Iterator[Span]:
    for plan in outlook.site.plans:
        changes = news.get(plan.slug, ())
        if changes:
            subjects = tuple(subjects_of(changes[:_MOST], {action.path: action for action in plan.actions}))
            more = f" The newest {_MOST} are shown." if len(changes) > _MOST else ""
            yield Span(plan.slug, plan.title, f"{count(len(changes), 'change')}.{more}", subjects)


def feeds(outlook: Outlook, news: Mapping[str, Sequence[Change]]) -> dict[str, str]:
    """Atom feeds by output path: of the site, of each plan, and of each owner whose actions changed.

    A feed needs whole addresses, so there is none without a `base_url`.
    """
    base = outlook.site.settings.base_url
    if not base:
        return {}
    base = f"{base.rstrip('/')}/"
    title = outlook.site.settings.title
    by_plan = {plan.slug: list(_entries(outlook, plan.slug, news)) for plan in outlook.site.plans}
    found = {FEED: feed_of(base, FEED, title, [each for entries in by_plan.values() for each, _ in entries])}
    for plan in outlook.site.plans:
        path = f"plans/{plan.slug}/{FEED}"
        found[path] = feed_of(base, path, f"{plan.title}: {title}", [each for each, _ in by_plan[plan.slug]])
    owned: dict[str, tuple[Party, list[Entry]]] = {}
    for entry, owner in (pair for entries in by_plan.values() for pair in entries):
        if owner:
            owned.setdefault(party_page(owner), (owner, []))[1].append(entry)
    for page, (owner, entries) in owned.items():
        path = page.removesuffix(".html") + ".atom"
        found[path] = feed_of(base, path, f"{owner.title}: {title}", entries)
    return found


def _entries(outlook: Outlook, slug: str, news: Mapping[str, Sequence[Change]]) -> Iterator[tuple[Entry, Party | None]]:
    plan = outlook.site.plans_by_slug[slug]
    actions = {action.path: action for action in plan.actions}
    for subject, path in _by_file(news.get(slug, ()), actions):
        action = actions.get(path)
        owner = outlook.site.party(action.owner) if action else None
        yield Entry(subject=subject, path=path, page=subject.title.href or plan_link(plan).href, plan=plan.title), owner


def _by_file(changes: Sequence[Change], actions: dict[str, Action]) -> Iterator[tuple[Subject, str]]:
    paths = sorted({change.path for change in changes})
    for path in paths:
        own = [change for change in changes if change.path == path]
        for subject in subjects_of(own, actions):
            yield subject, path
