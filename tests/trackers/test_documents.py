"""Tables of Word and Markdown documents and text files, with what only looks like markup or is easily lost."""

from __future__ import annotations

from typing import Any

import docx
import pytest
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from plansite.trackers.readers.formats import read_sheets
from plansite.trackers.sheets import UnreadableTrackerError
from plansite.trackers.values.struck import describe_struck, mark_struck, split_struck
from tests.trackers.sheets import saved


def _xml(text: str) -> Any:
    """An element of WordprocessingML."""
    name, _, rest = text.partition(">")
    tag, _, attributes = name.partition(" ")
    return parse_xml(f"{tag} {nsdecls('w', 'r')} {attributes}>{rest}")


def _document(rows: int = 2, columns: int = 3) -> tuple[Any, Any]:
    document = docx.Document()
    table = document.add_table(rows, columns)
    for cell, text in zip(table.rows[0].cells, ("No", "Action", "Due"), strict=False):
        cell.text = text
    return document, table


def _rows(document: Any) -> tuple[tuple[Any, ...], ...]:
    return read_sheets(saved(document), "a.docx")[0].rows


def test_words_in_content_controls_and_insertions_are_read_and_deleted_ones_are_not() -> None:
    document, table = _document()
    paragraph = table.cell(1, 1).paragraphs[0]
    paragraph.add_run("Fit")
    paragraph._p.append(_xml('<w:ins w:id="1" w:author="a"><w:r><w:t> two</w:t></w:r></w:ins>'))
    paragraph._p.append(_xml('<w:del w:id="2" w:author="a"><w:r><w:delText> three</w:delText></w:r></w:del>'))
    paragraph._p.append(_xml("<w:sdt><w:sdtContent><w:r><w:t> lamps</w:t></w:r></w:sdtContent></w:sdt>"))
    block = _xml("<w:sdt><w:sdtContent><w:p><w:r><w:t>31 March 2025</w:t></w:r></w:p></w:sdtContent></w:sdt>")
    table.cell(1, 2)._tc.append(block)
    assert _rows(document)[1] == (None, "Fit two lamps", "31 March 2025")


def test_a_row_in_a_content_control_is_a_row() -> None:
    document, table = _document(3)
    table.cell(2, 1).text = "Fit lamps"
    row = table.rows[2]._tr
    control = _xml("<w:sdt><w:sdtContent/></w:sdt>")
    row.addprevious(control)
    control[0].append(row)
    assert _rows(document)[2] == (None, "Fit lamps", None)


def test_links_and_struck_words() -> None:
    document, table = _document()
    relation = document.part.relate_to("https://example.org/a b", RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    link = _xml(f'<w:hyperlink r:id="{relation}"><w:r><w:t>Photo</w:t></w:r></w:hyperlink>')
    table.cell(1, 1).paragraphs[0]._p.append(link)
    due = table.cell(1, 2).paragraphs[0]
    due.add_run("31/01/2025").font.strike = True
    due.add_run(" 28/02/2025")
    assert _rows(document)[1] == (None, "Photo <https://example.org/a%20b>", "~~31/01/2025~~ 28/02/2025")


def test_cells_that_are_merged_downwards_repeat_the_one_above() -> None:
    document, table = _document(3)
    table.cell(1, 1).text = "Fit lamps"
    table.cell(1, 1).merge(table.cell(2, 1))
    (sheet,) = read_sheets(saved(document), "a.docx")
    assert sheet.rows[1:] == ((None, "Fit lamps", None), (None, "Fit lamps", None))
    assert sheet.repeated == {(2, 1)}


def test_numbers_that_word_writes_by_itself() -> None:
    """A column of numbers has none in its cells; a bullet alone in a cell is no text."""
    document, table = _document(4)
    numbering = document.part.numbering_part.element
    numbering.insert(0, _xml('<w:abstractNum w:abstractNumId="90"><w:lvl w:ilvl="0"><w:start w:val="3"/>'
                             '<w:numFmt w:val="decimal"/><w:lvlText w:val="A%1."/></w:lvl></w:abstractNum>'))  # fmt: skip
    numbering.append(_xml('<w:num w:numId="91"><w:abstractNumId w:val="90"/></w:num>'))
    for row in table.rows[1:]:
        properties = row.cells[0].paragraphs[0]._p.get_or_add_pPr()
        properties.append(_xml('<w:numPr><w:ilvl w:val="0"/><w:numId w:val="91"/></w:numPr>'))
        row.cells[1].text = "Fit"
    assert [row[0] for row in _rows(document)[1:]] == ["A3", "A4", "A5"]


def test_the_heading_above_a_table() -> None:
    document = docx.Document()
    document.add_heading("Safe stairs", 2)
    document.add_paragraph("Not a heading")
    document.add_table(1, 1).cell(0, 0).text = "Action"
    assert read_sheets(saved(document), "a.docx")[0].heading == "Safe stairs"


@pytest.mark.parametrize(
    "element",
    ['<w:tcPr><w:gridSpan w:val="999999999"/></w:tcPr>', '<w:trPr><w:gridBefore w:val="999999999"/></w:trPr>'],
)
def test_a_document_with_a_cell_of_a_billion_columns_is_refused(element: str) -> None:
    document, table = _document()
    target = table.rows[1]._tr if "trPr" in element else table.cell(1, 0)._tc
    target.insert(0, _xml(element))
    with pytest.raises(UnreadableTrackerError, match="512 columns"):
        read_sheets(saved(document), "a.docx")


def test_tables_deep_in_tables_are_refused() -> None:
    document = docx.Document()
    cell = document.add_table(1, 1).cell(0, 0)
    for _ in range(25):
        cell = cell.add_table(1, 1).cell(0, 0)
    with pytest.raises(UnreadableTrackerError, match="tables in tables"):
        read_sheets(saved(document), "a.docx")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("**Fit** *two* __new__ lamps", "Fit two new lamps"),
        (
            "[Photo](https://example.org/a_(b)) and `a|b`".replace("|", "\\|"),
            "Photo <https://example.org/a_(b)> and a|b",
        ),
        ("<s>June 30, 2020</s> <b>July 31, 2020*</b>", "~~June 30, 2020~~ July 31, 2020*"),
        ("one<br>two &#42;&amp;", "one\ntwo *&"),
        ("a \\* b \\_c\\_ 2*3*4 snake_case_name", "a * b _c_ 2*3*4 snake_case_name"),
        ("`**code**`", "**code**"),
    ],
)
def test_markup_in_markdown_cells(text: str, expected: str) -> None:
    """What a page would show; escaped marks and code stay as they are."""
    (sheet,) = read_sheets(f"| Action | Due |\n|---|---|\n| {text} | x |\n".encode(), "a.md")
    assert sheet.rows[1][0] == expected


def test_markdown_tables_end_where_pages_end_them() -> None:
    """A table in code is none; a row may do without bars; a heading ends a table."""
    text = "```\n| a | b |\n|---|---|\n```\n# Plan\n| Action | Due |\n|---|---|\n| Fit | x |\nOrder\n# Next\n"
    (sheet,) = read_sheets(text.encode(), "a.md")
    assert (sheet.heading, sheet.rows) == ("Plan", (("Action", "Due"), ("Fit", "x"), ("Order",)))


def test_a_quotation_mark_that_is_not_closed_is_said() -> None:
    """It would hide all rows after it in one cell."""
    text = 'Action,Due\nFit,x\n"Order,y\nPaint,z\n'
    with pytest.raises(UnreadableTrackerError, match="line 3 opens a quotation mark"):
        read_sheets(text.encode(), "a.csv")
    assert len(read_sheets(text.replace('"Order', '"Order"').encode(), "a.csv")[0].rows) == 4


def test_the_delimiter_that_excel_names() -> None:
    (sheet,) = read_sheets(b"sep=;\r\nAction;Due, then\r\nFit;x\r\n", "a.csv")
    assert (sheet.rows, sheet.first_row) == ((("Action", "Due, then"), ("Fit", "x")), 2)


def test_a_web_page_is_no_table() -> None:
    with pytest.raises(UnreadableTrackerError, match="web page"):
        read_sheets(b"<html><body><table></table></body></html>", "a.csv")


def test_struck_words_have_a_mark() -> None:
    assert mark_struck(" a b ") == " ~~a b~~ "
    assert split_struck("~~1/2~~~~/25~~ 3/4/25") == (("1/2/25",), "  3/4/25")
    assert describe_struck("~~a~~ b") == "a (struck through) b"
    assert mark_struck("  ") == "  "
