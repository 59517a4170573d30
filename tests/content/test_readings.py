"""The readings of a measure, as spreadsheets save them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plansite.content.readings import parse_readings
from plansite.content.report import Report
from plansite.model.documents.measure import Reading

_JANUARY, _FEBRUARY = Reading(date(2025, 1, 1), 4), Reading(date(2025, 2, 1), 5)


def _parse(text: str) -> tuple[tuple[Reading, ...], list[tuple[int, str]]]:
    report = Report("m.csv")
    readings = parse_readings(text.encode(), report).readings
    return readings, [(finding.line, finding.message) for finding in report.findings]


@pytest.mark.parametrize(
    "text",
    [
        "date,value,,\n2025-01-01,4,,\n2025-02-01,5,,\n",
        "date,value\n2025-01-01,4,\n2025-02-01,5,,,\n",
        "date,value,\n2025-01-01,4\n2025-02-01,5\n",
        "date,value\n2025-01-01,4\n2025-02-01,5\n,\n,\n",
        "date,value\r\n2025-01-01,4\r\n,,,\r\n2025-02-01,5\r\n\r\n",
        '\ufeffdate,value," "\n2025-01-01,4,""\n2025-02-01,5," "\n"",""\n',
    ],
)
def test_empty_columns_and_rows_are_left_out(text: str) -> None:
    """Spreadsheets write them where somebody once typed something, or set a colour."""
    assert _parse(text) == ((_JANUARY, _FEBRUARY), [])


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("date,value,,\n2025-01-01,4,,9\n", 2),
        ("date,value\n2025-01-01,4\n2025-02-01,,\n", 3),
        ("date,value\n2025-01-01,4\n,5\n", 3),
        ("date,n,d\n2025-01-01,4,\n", 2),
        ("date,,value\n2025-01-01,,4\n", 1),
        ("date,value,note\n2025-01-01,4,\n", 1),
    ],
)
def test_a_missing_or_further_value_is_told(text: str, line: int) -> None:
    """Only empty cells behind the last column say nothing."""
    assert [found for found, _ in _parse(text)[1]] == [line]


@given(st.lists(st.tuples(st.integers(0, 99), st.integers(0, 3)), max_size=5), st.integers(0, 3), st.integers(0, 3))
def test_padding_changes_nothing(rows: list[tuple[int, int]], columns: int, more_rows: int) -> None:
    """However many empty cells and lines there are."""
    lines = [(f"2025-01-{day:02},{value}", padding) for day, (value, padding) in enumerate(rows, 1)]
    plain = "\n".join(["date,value", *(line for line, _ in lines)])
    padded = "\n".join(["date,value" + "," * columns, *(line + "," * n for line, n in lines), *[",,"] * more_rows])
    assert _parse(padded) == _parse(plain)
    assert len(_parse(plain)[0]) == len(rows)
