"""What is hidden in a workbook (`.xlsx`)."""

from __future__ import annotations

from collections.abc import Mapping

from plansite.published_files.found_content import FoundContent, is_on
from plansite.published_files.office.archive import DocumentArchive
from plansite.published_files.xml_parts import scan_xml


def inspect_spreadsheet(archive: DocumentArchive, found: FoundContent) -> None:
    """Hidden sheets, rows and columns, comments, tracked changes, and data kept from elsewhere."""
    _inspect_workbook(archive, found)
    _inspect_sheets(archive, found)
    found.add_hidden("comments", when=any("comments" in name for name in archive.names))
    found.add_name("names of people who commented", when=archive.has("xl/persons/"))
    found.add_hidden("tracked changes", when=archive.has("xl/revisions/"))
    found.add_hidden("stored data of pivot tables", when=archive.has("xl/pivotcache/"))
    found.add_hidden("data from other workbooks", when=archive.has("xl/externallinks/"))
    found.add_hidden("connections to other data", when=archive.has("xl/connections", "xl/querytables/", "xl/model/"))


def _inspect_workbook(archive: DocumentArchive, found: FoundContent) -> None:
    def look(name: str, attributes: Mapping[str, str]) -> None:
        if name == "sheet":
            found.add_hidden("hidden sheets", when=attributes.get("state", "visible") != "visible")
        elif name == "fileSharing":
            found.add_name("the name of who protected it", when=attributes.get("userName"))
        elif name == "absPath":
            found.add_name("the folder in which it lay", when=attributes.get("url"))

    scan_xml(archive.read("xl/workbook.xml"), look)


def _inspect_sheets(archive: DocumentArchive, found: FoundContent) -> None:
    def look(name: str, attributes: Mapping[str, str]) -> None:
        if name == "row":
            found.add_hidden("hidden rows", when=is_on(attributes, "hidden") or _is_zero(attributes, "ht"))
        elif name == "col":
            found.add_hidden("hidden columns", when=is_on(attributes, "hidden") or _is_zero(attributes, "width"))
        elif name == "sheetFormatPr":
            found.add_hidden("hidden rows", when=is_on(attributes, "zeroHeight"))
        elif name == "scenario":
            found.add_hidden("scenarios")

    for part in archive.find("xl/worksheets/"):
        scan_xml(archive.read(part), look)


def _is_zero(attributes: Mapping[str, str], name: str) -> bool:
    try:
        return float(attributes.get(name, "1")) <= 0
    except ValueError:
        return True
