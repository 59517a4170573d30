"""Addresses at providers for people, and those at work."""

from __future__ import annotations

import pytest

from plansite.personal.look import sightings
from plansite.personal.mail import is_provider, personal_mail


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
    assert [text[each.start : each.end] for each in personal_mail(text)] == [written]
    assert len(sightings(text)) == 1


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
    assert list(personal_mail(text)) == []


def test_providers() -> None:
    """Those with an ending for each country are known by their first part."""
    assert is_provider("outlook.de")
    assert not is_provider("outlook-care.example")
