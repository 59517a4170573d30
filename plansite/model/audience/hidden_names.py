"""Names of owners and agencies that an audience may not see, and finding them in texts."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import field
from typing import Any

from plansite.deferred_dataclass import dataclass
from plansite.deferred_pattern import compile_lazily
from plansite.model.audience.name_spellings import HONORIFICS, NameSpellings, list_spellings
from plansite.model.audience.name_words import split_pieces
from plansite.model.audience.spelling_matcher import SpellingMatcher
from plansite.model.people import OwnerOrAgency, normalise_name
from plansite.model.site import UnreadableFile
from plansite.model.slugs import title_from_slug

#: What separates two names, or a name and a remark, in a text whose white space is normalised to single spaces.
_SEPARATOR = compile_lazily(r"[^\w\s'’.-]+|[.—–](?= |$)| [-–—] | (?:and|or|of|at|for|with|from|by) ")
_HONORIFIC = compile_lazily(rf"^(?:{'|'.join(sorted(HONORIFICS))})\.? ")
_WORD = compile_lazily(r"[^\W_]+(?:['’][^\W_]+)*")
_TITLE_FIELD = compile_lazily(
    r"(?:^|[{,])[ \t]*[\"']?title[\"']?[ \t]*:[ \t]*[>|\"'+-]*\s*([^\"'#{},\n]+)", re.MULTILINE
)
#: How many results are kept: those of a plan of some thousand actions.
_MAX_RESULTS = 50_000


@dataclass(frozen=True, slots=True)
class HiddenNames:
    """Normalised names to be hidden, and other spellings of them.

    `visible_names` are names of those who may be seen, which may have a hidden name of one word in them.
    """

    names: frozenset[str] = frozenset()
    visible_names: frozenset[str] = frozenset()
    spellings: NameSpellings = NameSpellings()
    _matcher: SpellingMatcher = field(init=False, compare=False)
    _first_pieces: frozenset[str] = field(init=False, compare=False)
    _results: dict[tuple[str, bool], bool] = field(init=False, compare=False)

    def __post_init__(self) -> None:
        """Build the matcher of the spellings, and what all names begin with."""
        object.__setattr__(self, "_matcher", SpellingMatcher.build(self.spellings))
        object.__setattr__(
            self, "_first_pieces", frozenset(piece for name in self.names for piece in split_pieces(name)[:1])
        )
        object.__setattr__(self, "_results", {})

    @classmethod
    def build(
        cls, hidden: Iterable[OwnerOrAgency], unreadable: Iterable[UnreadableFile], visible: Iterable[OwnerOrAgency]
    ) -> HiddenNames:
        """The names of hidden people, and of those whose files could not be read, as these may be marked as hidden."""
        hidden, visible = tuple(hidden), tuple(visible)
        unreadable = tuple(file for file in unreadable if file.kind in ("owner", "agency"))
        if not hidden and not unreadable:
            return cls()
        hidden_titles = _normalise_all(
            (*_list_titles(hidden), *(name for file in unreadable for name in _guess_names(file)))
        )
        visible_names = _normalise_all((*_list_titles(visible), *_list_slugs(visible)))
        names = hidden_titles | (_normalise_all(_list_slugs(hidden)) - visible_names)
        return cls(names, visible_names - names, list_spellings(hidden, _list_guessed_titles(unreadable), visible))

    def __bool__(self) -> bool:
        """Whether there is any name to be hidden."""
        return bool(self.names or self._matcher.prefixes)

    def list_parts(self) -> tuple[frozenset[Any], ...]:
        """All that two values differ in, for a fingerprint."""
        return self.names, self.visible_names, *self.spellings

    def filter_name(self, name: str) -> str:
        """The name, or "" if it is to be hidden."""
        return "" if self.matches(name) else name

    def matches(self, text: str) -> bool:
        """Whether a text in a field for names has a hidden name in it: "Manager, Riverside House".

        A name of one word must be a whole part between separators, because a longer one is another's name: "Deputy
        Manager" is not "Manager". A name of several words matches anywhere.
        """
        return bool(text) and self._find(text, is_name=True)

    def is_mentioned(self, text: str) -> bool:
        """Whether a text in any other field has a hidden name in it; a name of one word may stand anywhere.

        Names of a single letter are too frequent for that: they are hidden only in fields for names.
        """
        return bool(text) and self._find(text, is_name=False)

    def _find(self, text: str, *, is_name: bool) -> bool:
        """The same for either kind of field. Results are kept, because a text is looked at for each audience."""
        if not self:
            return False
        key = (text, is_name)
        result = self._results.get(key)
        if result is None:
            pieces = split_pieces(text)
            result = self._matcher.matches(text, pieces, is_name=is_name) or (
                not self._first_pieces.isdisjoint(pieces) and self._is_named(text, 1 if is_name else 2)
            )
            if len(self._results) > _MAX_RESULTS:
                self._results.clear()
            self._results[key] = result
        return result

    def _is_named(self, text: str, min_length: int) -> bool:
        """Whether a hidden name of at least this length is the text, or a part of it between separators."""
        if _normalise_words(text) in self.visible_names:
            return False
        return any(part in self.names and len(part) >= min_length for part in split_names(text))


def split_names(text: str) -> Iterator[str]:
    """The text and its parts between separators, normalised and without honorifics."""
    normalised = normalise_name(text)
    for part in (normalised, *_SEPARATOR.split(normalised)):
        yield _normalise_words(_HONORIFIC.sub("", part.strip()))


def _normalise_words(text: str) -> str:
    """The words of a text in lower case, without punctuation, separated by single spaces."""
    return " ".join(_WORD.findall(unicodedata.normalize("NFKC", text).casefold()))


def _normalise_all(names: Iterable[str]) -> frozenset[str]:
    return frozenset(filter(None, map(_normalise_words, names)))


def _list_titles(people: Iterable[OwnerOrAgency]) -> Iterator[str]:
    return (person.title for person in people)


def _list_slugs(people: Iterable[OwnerOrAgency]) -> Iterator[str]:
    return (person.slug for person in people)


def _guess_names(unreadable: UnreadableFile) -> Iterator[str]:
    """Names that the owner or agency of an unreadable file may have, from its slug and its lines with `title:`."""
    yield from (unreadable.slug, title_from_slug(unreadable.slug))
    yield from _guess_titles(unreadable)


def _guess_titles(unreadable: UnreadableFile) -> tuple[str, ...]:
    """The values of its lines with `title:`, also without the line below, if the break between the two is missing."""
    titles = (match.group(1) for match in _TITLE_FIELD.finditer(unreadable.text))
    return tuple(dict.fromkeys(each for title in titles for each in (title, title.partition("audience")[0]) if each))


def _list_guessed_titles(unreadable: Iterable[UnreadableFile]) -> Iterator[str]:
    """The titles of unreadable files; of one without a title, that which its slug gives."""
    for file in unreadable:
        yield from _guess_titles(file) or (title_from_slug(file.slug),)
