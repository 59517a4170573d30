"""Git, asked in a clean environment: no pager, no prompt, no network, no program but its own, no other repository."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence
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
_FILTER_KEYS = r"^filter\..*\.(clean|smudge|process|required)$"
_GLOBAL_OPTIONS = ("--no-pager", "--no-replace-objects", "--literal-pathspecs", "--no-optional-locks")


@dataclass(frozen=True, slots=True)
class GitResult:
    """What git said; `fault` is empty where it succeeded."""

    output: bytes
    error_text: str = ""
    failed: bool = False


def run_git(folder: Path, *arguments: str, extra_environment: Mapping[str, str] | None = None) -> GitResult:
    """Ask git something in a folder. Without git on this machine that is a failure like any other.

    `extra` is put into its environment.
    """
    if shutil.which("git") is None:
        return GitResult(b"", "git is not installed", failed=True)
    whole, surroundings = build_git_command(folder, arguments), build_git_environment() | dict(extra_environment or {})
    ran = subprocess.run(whole, capture_output=True, env=surroundings, check=False)  # noqa: S603  (fixed words, no shell)
    return GitResult(ran.stdout, ran.stderr.decode("utf-8", "replace"), failed=ran.returncode != 0)


def build_git_command(folder: Path, arguments: Sequence[str]) -> list[str]:
    """The whole command line."""
    settings = [part for setting in _SETTINGS for part in ("-c", setting)]
    return [shutil.which("git") or "git", *_GLOBAL_OPTIONS, "-C", str(folder), *settings, *arguments]


def build_no_filter_environment(folder: Path) -> dict[str, str]:
    """What to add to the environment where git compares or writes files: it keeps git from running filters.

    Settings name these programs and attributes choose them, so each has to be switched off by its name.
    """
    named = run_git(folder, "config", "-z", "--name-only", "--get-regexp", _FILTER_KEYS).output
    names = sorted({os.fsdecode(name) for name in named.split(b"\0") if name})
    keys = {f"GIT_CONFIG_KEY_{number}": name for number, name in enumerate(names)}
    values = {
        f"GIT_CONFIG_VALUE_{number}": "false" if name.endswith(".required") else "" for number, name in enumerate(names)
    }
    return {"GIT_CONFIG_COUNT": str(len(names))} | keys | values


def build_git_environment() -> dict[str, str]:
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


def find_head_commit(root: Path) -> str:
    """The full name of the commit checked out in `root`; empty where there is no git or no commit."""
    return read_head_state(root)[0]


def read_head_state(root: Path) -> tuple[str, str]:
    """The same, and a digest of all that the history of the files in `root` depends on; both empty where git has none.

    That is the commit, whether git has only the newest commits, and how `.mailmap` corrects the names of authors.
    """
    told = run_git(root, "rev-parse", "--show-toplevel", "--is-shallow-repository", "HEAD")
    if told.failed:
        return "", ""
    top, shallow, commit = told.output.decode("utf-8", "surrogateescape").removesuffix("\n").rsplit("\n", 2)
    return commit, hashlib.sha256(f"{shallow} {commit}\n".encode() + _mailmap(Path(top))).hexdigest()


def _mailmap(top: Path) -> bytes:
    try:
        return (top / ".mailmap").read_bytes()
    except OSError:
        return b""


_SHORT_ID_LENGTH = 10


class UnknownCommitRangeError(Exception):
    """Git cannot tell the commits that were asked for; the message says so."""


@dataclass(frozen=True, slots=True)
class CommitMessage:
    """A commit's name, shortened, and its message, subject first."""

    commit: str
    text: str


def read_commit_messages(root: Path, commit_range: str) -> tuple[CommitMessage, ...]:
    """The messages of these commits, as `git log` takes them (`origin/main..`). Raises NoMessagesError."""
    words = ("log", "-z", "--encoding=UTF-8", "--no-color", "--no-notes", "--format=%H%n%B")
    answer = run_git(root, *words, "--end-of-options", commit_range, "--")
    if answer.failed or not commit_range.isprintable():
        raise UnknownCommitRangeError(
            "git knows no such commits here; write for example origin/main.. with its two dots"
        )
    return tuple(_parse_messages(answer.output.decode("utf-8", "replace")))


def _parse_messages(output: str) -> Iterator[CommitMessage]:
    for each in output.split("\0"):
        commit, _, text = each.partition("\n")
        if commit:
            yield CommitMessage(commit[:_SHORT_ID_LENGTH], text)
