"""The page for a missing page leads on from any address."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from plansite.model.assessment import SiteOnDate
from plansite.model.settings import Settings
from plansite.model.site import Site
from plansite.render.page_renderer import PageRenderer
from plansite.render.theme import load_theme
from plansite.site.components.page import build_site_layout
from plansite.site.pages.fallback_pages import NotFoundView, build_not_found_page
from tests.sites import write

SITE = Site(settings=Settings(title="Test", base_url="https://example.org/plans/", contact="plans@example.org"))
PAGE = build_not_found_page(SiteOnDate(SITE, date(2025, 1, 20)))


def test_it_names_ways_on() -> None:
    """The front page, search, what is overdue and the owners."""
    assert PAGE.path == "404.html"
    assert isinstance(PAGE.view, NotFoundView)
    assert [way.link.href for way in PAGE.view.links] == [
        "index.html",
        "search.html",
        "overdue.html",
        "owners/index.html",
    ]
    assert PAGE.view.links[0].note == "0 plans, from the front page"


def test_its_links_begin_at_the_root(tmp_path: Path) -> None:
    """A host shows it at any depth, so no link of it is relative, not even those to styles and scripts."""
    writer = PageRenderer.create(
        load_theme(write(tmp_path, {}), "default"),
        build_site_layout(SITE, pinned=False),
        frozenset(),
        today=date(2025, 1, 20),
    )
    html = writer.render(PAGE)
    targets = [part.partition('"')[0] for name in ("href", "src") for part in html.split(f' {name}="')[1:]]
    assert len(targets) > 12
    assert not [target for target in targets if not target.startswith(("/plans/", "#", "mailto:"))]


def test_it_says_whom_to_ask(tmp_path: Path) -> None:
    """With a contact in the settings, their address stands on the page."""
    writer = PageRenderer.create(
        load_theme(write(tmp_path, {}), "default"),
        build_site_layout(SITE, pinned=False),
        frozenset(),
        today=date(2025, 1, 20),
    )
    assert "mailto:plans%40example.org" in writer.render(PAGE)
