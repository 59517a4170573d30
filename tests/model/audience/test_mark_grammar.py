"""What looks like a mark and what does not, and that deciding it takes no longer for a hostile text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plansite.model.audience.mark_grammar import (
    holds_any_mark,
    holds_field_mark,
    holds_passage_mark,
    is_audience_word,
    is_field_mark,
    is_passage_mark,
    is_within_slip,
    is_within_two_slips,
    may_hold_passage_mark,
)

_WORDS = st.text(alphabet="abcdxyz", min_size=1, max_size=9)


@pytest.mark.parametrize(
    "line",
    [
        "::: internal", "::internal", "text :: internal", ":: internal X ::", "：：： internal", "﹕﹕﹕internal", "∶∶∶ staff",
        "text ::: anything", "text :::", ":;: internal", ":l: internal", "l:: internal", "::l internal", ": :: internal", ":: : internal",
        "internal ::", "internal:::", ": internal", "- : internal", "::", "> ::", ";:: internal", ";; internal", ":: intenral", ":: ｓｔａｆｆ",
        ":: sṭaff", "::\u200b internal", ":\u200b:\u200b: internal", "∷ internal", "|a|:: private", "(:: confidential)", ":: **staff**",
    ],
)  # fmt: skip
def test_a_passage_mark(line: str) -> None:
    """However wide the colons are, wherever it stands, and with any slip."""
    assert is_passage_mark(line)
    assert holds_passage_mark(f"Open\n{line}\nOpen")
    assert holds_passage_mark(line)


@pytest.mark.parametrize(
    "line",
    [
        "the public: a survey", "Note: internal audit", "10:30 internal meeting", "at 10:30:15 staff left", "https://e.org/a?b=c::d", "a::b",
        "std::string", ":staff:", "Thanks :staff: and :public:", "| :-: | :--: | :---- |", "Partners:", "Public:", ": a definition", "internal; external",
        "12:30", "- 2025-01-04 (Deputy Manager): the public came", "[x]: https://e.org", "Staff; public; partners", "“internal”: a word", "fe80::1",
        "C:\\staff", "e.g. partners: see below", "Ratio 1:2:3", "public:private", "internal:",
    ],
)  # fmt: skip
def test_ordinary_writing_is_no_passage_mark(line: str) -> None:
    """Prose, times, addresses, emoji, tables, definitions and code."""
    assert not is_passage_mark(line)
    assert not holds_passage_mark(f"Open\n{line}\nOpen")


def test_a_mark_may_be_torn_in_two() -> None:
    """By a line break between its colons."""
    assert holds_passage_mark("Open. ::\n:internal Secret")
    assert holds_passage_mark("Open. :\n> :: staff Secret")
    assert not holds_passage_mark("Term:\n: a definition")


@pytest.mark.parametrize(
    "key",
    [
        "audiance", "Audience", "audeince", "AUDIENCE", "audience:internal", "audience internal", "audience = internal", "audence", "aud ience",
        "audience;internal", "audience：internal", "audience :internal", "audienceinternal", "\u00a0audience", "audience:", "аudience", "ａｕｄｉｅｎｃｅ",
        "'audience", "audiences", "audince:staff", "audience-staff",
    ],
)  # fmt: skip
def test_a_field_mark(key: str) -> None:
    """With two slips, signs around it, and its value in it."""
    assert is_field_mark(key, "audience")


@pytest.mark.parametrize(
    "key", ["evidence", "audience_size", "title", "owner", "agencies", "created", "science", "auditors", "guidance"]
)
def test_another_field_is_no_mark(key: str) -> None:
    """A field that is no more than a little like it."""
    assert not is_field_mark(key, "audience")
    assert not is_field_mark(key, "kind")


@pytest.mark.parametrize(
    "key", ["knid", "kin", "Kind", "kindd", "kind:counselling", "kind counselling", "kind=general"]
)
def test_a_kind_mark(key: str) -> None:
    """Within one slip, or with a private kind in it."""
    assert is_field_mark(key, "kind")


def test_a_text_that_ends_like_a_field() -> None:
    """At the end of any of its lines; within a sentence it is none."""
    assert holds_field_mark("Photographs audience:internal", "audience")
    assert holds_field_mark("Photographs audience internal\nOpen", "audience")
    assert holds_field_mark("Photographs AUDIENCE = Internal.", "audience")
    assert holds_field_mark("Her plan kind:counselling", "kind")
    assert not holds_field_mark("the audience is the public", "audience")
    assert not holds_field_mark("an audience: public servants and others", "audience")
    assert not holds_field_mark("What kind of service", "kind")


def test_any_mark_of_a_stray_file() -> None:
    """The word, wherever it stands; or a private kind."""
    assert holds_any_mark("title: A\naudiance = x")
    assert holds_any_mark("knid: counseling")
    assert holds_any_mark("a\n::: x")
    assert not holds_any_mark("title: A\nkind: service\nText: of the public.")


@given(_WORDS, _WORDS, st.data())
def test_one_slip_is_one(word: str, other: str, data: st.DataObject) -> None:
    """Left out, put in, replaced or swapped at any place; and it is the same from both sides."""
    at = data.draw(st.integers(0, len(word) - 1))
    sign = data.draw(st.sampled_from("abq"))
    slips = (
        word[:at] + word[at + 1 :], word[:at] + sign + word[at:], word[:at] + sign + word[at + 1 :],
        word[:at] + word[at + 1 : at + 2] + word[at] + word[at + 2 :],
    )  # fmt: skip
    assert all(is_within_slip(slip, word) and is_within_slip(word, slip) for slip in slips)
    assert is_within_slip(word, other) == is_within_slip(other, word)
    assert is_within_two_slips(slips[0], word)
    if abs(len(word) - len(other)) > 1:
        assert not is_within_slip(word, other)


def test_two_slips_are_not_one() -> None:
    """Nor are three two."""
    assert not is_within_slip("adiance", "audience")
    assert is_within_two_slips("adiance", "audience")
    assert not is_within_two_slips("adians", "audience")
    assert not is_audience_word("externals2")
    assert is_audience_word("intrnal")
    assert not is_audience_word("them")


@given(st.text(alphabet=":; \n>-.)12ab|internalstaff：∶\u200b", max_size=60))
def test_the_quick_test_misses_nothing(text: str) -> None:
    """Where it is False, no line is a mark."""
    if any(map(is_passage_mark, text.split("\n"))):
        assert may_hold_passage_mark(text)


@pytest.mark.timeout(20)
@pytest.mark.parametrize(
    "part", [":", "a", " ", "; ", ":: ", "internal ", ": ", ":-", "::x ", "audience ", "audience:", "\n: ", "：", "é"]
)
def test_no_text_takes_long(part: str) -> None:
    """A quarter of a million signs, each test in time that grows as the text does."""
    text = part * (250_000 // len(part))
    holds_passage_mark(text)
    holds_passage_mark(f":{text}:: internal")
    holds_field_mark(text, "audience")
    holds_field_mark(f"audience{text}", "audience")
    holds_any_mark(text)
    is_field_mark(text, "audience")
