"""The pages about incidents across plans: the list of all of them, and the learning for each service."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Any

from plansite.model.assessment import SiteOnDate
from plansite.model.page_addresses import INCIDENTS_PAGE, LEARNING_FOLDER, LEARNING_PAGE
from plansite.site.components.page import Page
from plansite.site.contributions import SitePageGroup
from plansite.site.incidents.incident_rows import IncidentRow
from plansite.site.incidents.learning import LearningEntry, build_learning_pages
from plansite.site.lists.document_lists import build_incident_list


def _build_incidents(_: SiteOnDate, selected: Sequence[tuple[IncidentRow, ...]]) -> Iterator[tuple[str, Page | str]]:
    return ((page.path, page) for page in build_incident_list(chain.from_iterable(selected)))


def _build_learning(
    dated_site: SiteOnDate, selected: Sequence[tuple[LearningEntry, ...]]
) -> Iterator[tuple[str, Page | str]]:
    site = dated_site.site
    pages = build_learning_pages(
        chain.from_iterable(selected), is_unfiltered=site.is_unfiltered, contact=site.settings.contact
    )
    return ((page.path, page) for page in pages)


#: Both are rendered again only where the incidents of a plan have changed.
INCIDENT_PAGE_GROUPS: tuple[SitePageGroup[Any], ...] = (
    SitePageGroup(
        name="incidents",
        paths=(INCIDENTS_PAGE,),
        select=lambda contribution: contribution.incidents,
        select_site=lambda _: (),
        build=_build_incidents,
    ),
    SitePageGroup(
        name="learning",
        paths=(LEARNING_PAGE, LEARNING_FOLDER),
        select=lambda contribution: contribution.learning,
        select_site=lambda dated_site: dated_site.site.is_unfiltered,
        build=_build_learning,
    ),
)
