"""Reads single files of a site: only plain files, and no more of them than the limit of size."""

from __future__ import annotations

import os
from pathlib import Path

from plansite.content.limits import TOO_LARGE
from plansite.content.parse_rules import NOT_A_FILE
from plansite.content.report import Report, make_printable
from plansite.deferred_dataclass import dataclass
from plansite.deferred_pattern import compile_lazily
from plansite.file_access import (
    FileInFolder,
    FileTooLargeError,
    NotPlainFileError,
    OutsideFolderError,
    read_descriptor,
    read_start,
)
from plansite.incremental.file_hashes import FileHashes
from plansite.model.findings import Finding, SiteError

#: The folder of the site's own layout.
CONTENT_FOLDER = "content"
PLANS_FOLDER = "plans"
MAX_FILE_SIZE = 256 * 1024
#: So many bytes of a larger file are shown.
SHOWN_SIZE = 64 * 1024
#: Suffixes of files beside the content, which are published if a page links to them.
ASSET_SUFFIXES = frozenset(
    {
        ".png",
        ".jpg",
        ".jpeg",
        ".webp",
        ".gif",
        ".pdf",
        ".csv",
        ".txt",
        ".xlsx",
        ".docx",
        ".pptx",
        ".odt",
        ".ods",
    }
)
#: The hash in FileHashes of a plain file that could be read; those of links and refused files look different.
_CONTENT_HASH = compile_lazily(r"[0-9a-f]{64}")


class FileChangedError(SiteError):
    """A file has changed since it was hashed, so nothing may be cached under its hash."""


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file of the site. `data` is None for one that is only listed or that was refused; `findings` say why.

    Of one that is too large, `start` are the first bytes, and `size` is how many it has.
    """

    path: str
    data: bytes | None = None
    findings: tuple[Finding, ...] = ()
    start: bytes = b""
    size: int = 0


def read_file(root: Path, folder: str, path: str, suffixes: tuple[str, ...]) -> SourceFile:
    """One file below `root/folder`, by its path from `root`; with its bytes if its name ends in one of `suffixes`.

    Symbolic links are followed as `locate_file` says. Raises OSError where the file is there and
    cannot be read, since it must not be taken for one that is missing.
    """
    printable_path = make_printable(path)
    report = Report(printable_path)
    try:
        file = locate_file(root, folder, path)
        descriptor = file.open_descriptor()
    except OutsideFolderError:
        report.add(NOT_A_FILE, "the file is a link that leaves its folder", "put the file itself here")
    except NotPlainFileError:
        report.add(NOT_A_FILE, "this is not a plain file", "remove it, or put a plain file here")
    except FileNotFoundError as error:
        report.add(NOT_A_FILE, f"the file cannot be opened: {error.strerror}", "check that it exists and may be read")
    else:
        return _read_descriptor(printable_path, file, descriptor, report, is_read=path.lower().endswith(suffixes))
    return SourceFile(printable_path, None, report.findings)


def read_unchanged_file(
    root: Path, folder: str, path: str, suffixes: tuple[str, ...], hashes: FileHashes
) -> SourceFile:
    """A file. Raises FileChangedError for one that could be read when it was hashed, and now cannot."""
    file = read_file(root, folder, path, suffixes)
    refused = any(finding.rule is NOT_A_FILE for finding in file.findings)
    if refused and _CONTENT_HASH.fullmatch(hashes.get(path, "")):
        raise FileChangedError(f"{file.path} could not be read again just now; try again, and check the disk")
    return file


def locate_file(root: Path, folder: str, path: str) -> FileInFolder:
    """A file below `root/folder`, by its path from `root`, with the folder that no link to it may leave.

    That is the folder of its plan, since another plan may be hidden from those who see this one. Outside plans it is
    the folder directly below `content/`, and a file directly in there may be no link. In a source it is all of it.
    """
    inside = path.removeprefix(f"{folder}/")
    if folder != CONTENT_FOLDER:
        return FileInFolder(root / folder, inside)
    parts = inside.split("/")
    depth = min(2 if parts[0].casefold() == PLANS_FOLDER else 1, len(parts) - 1)
    return FileInFolder(root.joinpath(folder, *parts[:depth]), "/".join(parts[depth:]), follows_links=depth > 0)


def _read_descriptor(path: str, file: FileInFolder, descriptor: int, report: Report, *, is_read: bool) -> SourceFile:
    if not is_read:
        os.close(descriptor)
        return SourceFile(path)
    try:
        return SourceFile(path, read_descriptor(descriptor, path, MAX_FILE_SIZE))
    except FileTooLargeError as error:
        report.add(
            TOO_LARGE,
            f"the file has {error.size // 1024:,} KiB; the most is {MAX_FILE_SIZE // 1024} KiB",
            "move long material into a file of its own and link to it",
        )
        start = read_start(file.open_descriptor(), SHOWN_SIZE)
        return SourceFile(path, None, report.findings, start, error.size)
