"""The links of a document that may lead to a file beside the content."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from typing import NamedTuple

from plansite.model.documents.action import Action
from plansite.model.documents.incident import Incident
from plansite.model.site import Document, FrontPage


class FileLink(NamedTuple):
    """A link as written, the folders that it may count from, the first that has the file first, and its line."""

    target: str
    folders: tuple[str, ...]
    line: int


def list_file_links(document: Document | FrontPage) -> Iterator[FileLink]:
    """The links of a document's text, and its evidence; web addresses and links within the page may be among them.

    Evidence counts from the plan's folder, or else from that of the document.
    """
    folder = posixpath.dirname(document.path)
    for link in document.body.links:
        yield FileLink(link.target, (folder,), link.line)
    if isinstance(document, Action | Incident):
        line = next((line for name, line in document.lines if name == "evidence"), 1)
        for evidence in document.evidence:
            if evidence.url:
                yield FileLink(evidence.url, ("/".join(document.path.split("/")[:3]), folder), line)
