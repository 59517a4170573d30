"""A build into a folder, with what is kept beside the site lost, damaged, foreign or cut short."""

from __future__ import annotations

import contextlib
import fcntl
import os
import random
import signal
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from plansite.cache.site_cache import open_cache
from plansite.cli.main import main
from plansite.content.files import FileChangedError
from plansite.content.source_tree import scan_site
from plansite.incremental.store import FileStore, MemoryStore
from plansite.model.status import Audience
from plansite.pipeline.build import build_in_memory
from plansite.pipeline.explain import explain_build
from plansite.pipeline.plan_checks import current_checks
from plansite.pipeline.published_build import BuildRequest, PublishedBuild, publish_site
from plansite.pipeline.refusals import StrictBuildError
from plansite.pipeline.site_build import SiteBuild
from tests.pipeline.edits import begun
from tests.sites import FixedClock, write

CLOCK = FixedClock(date(2025, 1, 20))
A = "content/plans/falls/actions/a.md"
KILLS = int(os.environ.get("PLANSITE_KILLS", "10"))


def _build(root: Path, *, strict: bool = False) -> PublishedBuild:
    return publish_site(BuildRequest(root=root, out=root.parent / "out", strict=strict), CLOCK, on_start=lambda: None)


def _is_clean(root: Path) -> None:
    out = root.parent / "out"
    found = {path.relative_to(out).as_posix(): path.read_bytes() for path in out.rglob("*") if path.is_file()}
    found.pop(".plansite.json")
    files = build_in_memory(root, clock=CLOCK, history=True).files
    assert found == {path: each if isinstance(each, bytes) else each.read() for path, each in files.items()}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A small site."""
    return begun(tmp_path / "site")


def _edit(root: Path) -> None:
    file = root / A
    file.write_text(file.read_text().replace("title: Mend", "title: Mend again"))


def test_an_edit_draws_its_plan_and_those_that_ask_about_it(root: Path) -> None:
    """Nothing else is drawn, and what is drawn says which file had changed."""
    _build(root)
    assert _build(root).result.plans.rendered == ()
    _edit(root)
    edition = _build(root)
    assert edition.result.plans.rendered == ("falls", "night")
    told = dict(explain_build(edition.result))
    assert told["plans/falls/actions/a.html"] == f"{A} changed"
    assert "falls" in told["plans/night/actions/lights.html"]
    assert "words.html" not in told
    _is_clean(root)


def test_every_reason_has_words(root: Path) -> None:
    """First builds, settings, another day, people, additions and removals are told apart."""
    assert set(dict(explain_build(_build(root).result)).values()) == {"there is no stored copy of an earlier build"}
    (root / "content/owners/cook.md").write_text("---\ntitle: The Cook\n---\n")
    told = dict(explain_build(_build(root).result))
    assert any("who “cook” is changed" in reason for reason in told.values()), told
    (root / "content/plans/falls/actions/new.md").write_text("---\ntitle: New\n---\n")
    assert (
        "content/plans/falls/actions/new.md is new"
        in dict(explain_build(_build(root).result))["plans/falls/index.html"]
    )
    (root / "content/plans/falls/actions/new.md").unlink()
    assert "new.md has been removed" in dict(explain_build(_build(root).result))["plans/falls/index.html"]
    write(root, {"plansite.yaml": "title: Other\n"})
    assert set(dict(explain_build(_build(root).result)).values()) == {"plansite.yaml changed"}
    (root.parent / "out/plans/falls/index.html").write_text("changed by hand")
    assert dict(explain_build(_build(root).result))["plans/falls/index.html"] == "a published file had been touched"
    _is_clean(root)


def test_an_unchanged_file_stays_the_same_file(root: Path) -> None:
    """It is linked into the new edition, not written again."""
    _build(root)
    page = root.parent / "out/plans/food/index.html"
    before = page.stat().st_ino
    _edit(root)
    _build(root)
    assert page.stat().st_ino == before


@pytest.mark.parametrize("damage", ["cut", "emptied", "removed", "swapped", "all gone"])
def test_damage_costs_only_time(root: Path, damage: str) -> None:
    """Whatever becomes of the store, the next build is that of a site never built before."""
    _build(root)
    _edit(root)
    memo = root / ".plansite" / "memo"
    files = sorted(memo.iterdir())
    for file, other in zip(files, reversed(files), strict=True):
        match damage:
            case "cut":
                file.write_bytes(file.read_bytes()[:-1])
            case "emptied":
                file.write_bytes(b"")
            case "removed":
                file.unlink()
            case "swapped":
                file.write_bytes(other.read_bytes())
    if damage == "all gone":
        subprocess.run(["rm", "-rf", str(root / ".plansite")], check=True)
    _build(root)
    _is_clean(root)


@pytest.mark.slow
def test_the_store_does_not_grow(root: Path) -> None:
    """After many edits and audiences it holds what one build of each needs."""
    _build(root)
    few = len(list((root / ".plansite/memo").iterdir()))
    for number in range(8):
        write(root, {A: f"---\ntitle: Number {number}\nowner: Cook\n---\n"})
        _build(root)
    assert len(list((root / ".plansite/memo").iterdir())) <= few + 1


def test_a_store_that_came_with_the_repository_is_not_believed(root: Path) -> None:
    """Whoever can send a file can otherwise say what a page holds."""
    assert isinstance(open_cache(root).store, FileStore)
    git = ["git", "-C", str(root), "-c", "user.name=A", "-c", "user.email=a@example.org"]
    subprocess.run([*git, "init", "-q"], check=True)
    subprocess.run([*git, "add", "-A"], check=True)
    assert isinstance(open_cache(root).store, FileStore), "an ignored folder is nobody's but ours"
    subprocess.run([*git, "add", "-f", ".plansite"], check=True)
    assert isinstance(open_cache(root).store, MemoryStore)
    subprocess.run([*git, "commit", "-q", "-m", "x"], check=True)
    subprocess.run([*git, "worktree", "add", "-q", "../other"], check=True)
    assert isinstance(open_cache(root.parent / "other").store, MemoryStore)
    subprocess.run([*git, "update-index", "--index-version", "4"], check=True)
    assert isinstance(open_cache(root).store, MemoryStore)


def test_a_strict_build_publishes_nothing_with_errors(root: Path) -> None:
    """The old site stays, and the errors are told."""
    write(root, {"content/plans/falls/actions/bad.md": "no front matter"})
    with pytest.raises(StrictBuildError) as refused:
        _build(root, strict=True)
    assert refused.value.findings
    assert not (root.parent / "out").exists()


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(KILLS))
def test_killed_at_any_moment_the_next_build_is_clean(root: Path, seed: int) -> None:
    """Whatever a killed build had kept or published, the next one equals a clean build."""
    if seed % 3:
        _build(root)
        _edit(root)
    command = [sys.executable, "-m", "plansite", "build", "-q", "--site", str(root), "--today", "2025-01-20"]
    child = subprocess.Popen([*command, "--out", str(root.parent / "out")], start_new_session=True)
    with contextlib.suppress(subprocess.TimeoutExpired):
        child.wait(timeout=random.Random(seed).uniform(0.1, 0.7))  # noqa: S311  (a moment, not a secret)
    with contextlib.suppress(ProcessLookupError):  # with all its processes, which hold the lock as well
        os.killpg(child.pid, signal.SIGKILL)
    assert child.wait() in (0, -signal.SIGKILL)
    _wait_for_lock(root.parent / ".out.plansite-lock")
    _build(root)
    _is_clean(root)


def _wait_for_lock(path: Path) -> None:
    """Wait until the system has ended all processes that were killed, which may be after the first of them has ended."""
    with contextlib.suppress(FileNotFoundError), path.open() as file:
        fcntl.flock(file, fcntl.LOCK_EX)


@pytest.mark.slow
def test_a_file_saved_between_digest_and_reading_is_never_kept_under_the_wrong_digest(root: Path) -> None:
    """Digests that have gone stale cost a second look; when the old text comes back, so does its page."""
    open_cache(root)
    stale, first = scan_site(root).hashes, (root / A).read_text()
    _edit(root)
    order = BuildRequest(root=root, out=root.parent / "out")
    publish_site(order, CLOCK, hashes=stale, on_start=lambda: None)
    _is_clean(root)
    (root / A).write_text(first)
    _build(root)
    _is_clean(root)


def test_a_file_that_never_rests_is_said(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Then nothing is published, and what to do is said."""
    stale = scan_site(root).hashes
    _edit(root)
    monkeypatch.setattr("plansite.content.source_tree.hash_folder", lambda *_: stale)
    with pytest.raises(FileChangedError, match="try again when nobody is saving files"):
        _build(root)
    assert not (root.parent / "out").exists()


def test_a_narrower_build_keeps_what_it_looked_at_for_everybody(root: Path) -> None:
    """The second of two public builds finds the faults of the whole site known."""
    order = BuildRequest(root=root, out=root.parent / "out", audience=Audience.PUBLIC)
    for _ in range(2):
        publish_site(order, CLOCK, on_start=lambda: None)
    loaded = SiteBuild.load(root, CLOCK, Audience.INTERNAL, open_cache(root))
    assert sorted(current_checks(loaded)) == sorted(loaded.plan_slugs)


@pytest.mark.slow
def test_checking_alone_does_not_let_the_store_grow(root: Path) -> None:
    """However often plans are edited and checked without a build between."""
    arguments = ["check", "--site", str(root), "--today", "2025-01-20"]
    main(arguments)
    few = len(list((root / ".plansite/memo").iterdir()))
    for number in range(6):
        write(root, {A: f"---\ntitle: Number {number}\nowner: Cook\n---\n"})
        main(arguments)
    assert len(list((root / ".plansite/memo").iterdir())) <= few
