"""A copy that is read on a later day says what a copy of that day says, or of which day it speaks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from plansite.pipeline.build import build_in_memory
from tests.browser.later_sites import AS_AT, generate_site
from tests.browser.test_every_page import one_of_each, pages_in
from tests.sites import FixedClock, unpack, write

pytestmark = [pytest.mark.browser, pytest.mark.slow]

#: After how many days the copy is read: soon, when what was due soon is late, past the days that its lists cover.
AGES = (1, 9, 33, 60)
SEED = 7

#: The lines of a page that can be seen, without the note above the page: all of them; those outside of what the page
#: marks as of another day; and those outside of what another copy of the page marks (`known`).
_LINES = """
(known) => {
  const main = document.getElementById("main");
  main.querySelector(":scope > .banner")?.remove();
  const lines = () => main.innerText.split("\\n").map((line) => line.replace(/\\s+/g, " ").trim()).filter(Boolean);
  // What a mark speaks for: the page behind its heading, the section or table behind its, or the words around it.
  const marked = (it) => {
    if (it.matches("h1")) return main;
    if (it.closest(".glance")) return it.closest("li");
    if (it.matches(".lede")) return it.closest(".section");
    if (it.matches("caption, dt")) return it.parentElement;
    if (it.closest("header")) return it.closest("header").parentElement;
    return it.dataset.later === undefined ? it : it.closest("tr") || it.closest("p, td, li, dd, h2, b, .note");
  };
  const place = (it) => {
    const names = [];
    for (; it !== main.parentElement; it = it.parentElement) {
      const kind = [...it.classList].filter((name) => !name.startsWith("is-"))[0];
      names.push([it.localName, kind, it.getAttribute("aria-labelledby")].filter(Boolean).join("."));
    }
    return names.join(" in ");
  };
  const without = (parts) => {
    if (parts.includes(main)) return [];
    const styles = parts.map((it) => it.style.display);
    for (const it of parts) it.style.display = "none";
    const rest = lines();
    parts.forEach((it, at) => (it.style.display = styles[at]));
    return rest;
  };
  // Faults and gaps are found when a site is built; the facts about a copy, and a picture, name their day themselves.
  const dated = ["attention", "gaps", "picture"].map((key) => `section[aria-labelledby=${key}]`);
  const facts = location.pathname.endsWith("/about.html") ? ["dl", ".lede"] : [];
  const always = [...main.querySelectorAll([...dated, ...facts])];
  const parts = [...main.querySelectorAll(".of-day")].map((it) => marked(it.parentElement));
  const same = [...main.querySelectorAll("*"), main].filter((it) => known.includes(place(it)));
  return {
    all: lines(),
    unmarked: without([...parts, ...always]),
    elsewhere: without([...same, ...always]),
    places: parts.map(place),
  };
}
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Copies:
    """The folders of one site built on the first day, and on each of the days on which it is read, by age."""

    old: Path
    new: dict[int, Path]


@pytest.fixture(scope="module")
def copies(tmp_path_factory: pytest.TempPathFactory) -> Copies:
    """A made-up site, with actions, checks, reviews and incidents around the day of the copy and long after."""
    root = tmp_path_factory.mktemp("later")
    source = write(root / "source", generate_site(SEED))

    def build(age: int) -> Path:
        return unpack(build_in_memory(source, clock=FixedClock(_day(age))), root / f"after-{age}")

    return Copies(old=build(0), new={age: build(age) for age in AGES})


def _day(age: int) -> date:
    return AS_AT + timedelta(days=age)


@pytest.fixture
def tabs(browser: Browser) -> Iterator[tuple[Page, Page]]:
    """Two pages: one that stays open, and one to compare with. An error in a script fails the test."""
    context = browser.new_context(timezone_id="Europe/London", viewport={"width": 1280, "height": 900})
    errors: list[str] = []
    pages = context.new_page(), context.new_page()
    for page in pages:
        page.on("pageerror", lambda error: errors.append(str(error)))
    yield pages
    context.close()
    assert errors == []


def _compare(old: dict[str, list[str]], new: dict[str, list[str]]) -> tuple[list[str], list[str]]:
    """Lines of the old copy that are not in the new one, and the reverse, each without what is marked."""
    only_old = Counter(old["unmarked"]) - Counter(new["all"])
    only_new = Counter(new["elsewhere"]) - Counter(old["unmarked"])
    return list(only_old), list(only_new)


def test_an_old_copy_says_what_a_new_one_says(copies: Copies, tabs: tuple[Page, Page]) -> None:
    """Every type of page and every saved view, left open over many days: equal to a new build line by line, or marked as of another day."""
    open_page, page = tabs
    different = {}
    unmarked = total = 0
    tables = [path for path in pages_in(copies.old) if path.startswith(("views/", "tags/"))]
    for path in dict.fromkeys((*one_of_each(copies.old), *tables)):
        _set_clock(tabs, 0)
        open_page.goto((copies.old / path).as_uri())
        for age in AGES:
            _set_clock(tabs, age)
            open_page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
            expect(open_page.locator(".as-at > span")).not_to_be_empty()  # the script has been loaded
            old = open_page.evaluate(_LINES, [])
            page.goto((copies.new[age] / path).as_uri())
            only_old, only_new = _compare(old, page.evaluate(_LINES, old["places"]))
            unmarked, total = unmarked + len(old["unmarked"]), total + len(old["all"])
            if only_old or only_new:
                different[path, age] = {"old": only_old, "new": only_new}
    assert different == {}
    assert unmarked > total / 2, "most of a page is worked out again"


def test_an_old_copy_fits_a_small_phone(copies: Copies, tabs: tuple[Page, Page]) -> None:
    """What is added to the pages makes none of them wider than 320 pixels."""
    page, _ = tabs
    _set_clock(tabs, 33)
    page.set_viewport_size({"width": 320, "height": 640})
    widths = {}
    for path in one_of_each(copies.old):
        page.goto((copies.old / path).as_uri())
        widths[path] = page.evaluate("document.documentElement.scrollWidth")
    assert widths == dict.fromkeys(widths, 320)


def _set_clock(tabs: tuple[Page, Page], age: int) -> None:
    for page in tabs:
        page.clock.set_fixed_time(f"{_day(age)}T12:00:00Z")
