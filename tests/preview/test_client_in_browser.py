"""The script in previewed pages, in a real browser: it follows each save and loses nothing of the reader's."""

from __future__ import annotations

import os
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from plansite.content.settings import SettingsError
from plansite.pipeline.build import BuiltSite
from plansite.render.theme import ThemeError
from tests.preview.served import Served, built, error, watching

pytestmark = [pytest.mark.browser, pytest.mark.slow]

FORM = """
<form><label>Words <input name="q"></label>
<label>Open only <input type="checkbox" name="open"></label>
<label>Kind <select name="kind"><option>all<option>late</select></label>
<label>Note <textarea id="note"></textarea></label></form>
<output id="heard"></output>
<details><summary>More</summary><p>Detail</p></details>
<div tabindex="0" class="frame"><p class="wide">Wide</p></div>
"""
CSS = ".frame { overflow: auto; width: 200px } .wide { width: 2000px } .tall:not([hidden]) { height: 5000px }"
SCRIPT = """
document.querySelector(".tall").hidden = true;
document.querySelector("form").addEventListener("input", (event) => {
  document.getElementById("heard").textContent = event.currentTarget.q.value;
  document.querySelector(".tall").hidden = event.currentTarget.q.value === "";
});
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A site of one page, whose title stands in one file."""
    (tmp_path / "plansite.yaml").write_text("title: Test site\n")
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "index.md").write_text("First title")
    return tmp_path


def _build(root: Path) -> BuiltSite:
    """A page with the file's words as its title; some words stand for faults."""
    words = (root / "content" / "index.md").read_text()
    if words.startswith("theme fault"):
        raise ThemeError("templates/plan.html:7: a block is not closed")
    if words.startswith("settings fault"):
        raise SettingsError([error("there is no <b>such</b> key", path="plansite.yaml", line=2)])
    title = escape(words)
    page = (
        f'<!doctype html><html lang="en-GB"><head><title>{title}</title><link rel="stylesheet" href="/site.css">'
        f'<script src="/site.js" defer></script></head><body><main><h1>{title}</h1>{FORM}<p class="tall">Tall</p>'
        f"</main></body></html>"
    )
    fault = error(remedy="write it as 2025-01-20")
    files = {"index.html": page.encode(), "site.css": CSS.encode(), "site.js": SCRIPT.encode(), "favicon.ico": b""}
    return built(files, *([fault] if words.startswith("error") else []))


def save(root: Path, words: str) -> None:
    """Save the file as a plain editor does."""
    (root / "content" / "index.md").write_text(words)


@pytest.fixture
def served(root: Path) -> Iterator[Served]:
    """That site, watched and served."""
    with watching(lambda: _build(root), root) as served:
        yield served


@pytest.fixture
def page(browser: Browser, served: Served) -> Iterator[Page]:
    """Its page in a window; a message on the console fails the test."""
    context = browser.new_context(viewport={"width": 900, "height": 600})
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda fault: said.append(str(fault)))
    page.goto(served.address)
    yield page
    context.close()
    assert said == []


def test_a_save_shows_on_the_open_page(page: Page, root: Path) -> None:
    """Saving a file changes the page that is open, without a hand on the browser, again and again."""
    for title in ("Second title", "Third title", "Fourth title"):
        save(root, title)
        expect(page).to_have_title(title)


def test_a_reload_keeps_what_the_reader_did(page: Page, root: Path) -> None:
    """Place, typed words, choices, focus and opened details are as before; the page's own script hears the words."""
    page.fill("[name=q]", "late door")
    page.check("[name=open]")
    page.select_option("[name=kind]", "late")
    page.fill("#note", "one\ntwo")
    page.click("summary")
    page.evaluate("document.querySelector('.frame').scrollLeft = 300")
    page.focus("[name=q]")
    page.evaluate("document.querySelector('[name=q]').setSelectionRange(2, 4)")
    page.evaluate("scrollTo(0, 1234)")
    save(root, "Second title")
    expect(page).to_have_title("Second title")
    expect(page.locator("[name=q]")).to_have_value("late door")
    expect(page.locator("#heard")).to_have_text("late door")
    expect(page.locator("[name=open]")).to_be_checked()
    expect(page.locator("[name=kind]")).to_have_value("late")
    expect(page.locator("#note")).to_have_value("one\ntwo")
    expect(page.locator("[name=q]")).to_be_focused()
    expect(page.locator("details")).to_have_attribute("open", "")
    page.wait_for_function("scrollY === 1234 && document.querySelector('.frame').scrollLeft === 300")
    assert page.evaluate("(({selectionStart: a, selectionEnd: b}) => [a, b])(document.activeElement)") == [2, 4]


def test_the_place_is_kept_at_an_address_with_a_fragment(page: Page, served: Served, root: Path) -> None:
    """Where the address names a part of the page, a reload still stays where the reader had scrolled to."""
    page.goto(f"{served.address}#note")
    page.fill("[name=q]", "late door")
    page.evaluate("scrollTo(0, 2345)")
    save(root, "Second title")
    expect(page).to_have_title("Second title")
    page.wait_for_load_state("load")
    page.wait_for_function("scrollY === 2345")


def test_a_new_visit_begins_afresh(page: Page, served: Served, root: Path) -> None:
    """What was kept over a reload is used once: going to the page again shows it as it is."""
    page.fill("[name=q]", "late door")
    save(root, "Second title")
    expect(page).to_have_title("Second title")
    expect(page.locator("[name=q]")).to_have_value("late door")
    page.goto("about:blank")
    page.goto(served.address)
    expect(page.locator("[name=q]")).to_have_value("")


@pytest.mark.parametrize(
    ("words", "place"),
    [("theme fault", "7"), ("settings fault", "plansite.yaml:2"), ("error", "content/door.md:3")],
)
def test_a_fault_lies_over_the_last_good_page(page: Page, served: Served, root: Path, words: str, place: str) -> None:
    """A fault is shown with its place over the page as it was; mending the file takes it away."""
    page.fill("[name=q]", "late door")
    save(root, words)
    dialog = page.get_by_role("alertdialog")
    expect(dialog).to_be_visible()
    expect(dialog).to_contain_text(place)
    expect(page).to_have_title("First title")
    expect(page.locator("[name=q]")).to_have_value("late door")
    assert b"First title" in served.get("/").body
    save(root, "Mended")
    expect(page).to_have_title("Mended")
    expect(dialog).to_have_count(0)


def test_faults_are_text(page: Page, root: Path) -> None:
    """Words of a fault are shown as they are and never become part of the page."""
    save(root, "settings fault")
    expect(page.get_by_role("alertdialog")).to_contain_text("there is no <b>such</b> key")
    expect(page.locator(".plansite-faults b")).to_have_count(0)


def test_escape_closes_the_faults_until_there_are_others(page: Page, root: Path) -> None:
    """Escape gives the page back with the focus where it was; a button brings the list again; new faults open it."""
    page.focus("[name=q]")
    save(root, "theme fault")
    dialog = page.get_by_role("alertdialog")
    expect(dialog.get_by_role("button", name="Close")).to_be_focused()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(page.locator("[name=q]")).to_be_focused()
    page.reload()
    again = page.get_by_role("button", name="Show 1 error")
    expect(again).to_be_visible()
    expect(dialog).to_be_hidden()
    again.click()
    expect(dialog).to_be_visible()
    page.keyboard.press("Escape")
    save(root, "settings fault")
    expect(dialog).to_be_visible()


def test_new_errors_can_be_looked_at(page: Page, root: Path) -> None:
    """A build held back for its errors is shown once somebody asks for it, and saves follow again from there."""
    save(root, "error one")
    page.get_by_role("button", name="Preview anyway").click()
    expect(page).to_have_title("error one")
    expect(page.get_by_role("alertdialog")).to_have_count(0)
    save(root, "error two")
    expect(page).to_have_title("error two")


def test_faults_can_be_read_on_a_phone(page: Page, root: Path) -> None:
    """At 320 pixels nothing of the list is cut off or needs scrolling sideways."""
    page.set_viewport_size({"width": 320, "height": 480})
    save(root, "settings fault")
    dialog = page.get_by_role("alertdialog")
    expect(dialog).to_be_visible()
    box = dialog.bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 320
    assert page.evaluate("(({scrollWidth: a, clientWidth: b}) => a <= b)(document.querySelector('dialog'))")


def axe_faults(page: Page, selector: str) -> list[str]:
    """What axe finds wrong with a part of a page; it must have found something to look at."""
    found = Axe().run(page, context=selector).response
    assert found["passes"]
    return [rule["id"] for rule in found["violations"]]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_faults_can_be_read_by_everybody(page: Page, root: Path, scheme: Literal["light", "dark"]) -> None:
    """The list of faults, and the button that brings it back, have no fault of accessibility that axe can find."""
    page.emulate_media(color_scheme=scheme)
    save(root, "error one")
    expect(page.get_by_role("alertdialog")).to_be_visible()
    assert axe_faults(page, ".plansite-faults") == []
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Show 1 error")).to_be_visible()
    assert axe_faults(page, ".plansite-again") == []


def test_the_seventh_tab_loads(browser: Browser, served: Served, root: Path) -> None:
    """Seven tabs of one browser all load and all follow a save, also after the tab that listens for all is closed."""
    context = browser.new_context()
    tabs = [context.new_page() for _ in range(7)]
    for tab in tabs:
        tab.goto(served.address)
        expect(tab).to_have_title("First title")
    save(root, "Second title")
    for tab in tabs:
        expect(tab).to_have_title("Second title")
    for number in range(6):
        tabs[number].close()
        save(root, f"Title {number}")
        for tab in tabs[number + 1 :]:  # a tab that is closed while it loads again can hold up the browser
            expect(tab).to_have_title(f"Title {number}")
    context.close()


def test_without_locks_pages_ask(browser: Browser, served: Served, root: Path) -> None:
    """Where a browser has no Web Locks, pages ask now and again and follow all the same."""
    context = browser.new_context()
    context.add_init_script("Object.defineProperty(Navigator.prototype, 'locks', {value: undefined})")
    page = context.new_page()
    page.goto(served.address)
    assert page.evaluate("navigator.locks === undefined")
    save(root, "Second title")
    expect(page).to_have_title("Second title")
    context.close()


def test_the_first_good_build_replaces_the_empty_page(browser: Browser, root: Path) -> None:
    """A site that cannot be built at first says why on the page, without an overlay, and follows once it can."""
    save(root, "settings fault")
    with watching(lambda: _build(root), root) as served:
        page = browser.new_page()
        page.goto(served.address)
        expect(page.get_by_role("heading")).to_have_text("The site cannot be built yet")
        expect(page.get_by_role("listitem")).to_contain_text("plansite.yaml:2")
        expect(page.get_by_role("alertdialog")).to_have_count(0)
        save(root, "theme fault")
        expect(page.get_by_role("listitem")).to_contain_text("a block is not closed")
        save(root, "Good")
        expect(page).to_have_title("Good")
        page.close()


def test_a_restarted_preview_is_followed(browser: Browser, root: Path) -> None:
    """A page that was open while the preview was stopped and started again shows the site as it is since."""
    page = browser.new_page()
    below_those_that_systems_give_away = 20_000 + os.getpid() % 10_000
    with watching(lambda: _build(root), root, below_those_that_systems_give_away) as served:
        page.goto(served.address)
        expect(page).to_have_title("First title")
    save(root, "Since then")
    with watching(lambda: _build(root), root, served.port) as restarted:
        assert restarted.port == served.port
        expect(page).to_have_title("Since then", timeout=20_000)
        page.close()
