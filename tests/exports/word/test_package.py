"""The file of a Word document: valid for other programs, accessible, and the same each time."""

from __future__ import annotations

import io
import re
import sys
import zipfile
from pathlib import Path
from typing import Any

import lxml.etree
import pytest
from hypothesis import given
from hypothesis import strategies as st

from plansite.content.site_content import load_site
from plansite.exports.office_files import MissingExportError
from plansite.exports.word import style_names as names
from plansite.exports.word.blocks import ListItem, Paragraph, Run, WordColumn, WordRow, WordTable, build_paragraph
from plansite.exports.word.plan_document import format_word_register
from plansite.model.assessment import SiteOnDate
from tests.exports.word.documents import DAY, WORD, build, list_rows, load, parse_parts, read, select

#: The order in which the file format wants the properties that documents have (ISO/IEC 29500-1, 17.3 to 17.7).
_ORDERS = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore numPr tabs bidi spacing ind outlineLvl",
    "rPr": "rStyle rFonts b bCs i iCs color sz szCs u rtl lang",
    "tblPr": "tblStyle tblInd tblW tblBorders tblLayout tblCellMar tblLook tblCaption tblDescription",
    "tcPr": "tcW tcBorders shd vAlign",
    "tblBorders": "top left bottom right insideH insideV",
    "tblCellMar": "top left bottom right",
    "sectPr": "headerReference footerReference pgSz pgMar titlePg",
    "style": "name basedOn next uiPriority semiHidden unhideWhenUsed qFormat rsid pPr rPr tblPr tblStylePr",
    "lvl": "start numFmt lvlText lvlJc pPr",
    "settings": "compat themeFontLang",
    "numbering": "abstractNum num",
    "styles": "docDefaults style",
}


@pytest.fixture(scope="module")
def parts(project: Path) -> dict[str, Any]:
    """The parts of a file about all plans of the demonstration."""
    site = SiteOnDate(load_site(project), DAY)
    return parse_parts(format_word_register(select(site)))


def test_properties_are_in_the_order_of_the_format(parts: dict[str, Any]) -> None:
    """Word calls a file damaged in which they are in another."""
    seen = set()
    for root in parts.values():
        for element in root.iter():
            tag = str(element.tag).removeprefix(WORD)
            order = _ORDERS.get(tag, "").split()
            children = [str(child.tag).removeprefix(WORD) for child in element] if order else []
            positions = [order.index(child) for child in children]
            assert positions == sorted(positions), (tag, children)
            seen |= {tag} if order else set()
    assert seen == set(_ORDERS)


def test_nothing_of_the_template_of_the_library_is_left(parts: dict[str, Any]) -> None:
    """Neither its parts, nor its styles, nor what it says of itself."""
    assert sorted(name for name in parts if not name.endswith(".rels")) == [
        "[Content_Types].xml", "customXml/item1.xml", "customXml/itemProps1.xml", "docProps/core.xml",
        "word/document.xml", "word/footer1.xml", "word/footer2.xml", "word/header1.xml", "word/header2.xml",
        "word/numbering.xml", "word/settings.xml", "word/styles.xml",
    ]  # fmt: skip
    facts = {str(each.tag).split("}")[1]: each.text for each in parts["docProps/core.xml"]}
    assert facts == {
        "title": "Riverside shared action plans",
        "subject": "Register of actions, as at 20 January 2025",
        "creator": "plansite",
        "created": "2025-01-20T00:00:00Z",
        "modified": "2025-01-20T00:00:00Z",
        "language": "en-GB",
    }
    keys = {value for key, value in vars(names).items() if key.isupper() and isinstance(value, str)}
    styles = {each.get(f"{WORD}styleId") for each in parts["word/styles.xml"].iter(f"{WORD}style")}
    assert styles <= keys | set(names.HEADINGS) | {"DefaultParagraphFont", "TableNormal", "NoList"}
    texts = b"".join(lxml.etree.tostring(root) for root in parts.values())
    assert b"en-US" not in texts
    assert b"Theme=" not in texts


def test_a_long_title() -> None:
    """Programs show no more of it in the properties than python-docx allows; on the pages it is whole."""
    title = "Warm rooms " * 40
    document = read(build(build_paragraph("x"), title=title))
    assert document.core_properties.title == title[:255]
    assert document.sections[0].header.paragraphs[0].text == title


def test_without_the_library(monkeypatch: pytest.MonkeyPatch) -> None:
    """The message names it, and the command that installs it."""
    monkeypatch.setitem(sys.modules, "docx", None)
    with pytest.raises(
        MissingExportError, match=r"a Word document needs .* python-docx; .* pip install 'plansite\[export\]'"
    ):
        build(build_paragraph("x"))


def test_every_style_and_list_is_there(parts: dict[str, Any]) -> None:
    """What the text refers to is defined, under a key that is used once."""
    styles = [each.get(f"{WORD}styleId") for each in parts["word/styles.xml"].iter(f"{WORD}style")]
    used = {
        each.get(f"{WORD}val")
        for root in parts.values()
        for tag in ("pStyle", "rStyle", "tblStyle", "basedOn", "next")
        for each in root.iter(f"{WORD}{tag}")
    }
    assert len(styles) == len(set(styles))
    assert used <= set(styles)


def test_every_part_has_a_type_and_is_led_to(parts: dict[str, Any]) -> None:
    """A part that nothing refers to is lost when Word saves the document."""
    types = {each.get("PartName") for each in parts["[Content_Types].xml"]} - {None}
    assert types == {f"/{name}" for name in parts if not name.endswith(("rels", "[Content_Types].xml", "item1.xml"))}
    targets = set()
    for name, root in parts.items():
        if name.endswith(".rels"):
            folder = Path(name).parent.parent
            targets |= {str(folder / each.get("Target")).replace("word/../", "") for each in root}
    assert targets == {name for name in parts if not name.endswith((".rels", "[Content_Types].xml"))}


def test_a_table_is_accessible(parts: dict[str, Any]) -> None:
    """Its first row is marked as the heading, no row is split, and it has a title and a description."""
    tables = list(parts["word/document.xml"].iter(f"{WORD}tbl"))
    assert len(tables) > 10
    for table in tables:
        rows = list(table.iter(f"{WORD}tr"))
        heads = [row.find(f"{WORD}trPr/{WORD}tblHeader") is not None for row in rows]
        assert heads == [True] + [False] * (len(rows) - 1)
        assert all(row.find(f"{WORD}trPr/{WORD}cantSplit") is not None for row in rows)
        look = table.find(f"{WORD}tblPr/{WORD}tblLook")
        assert look.get(f"{WORD}firstRow") == "1"
        for tag in ("tblCaption", "tblDescription"):
            assert table.find(f"{WORD}tblPr/{WORD}{tag}").get(f"{WORD}val")


def test_text_is_formatted_by_styles_alone(parts: dict[str, Any]) -> None:
    """So that who does not like the look, or does not see it well, can change it in one place."""
    root = parts["word/document.xml"]
    allowed = {"pPr": {"pStyle", "numPr", "bidi"}, "rPr": {"rStyle", "rtl"}}
    for tag, children in allowed.items():
        found = {str(child.tag).removeprefix(WORD) for each in root.iter(f"{WORD}{tag}") for child in each}
        assert found <= children


def test_the_paper_and_its_head_and_foot() -> None:
    """A4 sideways; the first page has no head, since its title is there; pages are counted."""
    document = read(build(build_paragraph("x"), title="Warm rooms", foot="Riverside"))
    section = document.sections[0]
    assert (round(section.page_width.cm, 1), round(section.page_height.cm, 1)) == (29.7, 21.0)
    assert section.orientation == 1
    assert section.different_first_page_header_footer
    assert section.header.paragraphs[0].text == "Warm rooms"
    assert section.first_page_header.paragraphs[0].text == ""
    for footer in (section.footer, section.first_page_footer):
        fields = [each.get(f"{WORD}instr") for each in footer._element.iter(f"{WORD}fldSimple")]
        assert fields == [" PAGE ", " NUMPAGES "]
        assert footer.paragraphs[0].text.startswith("Riverside\tPage ")


_TEXTS = st.text(st.characters(blacklist_categories=("Cs", "Cc"), blacklist_characters="\ufffe\uffff\u2028\u2029"))


@given(st.lists(_TEXTS, min_size=1, max_size=4), _TEXTS)
def test_every_text_comes_back(texts: list[str], title: str) -> None:
    """Another program reads the same texts, in paragraphs, cells, headings of columns, the title and the head."""
    row = WordRow(tuple((build_paragraph(text),) for text in texts))
    table = WordTable(title=title, description="", columns=tuple(WordColumn(text, 900) for text in texts), rows=(row,))
    document = read(build(table, *map(build_paragraph, texts), title=title))
    assert list_rows(document.tables[0]) == [texts, texts]
    assert [paragraph.text for paragraph in document.paragraphs] == texts
    assert document.core_properties.title == title
    assert document.sections[0].header.paragraphs[0].text == title


def test_what_xml_cannot_have_is_shown_as_missing() -> None:
    """Control characters and half characters; line breaks and tabs are what they are."""
    (paragraph,) = read(build(build_paragraph("a\x00\x1b\ud800\ufffe b\nc\td\r\ne"))).paragraphs
    assert paragraph.text == "a���� b\nc\td\ne"


@pytest.mark.parametrize("text", ['{ HYPERLINK "file:///etc/passwd" }', "<w:fldSimple/>", "=DDE(1)", "&lt;", "]]>"])
def test_a_text_is_never_a_field_or_markup(text: str) -> None:
    data = build(build_paragraph(text), title=text, foot=text)
    assert read(data).paragraphs[0].text == text
    parts = parse_parts(data)
    for name in ("word/document.xml", "word/header1.xml"):
        assert not [each for each in parts[name].iter() if "instr" in str(each.tag).lower() or "fld" in str(each.tag)]


def test_links_lead_outside_and_each_address_is_there_once() -> None:
    address = "https://example.org/?a=1&b=%22"
    links = Paragraph(runs=(Run("One", names.LINK, address), Run("two", names.LINK, address)))
    (paragraph,) = read(build(links)).paragraphs
    assert [link.address for link in paragraph.hyperlinks] == [address, address]
    relationships = parse_parts(build(links))["word/_rels/document.xml.rels"]
    assert [each.get("TargetMode") for each in relationships if each.get("Target") == address] == ["External"]


def test_right_to_left() -> None:
    """A paragraph whose first letter is of such a script begins at the right, and so do its runs."""
    data = build(build_paragraph("1. تدريب"), build_paragraph("Training تدريب"), build_paragraph("– 7"))
    root = parse_parts(data)["word/document.xml"]
    assert [each.find(f"{WORD}pPr/{WORD}bidi") is not None for each in root.iter(f"{WORD}p")] == [True, False, False]
    assert [each.find(f"{WORD}rPr/{WORD}rtl") is not None for each in root.iter(f"{WORD}r")] == [True, False, False]


def test_each_numbered_list_begins_where_it_says() -> None:
    """At its own level; items deeper than the lists of the format go are at the last level."""
    items = [ListItem(1, 0, 5), ListItem(1, 0, 5), ListItem(0, 1), ListItem(2, 9, 1)]
    root = parse_parts(build(*(Paragraph(runs=(Run("x"),), item=item) for item in items)))
    places = [
        (each.find(f"{WORD}ilvl").get(f"{WORD}val"), each.find(f"{WORD}numId").get(f"{WORD}val"))
        for each in root["word/document.xml"].iter(f"{WORD}numPr")
    ]
    assert places == [("0", "2"), ("0", "2"), ("1", "1"), ("4", "3")]
    starts = [each.get(f"{WORD}val") for each in root["word/numbering.xml"].iter(f"{WORD}startOverride")]
    assert starts == ["5", "1"]


def test_the_archive_has_no_time_and_no_compression(tmp_path: Path) -> None:
    """So the bytes depend on nothing but the document."""
    with zipfile.ZipFile(io.BytesIO(format_word_register(select(load(tmp_path), "warm")))) as archive:
        facts = {(member.date_time, member.compress_type) for member in archive.infolist()}
        assert archive.testzip() is None
        assert not re.search(rb"20(?!25-01-)2\d-\d\d-\d\dT", archive.read("docProps/core.xml"))
    assert facts == {((1980, 1, 1, 0, 0, 0), zipfile.ZIP_STORED)}
