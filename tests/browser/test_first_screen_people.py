"""The pages of owners, agencies and actions on a small phone: the answer is on the first screen, and a name is found."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from plansite.pipeline.build import build_in_memory
from tests.sites import FixedClock, demonstration, unpack, write

pytestmark = [pytest.mark.browser, pytest.mark.slow]

#: Pixels from the top of a page, on a phone of 320 by 640.
MAX_FIRST_LATE, MAX_STEPS, MAX_LIST_HEIGHT = 420, 900, 3000
SCREEN = {"width": 320, "height": 640}

_TOP = "it => it.getBoundingClientRect().top + scrollY"
#: Links and controls that are smaller than 24 pixels; those within the words that people wrote are not ours.
_SMALL_TARGETS = """
() => [...document.querySelectorAll("main :is(a, button, input, select, summary)")]
  .filter((it) => it.getClientRects().length && !it.closest(".prose"))
  .map((it) => [it.textContent.trim(), it.getBoundingClientRect()])
  .filter(([, box]) => box.width < 24 || box.height < 24)
  .map(([words, box]) => `${words}: ${box.width} × ${box.height}`)
"""


@pytest.fixture(scope="module")
def site(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration, unpacked into a folder."""
    return unpack(demonstration(project), tmp_path_factory.mktemp("site"))


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page of a small phone."""
    context = browser.new_context(viewport=SCREEN)  # type: ignore[arg-type]
    yield context.new_page()
    context.close()


def _profiles(site: Path) -> list[Path]:
    return [path for kind in ("owners", "agencies") for path in sorted((site / kind).glob("*.html"))]


def test_what_is_late_comes_first(site: Path, page: Page) -> None:
    """The first late action of each owner and agency that has one is on the first screen, above how to reach them."""
    tops, order = {}, []
    for path in _profiles(site):
        page.goto(path.as_uri())
        row = page.locator("section[aria-labelledby=late] .rows > li:visible").first
        if row.count():
            tops[path.stem] = row.evaluate(_TOP)
            contact = page.locator("#contact")
            order.append(not contact.count() or contact.evaluate(_TOP) > tops[path.stem])
    assert len(tops) >= 8, "owners and agencies of the demonstration are late"
    assert {name: top for name, top in tops.items() if top > MAX_FIRST_LATE} == {}
    assert all(order)


def test_an_action_says_first_what_matters(site: Path, page: Page) -> None:
    """State, owner, due date, next step and newest note are above the steps, and those begin on the second screen."""
    tops, unseen, order = {}, {}, []
    for path in sorted(site.glob("plans/*/actions/*.html")):
        page.goto(path.as_uri())
        tops[path.stem] = page.locator("section[aria-labelledby=steps]").evaluate(_TOP)
        first = page.locator("main .verdict, .summary > div:not(:last-child)")
        below = [it for it in first.all() if it.evaluate("it => it.getBoundingClientRect().bottom + scrollY") > 640]
        unseen[path.stem] = [it.inner_text() for it in below]
        attention = page.locator("#attention")
        order.append(not attention.count() or attention.evaluate(_TOP) > page.locator("#progress").evaluate(_TOP))
    assert {name: top for name, top in tops.items() if top > MAX_STEPS} == {}
    assert {name: words for name, words in unseen.items() if words} == {}
    assert all(order)


def test_who_is_waited_for_is_named_with_the_date(site: Path, page: Page) -> None:
    """The date on a row is that of the action in its heading, with its owner; then comes what that action holds up."""
    page.goto((site / "agencies" / "riverside-house.html").as_uri())
    row = page.locator("section[aria-labelledby=waiting] .rows > li").first
    assert row.inner_text().split("\n\n") == [
        "Overdue by 4 days 16 January 2025",
        "Give every agency nurse a log-in before the shift starts",
        "Holds up Move the care plans on to the new tablets",
        "Staffing Coordinator",
    ]


@pytest.mark.parametrize("path", ["owners/index.html", "agencies/index.html"])
@pytest.mark.parametrize("has_script", [True, False])
def test_lists_are_short(site: Path, browser: Browser, path: str, has_script: bool) -> None:
    """A list of owners or agencies takes a few screens, with and without a script."""
    context = browser.new_context(viewport=SCREEN, java_script_enabled=has_script)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto((site / path).as_uri())
    height = page.locator("html").bounding_box()
    context.close()
    assert height is not None
    assert height["height"] <= MAX_LIST_HEIGHT


def test_targets_are_large_enough(site: Path, page: Page) -> None:
    """Every link and control is at least 24 pixels high and wide."""
    small = {}
    for path in [*_profiles(site), *sorted(site.glob("plans/*/actions/*.html"))]:
        page.goto(path.as_uri())
        small[path.name] = page.evaluate(_SMALL_TARGETS)
    assert {name: targets for name, targets in small.items() if targets} == {}


def _shown(page: Page) -> list[str]:
    return page.locator("#people tr:visible th").all_inner_texts()


def test_a_name_is_found_by_keyboard(site: Path, page: Page) -> None:
    """Some letters of a name leave its row, also in the address; Enter opens the only one left."""
    page.goto((site / "owners/index.html").as_uri())
    everybody = len(_shown(page))
    field = page.get_by_role("searchbox", name="Find a name")
    field.focus()
    page.keyboard.type("night s")
    assert _shown(page) == ["Night Senior"]
    assert page.get_by_role("status").inner_text() == f"1 of {everybody} owners"
    assert page.url.endswith("owners/index.html?q=night%20s")
    page.keyboard.press("Enter")
    page.wait_for_url("**/owners/night-senior.html")


def test_a_name_in_the_address(site: Path, page: Page) -> None:
    """Who is sent the address sees the same rows, by name or agency, and all when the field is emptied."""
    page.goto((site / "owners/index.html").as_uri())
    everybody = _shown(page)
    page.goto((site / "owners/index.html").as_uri() + "?q=riverside%20court")
    some = _shown(page)
    assert "Clinical Lead" in some
    assert "Maintenance" not in some
    page.get_by_role("searchbox").fill("nobody of this name")
    assert _shown(page) == []
    assert page.get_by_role("status").inner_text() == "No owners match. Try fewer letters."
    page.get_by_role("searchbox").fill("")
    assert _shown(page) == everybody
    assert page.url.endswith("index.html")
    page.goto((site / "agencies/index.html").as_uri() + "?q=landlord")
    assert _shown(page) == ["Riverside Housing"]


def test_very_many_owners_are_found_page_by_page(tmp_path: Path, page: Page) -> None:
    """The filter says that it looks at this page only, and the search of the site is one step away."""
    names = [f"O{number:04}" for number in range(1001)]
    files = {"content/plans/p/plan.md": "---\ntitle: P\nowner: O0000\n---\n"}
    for start in range(0, len(names), 500):
        helpers = ", ".join(names[start : start + 500])
        files[f"content/plans/p/actions/a{start}.md"] = f"---\ntitle: T\nowner: O0000\nsupporters: [{helpers}]\n---\n"
    built = build_in_memory(write(tmp_path / "source", files), clock=FixedClock(date(2025, 1, 20)))
    site = unpack(built, tmp_path / "site")
    page.goto((site / "owners/index.html").as_uri())
    page.get_by_role("searchbox", name="Find a name on this page").fill("O0007")
    assert page.get_by_role("status").inner_text() == "1 of 1,000 owners on this page"
    page.get_by_role("link", name="Search all pages").click()
    page.wait_for_url("**/search.html")
