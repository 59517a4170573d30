"""What people bring to a meeting: the PDF of a plan, its register and its review pack, read as text."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from plansite.content.site_content import load_site
from plansite.model.documents.plan import Plan
from plansite.pipeline.build import build_in_memory
from tests.browser.test_every_page import one_of_each, pages_in
from tests.sites import FixedClock, demonstration, unpack, write

pytestmark = [pytest.mark.browser, pytest.mark.slow]

DAY = "20 January 2025"
#: Pages for paper, with the words before the plan's title at the head of each sheet, and whether they are sideways.
SHEETS = {
    "print": ("", False),
    "register": ("Register: ", True),
    "review-pack": ("Review pack: ", False),
    "committee": ("Committee paper: ", False),
}
#: Pages that are about one day, which no script changes, and that have no steps.
_OF_ONE_DAY = ("review-pack", "committee")
#: Words of links that lead on, and say nothing on paper.
_DEAD = re.compile(
    r"(See|All|Show) (all|\d|the gaps)|What to do|Why these|Edit |Send an update|Correct this|Every change|Print this"
    r"|Review pack, to|Spreadsheet|(Previous|Next) page|Skip to",
)


@pytest.fixture(scope="module")
def pdftotext() -> str:
    """The program that reads a PDF. Without it the test is skipped by name, unless the environment demands it."""
    path = shutil.which("pdftotext")
    if path is None:
        missing = "no pdftotext on PATH (on Debian: apt-get install poppler-utils)"
        if os.environ.get("PLANSITE_REQUIRE_BROWSER") == "1":
            pytest.fail(missing)
        pytest.skip(missing)
    return path


@pytest.fixture(scope="module")
def site(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration, built into a folder."""
    return unpack(demonstration(project), tmp_path_factory.mktemp("paper"))


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page in a browser of its own, without scripts: paper must not need them."""
    context = browser.new_context(java_script_enabled=False)
    yield context.new_page()
    context.close()


def _print(page: Page, path: Path, pdftotext: str, *, paper: str = "A4", landscape: bool = False) -> list[str]:
    """The text of each sheet that a page prints."""
    page.goto(path.as_uri())
    data = page.pdf(format=paper, landscape=landscape, prefer_css_page_size=False)
    text = subprocess.run([pdftotext, "-raw", "-", "-"], input=data, capture_output=True, check=True).stdout.decode()
    return text.removesuffix("\f").split("\f")


def _squeeze(text: str) -> str:
    """A text without spaces, line breaks and hyphens, which depend on where lines end."""
    return re.sub(r"[\s\N{SOFT HYPHEN}\N{HYPHEN}-]+", "", text)


def _plans(root: Path) -> tuple[Plan, ...]:
    return load_site(root).plans


@pytest.mark.parametrize("paper", ["A4", "Letter"])
@pytest.mark.parametrize("name", SHEETS)
def test_every_sheet_has_its_head(project: Path, site: Path, page: Page, pdftotext: str, name: str, paper: str) -> None:
    """The plan, the day, and which of how many pages it is, on either size of paper."""
    words, landscape = SHEETS[name]
    several = 0
    for plan in _plans(project):
        sheets = _print(page, site / f"plans/{plan.slug}/{name}.html", pdftotext, paper=paper, landscape=landscape)
        for number, sheet in enumerate(sheets, 1):
            for part in (words + plan.title, f"As at {DAY}", f"Page {number} of {len(sheets)}"):
                assert _squeeze(part) in _squeeze(sheet), (plan.slug, number, part)
        several += len(sheets) > 1
    assert several > 1


@pytest.mark.parametrize("name", ["print", "register"])
def test_every_step_is_on_the_sheet_of_its_action(
    project: Path, site: Path, page: Page, pdftotext: str, name: str
) -> None:
    """Whole, with the newest note, and on one sheet with the title and the owner: no action is split."""
    seen = 0
    for plan in _plans(project):
        path, landscape = site / f"plans/{plan.slug}/{name}.html", SHEETS[name][1]
        sheets = [_squeeze(sheet) for sheet in _print(page, path, pdftotext, landscape=landscape)]
        for action in plan.actions:
            note = action.body.latest_note
            texts = [action.title, action.owner, *(step.text for step in action.body.steps), note.text if note else ""]
            assert any(all(_squeeze(text) in sheet for text in texts) for sheet in sheets), (plan.slug, action.slug)
            seen += len(action.body.steps)
    assert seen > 100


def _long_files() -> dict[str, str]:
    """A plan with a long title, 60 actions, and one action that is longer than a sheet."""
    steps = "\n".join(
        f"- [{'x' if n % 2 else ' '}] Step {n} of many, with words enough to fill a line" for n in range(90)
    )
    actions = {
        f"content/plans/long/actions/a-{n}.md": f"---\ntitle: Action {n}\nref: {n}\nowner: Ann\ndue: 2025-0{n % 8 + 1}-11\n"
        f"status: {'completed' if n % 5 == 0 else 'in progress'}\n---\n## Steps\n- [ ] First step of {n}\n- [x] Last step of {n}\n"
        for n in range(1, 61)
    }
    return {
        "content/plans/long/plan.md": f"---\ntitle: {'A plan with a very long name ' * 9}\n---\n",
        **actions,
        "content/plans/long/actions/a-61.md": f"---\ntitle: The longest\nref: 61\nowner: Ann\n---\n## Steps\n{steps}\n",
    }


@pytest.mark.parametrize("name", SHEETS)
def test_a_long_plan_prints_whole(tmp_path: Path, page: Page, pdftotext: str, name: str) -> None:
    """Each sheet is numbered and dated, no row is split that fits on a sheet, and what does not fit goes on."""
    built = build_in_memory(write(tmp_path / "source", _long_files()), clock=FixedClock(date(2025, 1, 20)))
    path = unpack(built, tmp_path / "out") / f"plans/long/{name}.html"
    sheets = [_squeeze(sheet) for sheet in _print(page, path, pdftotext, landscape=SHEETS[name][1])]
    assert len(sheets) > 2
    for number, sheet in enumerate(sheets, 1):
        assert _squeeze(f"As at {DAY}") in sheet
        assert _squeeze(f"Page {number} of {len(sheets)}") in sheet
        assert _squeeze("A plan with a very long name") in sheet
    if name not in _OF_ONE_DAY:
        whole = "".join(sheets)
        assert all(_squeeze(f"Step {n} of many, with words enough to fill a line") in whole for n in range(90))
        for n in range(1, 61):
            texts = (_squeeze(f"First step of {n}"), _squeeze(f"Last step of {n}"))
            assert any(all(text in sheet for text in texts) for sheet in sheets), n


def test_the_governance_report_prints_whole(project: Path, site: Path, page: Page, pdftotext: str) -> None:
    """Each sheet has its head; every plan is in the table with its numbers, and the totals are there once."""
    sheets = [_squeeze(sheet) for sheet in _print(page, site / "governance.html", pdftotext)]
    assert len(sheets) > 1
    for number, sheet in enumerate(sheets, 1):
        for part in ("Governance report", f"As at {DAY}", f"Page {number} of {len(sheets)}"):
            assert _squeeze(part) in sheet
    whole = "".join(sheets)
    assert all(_squeeze(plan.title) in whole for plan in _plans(project))
    assert whole.count(_squeeze("All plans")) == 1


def test_no_link_on_paper_only_leads_on(site: Path, page: Page) -> None:
    """On a page of any type, what a link says is worth reading without following it."""
    page.emulate_media(media="print")
    dead = {}
    for path in one_of_each(site):
        page.goto((site / path).as_uri())
        links = page.locator("a:visible").all_inner_texts()
        dead[path] = [words for words in links if _DEAD.match(words)]
    assert {path: words for path, words in dead.items() if words} == {}


def test_grey_tells_what_colour_tells(site: Path, page: Page) -> None:
    """Each tag has words and a mark; two tags with different words of how it stands have different marks."""
    page.emulate_media(media="print")
    marks: dict[str, set[str]] = {}
    for path in (path for path in pages_in(site) if re.search(r"/(print|register|index)\.html$", path)):
        page.goto((site / path).as_uri())
        for words, mark in page.evaluate(
            """() => [...document.querySelectorAll(".tag")].filter((it) => it.checkVisibility()).map((it) => [
              it.innerText.trim(), it.querySelector("use")?.getAttribute("href") ?? ""])"""
        ):
            marks.setdefault(mark, set()).add(re.sub(r" by [\d,]+ days?$", "", words))
    assert "" not in marks
    assert all(all(words) for words in marks.values())
    courses = ("Overdue", "At risk", "On track", "Completed", "Embedded", "Cancelled", "Blocked", "Not started")
    by_course = [mark for course in courses for mark, words in marks.items() if course in words]
    assert len(by_course) == len(set(by_course)) == len(courses)


@pytest.mark.parametrize(
    ("name", "steps"), [("print", ".ticks > li"), ("register", "td:nth-child(4) > p > :is(span, i)")]
)
def test_done_steps_have_a_tick(site: Path, page: Page, name: str, steps: str) -> None:
    """A box before each step, and a tick in it where the step is done."""
    page.emulate_media(media="print")
    page.goto((site / f"plans/inspection/{name}.html").as_uri())
    drawn = page.locator(steps).evaluate_all(
        """(steps) => steps.map((it) => [it.matches(".is-done, i"),
          ...["::before", "::after"].map((part) => getComputedStyle(it, part).content !== "none")])"""
    )
    assert {tuple(each) for each in drawn} == {(True, True, True), (False, True, False)}


def test_the_head_of_a_later_day(tmp_path: Path, browser: Browser, pdftotext: str) -> None:
    """A copy that is read later says for which day it worked out what is late; a pack keeps to its own day."""
    built = build_in_memory(write(tmp_path / "source", _long_files()), clock=FixedClock(date(2025, 1, 20)))
    out = unpack(built, tmp_path / "out")
    context = browser.new_context(timezone_id="Europe/London")
    page = context.new_page()
    page.clock.set_fixed_time("2025-02-03T12:00:00Z")
    sheets = {
        name: _print(page, out / f"plans/long/{name}.html", pdftotext, landscape=landscape)
        for name, (_, landscape) in SHEETS.items()
    }
    context.close()
    again = _squeeze("lateness as at 3 February 2025")
    assert all(again in _squeeze(sheet) for name in ("print", "register") for sheet in sheets[name])
    assert not any(again in _squeeze(sheet) for name in _OF_ONE_DAY for sheet in sheets[name])
    assert all(_squeeze(f"As at {DAY}") in _squeeze(sheet) for each in sheets.values() for sheet in each)
    assert "Overdue by 23 days" in " ".join(sheets["print"])  # due on 11 January
    assert "Overdue by 9 days" in " ".join(sheets["review-pack"])


def test_a_briefing_is_one_sheet(page: Page, pdftotext: str, tmp_path: Path) -> None:
    """Also for an incident with much to say: what happened, findings, actions, learning, and a line to sign for each service."""
    findings = "".join(
        f"  - {{text: Finding {number} was that a rather long sentence had to be written about it, actions: [{number}]}}\n"
        for number in range(1, 10)
    )
    services = [f"Service {number}" for number in range(1, 6)]
    learning = "".join(f"- Look at this in your own service, and do what is written in line {n}.\n" for n in range(8))
    files = {
        "plansite.yaml": "title: Test site\n",
        "content/plans/p/plan.md": "---\ntitle: Fewer falls\n---\n",
        "content/plans/p/incidents/i.md": f"---\ntitle: A fall on the main stairs\ndate: 2025-01-02\n"
        f"severity: Moderate harm\nlearning_for: [{', '.join(services)}]\nfindings:\n{findings}---\n"
        + "A woman fell four steps in the evening, and nobody was near. " * 40
        + f"\n\n## Learning\n{learning}",
    }
    for number in range(1, 10):
        title = f"title: Do something about finding {number} that takes a line to say"
        files[f"content/plans/p/actions/a{number}.md"] = f"---\n{title}\nref: {number}\nowner: Maintenance\n---\n"
    site = unpack(
        build_in_memory(write(tmp_path / "source", files), clock=FixedClock(date(2025, 1, 20))), tmp_path / "s"
    )
    (sheet,) = _print(page, site / "plans/p/briefings/i.html", pdftotext)
    for words in (
        "What happened",
        "What we found",
        "What changes",
        "What to do in your service",
        "in line 7",
        *services,
    ):
        assert _squeeze(words) in _squeeze(sheet), words
