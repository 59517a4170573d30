"""What is hidden in a PDF file."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from plansite.deferred_pattern import compile_lazily
from plansite.model.evidence.file_report import FileReport
from plansite.published_files.errors import UnreadableContentError
from plansite.published_files.found_content import FoundContent
from plansite.published_files.pictures.strip import strip_picture
from plansite.published_files.xml_parts import read_texts

if TYPE_CHECKING:
    from pypdf import PdfReader

SIGNATURE = b"%PDF-"
_MAX_PAGES, _MAX_OBJECTS = 2_000, 50_000
_MAX_METADATA = 1024 * 1024
_END = compile_lazily(rb"%%EOF")
_OBJECT = compile_lazily(rb"[0-9][ \t\r\n]{1,9}[0-9]{1,9}[ \t\r\n]{1,9}obj\b")
#: Notes of programs that say nothing of people.
_HARMLESS = frozenset(
    {"/Producer", "/Creator", "/CreationDate", "/ModDate", "/Trapped", "/PTEX.Fullbanner", "/AAPL:Keywords"}
)
_WORDS = {
    "/Author": "the name of its author",
    "/Title": "a title in its properties",
    "/Company": "the name of an organisation",
    "/Manager": "the name of a manager",
}
_XMP_WORDS = {"creator": "/Author", "li": "/Author", "title": "/Title", "Author": "/Author"}
#: What shows that a text is the path of a file.
_PATHS = (":\\", "\\\\", "/Users/", "/home/", "file:")
#: Annotations that are part of the page and of its links.
_PLAIN_ANNOTATIONS = frozenset({"/Link", "/Widget", "/Popup", "/TrapNet", "/PrinterMark"})


def inspect_pdf(data: bytes) -> FileReport:
    """Properties, attached files, comments, programs, hidden layers and earlier versions.

    Raises UnreadableContentError, for whatever the library makes of a damaged file.
    """
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    from pypdf import PdfReader

    found = FoundContent()
    try:
        reader = PdfReader(io.BytesIO(data), strict=False)
        if reader.is_encrypted:
            raise UnreadableContentError("is protected by a password")
        _inspect_properties(reader, found)
        _inspect_catalog(reader, found)
        _inspect_pages(reader, found)
    except (UnreadableContentError, MemoryError):
        raise
    except Exception as error:  # a hostile file may bring the library to raise anything
        raise UnreadableContentError("is damaged") from error
    _inspect_ends(data, found)
    return FileReport(hidden=tuple(found.hidden), names=tuple(found.names))


def _inspect_properties(reader: PdfReader, found: FoundContent) -> None:
    for key, value in (_resolve(reader.trailer.get("/Info")) or {}).items():
        text = str(_resolve(value)).strip()
        is_path = any(path in text for path in _PATHS)
        if text and (key not in _HARMLESS or is_path):
            found.add_name("the path of a file" if is_path else _WORDS.get(key, "words in its properties"))
    metadata = _resolve(_catalog(reader).get("/Metadata"))
    if metadata is None:
        return
    packet = metadata.get_data()
    if len(packet) > _MAX_METADATA:
        raise UnreadableContentError("has more properties than are looked into")
    texts = read_texts(_trim_packet(packet))
    for name, key in _XMP_WORDS.items():
        found.add_name(_WORDS[key], when=texts.get(name))
    found.add_name("words in its properties", when=texts.get("description") or texts.get("Keywords"))
    found.add_name("the path of a file", when=any(path in text for text in texts.values() for path in _PATHS))


def _trim_packet(packet: bytes) -> bytes:
    """XMP without the bytes that fill it up."""
    return packet.strip(b" \t\r\n\0")


def _catalog(reader: PdfReader) -> Any:
    return _resolve(reader.trailer["/Root"])


def _inspect_catalog(reader: PdfReader, found: FoundContent) -> None:
    catalog = _catalog(reader)
    names = _resolve(catalog.get("/Names")) or {}
    found.add_hidden("attached files", when="/EmbeddedFiles" in names or "/AF" in catalog or "/Collection" in catalog)
    opening = _resolve(catalog.get("/OpenAction"))
    is_program = isinstance(opening, dict) and opening.get("/S") in ("/JavaScript", "/Launch")
    found.add_hidden("programs", when="/JavaScript" in names or "/AA" in catalog or is_program)
    layers = _resolve(catalog.get("/OCProperties")) or {}
    default = _resolve(layers.get("/D")) or {}
    is_off = bool(_resolve(default.get("/OFF"))) or default.get("/BaseState") == "/OFF"
    found.add_hidden("hidden layers", when=is_off)
    found.add_hidden("data of a program", when="/PieceInfo" in catalog)
    form = _resolve(catalog.get("/AcroForm")) or {}
    found.add_hidden("a form with data", when="/XFA" in form)


def _inspect_pages(reader: PdfReader, found: FoundContent) -> None:
    if len(reader.pages) > _MAX_PAGES:
        raise UnreadableContentError("has too many pages")
    seen = 0
    for page in reader.pages:
        found.add_hidden("data of a program", when="/PieceInfo" in page)
        found.add_hidden("programs", when="/AA" in page)
        for annotation in _list_items(page.get("/Annots")):
            seen += 1
            found.add_hidden("comments", when=annotation.get("/Subtype") not in _PLAIN_ANNOTATIONS)
            action = _resolve(annotation.get("/A")) or {}
            found.add_hidden("programs", when="/AA" in annotation or action.get("/S") in ("/JavaScript", "/Launch"))
        for picture in _list_pictures(page):
            seen += 1
            found.add_hidden("a picture that may say where it was taken", when=_has_place(picture))
        if seen > _MAX_OBJECTS:
            raise UnreadableContentError("has too many parts")


def _list_items(value: Any) -> Iterator[Any]:
    return (item for each in _resolve(value) or () if isinstance(item := _resolve(each), dict))


def _list_pictures(page: Any) -> Iterator[Any]:
    resources = _resolve(page.get("/Resources")) or {}
    objects = _resolve(resources.get("/XObject")) or {}
    pictures = (_resolve(value) for value in objects.values())
    return (each for each in pictures if isinstance(each, dict) and each.get("/Subtype") == "/Image")


def _has_place(picture: Any) -> bool:
    """Whether a picture has metadata of its own, or is a JPEG file that may say where it was taken."""
    if "/Metadata" in picture:
        return True
    if _resolve(picture.get("/Filter")) not in ("/DCTDecode", ["/DCTDecode"]):
        return False
    try:
        return strip_picture(picture._data).has_place  # as they are in the file: pypdf would decode them
    except UnreadableContentError:
        return False


def _inspect_ends(data: bytes, found: FoundContent) -> None:
    """What is around the document, and what was changed after its end.

    Objects behind the first end replace earlier ones, which are still there. A file for the web has two ends from the
    start, and some programs write a second one without objects.
    """
    ends = [each.end() for each in _END.finditer(data)]
    usual = 2 if b"/Linearized" in data[:1024] else 1
    found.add_hidden("an earlier version", when=len(ends) > usual and _OBJECT.search(data, ends[usual - 1]))
    found.add_hidden("data after its end", when=not ends or data[ends[-1] :].strip(b" \t\r\n\0"))
    found.add_hidden("data before its start", when=not data.startswith(SIGNATURE))


def _resolve(value: Any) -> Any:
    """The object that a reference leads to, or the value itself."""
    return value.get_object() if hasattr(value, "get_object") else value
