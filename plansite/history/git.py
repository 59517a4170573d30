"""Git, asked in a clean environment: no pager, no prompt, no network, and only the repository that is meant."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

#: Settings of a machine or a repository that would change what git answers, or have it run other programs.
_SETTINGS = (
    "core.quotepath=false",
    "log.showSignature=false",
    "mailmap.file=",
    "mailmap.blob=",
)
_WORDS = ("--no-pager", "--no-replace-objects", "--literal-pathspecs", "--no-optional-locks")


@dataclass(frozen=True, slots=True)
class Answer:
    """What git said; `fault` is empty where it succeeded."""

    output: bytes
    fault: str = ""
    failed: bool = False


def ask(folder: Path, *words: str, extra: Mapping[str, str] | None = None) -> Answer:
    """Ask git something in a folder. Without git on this machine that is a failure like any other.

    `extra` is put into its environment.
    """
    if shutil.which("git") is None:
        return Answer(b"", "git is not installed", failed=True)
    whole, surroundings = command(folder, words), environment() | dict(extra or {})
    ran = subprocess.run(whole, capture_output=True, env=surroundings, check=False)  # noqa: S603  (fixed words, no shell)
    return Answer(ran.stdout, ran.stderr.decode("utf-8", "replace"), failed=ran.returncode != 0)


def command(folder: Path, words: Sequence[str]) -> list[str]:
    """The whole command line."""
    settings = [part for setting in _SETTINGS for part in ("-c", setting)]
    return [shutil.which("git") or "git", *_WORDS, "-C", str(folder), *settings, *words]


def environment() -> dict[str, str]:
    """The caller's environment without what points git elsewhere; objects that are missing are never fetched.

    Git before 2.44 does not know GIT_NO_LAZY_FETCH; that no protocol is allowed has the same effect on it.
    """
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    return kept | {
        "LC_ALL": "C",
        "GIT_ALLOW_PROTOCOL": "none",
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_TERMINAL_PROMPT": "0",
    }
