"""How far somebody has to scroll on a phone, on the demonstration."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.sites import demonstration, unpack

pytestmark = [pytest.mark.browser, pytest.mark.slow]

#: The most pixels that a page may be high on a screen of 320 pixels.
LIMITS = {
    "index.html": 4_500,
    "changes.html": 6_000,
    "plans/inspection/changes.html": 5_200,
    "plans/inspection/calendar.html": 2_800,
    "incidents.html": 1_500,
    "measures.html": 2_400,
}


@pytest.fixture(scope="module")
def site(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration, unpacked into a folder as from a zip file."""
    return unpack(demonstration(project), tmp_path_factory.mktemp("site"))


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page of the size of a small phone."""
    page = browser.new_page(viewport={"width": 320, "height": 640})
    yield page
    page.close()


def test_pages_are_few_screens_on_a_phone(site: Path, page: Page) -> None:
    """What is old or long is folded, or a link away."""
    heights = {}
    for path in LIMITS:
        page.goto((site / path).as_uri())
        heights[path] = page.evaluate("document.documentElement.scrollHeight")
    assert {path: height for path, height in heights.items() if height > LIMITS[path]} == {}


def test_the_first_screen_says_how_many_are_late(site: Path, page: Page) -> None:
    """Of the front page: what is open and late; of the page of changes: the newest change."""
    for path, selector in (("index.html", ".glance .is-late"), ("changes.html", ".changed time")):
        page.goto((site / path).as_uri())
        box = page.locator(selector).first.bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= 640, path
