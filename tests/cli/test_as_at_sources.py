"""`build --as-at` takes the files of each source from its own history, and refuses by name where it has none."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from plansite.cli.main import main
from tests.history.repo import Repo

Captured = pytest.CaptureFixture[str]


def _task(title: str) -> str:
    return f"---\ntitle: {title}\n---\n"


def _settings(*sources: str) -> dict[str, str | None]:
    lines = "".join(f"- {{path: {source}, plan: p{number}}}\n" for number, source in enumerate(sources))
    return {"plansite.yaml": f"title: T\nsources:\n{lines}"}


def _site(root: Path, *sources: str, files: dict[str, str] | None = None) -> Repo:
    """A site, committed on 2 January 2025."""
    repo = Repo.new(root)
    repo.commit("Site", {**_settings(*sources), **(files or {})})
    return repo


def _tracker(root: Path, folder: str = "") -> Repo:
    """A repository of a source: on 2 January one task, on 3 January another title and a second task."""
    repo = Repo.new(root)
    repo.commit("One", {f"{folder}a.md": _task("Early"), "other.txt": "x\n"})
    repo.commit("Two", {f"{folder}a.md": _task("Late"), f"{folder}b.md": _task("Second")})
    return repo


def _build(site: Path, out: Path, day: str = "2025-01-02") -> int:
    return main(["build", "--site", str(site), "--out", str(out), "--as-at", day])


def _titles(out: Path) -> set[str]:
    pages = "\n".join(path.read_text("utf-8") for path in out.glob("plans/*/actions/*.html"))
    return set(re.findall(r"<title>(\w+)", pages))


def test_files_of_another_repository(tmp_path: Path, capsys: Captured) -> None:
    """Each day shows the files that were committed there by its end, and says from which commit."""
    site, tracker = _site(tmp_path / "site", "../tracker"), _tracker(tmp_path / "tracker")
    tracker.write("a.md", _task("Uncommitted"))
    assert _build(site.root, tmp_path / "then") == 0
    assert _titles(tmp_path / "then") == {"Early"}
    assert f"../tracker: {tracker.git('rev-parse', '--short', 'HEAD~1')})" in capsys.readouterr().err
    assert _build(site.root, tmp_path / "later", "2025-01-03") == 0
    assert _titles(tmp_path / "later") == {"Late", "Second"}
    assert (tracker.root / "a.md").read_text() == _task("Uncommitted")


@pytest.mark.parametrize("path", ["../tracker/deep/tasks", "./../tracker//deep/tasks/", "../link"])
def test_a_folder_of_another_repository(tmp_path: Path, path: str) -> None:
    """However its path is written, and where a link leads to it."""
    site = _site(tmp_path / "site", path)
    _tracker(tmp_path / "tracker", "deep/tasks/")
    (tmp_path / "link").symlink_to("tracker/deep/tasks")
    assert _build(site.root, tmp_path / "then") == 0
    assert _titles(tmp_path / "then") == {"Early"}


def test_a_folder_of_the_same_repository(tmp_path: Path) -> None:
    """It is of the same commit as the site, also where the site is a folder of a larger repository."""
    repo = Repo.new(tmp_path / "all")
    files = {f"plans/{name}": text for name, text in _settings("../tasks", "own").items()}
    repo.commit("One", {**files, "tasks/a.md": _task("Early"), "plans/own/b.md": _task("Own")})
    repo.commit("Two", {"tasks/a.md": _task("Late")})
    assert _build(repo.root / "plans", tmp_path / "then") == 0
    assert _titles(tmp_path / "then") == {"Early", "Own"}


def test_sources_within_each_other_and_goals(tmp_path: Path) -> None:
    """Each is read whole, whichever is named first; a folder of goals counts as well."""
    tracker = _tracker(tmp_path / "tracker")
    tracker.commit("Three", {"sub/c.md": _task("Third"), "goals/g.md": "---\nid: g\ntitle: Warmth\n---\n"})
    site = _site(tmp_path / "site", "../tracker/sub")
    extra = "- {path: ../tracker, exclude: 'goals/*', plan: p0, goals: {path: ../tracker/goals, key: id}}\n"
    site.day = 4
    site.commit("More", {"plansite.yaml": f"{(site.root / 'plansite.yaml').read_text()}{extra}"})
    assert _build(site.root, tmp_path / "then", "2025-01-09") == 0
    assert _titles(tmp_path / "then") == {"Late", "Second", "Third"}
    assert "Warmth" in (tmp_path / "then/plans/p0/index.html").read_text("utf-8")


def test_a_repository_inside_the_folder_of_the_site(tmp_path: Path) -> None:
    """As workflows fetch it: the repository of the site ignores it."""
    site = _site(tmp_path / "site", "fetched", files={".gitignore": "fetched/\n"})
    _tracker(tmp_path / "site/fetched")
    assert _build(site.root, tmp_path / "then") == 0
    assert _titles(tmp_path / "then") == {"Early"}


def test_a_repository_around_that_of_the_site(tmp_path: Path) -> None:
    """Its folder is extracted although the site, which lies in it, is there already."""
    outer = Repo.new(tmp_path / "outer")
    outer.commit("One", {"tasks/a.md": _task("Early"), ".gitignore": "site/\n"})
    outer.commit("Two", {"tasks/a.md": _task("Late")})
    site = Repo.new(tmp_path / "outer/site")
    site.commit("Site", {"plansite.yaml": "title: T\nsources: [{path: .., files: 'tasks/*.md', plan: p}]\n"})
    assert _build(site.root, tmp_path / "then") == 0
    assert _titles(tmp_path / "then") == {"Early"}


def test_a_link_in_the_commit_leads_to_nothing_of_today(tmp_path: Path, capsys: Captured) -> None:
    """Neither are files of today read through it, nor is anything written where it leads."""
    tracker = _tracker(tmp_path / "tracker", "tasks/")
    repo = Repo.new(tmp_path / "site")
    (repo.root / "direct").symlink_to(tmp_path / "tracker/tasks")
    repo.commit("Site", _settings("direct"))
    assert _build(repo.root, tmp_path / "then") == 0
    assert _titles(tmp_path / "then") == {"Early"}
    (repo.root / "way").symlink_to(tmp_path / "tracker")
    repo.commit("Site", _settings("way/tasks"))
    before = {path: path.read_bytes() for path in tracker.root.glob("tasks/*")}
    assert _build(repo.root, tmp_path / "later", "2025-01-03") == 1
    assert "the source “way/tasks” as at 3 January 2025 cannot be read: there is a link" in capsys.readouterr().err
    assert {path: path.read_bytes() for path in tracker.root.glob("tasks/*")} == before


def _not_in_git(root: Path) -> None:
    (root / "tracker").mkdir()
    (root / "tracker/a.md").write_text(_task("A"))


def _without_commit(root: Path) -> None:
    Repo.new(root / "tracker").write("a.md", _task("A"))


def _begun_later(root: Path) -> None:
    tracker = Repo.new(root / "tracker")
    tracker.day = 5
    tracker.commit("One", {"a.md": _task("A")})


def _shallow(root: Path) -> None:
    _tracker(root / "whole").git("clone", "-q", "--depth", "1", f"file://{root}/whole", str(root / "tracker"))


def _folder_came_later(root: Path) -> None:
    tracker = Repo.new(root / "outer")
    tracker.commit("One", {"a.txt": "x\n"})
    tracker.commit("Two", {"tasks/a.md": _task("A")})
    (root / "tracker").symlink_to("outer/tasks")


@pytest.mark.parametrize(
    ("prepare", "reason"),
    [
        (_not_in_git, "not kept in a git repository"),
        (_without_commit, "Nothing has been committed yet"),
        (_begun_later, "nothing had been committed by 2025-01-02"),
        (_shallow, "`git fetch --unshallow`"),
        (_folder_came_later, "nothing in this folder had been committed; commit it, or choose a later day"),
        (lambda _: None, "there is no such folder here; fetch it first"),
    ],
)
def test_a_source_without_history_is_refused(tmp_path: Path, capsys: Captured, prepare: object, reason: str) -> None:
    """By name, with the reason; nothing is published, and the code is that of an error."""
    assert callable(prepare)
    prepare(tmp_path)
    site = _site(tmp_path / "site", "../tracker")
    assert _build(site.root, tmp_path / "then") == 1
    said = capsys.readouterr().err
    assert "the files of the source “../tracker” as at 2 January 2025 cannot be read: " in said
    assert reason in said
    assert not (tmp_path / "then").exists()


def test_a_folder_that_git_ignores_is_refused(tmp_path: Path, capsys: Captured) -> None:
    """It lies in the site's own repository, but no commit has it. One that came later was not there yet."""
    site = _site(tmp_path / "site", "tracker", files={".gitignore": "tracker/\n"})
    site.write("tracker/a.md", _task("A"))
    assert _build(site.root, tmp_path / "then") == 1
    assert "nothing in this folder had been committed" in capsys.readouterr().err
    site.write(".gitignore", "")
    site.commit("Two")
    assert _build(site.root, tmp_path / "then") == 0
    assert _titles(tmp_path / "then") == set()
    assert _build(site.root, tmp_path / "later", "2025-01-03") == 0
    assert _titles(tmp_path / "later") == {"A"}


def test_a_path_from_the_root_of_the_computer_is_refused(tmp_path: Path, capsys: Captured) -> None:
    """Files of today would be read there."""
    site = _site(tmp_path / "site", str(tmp_path / "tracker"))
    _tracker(tmp_path / "tracker")
    assert _build(site.root, tmp_path / "then") == 1
    assert "write it relative to the site" in capsys.readouterr().err


def test_the_copy_is_verified(tmp_path: Path, capsys: Captured) -> None:
    """Against the files of that day, whatever was committed since; where they cannot be had, that is said."""
    site, tracker = _site(tmp_path / "site", "../tracker"), _tracker(tmp_path / "tracker")
    then = tmp_path / "then"
    assert _build(site.root, then) == 0
    tracker.commit("Three", {"a.md": _task("Third")})
    assert main(["verify", "--site", str(site.root), str(then)]) == 0
    page = next(then.glob("plans/*/actions/a.html"))
    page.write_text(page.read_text("utf-8").replace("Early", "Earlier"), "utf-8")
    assert main(["verify", "--site", str(site.root), str(then)]) == 1
    os.rename(tracker.root, tmp_path / "elsewhere")  # noqa: PTH104
    capsys.readouterr()
    assert main(["verify", "--site", str(site.root), str(then)]) == 2
    assert "the source “../tracker”" in capsys.readouterr().err
