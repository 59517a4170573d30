"""The head of a page: a line on a wide screen, two on a phone, with a menu and a way to search from every page."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from plansite.model.status import Audience
from plansite.pipeline.build import build_in_memory
from tests.sites import FixedClock, html_of, unpack, write

pytestmark = [pytest.mark.browser, pytest.mark.slow]

FILES = {
    "plansite.yaml": "title: Riverside shared action plans\nviews: [{name: Open, filter: {status: open}}]\n",
    "content/plans/falls/plan.md": "---\ntitle: Fewer falls\n---\n",
    "content/plans/falls/actions/rails.md": "---\ntitle: Fit rails & bars\nowner: Maintenance\n---\n",
    "content/plans/falls/incidents/fall.md": "---\ntitle: A fall\ndate: 2025-01-02\n---\n",
    "content/plans/falls/measures/falls.md": "---\ntitle: Falls\n---\n",
}
ACTION = "plans/falls/actions/rails.html"
NAMES = [
    "Plans",
    "Overdue",
    "Due soon",
    "Calendar",
    "Changes",
    "Views",
    "Owners",
    "Agencies",
    "Incidents",
    "Measures",
]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site with everything that the menu can name, as from a zip file."""
    root = tmp_path_factory.mktemp("menu")
    return unpack(build_in_memory(write(root / "source", FILES), clock=FixedClock(date(2025, 1, 20))), root / "public")


@pytest.fixture(params=[True, False], ids=["script", "no script"])
def context(browser: Browser, request: pytest.FixtureRequest) -> Iterator[BrowserContext]:
    """With and without script."""
    context = browser.new_context(java_script_enabled=request.param)
    yield context
    context.close()


def _open(context: BrowserContext, site: Path, width: int, path: str = ACTION) -> Page:
    page = context.new_page()
    page.set_viewport_size({"width": width, "height": 640})
    page.goto((site / path).as_uri())
    return page


def _tops(page: Page, selector: str) -> set[int]:
    boxes = [each.bounding_box() for each in page.locator(selector).all() if each.is_visible()]
    return {round(box["y"]) for box in boxes if box}


def test_a_wide_screen_shows_all_in_one_line(context: BrowserContext, site: Path) -> None:
    """Every link is seen without opening anything, and nothing wraps."""
    page = _open(context, site, 1280)
    assert page.locator(".masthead nav a:visible").all_inner_texts() == NAMES
    assert len(_tops(page, ".masthead nav a")) == 1
    assert page.locator(".masthead").evaluate("it => it.offsetHeight") < 60
    expect(page.locator(".menu summary")).to_be_hidden()


def test_a_phone_shows_two_lines_and_opens_the_menu(context: BrowserContext, site: Path) -> None:
    """The list is there after a press of a key, in a size for fingers; without it the head is short."""
    page = _open(context, site, 320)
    assert page.locator(".masthead a:visible, .masthead summary:visible").all_inner_texts() == [
        "Riverside shared action plans",
        "Search",
        "Menu",
    ]
    assert page.locator(".masthead").evaluate("it => it.offsetHeight") < 96
    page.locator(".menu summary").focus()
    page.keyboard.press("Enter")
    assert page.locator(".masthead nav a:visible").all_inner_texts() == NAMES
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Plans"
    heights = page.locator(".masthead a:visible").evaluate_all("(all) => all.map((each) => each.offsetHeight)")
    assert min(heights) >= 24
    assert page.evaluate("document.documentElement.scrollWidth") == 320


def test_forced_colours_and_the_open_menu_have_no_barrier(browser: Browser, site: Path) -> None:
    """axe finds nothing in the open menu, in either scheme; the menu is there in forced colours."""
    for scheme in ("light", "dark"):
        context = browser.new_context(color_scheme="dark" if scheme == "dark" else "light")
        page = _open(context, site, 320)
        page.locator(".menu summary").click()
        assert Axe().run(page, options={"preload": False, "resultTypes": ["violations"]}).response["violations"] == []
        page.emulate_media(forced_colors="active")
        expect(page.locator(".menu summary")).to_be_visible()
        context.close()


def test_search_is_on_every_wide_page(browser: Browser, site: Path) -> None:
    """From any folder, what is typed leads to its results, on the search page itself there is one field only."""
    context = browser.new_context()
    page = _open(context, site, 1280)
    expect(page.locator(".find-link")).to_be_hidden()
    page.get_by_role("searchbox", name="Search").fill("rails & bars ")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search.html?q=rails%20%26%20bars")
    expect(page.locator("#results a")).to_have_text(["Fit rails & bars"])
    expect(page.get_by_role("searchbox")).to_have_count(1)
    context.close()


def test_search_is_a_link_elsewhere(context: BrowserContext, site: Path, browser: Browser) -> None:
    """On a phone, and without script, where a field would do nothing."""
    for width in (320, 1280):
        page = _open(context, site, width)
        has_field = page.locator(".find").is_visible()
        assert page.locator(".find-link").is_visible() is not has_field
        if width == 320:
            assert not has_field
            page.locator(".find-link").click()
            page.wait_for_url("**/search.html")
    without = browser.new_context(java_script_enabled=False)
    expect(_open(without, site, 1280).locator(".find")).to_be_hidden()
    without.close()


def test_lists_that_would_be_empty_are_not_named(tmp_path: Path) -> None:
    """A site without incidents and measures has neither page, and no link to it."""
    bare = {path: text for path, text in FILES.items() if "/incidents/" not in path}
    files = html_of(build_in_memory(write(tmp_path, bare), clock=FixedClock(date(2025, 1, 20))))
    page = files["index.html"]
    assert ("incidents.html" in files, 'href="incidents.html"' in page) == (False, False)
    assert ("measures.html" in files, 'href="measures.html"' in page) == (True, True)


def test_lists_of_what_others_may_not_see_are_not_named(tmp_path: Path) -> None:
    """A copy for partners has neither a page for incidents that only internal readers see, nor a link to it."""
    hidden = {
        path: text.replace("---\n", "---\naudience: internal\n", 1)
        for path, text in FILES.items()
        if "/fall.md" in path
    }
    shown = {
        path: text.replace("---\n", "---\naudience: partners\n", 1)
        for path, text in FILES.items()
        if path.endswith(".md")
    }
    root = write(tmp_path, {**FILES, **shown, **hidden})
    for audience, has_incidents in ((Audience.INTERNAL, True), (Audience.PARTNERS, False)):
        files = html_of(build_in_memory(root, clock=FixedClock(date(2025, 1, 20)), audience=audience))
        page = files["index.html"]
        assert ("incidents.html" in files, 'href="incidents.html"' in page) == (has_incidents, has_incidents)
        assert 'href="measures.html"' in page
