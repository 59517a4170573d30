"""Running git in a clean environment: no pager, prompt or network, no foreign programs, no other repository.

Also the commit that is checked out, and the messages of commits. This module imports nothing large, since the
fast path of `build` needs it.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import stat
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from plansite.deferred_dataclass import dataclass
from plansite.file_access import RefusedFileError, is_present, open_plain_file, read_plain_file

_MAX_MAILMAP_SIZE = 1024 * 1024
#: Overrides of settings of the machine or repository that would change git's output or make it run other programs.
_SETTINGS = (
    "core.quotepath=false",
    "log.showSignature=false",
    "mailmap.file=",
    "mailmap.blob=",
    # The author of a repository's folder could name programs in its settings, or put hooks into it.
    "core.fsmonitor=false",
    f"core.hooksPath={os.devnull}",
    "gpg.program=gpg",
    "gpg.ssh.program=ssh-keygen",
    "gpg.ssh.defaultKeyCommand=",
    "gpg.x509.program=gpgsm",
    # A bare repository, with its own settings, can be committed as part of the content of another one.
    "safe.bareRepository=explicit",
)
_GIT_FOLDER = ".git"
#: Without these, or where they may not be searched, git takes a folder for no repository.
_REPOSITORY_FOLDERS = (".", "objects", "refs")
_FILTER_KEYS = r"^filter\..*\.(clean|smudge|process|required)$"
_GLOBAL_OPTIONS = ("--no-pager", "--no-replace-objects", "--literal-pathspecs", "--no-optional-locks")


@dataclass(frozen=True, slots=True)
class GitResult:
    """The standard output of git, its error output as text, and whether it failed."""

    output: bytes
    error_text: str = ""
    failed: bool = False

    @property
    def path(self) -> str:
        """The output as one path, without its line end."""
        return os.fsdecode(self.output).removesuffix("\n")


def run_git(
    folder: Path, *arguments: str, extra_environment: Mapping[str, str] | None = None, input_data: bytes | None = None
) -> GitResult:
    """Run git in a folder. If git is not installed, the result is a failed one too; nothing is raised.

    `extra_environment` is added to its environment, and `input_data` is its standard input.
    """
    if shutil.which("git") is None:
        return GitResult(b"", "git is not installed", failed=True)
    command = build_git_command(folder, arguments)
    environment = build_git_environment() | dict(extra_environment or {})
    process = subprocess.run(  # noqa: S603  (fixed words, no shell)
        command, capture_output=True, env=environment, check=False, input=input_data
    )
    return GitResult(process.stdout, process.stderr.decode("utf-8", "replace"), failed=process.returncode != 0)


def build_git_command(folder: Path, arguments: Sequence[str]) -> list[str]:
    """The command line that runs git with these arguments in a folder."""
    settings = [part for setting in _SETTINGS for part in ("-c", setting)]
    return [shutil.which("git") or "git", *_GLOBAL_OPTIONS, "-C", str(folder), *settings, *arguments]


def build_no_filter_environment(folder: Path) -> dict[str, str]:
    """Environment variables that keep git from running filters where it compares or writes files.

    Filters are programs that settings name and attributes choose, so each has to be switched off by its name.
    """
    output = run_git(folder, "config", "-z", "--name-only", "--get-regexp", _FILTER_KEYS).output
    keys = sorted({os.fsdecode(key) for key in output.split(b"\0") if key})
    environment = {"GIT_CONFIG_COUNT": str(len(keys))}
    for number, key in enumerate(keys):
        environment[f"GIT_CONFIG_KEY_{number}"] = key
        environment[f"GIT_CONFIG_VALUE_{number}"] = "false" if key.endswith(".required") else ""
    return environment


def build_git_environment() -> dict[str, str]:
    """The caller's environment without git's own variables, and with settings so that missing objects are not fetched.

    Git before 2.44 does not know GIT_NO_LAZY_FETCH; there, allowing no protocol has the same effect.
    """
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    return inherited | {
        "LC_ALL": "C",
        "GIT_ALLOW_PROTOCOL": "none",
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_TERMINAL_PROMPT": "0",
    }


def find_head_commit(root: Path) -> str:
    """The full id of the commit checked out in `root`; empty if there is no git or no commit."""
    return read_head_state(root)[0]


def read_head_state(root: Path) -> tuple[str, str]:
    """The id of the commit checked out in `root`, and a fingerprint of all that the history of its files depends on.

    That is the commit, whether the clone is shallow, and `.mailmap`, which corrects the names of authors. Both are
    empty if there is no git or no commit. Raises OSError for a repository that may not be read.
    """
    if find_git_folder(root) is None:  # git need not be started to say so
        return "", ""
    result = run_git(root, "rev-parse", "--show-toplevel", "--is-shallow-repository", "HEAD")
    if result.failed:
        require_readable_repository(root)
        return "", ""
    top, shallow, commit_id = result.output.decode("utf-8", "surrogateescape").removesuffix("\n").rsplit("\n", 2)
    return commit_id, hashlib.sha256(f"{shallow} {commit_id}\n".encode() + read_mailmap(Path(top))).hexdigest()


def require_readable_repository(folder: Path) -> None:
    """Raise OSError if a repository that contains the folder may not be read, which git takes for having none."""
    git_folder = find_git_folder(folder)
    if git_folder is None:
        return
    is_folder = stat.S_ISDIR(git_folder.lstat().st_mode)
    for name in _REPOSITORY_FOLDERS if is_folder else ():
        with contextlib.suppress(FileNotFoundError, NotADirectoryError), os.scandir(git_folder / name):
            pass
    for file in (git_folder / "HEAD", git_folder / "config") if is_folder else (git_folder,):
        with contextlib.suppress(FileNotFoundError, RefusedFileError):
            os.close(open_plain_file(file))


def find_git_folder(folder: Path) -> Path | None:
    """The nearest `.git` of the folder or one above it, which is a file in some repositories; None without one."""
    tops = (folder, *folder.resolve().parents)
    return next((top / _GIT_FOLDER for top in tops if is_present(top / _GIT_FOLDER)), None)


def read_mailmap(top: Path) -> bytes:
    """The file with which a repository corrects the names of authors; empty where it has none that git would read."""
    try:
        return read_plain_file(top / ".mailmap", _MAX_MAILMAP_SIZE)
    except (FileNotFoundError, RefusedFileError):
        return b""


_SHORT_ID_LENGTH = 10


class UnknownCommitRangeError(Exception):
    """Git knows no commits in the range that was given. The message is shown to users."""


@dataclass(frozen=True, slots=True)
class CommitMessage:
    """A commit's abbreviated id, and its message, which begins with the subject."""

    commit: str
    text: str


def read_commit_messages(root: Path, commit_range: str) -> tuple[CommitMessage, ...]:
    """The messages of a range of commits, as `git log` takes it (`origin/main..`). Raises UnknownCommitRangeError."""
    arguments = ("log", "-z", "--encoding=UTF-8", "--no-color", "--no-notes", "--format=%H%n%B")
    result = run_git(root, *arguments, "--end-of-options", commit_range, "--")
    if result.failed or not commit_range.isprintable():
        raise UnknownCommitRangeError("git has no such commits here; write for example origin/main.. with its two dots")
    return tuple(_parse_messages(result.output.decode("utf-8", "replace")))


def _parse_messages(output: str) -> Iterator[CommitMessage]:
    for record in output.split("\0"):
        commit_id, _, text = record.partition("\n")
        if commit_id:
            yield CommitMessage(commit_id[:_SHORT_ID_LENGTH], text)
