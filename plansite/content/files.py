"""Reads single files of a site: only plain files, and no more of them than the limit of size."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from pathlib import Path

from plansite.content.limits import TOO_LARGE
from plansite.content.parse_rules import NOT_A_FILE
from plansite.content.report import Report, make_printable
from plansite.model.findings import Finding

#: The folder of the site's own layout.
CONTENT_FOLDER = "content"
MAX_FILE_SIZE = 256 * 1024
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


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file of the site. `data` is None for one that is only listed or that was refused; `findings` say why."""

    path: str
    data: bytes | None = None
    findings: tuple[Finding, ...] = ()


def read_file(root: Path, folder: str, path: str, suffixes: tuple[str, ...]) -> SourceFile:
    """One file below `root/folder`, by its path from `root`; with its bytes if its name ends in one of `suffixes`.

    Symbolic links are followed only to plain files inside `root/folder`.
    """
    printable_path = make_printable(path)
    report, target = Report(printable_path), root / path
    if target.is_symlink():
        target = Path(os.path.realpath(target))
        if not target.is_relative_to(os.path.realpath(root / folder)):
            report.add(NOT_A_FILE, "the file is a link that leaves its folder", "put the file itself here")
            return SourceFile(printable_path, None, report.findings)
    try:
        return _read_plain_file(printable_path, target, suffixes, report)
    except OSError as error:
        report.add(NOT_A_FILE, f"the file cannot be opened: {error.strerror}", "check that it exists and may be read")
        return SourceFile(printable_path, None, report.findings)


def _read_plain_file(path: str, target: Path, suffixes: tuple[str, ...], report: Report) -> SourceFile:
    """Checks the kind of file before it is opened: reading a pipe or a device might never end."""
    status = target.stat()
    if not stat.S_ISREG(status.st_mode):
        report.add(NOT_A_FILE, "this is not a plain file", "remove it, or put a plain file here")
        return SourceFile(path, None, report.findings)
    if not path.lower().endswith(suffixes):
        return SourceFile(path)
    if status.st_size > MAX_FILE_SIZE:
        report.add(
            TOO_LARGE,
            f"the file has {status.st_size // 1024:,} KiB; the most is {MAX_FILE_SIZE // 1024} KiB",
            "move long material into a file of its own and link to it",
        )
        return SourceFile(path, None, report.findings)
    with target.open("rb") as file:
        return SourceFile(path, file.read(MAX_FILE_SIZE))
