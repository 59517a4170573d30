"""The repository that a folder lies in, or why its history cannot be told."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from plansite.history.git import ask

NO_GIT = "Git is not installed here, so history is left out. Install git to show who changed what and when."
NO_REPOSITORY = "These files are not kept in a git repository, so there is no history to show."
NOT_TRUSTED = (
    "Git does not trust this folder, because it belongs to another user, so history is left out. "
    "Tell git that it is safe with `git config --global --add safe.directory`."
)
NO_COMMIT = "Nothing has been committed yet, so there is no history to show."
SHALLOW = (
    "This copy of the repository has only the newest commits, so history is left out. "
    "Fetch all of them to show it: `git fetch --unshallow`, or a checkout of full depth."
)
PARTIAL = (
    "This copy of the repository lacks older versions of files, so history is left out. "
    "Make a full clone, without `--filter`, to show it."
)
UNREADABLE = "Git could not read all of the history, so it is left out. `git fsck` says what is wrong."

_LAZY = r"^(extensions\.partialclone|remote\..*\.(promisor|partialclonefilter))$"


@dataclass(frozen=True, slots=True)
class Repository:
    """A whole repository. `prefix` is the way from its top to the folder: empty, or ending in a slash."""

    top: str
    prefix: str
    head: str


def repository_of(folder: Path) -> Repository | str:
    """The repository a folder lies in; else, in one or two plain sentences, why its history is left out."""
    top = ask(folder, "rev-parse", "--show-toplevel")
    if top.failed:
        return _why_not(top.fault)
    facts = ask(folder, "rev-parse", "--is-shallow-repository", "--show-prefix", "HEAD")
    if facts.failed:
        return NO_COMMIT
    shallow, *prefix, head = facts.output.decode("utf-8", "surrogateescape").removesuffix("\n").split("\n")
    if shallow == "true":
        return SHALLOW
    if not ask(folder, "config", "--get-regexp", _LAZY).failed:
        return PARTIAL
    return Repository(top.output.decode("utf-8", "surrogateescape").removesuffix("\n"), "\n".join(prefix), head)


def _why_not(fault: str) -> str:
    if "not installed" in fault:
        return NO_GIT
    return NOT_TRUSTED if "dubious ownership" in fault else NO_REPOSITORY
