"""Passphrases: how they are drawn, what makes no difference in them, and which are too weak."""

from __future__ import annotations

import math
import re
import secrets
import unicodedata

from xkcdpass.xkcd_password import generate_wordlist
from zxcvbn import zxcvbn

WORD_COUNT = 6
#: What six words from a list of 7,776 are worth. A phrase of somebody's own has to be worth as much.
MIN_BITS = 77
_WORD_LIST = "eff-long"
_WORD_LIST_SIZE = 7776
#: What browsers take for a blank (ECMAScript, WhiteSpace and LineTerminator), and hyphens.
_BLANKS = re.compile(r"[\t-\r \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff\-\u2010-\u2015]+")
#: The judge of passphrases reads no more than so many characters.
_MAX_JUDGED_LENGTH = 72


def generate_passphrase() -> str:
    """Six words, each drawn by the system's own source of randomness from the long list of the EFF: 77.5 bits."""
    words = sorted(set(generate_wordlist(_WORD_LIST, min_length=1, max_length=99)))
    if len(words) < _WORD_LIST_SIZE:
        raise RuntimeError(
            f"the list of words has only {len(words)} of {_WORD_LIST_SIZE}, too few for a safe passphrase"
        )
    return " ".join(secrets.choice(words) for _ in range(WORD_COUNT))


def normalise_passphrase(passphrase: str) -> str:
    """The phrase as it counts: capitals, further blanks and hyphens make no difference.

    `unlock.js` does the same, so that whoever types on a telephone gets in.
    """
    return _BLANKS.sub(" ", unicodedata.normalize("NFKC", passphrase)).strip(" ").lower()


def find_weakness(passphrase: str, guessable: tuple[str, ...] = ()) -> str:
    """Why a phrase of somebody's own cannot be used; empty where it can. `known` are words that anybody may guess.

    Judged by zxcvbn (Wheeler, USENIX Security 2016), which knows common words, names, dates, keyboard rows and
    repeats. It knows no quotations.
    """
    counted = normalise_passphrase(passphrase)
    if not counted:
        return "there is nothing in it"
    if not counted.isprintable():
        return "it has a character that nobody can type"
    guesses = math.log2(
        float(zxcvbn(counted[:_MAX_JUDGED_LENGTH], [normalise_passphrase(each) for each in guessable])["guesses"])
    )
    if guesses < MIN_BITS:
        return (
            f"it can be guessed: it is worth about {guesses:.0f} bits, and {MIN_BITS} are needed. "
            f"Use {WORD_COUNT} words or more that were drawn by chance"
        )
    return ""
