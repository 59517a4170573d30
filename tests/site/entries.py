"""Rows of lists as views, before any is rendered."""

from __future__ import annotations

from plansite.site.components.dated_rows import DatedRow
from plansite.site.components.drawn_rows import DrawnRow
from plansite.site.components.table_rows import TableRow
from plansite.site.components.widgets import ActionRow, FinishedRow


def row_of(entry: DatedRow) -> ActionRow | FinishedRow | TableRow:
    """The row of an entry of a list that was composed from a site."""
    assert not isinstance(entry.row, DrawnRow)
    return entry.row


def title_of(row: FinishedRow | DrawnRow) -> str:
    """The title of the action in a row."""
    assert not isinstance(row, DrawnRow)
    return row.title.text
