"""Telephone numbers, those of services, and other long numbers. All are from Ofcom's ranges for stories."""

from __future__ import annotations

import pytest

from plansite.personal_data.contact_details import find_telephone_numbers, is_personal_number


@pytest.mark.parametrize(
    "text",
    [
        "01632 960123",
        "(01632) 960 123",
        "07700 900123",
        "07700900123",
        "07700-900-123",
        "020 7946 0123",
        "0121 496 0123",
        "+44 7700 900123",
        "+44 (0)20 7946 0123",
        "0044 7700 900123",
        "+1 202 555 0123",
        "01632\u00a0960123",
    ],
)
def test_told_whole(text: str) -> None:
    """In every usual form, and from its first sign to its last digit."""
    padded = f"ring {text}, after six"
    assert [padded[each.start : each.end] for each in find_telephone_numbers(padded)] == [text]


@pytest.mark.parametrize(
    "text",
    [
        "0300 123 4567",
        "0800 123456",
        "0345 123 4567",
        "111",
        "01.02.2025 100",
        "02-03-2025 100",
        "2025-01-14 07:00 11:00",
        "order 07700900123",
        "0.07700900123",
        "x07700900123",
        "077009001234",
        "+44 800 123 4567",
        "1207.00183006536,18,16,0",
    ],
)
def test_left_alone(text: str) -> None:
    """Services, dates, decimals, orders, and numbers that are too long."""
    assert list(find_telephone_numbers(text)) == []


@pytest.mark.parametrize(
    ("digits", "personal"),
    [("07700900123", True), ("0163296012", True), ("0207946012", False), ("03001234567", False), ("0101", False)],
)
def test_personal_numbers(digits: str, personal: bool) -> None:
    """Places and mobiles, as long as they are in the plan of numbers."""
    assert is_personal_number(digits) is personal
