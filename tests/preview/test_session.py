"""A whole session over real files: each save is built, nothing is lost, and the end is clean."""

from __future__ import annotations

import queue
import shutil
import threading
from pathlib import Path

import pytest

from plansite.pipeline.build import BuiltSite
from plansite.preview.state import PreviewBuild
from tests.preview.served import Served, built, watching


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A site of one file."""
    (tmp_path / "plansite.yaml").write_text("title: Test site\n")
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "index.md").write_text("first")
    return tmp_path


def build(root: Path) -> BuiltSite:
    """A page that says what the file says."""
    return built({"index.html": (root / "content" / "index.md").read_bytes()})


def until(served: Served, words: bytes) -> PreviewBuild:
    """Wait for the build that shows these words."""
    while True:
        attempt = served.attempts.get(timeout=20)
        shown = attempt.state.built
        if shown is not None and shown.files["index.html"] == words:
            return attempt


def test_each_save_is_built_and_shown(root: Path) -> None:
    """The site is built before it is served, and again after each save, which is named."""
    with watching(lambda: build(root), root) as served:
        first = served.attempts.get(timeout=20)
        assert (first.paths, first.state.shown_turn) == ((), 1)
        assert served.get("/").body.startswith(b"first")
        for words in (b"second", b"third"):
            (root / "content" / "index.md").write_bytes(words)
            assert until(served, words).paths == ("content/index.md",)
            assert served.get("/").body.startswith(words)


def test_a_save_during_a_build_is_built_next(root: Path) -> None:
    """What is saved while a build runs, after that build has read it, is not lost."""
    reading, go_on = threading.Event(), threading.Event()

    def slowly() -> BuiltSite:
        made = build(root)
        if made.files["index.html"] == b"second":
            reading.set()
            assert go_on.wait(20)
        return made

    with watching(slowly, root) as served:
        (root / "content" / "index.md").write_bytes(b"second")
        assert reading.wait(20)
        (root / "content" / "index.md").write_bytes(b"third")
        assert served.get("/").body.startswith(b"first"), "pages are answered during a build"
        go_on.set()
        until(served, b"third")


def test_a_build_that_writes_does_not_set_off_another(root: Path) -> None:
    """A build reads every file and may write its own; that starts nothing."""

    def build_and_write() -> BuiltSite:
        (root / ".plansite").mkdir(exist_ok=True)
        (root / ".plansite" / "memo").write_text("memo")
        return build(root)

    with watching(build_and_write, root) as served:
        served.attempts.get(timeout=20)
        (root / "content" / "index.md").write_bytes(b"second")
        until(served, b"second")
        with pytest.raises(queue.Empty):
            served.attempts.get(timeout=0.3)


def test_a_new_source_is_watched_from_then_on(root: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    """A folder that the settings come to name is watched as soon as they are saved."""
    source = tmp_path_factory.mktemp("theirs")
    with watching(lambda: build(root), root) as served:
        served.attempts.get(timeout=20)
        (root / "plansite.yaml").write_text(f"title: A\nsources:\n  - path: {source}\n")
        assert served.attempts.get(timeout=20).paths == ("plansite.yaml",)
        (source / "one.md").write_text("words")
        assert served.attempts.get(timeout=20).paths[0].endswith("one.md")


def test_a_folder_put_in_anothers_place_is_watched(root: Path) -> None:
    """Where git takes the content away and puts it back in one breath, saves after that are still seen."""
    with watching(lambda: build(root), root) as served:
        for words in (b"second", b"third"):
            shutil.rmtree(root / "content")
            (root / "content").mkdir()
            (root / "content" / "index.md").write_bytes(words)
            until(served, words)
        (root / "content" / "index.md").write_bytes(b"fourth")
        until(served, b"fourth")


def test_failures_keep_the_last_good_site(root: Path) -> None:
    """A build that fails is told with its fault while the site stays; the next good one is shown."""
    with watching(lambda: build(root), root) as served:
        served.attempts.get(timeout=20)
        (root / "content" / "index.md").unlink()
        failed = served.attempts.get(timeout=20)
        assert [fault.location for fault in failed.state.diagnostics] == ["content/index.md"]
        assert served.get("/").body.startswith(b"first")
        (root / "content" / "index.md").write_bytes(b"second")
        until(served, b"second")
