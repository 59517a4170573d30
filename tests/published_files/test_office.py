"""What is hidden in office documents, and documents that are not looked into."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.comments import Comment

from plansite.model.evidence.file_report import NOTHING_FOUND, FileReport
from plansite.published_files.inspect import inspect_file
from tests.examples import examples
from tests.published_files.documents import build_text_document, build_workbook, build_zip
from tests.published_files.pictures import laden, picture, save


def _inspect(data: bytes) -> FileReport:
    return inspect_file("evidence/a.bin", data)


def _workbook(change: Callable[[openpyxl.Workbook], object]) -> bytes:
    book = openpyxl.Workbook()
    book.create_sheet("Second")
    change(book)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _set(book: openpyxl.Workbook, name: str, value: object) -> None:
    setattr(book["Second"], name, value)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda book: _set(book, "sheet_state", "hidden"), "hidden sheets"),
        (lambda book: _set(book, "sheet_state", "veryHidden"), "hidden sheets"),
        (lambda book: setattr(book.active.row_dimensions[3], "hidden", True), "hidden rows"),
        (lambda book: setattr(book.active.column_dimensions["B"], "hidden", True), "hidden columns"),
        (lambda book: setattr(book.active["A1"], "comment", Comment("Ask Ann", "Jo")), "comments"),
    ],
)
def test_hidden_parts_of_a_workbook(change: Callable[[openpyxl.Workbook], object], words: str) -> None:
    """As openpyxl writes them."""
    assert _inspect(_workbook(change)).hidden == (words,)


def test_a_workbook_without_secrets() -> None:
    """A program is no author, and a sheet that shows is no finding."""
    assert _inspect(_workbook(lambda _: None)) == NOTHING_FOUND


def test_names_in_a_workbook() -> None:
    """Author, who saved it last, and the folder in which it lay."""
    report = _inspect(_workbook(lambda book: setattr(book.properties, "creator", "Ann Lee")))
    assert report.names == ("the name of its author",)
    path = '<absPath xmlns="x" url="C:\\Users\\ann\\"/>'
    assert _inspect(build_workbook(path)).names == ("the folder in which it lay",)


@pytest.mark.parametrize(
    ("sheet", "words"),
    [
        ('<sheetFormatPr zeroHeight="1"/>', "hidden rows"),
        ('<sheetData><row r="1" ht="0"/></sheetData>', "hidden rows"),
        ('<sheetData><row r="1" hidden="true"/></sheetData>', "hidden rows"),
        ('<cols><col min="1" max="1" width="0"/></cols>', "hidden columns"),
        ('<scenarios><scenario name="A"/></scenarios>', "scenarios"),
    ],
)
def test_rows_and_columns_that_do_not_show(sheet: str, words: str) -> None:
    """Hidden by their height or width as well."""
    assert _inspect(build_workbook(sheet=sheet)).hidden == (words,)
    assert _inspect(build_workbook(sheet='<cols><col width="9"/></cols><sheetFormatPr/>')) == NOTHING_FOUND


@pytest.mark.parametrize(
    ("part", "words"),
    [
        ("xl/pivotCache/pivotCacheDefinition1.xml", "stored data of pivot tables"),
        ("xl/externalLinks/externalLink1.xml", "data from other workbooks"),
        ("xl/threadedComments/threadedComment1.xml", "comments"),
        ("xl/revisions/revisionHeaders.xml", "tracked changes"),
        ("xl/embeddings/oleObject1.bin", "embedded files"),
        ("xl/vbaProject.bin", "programs (macros)"),
        ("xl/connections.xml", "connections to other data"),
        ("customXml/item1.xml", "data of other programs"),
    ],
)
def test_parts_that_do_not_show(part: str, words: str) -> None:
    """Whatever is in them, in whichever capitals their names are written."""
    for name in (part, part.upper()):
        assert _inspect(build_workbook(**{name: "<a/>"})).hidden == (words,)


def _author(name: str) -> dict[str, str]:
    return {"docProps/core.xml": f'<p xmlns:d="d"><d:creator>{name}</d:creator></p>'}


def test_a_text_document() -> None:
    """Nothing, a name, the name of a program, and pictures that may say where they were taken or do not."""
    assert _inspect(build_text_document("<w:p><w:r><w:t>Seen</w:t></w:r></w:p>")) == NOTHING_FOUND
    assert _inspect(build_text_document(**_author("Ann Lee"))).names == ("the name of its author",)
    assert _inspect(build_text_document(**_author("python-docx"))) == NOTHING_FOUND
    place = _inspect(build_text_document(**{"word/media/image1.jpg": laden("JPEG")}))
    assert place.hidden == ("a picture that may say where it was taken",)
    assert _inspect(build_text_document(**{"word/media/image1.png": save(picture(), "PNG")})) == NOTHING_FOUND


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ('<w:p><w:ins w:author="Ann"><w:r><w:t>new</w:t></w:r></w:ins></w:p>', "tracked changes"),
        ('<w:p><w:del w:author="Ann"><w:r><w:delText>old</w:delText></w:r></w:del></w:p>', "tracked changes"),
        ("<w:p><w:moveFrom/></w:p>", "tracked changes"),
        ('<w:p><w:pPr><w:pPrChange w:author="Ann"/></w:pPr></w:p>', "tracked changes"),
        ("<w:r><w:rPr><w:vanish/></w:rPr></w:r>", "hidden text"),
    ],
)
def test_hidden_parts_of_a_text(body: str, words: str) -> None:
    """In the body, in a header, and in a footnote."""
    assert _inspect(build_text_document(body)).hidden == (words,)
    part = f'<w:hdr xmlns:w="w">{body}</w:hdr>'
    for name in ("word/header2.xml", "word/footnotes.xml"):
        assert _inspect(build_text_document(**{name: part})).hidden == (words,)


def test_text_that_is_not_hidden() -> None:
    """A style that is switched off, a comment part without comments, and links to web pages."""
    relations = (
        '<Relationships><Relationship Type="http://x/hyperlink" Target="https://example.org" TargetMode="External"/>'
        "</Relationships>"
    )
    parts = {"word/comments.xml": "<w:comments xmlns:w='w'/>", "word/_rels/document.xml.rels": relations}
    assert _inspect(build_text_document('<w:rPr><w:vanish w:val="0"/></w:rPr>', **parts)) == NOTHING_FOUND
    elsewhere = relations.replace("https://example.org", "file:///S:/Residents/list.docx")
    report = _inspect(build_text_document(**{"word/_rels/document.xml.rels": elsewhere}))
    assert report.hidden == ("links to files elsewhere",)


_SLIDE = '<p:sld xmlns:p="p" xmlns:a="a"{}><a:t>Seen</a:t></p:sld>'


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        ({"ppt/slides/slide2.xml": _SLIDE.format(' show="0"')}, "hidden slides"),
        (
            {"ppt/notesSlides/notesSlide1.xml": '<p:notes xmlns:p="p" xmlns:a="a"><a:t>Say</a:t></p:notes>'},
            "notes of the speaker",
        ),
        ({"ppt/comments/comment1.xml": "<a/>"}, "comments"),
    ],
)
def test_hidden_parts_of_slides(parts: dict[str, str], words: str) -> None:
    """Slides that are not shown, and what is said beside them."""
    base = {"ppt/presentation.xml": "<p/>", "ppt/slides/slide1.xml": _SLIDE.format("")}
    assert _inspect(build_zip(base)) == NOTHING_FOUND
    assert _inspect(build_zip({**base, **parts})).hidden == (words,)


_ODF = '<office:document xmlns:office="o" xmlns:text="t" xmlns:table="b" xmlns:style="s" xmlns:meta="m" xmlns:dc="d">{}</office:document>'


def _open_document(content: str = "", meta: str = "", **parts: str) -> bytes:
    base = {"mimetype": "application/vnd.oasis.opendocument.text"}
    return build_zip({**base, "content.xml": _ODF.format(content), "meta.xml": _ODF.format(meta), **parts})


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("<text:tracked-changes><text:changed-region/></text:tracked-changes>", "tracked changes"),
        ("<office:annotation><text:p>Ask</text:p></office:annotation>", "comments"),
        ('<table:table-row table:visibility="collapse"/>', "hidden rows"),
        ('<table:table-column table:visibility="filter"/>', "hidden columns"),
        ('<style:style><style:table-properties table:display="false"/></style:style>', "hidden sheets"),
        ('<style:text-properties text:display="none"/>', "hidden text"),
        ("<text:hidden-paragraph/>", "hidden text"),
        ("<table:cell-range-source/>", "links to files elsewhere"),
    ],
)
def test_hidden_parts_of_an_open_document(content: str, words: str) -> None:
    """In the content, and in the styles."""
    assert _inspect(_open_document()) == NOTHING_FOUND
    assert _inspect(_open_document(content)).hidden == (words,)
    assert _inspect(_open_document(**{"styles.xml": _ODF.format(content)})).hidden == (words,)


def test_names_and_versions_in_an_open_document() -> None:
    """Those of its properties, and what it kept of earlier states."""
    meta = "<meta:initial-creator>Ann</meta:initial-creator><dc:creator>Jo</dc:creator>"
    assert _inspect(_open_document(meta=meta)).names == ("the name of its author", "the name of who saved it last")
    assert _inspect(_open_document(**{"VersionList.xml": "<a/>"})).hidden == ("earlier versions",)


_BOMB = '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]><a>&b;</a>'


def _protected() -> bytes:
    data = bytearray(build_workbook())
    for start in (b"PK\x03\x04", b"PK\x01\x02"):
        at = data.index(start) + (6 if start.endswith(b"\x04") else 8)
        data[at] |= 1
    return bytes(data)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (build_workbook(**{"docProps/custom.xml": _BOMB}), "has a document type, which no office program writes"),
        (build_workbook(**{"xl/worksheets/sheet2.xml": "<a>" * 3_000}), "has parts that are nested too deeply"),
        (build_workbook(**{"xl/worksheets/sheet2.xml": " " * 40_000_000}), "is too large to be looked into"),
        (build_workbook(**{"xl/worksheets/sheet2.xml": "<a>"}), "is damaged"),
        (build_workbook()[:-30], "is damaged"),
        (build_workbook() + b"more", "is not a plain office document"),
        (build_zip({"readme.txt": "x"}), "is not a plain office document"),
        (build_zip({"xl/workbook.xml": "<a/>", "word/document.xml": "<a/>"}), "is not a plain office document"),
        (build_zip({f"{number}.xml": "" for number in range(5_001)}), "has too many parts"),
        (_protected(), "is protected by a password"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
            "is protected by a password, or was saved by an old program",
        ),
        (_open_document(**{"META-INF/manifest.xml": "<m><encryption-data/></m>"}), "is protected by a password"),
        (b"PK\x03\x04 and no more", "is damaged"),
    ],
)
def test_documents_that_are_not_looked_into(data: bytes, words: str) -> None:
    """Bombs, damage, passwords and archives of other kinds are refused in words."""
    assert _inspect(data) == FileReport(unreadable=words)


def test_parts_with_one_name_are_refused() -> None:
    """Programs do not agree which of them counts."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in ("xl/workbook.xml", "XL/Workbook.xml"):
            archive.writestr(name, "<a/>")
    assert _inspect(buffer.getvalue()).unreadable


_WORKBOOK = _workbook(lambda book: setattr(book.properties, "creator", "Ann Lee"))


@given(st.data())
@settings(max_examples=examples(400))
def test_hostile_archives_never_raise(data: st.DataObject) -> None:
    """Whatever is changed in one."""
    changed = bytearray(_WORKBOOK)
    for _ in range(data.draw(st.integers(1, 5))):
        at = data.draw(st.integers(0, len(changed) - 1))
        changed[at : at + data.draw(st.integers(0, 8))] = data.draw(st.binary(max_size=8))
    assert isinstance(_inspect(bytes(changed)), FileReport)
