"""Looks into an office document."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from plansite.model.evidence.file_report import FileReport
from plansite.published_files.errors import UnreadableContentError
from plansite.published_files.found_content import FoundContent
from plansite.published_files.office.archive import DocumentArchive
from plansite.published_files.office.open_document import inspect_open_document
from plansite.published_files.office.properties import inspect_common_parts, inspect_links, inspect_properties
from plansite.published_files.office.spreadsheet import inspect_spreadsheet
from plansite.published_files.office.text_document import inspect_slides, inspect_text

#: The part that each of Microsoft's formats has, and the folder of the document's parts.
_MAIN_PARTS: Mapping[str, str] = MappingProxyType(
    {"xl/workbook.xml": "xl/", "word/document.xml": "word/", "ppt/presentation.xml": "ppt/"}
)
_INSPECTIONS = {"xl/": inspect_spreadsheet, "word/": inspect_text, "ppt/": inspect_slides}


def inspect_office_file(data: bytes) -> FileReport:
    """What is hidden in an office document, whatever its name says it is. Raises UnreadableContentError."""
    archive, found = DocumentArchive(data), FoundContent()
    folders = [folder for part, folder in _MAIN_PARTS.items() if part in archive.names]
    if "content.xml" in archive.names and not folders:
        inspect_open_document(archive, found)
    elif len(folders) == 1 and "content.xml" not in archive.names:
        _INSPECTIONS[folders[0]](archive, found)
        inspect_common_parts(archive, found, folders[0])
        inspect_properties(archive, found)
        inspect_links(archive, found)
    else:
        raise UnreadableContentError("is not a plain office document")
    return FileReport(hidden=tuple(found.hidden), names=tuple(found.names))
