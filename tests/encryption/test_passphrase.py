"""Passphrases are drawn by chance, and a weak one is refused."""

from __future__ import annotations

import itertools
import math
import secrets
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from xkcdpass.xkcd_password import generate_wordlist

from plansite.encryption import passphrase
from plansite.encryption.passphrase import (
    MIN_BITS,
    WORD_COUNT,
    find_weakness,
    generate_passphrase,
    normalise_passphrase,
)
from tests.encryption.sample import PHRASE


def test_six_words_are_drawn_by_the_system(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each from a list of 7,776 different words, by `secrets`: 77 bits or more."""
    lists: list[Sequence[str]] = []

    def choice(words: Sequence[str]) -> str:
        lists.append(words)
        return words[len(lists)]

    monkeypatch.setattr(secrets, "choice", choice)
    phrase = generate_passphrase()
    assert len(lists) == WORD_COUNT >= 6
    assert {len(set(words)) for words in lists} == {7776}
    assert math.log2(7776) * WORD_COUNT >= MIN_BITS
    assert phrase == " ".join(lists[0][1 : WORD_COUNT + 1])


def test_no_word_begins_another() -> None:
    """So words run together by mistake can be told apart, and hyphens that do not count cost nothing."""
    words = sorted(normalise_passphrase(word) for word in generate_wordlist("eff-long", min_length=1, max_length=99))
    assert not [one for one, other in itertools.pairwise(words) if other.startswith(one)]


def test_a_short_list_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    """A library that came to have fewer words would make passphrases weaker in silence."""
    monkeypatch.setattr(passphrase, "generate_wordlist", lambda *_, **__: ["one", "two"])
    with pytest.raises(RuntimeError, match="only 2 of 7776"):
        generate_passphrase()


def test_every_drawn_passphrase_is_strong_enough() -> None:
    """By the measure for phrases of somebody's own."""
    phrases = [generate_passphrase() for _ in range(50)]
    assert len(set(phrases)) == 50
    assert [find_weakness(phrase) for phrase in phrases] == [""] * 50


@pytest.mark.parametrize(
    "phrase",
    [
        "password",
        "Riverside House 2025",
        "correct horse battery staple",
        "qwertyuiopasdfghjklzxcvbnm1234567890",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        "password password password password password password",
        "x8Fq2mLz0PvTn4Rw",
        "20/01/2025 21/01/2025",
    ],
)
def test_a_weak_one_is_refused(phrase: str) -> None:
    """The reason says how much it is worth and what to use instead."""
    assert f"{MIN_BITS} are needed" in find_weakness(phrase)


@pytest.mark.parametrize("phrase", ["", " \n", "- -"])
def test_an_empty_one_is_refused(phrase: str) -> None:
    """An empty file or a variable that was never filled in."""
    assert find_weakness(phrase) == "it is empty"


@pytest.mark.parametrize("phrase", [PHRASE, f" {PHRASE}\n", "kT7#qv9!Lw2@xZ5$mN8%rP3^"])
def test_a_strong_one_is_taken(phrase: str) -> None:
    """Words by chance, or letters by chance."""
    assert find_weakness(phrase) == ""


def test_words_that_anybody_may_guess_are_worth_less() -> None:
    """The name of the site does not make a passphrase."""
    phrase = "Thistledown Partnership Aberwristwhistle Zwolverley"
    assert find_weakness(phrase) == ""
    assert find_weakness(phrase, ("Thistledown", "Partnership", "Aberwristwhistle", "Zwolverley"))


def test_what_nobody_can_type_is_refused() -> None:
    """A control character in a file would lock everybody out."""
    assert find_weakness(f"{PHRASE}\x07") == "it has a character that cannot be typed"


@given(st.text(max_size=60))
def test_plain_is_plain(phrase: str) -> None:
    """Done twice it changes nothing, and capitals, ends and doubled blanks never count."""
    once = normalise_passphrase(phrase)
    assert normalise_passphrase(f"  {phrase}\n") == once
    assert "  " not in once
    assert once == once.strip(" ")
