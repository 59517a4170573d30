"""What plansite may do to a machine, held against what it did."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

_NETWORK = (
    "ftplib.",
    "http.",
    "imaplib.",
    "nntplib.",
    "poplib.",
    "smtplib.",
    "socket.",
    "ssl.",
    "telnetlib.",
    "urllib.",
)
_PROGRAMS = ("os.exec", "os.posix_spawn", "os.spawn", "os.startfile", "os.system", "pty.", "subprocess.", "webbrowser.")
_FORKS = ("forked", "os.fork")
#: Two folders change places in one step through a call of the system that Python does not offer.
_LIBRARIES = {("ctypes.dlopen", None), ("ctypes.dlsym", "renameat2")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """One line of a record."""

    process: int
    name: str
    arguments: list[Any]


def deeds_of(record: Path) -> tuple[Deed, ...]:
    """All deeds of a run, oldest first; none where it did nothing."""
    lines = record.read_text().splitlines()
    return tuple(Deed(process=process, name=name, arguments=told) for process, name, told in map(json.loads, lines))


def faults(deeds: Iterable[Deed], allowed: Iterable[str], root: Path) -> list[str]:
    """The deeds that nobody asked for; `allowed` are patterns of paths from `root` that may be written."""
    patterns = tuple(allowed)
    return [fault for deed in deeds for fault in _faults(deed, patterns, root)]


def _faults(deed: Deed, allowed: tuple[str, ...], root: Path) -> Iterator[str]:
    told = f"{deed.name} {deed.arguments}"
    if deed.name.startswith(_NETWORK):
        yield f"the network: {told}"
    elif deed.name.startswith(_PROGRAMS):
        if not _is_git(deed):
            yield f"another program: {told}"
    elif deed.name.startswith("ctypes."):
        if (deed.name, deed.arguments[-1]) not in _LIBRARIES:
            yield f"a library: {told}"
    elif deed.name not in _FORKS:
        yield from (f"a file: {told}" for path in _paths(deed) if not _may_be_written(path, allowed, root))


def _is_git(deed: Deed) -> bool:
    """Git, told to keep to reading this repository and to speak to nobody."""
    if deed.name != "subprocess.Popen":
        return False
    program, words, _, surroundings = deed.arguments
    return (
        program == shutil.which("git")
        and "--no-optional-locks" in words
        and "core.fsmonitor=false" in words
        and surroundings["GIT_ALLOW_PROTOCOL"] == "none"
    )


def _paths(deed: Deed) -> list[Path]:
    """What is made, changed or removed; the first argument of a link is only its text."""
    places = {"os.rename": (0, 1), "os.link": (1,), "os.symlink": (1,)}.get(deed.name, (0,))
    return [Path(deed.arguments[place]) for place in places]


def _may_be_written(path: Path, allowed: tuple[str, ...], root: Path) -> bool:
    if str(path) == "/dev/null":
        return True
    inside = [each.relative_to(root).as_posix() for each in (path, *path.parents) if each.is_relative_to(root)]
    return any(fnmatch(each, pattern) for each in inside for pattern in allowed)
