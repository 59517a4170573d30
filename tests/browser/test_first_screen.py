"""On a small phone the first screens have the answer, breadcrumbs are one line, and a finger hits what it points at."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.test_every_page import one_of_each, pages_in, type_of
from tests.sites import demonstration, unpack

pytestmark = [pytest.mark.browser, pytest.mark.slow]

_PHONE = {"width": 320, "height": 640}
_DESK = {"width": 1280, "height": 800}
#: How far down the page of a plan its first overdue card may begin on a phone.
_MAX_TOP = 900

#: The top of the first card that can be seen with a tag that says "Overdue by"; null without one.
_FIRST_OVERDUE_CARD = """
() => {
  const shown = [...document.querySelectorAll("main .card")].filter((card) => card.checkVisibility());
  const tops = shown.filter((card) => /Overdue by/.test(card.innerText)).map((card) => card.getBoundingClientRect().top);
  return tops.length ? Math.round(Math.min(...tops) + scrollY) : null;
}
"""

#: The tops of the links to the sheets for paper that can be seen.
_PAPER_LINKS = """
() => [...document.querySelectorAll("main :is([href$='print.html'], [href$='review-pack.html'])")]
  .filter((it) => it.checkVisibility({ contentVisibilityAuto: true }))
  .map((it) => Math.round(it.getBoundingClientRect().top + scrollY))
"""

#: The height of the breadcrumbs in lines, and whether any word of them is missing from the text of the page.
_BREADCRUMBS = """
() => {
  const nav = document.querySelector(".where nav");
  if (!nav) return null;
  const tops = [...nav.querySelectorAll("li")].map((it) => it.getBoundingClientRect().top);
  return {
    lines: nav.getBoundingClientRect().height / parseFloat(getComputedStyle(nav).lineHeight),
    rows: new Set(tops.map(Math.round)).size,
  };
}
"""

#: The targets that fail WCAG 2.5.8 (minimum): smaller than 24 by 24 px, not in a sentence, and so near to another that a
#: circle of 24 px around their middle meets that target, or the circle of another that is too small. Also those that
#: are lower than 24 px, however far they are from others.
_SMALL_TARGETS = """
() => {
  const MIN = 24;
  const all = [...document.querySelectorAll("a[href], button, input, select, textarea, summary")].filter(
    (it) => it.checkVisibility({ visibilityProperty: true }) && !it.matches(".skip, [type=hidden]"),
  );
  // A link that covers the box around it, as that of a card does, is as large as that box; a box to tick has its words.
  const areaOf = (it) => {
    if (it.matches("[type=checkbox], [type=radio]")) return it.closest("label") ?? it;
    const cover = getComputedStyle(it, "::after");
    return cover.position === "absolute" && cover.inset === "0px" ? it.offsetParent : it;
  };
  const boxes = new Map(all.map((it) => [it, areaOf(it).getBoundingClientRect()]));
  const blockOf = (it) => {
    let block = it.parentElement;
    while (getComputedStyle(block).display === "inline") block = block.parentElement;
    return block;
  };
  // In a sentence: on a line with words that are not a target.
  const isInSentence = (it) => {
    if (getComputedStyle(it).display !== "inline") return false;
    const block = blockOf(it);
    const words = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
    while (words.nextNode()) {
      const { parentElement, data } = words.currentNode;
      const isOther = !parentElement.closest("a, button, summary, .visually-hidden") && /[\\p{L}\\p{N}]/u.test(data);
      if (isOther && blockOf(words.currentNode) === block && parentElement.checkVisibility()) return true;
    }
    return false;
  };
  const isSmall = (box) => box.width < MIN - 0.1 || box.height < MIN - 0.1;
  const middle = (box) => ({ x: (box.left + box.right) / 2, y: (box.top + box.bottom) / 2 });
  const distance = (point, box) =>
    Math.hypot(
      Math.max(box.left - point.x, 0, point.x - box.right),
      Math.max(box.top - point.y, 0, point.y - box.bottom),
    );
  const apart = (one, other) => Math.hypot(one.x - other.x, one.y - other.y);
  const fails = [];
  for (const it of all) {
    const box = boxes.get(it);
    if (!isSmall(box) || isInSentence(it)) continue;
    const near = all.find((other) => {
      if (other === it || other.contains(it) || it.contains(other)) return false;
      const beside = boxes.get(other);
      return (
        distance(middle(box), beside) < MIN / 2 - 0.1 ||
        (isSmall(beside) && apart(middle(box), middle(beside)) < MIN - 0.1)
      );
    });
    const size = `${Math.round(box.width)} x ${Math.round(box.height)}`;
    if (near) fails.push(`${it.innerText || it.name}: ${size}, near ${near.innerText || near.name}`);
    else if (box.height < MIN - 0.1) fails.push(`${it.innerText || it.name}: ${size}`);
  }
  return fails;
}
"""


@pytest.fixture(scope="module")
def site(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration."""
    return unpack(demonstration(project), tmp_path_factory.mktemp("site"))


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page on a small phone."""
    context = browser.new_context(viewport=_PHONE)  # type: ignore[arg-type]
    yield context.new_page()
    context.close()


def _measure(page: Page, site: Path, paths: list[str], script: str) -> dict[str, Any]:
    """What a script finds on each page, by the path of the page."""
    found = {}
    for path in paths:
        page.goto((site / path).as_uri())
        found[path] = page.evaluate(script)
    return found


def test_what_is_late_is_near_the_top_of_a_plan(site: Path, page: Page) -> None:
    """The first overdue card of each plan that has one; on a desk it is on the first screen."""
    plans = [path for path in pages_in(site) if type_of(path) == "plans/*/index.html"]
    tops = _measure(page, site, plans, _FIRST_OVERDUE_CARD)
    late = {path: top for path, top in tops.items() if top is not None}
    assert len(late) > 1, "the demonstration has plans with overdue actions"
    assert {path: top for path, top in late.items() if top > _MAX_TOP} == {}
    page.set_viewport_size(_DESK)  # type: ignore[arg-type]
    tops = _measure(page, site, list(late), _FIRST_OVERDUE_CARD)
    assert {path: top for path, top in tops.items() if top > _DESK["height"] - 50} == {}


def test_what_a_meeting_needs_is_near_the_top_of_a_plan(site: Path, page: Page) -> None:
    """The links to the sheets for paper can be seen without opening anything, above what is late."""
    plans = [path for path in pages_in(site) if type_of(path) == "plans/*/index.html"]
    found = _measure(page, site, plans, _PAPER_LINKS)
    assert len(found) > 1
    assert {path: tops for path, tops in found.items() if len(tops) != 2 or max(tops) > _MAX_TOP - 200} == {}


def test_breadcrumbs_are_one_line(site: Path, page: Page) -> None:
    """On a page of every type, however long its title."""
    found = _measure(page, site, one_of_each(site), _BREADCRUMBS)
    trails = {path: trail for path, trail in found.items() if trail}
    assert len(trails) > len(found) / 2
    assert {path: trail for path, trail in trails.items() if trail["lines"] > 1.5 or trail["rows"] > 1} == {}


def test_targets_are_large_enough(site: Path, page: Page) -> None:
    """What can be tapped on a page of any type is 24 px high, and as wide or far enough from everything else."""
    found = _measure(page, site, one_of_each(site), _SMALL_TARGETS)
    assert {path: fails for path, fails in found.items() if fails} == {}


@pytest.mark.parametrize(
    ("html", "number"),
    [
        ("<p><a href=x>A</a></p>", 1),
        ("<p><a href=x style='padding-block:5px'>A</a></p><p style='margin-top:40px'><a href=y>B</a>, it says</p>", 0),
        ("<p><a href=x>A</a> <a href=y>B</a></p>", 2),
        ("<label><input type=checkbox> Dense</label>", 1),
        ("<label style='display:block;padding:3px'><input type=checkbox> Dense</label>", 0),
        ("<p>Say <a href=x>A</a> or <a href=y>B</a>.</p>", 0),
        (
            "<p><a href=x style='display:inline-block;padding:9px'>A</a> <a href=y style='padding-block:5px'>B</a></p>",
            1,
        ),
        ("<p style='line-height:10px'><a href=x>One</a><br><a href=y>Two</a></p>", 2),
        (
            "<li style='position:relative;height:60px'><a href=x>A</a></li><style>a::after{content:'';position:absolute;inset:0}</style>",
            0,
        ),
    ],
)
def test_a_small_target_is_found(page: Page, html: str, number: int) -> None:
    """A target alone may be narrow, one in a sentence may be low; two narrow ones side by side may not."""
    page.set_content(f"<body style='font:16px sans-serif'>{html}")
    assert len(page.evaluate(_SMALL_TARGETS)) == number
