"""Opening one file of a site: after a look at what it is, and never more of it than a file may have."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from pathlib import Path

from plansite.content.limits import TOO_LARGE
from plansite.content.parse_rules import NOT_A_FILE
from plansite.content.report import Report, make_printable
from plansite.model.findings import Finding

MAX_FILE_SIZE = 256 * 1024
#: Files beside the content that are published when a page links to them.
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
    """A file as it lay there. `data` is None for one that is only listed, and for one that was refused."""

    path: str
    data: bytes | None = None
    findings: tuple[Finding, ...] = ()


def read_file(root: Path, folder: str, path: str, suffixes: tuple[str, ...]) -> SourceFile:
    """One file below `root/folder`, by its path from `root`; with its bytes where its name ends in one of `read`.

    Links are followed only to plain files inside `root/folder`.
    """
    shown = make_printable(path)
    report, target = Report(shown), root / path
    if target.is_symlink():
        target = Path(os.path.realpath(target))
        if not target.is_relative_to(os.path.realpath(root / folder)):
            report.add(NOT_A_FILE, "the file is a link that leaves its folder", "put the file itself here")
            return SourceFile(shown, None, report.findings)
    try:
        return _read_plain_file(shown, target, suffixes, report)
    except OSError as error:
        report.add(NOT_A_FILE, f"the file cannot be opened: {error.strerror}", "check that it exists and may be read")
        return SourceFile(shown, None, report.findings)


def _read_plain_file(path: str, target: Path, suffixes: tuple[str, ...], report: Report) -> SourceFile:
    """Look before opening: a pipe would wait for ever, a device might never end."""
    facts = target.stat()
    if not stat.S_ISREG(facts.st_mode):
        report.add(NOT_A_FILE, "this is not a plain file", "remove it, or put a plain file here")
        return SourceFile(path, None, report.findings)
    if not path.lower().endswith(suffixes):
        return SourceFile(path)
    if facts.st_size > MAX_FILE_SIZE:
        report.add(
            TOO_LARGE,
            f"the file has {facts.st_size // 1024:,} KiB; the most is {MAX_FILE_SIZE // 1024} KiB",
            "move long material into a file of its own and link to it",
        )
        return SourceFile(path, None, report.findings)
    with target.open("rb") as file:
        return SourceFile(path, file.read(MAX_FILE_SIZE))
