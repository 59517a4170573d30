"""`plansite import`: a tracker becomes files of a plan, and comes again as a small difference."""

from __future__ import annotations

import json
import subprocess
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


def test_owners_get_files_if_asked(site: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Where owners have files; those that are known have one already. The files are shown as the plan is."""
    owners = site / "content/owners"
    tracker = _tracker(tmp_path, *_ROWS)
    assert _import(site, tracker, "--make-owner") == 0
    assert not owners.exists()
    owners.mkdir()
    (owners / "maintenance.md").write_text("---\ntitle: Maintenance\n---\n", "utf-8")
    new = (4, "Paint", "Painter; Maintenance", date(2025, 3, 1), "Open", "Safe stairs")
    _import(site, _tracker(tmp_path, *_ROWS[:2], new), "--dry-run")
    assert "Painter" not in [path.stem for path in owners.iterdir()]
    capsys.readouterr()
    _import(site, _tracker(tmp_path, *_ROWS[:2], new))
    assert "There is no file for Painter. Make the files with --make-owner" in capsys.readouterr().err
    assert [path.name for path in owners.iterdir()] == ["maintenance.md"]
    other = (5, "Sand", "Joiner", date(2025, 3, 1), "Open", "Safe stairs")
    _import(site, _tracker(tmp_path, *_ROWS[:2], new, other), "--make-owner")
    assert sorted(path.name for path in owners.iterdir()) == ["joiner.md", "maintenance.md"]


def _git(folder: Path, *words: str) -> str:
    command = ["git", "-C", str(folder), "-c", "user.name=A", "-c", "user.email=a@example.org", *words]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


@pytest.fixture
def repository(site: Path) -> Path:
    """The site as a folder of a git repository with one commit."""
    _git(site.parent, "init", "-q", "-b", "main")
    _git(site.parent, "config", "user.name", "Anna")
    _git(site.parent, "config", "user.email", "anna@example.org")
    _git(site.parent, "add", "site")
    _git(site.parent, "commit", "-q", "-m", "Start")
    return site


def test_a_branch_gets_the_files_and_the_folder_stays_as_it_is(
    repository: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = {path: path.read_bytes() for path in repository.rglob("*") if path.is_file()}
    tracker = _tracker(tmp_path, *_ROWS)
    assert _import(repository, tracker, "--branch", "tracker-1") == 0
    assert "The branch tracker-1 has the changes" in capsys.readouterr().out
    assert {path: path.read_bytes() for path in repository.rglob("*") if path.is_file()} == before
    assert _git(repository, "status", "--porcelain", "--", "site").strip() == ""
    assert _git(repository, "branch", "--show-current").strip() == "main"
    _import(repository, tracker)
    written = {path.relative_to(repository.parent).as_posix(): path.read_bytes()
               for path in repository.rglob("*") if path.is_file()}  # fmt: skip
    names = _git(repository.parent, "ls-tree", "-r", "--name-only", "tracker-1").split()
    assert sorted(names) == sorted(written)
    for name, data in written.items():
        assert _git(repository.parent, "show", f"tracker-1:{name}").encode() == data, name
    assert (
        _git(repository, "log", "-1", "--format=%an %s", "tracker-1").strip() == "Anna Import tracker.xlsx into falls"
    )


@pytest.mark.parametrize(
    ("branch", "words"),
    [("main", "there is a branch “main” already"), ("-x", "cannot be the name"), ("a..b", "cannot be the name")],
)
def test_a_branch_that_cannot_be_made_is_said(
    branch: str, words: str, repository: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _import(repository, _tracker(tmp_path, *_ROWS), f"--branch={branch}") == 2
    assert words in capsys.readouterr().err
    assert _git(repository, "for-each-ref", "--format=%(refname)").split() == ["refs/heads/main"]


def test_a_branch_needs_what_it_compares_with_committed(
    repository: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Otherwise the branch would have changes that nobody meant for it."""
    plan = repository / "content/plans/falls/plan.md"
    plan.write_text("---\ntitle: Far fewer falls\n---\n", "utf-8")
    assert _import(repository, _tracker(tmp_path, *_ROWS), "--branch", "new") == 2
    assert "plan.md); commit them first" in capsys.readouterr().err


def test_a_branch_is_not_filled_past_a_filter(
    repository: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where git encrypts the files on their way in, they would be there in the clear."""
    (repository.parent / ".gitattributes").write_text("*.md filter=git-crypt\n", "utf-8")
    assert _import(repository, _tracker(tmp_path, *_ROWS), "--branch", "new") == 2
    assert "git has a filter for these files (git-crypt)" in capsys.readouterr().err


def test_a_branch_needs_a_repository(site: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _import(site, _tracker(tmp_path, *_ROWS), "--branch", "new") == 2
    assert "in no git repository" in capsys.readouterr().err


def test_titles_that_are_nearly_the_same_are_shown(
    site: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(site, {"content/plans/falls/actions/lamps.md": "---\ntitle: Order the lamps for the stairs\n---\n"})
    row = (None, "Order lamps for the stairs", "Maintenance", None, None, None)
    _import(site, _tracker(tmp_path, row), "--dry-run")
    said = capsys.readouterr().out
    assert "Found by a title that is nearly the same. Look if they are the same actions:\n  lamps: “Order lamps" in said


def test_what_was_not_read_is_in_the_report(site: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "tracker.csv").write_bytes("Action,Owner,Status\nFit lamps,Ján,Choose an item.\n".encode("cp1252"))
    _import(site, tmp_path / "tracker.csv")
    note = "tracker.csv: its letters are read as Windows-1252; check names with accents"
    assert note in capsys.readouterr().out
    report = (site / "content/plans/falls/imports/tracker.md").read_text("utf-8")
    assert note in report
    assert "1 cell of a form that nobody filled in" in report
