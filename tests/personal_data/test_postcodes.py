"""Postcodes, and what has the same shape."""

from __future__ import annotations

import pytest

from plansite.personal_data.contact_details import find_postcodes


@pytest.mark.parametrize(
    "text", ["SW1A 1AA", "SW1A1AA", "M1 1AE", "B33 8TH", "EC1A 1BB", "(LS1 4AP)", "ls1 4ap", "Postcode: m1 1ae"]
)
def test_told(text: str) -> None:
    """Every form of the first half, with or without the space; small letters where nothing else can be meant."""
    assert len(list(find_postcodes(text))) == 1


@pytest.mark.parametrize(
    "text",
    ["SW1A", "e1 4th floor", "XX1 1AA", "M1 1AC", "order M1 1AE", "AB12 345", "A4 2UPS", "by q1 2nd", "ls1 8gb", "1AA"],
)
def test_left_alone(text: str) -> None:
    """Half a postcode, areas that are none, letters that are never used, floors and sizes."""
    assert list(find_postcodes(text)) == []
