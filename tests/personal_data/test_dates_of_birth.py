"""Dates of birth: a label and a date."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plansite.personal_data.dates_of_birth import find_dates_of_birth

_LABELS = ("DOB {}", "dob: {}", "D.O.B. {}", "Date of birth: {}", "| DOB | {} |", "born on {}", "born {}", "(b. {})")
_FORMS = ("%d/%m/%Y", "%d.%m.%y", "%Y-%m-%d", "%d %B %Y", "%d-%b-%Y", "%B %d, %Y", "%d %m %Y", "%d%m%Y")


def _seen(text: str) -> list[str]:
    return [text[each.start : each.end] for each in find_dates_of_birth(text)]


@given(st.sampled_from(_LABELS), st.sampled_from(_FORMS), st.dates(date(1900, 1, 1), date(2025, 1, 1)))
def test_any_date_behind_any_label(label: str, form: str, day: date) -> None:
    """Every label goes with every way to write a date, and the date alone is the sighting."""
    written = day.strftime(form)
    assert _seen(label.format(written)) == [written]


@pytest.mark.parametrize(
    ("text", "date_"),
    [
        ("born in Leeds on 3/4/1952", "3/4/1952"),
        ("born on Monday the 3rd of April, 1952", "3rd of April, 1952"),
        ("**Date of birth:** 3 Apr '52", "3 Apr '52"),
        ("3/4/1952 (DOB)", "3/4/1952"),
        ("she was born\non 3 April 1952", "3 April 1952"),
        ("date_of_birth: 1952-04-03", "1952-04-03"),
        ("3 April 1952, date of birth", "3 April 1952"),
    ],
)
def test_told(text: str, date_: str) -> None:
    """Words between, Markdown, and a label behind the date."""
    assert _seen(text) == [date_]


@pytest.mark.parametrize(
    "text",
    [
        "the review of 3/4/2025",
        "Osborne House, 3/4/2025",
        "her birthday\n- 2025-01-14 (Deputy Manager): tea",
        "day,note\n2025-01-13,birthday\n2025-01-14,quiet",
        "the group was born out of the review of 3/4/2025",
        "DOB unknown",
        "born in 1952",
        "DOB 32/13/1952",
        "date of birthplace 3/4/1952",
    ],
)
def test_left_alone(text: str) -> None:
    """Dates of meetings, the next item of a list, the next row of a table, years and what is no date."""
    assert _seen(text) == []


def test_each_of_several_is_told() -> None:
    """Two people in one line are two dates."""
    assert _seen("DOB 3/4/1952, DOB 5/6/1960") == ["3/4/1952", "5/6/1960"]
