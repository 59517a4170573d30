"""A process that publishes, for tests that end it or take its disk away: `python -m tests.publish.publisher …`."""

from __future__ import annotations

import contextlib
import itertools
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from unittest.mock import patch

from plansite.file_access import FileInFolder
from plansite.publish import swap
from plansite.publish.errors import PublishError
from plansite.publish.publish import publish_files
from plansite.publish.steps import Step
from tests.publish.versions import version, whole

ROUNDS = 2_000


def again_and_again(out: Path) -> None:
    """Publish two versions in turn until somebody ends this."""
    _say("ready")
    for name in itertools.islice(itertools.cycle("ba"), ROUNDS):
        publish_files(out, version(name))


def once(out: Path) -> None:
    """Publish version b."""
    publish_files(out, version("b"))


def until(out: Path, step: str, times: str) -> None:
    """Publish version b and end at once when `step` is reached for the `times`-th time."""
    left = itertools.count(int(times) - 1, -1)

    def watch(reached: Step) -> None:
        if reached.name == step and next(left) == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    publish_files(out, version("b"), observe=watch)


def until_in_two_steps(out: Path, step: str, times: str) -> None:
    """The same where the system cannot exchange two folders in one step."""
    with patch.object(swap, "exchange_folders", return_value=False):
        until(out, step, times)


def holding(out: Path) -> None:
    """Take the lock, say so, and go on when a line comes in."""

    def watch(reached: Step) -> None:
        if reached is Step.LOCKED:
            _say("held")
            sys.stdin.readline()

    publish_files(out, version("b"), observe=watch)


def limited(out: Path, nth: str) -> None:
    """Publish version b with its nth file too large for this process; 0 stands for the manifest."""
    import resource

    files: dict[str, bytes | FileInFolder] = dict.fromkeys(version("b"), b"b")
    if int(nth):
        files[sorted(files)[int(nth) - 1]] = b"b" * 5000
    resource.setrlimit(resource.RLIMIT_FSIZE, (4500 if int(nth) else 1000,) * 2)
    _refused(lambda: publish_files(out, files))


def short_of_names(out: Path) -> None:
    """On a small disk of our own: give it one more file each time, until version b fits."""
    _short_of(out, "nr_inodes", 1)


def short_of_room(out: Path) -> None:
    """The same with one more page of memory each time."""
    _short_of(out, "size", 4096)


def read_only(out: Path) -> None:
    """On a disk of our own that cannot be written to any more."""
    publish_files(out, version("a"))
    _mount("remount,ro", out)
    _refused(lambda: publish_files(out, version("b")))
    assert whole(out, "a") == "a"


def mounted(out: Path) -> None:
    """Into a folder that is a disk of its own, which nobody can exchange."""
    out.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "none", out], check=True)
    _refused(lambda: publish_files(out, version("b")), "mount point")
    assert not list(out.iterdir())


def from_image(out: Path) -> None:
    """Over a site that comes from a lower layer, as in a container's image; the system cannot move such a folder."""
    layers = [out.parent / name for name in ("lower", "upper", "work", "merged")]
    for layer in layers:
        layer.mkdir()
    lower, upper, work, merged = layers
    publish_files(lower / "public", version("a"))
    options = f"lowerdir={lower},upperdir={upper},workdir={work}"
    subprocess.run(["mount", "-t", "overlay", "-o", options, "none", merged], check=True)
    _refused(lambda: publish_files(merged / "public", version("b")), "container's image")
    assert whole(merged / "public", "a") == "a"
    assert [path.name for path in merged.iterdir()] == ["public"]


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def _short_of(out: Path, what: str, unit: int) -> None:
    publish_files(out, version("a"))
    refused = 0
    for more in range(10_000):
        with contextlib.suppress(subprocess.CalledProcessError):
            _mount(f"remount,{what}={(more + 1) * unit}", out)
            try:
                publish_files(out, version("b"))
            except PublishError as error:
                assert "No space left on device" in str(error), error
                assert whole(out, "a") == "a"
                assert [path.name for path in out.parent.iterdir()] == ["public"]
                refused += 1
            else:
                break
    assert whole(out, "b") == "b"
    _say(str(refused))


def _mount(options: str, out: Path) -> None:
    subprocess.run(["mount", "-o", options, out.parent], check=True, capture_output=True)


def _refused(act: Callable[[], object], word: str = "nothing was published") -> None:
    try:
        act()
    except PublishError as error:
        assert word in str(error), error
        _say(str(error))
    else:
        raise AssertionError("it was published")


_DEEDS: dict[str, Callable[..., None]] = {
    deed.__name__: deed
    for deed in (
        again_and_again,
        once,
        until,
        until_in_two_steps,
        holding,
        limited,
        short_of_names,
        short_of_room,
        read_only,
        mounted,
        from_image,
    )
}

if __name__ == "__main__":
    _DEEDS[sys.argv[1]](Path(sys.argv[2]), *sys.argv[3:])
