"""The history is the same whatever the settings of the machine, the folder and the names of files are."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from plansite.history.change import ChangeKind
from tests.history.repo import ACTIONS, RADIATOR, Repo, action


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    """An empty repository."""
    return Repo.new(tmp_path / "site")


def test_what_is_no_document(repo: Repo) -> None:
    """Templates, notes about a folder, hidden files, people and other files are no news."""
    repo.commit(
        "Begin",
        {
            "content/templates/fall.md": action(),
            f"{ACTIONS}/README.md": "About\n",
            f"{ACTIONS}/.draft.md": action(),
            "content/owners/ann.md": action("Ann"),
            "content/plans/winter/evidence.pdf": "x",
            "README.md": "About\n",
        },
    )
    assert repo.history().changes == ()


def test_odd_names(repo: Repo) -> None:
    """Spaces, quotation marks and letters of any language are read as they are, a tab as everywhere in paths."""
    name = f"{ACTIONS}/Lösung “2” \t x.md"
    repo.commit("Begin", {name: action(due="2025-01-07")})
    repo.commit("Move", {name: action(due="2025-01-14")})
    shown = name.replace("\t", "\ufffd")
    assert [change.path for change in repo.history().changes] == [shown, shown]


def test_a_site_in_a_subfolder(tmp_path: Path) -> None:
    """Only the site's own folder counts, and its paths are those of the site."""
    repo = Repo.new(tmp_path / "all")
    repo.commit("Begin", {f"sites/one/{RADIATOR}": action(), f"sites/two/{RADIATOR}": action("Other")})
    repo.commit("Elsewhere", {"code.py": "x = 1\n"})
    repo.commit("Move", {f"sites/one/{RADIATOR}": action(due="2025-01-07")})
    one = Repo(tmp_path / "all/sites/one").history()
    assert [(change.path, change.did) for change in one.changes] == [
        (RADIATOR, ChangeKind.FIELD_CHANGED),
        (RADIATOR, ChangeKind.ADDED),
    ]


def test_a_detached_head(repo: Repo) -> None:
    """The history of a detached commit is that of the commit."""
    first = repo.commit("Begin", {RADIATOR: action(due="2025-01-07")})
    repo.commit("Move", {RADIATOR: action(due="2025-01-14")})
    repo.git("checkout", "-q", first)
    assert [change.did for change in repo.history().changes] == [ChangeKind.ADDED]


def test_the_callers_environment(repo: Repo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a hook or a user has set points git nowhere else and adds nothing to what it says."""
    repo.commit("Begin", {RADIATOR: action(due="2025-01-07")})
    other = Repo.new(tmp_path / "other")
    other.commit("Other")
    for name in ("color.ui", "log.follow", "diff.relative", "log.showSignature"):
        repo.git("config", name, "always" if name == "color.ui" else "true")
    repo.git("mv", RADIATOR, f"{ACTIONS}/heating.md")
    repo.commit("Rename")
    repo.git("config", "diff.orderFile", "missing")
    repo.git("config", "diff.renames", "false")
    monkeypatch.setenv("GIT_DIR", str(other.root / ".git"))
    monkeypatch.setenv("GIT_EXTERNAL_DIFF", "false")
    monkeypatch.setenv("GIT_PAGER", "false")
    monkeypatch.setenv("LC_ALL", "de_DE.UTF-8")
    assert [change.did for change in repo.history().changes] == [ChangeKind.MOVED, ChangeKind.ADDED]
    assert os.environ["GIT_PAGER"] == "false"


def test_a_user_who_follows_renames(repo: Repo) -> None:
    """A setting for following one file hides nothing of a folder, beside one that names a file that is not there."""
    repo.commit("Begin", {RADIATOR: action(due="2025-01-07")})
    repo.git("config", "log.follow", "true")
    repo.git("config", "diff.orderFile", "missing")
    assert [change.did for change in repo.history().changes] == [ChangeKind.ADDED]


def test_no_other_program_runs(repo: Repo) -> None:
    """A setting that shows signatures runs no other program and gets nothing between the lines."""
    repo.commit("Begin", {RADIATOR: action(due="2025-01-07")})
    marker = repo.root.parent / "ran"
    program = repo.root.parent / "program"
    program.write_text(f"#!/bin/sh\ntouch {marker}\n")
    program.chmod(0o755)
    for name, value in (("log.showSignature", "true"), ("gpg.program", str(program))):
        repo.git("config", name, value)
    text = repo.git("cat-file", "commit", "HEAD").replace(
        "\n\n", "\ngpgsig -----BEGIN PGP SIGNATURE-----\n \n -----END PGP SIGNATURE-----\n\n", 1
    )
    (repo.root.parent / "commit").write_text(text + "\n")
    signed = repo.git("hash-object", "-t", "commit", "-w", str(repo.root.parent / "commit"))
    repo.git("reset", "-q", signed)
    marker.unlink(missing_ok=True)
    assert [change.did for change in repo.history().changes] == [ChangeKind.ADDED]
    assert not marker.exists()
