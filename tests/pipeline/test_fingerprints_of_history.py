"""Commits, merges and branches: whatever shows history is drawn again when git tells something else."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from plansite.model.status import Audience
from plansite.pipeline.build import BuildResult
from tests.history.repo import Repo
from tests.pipeline.builds import DAY, Files, Run, action, build, site, tree
from tests.pipeline.index_cases import BASE, FALLS, FOOD

A, B = f"{FALLS}/actions/a.md", f"{FOOD}/actions/b.md"
FEED: Files = {"plansite.yaml": "title: Test site\nbase_url: https://example.org/\n"}


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    """A site in a repository, with two versions of an action; no feed goes with the settings of a new site."""
    repo = Repo.new(tmp_path / "site")
    site(repo.root, BASE, FEED)
    repo.commit("Begin")
    repo.commit("Rename", {A: action("Mend the lamps")})
    return repo


def build_both(root: Path, day: date = DAY) -> tuple[BuildResult, dict[str, bytes]]:
    """Build for internal and for public readers; returns the first with its files."""
    build(root, Run(audience=Audience.PUBLIC, day=day))
    made = build(root, Run(day=day))
    return made, tree(root.parent / "out-internal")


def test_the_same_files_committed(repo: Repo) -> None:
    """An edit that was built already and is committed now: no file changes, but the history of its plan does."""
    repo.write(A, action("Mend all lamps"))
    before, files = build_both(repo.root)
    repo.commit("Rename again", who="Bob")
    after, found = build_both(repo.root)
    assert after.build.all_plans["falls"].fingerprint == before.build.all_plans["falls"].fingerprint
    assert after.renderer.histories.fingerprint("falls") != before.renderer.histories.fingerprint("falls")
    assert after.renderer.histories.fingerprint("food") == before.renderer.histories.fingerprint("food")
    assert found["plans/falls/actions/a.html"] != files["plans/falls/actions/a.html"]
    assert found["changes.html"] != files["changes.html"]


def test_a_commit_that_changes_nothing(repo: Repo) -> None:
    """Only the page about this copy names the commit."""
    before, files = build_both(repo.root)
    repo.commit("Nothing")
    after, found = build_both(repo.root)
    assert after.renderer.histories.index == before.renderer.histories.index
    assert {path for path in found if found[path] != files[path]} == {"about.html"}


def test_another_branch_with_the_same_files(repo: Repo) -> None:
    """The files are the same on both branches, and what led to them is not."""
    repo.git("checkout", "-q", "-b", "other", "HEAD~")
    repo.commit("Rename in two steps", {A: action("Mend some lamps")})
    repo.commit("Rename in two steps", {A: action("Mend the lamps")}, who="Bob")
    _, files = build_both(repo.root)
    repo.git("checkout", "-q", "main")
    _, found = build_both(repo.root)
    assert found["plans/falls/actions/a.html"] != files["plans/falls/actions/a.html"]
    repo.git("checkout", "-q", "other")
    build_both(repo.root)


def test_a_merge(repo: Repo) -> None:
    """Work of a branch lands with the merge."""
    repo.git("checkout", "-q", "-b", "other")
    repo.commit("Buy more", {B: action("Buy fruit and nuts")}, who="Bob")
    repo.git("checkout", "-q", "main")
    repo.commit("Work on", {A: action("Mend those lamps")})
    before, _ = build_both(repo.root)
    repo.git("merge", "-q", "--no-ff", "-m", "Merge", "other", when="2025-01-15T12:00:00+00:00")
    after, _ = build_both(repo.root)
    assert after.renderer.histories.fingerprint("food") != before.renderer.histories.fingerprint("food")


def test_an_amended_author(repo: Repo) -> None:
    """The last commit becomes somebody else's."""
    _, files = build_both(repo.root)
    repo.git("commit", "-q", "--amend", "--no-edit", "--author", "Bob <bob@example.org>")
    _, found = build_both(repo.root)
    assert found["plans/falls/changes.html"] != files["plans/falls/changes.html"]


def test_the_rest_of_a_shallow_copy(repo: Repo, tmp_path: Path) -> None:
    """The commit stays the same, and git tells of those before it: lists of changes and feeds appear."""
    copy = Repo(tmp_path / "copy" / "site")
    copy.root.parent.mkdir()
    repo.git("clone", "-q", "--depth", "1", f"file://{repo.root}", str(copy.root))
    before, files = build_both(copy.root)
    copy.git("fetch", "-q", "--unshallow")
    after, found = build_both(copy.root)
    assert before.renderer.histories.index.unavailable_reason
    assert not after.renderer.histories.index.unavailable_reason
    assert found["changes.html"] != files["changes.html"]
    assert "changes.atom" in found.keys() - files.keys()


def test_a_repository_that_is_whole_after_all(repo: Repo) -> None:
    """Why git could not tell is put right without a new commit, and nothing is kept of its silence."""
    repo.git("config", "remote.origin.promisor", "true")
    before, _ = build_both(repo.root)
    repo.git("config", "--unset", "remote.origin.promisor")
    after, found = build_both(repo.root)
    assert before.renderer.histories.index.unavailable_reason
    assert not after.renderer.histories.index.unavailable_reason
    assert b"Mend the lamps" in found["changes.html"]


def test_no_history_for_others(repo: Repo) -> None:
    """Whoever sees less than all is told of no change, author or earlier words, even after a build for all."""
    _, files = build_both(repo.root)
    result = build(repo.root, Run(audience=Audience.PUBLIC))
    found = tree(repo.root.parent / "out-public")
    assert not result.renderer.histories.index.fingerprints
    assert any(re.search(rb"\bAnn\b", data) for data in files.values())
    assert [path for path, data in found.items() if re.search(rb"\bAnn\b", data)] == []


def test_another_time_zone(repo: Repo) -> None:
    """A change late in the evening is one of the next day further east."""
    repo.commit("Late", {A: action("Mend the lamp")}, when="2025-01-10T23:30:00+00:00")
    _, files = build_both(repo.root)
    repo.write("plansite.yaml", f"{FEED['plansite.yaml']}timezone: Asia/Tokyo\n")
    _, found = build_both(repo.root)
    assert b"10 January 2025" in files["plans/falls/changes.html"]
    assert b"11 January 2025" in found["plans/falls/changes.html"]


def test_another_day(repo: Repo) -> None:
    """Changes drop out of the list of recent ones as days go by."""
    _, files = build_both(repo.root)
    _, found = build_both(repo.root, date(2025, 3, 1))
    assert b"Rename" not in found["changes.html"]
    assert b"Mend the lamps" in files["changes.html"]
    assert b"Mend the lamps" not in found["changes.html"]


def test_names_in_a_mailmap(repo: Repo) -> None:
    """A name of an author is corrected beside the content, and not committed yet."""
    _, files = build_both(repo.root)
    repo.write(".mailmap", "Anna <ann@example.org>\n")
    _, found = build_both(repo.root)
    assert found["plans/falls/changes.html"] != files["plans/falls/changes.html"]


def test_a_commit_in_the_repository_of_a_source(repo: Repo, tmp_path: Path) -> None:
    """An adopted folder lies in another repository, whose history goes on while the site's own does not."""
    tracker = Repo.new(tmp_path / "tracker")
    tracker.commit("Begin", {"t.md": "---\ntitle: Paint\n---\n"})
    tracker.write("t.md", "---\ntitle: Paint it\n---\n")
    repo.commit("Adopt", {"plansite.yaml": f"{FEED['plansite.yaml']}sources: [{{path: ../tracker}}]\n"})
    before, files = build_both(repo.root)
    tracker.commit("Rename", who="Bob")
    after, found = build_both(repo.root)
    assert after.build.all_plans["tracker"].fingerprint == before.build.all_plans["tracker"].fingerprint
    assert found["plans/tracker/changes.html"] != files["plans/tracker/changes.html"]


def test_another_way_to_read_a_source(repo: Repo) -> None:
    """The commits stay, and a field of an adopted folder is taken for one of ours, in its history as well."""
    repo.commit("Adopt", {"tracker/t.md": "---\ntitle: Paint\nteam: Cook\n---\n"})
    repo.commit("Hand over", {"tracker/t.md": "---\ntitle: Paint\nteam: Porter\n---\n"})
    repo.write("plansite.yaml", f"{FEED['plansite.yaml']}sources: [{{path: tracker}}]\n")
    before, _ = build_both(repo.root)
    repo.write("plansite.yaml", f"{FEED['plansite.yaml']}sources: [{{path: tracker, fields: {{owner: team}}}}]\n")
    after, _ = build_both(repo.root)
    assert after.renderer.histories.fingerprint("tracker") != before.renderer.histories.fingerprint("tracker")
