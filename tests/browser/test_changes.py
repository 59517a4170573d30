"""Pages that tell the past, in a real browser, with a past to tell."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from plansite.pipeline.build import build_in_memory
from tests.history.repo import Repo
from tests.sites import FixedClock, unpack

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SETTINGS = "title: T\nbase_url: https://plans.example.org/\nrepository: https://github.com/example/plans\n"
PLAN = "---\ntitle: Winter\nreview_every: 1 week\n---\n"
ACTION = (
    "---\ntitle: Mend the heater\nref: 1\nowner: Cook\ncreated: 2024-11-01\ndue: {}\n---\n\n## Steps\n- [{}] Ring\n"
)
PAGES = ("changes.html", "plans/winter/changes.html", "plans/winter/actions/heater.html")
HEATER = "content/plans/winter/actions/heater.md"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A plan whose action was moved and worked on, as a build shows it a few days later."""
    folder = tmp_path_factory.mktemp("past")
    repo = Repo.new(folder / "repo")
    repo.commit(
        "Begin",
        {"plansite.yaml": SETTINGS, "content/plans/winter/plan.md": PLAN},
    )
    repo.commit("Add (#1)", {HEATER: ACTION.format("2025-01-10", " ")})
    repo.commit("Move (#2)", {HEATER: ACTION.format("2025-01-20", " ")})
    repo.commit("Tick (#3)", {HEATER: ACTION.format("2025-01-20", "x")})
    return unpack(build_in_memory(repo.root, clock=FixedClock(date(2025, 1, 9)), history=True), folder / "public")


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page of its own."""
    page = browser.new_page()
    yield page
    page.close()


@pytest.mark.parametrize("path", PAGES)
def test_the_past_is_told_without_a_barrier(site: Path, page: Page, path: str) -> None:
    """The move and the tick are in words, axe finds nothing, and a small phone shows all of it."""
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto((site / path).as_uri())
    text = page.locator("main").inner_text()
    assert "Due moved from 10 January to 20 January 2025 by Ann" in text
    assert "Step done by Ann: Ring" in text
    assert "pull request 3" in text
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    assert Axe().run(page, options={"preload": False, "resultTypes": ["violations"]}).response["violations"] == []


def test_feeds_lie_beside_the_pages(site: Path) -> None:
    """One for the site, one for the plan, one for the owner."""
    assert {path.relative_to(site).as_posix() for path in site.rglob("*.atom")} == {
        "changes.atom",
        "owners/cook.atom",
        "plans/winter/changes.atom",
    }
