"""A plan in Hebrew and Arabic in a real browser: every piece of text stands in its order, and pages fit a phone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from plansite.model.page_addresses import tag_address, view_address
from plansite.model.saved_views.settings import SavedView
from plansite.pipeline.build import build_in_memory
from tests.browser.test_every_page import pages_in
from tests.sites import FixedClock, unpack, write

pytestmark = [pytest.mark.browser, pytest.mark.slow]

_FILES = {
    "plansite.yaml": (
        "title: תוכניות הבית\ntoday: 2025-01-20\nviews:\n"
        "  - {name: דחוף (2025), description: לישיבה של יום ב׳, filter: {tag: דחוף (NHS)}, group: plan}\n"
    ),
    "content/index.md": "---\ntitle: תוכניות הבית\n---\nהאתר מציג את התוכניות (2025) של הבית.\n",
    "content/owners/dana.md": "---\ntitle: דנה כהן\nrole: מנהלת הבית\n---\nדנה עובדת כאן.\n\n## עוד\n- אחת\n- שתיים (NHS)\n",
    "content/plans/falls/plan.md": (
        "---\ntitle: פחות נפילות בבית (2025)\nobjective: אף אחד לא נופל פעמיים.\nowner: דנה כהן\n"
        "goals:\n  - {key: safe, title: מדרגות בטוחות, specific: כל המדרגות}\n---\nלמה התחלנו: נפילות.\n\n## רקע\nטקסט.\n"
    ),
    "content/plans/falls/actions/rails.md": (
        "---\ntitle: להתקין מעקה במדרגות (קומה 2), NHS\nref: 1\nstatus: in progress\nowner: דנה כהן\nsupporters: [Maintenance]\n"
        'goal: safe\ndepends_on: [2]\ncreated: 2025-01-02\ndue: 2025-01-14\ntags: [דחוף (NHS)]\nresources: 90 ש"ח\n---\nהמדרגות **חשוכות**, ראו [השנייה](lamps.md).\n\n'
        "| שם | Count |\n|---|---|\n| דנה | 3 |\n\n> ציטוט.\n\n## Steps\n- [x] למדוד את המדרגות\n- [ ] להתקין את המעקה.\n\n"
        "## Progress\n- 2025-01-10 (דנה כהן): המעקה הוזמן מ-B&Q.\n"
    ),
    "content/plans/falls/actions/lamps.md": (
        "---\ntitle: مصابيح على الدرج (الطابق 2)\nref: 2\nstatus: blocked\nowner: أحمد\ndue: 2025-01-09\n---\nننتظر الكهربائي.\n"
    ),
    "content/plans/falls/actions/english.md": "---\ntitle: Ask דנה about the lamps, twice\nref: 3\nowner: Maintenance\ndepends_on: [1]\n---\nWhy.\n",
}
_TAG_PAGE = tag_address("דחוף (NHS)")
_VIEW_PAGE = view_address(SavedView(name="דחוף (2025)"))
#: The horizontal middle of the first place where these words stand in an element.
_MIDDLE = """(element, words) => {
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const at = node.data.indexOf(words);
        if (at < 0) continue;
        const range = document.createRange();
        range.setStart(node, at);
        range.setEnd(node, at + words.length);
        const box = range.getBoundingClientRect();
        return box.left + box.width / 2;
    }
    return null;
}"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, unpacked into a folder."""
    root = write(tmp_path_factory.mktemp("content"), _FILES)
    return unpack(build_in_memory(root, clock=FixedClock(date(2025, 1, 20))), tmp_path_factory.mktemp("site"))


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page at a desk's width."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()


def _middles(page: Page, selector: str, *words: str) -> list[float]:
    """Where each of these words stands in the first element that is selected, from the left."""
    element = page.locator(selector).first.element_handle()
    return [element.evaluate(f"element => ({_MIDDLE})(element, {each!r})") for each in words]


@pytest.mark.parametrize(
    ("path", "selector", "words"),
    [
        # From the right to the left, as they are read.
        ("plans/falls/index.html", "h1", ["פחות", "בבית", "2025"]),
        ("plans/falls/index.html", ".card:has-text('NHS') h3", ["1", "להתקין", "מעקה"]),
        ("plans/falls/index.html", "nav ol li:last-child", ["פחות", "בבית", "2025"]),
        ("plans/falls/register.html", "nav ol li:nth-child(2)", ["פחות", "בבית", "2025"]),
        ("plans/falls/register.html", "tr:has-text('2 January') th", ["להתקין", "מעקה"]),
        ("plans/falls/register.html", "tr:has-text('B&Q') td:nth-child(7) p:has-text('B&Q')", ["10 January", "המעקה"]),
        ("plans/falls/actions/rails.html", ".prose p", ["המדרגות", "חשוכות", "ראו", "השנייה"]),
        ("plans/falls/actions/rails.html", ".prose table", ["שם", "Count"]),
        ("plans/falls/actions/rails.html", "dd:has-text('90')", ["90", "ח"]),
        ("owners/dana.html", "h1", ["דנה", "כהן"]),
        (_TAG_PAGE, "h1", ["דחוף", "NHS"]),
        (_TAG_PAGE, "nav ol li:last-child", ["דחוף", "NHS"]),
        (_TAG_PAGE, "tbody th[scope=row]", ["להתקין", "2"]),
        (_TAG_PAGE, "td:has-text('B&Q')", ["המעקה", "הוזמן", "B&Q"]),
        (_VIEW_PAGE, "h1", ["דחוף", "2025"]),
        (_VIEW_PAGE, ".lede", ["לישיבה", "יום"]),
        ("views/index.html", "tbody th", ["דחוף", "2025"]),
        ("plans/falls/actions/rails.html", "dd:has-text('דחוף')", ["דחוף", "NHS"]),
    ],
)
def test_is_read_from_right_to_left(site: Path, page: Page, path: str, selector: str, words: list[str]) -> None:
    """Numbers, brackets and names in Latin letters do not put a line in Hebrew or Arabic out of order."""
    page.goto((site / path).as_uri())
    middles = _middles(page, selector, *words)
    assert middles == sorted(middles, reverse=True)


@pytest.mark.parametrize(
    ("path", "selector", "words"),
    [
        ("plans/falls/index.html", "nav ol", ["Plans", "פחות"]),
        ("plans/falls/index.html", ".card:has-text('Ask') h3", ["3", "Ask", "דנה"]),
        ("owners/dana.html", "[aria-labelledby=waiting] p:has-text('Holds up')", ["Holds up", "NHS", "להתקין"]),
        (_VIEW_PAGE, ".head p:last-of-type", ["All", "דחוף", "grouped"]),
        ("overdue.html", ".rows li .rows__where p:last-of-type", ["פחות", "action"]),
    ],
)
def test_is_read_from_left_to_right(site: Path, page: Page, path: str, selector: str, words: list[str]) -> None:
    """A name in Hebrew does not put an English line out of order."""
    page.goto((site / path).as_uri())
    middles = _middles(page, selector, *words)
    assert middles == sorted(middles)


def test_fits_a_small_phone(site: Path, page: Page) -> None:
    """Nothing is wider than 320 pixels."""
    page.set_viewport_size({"width": 320, "height": 640})
    widths = {}
    for path in pages_in(site):
        page.goto((site / path).as_uri())
        widths[path] = page.evaluate("document.documentElement.scrollWidth")
    assert {path: width for path, width in widths.items() if width > 320} == {}
