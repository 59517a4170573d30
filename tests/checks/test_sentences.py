"""A text taken apart into sentences."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plansite.checks.sentences import count_words, split_sentences


@pytest.mark.parametrize(
    "parts",
    [
        ["It is cold.", "It was warm."],
        ["Is it cold?", "No!", "It is 3.5 degrees."],
        ["Dr. Smith and Mrs. Jones met J. K. Brown.", "They agreed."],
        ["See e.g. Action 3 and No. 7 of the plan.", "Then stop."],
        ["It begins at 8 p.m. and ends at 9 p.m.", "Nobody came."],
        ["“I am cold.”", "He said it twice."],
        ["He came with I.", "Then he left."],
        ["Wait… what?", "Yes."],
        ["Really?!", "“Yes,” she said."],
        ["no capital. still the same sentence"],
        ["We rang the firm etc.", "They came."],
        ["He said no.", "Then he left."],
        ["It is in room 3.", "4 people live there."],
        ["We asked Dr.?", "He came."],
        ["It was J...", "Then nothing."],
    ],
)
def test_sentences_end_where_people_end_them(parts: list[str]) -> None:
    """Full stops of abbreviations, initials and numbers end nothing; question marks, quotations and the rest do."""
    assert list(split_sentences(" ".join(parts))) == parts


@given(st.text("aB.!?…\"'”) 1\n", max_size=200) | st.text(max_size=200))
def test_nothing_is_lost_or_added(text: str) -> None:
    """The sentences hold every sign of the text but spaces, in order."""
    assert "".join("".join(part.split()) for part in split_sentences(text)) == "".join(text.split())
    assert all(part == part.strip() and part for part in split_sentences(text))


@given(st.text(max_size=200))
def test_words_add_up(text: str) -> None:
    """Cutting a text into sentences neither makes words nor loses any."""
    assert sum(count_words(part) for part in split_sentences(text)) == count_words(text)


@pytest.mark.parametrize("text", ["." * 200_000, "a. " * 60_000, ".' " * 60_000, "?!" * 100_000 + "x"])
def test_odd_texts_are_taken_apart_too(text: str) -> None:
    """Texts made only of end marks are split like any other."""
    assert "".join("".join(part.split()) for part in split_sentences(text)) == "".join(text.split())


@pytest.mark.parametrize(
    ("sentence", "count"),
    [
        ("One two three.", 3),
        ("See https://example.org/a/b and www.example.org now", 3),
        ("Write to duty@example.org - or ring", 4),
        ("Open content/plans/falls/plan.md today", 2),
        ("and/or 3.5 % “quoted”", 3),
        ("", 0),
    ],
)
def test_words_are_counted_without_addresses(sentence: str, count: int) -> None:
    """Addresses, paths and lone signs are no words."""
    assert count_words(sentence) == count
