"""The repository that a folder lies in, or why its history cannot be told."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path, PurePosixPath

from plansite.content.documents import DocumentLocation
from plansite.content.layout import MARKDOWN_SUFFIXES, locate_document, slug_from_file_name
from plansite.content.source_tree import is_content_file
from plansite.history.git import run_git
from plansite.model.settings import ExternalSource
from plansite.model.slugs import slugify

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

_PARTIAL_CLONE_KEYS = r"^(extensions\.partialclone|remote\..*\.(promisor|partialclonefilter))$"


@dataclass(frozen=True, slots=True)
class Repository:
    """A whole repository. `prefix` is the way from its top to the folder: empty, or ending in a slash."""

    top: str
    prefix: str
    head: str


def find_repository(folder: Path) -> Repository | str:
    """The repository a folder lies in; else, in one or two plain sentences, why its history is left out."""
    top = run_git(folder, "rev-parse", "--show-toplevel")
    if top.failed:
        return _explain_failure(top.error_text)
    facts = run_git(folder, "rev-parse", "--is-shallow-repository", "--show-prefix", "HEAD")
    if facts.failed:
        return NO_COMMIT
    shallow, *prefix, head = facts.output.decode("utf-8", "surrogateescape").removesuffix("\n").split("\n")
    if shallow == "true":
        return SHALLOW
    if not run_git(folder, "config", "--get-regexp", _PARTIAL_CLONE_KEYS).failed:
        return PARTIAL
    return Repository(top.output.decode("utf-8", "surrogateescape").removesuffix("\n"), "\n".join(prefix), head)


def _explain_failure(error_text: str) -> str:
    if "not installed" in error_text:
        return NO_GIT
    return NOT_TRUSTED if "dubious ownership" in error_text else NO_REPOSITORY


#: Kinds of file whose changes are told. People's contact details are nobody's news.
_TRACKED_KINDS = frozenset({"action", "plan", "review", "incident", "measure"})


class _FolderAddresses(dict[str, str]):
    """The address of every plan's folder there ever was."""

    def __missing__(self, folder: str) -> str:
        return slug_from_file_name(folder)


@dataclass(frozen=True, slots=True)
class ContentFolder:
    """A folder that the site reads: `base` is its path in the site, `top` its path in the repository.

    Both end without a slash; `top` is empty for a whole repository. `source` says how to read what others laid out.
    """

    site_path: str
    repository_path: str
    source: ExternalSource | None = None

    def find_place(self, path: str) -> DocumentLocation | None:
        """The place of a file, given by its path in the repository; None where it is no document of this folder."""
        within = path.removeprefix(f"{self.repository_path}/") if self.repository_path else path
        if (self.repository_path and within == path) or any(part.startswith(".") for part in within.split("/")):
            return None
        return self._find_source_place(within) if self.source else _find_own_place(f"{self.site_path}/{within}")

    def _find_source_place(self, within: str) -> DocumentLocation | None:
        source, name = self.source, within.rsplit("/", 1)[-1]
        if source is None or not name.lower().endswith(MARKDOWN_SUFFIXES) or not fnmatch(name, source.files):
            return None
        plan = (source.plan.slug if source.plan else "") or self.site_path.rsplit("/", 1)[-1]
        slug = slugify(str(PurePosixPath(within).with_suffix("")))
        return DocumentLocation("action", slugify(plan), slug, f"{self.site_path}/{within}")


@functools.lru_cache(maxsize=50_000)
def _find_own_place(path: str) -> DocumentLocation | None:
    if not (path.lower().endswith(MARKDOWN_SUFFIXES) and is_content_file(path)):
        return None
    place = locate_document(path, _FolderAddresses())
    return place if place and place.kind in _TRACKED_KINDS else None
