"""A page: where it stands, the template that draws it, and its view."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from plansite.model.site import Site


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead somewhere. `href` counts from the top of the site, or is a web address; empty: no link."""

    text: str
    href: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One output file. `view` is the closed value that its template shows; nothing else of the model gets there."""

    path: str
    template: str
    title: str
    view: object
    section: str = ""
    trail: tuple[Link, ...] = ()
    landscape: bool = False

    @property
    def path_to_root(self) -> str:
        """The way from this page to the top of the site: `../../` for a page two folders down."""
        return "../" * self.path.count("/")


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteLayout:
    """What surrounds every page of a site: the same for all of them.

    `policy` is what browsers may load, for hosts that send no headers. `stood` is the commit of an earlier state that
    the site shows; empty where it shows the present one. A site that `is_sealed` is encrypted: it has a lock, and
    neither search nor data.
    """

    title: str
    nav: tuple[Link, ...]
    footer: tuple[Link, ...]
    timezone: str
    pinned: bool
    base_path: str
    contact: str = ""
    stood: str = ""
    policy: str = ""
    is_sealed: bool = False


_NAV_LINKS = (
    Link("Plans", "index.html"),
    Link("Overdue", "overdue.html"),
    Link("Due soon", "due-soon.html"),
    Link("Calendar", "calendar.html"),
    Link("Changes", "changes.html"),
    Link("Owners", "owners/index.html"),
    Link("Agencies", "agencies/index.html"),
    Link("Search", "search.html"),
)


_FOOTER_LINKS = (
    Link("What the words and colours mean", "words.html"),
    Link("Data", "data.html"),
    Link("Needs attention", "attention.html"),
    Link("Accessibility", "accessibility.html"),
    Link("About this copy", "about.html"),
)
#: What an encrypted site does not have.
_ABSENT_WHEN_ENCRYPTED = frozenset({"search.html", "data.html"})
#: What only those have who see all of a site.
_WHOLE_SITE_ONLY = frozenset({"attention.html"})


def build_site_layout(
    site: Site, *, pinned: bool, policy: str = "", earlier_commit: str = "", is_encrypted: bool = False
) -> SiteLayout:
    """The frame of this site's pages. Navigation shows no counts, so that no page changes with another."""
    missing = (_ABSENT_WHEN_ENCRYPTED if is_encrypted else frozenset[str]()) | (
        frozenset() if site.is_unfiltered else _WHOLE_SITE_ONLY
    )
    return SiteLayout(
        title=site.settings.title,
        nav=tuple(link for link in _NAV_LINKS if link.href not in missing),
        footer=tuple(link for link in _FOOTER_LINKS if link.href not in missing),
        timezone=site.settings.timezone,
        pinned=pinned,
        base_path=base_path(site.settings.base_url),
        contact=site.settings.contact,
        policy=policy,
        stood=earlier_commit,
        is_sealed=is_encrypted,
    )


def base_path(base_url: str) -> str:
    """The path under which the site stands, with a slash at both ends: `/` or `/plans/`."""
    path = urlsplit(base_url).path.strip("/")
    return f"/{path}/" if path else "/"
