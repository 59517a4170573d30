"""Data files stand where the pages say, and hold what the lists hold."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from pathlib import Path

from plansite.checks.runner import run_all_checks
from plansite.content.site_content import load_site
from plansite.exports.action_records import build_action_records
from plansite.exports.data_formats import record_to_dict
from plansite.model.assessment import SiteOnDate
from plansite.model.settings import Settings
from plansite.model.site import Site
from plansite.schema import build_combined_schema
from plansite.site.data.data_files import DataView, build_data_page
from tests.sites import write
from tests.whole import data_files

TODAY = date(2025, 1, 20)
ACTION = "---\ntitle: {}\nref: 1\nowner: Cafe Zoë\ndue: 2025-01-25\n---\n"
FILES = {
    "content/plans/falls/plan.md": "---\ntitle: Fewer falls\n---\n",
    "content/plans/falls/actions/a.md": ACTION.format("=A"),
    "content/plans/falls/actions/torn.md": "---\ntitle: [\n",
    "content/plans/warm/plan.md": "---\ntitle: Warm rooms\n---\n",
    "content/plans/warm/actions/b.md": ACTION.format("B"),
}


def _dated_site(root: Path, files: dict[str, str] = FILES) -> SiteOnDate:
    return SiteOnDate(load_site(write(root, files)), TODAY)


def _files(dated_site: SiteOnDate) -> dict[str, bytes]:
    return data_files(dated_site, run_all_checks(dated_site))


def _rows(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def _view(dated_site: SiteOnDate) -> DataView:
    view = build_data_page(dated_site).view
    assert isinstance(view, DataView)
    return view


def test_each_plan_and_the_whole_have_their_files(tmp_path: Path) -> None:
    """Two files a plan, those for all plans, and what scripts and crawlers ask for."""
    assert sorted(_files(_dated_site(tmp_path))) == [
        "data/actions.csv",
        "data/actions.json",
        "data/falls.csv",
        "data/falls.json",
        "data/schema.json",
        "data/warm.csv",
        "data/warm.json",
        "next-change.js",
        "robots.txt",
        "search-index.js",
    ]


def test_all_actions_are_those_of_the_list_command(tmp_path: Path) -> None:
    """The same records, unreadable files included, with the findings' word on what needs attention."""
    dated_site = _dated_site(tmp_path)
    files = _files(dated_site)
    found = json.loads(files["data/actions.json"])
    expected = [
        record_to_dict(entry)
        for entry in build_action_records(dated_site, frozenset({"content/plans/falls/actions/torn.md"}))
    ]
    assert found == expected
    assert [row["title"] for row in _rows(files["data/actions.csv"])] == ["'=A", "Torn", "B"]


def test_json_files_have_no_white_space_but_line_ends(tmp_path: Path) -> None:
    """One record a line, so that copies can be compared, and nothing that a program would skip."""
    files = _files(_dated_site(tmp_path))
    for path in ("data/actions.json", "data/falls.json"):
        records = json.loads(files[path])
        lines = [json.dumps(record, ensure_ascii=False, separators=(",", ":")) for record in records]
        assert files[path].decode() == "[\n" + ",\n".join(lines) + "\n]\n"
        assert len(records) > 1
    assert files["data/schema.json"].count(b"\n") == 1


def test_findings_decide_what_needs_attention(tmp_path: Path) -> None:
    """An action with an error says so in both files of its plan."""
    bad = "---\ntitle: A\ndue: soon\n---\n"
    files = _files(_dated_site(tmp_path, {"content/plans/p/actions/a.md": bad}))
    assert [row["needs_attention"] for row in _rows(files["data/p.csv"])] == ["yes"]
    assert [each["needs_attention"] for each in json.loads(files["data/p.json"])] == [True]


def test_a_register_holds_its_own_plan_alone(tmp_path: Path) -> None:
    """Each plan's actions stand in its own files."""
    files = _files(_dated_site(tmp_path))
    assert [row["title"] for row in _rows(files["data/falls.csv"])] == ["'=A", "Torn"]
    assert [each["title"] for each in json.loads(files["data/warm.json"])] == ["B"]


def test_spreadsheets_are_told_the_encoding(tmp_path: Path) -> None:
    """CSV files begin with the mark of UTF-8, so that names keep their accents."""
    files = _files(_dated_site(tmp_path))
    assert {path: data[:3] for path, data in files.items() if path.endswith(".csv")} == dict.fromkeys(
        ("data/actions.csv", "data/falls.csv", "data/warm.csv"), b"\xef\xbb\xbf"
    )
    assert _rows(files["data/warm.csv"])[0]["owner"] == "Cafe Zoë"


def test_a_plan_cannot_take_the_place_of_the_files_for_all(tmp_path: Path) -> None:
    """Plans called `actions` or `Schema` have files of their own, and the page leads to them."""
    text = "---\ntitle: {}\n---\n"
    files = {"content/plans/actions/plan.md": text.format("Odd"), "content/plans/Schema/plan.md": text.format("Even")}
    dated_site = _dated_site(tmp_path, files)
    made = {path.casefold() for path in _files(dated_site)}
    links = [link.href for each in _view(dated_site).registers for link in each.files]
    assert len({link.casefold() for link in links} | {"data/actions.csv", "data/actions.json", "data/schema.json"}) == 7
    assert {link.casefold() for link in links} <= made


def test_the_schema_is_the_one_for_every_kind_of_file(tmp_path: Path) -> None:
    """What `plansite schema` would print stands on the site as well."""
    assert json.loads(_files(_dated_site(tmp_path))["data/schema.json"]) == build_combined_schema()


def test_crawlers_are_let_in_to_be_told_by_a_header(tmp_path: Path) -> None:
    """`robots.txt` refuses nothing: a refusal would hide the header that says to keep nothing."""
    assert _files(_dated_site(tmp_path))["robots.txt"] == b"User-agent: *\nAllow: /\n"


def test_the_page_leads_to_files_that_are_there(tmp_path: Path) -> None:
    """Every link of the page is made by the build, and every column is explained."""
    dated_site = _dated_site(tmp_path)
    view, files = _view(dated_site), _files(dated_site)
    links = [view.csv.href, view.json.href, view.schema.href]
    links += [link.href for each in view.registers for link in each.files]
    assert set(links) <= set(files)
    assert view.holds == "2 actions in 2 plans"
    assert [(each.plan.text, each.actions) for each in view.registers] == [("Fewer falls", "1"), ("Warm rooms", "1")]
    assert [name for name, _ in view.columns] == list(_rows(files["data/warm.csv"])[0])


def test_an_empty_site_has_its_files() -> None:
    """No plan, no register; the files for all plans are there and empty."""
    dated_site = SiteOnDate(Site(settings=Settings()), TODAY)
    files = data_files(dated_site, ())
    assert json.loads(files["data/actions.json"]) == []
    assert _rows(files["data/actions.csv"]) == []
    assert _view(dated_site).registers == ()
