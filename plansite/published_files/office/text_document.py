"""What is hidden in a text document (`.docx`) and in slides (`.pptx`)."""

from __future__ import annotations

from collections.abc import Mapping

from plansite.published_files.found_content import FoundContent, is_on
from plansite.published_files.office.archive import DocumentArchive
from plansite.published_files.xml_parts import read_texts, scan_xml

_CHANGES = frozenset({"ins", "del", "moveFrom", "moveTo", "cellIns", "cellDel", "cellMerge", "numberingChange"})
#: Parts of a `.docx` with words that readers see.
_TEXT_PARTS = ("word/document", "word/header", "word/footer", "word/footnotes", "word/endnotes", "word/glossary/")


def inspect_text(archive: DocumentArchive, found: FoundContent) -> None:
    """Tracked changes, comments, hidden text and variables in a `.docx`."""

    def look(name: str, attributes: Mapping[str, str]) -> None:
        if name in _CHANGES or (name.endswith("Change") and "author" in attributes):
            found.add_hidden("tracked changes")
        elif name in ("vanish", "specVanish", "webHidden"):
            found.add_hidden("hidden text", when="val" not in attributes or is_on(attributes, "val"))

    def look_at_settings(name: str, _: Mapping[str, str]) -> None:
        found.add_hidden("variables of a program", when=name == "docVar")

    for part in (name for name in archive.names if name.startswith(_TEXT_PARTS) and name.endswith(".xml")):
        scan_xml(archive.read(part), look)
    for part in archive.find("word/styles"):
        scan_xml(archive.read(part), lambda name, _: found.add_hidden("hidden text", when=name == "vanish"))
    scan_xml(archive.read("word/settings.xml"), look_at_settings)
    found.add_hidden("comments", when=_has_elements(archive, "word/comments", "comment"))
    found.add_name("names of people who commented or changed it", when=_has_elements(archive, "word/people", "person"))


def inspect_slides(archive: DocumentArchive, found: FoundContent) -> None:
    """Hidden slides and objects, notes of the speaker, and comments in a `.pptx`."""

    def look(name: str, attributes: Mapping[str, str]) -> None:
        if name == "sld":
            found.add_hidden("hidden slides", when="show" in attributes and not is_on(attributes, "show"))
        elif name == "cNvPr":
            found.add_hidden("hidden objects", when=is_on(attributes, "hidden"))

    for part in archive.find("ppt/slides/"):
        scan_xml(archive.read(part), look)
    notes = any(read_texts(archive.read(part)).get("t") for part in archive.find("ppt/notesslides/"))
    found.add_hidden("notes of the speaker", when=notes)
    found.add_hidden("comments", when=archive.has("ppt/comments/"))
    found.add_name("names of people who commented", when=archive.has("ppt/commentauthors", "ppt/authors"))


def _has_elements(archive: DocumentArchive, start: str, element: str) -> bool:
    names: set[str] = set()
    for part in archive.find(start):
        scan_xml(archive.read(part), lambda name, _: names.add(name))
    return element in names
