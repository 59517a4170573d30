"""Pages in place of others: of an unreadable file, of a moved action, and for an address without a page."""

from __future__ import annotations

from collections.abc import Container, Iterator

from plansite.deferred_dataclass import dataclass
from plansite.model.assessment import SiteOnDate
from plansite.model.documents.action import Action
from plansite.model.formatting import format_count
from plansite.model.links.repository import edit_url
from plansite.model.page_addresses import (
    NOT_FOUND_PAGE,
    OWNERS_PAGE,
    SEARCH_PAGE,
    document_address,
    unreadable_file_address,
)
from plansite.model.site import Site, UnreadableFile
from plansite.model.slugs import collision_key, is_file_name, title_from_slug
from plansite.site.components.content_links import describe_cut, link_whole_file
from plansite.site.components.finding_notices import FindingNotice, build_finding_notice
from plansite.site.components.page import Link, Page
from plansite.site.components.page_links import action_link
from plansite.site.components.plan_header import build_plan_trail
from plansite.site.lists.action_lists import OVERDUE
from plansite.site.pages.search import SuggestedLink


@dataclass(frozen=True, slots=True, kw_only=True)
class UnreadableFileView:
    """A file that could not be read: its findings and its text. `cut` says how much of a large file is shown.

    `whole` is the link to all of such a file; empty if it is not published.
    """

    title: str
    path: str
    text: str
    cut: str
    whole: Link
    edit: str
    faults: tuple[FindingNotice, ...]


def build_unreadable_file_page(dated_site: SiteOnDate, unreadable: UnreadableFile) -> Page:
    """The page of an unreadable file, at the address that it would have if it could be read."""
    plan = dated_site.site.plans_by_slug.get(unreadable.plan or unreadable.slug)
    trail = build_plan_trail(plan) if plan else (Link("Plans", "index.html"),)
    title = title_from_slug(unreadable.slug)
    return Page(
        path=unreadable_file_address(unreadable),
        template="pages/unreadable.html",
        title=f"{title} (needs attention)",
        view=UnreadableFileView(
            title=title,
            path=unreadable.path,
            text=unreadable.text,
            cut=describe_cut(unreadable),
            whole=link_whole_file(unreadable),
            edit=edit_url(dated_site.site, unreadable.path),
            faults=tuple(build_finding_notice(dated_site, finding) for finding in unreadable.findings),
        ),
        section="index.html",
        trail=(*trail, Link(title)),
    )


@dataclass(frozen=True, slots=True)
class AliasView:
    """A link to the action that has moved, or to each of several that say so."""

    actions: tuple[Link, ...]


def build_alias_pages(site: Site, taken_paths: Container[str]) -> Iterator[Page]:
    """A page for each alias of an action (`slug` or `plan/slug`), unless another page has its path.

    `taken_paths` are the collision_key of the paths of all other pages.
    """
    movers: dict[str, dict[str, tuple[str, Action]]] = {}
    for action in site.actions:
        for alias in action.aliases:
            plan, key = action.alias_address(alias)
            path = document_address(plan, "action", alias.strip().rpartition("/")[2])
            is_free = collision_key(path) not in taken_paths
            if is_free and plan in site.plans_by_slug and is_file_name(key):
                movers.setdefault(collision_key(path), {}).setdefault(action.path, (path, action))
    for group in movers.values():
        path = min(path for path, _ in group.values())
        actions = [action for _, action in group.values()]
        yield Page(
            path=path,
            template="pages/alias.html",
            title=actions[0].title if len(actions) == 1 else "This page has moved",
            view=AliasView(tuple(map(action_link, actions))),
            section="index.html",
            trail=build_plan_trail(site.plans_by_slug[actions[0].plan], Link("Moved")),
        )


@dataclass(frozen=True, slots=True)
class NotFoundView:
    """What the page for a missing page shows."""

    links: tuple[SuggestedLink, ...]


def build_not_found_page(dated_site: SiteOnDate) -> Page:
    """`404.html`. Hosts show it at any address, so its links begin at the root of the site."""
    plans = format_count(len(dated_site.site.plans), "plan")
    return Page(
        path=NOT_FOUND_PAGE,
        template="pages/not_found.html",
        title="Page not found",
        view=NotFoundView(
            (
                SuggestedLink(Link("All plans", "index.html"), f"{plans}, from the front page"),
                SuggestedLink(Link("Search", SEARCH_PAGE), "by title, number, owner or status"),
                SuggestedLink(Link("What is overdue", OVERDUE.href), "in every plan"),
                SuggestedLink(Link("Owners", OWNERS_PAGE), "who does what"),
            )
        ),
        trail=(Link("Plans", "index.html"), Link("Not found")),
    )
