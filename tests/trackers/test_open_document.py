"""ODS files become sheets with all that their cells have; those made to fill the memory are refused."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from plansite.trackers.readers.formats import read_sheets
from plansite.trackers.sheets import UnreadableTrackerError
from tests.trackers.ods_files import cell, ods_file, row

_DATE = '<table:table-cell office:value-type="date" office:date-value="{}"><text:p>x</text:p></table:table-cell>'


def test_values_have_their_types() -> None:
    number = '<table:table-cell office:value-type="{}" office:value="{}"><text:p>x</text:p></table:table-cell>'
    data = ods_file(
        row(_DATE.format("2025-01-31"), _DATE.format("2025-01-31T10:30:00"), number.format("float", "8"),
            number.format("percentage", "0.5"),
            '<table:table-cell office:value-type="boolean" office:boolean-value="true"><text:p>x</text:p></table:table-cell>')
    )  # fmt: skip
    moment = datetime(2025, 1, 31, 10, 30)  # noqa: DTZ001  (spreadsheets know no time zones)
    assert read_sheets(data, "a.ods")[0].rows == ((date(2025, 1, 31), moment, 8, 0.5, True),)


def test_texts_have_their_lines_spaces_and_links() -> None:
    data = ods_file(
        row(
            cell('a <text:s text:c="2"/>b<text:line-break/>c<text:tab/>d</text:p><text:p>e'),
            cell('<text:a xlink:href="https://example.org/x">Photo</text:a> and <text:span>more</text:span>'),
            cell('<text:a xlink:href="mailto:a@example.org">Anna</text:a>'),
        )
    )
    (sheet,) = read_sheets(data, "a.ods")
    assert sheet.rows == (("a   b\nc d\ne", "Photo <https://example.org/x> and more", "Anna"),)
    assert sheet.notes == ("1 link to e-mail addresses: not read",)


def test_comments_colours_and_merged_cells() -> None:
    note = "<office:annotation><dc:creator>Anna</dc:creator><text:p>Ask first</text:p></office:annotation>"
    data = ods_file(
        row(cell("Action"), cell("Due"))
        + row(cell("Fit lamps", 'table:number-rows-spanned="2" table:style-name="g"'),
              f'<table:table-cell office:value-type="string">{note}<text:p>June</text:p></table:table-cell>')
        + row("<table:covered-table-cell/>", cell("July")),
        '<style:style style:name="g"><style:table-cell-properties fo:background-color="#00b050"/></style:style>',
    )  # fmt: skip
    (sheet,) = read_sheets(data, "a.ods")
    assert sheet.rows == (("Action", "Due"), ("Fit lamps", "June"), ("Fit lamps", "July"))
    assert sheet.attached == {(1, 1): ("Anna: Ask first",)}
    assert sheet.fills == {1: ((0, "00B050"),)}
    assert sheet.repeated == {(2, 0)}


def test_empty_rows_and_columns_to_the_end_of_the_sheet_are_nothing() -> None:
    """A sheet of a million rows that has two."""
    wide = '<table:table-cell table:number-columns-repeated="16383"/>'
    data = ods_file(
        row(cell("a"), wide) + row(wide, repeated=2) + row(cell("b"), repeated=2) + row(wide, repeated=1_048_571)
    )
    assert read_sheets(data, "a.ods")[0].rows == (("a",), (), (), ("b",), ("b",))


def test_hidden_sheets_and_rows_are_known() -> None:
    style = '<style:style style:name="h"><style:table-properties table:display="false"/></style:style>'
    data = ods_file(row(cell("a")), style, attributes='table:style-name="h"')
    assert read_sheets(data, "a.ods")[0].is_hidden
    hidden = row(cell("a")).replace("<table:table-row", '<table:table-row table:visibility="filter"')
    assert read_sheets(ods_file(hidden), "a.ods")[0].notes == ("1 row hidden in the sheet: still read",)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (ods_file(row(cell("x", 'table:number-columns-repeated="16384"'), repeated=1_048_576)), "far outside the table"),
        (ods_file(row(cell("x", 'table:number-columns-repeated="4000000000"'))), "far outside the table"),
        (ods_file(row(cell("a")) + row(repeated=1_048_574)
                  + row('<table:table-cell table:number-columns-repeated="16383"/>', cell("z"))), "far outside the table"),
        (ods_file(row(cell("x")), manifest="<file><encryption-data/></file>"), "encrypted"),
        (ods_file(row(cell("x"))).replace(b"content.xml", b"content.xmk"), "cannot be read"),
        (ods_file(row(_DATE.format("31/01/25"))), "cannot be read"),
        (ods_file("<table:table-row>"), "cannot be read"),
    ],
    ids=["filled", "wide", "far", "encrypted", "no content", "no date", "no XML"],
)  # fmt: skip
def test_what_cannot_be_read_is_said(data: bytes, words: str) -> None:
    with pytest.raises(UnreadableTrackerError, match=words):
        read_sheets(data, "a.ods")
