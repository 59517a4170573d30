"""Generates, normalises and judges passphrases."""

from __future__ import annotations

import math
import secrets
import unicodedata

from xkcdpass.xkcd_password import generate_wordlist
from zxcvbn import zxcvbn

from plansite.deferred_pattern import compile_lazily
from plansite.encryption.well_known import find_well_known, split_words

WORD_COUNT = 6
#: The entropy of six words from a list of 7,776, in bits. A passphrase that is given must have as much.
MIN_BITS = 77
_WORD_LIST = "eff-long"
_WORD_LIST_SIZE = 7776
#: White space as browsers define it (ECMAScript, WhiteSpace and LineTerminator), and hyphens.
_BLANKS = compile_lazily(r"[\t-\r \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff\-\u2010-\u2015]+")
#: zxcvbn judges no more characters than these.
_MAX_JUDGED_LENGTH = 72


def generate_passphrase() -> str:
    """Six random words from the long list of the EFF, by the operating system's random generator: 77.5 bits."""
    words = sorted(set(generate_wordlist(_WORD_LIST, min_length=1, max_length=99)))
    if len(words) < _WORD_LIST_SIZE:
        raise RuntimeError(
            f"the list of words has only {len(words)} of {_WORD_LIST_SIZE}, too few for a safe passphrase"
        )
    while True:
        passphrase = " ".join(secrets.choice(words) for _ in range(WORD_COUNT))
        if not find_well_known(passphrase):  # one in some thousands has three words of a row, such as of months
            return passphrase


def normalise_passphrase(passphrase: str) -> str:
    """The passphrase in the form from which keys are derived: lower case, single blanks instead of blanks and hyphens.

    `unlock.js` does the same, because keyboards of telephones change capitals and blanks.
    """
    return _BLANKS.sub(" ", unicodedata.normalize("NFKC", passphrase)).strip(" ").lower()


def find_weakness(passphrase: str, guessable: tuple[str, ...] = ()) -> str:
    """Why a given passphrase cannot be used; empty where it can. `guessable` are words that are easy to guess.

    Judged by zxcvbn (Wheeler, USENIX Security 2016), which knows common words, names, dates, keyboard rows and
    repeats. A word counts once. Sentences, which zxcvbn does not know, are refused whatever it says.
    """
    normalised = normalise_passphrase(passphrase)
    if not normalised:
        return "it is empty"
    if not normalised.isprintable():
        return "it has a character that cannot be typed"
    once = " ".join(dict.fromkeys(normalised.split(" ")))
    guesses = [word for text in guessable for word in (normalise_passphrase(text), *split_words(text))]
    judgement = zxcvbn(once[:_MAX_JUDGED_LENGTH], guesses)
    bits = math.log2(float(judgement["guesses"]))
    if bits < MIN_BITS:
        return f"it is too easy to guess: about {bits:.0f} bits, and {MIN_BITS} are needed"
    return find_well_known(normalised)
