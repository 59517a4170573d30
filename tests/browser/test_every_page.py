"""Every page in a real browser: quiet and narrow enough; of every type one that is accessible, the same without script."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path, PurePosixPath

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.sites import demonstration, unpack

pytestmark = [pytest.mark.browser, pytest.mark.slow]

#: What only a script can use, and the words that stand in its place without one.
_TOOLS = ".filter, #search-count, #without-script"
_WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
#: All that axe asks about in light, and in dark the rules that look at colours: no other rule does, and the markup is the
#: same. With `resultTypes` it lists violations in full, and does not describe each element that passed, half of its time.
AXE_OPTIONS = {
    "light": {"runOnly": {"type": "tag", "values": _WCAG}, "preload": False, "resultTypes": ["violations"]},
    "dark": {
        "runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]},
        "preload": False,
        "resultTypes": ["violations"],
    },
}
#: Stands in for any address that is missing, in whatever folder, so it cannot be opened from a disk.
_FROM_A_HOST_ONLY = "404.html"


def pages_in(site: Path) -> list[str]:
    """All pages of a built site that can be opened from a disk, by their paths, in order."""
    paths = sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html"))
    return [path for path in paths if path != _FROM_A_HOST_ONLY]


def type_of(path: str) -> str:
    """What sort of page this is, by its path: `*` stands for names that content gives.

    Those are the folders of plans, and all files in folders but lists, and the pages at the top of the site or a plan.
    """
    match PurePosixPath(path).parts:
        case [name]:
            return name
        case ["plans", _, name]:
            return f"plans/*/{name}"
        case ["plans", _, *folders, name]:
            parts = ["plans", "*", *folders]
        case [*folders, name]:
            parts = folders
    return "/".join([*parts, name if name == "index.html" else "*"])


def one_of_each(site: Path) -> list[str]:
    """The largest page of each type, which shows the most."""
    largest = {type_of(path): path for path in sorted(pages_in(site), key=lambda path: (site / path).stat().st_size)}
    return sorted(largest.values())


@pytest.fixture(scope="module")
def site(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration, unpacked into a folder as from a zip file."""
    return unpack(demonstration(project), tmp_path_factory.mktemp("site"))


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A fresh page at a desk's width; a message on the console or a request to another host fails the test."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    troubles: list[tuple[str, str]] = []

    def note(words: str) -> None:
        troubles.append((page.url, words))

    page.on("console", lambda message: note(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: note(str(error)))
    page.on("request", lambda request: None if request.url.startswith("file:") else note(request.url))
    yield page
    context.close()
    assert troubles == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_barrier(site: Path, page: Page, scheme: str) -> None:
    """axe finds no violation of WCAG 2.2 AA on a page of any type, in light and in dark, from disk."""
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    violations = {}
    for path in one_of_each(site):
        page.goto((site / path).as_uri())
        found = Axe().run(page, options=AXE_OPTIONS[scheme])
        violations[path] = found.response["violations"]
    assert {path: found for path, found in violations.items() if found} == {}


def _widths(page: Page, site: Path, paths: list[str]) -> dict[str, object]:
    """How wide the content of each page is on a screen of 320 pixels."""
    page.set_viewport_size({"width": 320, "height": 640})
    widths = {}
    for path in paths:
        page.goto((site / path).as_uri())
        widths[path] = page.evaluate("document.documentElement.scrollWidth")
    return widths


def test_every_page_opens(site: Path, page: Page) -> None:
    """Every page of the site, in whatever folder, is quiet, asks no other host, and fits a small phone."""
    paths = pages_in(site)
    assert _widths(page, site, paths) == dict.fromkeys(paths, 320)


def test_says_the_same_without_script(site: Path, browser: Browser) -> None:
    """On a fixed day the script adds tools, but changes no word of the content of a page of any type."""
    texts: list[dict[str, str]] = []
    for script in (True, False):
        context = browser.new_context(java_script_enabled=script)
        page = context.new_page()
        said = {}
        for path in one_of_each(site):
            page.goto((site / path).as_uri())
            page.evaluate("tools => { for (const tool of document.querySelectorAll(tools)) tool.remove(); }", _TOOLS)
            said[path] = " ".join(page.locator("main").inner_text().split())
        texts.append(said)
        context.close()
    assert texts[0] == texts[1]


@pytest.mark.parametrize(
    ("path", "type_"),
    [
        ("overdue.html", "overdue.html"),
        ("owners/index.html", "owners/index.html"),
        ("owners/cook.html", "owners/*"),
        ("new/folder/deep.html", "new/folder/*"),
        ("plans/winter/register.html", "plans/*/register.html"),
        ("plans/winter/actions/heater.html", "plans/*/actions/*"),
        ("plans/winter/new/index.html", "plans/*/new/index.html"),
    ],
)
def test_pages_of_a_type(tmp_path: Path, path: str, type_: str) -> None:
    """A page in any folder, also in one that is new, is opened and has a type."""
    for each in (path, "404.html"):
        (tmp_path / each).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / each).write_text("x", "utf-8")
    assert pages_in(tmp_path) == one_of_each(tmp_path) == [path]
    assert type_of(path) == type_
