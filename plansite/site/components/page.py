"""Pages and links, and the layout that all pages of a site share."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple
from urllib.parse import urlsplit

from plansite.deferred_dataclass import dataclass
from plansite.model.page_addresses import (
    ABOUT_PAGE,
    ACCESSIBILITY_PAGE,
    AGENCIES_PAGE,
    ATTENTION_PAGE,
    CALENDAR_PAGE,
    CHANGES_PAGE,
    DATA_PAGE,
    DUE_SOON_LIST,
    FRONT_PAGE,
    GLOSSARY_PAGE,
    GOVERNANCE_PAGE,
    INCIDENTS_PAGE,
    MEASURES_PAGE,
    OVERDUE_LIST,
    OWNERS_PAGE,
    SEARCH_PAGE,
    STANDARDS_PAGE,
    VIEWS_PAGE,
    VOICES_PAGE,
    list_optional_pages,
    shows_governance,
)
from plansite.model.site import Site


class Link(NamedTuple):
    """A link. `href` is an address from the top of the site, or a web address; empty for text without a link.

    It is a named tuple because a build reads tens of thousands.
    """

    text: str
    href: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page to render. Its template sees the values in `view`, and nothing else of the model.

    `section` is the address of the navigation link under which the page belongs, `trail` its breadcrumbs. A
    `landscape` page is printed sideways. `running_head` is printed at the top of each sheet, beside the day; where it
    is empty, a script takes the title.
    """

    path: str
    template: str
    title: str
    view: object
    section: str = ""
    trail: tuple[Link, ...] = ()
    landscape: bool = False
    running_head: str = ""

    @property
    def path_to_root(self) -> str:
        """The relative path from this page to the top of the site: `../../` for a page two folders down."""
        return "../" * self.path.count("/")


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteLayout:
    """What all pages of a site have in common: `shell` in templates.

    `nav` is the menu. `search` is the address of the search page, for which each page has a field; empty without one.
    `policy` is the Content Security Policy, in each page for hosts that send no headers. `pinned` says that the day was
    given, so that scripts do not follow the clock. `earlier_commit` is set where the site is shown as it was at an
    earlier commit. An encrypted site has a button to lock it, and neither search nor data.
    """

    title: str
    nav: tuple[Link, ...]
    footer: tuple[Link, ...]
    timezone: str
    pinned: bool
    base_path: str
    search: str = ""
    contact: str = ""
    earlier_commit: str = ""
    policy: str = ""
    is_encrypted: bool = False


_NAV_LINKS = (
    Link("Plans", FRONT_PAGE),
    Link("Overdue", OVERDUE_LIST),
    Link("Due soon", DUE_SOON_LIST),
    Link("Calendar", CALENDAR_PAGE),
    Link("Changes", CHANGES_PAGE),
    Link("Views", VIEWS_PAGE),
    Link("Owners", OWNERS_PAGE),
    Link("Agencies", AGENCIES_PAGE),
    Link("Incidents", INCIDENTS_PAGE),
    Link("Measures", MEASURES_PAGE),
    Link("Standards", STANDARDS_PAGE),
)
#: Pages that only sites have where something is on them: those of `list_optional_pages`.
_OPTIONAL_PAGES = frozenset({INCIDENTS_PAGE, MEASURES_PAGE, GOVERNANCE_PAGE, STANDARDS_PAGE, VOICES_PAGE})


_FOOTER_LINKS = (
    Link("What the words and colours mean", GLOSSARY_PAGE),
    Link("You said, we did", VOICES_PAGE),
    Link("Data", DATA_PAGE),
    Link("Needs attention", ATTENTION_PAGE),
    Link("Governance report", GOVERNANCE_PAGE),
    Link("Accessibility", ACCESSIBILITY_PAGE),
    Link("About this copy", ABOUT_PAGE),
)
_ABSENT_WHEN_ENCRYPTED = frozenset({SEARCH_PAGE, DATA_PAGE})
#: Pages that only the copy for the internal audience has.
_WHOLE_SITE_ONLY = frozenset({ATTENTION_PAGE})


def build_site_layout(
    site: Site,
    *,
    pinned: bool,
    policy: str = "",
    earlier_commit: str = "",
    is_encrypted: bool = False,
    optional_pages: Collection[str] | None = None,
) -> SiteLayout:
    """The layout of this site's pages. Navigation shows no counts, so that no page changes because another did.

    `optional_pages` are those of `list_optional_pages` of all plans, for a site without its plans.
    """
    if optional_pages is None:
        optional_pages = {page for plan in site.plans for page in list_optional_pages(plan)}
    missing = _OPTIONAL_PAGES.difference(optional_pages, (STANDARDS_PAGE,) if site.settings.frameworks else ())
    missing |= _ABSENT_WHEN_ENCRYPTED if is_encrypted else frozenset()
    missing |= frozenset() if site.is_unfiltered else _WHOLE_SITE_ONLY
    missing |= frozenset() if shows_governance(site) else {GOVERNANCE_PAGE}
    missing |= frozenset() if site.settings.views else {VIEWS_PAGE}
    return SiteLayout(
        title=site.settings.title,
        nav=tuple(link for link in _NAV_LINKS if link.href not in missing),
        search="" if SEARCH_PAGE in missing else SEARCH_PAGE,
        footer=tuple(link for link in _FOOTER_LINKS if link.href not in missing),
        timezone=site.settings.timezone,
        pinned=pinned,
        base_path=base_path(site.settings.base_url),
        contact=site.settings.contact,
        policy=policy,
        earlier_commit=earlier_commit,
        is_encrypted=is_encrypted,
    )


def base_path(base_url: str) -> str:
    """The path of the site's address, with a slash at both ends: `/` or `/plans/`."""
    path = urlsplit(base_url).path.strip("/")
    return f"/{path}/" if path else "/"
