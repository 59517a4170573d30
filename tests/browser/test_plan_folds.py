"""What the page of a plan folds away can be opened without a script, is printed whole, and is opened by links to it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from plansite.pipeline.build import build_in_memory
from tests.sites import FixedClock, unpack, write

pytestmark = [pytest.mark.browser, pytest.mark.slow]

_BOARD = "plans/p/index.html"
_LONG = "We began this plan after a hard winter, and we want everybody here to be warm, fed and heard. " * 4
_PHONE, _DESK = (320, 640), (1280, 800)


def _files() -> dict[str, str]:
    plan = f"---\ntitle: Warm rooms\nobjective: {_LONG.strip()}\nowner: Manager\n---\n{_LONG}\n\n{_LONG}Last words.\n"
    files = {"plansite.yaml": "title: T\ntoday: 2025-01-20\n", "content/plans/p/plan.md": plan}
    for number in range(1, 21):
        for word, fields in (
            ("late", f"status: in progress\ndue: 2025-01-{number:02}"),
            ("stuck", f"status: blocked\ndue: 2025-03-{number:02}"),
            ("done", f"status: completed\ncompleted: 2025-01-{number:02}"),
            ("off", "status: cancelled"),
        ):
            files[f"content/plans/p/actions/{word}-{number}.md"] = f"---\ntitle: Be {word} {number}\n{fields}\n---\n"
    return files


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A plan with 80 actions, of which many are late, blocked, done and cancelled."""
    root = tmp_path_factory.mktemp("folds")
    return unpack(build_in_memory(write(root / "source", _files()), clock=FixedClock()), root / "public")


@contextmanager
def _opened(browser: Browser, site: Path, size: tuple[int, int], *, script: bool = False) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": size[0], "height": size[1]}, java_script_enabled=script)
    page = context.new_page()
    page.goto((site / _BOARD).as_uri())
    yield page
    context.close()


def _height(page: Page, selector: str) -> float:
    box = page.locator(selector).bounding_box()
    assert box is not None
    return box["height"]


@pytest.mark.parametrize(("selector", "size"), [(".lede", _PHONE), (".purpose", _PHONE), (".purpose", _DESK)])
def test_a_long_text_opens_without_script(browser: Browser, site: Path, selector: str, size: tuple[int, int]) -> None:
    """It shows two lines and "Read all"; then all of it and "Show less"."""
    with _opened(browser, site, size) as page:
        assert _height(page, f"details{selector}") < 100
        page.locator(f"details{selector} summary").click()
        assert page.locator(f"details{selector} summary").inner_text() == "Show less"
        assert _height(page, f"details{selector}") > 100


def test_a_wide_screen_shows_the_facts(browser: Browser, site: Path) -> None:
    """Owner, checks and objective need no click there, and one click on a phone."""
    with _opened(browser, site, _DESK) as page:
        assert page.locator(".facts").get_by_text("Manager").is_visible()
        assert page.locator(".checks dd").first.is_visible()
        assert _height(page, "details.lede") > 100
        assert page.locator(":is(.about, .health, .lede) > summary:visible").count() == 0
    with _opened(browser, site, _PHONE) as page:
        assert not page.locator(".facts").get_by_text("Manager").is_visible()
        page.locator(".about > summary").click()
        assert page.locator(".facts").get_by_text("Manager").is_visible()


def test_a_board_of_many_actions_is_short(browser: Browser, site: Path) -> None:
    """Columns fold past their first cards; what is folded opens by a click, without script."""
    with _opened(browser, site, _PHONE) as page:
        assert page.locator(".column .card:visible").count() == 8 + 8 + 3
        assert page.locator(".late .card:visible").count() == 5
        page.get_by_text("12 more, the first due on 9 March 2025").click()
        assert page.locator(".board").get_by_text("Be stuck 20").is_visible()
        page.get_by_text("17 more completed").click()
        assert page.get_by_text("Be done 1", exact=True).is_visible()
        page.locator("#c-blocked").click()
        assert not page.locator(".board").get_by_text("Be stuck 20").is_visible()


def test_paper_has_all_of_it(browser: Browser, site: Path) -> None:
    """Every action, every word of the texts, and the facts, without script."""
    with _opened(browser, site, _PHONE) as page:
        page.emulate_media(media="print")
        for title in (f"Be {word} {number}" for word in ("late", "stuck", "done", "off") for number in range(1, 21)):
            assert page.locator(":is(.board, .log)").get_by_text(title, exact=True).first.is_visible(), title
        assert _height(page, "details.purpose") > 100
        assert page.locator(".facts").get_by_text("Manager").is_visible()
        assert page.get_by_role("heading", name="Blocked").is_visible()
        assert not page.get_by_text("Read all").first.is_visible()


def test_counts_lead_to_what_they_count(browser: Browser, site: Path) -> None:
    """A link to what is folded away opens it."""
    with _opened(browser, site, _PHONE) as page:
        links = page.locator(".legend a")
        assert links.all_inner_texts() == ["20 completed", "1 on track", "20 at risk", "19 overdue"]
        for link in links.all():
            target = (link.get_attribute("href") or "").removeprefix("#")
            assert page.locator(f"[id='{target}']").count() == 1
        assert not page.locator("#at-risk").is_visible()
        page.locator(".legend a", has_text="at risk").click()
        assert page.locator("#at-risk").is_visible()


def test_a_filter_opens_what_it_finds(browser: Browser, site: Path) -> None:
    """Also in a fold inside a column that the reader has closed."""
    with _opened(browser, site, _DESK, script=True) as page:
        page.locator("#c-blocked").click()
        found = page.locator(".board").get_by_text("Be stuck 20")
        assert not found.is_visible()
        page.locator(".filter input[type=search]").fill("stuck 20")
        found.wait_for(state="visible", timeout=3000)
        assert not page.locator(".board").get_by_text("Be done 20").is_visible()
