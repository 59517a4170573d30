"""Reads the XML parts of office documents, without entities and no deeper than they are."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from xml.parsers import expat

from plansite.published_files.errors import UnreadableContentError

#: Called with the local name of an element and its attributes by local name, for each element that begins.
OnElement = Callable[[str, Mapping[str, str]], None]
_MAX_DEPTH = 2_000
_SEPARATOR = "\n"


def scan_xml(part: bytes, on_element: OnElement) -> None:
    """Call `on_element` for each element of an XML part, in order. Raises UnreadableContentError.

    A document type is refused: it can define entities, which multiply.
    """
    depth = 0

    def begin(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > _MAX_DEPTH:
            raise UnreadableContentError("has parts that are nested too deeply")
        on_element(
            _local(name), {_local(key): value for key, value in attributes.items()} if attributes else attributes
        )

    def end(_: str) -> None:
        nonlocal depth
        depth -= 1

    parser = _create_parser()
    parser.StartElementHandler, parser.EndElementHandler = begin, end
    _parse(parser, part)


def read_texts(part: bytes) -> dict[str, str]:
    """The texts of a flat XML part, such as the properties of a document, by the local names of their elements."""
    texts: dict[str, list[str]] = {}
    names: list[str] = []

    def begin(name: str, _: dict[str, str]) -> None:
        if len(names) > _MAX_DEPTH:
            raise UnreadableContentError("has parts that are nested too deeply")
        names.append(_local(name))

    def end(_: str) -> None:
        names.pop()

    def add(text: str) -> None:
        if names:
            texts.setdefault(names[-1], []).append(text)

    parser = _create_parser()
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = begin, end, add
    _parse(parser, part)
    return {name: text for name, parts in texts.items() if (text := "".join(parts).strip())}


def _create_parser() -> expat.XMLParserType:
    parser = expat.ParserCreate(namespace_separator=_SEPARATOR)
    parser.buffer_text = True

    def refuse(*_: object) -> None:
        raise UnreadableContentError("has a document type, which no office program writes")

    parser.StartDoctypeDeclHandler = refuse
    return parser


def _parse(parser: expat.XMLParserType, part: bytes) -> None:
    if not part:
        return
    try:
        parser.Parse(part, True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise UnreadableContentError("is damaged") from error


def _local(name: str) -> str:
    return name.rpartition(_SEPARATOR)[2]
