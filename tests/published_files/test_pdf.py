"""What is hidden in PDF files, and files that are not looked into."""

from __future__ import annotations

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter

from plansite.model.evidence.file_report import NOTHING_FOUND, FileReport
from plansite.published_files.inspect import inspect_file
from tests.examples import examples
from tests.published_files.documents import PDF, build_pdf
from tests.published_files.pictures import laden


def _inspect(data: bytes | str) -> FileReport:
    return inspect_file("evidence/a.pdf", data if isinstance(data, bytes) else data.encode("latin-1"))


def _annotation(fields: str) -> str:
    return build_pdf(page="/Annots[5 0 R]", more=(f"<</Type/Annot{fields}>>",))


def test_a_plain_file() -> None:
    """Names of programs, dates, links and fields of forms are nothing to report."""
    assert _inspect(PDF) == NOTHING_FOUND
    assert _inspect(build_pdf(info="/Producer(LibreOffice)/Creator(Writer)/CreationDate(D:2025)")) == NOTHING_FOUND
    assert _inspect(_annotation("/Subtype/Link/A<</S/URI/URI(https://example.org)>>")) == NOTHING_FOUND
    assert _inspect(_annotation("/Subtype/Widget")) == NOTHING_FOUND


@pytest.mark.parametrize(
    ("info", "words"),
    [
        ("/Author(Ann Lee)", "the name of its author"),
        ("/Title(Care plan of Mrs Smith)", "a title in its properties"),
        ("/Company(Riverside)", "the name of an organisation"),
        ("/Keywords(room 12)", "words in its properties"),
        ("/Creator(C:\\\\Users\\\\ann\\\\plan.doc)", "the path of a file"),
    ],
)
def test_properties(info: str, words: str) -> None:
    """Those that tell of people, and none that is empty."""
    assert _inspect(build_pdf(info=info)).names == (words,)
    assert _inspect(build_pdf(info="/Author()/Title( )")) == NOTHING_FOUND


def _with_metadata(packet: str) -> str:
    stream = f"<</Type/Metadata/Subtype/XML/Length {len(packet)}>>stream\n{packet}\nendstream"
    return build_pdf(catalog="/Metadata 5 0 R", more=(stream,))


def test_properties_in_xmp() -> None:
    """The same in the other place where programs write them."""
    packet = (
        '<?xpacket begin=""?><x xmlns:dc="d" xmlns:rdf="r"><dc:creator><rdf:Seq><rdf:li>Ann</rdf:li></rdf:Seq>'
        "</dc:creator></x><?xpacket end='w'?>"
    )
    assert _inspect(_with_metadata(packet)).names == ("the name of its author",)
    assert _inspect(_with_metadata("<x/>")) == NOTHING_FOUND
    assert _inspect(_with_metadata("<!DOCTYPE x [<!ENTITY a 'a'>]><x>&a;</x>")).unreadable


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (_annotation("/Subtype/Text/Contents(Ask Ann)"), "comments"),
        (_annotation("/Subtype/Highlight"), "comments"),
        (_annotation("/Subtype/FileAttachment"), "comments"),
        (_annotation("/Subtype/Link/A<</S/JavaScript/JS(app.alert)>>"), "programs"),
        (build_pdf(catalog="/OpenAction<</S/JavaScript/JS(x)>>"), "programs"),
        (build_pdf(catalog="/Names<</EmbeddedFiles<</Names[]>>>>"), "attached files"),
        (
            build_pdf(catalog="/OCProperties<</OCGs[5 0 R]/D<</OFF[5 0 R]>>>>", more=("<</Type/OCG/Name(A)>>",)),
            "hidden layers",
        ),
        (build_pdf(page="/PieceInfo<<>>"), "data of a program"),
        (f"{PDF}more", "data after its end"),
        (f"more{PDF}", "data before its start"),
        (f"{PDF}5 0 obj\n<<>>\nendobj\ntrailer\n<</Root 1 0 R/Size 6>>\nstartxref\n0\n%%EOF\n", "an earlier version"),
    ],
)
def test_hidden_content(data: str, words: str) -> None:
    """Each way in which a file holds more than its pages show."""
    assert words in _inspect(data).hidden


def test_a_second_end_without_objects_is_no_earlier_version() -> None:
    """Some programs write one."""
    assert _inspect(f"{PDF}xref\n0 0\ntrailer\n<</Root 1 0 R/Size 5/Prev 9>>\nstartxref\n9\n%%EOF\n").hidden == ()


def _with_picture(data: bytes, more: str = "") -> bytes:
    head = f"<</Subtype/Image/Filter/DCTDecode/Length {len(data)}{more}>>stream\n"
    content = head + data.decode("latin-1") + "\nendstream"
    return build_pdf(page="/Resources<</XObject<</A 5 0 R>>>>", more=(content,)).encode("latin-1")


def test_pictures_may_say_where_they_were_taken() -> None:
    """In the JPEG file that a page shows."""
    assert _inspect(_with_picture(laden("JPEG"))).hidden == ("a picture that may say where it was taken",)


def test_what_a_library_writes() -> None:
    """A file by pypdf, one with a password, and one with an attachment."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(PDF.encode())))
    buffer = io.BytesIO()
    writer.write(buffer)
    assert _inspect(buffer.getvalue()).is_clean
    writer.add_attachment("a.txt", b"secret")
    buffer = io.BytesIO()
    writer.write(buffer)
    assert _inspect(buffer.getvalue()).hidden == ("attached files",)
    writer.encrypt("secret")
    buffer = io.BytesIO()
    writer.write(buffer)
    assert _inspect(buffer.getvalue()).unreadable == "is protected by a password"


@pytest.mark.parametrize("data", ["%PDF-1.4\n", "%PDF-1.4\ntrailer<</Root 9 0 R>>\nstartxref\n0\n%%EOF", PDF[:150]])
def test_damaged_files_are_refused(data: str) -> None:
    """In words, whatever the library raises."""
    assert _inspect(data).unreadable == "is damaged"


_RICH = build_pdf(
    page="/Annots[5 0 R]/Resources<</XObject<</A 6 0 R>>>>",
    info="/Author(Ann)",
    more=("<</Type/Annot/Subtype/Text/Contents(Ask)>>", "<</Subtype/Image>>"),
)


@given(st.data())
@settings(max_examples=examples(300))
def test_hostile_files_never_raise(data: st.DataObject) -> None:
    """Whatever is changed in one."""
    changed = bytearray(_RICH.encode())
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(8, len(changed) - 1))
        changed[at : at + data.draw(st.integers(0, 6))] = data.draw(st.binary(max_size=6))
    assert isinstance(_inspect(bytes(changed)), FileReport)
