"""Names that a site keeps out of its plans, from a list that is no part of it."""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from plansite.personal_data.matches import Match, PersonalDataKind

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_POSSESSIVE = re.compile(r"['’]s\Z", re.IGNORECASE)
#: What may stand between the parts of one name.
_NAME_GAP = re.compile(r"[\s._*-]{1,8}\Z")
_COMMA = re.compile(r"\s{0,2},\s{0,4}\Z")

NameWords = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ListedNames:
    """The listed names in lower case without accents, by their first word: their words, and whether turned round."""

    by_first_word: Mapping[str, frozenset[tuple[NameWords, bool]]]

    @classmethod
    def parse(cls, text: str) -> ListedNames:
        """One name a line. Empty lines and those that begin with `#` are left out, and so is a single letter."""
        found: defaultdict[str, set[tuple[NameWords, bool]]] = defaultdict(set)
        for line in text.removeprefix("\ufeff").splitlines():
            parts = () if line.lstrip().startswith("#") else tuple(normalise_word(each) for each in _WORD.findall(line))
            if len("".join(parts)) < 2:
                continue
            found[parts[0]].add((parts, False))
            if len(parts) > 1:  # "Smith, Anna", as registers have it
                found[parts[-1]].add(((parts[-1], *parts[:-1]), True))
        return cls({first: frozenset(entries) for first, entries in found.items()})

    def __len__(self) -> int:
        """How many names there are."""
        return sum(not turned for entries in self.by_first_word.values() for _, turned in entries)

    def find_matches(self, text: str, *, allow_lower_case: bool = False) -> Iterator[Match]:
        """Where a name stands as whole words, whatever the case and accents.

        A name of one word must begin with a capital, for many are words as well; not so where all is `small`.
        """
        words = [(normalise_word(match.group()), match.start(), match.end()) for match in _WORD.finditer(text)]
        end = 0
        for at, (word, start, _) in enumerate(words):
            longest = max(
                (last for last in self._find_ends(text, words, at, word, allow_lower_case=allow_lower_case)), default=0
            )
            if longest and start >= end:
                end = longest
                yield Match(PersonalDataKind.LISTED_NAME, start, end)

    def _find_ends(
        self, text: str, words: list[tuple[str, int, int]], index: int, word: str, *, allow_lower_case: bool
    ) -> Iterator[int]:
        for parts, turned in self.by_first_word.get(word, ()):
            own = words[index : index + len(parts)]
            if tuple(each for each, _, _ in own) != parts:
                continue
            gaps = [text[one[2] : two[1]] for one, two in itertools.pairwise(own)]
            first = _COMMA if turned else _NAME_GAP
            joined = all((first if number == 0 else _NAME_GAP).match(gap) for number, gap in enumerate(gaps))
            if joined and (gaps or allow_lower_case or text[own[0][1]].isupper()):
                yield own[-1][2]


def normalise_word(word: str) -> str:
    """A word for comparison: no case, no accents, no apostrophes, and not "…’s"."""
    plain = unicodedata.normalize("NFKD", _POSSESSIVE.sub("", word)).casefold()
    return "".join(each for each in plain if each.isalnum())
