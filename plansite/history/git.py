"""Git, asked in a clean environment: no pager, no prompt, no network, no program but its own, no other repository."""

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
    # Whoever made a repository's folder could name programs in its settings, or leave hooks in it.
    "core.fsmonitor=false",
    f"core.hooksPath={os.devnull}",
    "gpg.program=gpg",
    "gpg.ssh.program=ssh-keygen",
    "gpg.ssh.defaultKeyCommand=",
    "gpg.x509.program=gpgsm",
    # A bare repository can be committed among the content of another one, with settings of its own.
    "safe.bareRepository=explicit",
)
_FILTERS = r"^filter\..*\.(clean|smudge|process|required)$"
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


def without_filters(folder: Path) -> dict[str, str]:
    """What to add to the environment where git compares or writes files: it keeps git from running filters.

    Settings name these programs and attributes choose them, so each has to be switched off by its name.
    """
    named = ask(folder, "config", "-z", "--name-only", "--get-regexp", _FILTERS).output
    names = sorted({os.fsdecode(name) for name in named.split(b"\0") if name})
    keys = {f"GIT_CONFIG_KEY_{number}": name for number, name in enumerate(names)}
    values = {
        f"GIT_CONFIG_VALUE_{number}": "false" if name.endswith(".required") else "" for number, name in enumerate(names)
    }
    return {"GIT_CONFIG_COUNT": str(len(names))} | keys | values


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
