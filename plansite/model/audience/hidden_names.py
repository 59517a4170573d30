"""Names of owners and agencies that an audience may not see, and finding them in the fields of other documents."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from plansite.model.people import OwnerOrAgency, normalise_name
from plansite.model.site import UnreadableFile
from plansite.model.slugs import title_from_slug

#: What separates two names, or a name and a remark, in a text whose white space is normalised to single spaces.
_SEPARATOR = re.compile(r"[^\w\s'’.-]+|[.—–](?= |$)| [-–—] | (?:and|or|of|at|for|with|from|by) ")
_HONORIFIC = re.compile(r"^(?:dr|mr|mrs|ms|miss|mx|prof|professor|sister|nurse|rev)\.? ")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_TITLE_FIELD = re.compile(r"(?:^|[{,])[ \t]*[\"']?title[\"']?[ \t]*:[ \t]*[>|\"'+-]*\s*([^\"'#{},\n]+)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class HiddenNames:
    """Normalised names to be hidden. `visible_names` are names that somebody else has who may be seen."""

    names: frozenset[str] = frozenset()
    visible_names: frozenset[str] = frozenset()
    _max_words: int = field(init=False, default=0)

    def __post_init__(self) -> None:
        """Compute the number of words of the longest name."""
        object.__setattr__(self, "_max_words", max((name.count(" ") + 1 for name in self.names), default=0))

    @classmethod
    def build(
        cls, hidden: Iterable[OwnerOrAgency], unreadable: Iterable[UnreadableFile], visible: Iterable[OwnerOrAgency]
    ) -> HiddenNames:
        """The names of hidden people, and of those whose files could not be read, as these may be marked as hidden."""
        guessed = (name for file in unreadable if file.kind in ("owner", "agency") for name in _guess_names(file))
        visible_names = frozenset(map(_normalise_words, _list_names(visible)))
        hidden_names = frozenset(filter(None, map(_normalise_words, (*_list_names(hidden), *guessed))))
        names = hidden_names - visible_names
        return cls(names, visible_names if names else frozenset())

    def filter_name(self, name: str) -> str:
        """The name, or "" if it is to be hidden."""
        return "" if self.matches(name) else name

    def filter_names(self, names: tuple[str, ...]) -> tuple[str, ...]:
        """The names that are not to be hidden."""
        return tuple(name for name in names if not self.matches(name))

    def matches(self, text: str) -> bool:
        """Whether a text is a hidden name, or contains one beside an agency or a remark: "Manager, Riverside House".

        A name of one word must be a whole part between separators, because many names are words as well. A name of
        several words matches anywhere.
        """
        if not self.names or not text or _normalise_words(text) in self.visible_names:
            return False
        return any(part in self.names for part in split_names(text)) or self._contains_name(
            _normalise_words(text).split()
        )

    def _contains_name(self, words: list[str]) -> bool:
        """Whether a hidden name of two or more words is among these consecutive words."""
        lengths = range(2, self._max_words + 1)
        return any(
            " ".join(words[start : start + length]) in self.names for start in range(len(words)) for length in lengths
        )


def split_names(text: str) -> Iterator[str]:
    """The text and its parts between separators, normalised and without honorifics."""
    normalised = normalise_name(text)
    for part in (normalised, *_SEPARATOR.split(normalised)):
        yield _normalise_words(_HONORIFIC.sub("", part.strip()))


def _normalise_words(text: str) -> str:
    """The words of a text in lower case, without punctuation, separated by single spaces."""
    return " ".join(_WORD.findall(unicodedata.normalize("NFKC", text).casefold()))


def _list_names(people: Iterable[OwnerOrAgency]) -> Iterator[str]:
    return (name for person in people for name in (person.slug, person.title))


def _guess_names(unreadable: UnreadableFile) -> Iterator[str]:
    """Names that the owner or agency of an unreadable file may have, from its slug and its lines with `title:`."""
    yield from (unreadable.slug, title_from_slug(unreadable.slug))
    for match in _TITLE_FIELD.finditer(unreadable.text):
        yield match.group(1)
        yield match.group(1).partition("audience")[0]  # the line below, if the break between the two is missing
