"""Two builds at once: one goes on, the other says why not; and no lock outlives its holder."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from plansite.publish import lock
from plansite.publish.errors import LockedError, PublishError
from plansite.publish.lock import hold_lock
from plansite.publish.publish import publish_files
from plansite.publish.steps import Step
from tests.publish.versions import beside, version, whole


def _holder(out: Path, project: Path) -> subprocess.Popen[str]:
    child = subprocess.Popen(
        [sys.executable, "-m", "tests.publish.publisher", "holding", str(out)],
        cwd=project,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert child.stdout is not None
    assert child.stdout.readline() == "held\n"
    return child


def test_the_second_build_says_why_not(tmp_path: Path, project: Path) -> None:
    """While one process publishes, another is told which file is held and what to do; the first ends as it should."""
    out = tmp_path / "public"
    publish_files(out, version("a"))
    with _holder(out, project) as child:
        with pytest.raises(LockedError, match="Wait until it has finished") as refused:
            publish_files(out, version("c"))
        assert str(tmp_path / ".public.plansite-lock") in str(refused.value)
        assert whole(out, "a") == "a"
        child.communicate("go on\n")
    assert child.returncode == 0
    assert whole(out, "b") == "b"
    assert beside(out) == []


def test_a_killed_holder_holds_nothing(tmp_path: Path, project: Path) -> None:
    """The lock file of a killed build may lie there; the next build takes it and removes it."""
    out = tmp_path / "public"
    with _holder(out, project) as child:
        child.kill()
    assert beside(out) == [".public.plansite-lock"]
    publish_files(out, version("a"))
    assert whole(out, "a") == "a"
    assert beside(out) == []


def test_one_process_keeps_itself_out(tmp_path: Path) -> None:
    """Two builds in one process, as a preview may start them, exclude each other as well."""
    out = tmp_path / "public"
    refused = []

    def watch(step: Step) -> None:
        if step is Step.VERIFIED:
            with pytest.raises(LockedError) as caught:
                publish_files(out, version("b"))
            refused.append(caught.value)

    publish_files(out, version("a"), observe=watch)
    assert len(refused) == 1
    assert whole(out, "a") == "a"


def test_two_folders_do_not_meet(tmp_path: Path) -> None:
    """Builds into different folders go on side by side."""

    def watch(step: Step) -> None:
        if step is Step.VERIFIED:
            publish_files(tmp_path / "two", version("b"))

    publish_files(tmp_path / "one", version("a"), observe=watch)
    assert whole(tmp_path / "one", "a") == "a"
    assert whole(tmp_path / "two", "b") == "b"


def test_a_lock_file_that_its_last_holder_removed_is_no_lock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who opened the file just before its holder removed it must not hold a file that nobody else can find."""
    path = tmp_path / "lock"
    take = lock._lock_handle
    seen: list[int] = []

    def take_late(handle: int) -> None:
        if not seen:
            path.unlink()
        seen.append(handle)
        take(handle)

    monkeypatch.setattr(lock, "_lock_handle", take_late)
    with hold_lock(path):
        assert len(seen) == 2
        with pytest.raises(LockedError), hold_lock(path):
            raise AssertionError("two hold one lock")
    assert not path.exists()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system forks no processes")
def test_a_forked_process_that_still_works_holds_the_lock(tmp_path: Path) -> None:
    """Where a build fails before its forked processes have ended, another one waits until they cannot write any more."""
    path, (source, target) = tmp_path / "lock", os.pipe()
    with hold_lock(path):
        child = os.fork()
        if not child:
            os.close(target)
            os.read(source, 1)
            os._exit(0)
    with pytest.raises(LockedError), hold_lock(path):
        raise AssertionError("two hold one lock")
    os.close(target)
    os.waitpid(child, 0)
    os.close(source)
    with hold_lock(path):
        assert path.exists()
    assert not path.exists()


@pytest.mark.parametrize("kind", ["link", "folder", "pipe"])
def test_something_else_in_place_of_the_lock(tmp_path: Path, kind: str) -> None:
    """It is named and stays, and a link is not followed."""
    path = tmp_path / ".public.plansite-lock"
    if kind == "link":
        (tmp_path / "mine").touch()
        path.symlink_to("mine")
    elif kind == "folder":
        path.mkdir()
    else:
        os.mkfifo(path)
    with (
        pytest.raises(PublishError, match="plansite-lock is in the way: builds need that name for a file"),
        hold_lock(path),
    ):
        pass
    assert os.path.lexists(path)
