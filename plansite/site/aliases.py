"""Old addresses of actions: pages that lead on to where the action stands now."""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass

from plansite.model.names import slug_fault
from plansite.model.site import Site
from plansite.site.addresses import action_link
from plansite.site.page import Link, Page
from plansite.site.plan_head import plan_trail


@dataclass(frozen=True, slots=True)
class AliasView:
    """What has moved, and where it is."""

    action: Link


def alias_pages(site: Site, taken: Container[str]) -> Iterator[Page]:
    """A page for each alias, a slug of the same plan or `plan/slug`; never in the place of another page.

    `taken` are the paths of all other pages, casefolded.
    """
    seen: set[str] = set()
    for action in site.actions:
        for alias in action.aliases:
            plan, _, slug = alias.rpartition("/")
            path = f"plans/{plan or action.plan}/actions/{slug}.html"
            own = (plan or action.plan) in site.plans_by_slug
            if path.casefold() in taken or path.casefold() in seen or not own or not _fit(slug):
                continue
            seen.add(path.casefold())
            yield Page(
                path=path,
                template="alias.html",
                title=action.title,
                view=AliasView(action_link(action)),
                section="index.html",
                trail=plan_trail(site.plans_by_slug[action.plan], Link("Moved")),
            )


def _fit(name: str) -> bool:
    """Only what could have been a file's name: letters, digits, hyphens, dots inside."""
    plain = all(each.isalnum() or each in "-._" for each in name)
    return bool(name) and plain and not name.startswith(".") and not slug_fault(name)
