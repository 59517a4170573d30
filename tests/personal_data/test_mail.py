"""Addresses at providers for people, and those at work."""

from __future__ import annotations

import pytest

from plansite.personal_data.contact_details import find_personal_emails, is_personal_email_domain
from plansite.personal_data.scan import find_matches


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
def test_told_whole(written: str) -> None:
    """From the first letter of the name to the last of the provider."""
    text = f"write to <{written}>."
    assert [text[each.start : each.end] for each in find_personal_emails(text)] == [written]
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
def test_left_alone(text: str) -> None:
    """Workplaces, providers without a name before them, and longer domains."""
    assert list(find_personal_emails(text)) == []


def test_providers() -> None:
    """Those with an ending for each country are known by their first part."""
    assert is_personal_email_domain("outlook.de")
    assert not is_personal_email_domain("outlook-care.example")
