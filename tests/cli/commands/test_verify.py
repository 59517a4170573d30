"""`plansite verify`: the same is called the same, and what a copy was built from is told."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

import pytest

from plansite.cli.exit_codes import ExitCode
from tests.cli.copies import ACTION, FILES, build, edit, two_commits, verify
from tests.history.repo import Repo

Captured = pytest.CaptureFixture[str]


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    """A site of two commits, in which an action was moved."""
    return two_commits(tmp_path / "site")


def test_a_build_is_the_same(repo: Repo, capsys: Captured) -> None:
    """It says of which commit, for whom and for which day, and ends with 0."""
    build(repo)
    assert verify(repo) == ExitCode.SUCCESS
    said = capsys.readouterr().out
    short = repo.git("rev-parse", "--short", "HEAD")
    assert re.search(rf"^Same: \S+ is what commit {short} builds for internal readers, as at \d+ \w+ \d{{4}}\.", said)


@pytest.mark.slow
@pytest.mark.parametrize(
    "words",
    [
        ("--today", "2025-01-20"),
        ("--audience", "partners"),
        ("--audience", "public", "--today", "2025-01-20"),
    ],
)
def test_day_and_audience_are_those_of_the_copy(repo: Repo, words: tuple[str, ...]) -> None:
    """Whatever day and audience it was built for, nobody need say so again."""
    build(repo, *words)
    assert verify(repo) == ExitCode.SUCCESS


def test_a_copy_of_an_earlier_day(repo: Repo, tmp_path: Path, capsys: Captured) -> None:
    """A site built with `--as-at` is held against the commit that it names."""
    build(repo, "--as-at", "2025-01-02", "--out", str(tmp_path / "then"))
    assert verify(repo, tmp_path / "then") == ExitCode.SUCCESS
    short = repo.git("rev-parse", "--short", "HEAD~1")
    assert f"is what commit {short} builds for internal readers, as at 2 January 2025." in capsys.readouterr().out
    assert verify(repo, tmp_path / "then", "--commit", "HEAD") == ExitCode.FINDINGS


def test_an_old_copy_is_of_another_commit(repo: Repo, tmp_path: Path, capsys: Captured) -> None:
    """It names the other commit and its day; with `--commit` it is the same."""
    public = build(repo)
    old = shutil.copytree(public, tmp_path / "old")
    short = repo.git("rev-parse", "HEAD")[:10]
    repo.commit("Three", {ACTION: "---\ntitle: Mend at last\n---\n"})
    assert verify(repo, old) == ExitCode.FINDINGS
    assert f"built from commit {short} of 3 January 2025" in capsys.readouterr().out
    assert verify(repo, old, "--commit", short) == ExitCode.SUCCESS
    assert verify(repo, old, "--commit", "HEAD~1") == ExitCode.SUCCESS


def test_a_commit_from_elsewhere(repo: Repo, capsys: Captured) -> None:
    """A commit that this repository does not have is said to be unknown."""
    about = build(repo) / "about.html"
    about.write_text(re.sub(r'data-commit="\w+"', 'data-commit="0123456789"', about.read_text("utf-8")), "utf-8")
    assert verify(repo) == ExitCode.FINDINGS
    assert "commit 0123456789, which this repository does not have" in capsys.readouterr().out


def test_uncommitted_changes_are_told(repo: Repo, capsys: Captured) -> None:
    """A copy that is what the files build, but not the commit that it names."""
    repo.write(ACTION, "---\ntitle: Secretly changed\n---\n")
    build(repo)
    assert verify(repo) == ExitCode.FINDINGS
    assert "built from changes that were never committed" in capsys.readouterr().out


def test_later_edits_do_not_matter(repo: Repo) -> None:
    """The commit is what counts, not what somebody is typing meanwhile."""
    build(repo)
    repo.write(ACTION, "---\ntitle: Half an edi")
    assert verify(repo) == ExitCode.SUCCESS


@pytest.mark.slow
@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--audience", "public"), "It says that it was built for internal readers."),
        (("--today", "2025-01-21"), "It says that it is as at 20 January 2025."),
    ],
)
def test_what_was_expected_can_be_said(repo: Repo, words: tuple[str, ...], said: str, capsys: Captured) -> None:
    """A copy for another audience or day than the one named is not the same, and says which it is for."""
    build(repo, "--today", "2025-01-20")
    assert verify(repo, *words) == ExitCode.FINDINGS
    assert said in capsys.readouterr().out


@pytest.mark.slow
def test_a_public_copy_may_be_of_another_commit(repo: Repo, capsys: Captured) -> None:
    """It names none, so the answer says that this may be all."""
    about = build(repo, "--audience", "public") / "about.html"
    assert 'data-commit=""' in about.read_text("utf-8")
    repo.commit("Three", {"content/plans/p/plan.md": "---\ntitle: Another\naudience: public\n---\n"})
    assert verify(repo) == ExitCode.FINDINGS
    assert "It does not name its commit." in capsys.readouterr().out
    assert verify(repo, "--commit", "HEAD~1") == ExitCode.SUCCESS


@pytest.mark.slow
def test_a_lie_about_the_day_is_no_riddle(repo: Repo, capsys: Captured) -> None:
    """Where the page about the copy was altered, every page may differ; the answer says where to begin."""
    about = build(repo, "--today", "2025-01-20") / "about.html"
    about.write_text(about.read_text("utf-8").replace('data-day="2025-01-20"', 'data-day="2025-02-20"'), "utf-8")
    assert verify(repo) == ExitCode.FINDINGS
    said = capsys.readouterr().out
    assert "about.html was changed too." in said
    assert said.index("different, after it was built: about.html") < said.index("different: ")
    assert verify(repo, "--today", "2025-01-20") == ExitCode.FINDINGS
    assert capsys.readouterr().out.count("different") == 1


def test_a_commit_without_a_site(repo: Repo, capsys: Captured) -> None:
    """There is nothing to compare with."""
    repo.git("checkout", "-q", "--orphan", "empty")
    repo.git("rm", "-rqf", ".")
    empty = repo.commit("Nothing")
    repo.git("checkout", "-q", "main")
    build(repo)
    assert verify(repo, "--commit", empty) == ExitCode.USAGE
    assert "there was no plansite.yaml" in capsys.readouterr().err


@pytest.mark.slow
def test_another_version(repo: Repo, capsys: Captured) -> None:
    """The version that made it is named, and how to get it."""
    public = build(repo)
    path = public / ".plansite.json"
    path.write_text(re.sub(r'"plansite": "[^"]+"', '"plansite": "0.0.7"', path.read_text()))
    assert verify(repo) == ExitCode.FINDINGS
    assert "pip install plansite==0.0.7" in capsys.readouterr().out


@pytest.mark.slow
def test_a_download_may_lack_files(repo: Repo, tmp_path: Path, capsys: Captured) -> None:
    """With `--downloaded` only what is there is compared; what lacks is counted, what differs is told."""
    copy = shutil.copytree(build(repo), tmp_path / "copy")
    for name in (".plansite.json", "_headers", "404.html"):
        (copy / name).unlink()
    assert verify(repo, copy) == ExitCode.FINDINGS
    capsys.readouterr()
    assert verify(repo, copy, "--downloaded") == ExitCode.SUCCESS
    assert "3 files of the build are not in this download" in capsys.readouterr().err
    edit(copy)
    assert verify(repo, copy, "--downloaded") == ExitCode.FINDINGS


@pytest.mark.slow
def test_a_clone_of_the_pages(repo: Repo, tmp_path: Path) -> None:
    """The repository that a clone brings along does not count."""
    copy = shutil.copytree(build(repo), tmp_path / "copy")
    Repo.new(copy).commit()
    assert verify(repo, copy) == ExitCode.SUCCESS


def test_without_git_it_is_the_files_here(tmp_path: Path, capsys: Captured) -> None:
    """No commit holds them, so the copy is compared with what lies here, and that is said."""
    repo = Repo(tmp_path / "site")
    for path, text in FILES.items():
        repo.write(path, text or "")
    public = build(repo)
    assert verify(repo) == ExitCode.SUCCESS
    said = capsys.readouterr()
    assert "is what the files here build" in said.out
    assert "not kept in a git repository" in said.err
    edit(public)
    assert verify(repo) == ExitCode.FINDINGS


@pytest.mark.slow
def test_a_source_outside_is_read_where_it_lies(repo: Repo, tmp_path: Path, capsys: Captured) -> None:
    """No commit holds another repository's files, so that the copy is compared with the files here."""
    other = Repo.new(tmp_path / "other")
    other.commit(files={"one.md": "---\ntitle: One\n---\n"})
    repo.commit(files={"plansite.yaml": "title: T\nsources:\n- {path: ../other, plan: tracker}\n"})
    build(repo)
    assert verify(repo) == ExitCode.SUCCESS
    assert "../other lies outside this repository" in capsys.readouterr().err
    assert verify(repo, "--commit", "HEAD") == ExitCode.USAGE


@pytest.mark.slow
def test_a_shallow_copy_of_the_repository(repo: Repo, tmp_path: Path) -> None:
    """There the past is left out of the pages; a site built there is the same there."""
    repo.git("clone", "-q", "--depth", "1", f"file://{repo.root}", str(tmp_path / "cut"))
    cut = Repo(tmp_path / "cut")
    build(cut)
    assert verify(cut) == ExitCode.SUCCESS


@pytest.mark.slow
def test_a_site_in_a_folder_of_its_repository(tmp_path: Path) -> None:
    """The site need not be the whole repository."""
    repo = Repo.new(tmp_path / "all")
    repo.commit(files={f"site/{path}": text for path, text in FILES.items()})
    repo.root /= "site"
    build(repo)
    assert verify(repo) == ExitCode.SUCCESS


def test_nothing_is_written(repo: Repo) -> None:
    """Neither the site, nor its repository, nor the copy."""
    build(repo)

    def state() -> dict[str, tuple[int, int]]:
        return {str(path): (path.stat().st_mtime_ns, path.stat().st_size) for path in repo.root.rglob("*")}

    before = state()
    assert verify(repo) == ExitCode.SUCCESS
    assert state() == before


def test_what_cannot_be_compared(repo: Repo, tmp_path: Path, capsys: Captured) -> None:
    """No folder, no site, an encrypted one, and a commit that is not there: usage, each with its reason."""
    assert verify(repo, tmp_path / "nowhere") == ExitCode.USAGE
    (tmp_path / "empty").mkdir()
    assert verify(repo, tmp_path / "empty") == ExitCode.USAGE
    assert "has no site in it" in capsys.readouterr().err
    public = build(repo)
    assert verify(repo, "--commit", "no-such") == ExitCode.USAGE
    assert "“no-such”" in capsys.readouterr().err
    (public / "about.html").unlink()
    (public / "unlock-worker.js").write_text("")
    assert verify(repo) == ExitCode.USAGE
    assert "is encrypted" in capsys.readouterr().err


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="whoever may do anything can read every file")
def test_what_cannot_be_read(repo: Repo) -> None:
    """A file that the system refuses ends with 4."""
    (build(repo) / "index.html").chmod(0)
    assert verify(repo) == ExitCode.SYSTEM_ERROR


def test_a_fault_of_the_disk(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    """A fault of the disk ends with 4 as well."""
    build(repo)

    def refuse(path: str) -> str:
        raise OSError(5, "Input/output error", path)

    monkeypatch.setattr("plansite.verify.published_files.sha256_file", refuse)
    assert verify(repo) == ExitCode.SYSTEM_ERROR


@pytest.mark.slow
def test_all_files_are_named_on_request(repo: Repo, capsys: Captured) -> None:
    """Twenty at most, and with --verbose all."""
    public = build(repo)
    for number in range(30):
        (public / f"extra-{number}.html").write_text("x")
    verify(repo)
    said = capsys.readouterr().out
    assert said.count("added, after it was built") == 20
    assert "and 10 more" in said
    verify(repo, "--verbose")
    assert capsys.readouterr().out.count("added, after it was built") == 30
