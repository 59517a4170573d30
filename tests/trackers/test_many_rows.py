"""Trackers with many rows and with long cells: the work grows as the rows do, and long texts are not cut off."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

from plansite.content.documents import DocumentLocation, parse_document
from plansite.model.documents.plan import Plan
from plansite.model.findings import Level
from plansite.scaffold.imported.plan_import import plan_import
from plansite.scaffold.imported.report import format_report
from plansite.trackers.readers.formats import read_sheets
from plansite.trackers.sheets import Sheet
from tests.trackers.sheets import read, sheet, workbook

_HEADING = ("No", "Action", "Lead", "Due", "Status", "Theme", "Progress update", "BRAG", "Steps")
_LONG = "word " * 6_553  # a cell of a workbook has 32,767 characters at most


def _count_calls(work: Callable[[], object]) -> int:
    """How many functions are called, those written in C as well."""
    count = 0

    def profile(_: Any, event: str, __: Any) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(profile)
    try:
        work()
    finally:
        sys.setprofile(None)
    return count


def _build(rows: int) -> Sheet:
    body = [(number, f"Order lamp {number}", "MW; YO", "31/01/2025", None, "Stairs", "12/01/2025 - rung", None, "Ring\nFit")
            for number in range(rows)]  # fmt: skip
    fills = {0: ((9, "00B050"),), **dict.fromkeys(range(1, rows + 1), ((7, "00B050"),))}
    return sheet(
        (*_HEADING, "Complete"), *body, fills=fills, attached={(number, 1): ("Ask",) for number in range(1, rows, 3)}
    )


def _import(given: Sheet) -> str:
    reading = read(given)
    planned = plan_import(Plan(path="content/plans/p/plan.md", slug="p", title="P"), reading.drafts, (), lambda _: "")
    return format_report("t", reading, planned)


def test_twice_the_rows_are_twice_the_work() -> None:
    small, large = _build(300), _build(600)
    _import(_build(20))  # what is kept for later is kept now
    first, second = _count_calls(lambda: _import(small)), _count_calls(lambda: _import(large))
    assert first > 300 * 50
    assert second < 2.2 * first


def test_reading_a_workbook_is_as_much_work_as_its_rows() -> None:
    def read_rows(rows: int) -> Callable[[], object]:
        data = workbook(Plan=(_HEADING, *((number, "Order", "MW", None, "Open") for number in range(rows))))
        return lambda: read_sheets(data, "a.xlsx")

    read_rows(10)()
    assert _count_calls(read_rows(2_000)) < 2.2 * _count_calls(read_rows(1_000))


def test_the_longest_cells_of_a_workbook_are_kept_whole() -> None:
    """In each column: what is too long for a field is in the text, and the file has no fault."""
    for column, heading in enumerate(_HEADING):
        row = [None, "Fit lamps", *[None] * 7]
        row[column] = f"{_LONG}end{column}"
        reading = read(sheet(_HEADING, row))
        plan = Plan(path="content/plans/p/plan.md", slug="p", title="P")
        (planned,) = plan_import(plan, reading.drafts, (), lambda _: "").actions
        assert f"end{column}" in planned.text, heading
        result = parse_document(
            DocumentLocation("action", "p", "s", "content/plans/p/actions/s.md"), planned.text.encode()
        )
        assert [finding.rule.name for finding in result.findings if finding.rule.level is Level.ERROR] == [], heading
