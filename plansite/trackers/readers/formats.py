"""Chooses the reader of a file by its name."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePath

from plansite.trackers.readers.delimited import read_delimited
from plansite.trackers.readers.markdown_tables import read_markdown_tables
from plansite.trackers.readers.open_document import read_open_document
from plansite.trackers.readers.word import read_word_document
from plansite.trackers.readers.workbook import read_workbook
from plansite.trackers.sheets import MAX_FILE_SIZE, Sheet, UnreadableTrackerError

_READERS: dict[str, Callable[[bytes, str], tuple[Sheet, ...]]] = {
    ".csv": read_delimited,
    ".tsv": read_delimited,
    ".txt": read_delimited,
    ".xlsx": read_workbook,
    ".xlsm": read_workbook,
    ".xls": read_workbook,
    ".ods": read_open_document,
    ".docx": read_word_document,
    ".md": read_markdown_tables,
    ".markdown": read_markdown_tables,
}
#: Formats that people have trackers in, and that are not read.
_ADVICE = {
    ".doc": "open it in Word, and save it as .docx",
    ".pdf": "ask for the spreadsheet or document that it was made from",
    ".xlsb": "save it as .xlsx",
    ".numbers": "export it as .xlsx",
    ".odt": "save it as .docx",
    ".rtf": "save it as .docx",
    ".html": "copy the table into a spreadsheet, and save that",
}
_MISSING_EXTRA = "reading this format needs more: pip install 'plansite[import]'"


def is_lock_file(name: str) -> bool:
    """Whether a file is what an office program leaves beside a file that is open: it has no table in it."""
    return PurePath(name).name.startswith(("~$", ".~lock."))


def read_sheets(data: bytes, name: str) -> tuple[Sheet, ...]:
    """The sheets and tables of a file, whose name says what format it has. Raises UnreadableTrackerError."""
    suffix = PurePath(name).suffix.lower()
    if is_lock_file(name):
        raise UnreadableTrackerError("an office program keeps this file while the tracker is open; give the tracker")
    if len(data) > MAX_FILE_SIZE:
        raise UnreadableTrackerError(f"it is larger than {MAX_FILE_SIZE // 2**20} MiB; save the table in a file alone")
    if suffix not in _READERS:
        formats = "CSV, TSV, XLSX, XLS, ODS, DOCX, Markdown"
        raise UnreadableTrackerError(_ADVICE.get(suffix, f"give a file in one of these formats: {formats}"))
    try:
        return _READERS[suffix](data, PurePath(name).name)
    except ImportError as error:
        raise UnreadableTrackerError(_MISSING_EXTRA) from error
