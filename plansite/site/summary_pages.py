"""The pages across plans that are composed from summaries of all plans, in sets that are composed one by one.

Each set can be composed in a process of its own, and a preview composes only the set of the page that is requested.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from enum import Enum
from itertools import chain

from plansite.deferred_dataclass import dataclass
from plansite.model.assessment import SiteOnDate
from plansite.model.findings import Finding
from plansite.model.page_addresses import ABOUT_PAGE, FRONT_PAGE, VIEWS_PAGE
from plansite.model.slugs import collision_key
from plansite.site.components.content_links import LinkResolver
from plansite.site.components.page import Page
from plansite.site.components.pagination import find_first_address
from plansite.site.data.data_files import build_data_page
from plansite.site.incidents.incident_rows import IncidentRow
from plansite.site.lists.saved_views import build_view_pages
from plansite.site.measures.measure_pages import MeasureRow
from plansite.site.pages.about import BuildInfo, build_about_page
from plansite.site.pages.accessibility import build_accessibility_page
from plansite.site.pages.attention import build_attention_page
from plansite.site.pages.fallback_pages import build_alias_pages, build_not_found_page
from plansite.site.pages.front import build_front_page
from plansite.site.pages.glossary import build_glossary_page
from plansite.site.pages.search import build_search_page


@dataclass(frozen=True, slots=True, kw_only=True)
class SummaryPageInputs:
    """What these pages are composed from. Plans of `dated_site` may be summaries without bodies.

    `find_next_change` returns the first day on which a page changes by date alone, `list_measures` and `list_incidents`
    the rows of all of them. They are called for the pages that show this.
    """

    dated_site: SiteOnDate
    resolver: LinkResolver
    findings: tuple[Finding, ...]
    build_info: BuildInfo
    find_next_change: Callable[[], date | None]
    list_measures: Callable[[], Iterable[MeasureRow]]
    list_incidents: Callable[[], Iterable[IncidentRow]]


class Shows(Enum):
    """What pages show besides the plans, the people, the settings and the day."""

    NOTHING_ELSE = "nothing else"
    FRONT_PAGE = "the file of the front page"
    BUILD = "findings, and facts about the build"


@dataclass(frozen=True, slots=True, kw_only=True)
class SummaryPages:
    """Pages that are composed together; `name` is the path of the first of them."""

    name: str
    build: Callable[[SummaryPageInputs], Iterator[Page]]
    shows: Shows


def _build_front_page(inputs: SummaryPageInputs) -> Iterator[Page]:
    yield build_front_page(inputs.dated_site, inputs.resolver, inputs.list_measures(), inputs.list_incidents())


def _build_other_pages(inputs: SummaryPageInputs) -> Iterator[Page]:
    dated_site = inputs.dated_site
    yield build_about_page(dated_site, inputs.findings, inputs.build_info, next_change=inputs.find_next_change())
    if dated_site.site.is_unfiltered:
        yield build_attention_page(dated_site, inputs.findings)
    yield build_search_page(dated_site)
    yield build_data_page(dated_site)
    yield build_glossary_page(dated_site)
    yield build_accessibility_page(dated_site)
    yield build_not_found_page(dated_site)
    yield from build_alias_pages(dated_site.site, set(map(collision_key, inputs.resolver.address_by_path.values())))


def _build_views(inputs: SummaryPageInputs) -> Iterator[Page]:
    return build_view_pages(inputs.dated_site)


_OTHERS = SummaryPages(name=ABOUT_PAGE, build=_build_other_pages, shows=Shows.BUILD)
#: All sets. The last one has all pages that no other has.
SUMMARY_PAGES = (
    SummaryPages(name=FRONT_PAGE, build=_build_front_page, shows=Shows.FRONT_PAGE),
    SummaryPages(name=VIEWS_PAGE, build=_build_views, shows=Shows.NOTHING_ELSE),
    _OTHERS,
)
_VIEWS_FOLDER = VIEWS_PAGE.removesuffix("index.html")
_BY_NAME = {pages.name: pages for pages in SUMMARY_PAGES}


def find_summary_pages(path: str) -> SummaryPages:
    """The set that has the page at `path`, if there is such a page."""
    first = VIEWS_PAGE if path.startswith(_VIEWS_FOLDER) else find_first_address(path)
    return _BY_NAME.get(first, _OTHERS)


def build_summary_pages(inputs: SummaryPageInputs) -> Iterator[Page]:
    """The pages of all sets."""
    return chain.from_iterable(pages.build(inputs) for pages in SUMMARY_PAGES)
