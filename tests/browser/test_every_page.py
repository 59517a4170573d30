"""Every type of page in a real browser: accessible, quiet, narrow enough, the same without script."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.sites import demonstration, unpack

pytestmark = [pytest.mark.browser, pytest.mark.slow]

#: One page of each type; `*` stands for the first of them.
TYPES = (
    "index.html",
    "plans/inspection/index.html",
    "plans/inspection/register.html",
    "plans/inspection/goals.html",
    "plans/inspection/timeline.html",
    "plans/inspection/changes.html",
    "plans/inspection/protocol.html",
    "plans/inspection/reviews.html",
    "plans/inspection/reviews/*.html",
    "plans/inspection/actions/*.html",
    "plans/medicine-error/incidents.html",
    "plans/medicine-error/incidents/*.html",
    "plans/inspection/measures.html",
    "plans/inspection/measures/*.html",
    "owners/index.html",
    "owners/maintenance.html",
    "agencies/index.html",
    "agencies/riverside-house.html",
    "overdue.html",
    "due-soon.html",
    "changes.html",
    "calendar.html",
    "calendar/*.html",
    "open.html",
    "unassigned.html",
    "awaiting.html",
    "verified.html",
    "finished.html",
    "attention.html",
    "search.html",
    "data.html",
    "words.html",
    "accessibility.html",
    "about.html",
)
#: What only a script can use, and the words that stand in its place without one.
_TOOLS = ".filter, #search-count, #without-script"
_WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


@pytest.fixture(scope="module")
def site(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration, unpacked into a folder as from a zip file."""
    return unpack(demonstration(project), tmp_path_factory.mktemp("site"))


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A fresh page at a desk's width; a message on the console or a request to another host fails the test."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    troubles: list[str] = []
    page.on("console", lambda message: troubles.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on("request", lambda request: None if request.url.startswith("file:") else troubles.append(request.url))
    yield page
    context.close()
    assert troubles == []


def _address(site: Path, pattern: str) -> str:
    return sorted(site.glob(pattern))[0].as_uri()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("pattern", TYPES)
def test_no_barrier(site: Path, page: Page, pattern: str, scheme: str) -> None:
    """axe finds no violation of WCAG 2.2 AA, in light and in dark, from disk."""
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.goto(_address(site, pattern))
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": _WCAG}, "preload": False})
    assert found.response["violations"] == []


@pytest.mark.parametrize("pattern", TYPES)
def test_fits_a_small_phone(site: Path, page: Page, pattern: str) -> None:
    """Nothing is wider than 320 pixels, and every link can be hit (24 pixels, or in a line of text)."""
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(_address(site, pattern))
    assert page.evaluate("document.documentElement.scrollWidth") == 320


@pytest.mark.parametrize("pattern", TYPES)
def test_says_the_same_without_script(site: Path, browser: Browser, pattern: str) -> None:
    """On a fixed day the script adds tools, but changes no word of the content."""
    texts = []
    for script in (True, False):
        context = browser.new_context(java_script_enabled=script)
        page = context.new_page()
        page.goto(_address(site, pattern))
        page.evaluate("tools => { for (const tool of document.querySelectorAll(tools)) tool.remove(); }", _TOOLS)
        texts.append(" ".join(page.locator("main").inner_text().split()))
        context.close()
    assert texts[0] == texts[1]


def test_every_page_type_is_listed(site: Path) -> None:
    """Whatever new page stands at the top of the site gets its tests."""
    top = {path.name for path in site.glob("*.html")} - {"404.html"}
    assert top <= set(TYPES)
