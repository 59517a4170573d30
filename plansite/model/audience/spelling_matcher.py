"""Finding the spellings of names in a text, word by word, in time linear in its length."""

from __future__ import annotations

from collections.abc import Sequence

from plansite.deferred_dataclass import dataclass
from plansite.deferred_pattern import compile_lazily
from plansite.model.audience.name_spellings import PARTICLES, NameSpellings, join_words
from plansite.model.audience.name_words import NameWord, split_name_words

#: An account, as `@abrown`, or an e-mail address.
_ACCOUNT = compile_lazily(r"(?<![\w.+-])@([\w.-]{1,100})|(?<![\w.+-])([\w.+-]{1,100})@[\w.-]{1,100}")
#: A name of one word that is this short counts in a text only in capitals: IT, HR. A single letter does not.
_SHORT_WORD_LENGTH = 2
#: How many words may stand between the first and the last word of a name.
_MAX_MIDDLE_NAMES = 2


@dataclass(frozen=True, slots=True)
class SpellingMatcher:
    """Spellings of names with what makes finding them quick.

    `prefixes` are all that one may begin with, `complete` those of a single word and the first words of long names.
    """

    spellings: NameSpellings
    joined: frozenset[str]
    complete: frozenset[str]
    prefixes: frozenset[str]

    @classmethod
    def build(cls, spellings: NameSpellings) -> SpellingMatcher:
        """A matcher for these spellings; any of them may have an "s" behind it ("Anna Browns team")."""
        joined = frozenset(form for name in spellings.names for form in (name, f"{name}s"))
        firsts = (first for first, _ in spellings.first_and_last)
        singles = (form for word in spellings.single_words | spellings.surnames for form in (word, f"{word}s"))
        complete = joined.union(firsts, singles)
        every = (*complete, *spellings.initialled)
        prefixes = frozenset(form[:end] for form in every for end in range(1, len(form) + 1))
        return cls(spellings, joined, complete, prefixes)

    def matches(self, text: str, pieces: Sequence[str], *, is_name: bool) -> bool:
        """Whether a name is in a text. `pieces` are its words as split_pieces returns them.

        If `is_name`, the text is in a field for names, and a name of a single word counts only if it is possessive.
        """
        if "@" in text and self._has_account(text):
            return True
        return self._may_match(pieces) and self._matches_words(split_name_words(text), is_name=is_name)

    def _may_match(self, pieces: Sequence[str]) -> bool:
        """A quick look at two words at a time, which is true for all texts with a name and for few others."""
        prefixes = self.prefixes
        if prefixes.isdisjoint(pieces):
            return False
        for index, piece in enumerate(pieces):
            if piece in prefixes:
                if piece in self.complete:
                    return True
                for following in pieces[index + 1 : index + 3]:  # an "s" of its own was behind an apostrophe
                    if piece + following in prefixes or f"{piece}|{following}" in prefixes:
                        return True
                    if following != "s":
                        break
        return False

    def _matches_words(self, words: Sequence[NameWord], *, is_name: bool) -> bool:
        texts = [word.text for word in words]
        return any(
            text in self.prefixes
            and (
                self._is_single_word(words, texts, start, is_name=is_name)
                or self._begins_name(words, texts, start, is_name=is_name)
                or self._begins_long_name(words, texts, start)
            )
            for start, text in enumerate(texts)
        )

    def _has_account(self, text: str) -> bool:
        """Whether an account or e-mail address is named after somebody, unless it is that of one who may be seen."""
        for match in _ACCOUNT.finditer(text):
            letters = "".join(filter(str.isalpha, join_words(match.group(1) or match.group(2))))
            address = tuple(word.text for word in split_name_words(match.group() if match.group(2) else ""))
            if letters in self.spellings.handles and address not in self.spellings.visible:
                return True
        return False

    def _is_single_word(self, words: Sequence[NameWord], texts: Sequence[str], start: int, *, is_name: bool) -> bool:
        """Whether a word is a name of one word, and not part of the name of somebody who may be seen."""
        word, text = words[start], texts[start]
        singles, surnames = self.spellings.single_words, self.spellings.surnames
        if text in surnames or text.removesuffix("s") in surnames:
            counts = is_name or word.is_capitalised or len(words) == 1
        elif text in singles:
            is_short = len(text) <= _SHORT_WORD_LENGTH
            counts = word.is_possessive if is_name else not is_short or (len(text) > 1 and word.written.isupper())
        else:
            counts = len(text) > _SHORT_WORD_LENGTH and text.removesuffix("s") in singles
        return counts and (word.is_possessive or not self._is_part_of_visible_name(texts, start))

    def _is_part_of_visible_name(self, texts: Sequence[str], start: int) -> bool:
        return any(
            tuple(texts[first : first + len(name)]) == name
            for name in self.spellings.visible
            if len(name) > 1
            for first in range(max(start - len(name) + 1, 0), start + 1)
        )

    def _begins_name(self, words: Sequence[NameWord], texts: Sequence[str], start: int, *, is_name: bool) -> bool:
        """Whether a name of several words begins here, with its words written apart or as one."""
        forms, end = [texts[start]], start + 1
        while forms:
            if any(form in self.joined for form in forms):
                return True
            is_whole = is_name or (start == 0 and end == len(texts))
            for form in forms:
                if form in self.spellings.initialled and (is_whole or _has_initials(form, words[start:end])):
                    return True
            if end == len(texts):
                return False
            longer = (form + separator + texts[end] for form in forms for separator in ("", "|"))
            forms, end = [form for form in longer if form in self.prefixes], end + 1
        return False

    def _begins_long_name(self, words: Sequence[NameWord], texts: Sequence[str], start: int) -> bool:
        """Whether a name begins here that has another name or an initial in its middle: "Anna Jane Brown"."""
        for end in range(start + 2, min(start + 2 + _MAX_MIDDLE_NAMES, len(texts))):
            middle = words[end - 1]
            if not (middle.is_capitalised or len(middle.text) == 1):
                return False
            last = texts[end]
            pairs = ((texts[start], last), (texts[start], last.removesuffix("s")))
            if any(pair in self.spellings.first_and_last for pair in pairs):
                return True
        return False


def _has_initials(form: str, words: Sequence[NameWord]) -> bool:
    """Whether the words of a spelling with initials are written as such: "A. Brown", "A Brown", not "a brown door"."""
    parts = form.split("|")
    name = max(parts, key=len)
    initials = [word for word in words if word.text in parts and word.text != name]
    if all(word.is_abbreviated for word in initials):
        return True
    return all(word.is_capitalised for word in words if word.text not in PARTICLES)
