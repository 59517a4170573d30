"""Files of Word documents (DOCX), which python-docx writes. It is needed only where a document is written."""

from __future__ import annotations

import importlib.util

from plansite.exports.office_files import MissingExportError, store_without_compression
from plansite.exports.word.blocks import WordDocument


def require_document_library() -> None:
    """Raise MissingExportError unless Word documents can be written here."""
    if importlib.util.find_spec("docx") is None:
        raise MissingExportError("a Word document", "python-docx")


def format_word_document(document: WordDocument) -> bytes:
    """The file of a document (DOCX). The same document gives the same bytes. Raises MissingExportError."""
    require_document_library()
    from plansite.exports.word.writer import write_document

    return store_without_compression(write_document(document))
