"""The properties of a document in Microsoft's formats, links out of it, and parts that any of them may hold."""

from __future__ import annotations

from collections.abc import Mapping

from plansite.published_files.errors import UnreadableContentError
from plansite.published_files.found_content import FoundContent, is_name
from plansite.published_files.office.archive import DocumentArchive
from plansite.published_files.pictures.strip import is_picture, strip_picture
from plansite.published_files.xml_parts import read_texts, scan_xml

_WEB = ("http://", "https://", "mailto:", "#")


def inspect_properties(archive: DocumentArchive, found: FoundContent) -> None:
    """Names and other words in the properties. Raises UnreadableContentError."""
    core, app = (read_texts(archive.read(f"docprops/{name}.xml")) for name in ("core", "app"))
    found.add_name("the name of its author", when=is_name(core.get("creator", "")))
    found.add_name("the name of who saved it last", when=is_name(core.get("lastModifiedBy", "")))
    found.add_name("the name of a manager", when=app.get("Manager"))
    found.add_name("the name of an organisation", when=app.get("Company"))
    found.add_name("remarks in its properties", when=core.get("description") or core.get("keywords"))
    found.add_hidden("properties of its own", when=read_texts(archive.read("docprops/custom.xml")))


def inspect_links(archive: DocumentArchive, found: FoundContent) -> None:
    """Links to files elsewhere, which tell where they lie. Links to web pages are what they seem."""

    def look(name: str, attributes: Mapping[str, str]) -> None:
        if name == "Relationship" and attributes.get("TargetMode", "").casefold() == "external":
            is_hyperlink = attributes.get("Type", "").endswith("/hyperlink")
            is_web = attributes.get("Target", "").casefold().startswith(_WEB)
            found.add_hidden("links to files elsewhere", when=not (is_hyperlink and is_web))

    for part in archive.find("", ".rels"):
        scan_xml(archive.read(part), look)


def inspect_common_parts(archive: DocumentArchive, found: FoundContent, folder: str) -> None:
    """Embedded files, programs, data of other programs, and pictures; `folder` is that of its parts: `word/`, `xl/`."""
    found.add_hidden("embedded files", when=archive.has(f"{folder}embeddings/", f"{folder}activex/"))
    found.add_hidden("programs (macros)", when=any("vbaproject" in name for name in archive.names))
    found.add_hidden("data of other programs", when=_has_custom_data(archive))
    inspect_pictures(archive, found, f"{folder}media/")


def inspect_pictures(archive: DocumentArchive, found: FoundContent, *folders: str) -> None:
    """Pictures in it that may say where they were taken. Kinds that are no photographs are left."""
    for name in archive.names:
        if not name.startswith(folders):
            continue
        data = archive.read(name)
        if is_picture(data):
            try:
                has_place = strip_picture(data).has_place
            except UnreadableContentError:
                has_place = True
            found.add_hidden("a picture that may say where it was taken", when=has_place)


def _has_custom_data(archive: DocumentArchive) -> bool:
    """Whether other programs have stored anything. An empty list of sources, as Word writes it, is nothing."""
    elements: list[str] = []
    for part in archive.find("customxml/item"):
        if not part.startswith("customxml/itemprops"):
            scan_xml(archive.read(part), lambda name, _: elements.append(name))
    return any(name != "Sources" for name in elements)
