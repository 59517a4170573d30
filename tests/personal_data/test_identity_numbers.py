"""NHS numbers: what is told of which spelling, and what is left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plansite.personal_data.identity_numbers import find_nhs_numbers, is_issuable_nhs_number, is_valid_nhs_number
from plansite.personal_data.matches import PersonalDataKind
from tests.personal_data.synthetic import check_digit

#: Valid, and never given out.
CARD, WHOLE = "999 123 4578", "9991234578"


def _kinds(text: str) -> list[PersonalDataKind]:
    return [each.kind for each in find_nhs_numbers(text)]


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
def test_told_as_one(text: str) -> None:
    """A label, a word such as NHS nearby, or the spaces of a card leave little doubt."""
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
def test_told_as_possible(text: str) -> None:
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
def test_left_alone(text: str) -> None:
    """A wrong check digit, another label, a longer number, a part of something else, all the same digit."""
    assert _kinds(text) == []


def test_each_of_several_is_told_at_its_place() -> None:
    """Numbers side by side do not hide each other."""
    text = f"{CARD}, {CARD} and NHS {WHOLE}"
    assert [text[each.start : each.end] for each in find_nhs_numbers(text)] == [CARD, CARD, WHOLE]


@given(st.integers(0, 999_999_999).map("{:09d}".format))
def test_check_digit_is_the_published_one(nine: str) -> None:
    """The library agrees with the weighted sum of the NHS Data Dictionary, digit for digit."""
    right = check_digit(nine)
    assert [last for last in range(10) if is_valid_nhs_number(f"{nine}{last}")] == ([] if right is None else [right])


@pytest.mark.parametrize(
    ("digits", "given_out"),
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
def test_ranges(digits: str, given_out: bool) -> None:
    """Ranges that nobody is given a number from do not raise an alarm; that for examples does, to try it out with."""
    assert is_issuable_nhs_number(digits) is given_out
