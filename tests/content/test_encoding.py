"""What is published holds no character that HTML and XML forbid."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from plansite.content.text import UNPRINTABLE, encode

_EDGES = "\x00\x08\x0b\x0c\x0e\x1f\x7f\x80\x9f\ud800\udfff\ufdd0\ufdef\ufffe\uffff\U0001fffe\U0001ffff\U0010ffff"
_NEIGHBOURS = "\t\n\r ~\xa0£·\ud7ff\ue000\ufdcf\ufdf0\ufffd\U00010000\U0001fffd\U0001f600\U0010fffd"


@pytest.mark.parametrize("character", _EDGES)
def test_each_kind_is_replaced(character: str) -> None:
    """By the sign for it; nothing around it is changed, the line ends of tables included."""
    assert encode(f"a{character}é\r\n") == "a\ufffdé\r\n".encode()


@pytest.mark.parametrize("character", _NEIGHBOURS)
def test_the_next_ones_stay(character: str) -> None:
    """Characters beside the forbidden ones, and those whose bytes look similar."""
    assert encode(f"a{character}b") == f"a{character}b".encode()


@example("\ufffe£")
@given(st.text(st.characters(exclude_categories=()) | st.sampled_from(_EDGES)))
def test_any_text_is_encoded(text: str) -> None:
    """As the pattern says that reading uses."""
    assert encode(text) == UNPRINTABLE.sub("\ufffd", text).encode()
