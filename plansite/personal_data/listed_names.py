"""Names that must not be in the plans of a site, from a list outside it."""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping

from plansite.deferred_dataclass import dataclass
from plansite.deferred_pattern import compile_lazily
from plansite.personal_data.matches import Match, PersonalDataKind

_WORD = compile_lazily(r"[^\W_]+(?:['’][^\W_]+)*")
_POSSESSIVE = compile_lazily(r"['’]s\Z", re.IGNORECASE)
#: The characters between the words of one name.
_NAME_GAP = compile_lazily(r"[\s._*-]{1,8}\Z")
_COMMA = compile_lazily(r"\s{0,2},\s{0,4}\Z")

NameWords = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ListedNames:
    """Listed names by their first word, all normalised: the words of a name, and whether the surname comes first."""

    by_first_word: Mapping[str, frozenset[tuple[NameWords, bool]]]

    @classmethod
    def parse(cls, text: str) -> ListedNames:
        """Parse a list with one name a line; empty lines, lines that begin with `#` and single letters are ignored."""
        names: defaultdict[str, set[tuple[NameWords, bool]]] = defaultdict(set)
        for line in text.removeprefix("\ufeff").splitlines():
            parts = () if line.lstrip().startswith("#") else tuple(map(normalise_word, _WORD.findall(line)))
            if len("".join(parts)) < 2:
                continue
            names[parts[0]].add((parts, False))
            if len(parts) > 1:  # also "Smith, Anna", as in registers
                names[parts[-1]].add(((parts[-1], *parts[:-1]), True))
        return cls({first_word: frozenset(entries) for first_word, entries in names.items()})

    def __len__(self) -> int:
        """The number of names."""
        return sum(not is_reversed for entries in self.by_first_word.values() for _, is_reversed in entries)

    def find_matches(self, text: str, *, allow_lower_case: bool = False) -> Iterator[Match]:
        """Names in a text, as whole words, in any case and with any accents.

        A name of one word must begin with a capital, since many are common words too, unless `allow_lower_case`.
        """
        words = [(normalise_word(match.group()), match.start(), match.end()) for match in _WORD.finditer(text)]
        end = 0
        for index, (word, start, _) in enumerate(words):
            match_end = max(self._find_ends(text, words, index, word, allow_lower_case=allow_lower_case), default=0)
            if match_end and start >= end:
                end = match_end
                yield Match(PersonalDataKind.LISTED_NAME, start, end)

    def _find_ends(
        self, text: str, words: list[tuple[str, int, int]], index: int, word: str, *, allow_lower_case: bool
    ) -> Iterator[int]:
        """The end offset of each listed name that begins with the word at `index`.

        `words` are normalised words with their start and end offsets; `word` is that at `index`.
        """
        for parts, is_reversed in self.by_first_word.get(word, ()):
            candidates = words[index : index + len(parts)]
            if tuple(candidate for candidate, _, _ in candidates) != parts:
                continue
            gaps = [text[left[2] : right[1]] for left, right in itertools.pairwise(candidates)]
            first_gap = _COMMA if is_reversed else _NAME_GAP
            is_joined = all((first_gap if number == 0 else _NAME_GAP).match(gap) for number, gap in enumerate(gaps))
            if is_joined and (gaps or allow_lower_case or text[candidates[0][1]].isupper()):
                yield candidates[-1][2]


def normalise_word(word: str) -> str:
    """A word for comparison: case-folded, without accents, apostrophes and a final "’s"."""
    plain = unicodedata.normalize("NFKD", _POSSESSIVE.sub("", word)).casefold()
    return "".join(character for character in plain if character.isalnum())
