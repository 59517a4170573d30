"""Looks into a file of any kind that is published."""

from __future__ import annotations

from plansite.model.evidence.file_report import NOTHING_FOUND, FileReport
from plansite.published_files.errors import UnreadableContentError
from plansite.published_files.office import archive
from plansite.published_files.office.inspect import inspect_office_file
from plansite.published_files.pdf import SIGNATURE as PDF_SIGNATURE
from plansite.published_files.pdf import inspect_pdf
from plansite.published_files.pictures.strip import is_picture, strip_picture

#: A larger file is not looked into.
MAX_SIZE = 64 * 1024 * 1024
TOO_LARGE = FileReport(unreadable="is too large to be looked into")
#: Endings of files that are plain text, with which plansite has nothing to strip.
_TEXT_SUFFIXES = (".csv", ".txt")
#: Encrypted documents, and those of old programs.
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
#: Where the signature of a PDF file may stand at the latest.
_PDF_START = 1024


def inspect_file(path: str, data: bytes) -> FileReport:
    """What a file holds besides what it shows. What it is, its first bytes say, and not its name. Never raises."""
    if len(data) > MAX_SIZE:
        return TOO_LARGE
    try:
        return _inspect(path, data)
    except UnreadableContentError as error:
        return FileReport(unreadable=str(error))
    except (MemoryError, RecursionError):
        return TOO_LARGE


def _inspect(path: str, data: bytes) -> FileReport:
    if is_picture(data):
        stripped = strip_picture(data)
        is_other = stripped.data != data
        return FileReport(
            metadata=(stripped.metadata or ("other data",)) if is_other else (),
            has_place=stripped.has_place and is_other,
        )
    if data.startswith(archive.SIGNATURE):
        return inspect_office_file(data)
    if PDF_SIGNATURE in data[:_PDF_START]:
        return inspect_pdf(data)
    if data.startswith(_OLD_OFFICE):
        raise UnreadableContentError("is protected by a password, or was saved by an old program")
    if path.lower().endswith(_TEXT_SUFFIXES):
        return NOTHING_FOUND
    raise UnreadableContentError("is not what its name says")
