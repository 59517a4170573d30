"""What is hidden in an OpenDocument text or spreadsheet (`.odt`, `.ods`)."""

from __future__ import annotations

from collections.abc import Mapping

from plansite.published_files.errors import UnreadableContentError
from plansite.published_files.found_content import FoundContent, is_name
from plansite.published_files.office.archive import DocumentArchive
from plansite.published_files.office.properties import inspect_pictures
from plansite.published_files.xml_parts import read_texts, scan_xml

_CHANGES = frozenset({"changed-region", "cell-content-change", "insertion", "deletion", "movement", "rejection"})
_HIDDEN_ROWS = {"table-row": "hidden rows", "table-column": "hidden columns"}
_ELSEWHERE = frozenset({"table-source", "cell-range-source", "dde-source", "dde-link", "dde-connection-decl"})
#: Objects of these kinds show all that they hold as a drawing.
_DRAWN = ("opendocument.chart", "opendocument.formula", "opendocument.graphics")


def inspect_open_document(archive: DocumentArchive, found: FoundContent) -> None:
    """Hidden content, comments, tracked changes and names. Raises UnreadableContentError, also for a protected one."""
    _inspect_manifest(archive, found)
    _inspect_content(archive, found)
    _inspect_meta(archive, found)
    versions = archive.has("versions/", "versionlist.xml")
    found.add_hidden("earlier versions", when=versions)
    found.add_hidden("programs (macros)", when=archive.has("basic/", "scripts/"))
    inspect_pictures(archive, found, "pictures/", "media/")


def _inspect_manifest(archive: DocumentArchive, found: FoundContent) -> None:
    def look(name: str, attributes: Mapping[str, str]) -> None:
        if name == "encryption-data":
            raise UnreadableContentError("is protected by a password")
        path, kind = attributes.get("full-path", "/"), attributes.get("media-type", "")
        if name == "file-entry" and path != "/" and ("opendocument" in kind or "oleobject" in kind):
            found.add_hidden("embedded files", when=not any(drawn in kind for drawn in _DRAWN))

    scan_xml(archive.read("meta-inf/manifest.xml"), look)


def _inspect_content(archive: DocumentArchive, found: FoundContent) -> None:
    def look(name: str, attributes: Mapping[str, str]) -> None:
        if name in _CHANGES:
            found.add_hidden("tracked changes")
        elif name == "annotation":
            found.add_hidden("comments")
        elif name in _HIDDEN_ROWS:
            found.add_hidden(_HIDDEN_ROWS[name], when=attributes.get("visibility", "visible") != "visible")
        elif name == "table-properties":
            found.add_hidden("hidden sheets", when=attributes.get("display") == "false")
        elif name in ("hidden-text", "hidden-paragraph") or attributes.get("display") == "none":
            found.add_hidden("hidden text")
        elif name in _ELSEWHERE:
            found.add_hidden("links to files elsewhere")

    for part in ("content.xml", "styles.xml"):
        scan_xml(archive.read(part), look)


def _inspect_meta(archive: DocumentArchive, found: FoundContent) -> None:
    texts = read_texts(archive.read("meta.xml"))
    found.add_name("the name of its author", when=is_name(texts.get("initial-creator", "")))
    found.add_name("the name of who saved it last", when=is_name(texts.get("creator", "")))
    found.add_name("the name of who printed it", when=is_name(texts.get("printed-by", "")))
    found.add_name("remarks in its properties", when=texts.get("description") or texts.get("keyword"))
    found.add_hidden("properties of its own", when=texts.get("user-defined"))

    def look(name: str, attributes: Mapping[str, str]) -> None:
        found.add_name("the place of its template", when=name == "template" and attributes.get("href"))

    scan_xml(archive.read("meta.xml"), look)
