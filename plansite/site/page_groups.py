"""The files across plans that are composed from what each plan contributes to them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import chain
from typing import Any

from plansite.model.assessment import SiteOnDate
from plansite.model.page_addresses import (
    CALENDAR_PAGE,
    GOVERNANCE_PAGE,
    MEASURES_PAGE,
    SEARCH_INDEX,
    STANDARDS_FOLDER,
    STANDARDS_PAGE,
)
from plansite.site.calendars.calendar_files import CALENDARS_GROUP
from plansite.site.calendars.calendar_links import build_calendar_links
from plansite.site.components.page import Page
from plansite.site.contributions import SitePageGroup
from plansite.site.data.data_files import SITE_DATA_PATHS, render_site_data_files
from plansite.site.data.search_index import list_people_rows, list_standard_rows, render_search_index
from plansite.site.downloads.register_files import DOWNLOADS_GROUP
from plansite.site.governance.report import build_governance_page, select_governance
from plansite.site.incidents.page_groups import INCIDENT_PAGE_GROUPS
from plansite.site.lists.calendar import build_calendar_pages
from plansite.site.lists.calendar_entries import CalendarEntry
from plansite.site.lists.document_lists import build_measure_list
from plansite.site.measures.measure_pages import MeasureRow
from plansite.site.oversight.list_pages import LIST_GROUPS
from plansite.site.standards.pages import build_standards_pages, select_standards
from plansite.site.voice.answers_group import ANSWERS_GROUP

_DataRows = tuple[str, str, date | None]


def _build_data_files(_: SiteOnDate, selected: Sequence[_DataRows]) -> Iterator[tuple[str, Page | str]]:
    next_change = min((day for _, _, day in selected if day), default=None)
    yield from render_site_data_files((csv for csv, _, _ in selected), (json for _, json, _ in selected), next_change)


def _build_search_index(
    dated_site: SiteOnDate, selected: Sequence[tuple[str, tuple[str, ...]]]
) -> Iterator[tuple[str, Page | str]]:
    site = dated_site.site
    rows = (*list_people_rows(site), *list_standard_rows(site, (key for _, keys in selected for key in keys)))
    yield SEARCH_INDEX, render_search_index(rows, [plan for plan, _ in selected], site.settings.due_soon)


def _build_calendar(
    dated_site: SiteOnDate, selected: Sequence[tuple[CalendarEntry, ...]]
) -> Iterator[tuple[str, Page | str]]:
    links = build_calendar_links(dated_site.site)
    for page in build_calendar_pages(dated_site.today, chain.from_iterable(selected), links):
        yield page.path, page


def _build_measures(_: SiteOnDate, selected: Sequence[tuple[MeasureRow, ...]]) -> Iterator[tuple[str, Page | str]]:
    return ((page.path, page) for page in build_measure_list(chain.from_iterable(selected)))


#: The files across plans that are composed from the contributions of plans. `SUMMARY_PAGES` has the others.
SITE_PAGE_GROUPS: tuple[SitePageGroup[Any], ...] = (
    SitePageGroup(
        name="data files",
        paths=SITE_DATA_PATHS,
        select=lambda contribution: (contribution.csv, contribution.json, contribution.next_change),
        select_site=lambda _: (),
        build=_build_data_files,
    ),
    SitePageGroup(
        name="search index",
        paths=(SEARCH_INDEX,),
        select=lambda contribution: (contribution.search, contribution.standards.keys),
        select_site=lambda dated_site: (list_people_rows(dated_site.site), dated_site.site.frameworks),
        build=_build_search_index,
    ),
    SitePageGroup(
        name="calendar",
        paths=(CALENDAR_PAGE, "calendar/"),
        select=lambda contribution: contribution.calendar,
        select_site=lambda _: (),
        build=_build_calendar,
    ),
    *LIST_GROUPS,
    CALENDARS_GROUP,
    DOWNLOADS_GROUP,
    *INCIDENT_PAGE_GROUPS,
    SitePageGroup(
        name="measures",
        paths=(MEASURES_PAGE,),
        select=lambda contribution: contribution.measures,
        select_site=lambda _: (),
        build=_build_measures,
    ),
    ANSWERS_GROUP,
    SitePageGroup(
        name="governance",
        paths=(GOVERNANCE_PAGE,),
        select=select_governance,
        select_site=lambda dated_site: dated_site.site.is_unfiltered,
        build=lambda dated_site, selected: ((page.path, page) for page in build_governance_page(dated_site, selected)),
    ),
    SitePageGroup(
        name="standards",
        paths=(STANDARDS_PAGE, STANDARDS_FOLDER),
        select=select_standards,
        select_site=lambda dated_site: (dated_site.site.frameworks, dated_site.site.is_unfiltered),
        build=build_standards_pages,
    ),
)
