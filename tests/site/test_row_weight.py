"""What a row weighs: the mean bytes of the rows of each kind of page, at most so many."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from benchmarks.corpus import write_site
from plansite.pipeline.build import build_in_memory
from tests.sites import FixedClock, html_of

#: Bytes of a row, by kind of page. No row of a list may weigh more than 1,000.
ROW_BUDGETS = {
    "boards": 450,
    "goals": 640,
    "timelines": 760,
    "evidence": 500,
    "calendars": 200,
    "review packs": 450,
    "committee papers": 340,
    "owners": 460,
    "agencies": 710,
    "tags": 780,
    "finished": 440,
    "open": 750,
    "overdue": 850,
}
#: Bytes of a row of a register, with its steps and resources.
REGISTER_ROW_BUDGET = 1_200
#: Bytes that a page of an action has besides its file: of what is in its `main`, and of all of it.
ACTION_BUDGETS = {"demonstration": (5_300, 9_270), "1,000 actions": (3_550, 7_150)}
#: Bytes of an action on the page for paper, besides its steps and its note, which are as long as people write them.
SHEET_BUDGET = 1_150
#: Bytes of the keys of an action in the JSON file of all actions, with what stands between them.
RECORD_BUDGET = 280

_LEAF = r"<{0}\b[^>]*>(?:(?!<{0}\b).)*?</{0}>"
_ITEM, _TABLE_ROW, _SHEET = _LEAF.format("li"), _LEAF.format("tr"), r"<article.*?</article>"
_PATHS = {
    "boards": r"plans/[^/]+/index\.html",
    "goals": r"plans/[^/]+/goals(/.*)?\.html",
    "timelines": r"plans/[^/]+/timeline(/.*)?\.html",
    "evidence": r"plans/[^/]+/evidence(/.*)?\.html",
    "calendars": r"plans/[^/]+/calendar\.html",
    "review packs": r"plans/[^/]+/review-pack\.html",
    "committee papers": r"plans/[^/]+/committee\.html",
    "owners": r"owners/.+\.html",
    "agencies": r"agencies/.+\.html",
    "tags": r"tags/.+\.html",
    "finished": r"finished(/.*)?\.html",
    "open": r"open(/.*)?\.html",
    "overdue": r"overdue(/.*)?\.html",
}
#: Pages on which no link to an action needs a class.
_PLAIN_LINKS = ("goals", "review packs", "committee papers", "agencies", "tags", "finished")
_ACTION_FILES = "content/plans/*/actions/*.md"
_MAIN = re.compile(r"<main.*?</main>", re.DOTALL)
_STEPS_AND_NOTE = re.compile(r'<ul class="ticks">.*?</ul>|<div class="sheet__note">.*?</div></div>', re.DOTALL)


@pytest.fixture(scope="module", params=["demonstration", pytest.param("1,000 actions", marks=pytest.mark.slow)])
def pages(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The pages of a site, one of its JSON files, and the files of its actions, by path."""
    root = Path(__file__).parents[2]
    if request.param != "demonstration":
        root = tmp_path_factory.mktemp("weight")
        write_site(root, 1_000)
    built = build_in_memory(root, clock=FixedClock())
    records = built.files["data/actions.json"]
    assert isinstance(records, bytes)
    actions = {path.relative_to(root).as_posix(): path.read_text("utf-8") for path in root.glob(_ACTION_FILES)}
    return {**html_of(built), "data/actions.json": records.decode(), **actions}


def list_rows(pages: dict[str, str], path: str, row: str) -> list[str]:
    """The rows with a link to an action on the pages whose path matches."""
    texts = (text for name, text in pages.items() if re.fullmatch(path, name))
    return [found for text in texts for found in re.findall(row, text, re.DOTALL) if "actions/" in found]


def list_rows_of(pages: dict[str, str], kind: str) -> list[str]:
    """The rows of a kind of page; that a site has none would make a test say nothing."""
    rows = list_rows(pages, _PATHS[kind], _TABLE_ROW if kind == "tags" else _ITEM)
    assert rows
    return rows


def find_mean(texts: list[str]) -> float:
    """The mean length in bytes."""
    return sum(len(text.encode()) for text in texts) / len(texts)


@pytest.mark.parametrize("kind", ROW_BUDGETS)
def test_a_row_is_light(pages: dict[str, str], kind: str) -> None:
    """A list of a thousand actions is fetched on a phone, so a row is what it shows and little more."""
    assert find_mean(list_rows_of(pages, kind)) <= ROW_BUDGETS[kind] <= 1_000


def test_a_row_of_a_register_is_light(pages: dict[str, str]) -> None:
    """It has the texts of the steps as well, in full."""
    rows = list_rows(pages, r"plans/[^/]+/register(/.*)?\.html", _TABLE_ROW)
    assert find_mean(rows) <= REGISTER_ROW_BUDGET


def test_a_page_of_an_action_is_light(pages: dict[str, str], request: pytest.FixtureRequest) -> None:
    """Besides what people write in its file, it has the frame of the page, headings, links and facts."""
    texts = {path: text for path, text in pages.items() if path.startswith("content/")}
    shown = {path: page for path in texts if (page := pages.get(path[8:-3] + ".html"))}
    assert len(shown) > 0.9 * len(texts) > 30
    own = find_mean([texts[path] for path in shown])
    mains = [found[0] for page in shown.values() if (found := _MAIN.search(page))]
    besides = (find_mean(mains) - own, find_mean(list(shown.values())) - own)
    budgets = ACTION_BUDGETS[request.node.callspec.params["pages"]]
    assert [figure for figure, budget in zip(besides, budgets, strict=True) if figure > budget] == []


def test_an_action_on_paper_is_light(pages: dict[str, str]) -> None:
    """Its facts on the page for paper."""
    sheets = list_rows(pages, r"plans/[^/]+/print\.html", _SHEET)
    assert find_mean([_STEPS_AND_NOTE.sub("", sheet) for sheet in sheets]) <= SHEET_BUDGET


@pytest.mark.parametrize("kind", _PLAIN_LINKS)
def test_links_to_actions_in_rows_have_no_class(pages: dict[str, str], kind: str) -> None:
    """Where a link stands says how it looks, so no row repeats it."""
    links = [link for row in list_rows_of(pages, kind) for link in re.findall(r"<a [^>]*actions/[^>]*>", row)]
    assert links
    assert not [link for link in links if 'class="quiet"' in link]


def test_a_record_is_light(pages: dict[str, str]) -> None:
    """The keys are the frame of a record; its values are what people write."""
    lines = pages["data/actions.json"].splitlines()[1:-1]
    frames = [re.sub(r':"(?:[^"\\]|\\.)*"|:\[[^]]*\]|:\w+', ":", line) for line in lines]
    assert find_mean(frames) <= RECORD_BUDGET
