"""History that is not complete is left out, with the reason."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from plansite.history import git, repository
from plansite.history.change import ChangeKind
from tests.history.repo import RADIATOR, Repo, action, settings


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    """A repository with two versions of an action."""
    repo = Repo.new(tmp_path / "site")
    repo.commit("Begin", {RADIATOR: action(due="2025-01-07")})
    repo.commit("Move", {RADIATOR: action(due="2025-01-14")})
    return repo


def _clone(repo: Repo, *words: str) -> Repo:
    """A copy of the repository, made through a local address so that depth and filter hold."""
    repo.git("config", "uploadpack.allowFilter", "true")
    target = repo.root.parent / "copy"
    repo.git("clone", "-q", *words, f"file://{repo.root}", str(target))
    return Repo(target)


def test_a_shallow_clone(repo: Repo) -> None:
    """A copy with only the newest commits shows no history; once the others are fetched, it does."""
    copy = _clone(repo, "--depth", "1")
    history = copy.history()
    assert history.hidden == repository.SHALLOW
    assert history.hidden.startswith(
        "This copy of the repository has only the newest commits, so history is not shown."
    )
    assert (history.changes, history.changes_of_action("winter", "radiator")) == ((), ())
    copy.git("fetch", "-q", "--unshallow")
    assert [change.did for change in copy.history().changes] == [ChangeKind.FIELD_CHANGED, ChangeKind.ADDED]


def test_a_clone_without_old_versions(repo: Repo) -> None:
    """A blobless copy shows no history, and nothing is fetched for it."""
    copy = _clone(repo, "--filter=blob:none")
    missing = copy.git("rev-list", "--objects", "--all", "--missing=print")
    assert "\n?" in missing
    assert copy.history().hidden == repository.PARTIAL
    assert copy.git("rev-list", "--objects", "--all", "--missing=print") == missing


def test_a_blobless_clone_in_disguise(repo: Repo) -> None:
    """Where versions are missing for any other reason, nothing is guessed and nothing fetched."""
    blob = repo.git("rev-parse", f"HEAD~1:{RADIATOR}")
    (repo.root / ".git/objects" / blob[:2] / blob[2:]).unlink()
    history = repo.history()
    assert (history.hidden, history.changes) == (repository.UNREADABLE, ())


def test_a_missing_commit(repo: Repo) -> None:
    """A chain that breaks off is not passed off as the whole."""
    first = repo.git("rev-parse", "HEAD~1")
    (repo.root / ".git/objects" / first[:2] / first[2:]).unlink()
    assert repo.history().hidden == repository.UNREADABLE


def test_no_repository(tmp_path: Path) -> None:
    """Files that nobody put under git have no history."""
    assert Repo(tmp_path).history().hidden == repository.NO_REPOSITORY


def test_nothing_committed(tmp_path: Path) -> None:
    """A repository without a commit says so."""
    assert Repo.new(tmp_path / "site").history().hidden == repository.NO_COMMIT


def test_no_git(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without git on the machine history is left out, and nothing fails."""
    monkeypatch.setenv("PATH", "")
    assert repo.history().hidden == repository.NO_GIT


def test_an_added_work_tree(repo: Repo, tmp_path: Path) -> None:
    """A second work tree of the same repository tells its own branch."""
    repo.git("worktree", "add", "-q", str(tmp_path / "second"), "HEAD~1")
    assert [change.did for change in Repo(tmp_path / "second").history().changes] == [ChangeKind.ADDED]


def test_a_source_of_its_own(repo: Repo, tmp_path: Path) -> None:
    """An adopted folder is read from its own repository, through its map; one that is shallow is named, and left out."""
    theirs = Repo.new(tmp_path / "theirs")
    theirs.commit("Begin", {"tasks/one.md": "---\ntitle: One\nstate: Doing\n---\n"}, when="2025-01-02T18:00:00+00:00")
    theirs.commit("Done", {"tasks/one.md": "---\ntitle: One\nstate: Done\n---\n"}, when="2025-01-05T12:00:00+00:00")
    text = "title: T\nsources:\n  - {path: ../theirs/tasks, plan: tracker, fields: {status: state}}\n"
    repo.settings = settings(text)
    history = repo.history()
    newest, added = history.changes_of_action("tracker", "one")
    assert (newest.field, newest.before, newest.after, added.did) == (
        "status",
        "in progress",
        "completed",
        ChangeKind.ADDED,
    )
    assert [change.slug for change in history.changes] == ["one", "radiator", "one", "radiator"]
    theirs.git("clone", "-q", "--depth", "1", f"file://{theirs.root}", str(tmp_path / "few"))
    repo.settings = settings(text.replace("../theirs", "../few"))
    history = repo.history()
    assert history.omitted_sources == (("../few/tasks", repository.SHALLOW),)
    assert history.why_hidden("../few/tasks/one.md") == repository.SHALLOW
    assert [change.slug for change in history.changes] == ["radiator", "radiator"]


def test_a_plan_that_files_name(repo: Repo) -> None:
    """An adopted action whose field names another plan has moved there."""
    repo.settings = settings("title: T\nsources: [{path: tasks, plan: {field: milestone}}]\n")
    repo.commit("Begin", {"tasks/one.md": "---\ntitle: One\nmilestone: Early\n---\n"})
    repo.commit("Later", {"tasks/one.md": "---\ntitle: One\nmilestone: Late\n---\n"})
    moved, added = repo.history().changes_of_action("late", "one")
    assert (moved.did, moved.before, moved.after, added.plan) == (ChangeKind.MOVED, "early/one", "late/one", "early")


def test_no_network(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every call to git forbids fetching, by the means of new versions and of old ones."""
    environments: list[dict[str, str]] = []
    run = subprocess.run

    def run_and_record(*args: object, **more: object) -> object:
        environments.append(more["env"])  # type: ignore[arg-type]
        return run(*args, **more)  # type: ignore[call-overload]

    monkeypatch.setattr("plansite.history.git.subprocess.run", run_and_record)
    assert repo.history().changes
    assert environments
    assert all((env["GIT_NO_LAZY_FETCH"], env["GIT_ALLOW_PROTOCOL"]) == ("1", "none") for env in environments)


def test_a_folder_outside_every_repository(repo: Repo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It has no commit, which is known without starting git; a folder within one has that of the repository."""
    inside = git.read_head_state(repo.root / "content")
    assert inside == git.read_head_state(repo.root) != ("", "")
    (tmp_path / "beside").mkdir()
    monkeypatch.setattr(git, "run_git", None)
    assert git.read_head_state(tmp_path / "beside") == ("", "")
