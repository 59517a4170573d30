"""`plansite check --names`: a list that is kept outside the site, and what is found of it."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from plansite.cli.main import main
from plansite.cli.manners import Exit
from plansite.cli.privacy import LARGEST
from tests.checks.tiny_sites import ACTION, DOOR, PLAN, action, page
from tests.sites import write

Captured = pytest.CaptureFixture[str]


@pytest.fixture
def names(tmp_path: Path) -> Path:
    """A list with one name, outside the site."""
    file = tmp_path / "names.txt"
    file.write_text("# Riverside\nNgozi Adeyemi\n", "utf-8")
    return file


def _check(site: Path, names: Path, capsys: Captured) -> list[dict[str, Any]]:
    code = main(["check", "--site", str(site), "--today", "2025-01-20", "--names", str(names), "--format", "json"])
    rows = [row for row in json.loads(capsys.readouterr().out) if row["name"] == "listed-name"]
    assert code == (Exit.FINDINGS if rows else Exit.DONE)
    return rows


def _site(root: Path, files: dict[str, str | bytes]) -> Path:
    return write(root / "site", {PLAN: page("title: Winter\ngoals: [{key: a, title: A}]"), **files})


@pytest.mark.parametrize(
    ("path", "text", "place"),
    [
        (ACTION, action("", "\nRing Ngozi Adeyemi.\n"), (6, 6)),
        (ACTION, action("owner: Adeyemi, Ngozi"), (3, 8)),
        (ACTION, "no front matter: ngozi adeyemi", (1, 18)),
        (PLAN, page("title: Ngozi Adeyemi’s plan"), (2, 8)),
        ("content/index.md", page("title: A", "Ngozi Adeyemi"), (4, 1)),
        ("content/owners/anna.md", page("title: Anna", "Ngozi Adeyemi"), (4, 1)),
        ("content/plans/winter/list.csv", "Ngozi Adeyemi\n", (1, 1)),
        ("plansite.yaml", "title: Ngozi Adeyemi\n", (1, 8)),
        ("content/plans/winter/actions/ngozi-adeyemi.md", action(), (0, 0)),
        ("content/plans/ngozi_adeyemi/plan.md", page("title: A"), (0, 0)),
        ("content/plans/winter/ngozi-adeyemi.pdf", b"%PDF", (0, 0)),
    ],
)
def test_found_wherever_it_stands(
    tmp_path: Path, names: Path, capsys: Captured, path: str, text: str | bytes, place: tuple[int, int]
) -> None:
    """In every file that is read and in every name, once."""
    rows = _check(_site(tmp_path, {path: text}), names, capsys)
    assert [(row["line"], row["column"]) for row in rows] == [place]


def test_the_name_of_a_plans_folder_is_told_once(tmp_path: Path, names: Path, capsys: Captured) -> None:
    """However many files lie in it."""
    folder = "content/plans/ngozi-adeyemi"
    rows = _check(
        _site(tmp_path, {f"{folder}/plan.md": page("title: A"), f"{folder}/actions/a.md": action()}), names, capsys
    )
    assert [(row["path"], row["line"]) for row in rows] == [("content/plans/•••••-•••••••/plan.md", 0)]


def test_found_in_tables_and_in_other_peoples_files(tmp_path: Path, names: Path, capsys: Captured) -> None:
    """The readings of a measure, and the folders that others laid out."""
    write(tmp_path / "theirs", {"a.md": page("title: A", "Ngozi Adeyemi")})
    files: dict[str, str | bytes] = {
        "plansite.yaml": "title: S\nsources:\n- {path: ../theirs}\n",
        "content/plans/winter/measures/falls.md": page("title: Falls"),
        "content/plans/winter/measures/falls.csv": "date,value\n2025-01-06,1\n\nNgozi Adeyemi,\n",
    }
    rows = _check(_site(tmp_path, files), names, capsys)
    assert [(row["path"], row["line"]) for row in rows] == [
        ("../theirs/a.md", 4),
        ("content/plans/winter/measures/falls.csv", 4),
    ]


def test_environment_names_the_list(
    tmp_path: Path, names: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A workflow gives it without writing it into a command."""
    monkeypatch.setenv("PLANSITE_NAMES", str(names))
    site = _site(tmp_path, {ACTION: action("", "Ngozi Adeyemi")})
    assert main(["check", "--site", str(site)]) == Exit.FINDINGS
    assert "listed-name" in capsys.readouterr().out


def test_nothing_of_it_is_kept(tmp_path: Path, names: Path, capsys: Captured) -> None:
    """Without the list the next check says nothing of names, and finds nothing to remember them by."""
    site = _site(tmp_path, {ACTION: action("", "Ngozi Adeyemi"), DOOR: action()})
    assert len(_check(site, names, capsys)) == 1
    assert main(["check", "--site", str(site), "--today", "2025-01-20"]) == Exit.DONE
    assert "listed-name" not in capsys.readouterr().out
    assert not any(b"PS908" in path.read_bytes() for path in (site / ".plansite").rglob("*") if path.is_file())


def test_it_can_be_set_aside_for_a_time(tmp_path: Path, names: Path, capsys: Captured) -> None:
    """In the file or in its plan, with a reason and a last day."""
    allow = "allow: [{rule: listed-name, reason: She asked for it, until: 2025-06-30}]"
    for files in (
        {ACTION: action(allow, "Ngozi Adeyemi")},
        {PLAN: page(f"title: A\n{allow}"), ACTION: "Ngozi Adeyemi"},
    ):
        site = write(tmp_path / "site", {PLAN: page("title: A"), **files})
        main(["check", "--site", str(site), "--today", "2025-01-20", "--names", str(names), "--format", "json"])
        assert "listed-name" not in capsys.readouterr().out


def _refused(site: Path, names: Path, capsys: Captured) -> str:
    assert main(["check", "--site", str(site), "--names", str(names)]) == Exit.USAGE
    said = capsys.readouterr()
    assert said.out == ""
    assert "Adeyemi" not in said.err
    return said.err


def test_a_list_in_the_site_is_refused(tmp_path: Path, names: Path, capsys: Captured) -> None:
    """Itself, or a link that lies there, or a link that leads there."""
    site = _site(tmp_path, {"names.txt": "Ngozi Adeyemi\n"})
    assert "lies in the site's folder" in _refused(site, site / "names.txt", capsys)
    (site / "link.txt").symlink_to(names)
    assert "lies in the site's folder" in _refused(site, site / "link.txt", capsys)
    (tmp_path / "out.txt").symlink_to(site / "names.txt")
    assert "lies in the site's folder" in _refused(site, tmp_path / "out.txt", capsys)


def _git(folder: Path, *words: str) -> None:
    whole = ("git", "-C", str(folder), "-c", "user.name=A", "-c", "user.email=a@example.org", *words)
    subprocess.run(whole, check=True, capture_output=True)


def test_a_list_in_the_repository_is_refused(tmp_path: Path, names: Path, capsys: Captured) -> None:
    """Also where the site is a folder of it, and where another checkout of it holds the list."""
    repository = tmp_path / "repository"
    site = write(repository / "plans", {PLAN: page("title: A")})
    inside = write(repository, {"private/names.txt": "Ngozi Adeyemi\n"}) / "private/names.txt"
    assert main(["check", "-q", "--site", str(site), "--names", str(inside)]) == Exit.DONE
    capsys.readouterr()
    _git(repository, "init", "-q")
    assert "its repository" in _refused(site, inside, capsys)
    _git(repository, "add", ".")
    _git(repository, "commit", "-qm", "First")
    _git(repository, "worktree", "add", "-q", str(tmp_path / "other"))
    assert "its repository" in _refused(site, tmp_path / "other/private/names.txt", capsys)
    assert main(["check", "-q", "--site", str(site), "--names", str(names)]) == Exit.DONE


@pytest.mark.parametrize(
    ("data", "word"),
    [(b"# nobody\n", "holds no names"), (b"Ng\xf6zi Adeyemi", "UTF-8"), (b"x" * (LARGEST + 1), "larger")],
    ids=["empty", "not UTF-8", "too large"],
)
def test_a_list_that_cannot_be_used_is_refused(tmp_path: Path, capsys: Captured, data: bytes, word: str) -> None:
    """An empty list would look like a clean site."""
    file = tmp_path / "names.txt"
    file.write_bytes(data)
    assert word in _refused(_site(tmp_path, {}), file, capsys)


def test_a_missing_list_is_refused(tmp_path: Path, capsys: Captured) -> None:
    """A slip in a workflow must not pass for a clean site."""
    assert "no list of names" in _refused(_site(tmp_path, {}), tmp_path / "nmaes.txt", capsys)


@pytest.mark.parametrize("commits", ["nowhere..", "--all", "a\nb", "HEAD~9.."])
def test_unknown_commits_are_a_usage_fault(tmp_path: Path, capsys: Captured, commits: str) -> None:
    """A range that git does not know, or that is an option, is said plainly."""
    site = _site(tmp_path, {})
    _git(site, "init", "-q")
    assert main(["check", "--site", str(site), f"--commits={commits}"]) == Exit.USAGE
    assert "no such commits" in capsys.readouterr().err
