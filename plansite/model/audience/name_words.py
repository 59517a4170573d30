"""The words of a text in a form in which different spellings of a name are equal."""

from __future__ import annotations

import html
import unicodedata
from typing import NamedTuple
from urllib.parse import unquote

from plansite.deferred_pattern import compile_lazily

#: Signs that people type for an apostrophe, and letters that Unicode does not take apart into a letter and an accent.
_APOSTROPHES = "\u2019\u2018\u201b\u02bc\u02bb\u02b9\u2032\u00b4`\uff07"
_LETTERS = dict(zip("øØłŁđĐðÐ\u0131ħ", "oOlLdDdDih", strict=True))
_LIGATURES = {"æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "þ": "th", "Þ": "TH"}
_SIGNS = str.maketrans({**dict.fromkeys(_APOSTROPHES, "'"), **_LETTERS, **_LIGATURES})
_WORD = compile_lazily(r"[^\W\d_]+(?:'[^\W\d_]+)*\.?|\d+")
_PIECE = compile_lazily(r"[^\W\d_]+|\d+")
_INNER_CAPITAL = compile_lazily(r"(?<=[a-z])(?=[A-Z])")


class NameWord(NamedTuple):
    """A word of a text: as written but for accents, and case-folded without apostrophes and a final "'s"."""

    written: str
    text: str

    @property
    def is_capitalised(self) -> bool:
        """Whether it begins with a capital."""
        return self.written[:1].isupper()

    @property
    def is_abbreviated(self) -> bool:
        """Whether a full stop follows it."""
        return self.written.endswith(".")

    @property
    def is_possessive(self) -> bool:
        """Whether it ends in "'s"."""
        return self.written.casefold().rstrip(".").endswith("'s")


def split_pieces(text: str) -> list[str]:
    """The words of a text in lower case, cut at apostrophes as well; much quicker than split_name_words."""
    return _PIECE.findall(_INNER_CAPITAL.sub(" ", _plain_text(text)).casefold())


def split_name_words(text: str) -> tuple[NameWord, ...]:
    """The words of a text. "AnnaBrown2" is three: a word ends before an inner capital, and between letter and digit.

    Percent signs (`%20`) and HTML entities are decoded first, because addresses have names in them.
    """
    return tuple(map(_fold_word, _WORD.findall(_INNER_CAPITAL.sub(" ", _plain_text(text)))))


def _plain_text(text: str) -> str:
    """The text without accents and invisible characters, with one sign for all apostrophes."""
    if "%" in text:
        text = unquote(text)
    if "&" in text:
        text = html.unescape(text)
    if text.isascii():
        return text.replace("`", "'")
    decomposed = unicodedata.normalize("NFKD", text.translate(_SIGNS))
    return "".join(character for character in decomposed if unicodedata.category(character) not in _LEFT_OUT)


#: Accents, and characters that nobody sees, such as a soft hyphen.
_LEFT_OUT = frozenset({"Mn", "Me", "Cf"})


def _fold_word(written: str) -> NameWord:
    return NameWord(written, written.rstrip(".").casefold().removesuffix("'s").replace("'", ""))
