"""Telephone numbers, e-mail addresses and postcodes that may be a person's, and what only looks like them.

All telephone numbers are from Ofcom's ranges for drama.
"""

from __future__ import annotations

import pytest

from plansite.personal_data.contact_details import (
    find_personal_emails,
    find_postcodes,
    find_telephone_numbers,
    is_personal_email_domain,
    is_personal_number,
)
from plansite.personal_data.scan import find_matches


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
def test_whole_telephone_numbers_are_found(text: str) -> None:
    """In every usual form, from the first character to the last digit."""
    padded = f"ring {text}, after six"
    assert [padded[match.start : match.end] for match in find_telephone_numbers(padded)] == [text]


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
def test_other_numbers_are_not_telephone_numbers(text: str) -> None:
    """Services, dates, decimals, orders, and numbers that are too long."""
    assert list(find_telephone_numbers(text)) == []


@pytest.mark.parametrize(
    ("digits", "personal"),
    [("07700900123", True), ("0163296012", True), ("0207946012", False), ("03001234567", False), ("0101", False)],
)
def test_personal_numbers(digits: str, personal: bool) -> None:
    """Landlines and mobiles in ranges of the numbering plan."""
    assert is_personal_number(digits) is personal


@pytest.mark.parametrize(
    "written",
    [
        "anna.brown@gmail.com",
        "A.BROWN52@HOTMAIL.CO.UK",
        "mo@yahoo.fr",
        "the-browns (at) gmail.com",
        "mo[at]gmail[dot]com",
        "mo%40gmail.com",
        "mo [ at ]gmail.com",
    ],
)
def test_whole_personal_emails_are_found(written: str) -> None:
    """From the first letter of the name to the last of the provider."""
    text = f"write to <{written}>."
    assert [text[match.start : match.end] for match in find_personal_emails(text)] == [written]
    assert len(find_matches(text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "duty@nhs.net",
        "rota@riverside.example",
        "look at gmail.com",
        "@gmail.com",
        "mo@gmail.company.example",
        "what) gmail.com",
    ],
)
def test_other_emails_are_not_personal(text: str) -> None:
    """Workplaces, providers without a name before them, and longer domains."""
    assert list(find_personal_emails(text)) == []


def test_providers() -> None:
    """Providers with a domain in each country are recognised by its first part."""
    assert is_personal_email_domain("outlook.de")
    assert not is_personal_email_domain("outlook-care.example")


@pytest.mark.parametrize(
    "text", ["SW1A 1AA", "SW1A1AA", "M1 1AE", "B33 8TH", "EC1A 1BB", "(LS1 4AP)", "ls1 4ap", "Postcode: m1 1ae"]
)
def test_postcodes_are_found(text: str) -> None:
    """Every form of outward code, with or without the space; lower case where nothing else can be meant."""
    assert len(list(find_postcodes(text))) == 1


@pytest.mark.parametrize(
    "text",
    ["SW1A", "e1 4th floor", "XX1 1AA", "M1 1AC", "order M1 1AE", "AB12 345", "A4 2UPS", "by q1 2nd", "ls1 8gb", "1AA"],
)
def test_half_or_impossible_postcodes_are_not(text: str) -> None:
    """Half a postcode, unknown areas, unused letters, floors and sizes."""
    assert list(find_postcodes(text)) == []
