"""Changes since a tag, branch or commit, invalid revisions, and uncommitted changes, in real repositories."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as run
from hypothesis import strategies as st

from plansite.history.change import Change, ChangeKind
from plansite.history.revisions import UnknownRevisionError, find_changes_since_revision, has_uncommitted_changes
from tests.examples import examples
from tests.history.repo import ACTIONS, RADIATOR, Repo, action

LIGHTS = f"{ACTIONS}/lights.md"


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    """A plan with one action, under the tag `begin`."""
    repo = Repo.new(tmp_path / "site")
    repo.commit("Begin", {RADIATOR: action(due="2025-01-07")})
    repo.git("tag", "begin")
    return repo


def _since(repo: Repo, revision: str) -> tuple[Change, ...]:
    return find_changes_since_revision(repo.root, repo.settings, repo.history(), revision)


def _dues(changes: tuple[Change, ...]) -> list[tuple[object, object, str]]:
    return [(change.before, change.after, change.who) for change in changes if change.is_due_move]


def test_a_tag_on_the_mainline(repo: Repo) -> None:
    """Every commit after it is told by itself, newest first; nothing from before, and nothing of its own."""
    repo.commit("Move", {RADIATOR: action(due="2025-01-14")}, who="Ben")
    repo.commit("Move", {RADIATOR: action(due="2025-01-21")}, who="Cy")
    assert _dues(_since(repo, "begin")) == [("2025-01-14", "2025-01-21", "Cy"), ("2025-01-07", "2025-01-14", "Ben")]
    assert _since(repo, "begin") == repo.history().changes[:2]
    assert _dues(_since(repo, "HEAD~1")) == [("2025-01-14", "2025-01-21", "Cy")]
    assert _since(repo, "HEAD") == ()
    assert _since(repo, repo.git("rev-parse", "begin")[:8]) == _since(repo, "begin")


def test_a_branch_beside_a_mainline_that_went_on(repo: Repo) -> None:
    """What the mainline got in the meantime is no change of the branch."""
    repo.git("checkout", "-q", "-b", "later")
    repo.commit("Move", {RADIATOR: action(due="2025-01-14")}, who="Ben")
    repo.git("checkout", "-q", "main")
    repo.commit("Elsewhere", {LIGHTS: action("Lights")}, who="Cy")
    repo.git("checkout", "-q", "later")
    (move,) = _since(repo, "main")
    assert (move.after, move.who) == ("2025-01-14", "Ben")


def test_a_branch_that_took_over_the_mainline(repo: Repo) -> None:
    """What came from there does not count; what differs from it does, once, with those who wrote it on the branch."""
    repo.git("checkout", "-q", "-b", "later")
    repo.commit("Move", {RADIATOR: action(due="2025-01-14")}, who="Ben")
    repo.git("checkout", "-q", "main")
    repo.commit("Elsewhere", {LIGHTS: action("Lights")}, who="Cy")
    repo.git("checkout", "-q", "later")
    repo.git("merge", "-q", "main", "-m", "Take over", who="Ben")
    repo.commit("Move", {RADIATOR: action(due="2025-01-21")}, who="Di")
    (move,) = _since(repo, "main")
    assert (move.before, move.after, move.who) == ("2025-01-07", "2025-01-21", "Ben and Di")
    assert move.commit == repo.git("rev-parse", "HEAD")


def test_the_merge_that_a_host_tries(repo: Repo) -> None:
    """A pull request is checked out as its merge into the mainline; that merge is all there is to tell."""
    repo.git("checkout", "-q", "-b", "later")
    repo.commit("Move", {RADIATOR: action(due="2025-01-14")}, who="Ben")
    repo.git("checkout", "-q", "main")
    repo.commit("Elsewhere", {LIGHTS: action("Lights")}, who="Cy")
    repo.git("checkout", "-q", "--detach", "main")
    repo.git("merge", "-q", "--no-ff", "later", "-m", "Merge later into main", who="Host")
    assert _dues(_since(repo, "main")) == [("2025-01-07", "2025-01-14", "Ben")]


def test_only_documents_of_the_site_count(repo: Repo) -> None:
    """A branch with a merge in it that changes other files only, changes nothing."""
    repo.git("checkout", "-q", "-b", "later")
    repo.commit("Other", {"README.md": "Read me\n"})
    repo.git("checkout", "-q", "main")
    repo.commit("Elsewhere", {LIGHTS: action("Lights")})
    repo.git("checkout", "-q", "later")
    repo.git("merge", "-q", "main", "-m", "Take over")
    assert _since(repo, "main") == ()


def test_a_file_that_moved_on_such_a_branch(repo: Repo) -> None:
    """It is known again under its new name."""
    repo.git("checkout", "-q", "-b", "later")
    repo.git("mv", RADIATOR, f"{ACTIONS}/heater.md")
    repo.commit("Rename")
    repo.git("checkout", "-q", "main")
    repo.commit("Elsewhere", {LIGHTS: action("Lights")})
    repo.git("checkout", "-q", "later")
    repo.git("merge", "-q", "main", "-m", "Take over")
    (move,) = _since(repo, "main")
    assert (move.did, move.old_path, move.path) == (ChangeKind.MOVED, RADIATOR, f"{ACTIONS}/heater.md")


def test_a_revision_that_shares_nothing(repo: Repo) -> None:
    """That is said, rather than telling everything."""
    repo.git("checkout", "-q", "--orphan", "other")
    repo.commit("Elsewhere")
    with pytest.raises(UnknownRevisionError, match="“main” has no history in common"):
        _since(repo, "main")


@pytest.mark.parametrize(
    "name",
    ["nope", "", "--all", "-n1", "--output=x", "^main", "main..HEAD", "main^{tree}", "main\nHEAD", "a b", "2025-02-30"],
)
def test_names_that_are_none(repo: Repo, name: str) -> None:
    """Options, ranges and exclusions are no revisions, and none of them does anything."""
    repo.commit("Move", {RADIATOR: action(due="2025-01-14")})
    before = sorted(path.name for path in repo.root.iterdir())
    with pytest.raises(UnknownRevisionError, match="there is no branch, tag or commit"):
        _since(repo, name)
    assert sorted(path.name for path in repo.root.iterdir()) == before


@run(max_examples=examples(30), suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=12))
def test_any_text_is_a_revision_or_refused(repo: Repo, name: str) -> None:
    """Nothing else happens, whatever was typed."""
    try:
        _since(repo, name)
    except UnknownRevisionError as error:
        assert str(error).isprintable()


@pytest.fixture
def committed_repo(tmp_path: Path) -> Repo:
    """A repository in which all is committed."""
    committed_repo = Repo.new(tmp_path / "site")
    committed_repo.commit("Begin", {RADIATOR: action()})
    return committed_repo


def test_all_is_committed(committed_repo: Repo) -> None:
    """Files beside the content do not count."""
    committed_repo.write("notes.txt", "mine")
    assert not has_uncommitted_changes(committed_repo.root, committed_repo.settings)


@pytest.mark.parametrize("path", [RADIATOR, "content/plans/winter/actions/new.md"])
def test_content_that_is_not(committed_repo: Repo, path: str) -> None:
    """A file that was changed counts, and one that is new."""
    committed_repo.write(path, action("Other"))
    assert has_uncommitted_changes(committed_repo.root, committed_repo.settings)


def test_no_program_is_started(committed_repo: Repo) -> None:
    """What a repository names as the watcher of its files is not run."""
    committed_repo.write(".git/watch", f"#!/bin/sh\ntouch '{committed_repo.root}/ran'\n")
    (committed_repo.root / ".git/watch").chmod(0o755)
    committed_repo.git("config", "core.fsmonitor", str(committed_repo.root / ".git/watch"))
    has_uncommitted_changes(committed_repo.root, committed_repo.settings)
    assert not (committed_repo.root / "ran").exists()


def test_no_repository(tmp_path: Path, committed_repo: Repo) -> None:
    """There is nothing that anything could be missing from."""
    (tmp_path / "bare/content").mkdir(parents=True)
    assert not has_uncommitted_changes(tmp_path / "bare", committed_repo.settings)
