"""The notes that plansite works out are known again in a document, as long as nobody changes them."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from plansite.exports.word import style_names
from plansite.exports.word.blocks import build_paragraph
from plansite.exports.word.own_notes import NOTES_PART, compute_note_digest, parse_notes_part, render_notes_part
from plansite.exports.word.plan_document import format_word_register
from tests.exports.word.documents import load, read, select


def test_every_note_of_a_register_has_a_digest(tmp_path: Path) -> None:
    """And nothing else has: neither what people wrote, nor a note to which somebody added a word."""
    data = format_word_register(select(load(tmp_path), "warm"))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        digests = parse_notes_part(archive.read(NOTES_PART))
    assert digests is not None
    cells = [cell for table in read(data).tables for row in table.rows for cell in row.cells]
    paragraphs = [paragraph for cell in cells for paragraph in cell.paragraphs]
    known = [each.text for each in paragraphs if compute_note_digest(each.text) in digests]
    assert known == [each.text for each in paragraphs if each.style.name == "Register note"]
    assert {"Overdue by 6 days.", "No date", "First due 10 January 2025", "1 more note on the site"} <= set(known)
    assert compute_note_digest("Overdue by 6 days. The part is late.") not in digests


@given(st.lists(st.text(max_size=20)))
def test_the_part_comes_back(texts: list[str]) -> None:
    """Blanks between words make no difference, because programs change them."""
    part = render_notes_part(build_paragraph(text, style_names.REGISTER_NOTE) for text in texts)
    assert (parse_notes_part(part.encode()) or set()) == {compute_note_digest(f" {text}\n") for text in texts}


def test_a_part_of_another_program_has_none() -> None:
    assert parse_notes_part(b"<notes>0123456789abcdef</notes>") is None
