"""Addresses in the texts of cells: readers put the address of a link in angle brackets behind its words."""

from __future__ import annotations

import re

from plansite.deferred_dataclass import dataclass
from plansite.deferred_pattern import compile_lazily

#: An address of the web, alone or in angle brackets.
_WEB_LINK = compile_lazily(r"<(https?://[^\s<>]+)>|(https?://[^\s<>\"|]+)", re.IGNORECASE)
#: Any address in angle brackets: also that of a file, such as `Evidence/audit.pdf`.
_ADDRESS = compile_lazily(r"[ \t]?<(?:https?://[^\s<>]+|[^\s<>][^<>\n]*[./\\][^<>\n]*)>")
_BETWEEN = " \t\n|,;:.-–—•*·()[]"


@dataclass(frozen=True, slots=True)
class TextLink:
    """An address, and the words before it that name it."""

    words: str
    address: str


def split_links(text: str) -> tuple[tuple[TextLink, ...], str]:
    """The links to the web in a text, each with the words before it, and the words after the last of them."""
    links: list[TextLink] = []
    end = 0
    for found in _WEB_LINK.finditer(text) if "://" in text else ():
        address, after = strip_address(found[1] or found[2])
        links.append(TextLink(" ".join(text[end : found.start()].split()).strip(_BETWEEN), address))
        end = found.end() - len(after)
    return tuple(links), " ".join(text[end:].split()).strip(_BETWEEN)


def strip_address(address: str) -> tuple[str, str]:
    """An address without the punctuation that ends the sentence around it, and that punctuation."""
    stripped = address.rstrip(".,;:!?'*")
    while stripped.endswith(")") and stripped.count(")") > stripped.count("("):
        stripped = stripped[:-1].rstrip(".,;:!?'*")
    return stripped, address[len(stripped) :]


def remove_addresses(text: str) -> str:
    """A text without the addresses of its links; the text as it is if it is nothing else."""
    return _ADDRESS.sub("", text).strip() or text if "<" in text else text
