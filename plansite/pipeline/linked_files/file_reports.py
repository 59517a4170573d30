"""What is in the files that pages link to. Each file is looked into once, and the report is kept by its content."""

from __future__ import annotations

import hashlib
import posixpath
from collections.abc import Iterable, Mapping
from dataclasses import field
from functools import partial

from plansite.content.files import CONTENT_FOLDER, FileChangedError, locate_file
from plansite.content.source_tree import SourceTree
from plansite.deferred_dataclass import dataclass
from plansite.file_access import FileInFolder, FileTooLargeError, RefusedFileError, read_descriptor
from plansite.incremental.store import Store
from plansite.model.evidence.file_report import NOTHING_FOUND, FileReport
from plansite.parallel.parallel_map import parallel_map, process_count
from plansite.parallel.timeouts import TimedOutError, map_with_timeout, run_with_timeout
from plansite.published_files.inspect import MAX_SIZE, TOO_LARGE, inspect_file

#: The name under which all reports are stored.
REPORTS_KEY = "file reports"
_PICTURES = (".png", ".jpg", ".jpeg", ".webp", ".gif")
#: A process is worth its start for so many files.
_PICTURES_PER_PROCESS, _DOCUMENTS_PER_PROCESS = 100, 10
_TIMED_OUT = FileReport(unreadable="takes too long to be looked into")


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredReports:
    """Reports by the ending of a file's name and the hash of its content."""

    by_content: Mapping[str, FileReport] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _FileToInspect:
    """A file, its path in the site, and the hash of its content."""

    file: FileInFolder
    path: str
    content_hash: str


def inspect_files(source: SourceTree, store: Store, paths: Iterable[str], *, is_whole: bool) -> dict[str, FileReport]:
    """The report on each of these files by path, from the store or made now.

    Where the source tree `is_whole`, reports on content that it no longer has are removed from the store.
    Raises FileChangedError for a file that has changed since it was hashed, and OSError.
    """
    wanted = sorted(path for path in paths if path in source.hashes)
    stored = store.get(REPORTS_KEY) if wanted else None
    known = dict(stored.by_content) if isinstance(stored, StoredReports) else {}
    missing = [path for path in wanted if _content_key(source, path) not in known]
    fresh = _inspect_now(source, missing)
    if fresh:
        new = {_content_key(source, path): report for path, report in fresh.items() if report != _TIMED_OUT}
        store.put(REPORTS_KEY, StoredReports(by_content=_drop_unused(source, known | new) if is_whole else known | new))
    return {path: fresh.get(path) or known.get(_content_key(source, path), NOTHING_FOUND) for path in wanted}


def _content_key(source: SourceTree, path: str) -> str:
    return f"{posixpath.splitext(path)[1].lower()} {source.hashes[path]}"


def _drop_unused(source: SourceTree, reports: Mapping[str, FileReport]) -> dict[str, FileReport]:
    """The reports on content that the site still has."""
    hashes = frozenset(source.hashes.values())
    return {key: report for key, report in sorted(reports.items()) if key.rpartition(" ")[2] in hashes}


def _inspect_now(source: SourceTree, paths: list[str]) -> dict[str, FileReport]:
    """Pictures are read by our own code, which is linear. Other files may take long, so they get a time limit."""
    files = [
        _FileToInspect(locate_file(source.root, CONTENT_FOLDER, path), path, source.hashes[path]) for path in paths
    ]
    pictures = [each for each in files if each.path.lower().endswith(_PICTURES)]
    others = [each for each in files if not each.path.lower().endswith(_PICTURES)]
    reports = [
        *parallel_map(_inspect_one, pictures, items_per_process=_PICTURES_PER_PROCESS),
        *map_with_timeout(_inspect_one, others, process_count(len(others), _DOCUMENTS_PER_PROCESS)),
    ]
    return {each.path: report for each, report in zip((*pictures, *others), reports, strict=True)}


def _inspect_one(item: _FileToInspect) -> FileReport:
    try:
        data = read_descriptor(item.file.open_descriptor(), item.path, MAX_SIZE)
    except FileTooLargeError:
        return TOO_LARGE
    except (RefusedFileError, FileNotFoundError):
        return FileReport(unreadable="cannot be opened")
    require_same_content(item.path, data, item.content_hash)
    try:
        return run_with_timeout(f"{item.content_hash} {item.path}", partial(inspect_file, item.path, data))
    except TimedOutError:
        return _TIMED_OUT


def require_same_content(path: str, data: bytes, content_hash: str) -> None:
    """Raise FileChangedError where these are not the bytes that were hashed."""
    # The hash of a symbolic link ends in that of its target.
    if not content_hash.endswith(hashlib.sha256(data).hexdigest()):
        raise FileChangedError(f"{path} was changed while it was read; try again when nobody is saving files")
