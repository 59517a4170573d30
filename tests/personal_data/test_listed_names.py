"""The site's own list of names, found as whole words however they are written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plansite.personal_data.listed_names import ListedNames, normalise_word

NAMES = ListedNames.parse("# Riverside\n\nAnna Brown\nSéan O’Neill\nJosé María Ruiz\nRose\nX\n")
_WORDS = st.text(st.characters(categories=("Ll", "Lu")), min_size=2, max_size=8).filter(normalise_word)


def _seen(text: str) -> list[str]:
    return [text[each.start : each.end] for each in NAMES.find_matches(text)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("ring Anna Brown’s daughter", "Anna Brown’s"),
        ("ANNA  BROWN", "ANNA  BROWN"),
        ("Anna\nBrown moved", "Anna\nBrown"),
        ("**Anna** Brown", "Anna** Brown"),
        ("Brown, Anna", "Brown, Anna"),
        ("anna-brown", "anna-brown"),
        ("sean o'neill", "sean o'neill"),
        ("Jose Maria Ruiz", "Jose Maria Ruiz"),
        ("Rose moved in", "Rose"),
    ],
)
def test_told(text: str, name: str) -> None:
    """In any case, without accents, turned round, over a line end, in Markdown, and as an owner of something."""
    assert _seen(text) == [name]


@pytest.mark.parametrize(
    "text", ["Anna Browning", "Joanna Brown", "Anna. The Brown file", "the cost rose", "Roseanne", "Anna, Brown", "X"]
)
def test_left_alone(text: str) -> None:
    """Parts of other names, two sentences, words that only look like a name, and single letters."""
    assert _seen(text) == []


def test_small_letters_in_names_of_files() -> None:
    """There a name of one word counts in small letters too."""
    assert [(each.start, each.end) for each in NAMES.find_matches("visit rose", allow_lower_case=True)] == [(6, 10)]


def test_how_many_there_are() -> None:
    """Comments, empty lines and single letters do not count."""
    assert len(NAMES) == 4
    assert not ListedNames.parse("# nobody\n\n")


@given(st.lists(_WORDS, min_size=2, max_size=4), st.text(max_size=20), st.text(max_size=20))
def test_a_listed_name_is_found_in_any_text(words: list[str], front: str, back: str) -> None:
    """Whatever stands around it, as long as it stands apart."""
    name = " ".join(words)
    text = f"{front} | {name} | {back}"
    start = len(front) + 3
    seen = ListedNames.parse(name).find_matches(text)
    assert any(each.start <= start + len(name) and start <= each.end for each in seen)


def test_many_names_with_the_same_beginning_take_no_longer() -> None:
    """Every occurrence of a first word is looked up, not compared with each name that begins so."""
    names = ListedNames.parse("\n".join(f"Anna Family{number}" for number in range(5)))
    assert len(names) == 5
    assert [each.end for each in names.find_matches("Anna Family3")] == [12]
