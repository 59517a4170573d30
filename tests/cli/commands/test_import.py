"""`plansite import`: a tracker becomes files of a plan, and comes again as a small difference."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from plansite.cli.main import main
from plansite.content.site_content import load_site
from tests.sites import write
from tests.trackers.sheets import workbook

_HEADING = ("Action No", "Action", "Lead", "Target date", "Status", "Theme")
_ROWS = ((1, "Order lamps", "Maintenance", date(2025, 1, 31), "Open", "Safe stairs"),
         (2, "Ask the people who live here", "Manager; Night Senior", date(2025, 2, 14), "Done", "Safe stairs"),
         (3, None, None, None, None, None))  # fmt: skip


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site with a plan without actions."""
    return write(tmp_path / "site", {"content/plans/falls/plan.md": "---\ntitle: Fewer falls\n---\n"})


def _tracker(folder: Path, *rows: tuple[object, ...], name: str = "tracker.xlsx") -> Path:
    path = folder / name
    path.write_bytes(workbook(Plan=(_HEADING, *rows)))
    return path


def _import(site: Path, *words: str | Path) -> int:
    return main(["import", *map(str, words), "--plan", "falls", "--site", str(site)])


def test_a_tracker_becomes_files(site: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _import(site, _tracker(tmp_path, *_ROWS)) == 0
    said = capsys.readouterr().out
    assert "3 rows: 2 in 2 actions (2 new actions, 0 changed, 0 as before), 1 not read." in said
    assert "it has a number and nothing else" in said
    (plan,) = load_site(site).plans
    assert [(action.ref, action.title, action.owner, action.supporters, action.due) for action in plan.actions] == [
        ("1", "Order lamps", "Maintenance", (), date(2025, 1, 31)),
        ("2", "Ask the people who live here", "Manager", ("Night Senior",), date(2025, 2, 14)),
    ]
    assert [(goal.key, goal.title) for goal in plan.goals] == [("safe-stairs", "Safe stairs")]
    assert not [finding for finding in load_site(site).findings if finding.rule.name != "undated-completion"]
    report = (site / "content/plans/falls/imports/tracker.md").read_text("utf-8")
    assert "| Lead | owner | the heading, high |" in report


def test_nothing_is_written_in_a_dry_run(site: Path, tmp_path: Path) -> None:
    before = sorted(site.rglob("*"))
    assert _import(site, _tracker(tmp_path, *_ROWS), "--dry-run") == 0
    assert sorted(site.rglob("*")) == before


def test_a_second_import_changes_what_the_tracker_changed(
    site: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _import(site, _tracker(tmp_path, *_ROWS))
    file = site / "content/plans/falls/actions/order-lamps.md"
    file.write_text(file.read_text("utf-8").replace("owner: Maintenance", "owner: Estates"), "utf-8")
    before = {path: path.read_bytes() for path in site.rglob("*.md") if "imports" not in path.parts}
    _import(site, _tracker(tmp_path, *_ROWS))
    assert {path: path.read_bytes() for path in before} == before
    capsys.readouterr()
    moved = (1, "Order lamps", "Contractor", date(2025, 2, 28), "Open", "Safe stairs")
    _import(site, _tracker(tmp_path, moved, *_ROWS[1:]))
    text = file.read_text("utf-8")
    assert "due: 2025-02-28" in text
    assert "owner: Estates" in text
    assert "`owner`: the tracker says “Contractor”, the file “Estates”" in capsys.readouterr().out


def test_actions_that_left_the_tracker_stay(site: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _import(site, _tracker(tmp_path, *_ROWS))
    capsys.readouterr()
    _import(site, _tracker(tmp_path, _ROWS[0]))
    assert "No longer in the tracker. The files stay:" in capsys.readouterr().out
    assert len(load_site(site).plans[0].actions) == 2


def test_numbers_of_another_tracker_do_not_overwrite(site: Path, tmp_path: Path) -> None:
    """Action 1 of a second tracker is another action."""
    _import(site, _tracker(tmp_path, *_ROWS))
    other = (1, "Write to the families", "Manager", date(2025, 3, 1), "Open", "Families")
    _import(site, _tracker(tmp_path, other, name="second.xlsx"))
    actions = load_site(site).plans[0].actions
    assert {(action.ref, action.title) for action in actions} == {
        ("1", "Order lamps"), ("2", "Ask the people who live here"), ("", "Write to the families")}  # fmt: skip


def test_a_map_says_how_to_read(site: Path, tmp_path: Path) -> None:
    """The map that an import writes reads the same, and can be changed."""
    tracker = _tracker(tmp_path, (1, "Order lamps", "MW", date(2025, 1, 31), "Green", "Stairs"))
    _import(site, tracker)
    written = site / "content/plans/falls/imports/tracker.map.yaml"
    text = written.read_text("utf-8")
    assert '"Lead": owner  # the heading (high)' in text
    map_file = tmp_path / "map.yaml"
    map_file.write_text(
        text.replace('"Theme": goal', '"Theme": tags')
        .replace("# statuses: {Green", "statuses: {Green")
        .replace("# initials:", "initials:"),
        "utf-8",
    )
    assert _import(site, tracker, "--map", map_file) == 0
    (action,) = load_site(site).plans[0].actions
    assert (action.status, action.owner, action.tags) == ("completed", "Maria White", ("Stairs",))


@pytest.mark.parametrize(
    ("words", "said"),
    [(["--plan", "fall"], "falls"), (["--map", "{map}"], "no column can be `colour`"), (["{pdf}"], "the spreadsheet or document")],
)  # fmt: skip
def test_wrong_input_says_what_to_write(
    words: list[str], said: str, site: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "map.yaml").write_text("columns: {Theme: colour}\n", "utf-8")
    (tmp_path / "a.pdf").write_bytes(b"%PDF")
    filled = [word.format(map=tmp_path / "map.yaml", pdf=tmp_path / "a.pdf") for word in words]
    files = [] if "pdf" in words[0] else [str(_tracker(tmp_path, *_ROWS))]
    plan = [] if "--plan" in words else ["--plan", "falls"]
    assert main(["import", *files, *filled, *plan, "--site", str(site)]) == 2
    assert said in capsys.readouterr().err


def test_a_tracker_without_rows(site: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _import(site, _tracker(tmp_path)) == 0
    assert "There are no actions in it." in capsys.readouterr().out


def test_the_report_as_json(site: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _import(site, _tracker(tmp_path, *_ROWS), "--format", "json", "--dry-run") == 0
    data = json.loads(capsys.readouterr().out)
    assert (data["rows"], [action["title"] for action in data["actions"]]) == (
        3,
        ["Order lamps", "Ask the people who live here"],
    )
    assert data["unread"][0]["row"] == 4
