"""Rows that are rendered with their plans: the lists that join them are those that render them themselves."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from plansite.content.site_content import load_site
from plansite.model.assessment import SiteOnDate
from plansite.pipeline.row_drawing import draw_rows
from plansite.render.page_renderer import PageRenderer
from plansite.render.theme import load_theme
from plansite.site.components.drawn_rows import ROOT_MARK, DrawnRow
from plansite.site.components.page import build_site_layout
from plansite.site.lists.listed_site import ListedSite
from plansite.site.oversight.list_pages import ACTION_LISTS

_TODAY = date(2026, 11, 20)


@pytest.fixture(scope="module")
def listed(project: Path) -> ListedSite:
    """What the demonstration has on lists."""
    return ListedSite.of(SiteOnDate(load_site(project), _TODAY))


@pytest.fixture(scope="module")
def renderer(project: Path, listed: ListedSite) -> PageRenderer:
    """A renderer of the default theme."""
    theme = load_theme(project, "")
    layout = build_site_layout(listed.site, pinned=True)
    return PageRenderer.create(theme, layout, frozenset(theme.static_files()), today=_TODAY)


def test_pages_of_lists_are_the_same(listed: ListedSite, renderer: PageRenderer) -> None:
    """Byte by byte, at the top of the site and in a folder, where links climb."""
    plans = tuple(draw_rows(each, renderer.render_rows) for each in listed.plans)
    drawn = ListedSite(listed.site, listed.today, plans)
    for action_list in ACTION_LISTS:
        pages = list(action_list.build(listed))
        assert pages, action_list.path
        for page, joined in zip(pages, action_list.build(drawn), strict=True):
            for path in (page.path, f"owners/{page.path}"):
                assert renderer.render(replace(joined, path=path)) == renderer.render(replace(page, path=path))


def test_each_row_is_rendered(listed: ListedSite, renderer: PageRenderer) -> None:
    """No entry keeps a row that a list would have to render, and each row has a link that is to be completed."""
    for each in listed.plans:
        drawn = draw_rows(each, renderer.render_rows)
        listed_rows = (*drawn.open, *drawn.near, *drawn.unassigned, *drawn.checks)
        rows: list[object] = [entry.row for entry in (*drawn.finished, *drawn.verified)]
        rows += [*(entry.row for entry in listed_rows), *drawn.controls, *drawn.reviews, *drawn.notices]
        assert all(isinstance(row, DrawnRow) and ROOT_MARK in row.html for row in rows)
        assert [entry.order for entry in drawn.open] == [entry.order for entry in each.open]


def test_rows_are_left_to_the_lists_without_fast_paths(
    listed: ListedSite, renderer: PageRenderer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The switch turns this off as well."""
    monkeypatch.setenv("PLANSITE_NO_FAST_PATHS", "1")
    assert all(draw_rows(each, renderer.render_rows) is each for each in listed.plans)
