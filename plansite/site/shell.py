"""What surrounds every page: the site's name, its navigation and its footer."""

from __future__ import annotations

from urllib.parse import urlsplit

from plansite.model.site import Site
from plansite.site.page import Link, Shell

_NAV = (
    Link("Plans", "index.html"),
    Link("Overdue", "overdue.html"),
    Link("Due soon", "due-soon.html"),
    Link("Calendar", "calendar.html"),
    Link("Changes", "changes.html"),
    Link("Owners", "owners/index.html"),
    Link("Agencies", "agencies/index.html"),
    Link("Search", "search.html"),
)


_FOOTER = (
    Link("What the words and colours mean", "words.html"),
    Link("Data", "data.html"),
    Link("Needs attention", "attention.html"),
    Link("Accessibility", "accessibility.html"),
    Link("About this copy", "about.html"),
)
#: What an encrypted site does not have.
_OPEN_ONLY = frozenset({"search.html", "data.html"})
#: What only those have who see all of a site.
_WHOLE_ONLY = frozenset({"attention.html"})


def shell_of(site: Site, *, pinned: bool, policy: str = "", stood: str = "", is_sealed: bool = False) -> Shell:
    """The frame of this site's pages. Navigation shows no counts, so that no page changes with another."""
    missing = (_OPEN_ONLY if is_sealed else frozenset[str]()) | (frozenset() if site.is_whole else _WHOLE_ONLY)
    return Shell(
        title=site.settings.title,
        nav=tuple(link for link in _NAV if link.href not in missing),
        footer=tuple(link for link in _FOOTER if link.href not in missing),
        timezone=site.settings.timezone,
        pinned=pinned,
        base_path=base_path(site.settings.base_url),
        contact=site.settings.contact,
        policy=policy,
        stood=stood,
        is_sealed=is_sealed,
    )


def base_path(base_url: str) -> str:
    """The path under which the site stands, with a slash at both ends: `/` or `/plans/`."""
    path = urlsplit(base_url).path.strip("/")
    return f"/{path}/" if path else "/"
