"""Sentences and rows of words that others know by heart are no passphrases, however they are written."""

from __future__ import annotations

import random

import pytest
from xkcdpass.xkcd_password import generate_wordlist

from plansite.encryption.passphrase import find_weakness
from plansite.encryption.well_known import find_well_known, split_words

LINES = """
To be, or not to be, that is the question
Call me Ishmael. Some years ago, never mind how long precisely
It was the best of times, it was the worst of times
It is a truth universally acknowledged, that a single man in possession of a good fortune
Shall I compare thee to a summer's day? Thou art more lovely and more temperate
Our Father, who art in heaven, hallowed be thy name
The Lord is my shepherd; I shall not want
Hail Mary, full of grace, the Lord is with thee
Humpty Dumpty sat on a wall, Humpty Dumpty had a great fall
Mary had a little lamb, its fleece was white as snow
Jack and Jill went up the hill to fetch a pail of water
The quick brown fox jumps over the lazy dog
Pack my box with five dozen liquor jugs, sphinx of black quartz
Is this the real life? Is this just fantasy?
Yesterday, all my troubles seemed so far away
Ground control to Major Tom, commencing countdown, engines on
Frankly, my dear, I don't give a damn
May the Force be with you, young Skywalker
A bird in the hand is worth two in the bush
Too many cooks spoil the broth, but many hands make light work
Ask not what your country can do for you
We shall fight on the beaches, we shall never surrender
I wandered lonely as a cloud that floats on high
Never gonna give you up, never gonna let you down
Je pense, donc je suis, et rien ne va plus
Freude schöner Götterfunken, Tochter aus Elysium, wir betreten feuertrunken
En un lugar de la Mancha, de cuyo nombre no quiero acordarme
Arma virumque cano, Troiae qui primus ab oris
Mae hen wlad fy nhadau yn annwyl i mi
correct horse battery staple violin harbour
lorem ipsum dolor sit amet consectetur adipiscing elit
alpha bravo charlie delta echo foxtrot golf hotel
January February March April May June July
Monday Tuesday Wednesday Thursday Friday Saturday
hydrogen helium lithium beryllium boron carbon
Twinkle twinkle little star, wonder sparkling heavenly diamond
friends, Romans, countrymen, lend ears, Shakespeare Caesar
gryffindor hufflepuff ravenclaw slytherin
supercalifragilisticexpialidocious medicine spoonful
peter piper picked peck pickled peppers
matthew mark luke john acts romans corinthians
genesis exodus leviticus numbers deuteronomy
""".strip().splitlines()

DIGITS = str.maketrans("oeiastOEIAST", "031457031457")


@pytest.mark.parametrize("line", LINES)
def test_a_line_that_others_know_is_refused(line: str) -> None:
    """As it stands, in capitals, with digits for letters, with signs between the words, and the other way round."""
    words = split_words(line)
    for form in (line, line.upper(), line.translate(DIGITS), ".".join(words), "_".join(words), " ".join(words[::-1])):
        assert find_weakness(form), form


@pytest.mark.parametrize("line", [line for line in LINES if len(split_words(line)) > 8])
def test_a_line_without_blanks_is_refused(line: str) -> None:
    """Written as one word."""
    assert find_weakness("".join(split_words(line)))


@pytest.mark.parametrize("line", [line for line in LINES[:24] if len(split_words(line)) > 8])
def test_an_english_line_without_blanks_and_with_digits_is_refused(line: str) -> None:
    """Written as one word, with digits for letters."""
    assert find_weakness("".join(split_words(line)).translate(DIGITS))


def test_zxcvbn_alone_would_take_it() -> None:
    """Sentences are refused for being sentences, not for their length."""
    assert "sentence" in find_weakness(LINES[0])
    assert "sequence" in find_weakness("friends Romans countrymen lend ears Shakespeare Caesar")


def test_letters_drawn_by_chance_are_taken() -> None:
    """Letters and digits, which have short words in them by chance."""
    draw = random.Random(5)  # noqa: S311  (a test that is the same each time)
    signs = "abcdefghijklmnopqrstuvwxyz0123456789"
    phrases = ["".join(draw.choices(signs, k=30)) for _ in range(1_000)]
    assert [phrase for phrase in phrases if find_well_known(phrase)] == []


def test_words_drawn_by_chance_are_taken() -> None:
    """At most one in five hundred passphrases of the list of the EFF is taken for a row; none has joining words."""
    words = sorted(set(generate_wordlist("eff-long", min_length=1, max_length=99)))
    draw = random.Random(4)  # noqa: S311  (a test that is the same each time)
    found = [find_well_known(" ".join(draw.sample(words, 6))) for _ in range(5_000)]
    assert sum(map(bool, found)) <= 10
    assert [reason for reason in found if "sentence" in reason] == []


@pytest.mark.parametrize(
    "phrase",
    [
        "violin violin violin harbour harbour harbour pencil pencil pencil",
        "violin harbour violin harbour violin harbour violin harbour",
        "qwertyuiop asdfghjkl zxcvbnm qwertyuiop asdfghjkl zxcvbnm",
        "1qaz2wsx3edc4rfv5tgb6yhn7ujm",
        "qazwsxedcrfvtgbyhnujmikolp",
    ],
)
def test_repeats_and_rows_of_a_keyboard_are_refused(phrase: str) -> None:
    """A word counts once."""
    assert find_weakness(phrase)
