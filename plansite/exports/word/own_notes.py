"""What plansite works out itself and writes into cells of a register, such as "Overdue by 6 days.".

An import must not take it for something that people wrote. Such notes are paragraphs of a style of their own, and a
part of the document has a digest of each: a note that somebody has changed is another text, and is read like any other.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from plansite.deferred_pattern import compile_lazily
from plansite.exports.word.blocks import Paragraph
from plansite.exports.word.style_names import REGISTER_NOTE

#: The part of the document with the digests, and its namespace.
NOTES_PART = "customXml/item1.xml"
NOTES_NAMESPACE = "urn:plansite:register-notes:1"
_DIGEST = compile_lazily(rb"\b[0-9a-f]{16}\b")


def compute_note_digest(text: str) -> str:
    """The digest of a note, whatever blanks are between its words."""
    return hashlib.sha256(" ".join(text.split()).encode("utf-8", "replace")).hexdigest()[:16]


def render_notes_part(paragraphs: Iterable[Paragraph]) -> str:
    """The part with the digests of the notes among paragraphs, each once, in an order that says nothing."""
    digests = sorted({compute_note_digest(each.text) for each in paragraphs if each.style == REGISTER_NOTE})
    return f'<notes xmlns="{NOTES_NAMESPACE}">{" ".join(digests)}</notes>'


def parse_notes_part(content: bytes) -> frozenset[str] | None:
    """The digests in such a part; None for a part that is about something else."""
    if NOTES_NAMESPACE.encode() not in content:
        return None
    return frozenset(found.decode() for found in _DIGEST.findall(content))
