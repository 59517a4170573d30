"""A signature as git found it, and the sentence that says so."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Standing(StrEnum):
    """What becomes of a signature when it is checked with the keys that are known here."""

    GOOD = "good"
    UNTRUSTED = "untrusted"
    UNKNOWN = "unknown"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"
    BAD = "bad"


_WORDS = {
    Standing.GOOD: "is signed: a good signature",
    Standing.UNTRUSTED: "is signed, but nobody has said here that this key is to be trusted: a sound signature",
    Standing.UNKNOWN: "is signed, but with a key that cannot be checked here",
    Standing.EXPIRED: "is signed, but the signature or its key has run out since: a sound signature",
    Standing.WITHDRAWN: "is signed, but with a key that has been withdrawn",
    Standing.BAD: "has a bad signature: it does not belong to what it stands on",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """A signature on a `tag`, or on the commit itself where that is empty.

    `who` and `key` are as git names them, and empty where it does not.
    """

    standing: Standing
    tag: str = ""
    who: str = ""
    key: str = ""


def words_of(seal: Signature, *, plain: bool = False) -> str:
    """A signature in one sentence. `plain` leaves out e-mail addresses, for pages."""
    whose = f"the tag {seal.tag}" if seal.tag else "the commit"
    who = _name(seal.who) if plain else seal.who
    by = f" by {_printable(who)}" if who else ""
    key = f" (key {_printable(seal.key)})" if seal.key else ""
    sentence = f"{whose} {_WORDS[seal.standing]}{by}{key}."
    return sentence[0].upper() + sentence[1:]


def _name(who: str) -> str:
    """A name without its e-mail address; of an address alone what stands before the “@”."""
    words = [word for word in who.split() if not word.startswith("<")]
    return " ".join(word.split("@")[0] for word in words)


def _printable(words: str) -> str:
    return "".join(letter if letter.isprintable() else "\ufffd" for letter in words)
