"""Which changes count, and that the real watcher tells them."""

from __future__ import annotations

import errno
import os
import queue
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from watchdog.observers.api import BaseObserver, EventEmitter

from plansite.incremental.file_hashes import hash_folder
from plansite.preview.file_watcher import FileWatcher, is_relevant_change, relative_to_root, watched_folders
from tests.examples import examples
from tests.sites import write

Heard = queue.Queue[str]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A small site with a source beside it."""
    settings = "title: A\nsources:\n  - {path: ../theirs, goals: {path: ../goals, key: id}}\n"
    site = write(tmp_path / "site", {"content/index.md": "words", "themes/own/a.css": "", "plansite.yaml": settings})
    write(tmp_path / "theirs", {"deep/one.md": "words"})
    return site


@pytest.fixture
def heard(root: Path) -> Iterator[Heard]:
    """What a watch over that site tells."""
    told: Heard = queue.Queue()
    with FileWatcher(root, told.put) as watch:
        watch.watch(watched_folders(root))
        yield told


def until(heard: Heard, path: str) -> None:
    """Wait until a path is told."""
    while heard.get(timeout=20) != path:
        pass


def nothing_but(heard: Heard, path: str) -> None:
    """All that is told up to a path is that path."""
    assert heard.get(timeout=20) == path


def test_a_site_is_its_own_folders_and_its_sources(root: Path) -> None:
    """Content, themes, and each folder that a source names; with unreadable settings its own remain."""
    beside = root.parent
    assert watched_folders(root) == (root / "content", root / "themes", beside / "theirs", beside / "goals")
    (root / "plansite.yaml").write_text("format: 999\n")
    assert watched_folders(root) == (root / "content", root / "themes")
    (root / "plansite.yaml").unlink()
    assert watched_folders(root) == (root / "content", root / "themes")


@pytest.mark.parametrize(
    "path",
    ["plansite.yaml", "content", "content/a.md", "content/plans/public/a.md", "content/a b.csv", "themes/own/a.css"],
)
def test_what_a_site_is_made_of_matters(path: str) -> None:
    """Settings, content of any kind and themes."""
    root = Path("/home/.me/site")
    assert is_relevant_change(root / path, root, (root / "content", root / "themes"))


@pytest.mark.parametrize(
    "path",
    [
        "README.md",
        "contents/a.md",
        "public/index.html",
        ".plansite/memo",
        ".git/index",
        "content/.git/index",
        "content/.a.md.swp",
        "content/.#a.md",
        "content/.hidden/a.md",
    ],
)
def test_what_a_build_passes_over_does_not(path: str) -> None:
    """The build itself, git and hidden files set off nothing."""
    root = Path("/home/.me/site")
    assert not is_relevant_change(root / path, root, (root / "content", root / "themes"))


NAMES = st.one_of(
    st.sampled_from(
        "kit.bak #1-lamp.md #a.md# a.md~ 4913 a.tmp ~$a.docx a.md___jb_tmp___ a.swp a.md.part public ~ # a.b "
        "..a .a.md.swp .#a.md .hidden".split()
    ),
    st.text(st.characters(codec="utf-8", exclude_characters="/\0"), min_size=1, max_size=20).filter(
        lambda name: name not in {".", ".."}
    ),
)


@settings(max_examples=examples(300))
@given(parts=st.lists(NAMES, min_size=1, max_size=3))
def test_a_change_matters_exactly_if_a_build_reads_the_file(parts: list[str]) -> None:
    """Whatever folders and files are called: backups of editors, names with a hash, hidden ones."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder).resolve()
        path = root.joinpath("content", *parts)
        try:
            path.parent.mkdir(parents=True)
            path.write_text("words")
        except OSError:
            assume(False)  # a name that this drive does not allow
        is_read = f"content/{'/'.join(parts)}" in hash_folder(root, "content")
        assert is_relevant_change(path, root, (root / "content",)) == is_read


def test_a_source_that_is_the_site_itself_leaves_the_build_out() -> None:
    """Even where a source is the site's own folder, what a build writes does not set off a build."""
    root = Path("/site")
    assert is_relevant_change(root / "tasks" / "a.md", root, (root,))
    assert not is_relevant_change(root / "public" / "a.md", root, (root,))
    assert not is_relevant_change(root / ".plansite" / "a", root, (root,))


def test_paths_are_told_from_the_site() -> None:
    """People know files by their way from the site's folder."""
    assert relative_to_root(Path("/a/site"), Path("/a/site/content/b.md")) == "content/b.md"
    assert relative_to_root(Path("/a/site"), Path("/a/theirs/b.md")) == "../theirs/b.md"


def test_a_save_is_told(root: Path, heard: Heard) -> None:
    """Writing in place and putting a new file in its place are both told, in content, themes, settings and sources."""
    (root / "content" / "index.md").write_text("new")
    until(heard, "content/index.md")
    (root / "content" / "new~").write_text("newer")
    (root / "content" / "new~").replace(root / "content" / "index.md")
    until(heard, "content/index.md")
    (root / "plansite.yaml").write_text("title: B")
    until(heard, "plansite.yaml")
    (root / "themes" / "own" / "a.css").write_text("b {}")
    until(heard, "themes/own/a.css")
    (root.parent / "theirs" / "deep" / "one.md").write_text("new")
    until(heard, "../theirs/deep/one.md")


def test_files_in_new_folders_are_told(root: Path, heard: Heard) -> None:
    """A folder made now is watched as the old ones are; a file taken away is told too."""
    actions = root / "content" / "plans" / "new" / "actions"
    actions.mkdir(parents=True)
    (actions / "a.md").write_text("words")
    until(heard, "content/plans/new/actions/a.md")
    (actions / "a.md").unlink()
    until(heard, "content/plans/new/actions/a.md")


def test_reading_and_building_are_not_told(root: Path, heard: Heard) -> None:
    """What a build does, reading files and writing its own, sets off nothing."""
    (root / "content" / "index.md").read_bytes()
    for path in ("public/index.html", ".plansite/memo", "content/.a.swp", "README.md"):
        (root / path).parent.mkdir(exist_ok=True)
        (root / path).write_text("words")
    (root / "content" / "index.md").write_text("now")
    nothing_but(heard, "content/index.md")


def test_a_folder_that_comes_back_is_watched_again(root: Path) -> None:
    """A folder that was taken away and put back, as by git, is told and watched again, as is one that is made later."""
    told: Heard = queue.Queue()
    with FileWatcher(root, told.put) as watch:
        watch.watch(watched_folders(root))
        for _ in range(2):
            shutil.rmtree(root / "content")
            until(told, "content")
            watch.watch(watched_folders(root))
            (root / "content").mkdir()
            until(told, "content")
            watch.watch(watched_folders(root))
            (root / "content" / "back.md").write_text("words")
            until(told, "content/back.md")
        (root.parent / "goals").mkdir()
        until(told, "../goals")
        watch.watch(watched_folders(root))
        (root.parent / "goals" / "one.md").write_text("words")
        until(told, "../goals/one.md")


def test_a_folder_no_longer_named_is_let_go(root: Path) -> None:
    """Once the settings name a source no more, its changes are not told."""
    told: Heard = queue.Queue()
    with FileWatcher(root, told.put) as watch:
        watch.watch(watched_folders(root))
        watch.watch((root / "content",))
        (root.parent / "theirs" / "deep" / "one.md").write_text("new")
        (root / "content" / "index.md").write_text("new")
        nothing_but(told, "content/index.md")


def test_without_watches_to_be_had_folders_are_looked_through(root: Path) -> None:
    """Where the system gives no more watches, changes are found by looking."""

    def none_left() -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    told: Heard = queue.Queue()
    with FileWatcher(root, told.put, none_left) as watch:  # type: ignore[arg-type]  # it only ever raises
        watch.watch(watched_folders(root))
        (root / "content" / "later.md").write_text("new")
        until(told, "content/later.md")


def test_where_a_drive_does_not_report_changes_files_are_looked_through(root: Path) -> None:
    """Also if a source on such a drive is named only later."""
    told: Heard = queue.Queue()
    theirs = (root.parent / "theirs").resolve()
    with FileWatcher(root, told.put, SilentObserver, reports_changes=lambda folders: theirs not in folders) as watch:
        watch.watch((root / "content",))
        (root / "content" / "index.md").write_text("not told")
        watch.watch(watched_folders(root))
        (root.parent / "theirs" / "deep" / "one.md").write_text("new words")
        nothing_but(told, "../theirs/deep/one.md")


class SilentObserver(BaseObserver):
    """An observer of a drive that reports nothing."""

    def __init__(self) -> None:
        """Its emitters never emit."""
        super().__init__(EventEmitter)
