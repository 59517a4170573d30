"""The repository that contains a folder, and the folders of a repository that the site reads."""

from __future__ import annotations

import functools
from pathlib import Path, PurePosixPath

from plansite.content.documents import DocumentLocation
from plansite.content.external.source_files import SOURCE_SUFFIXES
from plansite.content.layout import MARKDOWN_SUFFIXES, is_content_file, locate_document, slug_from_file_name
from plansite.deferred_dataclass import dataclass
from plansite.history.git import find_git_folder, require_readable_repository, run_git
from plansite.model.external.source_settings import ExternalSource
from plansite.model.slugs import slugify

NO_GIT = (
    "Git is not installed on this computer, so history is not shown. Install git to show who changed what and when."
)
NO_REPOSITORY = "These files are not kept in a git repository, so there is no history to show."
NOT_TRUSTED = (
    "Git does not trust this folder, because it belongs to another user, so history is not shown. "
    "Tell git that it is safe with `git config --global --add safe.directory`."
)
NO_COMMIT = "Nothing has been committed yet, so there is no history to show."
SHALLOW = (
    "This copy of the repository has only the newest commits, so history is not shown. "
    "Fetch all of them to show it: `git fetch --unshallow`, or a checkout of full depth."
)
PARTIAL = (
    "This copy of the repository lacks older versions of files, so history is not shown. "
    "Make a full clone, without `--filter`, to show it."
)
UNREADABLE = "Git could not read all of the history, so it is not shown. `git fsck` says what is wrong."
#: The reasons for which there is no history at all, rather than one that cannot be read whole.
ABSENT_REASONS = frozenset({NO_GIT, NO_REPOSITORY, NO_COMMIT})

_PARTIAL_CLONE_KEYS = r"^(extensions\.partialclone|remote\..*\.(promisor|partialclonefilter))$"


@dataclass(frozen=True, slots=True)
class Repository:
    """A repository with its full history: its top folder, and the full id of the commit checked out.

    `prefix` is the path from the top to the folder that was asked for: empty, or ending in a slash.
    """

    top: str
    prefix: str
    head: str


def find_repository(folder: Path) -> Repository | str:
    """The repository that contains a folder; else the reason, for users, why there is no history. Raises OSError."""
    top = run_git(folder, "rev-parse", "--show-toplevel")
    if top.failed:
        require_readable_repository(folder)
        return _explain_failure(folder, top.error_text)
    result = run_git(folder, "rev-parse", "--is-shallow-repository", "--show-prefix", "HEAD")
    if result.failed:
        return NO_COMMIT
    shallow, *prefix, head = result.output.decode("utf-8", "surrogateescape").removesuffix("\n").split("\n")
    if shallow == "true":
        return SHALLOW
    if not run_git(folder, "config", "--get-regexp", _PARTIAL_CLONE_KEYS).failed:
        return PARTIAL
    return Repository(top.output.decode("utf-8", "surrogateescape").removesuffix("\n"), "\n".join(prefix), head)


def _explain_failure(folder: Path, error_text: str) -> str:
    if "not installed" in error_text:
        return NO_GIT
    if "dubious ownership" in error_text:
        return NOT_TRUSTED
    return NO_REPOSITORY if find_git_folder(folder) is None else UNREADABLE


#: Kinds of document that have a history. Files of people have none, since they hold contact details.
_TRACKED_KINDS = frozenset({"action", "plan", "review", "incident", "measure", "assessment"})


class _FolderSlugs(dict[str, str]):
    """The slugs of plan folders by name, also of folders that only earlier commits have."""

    def __missing__(self, folder: str) -> str:
        return slug_from_file_name(folder)


@dataclass(frozen=True, slots=True)
class ContentFolder:
    """A folder that the site reads: its path in the site and its path in the repository, both without a final slash.

    `repository_path` is empty if it is the whole repository. `source` is set for a folder of external actions.
    """

    site_path: str
    repository_path: str
    source: ExternalSource | None = None

    def find_location(self, path: str) -> DocumentLocation | None:
        """The location of a document, given the path in the repository; None if it is no document of this folder."""
        inner_path = path.removeprefix(f"{self.repository_path}/") if self.repository_path else path
        if (self.repository_path and inner_path == path) or any(part.startswith(".") for part in inner_path.split("/")):
            return None
        if self.source:
            return self._find_source_location(inner_path)
        return _find_content_location(f"{self.site_path}/{inner_path}")

    def _find_source_location(self, inner_path: str) -> DocumentLocation | None:
        source, name = self.source, inner_path.rsplit("/", 1)[-1]
        if source is None or not name.lower().endswith(SOURCE_SUFFIXES) or not source.includes(inner_path):
            return None
        plan = (source.plan.slug if source.plan else "") or self.site_path.rsplit("/", 1)[-1]
        slug = slugify(str(PurePosixPath(inner_path).with_suffix("")))
        return DocumentLocation("action", slugify(plan), slug, f"{self.site_path}/{inner_path}")


@functools.lru_cache(maxsize=50_000)
def _find_content_location(path: str) -> DocumentLocation | None:
    if not (path.lower().endswith(MARKDOWN_SUFFIXES) and is_content_file(path)):
        return None
    location = locate_document(path, _FolderSlugs())
    return location if location and location.kind in _TRACKED_KINDS else None
