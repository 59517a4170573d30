"""All kinds together: what is spared, what overlaps, what is masked, and how long it takes."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plansite.content.files import MAX_FILE_SIZE
from plansite.personal_data.listed_names import ListedNames
from plansite.personal_data.matches import LineIndex, Match, PersonalDataKind, drop_overlaps
from plansite.personal_data.scan import RECOGNISERS, find_matches, mask_matches, replace_separators
from tests.personal_data.awkward import awkward_samples
from tests.personal_data.synthetic import samples

_PIECES = st.sampled_from(
    [
        "NHS ",
        "999 123 4578",
        "9991234578",
        "MW 12 34 56 A",
        "ni ",
        "DOB ",
        "3/4/1952",
        "SW1A 1AA",
        "ls1 4ap",
        "07700 900123",
        "mo@gmail.com",
        " (at) ",
        "gmail.com",
        "born ",
        "order ",
        "\n",
        ", ",
        "| ",
        "é",
        "\u00a0",
        chr(0xFF10),
    ]
)
_TEXTS = st.lists(_PIECES | st.text(max_size=5), max_size=12).map("".join)


def _all_looks(text: str) -> tuple[Match, ...]:
    return tuple(drop_overlaps(each for recogniser, _ in RECOGNISERS for each in recogniser(text)))


@pytest.mark.parametrize("seed", [1, 2])
def test_first_look_spares_nothing_that_counts(seed: int) -> None:
    """With and without it the same is seen, in everything that people write."""
    for sample in (*samples(seed)[::5], *awkward_samples(seed)[::3]):
        assert find_matches(sample.text) == _all_looks(sample.text), sample.text


@given(_TEXTS)
def test_first_look_spares_nothing_in_any_text(text: str) -> None:
    """The same of texts that nobody writes."""
    assert find_matches(text) == _all_looks(text)


@given(_TEXTS)
def test_sightings_are_apart_and_within(text: str) -> None:
    """They come in order, do not overlap, and lie in the text."""
    ends = 0
    for each in find_matches(text):
        assert ends <= each.start < each.end <= len(text)
        ends = each.end


@given(_TEXTS)
def test_nothing_is_left_after_masking(text: str) -> None:
    """What was seen is not there any more; the rest, and every length, is as before."""
    seen = find_matches(text)
    left = mask_matches(text, seen)
    assert len(left) == len(text)
    for each in seen:
        assert not any(letter.isalnum() for letter in left[each.start : each.end])
    assert all(left[at] == text[at] for at in range(len(text)) if not any(s.start <= at < s.end for s in seen))


def test_the_surer_one_counts() -> None:
    """Of two sightings in one place the surer is told, wherever it begins."""
    sure, other = Match(PersonalDataKind.NHS_NUMBER, 2, 12), Match(PersonalDataKind.TELEPHONE_NUMBER, 0, 8)
    assert list(drop_overlaps([other, sure])) == [sure]
    assert list(drop_overlaps([other, Match(PersonalDataKind.POSTCODE, 4, 12)])) == [other]


@given(st.text("ab\n"), st.data())
def test_lines_and_columns(text: str, data: st.DataObject) -> None:
    """They count from 1, as in an editor."""
    at = data.draw(st.integers(0, len(text)))
    line, column = LineIndex(text).line_and_column(at)
    assert line == text.count("\n", 0, at) + 1
    assert column == at - (text.rfind("\n", 0, at) + 1) + 1


def test_names_of_files_are_words() -> None:
    """Hyphens, underscores and slashes part words there, an ending does not count, and places stay the same."""
    assert replace_separators("b/visit_999-123-4578.md") == "b visit 999 123 4578 md"
    assert replace_separators("version 1.2") == "version 1.2"


#: What a pattern that goes back on itself would not come through.
_HOSTILE = {
    "digits": "1",
    "spaced digits": "9 ",
    "noughts": "0",
    "dotted": "0.",
    "gaps": " ",
    "gaps and digits": "1   ",
    "line ends": "1\n",
    "cards": "999 123 4578 ",
    "telephones": "07700 900123 ",
    "pluses": "+",
    "at signs": "@a.b",
    "names before at": "a",
    "letters and digits": "MW123456",
    "labels": "NHS number ",
    "labels and marks": "DOB: ",
    "births": "born in a b c ",
    "born": "born",
    "bars": "dob||||||||||||||||",
    "postcodes": "SW1A 1AA ",
    "brackets": "(at)",
    "words": "Anna Brown ",
    "wide": chr(0xFF19),
}


def _work(text: str) -> float:
    """The lesser of two runs, in seconds of this process's own work."""
    names = ListedNames.parse("Anna Brown\nAnna Smith\n")
    spent = []
    for _ in range(2):
        begun = time.process_time()
        find_matches(text)
        list(names.find_matches(text))
        spent.append(time.process_time() - begun)
    return min(spent)


@pytest.mark.slow
@pytest.mark.parametrize("piece", _HOSTILE.values(), ids=_HOSTILE)
def test_work_grows_with_the_text_and_no_faster(piece: str) -> None:
    """Eight times the text takes about eight times the work: anything quadratic would take sixty-four times."""
    text = (piece * (MAX_FILE_SIZE // len(piece) + 1))[:MAX_FILE_SIZE]
    text = "@ NI birth postcode 0000000000 " + text
    small, large = _work(text[: MAX_FILE_SIZE // 8]), _work(text)
    assert large < 24 * max(small, 0.002)
