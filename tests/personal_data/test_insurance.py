"""National Insurance numbers, whole, cut and only alike."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plansite.personal_data.identity_numbers import find_insurance_numbers, is_insurance_prefix


@pytest.mark.parametrize(
    "text",
    [
        "MW 12 34 56 A",
        "mw123456a",
        "(MW123456A)",
        "MW-12-34-56-A",
        "MW\u00a012\u00a034\u00a056\u00a0A",
        "NI number: QQ 12 34 56 C",
        "National Insurance number MW123456",
        "ni_number: mw 12 34 56 a",
    ],
)
def test_told(text: str) -> None:
    """A whole number is enough; a label makes up for the last letter and for letters that nobody is given."""
    (seen,) = find_insurance_numbers(text)
    assert text[seen.start : seen.end].upper()[:2] in ("MW", "QQ")


@pytest.mark.parametrize(
    "text",
    [
        "QQ 12 34 56 C",
        "MW123456",
        "MW123456E",
        "MW1234567A",
        "XMW123456A",
        "at 10 20 30 a",
        "GB123456A",
        "part number MW123456A",
        "MW12345A",
    ],
)
def test_left_alone(text: str) -> None:
    """Examples of the tax office, references, and times of day are none."""
    assert list(find_insurance_numbers(text)) == []


@given(st.text(string.ascii_uppercase, min_size=2, max_size=2))
def test_prefixes_are_those_of_the_manual(letters: str) -> None:
    """NIM39110: D, F, I, Q, U and V nowhere, O not second, and seven pairs not at all."""
    refused = set(letters) & set("DFIQUV") or letters[1] == "O" or letters in "BG GB KN NK NT TN ZZ".split()
    assert is_insurance_prefix(letters) is not bool(refused)
