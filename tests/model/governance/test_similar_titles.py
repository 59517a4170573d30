"""Titles of the same work are found in whatever words they come, and titles of other work are not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plansite.model.governance.similar_titles import are_similar, find_similar, split_title


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Review every care plan", "Review all care plans"),
        ("Train staff in moving and handling", "Ensure that all staff are trained in moving & handling"),
        ("Check the window restrictors", "Checking of window restrictors"),
        ("Update the falls policy", "Update policies on falls"),
        ("Test the lift’s emergency phone", "Test the emergency phone in the lift"),
        ("Mend the radiator in room 12", "Get the radiator in room 12 mended"),
        ("Write a hospital passport for every person", "Write hospital passports for persons"),
    ],
)
def test_nearly_the_same(one: str, other: str) -> None:
    """Endings, small words and their order make no difference."""
    assert are_similar(split_title(one), split_title(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Mend the radiator in room 12", "Mend the radiator in room 13"),
        ("Lock the front door at night", "Do not lock the front door at night or by day"),
        ("Review every care plan", "Review every risk assessment"),
        ("Train night staff", "Train the cook"),
        ("Agree visiting hours", "Agree the budget"),
    ],
)
def test_other_work(one: str, other: str) -> None:
    """Another number is another thing, and one word in common is not enough."""
    assert not are_similar(split_title(one), split_title(other))


def _find(*titles: tuple[str, str]) -> list[tuple[int, ...]]:
    return find_similar([split_title(title) for title, _ in titles], [place for _, place in titles])


def test_a_group_is_from_several_places() -> None:
    """What one meeting agreed for itself is a list of steps; the same from two meetings is work done twice."""
    assert _find(("Review care plans", "a"), ("Review every care plan", "b")) == [(0, 1)]
    assert _find(("Review care plans", "a"), ("Review every care plan", "a")) == []
    assert _find(
        ("Review care plans", "a"), ("Mend the roof", "b"), ("Reviews of care plans", "a"), ("Review care plan", "c")
    ) == [(0, 2, 3)]


def test_short_titles_are_not_compared() -> None:
    """One word that matters says too little."""
    assert _find(("Training", "a"), ("Training", "b")) == []
    assert _find(("", "a"), ("", "b")) == []


def test_groups_join() -> None:
    """Of three titles of which each two neighbours are similar, all are in one group."""
    titles = (
        "weekly audit medicine charts night",
        "audit medicine charts night shift",
        "medicine charts night shift ward",
    )
    assert _find(*((title, title) for title in titles)) == [(0, 1, 2)]


@given(st.lists(st.tuples(st.text("abc 12", max_size=12), st.sampled_from("xyz")), max_size=12))
def test_the_index_finds_what_comparing_all_finds(titles: list[tuple[str, str]]) -> None:
    """Two positions are in a group of two places exactly if a chain of similar titles joins them."""
    words = [split_title(title) for title, _ in titles]
    group = list(range(len(words)))
    for one in range(len(words)):
        for other in range(one):
            long_enough = len(words[one]) > 1 and len(words[other]) > 1
            if long_enough and are_similar(words[one], words[other]):
                group = [group[one] if each == group[other] else each for each in group]
    expected = {tuple(place for place, name in enumerate(group) if name == each) for each in group}
    several = [each for each in expected if len({titles[position][1] for position in each}) > 1]
    assert find_similar(words, [place for _, place in titles]) == sorted(several)


def test_a_word_of_all_titles_costs_nothing() -> None:
    """Thousands of titles with one frequent word are compared by their rare words alone."""
    titles = [(f"safe word{number}x rest{number}y", str(number)) for number in range(3000)]
    assert _find(*titles) == []
