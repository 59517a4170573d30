"""NHS numbers and National Insurance numbers: which spellings are found, as what, and what is not."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plansite.personal_data.identity_numbers import (
    find_insurance_numbers,
    find_nhs_numbers,
    is_insurance_prefix,
    is_issuable_nhs_number,
    is_valid_nhs_number,
)
from plansite.personal_data.matches import PersonalDataKind
from tests.personal_data.synthetic import check_digit

#: Valid, and never given out.
CARD, WHOLE = "999 123 4578", "9991234578"


def _kinds(text: str) -> list[PersonalDataKind]:
    return [match.kind for match in find_nhs_numbers(text)]


@pytest.mark.parametrize(
    "text",
    [
        f"NHS number: {CARD}",
        f"NHS no. {WHOLE}",
        f"**NHS number:** {WHOLE}",
        f"| NHS | {CARD} |",
        f"nhs_number: {WHOLE}",
        f"CHI {WHOLE}",
        f"H&C number {WHOLE}",
        "NHS number 99 91 23 45 78",
        "NHS number 999-123-4578",
        "the resident 999 1234578",
        f"NHS Number\n{CARD}",
        f"the resident {WHOLE}",
        f"{WHOLE} (NHS)",
        CARD,
        f"Room 3 {CARD}",
        f"2025-01-14 {CARD}",
        "999\u00a0123\u00a04578",
        "999 123\n4578",
        "NHS number " + "".join(chr(0xFF10 + int(digit)) for digit in WHOLE),
    ],
)
def test_certain_nhs_numbers(text: str) -> None:
    """With a label, near a word such as NHS, or grouped as on a card."""
    assert _kinds(text) == [PersonalDataKind.NHS_NUMBER]


@pytest.mark.parametrize(
    "text",
    [
        f"Mrs A ({WHOLE})",
        "999-123-4578",
        "999.123.4578",
        "NHS number 999 123 4579",
        f"{WHOLE}.",
        f"2025-01-14,{WHOLE},7",
        f"“{WHOLE}”",
    ],
)
def test_possible_nhs_numbers(text: str) -> None:
    """Ten digits alone could be one, and so could a mistyped one behind its label."""
    assert _kinds(text) == [PersonalDataKind.POSSIBLE_NHS_NUMBER]


@pytest.mark.parametrize(
    "text",
    [
        "999 123 4579",
        f"order {WHOLE}",
        f"NHS order {WHOLE}",
        f"ISBN {WHOLE}",
        f"tel {CARD}",
        f"£{WHOLE}",
        f"https://example.org/{WHOLE}",
        f"REF-{WHOLE}",
        f"{WHOLE}0",
        f"0{WHOLE}",
        "1111111111",
        "NHS 111 on 2025-01-14",
        "NHS review\n\n- 2025-01-14 12",
        "5991234570",
        "3.9991234578",
        "99 91 23 45 78",
        "999 1234578",
    ],
)
def test_other_numbers_are_no_nhs_numbers(text: str) -> None:
    """A wrong check digit, another label, a longer number, a part of something else, all the same digit."""
    assert _kinds(text) == []


def test_each_of_several_is_found_at_its_place() -> None:
    """Numbers side by side do not hide each other."""
    text = f"{CARD}, {CARD} and NHS {WHOLE}"
    assert [text[match.start : match.end] for match in find_nhs_numbers(text)] == [CARD, CARD, WHOLE]


@given(st.integers(0, 999_999_999).map("{:09d}".format))
def test_check_digit_is_the_published_one(nine: str) -> None:
    """The library agrees with the weighted sum of the NHS Data Dictionary, digit for digit."""
    right = check_digit(nine)
    assert [last for last in range(10) if is_valid_nhs_number(f"{nine}{last}")] == ([] if right is None else [right])


@pytest.mark.parametrize(
    ("digits", "issuable"),
    [
        ("4000000004", True),
        ("6000000006", True),
        ("3200000010", True),
        ("0101504567", True),
        ("0132504567", False),
        ("5000000005", False),
        ("8000000000", False),
        ("9434765919", False),
        ("9990000000", True),
        ("7777777777", False),
    ],
)
def test_ranges(digits: str, issuable: bool) -> None:
    """Numbers in unused ranges are not reported; those in the range for examples are, so that one can try it out."""
    assert is_issuable_nhs_number(digits) is issuable


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
def test_insurance_numbers_are_found(text: str) -> None:
    """A whole number is enough; after a label, the last letter may be missing and the prefix unused."""
    (match,) = find_insurance_numbers(text)
    assert text[match.start : match.end].upper()[:2] in ("MW", "QQ")


@pytest.mark.parametrize("gap", ["", " ", "  ", "\t\u00a0", "\u200b", "-", "\u2013", ".", "/"])
def test_insurance_numbers_are_found_with_any_gap(gap: str) -> None:
    """The same gap everywhere, or only between the letters and the digits."""
    for text in (gap.join(("MW", "12", "34", "56", "A")), f"MW{gap}123456A", f"M{gap}W12{gap}3456A"):
        assert [(match.start, match.end) for match in find_insurance_numbers(text)] == [(0, len(text))]


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
def test_other_text_is_no_insurance_number(text: str) -> None:
    """Examples of the tax office, references, and times of day."""
    assert list(find_insurance_numbers(text)) == []


@given(st.text(string.ascii_uppercase, min_size=2, max_size=2))
def test_prefixes_are_those_of_the_manual(letters: str) -> None:
    """NIM39110: D, F, I, Q, U and V nowhere, O not second, and seven pairs not at all."""
    refused = set(letters) & set("DFIQUV") or letters[1] == "O" or letters in "BG GB KN NK NT TN ZZ".split()
    assert is_insurance_prefix(letters) is not bool(refused)
