"""`plansite pack` from the command line, in a real repository: making a pack, and checking one."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from plansite.cli.exit_codes import ExitCode
from plansite.cli.main import main
from plansite.exports import workbook
from plansite.exports.office_files import MissingExportError
from tests.evidence_pack.packs import FILES
from tests.history.repo import Repo

_ACTION = "content/plans/falls/actions/runner.md"


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    """The sample site in a repository of two commits; the second moves a due date."""
    repo = Repo.new(tmp_path / "site")
    files = {path: text if isinstance(text, str) else text.decode() for path, text in FILES.items()}
    files["plansite.yaml"] = "title: Test site\ntoday: 2025-01-20\n"
    repo.commit("One", {**files, ".gitignore": ".plansite/\n"})
    repo.commit("Two", {_ACTION: files[_ACTION].replace("due: 2025-01-31", "due: 2025-02-28")})
    return repo


def _pack(repo: Repo, *words: str, name: str = "pack.zip") -> tuple[int, Path]:
    """The exit code of `plansite pack` for the plan, and the file."""
    target = repo.root.parent / name
    return main(["pack", "--site", str(repo.root), "-o", str(target), *words]), target


def _verify(path: Path, *words: str) -> int:
    return main(["pack", "--verify", str(path), *words])


def _read_manifest(path: Path) -> dict[str, Any]:
    with zipfile.ZipFile(path) as archive:
        values: dict[str, Any] = json.loads(archive.read("manifest.json"))
    return values


def _read_page(path: Path, name: str) -> str:
    with zipfile.ZipFile(path) as archive:
        return archive.read(name).decode()


def test_a_pack_is_made_and_checked(repo: Repo, capsys: pytest.CaptureFixture[str]) -> None:
    """The digest is printed when it is made and when it is checked, with the commit; nothing is left in the site."""
    code, path = _pack(repo, "--plan", "falls")
    out, err = capsys.readouterr()
    assert code == ExitCode.SUCCESS
    head = repo.git("rev-parse", "HEAD")
    assert f"Made from commit {head}.\n" in err
    assert "for internal readers in" in err
    assert _verify(path) == ExitCode.SUCCESS
    report = capsys.readouterr().out
    assert "is intact" in report
    assert f"Digest: {out.strip()}\n" in report
    assert f"Made from commit {head}.\n" in report
    manifest = _read_manifest(path)
    assert (manifest["commit"], manifest["working_tree_clean"]) == (head, True)
    assert repo.git("status", "--porcelain") == ""
    assert not (repo.root / ".plansite").exists()


def test_history_is_in_a_pack(repo: Repo) -> None:
    """What git tells of an action is on its page, and on the page of changes."""
    _, path = _pack(repo, "--plan", "falls")
    for page in ("plans/falls/actions/runner.html", "plans/falls/changes.html"):
        assert "Due moved from 31 January to 28 February 2025" in _read_page(path, page), page


def test_uncommitted_changes_are_said(repo: Repo, capsys: pytest.CaptureFixture[str]) -> None:
    """The command, the cover and the manifest say that the files were not those of the commit."""
    (repo.root / "content/plans/falls/new.txt").write_text("x", "utf-8")
    _, path = _pack(repo, "--plan", "falls")
    assert "with changes that are not committed" in capsys.readouterr().err
    assert _read_manifest(path)["working_tree_clean"] is False
    assert "With changes that were not committed" in _read_page(path, "index.html")


def test_what_was_changed_is_named(repo: Repo, capsys: pytest.CaptureFixture[str]) -> None:
    """The exit code is 1, and the file is named."""
    _, path = _pack(repo, "--incident", "stairs")
    with zipfile.ZipFile(path) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    files["index.html"] = files["index.html"].replace(b"Fix", b"Fax")
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    capsys.readouterr()
    assert _verify(path) == ExitCode.FINDINGS
    report = capsys.readouterr().out
    assert "is not as it was made: 1 difference from its manifest." in report
    assert "  changed: index.html\n" in report


@pytest.mark.parametrize("words", [("--plan", "falls"), ("--regulation", "safe environments", "--from", "2025-01-01")])
def test_it_is_made_again_from_its_commit(
    repo: Repo, capsys: pytest.CaptureFixture[str], words: tuple[str, ...]
) -> None:
    """A pack of committed files has the same bytes as one that is built from the commit, also after later commits."""
    _, path = _pack(repo, *words)
    commit = repo.git("rev-parse", "--short", "HEAD")
    repo.commit("Three", {_ACTION: "---\ntitle: Something else\n---\n"})
    assert _verify(path, "--repository", str(repo.root)) == ExitCode.SUCCESS
    assert f"A pack made from commit {commit} has the same files." in capsys.readouterr().out


def test_what_the_commit_does_not_have(repo: Repo, capsys: pytest.CaptureFixture[str]) -> None:
    """A pack of files that were not committed differs from what its commit builds, and the pages are named."""
    (repo.root / _ACTION).write_text("---\ntitle: Better than it was\nref: 1\n---\n", "utf-8")
    _, path = _pack(repo, "--plan", "falls")
    assert _verify(path, "--repository", str(repo.root)) == ExitCode.FINDINGS
    assert "  changed: plans/falls/actions/runner.html\n" in capsys.readouterr().out


def test_a_pack_for_fewer_names_no_commit(repo: Repo, capsys: pytest.CaptureFixture[str]) -> None:
    """It is printed when the pack is made, and given when it is compared."""
    settings = "title: Test site\naudience: public\ntoday: 2025-01-20\n"
    repo.commit("Public", {"plansite.yaml": settings})
    head = repo.git("rev-parse", "HEAD")
    _, path = _pack(repo, "--plan", "falls")
    assert f"Made from commit {head}." in capsys.readouterr().err
    with zipfile.ZipFile(path) as archive:
        assert not [name for name in archive.namelist() if head[:10].encode() in archive.read(name)]
    assert _verify(path, "--repository", str(repo.root)) == ExitCode.USAGE
    assert "give it with --commit" in capsys.readouterr().err
    assert _verify(path, "--repository", str(repo.root), "--commit", head) == ExitCode.SUCCESS


def test_as_at_an_earlier_day(repo: Repo, capsys: pytest.CaptureFixture[str]) -> None:
    """The pack shows the files and the history up to that day, and can be made again."""
    code, path = _pack(repo, "--plan", "falls", "--as-at", "2025-01-02")
    assert code == ExitCode.SUCCESS
    page = _read_page(path, "plans/falls/actions/runner.html")
    assert "31 January 2025" in page
    assert "28 February 2025" not in page
    assert 'As at <time datetime="2025-01-02">' in page
    first = repo.git("rev-parse", "HEAD~1")
    assert _read_manifest(path)["commit"] == first
    assert _verify(path, "--repository", str(repo.root)) == ExitCode.SUCCESS
    assert "has the same files" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ((), "say what the pack is about"),
        (("--plan", "falls", "--incident", "stairs"), "only one of them"),
        (("--plan", "fals"), "did you mean “falls”?"),
        (("--incident", "x"), "choose from: cellar, Cellar incident, stairs, A fall on the stairs"),
        (("--regulation", "x"), "choose from: HSCA 2014/12, cqc-saf/safe-environments"),
        (("--plan", "falls", "--from", "2025-02-01", "--to", "2025-01-01"), "exchange the two days"),
        (("--plan", "falls", "--as-at", "2025-01-01", "--today", "2025-01-01"), "leave --today out"),
        (("--plan", "private", "--audience", "public"), "the plan “private” is not for the public"),
        (("--plan", "falls", "--commit", "x"), "are for --verify"),
    ],
)
def test_what_cannot_be_made(
    repo: Repo, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], message: str
) -> None:
    """The message says what to do, the exit code is 2, and no file is written."""
    code, path = _pack(repo, *words)
    assert code == ExitCode.USAGE
    assert message in capsys.readouterr().err
    assert not path.exists()


def test_a_day_before_the_first_commit(repo: Repo, capsys: pytest.CaptureFixture[str]) -> None:
    """As with a build, there is nothing to show, and the exit code is 1."""
    code, path = _pack(repo, "--plan", "falls", "--as-at", "2020-01-01")
    assert code == ExitCode.FINDINGS
    assert "nothing had been committed by 2020-01-01" in capsys.readouterr().err
    assert not path.exists()


def test_where_a_pack_is_written(repo: Repo, capsys: pytest.CaptureFixture[str]) -> None:
    """Over an earlier pack; not over another file or a folder."""
    assert _pack(repo, "--plan", "falls")[0] == ExitCode.SUCCESS
    assert _pack(repo, "--plan", "winter")[0] == ExitCode.SUCCESS
    (repo.root.parent / "notes.txt").write_text("mine", "utf-8")
    assert _pack(repo, "--plan", "falls", name="notes.txt")[0] == ExitCode.USAGE
    assert (repo.root.parent / "notes.txt").read_text("utf-8") == "mine"
    assert _pack(repo, "--plan", "falls", name="site")[0] == ExitCode.USAGE
    assert "is a folder" in capsys.readouterr().err


def test_an_unclear_mark(repo: Repo, capsys: pytest.CaptureFixture[str]) -> None:
    """A pack for fewer readers is refused with 1, as a build is, unless it is asked for."""
    repo.commit("Unclear", {"content/plans/winter/actions/x.md": "---\ntitle: X\naudience: staf\n---\n"})
    words = ("--plan", "falls", "--audience", "partners")
    (repo.root / "plansite.yaml").write_text("title: Test site\naudience: partners\ntoday: 2025-01-20\n", "utf-8")
    code, path = _pack(repo, *words)
    assert code == ExitCode.FINDINGS
    assert "mark is unclear" in capsys.readouterr().err
    assert not path.exists()
    assert _pack(repo, *words, "--lenient")[0] == ExitCode.SUCCESS


def test_without_the_library(repo: Repo, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Without XlsxWriter the message says how to install it."""

    def refuse() -> None:
        raise MissingExportError("a workbook", "XlsxWriter")

    monkeypatch.setattr(workbook, "_import_writer", refuse)
    code, path = _pack(repo, "--plan", "falls")
    assert code == ExitCode.USAGE
    assert "pip install 'plansite[export]'" in capsys.readouterr().err
    assert not path.exists()


@pytest.mark.parametrize(
    ("name", "message"),
    [("missing.zip", "there is no file"), ("text.zip", "it is not a zip archive"), ("folder", "is not a plain file")],
)
def test_what_is_no_pack(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, name: str, message: str
) -> None:
    """The exit code is 2. No site is needed to check a pack."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "text.zip").write_text("words", "utf-8")
    (tmp_path / "folder").mkdir()
    assert _verify(tmp_path / name) == ExitCode.USAGE
    assert message in capsys.readouterr().err


def test_options_that_do_not_go_together(repo: Repo, capsys: pytest.CaptureFixture[str]) -> None:
    """A pack is either made or checked, and a repository has to have the commit."""
    _, path = _pack(repo, "--plan", "falls")
    assert _verify(path, "--plan", "falls") == ExitCode.USAGE
    assert _verify(path, "--commit", "x") == ExitCode.USAGE
    other = Repo.new(repo.root.parent / "other")
    other.commit("One", {"plansite.yaml": "title: T\n"})
    assert _verify(path, "--repository", str(other.root)) == ExitCode.USAGE
    assert "has no commit" in capsys.readouterr().err
    assert main(["pack", "--plan", "falls", "--site", str(repo.root)]) == ExitCode.USAGE
    assert "name the file to write" in capsys.readouterr().err
