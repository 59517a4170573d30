"""Rows that are rendered with their plans: the pages that join them are those that render them themselves."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import chain
from pathlib import Path
from typing import Any

import pytest

from plansite.content.site_content import load_site
from plansite.model.assessment import SiteOnDate
from plansite.pipeline.row_drawing import draw_rows
from plansite.render.page_renderer import PageRenderer
from plansite.render.theme import load_theme
from plansite.site.components.content_links import LinkResolver
from plansite.site.components.drawn_rows import ROOT_MARK, DrawnRow
from plansite.site.components.page import Page, build_site_layout
from plansite.site.components.table_rows import TableRow
from plansite.site.components.widgets import ActionRow, FinishedRow
from plansite.site.contributions import ContributionInputs, PlanContribution, contribute
from plansite.site.lists.listed_site import ListedSite
from plansite.site.lists.tagged_actions import SiteTags
from plansite.site.lists.tags import list_tag_parts
from plansite.site.oversight.list_pages import ACTION_LISTS
from plansite.site.people.page_parts import list_people_parts
from plansite.site.people.site_work import SiteWork
from plansite.site.people.work_share import EvidenceEntry

_TODAY = date(2026, 11, 20)


@pytest.fixture(scope="module")
def dated_site(project: Path) -> SiteOnDate:
    """The demonstration."""
    return SiteOnDate(load_site(project), _TODAY)


@pytest.fixture(scope="module")
def contributions(dated_site: SiteOnDate) -> list[PlanContribution]:
    """What its plans contribute."""
    resolver = LinkResolver.from_site(dated_site.site)
    return [contribute(ContributionInputs(dated_site, plan, tuple, resolver)) for plan in dated_site.site.plans]


@pytest.fixture(scope="module")
def renderer(project: Path, dated_site: SiteOnDate) -> PageRenderer:
    """A renderer of the default theme."""
    theme = load_theme(project, "")
    layout = build_site_layout(dated_site.site, pinned=True)
    return PageRenderer.create(theme, layout, frozenset(theme.static_files()), today=_TODAY)


def _compose(dated_site: SiteOnDate, contributions: list[PlanContribution]) -> Iterator[Page]:
    """All pages that are composed from rows of contributions."""
    listed = ListedSite(dated_site.site, _TODAY, tuple(each.entries for each in contributions))
    work = SiteWork(dated_site.site.people, (each.work for each in contributions))
    tags, resolver = SiteTags(each.tags for each in contributions), LinkResolver.from_site(dated_site.site)
    parts = (*list_people_parts(dated_site, work, (), resolver), *list_tag_parts(dated_site, tags, ()))
    yield from chain.from_iterable(each.build(listed) for each in ACTION_LISTS)
    yield from chain.from_iterable(part.compose() for part in parts)


def test_pages_are_the_same(
    dated_site: SiteOnDate, contributions: list[PlanContribution], renderer: PageRenderer
) -> None:
    """Byte by byte: lists, which are at the top of the site, and pages of people and tags, which are in folders."""
    drawn = [draw_rows(each, renderer.render_rows) for each in contributions]
    folders = set()
    for page, joined in zip(_compose(dated_site, contributions), _compose(dated_site, drawn), strict=True):
        assert renderer.render(joined) == renderer.render(page), page.path
        folders.add(page.path.rpartition("/")[0])
    assert folders >= {"", "owners", "agencies", "tags"}


def test_each_row_is_rendered(contributions: list[PlanContribution], renderer: PageRenderer) -> None:
    """No entry keeps a row of an action that a page would have to render; each has a link that is to be completed."""
    for each in contributions:
        drawn = draw_rows(each, renderer.render_rows)
        rows = [*_list_rows((drawn.entries, drawn.work, drawn.tags))]
        assert rows
        assert all(ROOT_MARK in row.html for row in rows)
        assert len(rows) == len([*_list_rows((each.entries, each.work, each.tags))])


def _list_rows(value: Any) -> Iterator[Any]:
    """The rows in a value that are drawn or could be; those of evidence are always rendered by the page."""
    if isinstance(value, (DrawnRow, ActionRow, FinishedRow, TableRow)):
        yield value
    elif isinstance(value, dict):
        yield from chain.from_iterable(map(_list_rows, value.values()))
    elif isinstance(value, tuple) and not isinstance(value, EvidenceEntry):
        yield from chain.from_iterable(map(_list_rows, value))
    elif hasattr(value, "__dataclass_fields__"):
        yield from chain.from_iterable(_list_rows(getattr(value, name)) for name in value.__dataclass_fields__)


def test_rows_are_left_to_the_pages_without_fast_paths(
    contributions: list[PlanContribution], renderer: PageRenderer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The switch turns this off as well."""
    monkeypatch.setenv("PLANSITE_NO_FAST_PATHS", "1")
    assert all(draw_rows(each, renderer.render_rows) is each for each in contributions)
