"""The known name that somebody probably meant."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plansite.checks.suggestions import SuggestionIndex

KNOWN = SuggestionIndex.build(["Deputy Manager", "care-plans-complete", "Maintenance", "3", "GP", "Ann"])


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Deputy Manger", "Deputy Manager"),
        ("deputy manager", "Deputy Manager"),
        ("Deputty Manager", "Deputy Manager"),
        ("Deptuy Manager", "Deputy Manager"),
        ("care-plan-complete", "care-plans-complete"),
        ("Maintenanse", "Maintenance"),
        ("Night Senior", ""),
        ("4", ""),
        ("ANN", "Ann"),
        ("Anx", ""),
        ("GO", ""),
        ("", ""),
    ],
)
def test_one_slip_is_recognised(typed: str, meant: str) -> None:
    """A letter added, left out, changed or swapped finds the name; anything further, or very short, finds none."""
    assert KNOWN.find_nearest(typed) == meant


@given(name=st.text("abcdefgh-", min_size=5, max_size=30), data=st.data())
def test_any_letter_left_out_is_recognised(name: str, data: st.DataObject) -> None:
    """Whichever letter of a lone known name is left out, the name is found."""
    at = data.draw(st.integers(0, len(name) - 1))
    assert SuggestionIndex.build([name]).find_nearest(name[:at] + name[at + 1 :]) == name


def test_advice_falls_back() -> None:
    """If no name is near, the default is given."""
    assert KNOWN.suggest("Maintenence", "look it up") == (
        "did you mean “Maintenance”?",
        ("Maintenence", "Maintenance"),
    )
    assert KNOWN.suggest("Nobody", "look it up") == ("look it up", ("", ""))


def test_first_of_two_alike_is_offered() -> None:
    """Of two known names that are equally near, the first is suggested."""
    assert SuggestionIndex.build(["falls", "fells"]).find_nearest("flls") == "falls"
