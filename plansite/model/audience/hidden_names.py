"""Names of owners and agencies who may not be seen; they are left out of what may."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from plansite.model.people import OwnerOrAgency
from plansite.model.site import UnreadableFile
from plansite.model.slugs import title_from_slug

#: What stands between two names, or between a name and a remark. All white space is one blank by then.
_SEPARATOR = re.compile(r"[^\w\s'’.-]+|[.—–](?= |$)| [-–—] | (?:and|or|of|at|for|with|from|by) ")
_HONORIFIC = re.compile(r"^(?:dr|mr|mrs|ms|miss|mx|prof|professor|sister|nurse|rev)\.? ")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_TITLE_FIELD = re.compile(r"(?:^|[{,])[ \t]*[\"']?title[\"']?[ \t]*:[ \t]*[>|\"'+-]*\s*([^\"'#{},\n]+)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class HiddenNames:
    """The names, as words in small letters. Those in `seen` are somebody else's, who may be named."""

    names: frozenset[str] = frozenset()
    visible_names: frozenset[str] = frozenset()
    _max_words: int = field(init=False, default=0)

    def __post_init__(self) -> None:
        """How many words the longest name has."""
        object.__setattr__(self, "_max_words", max((name.count(" ") + 1 for name in self.names), default=0))

    @classmethod
    def build(
        cls, hidden: Iterable[OwnerOrAgency], unreadable: Iterable[UnreadableFile], visible: Iterable[OwnerOrAgency]
    ) -> HiddenNames:
        """Of those marked for fewer readers, and of those whose files cannot be read: they may have been marked."""
        lost = (name for each in unreadable if each.kind in ("owner", "agency") for name in _guess_names(each))
        shown = frozenset(map(_normalise_words, _list_names(visible)))
        names = frozenset(filter(None, map(_normalise_words, (*_list_names(hidden), *lost))))
        return cls(names - shown, shown if names - shown else frozenset())

    def filter_name(self, name: str) -> str:
        """The name, or nothing."""
        return "" if self.matches(name) else name

    def filter_names(self, names: tuple[str, ...]) -> tuple[str, ...]:
        """Those that may be seen."""
        return tuple(name for name in names if not self.matches(name))

    def matches(self, text: str) -> bool:
        """Whether this is such a name, or holds one beside an agency or a remark: "Manager, Riverside House".

        A name of one word must stand by itself between two signs, for many are words as well. One of several words
        may stand anywhere.
        """
        if not self.names or not text or _normalise_words(text) in self.visible_names:
            return False
        return any(part in self.names for part in split_names(text)) or self._contains_name(
            _normalise_words(text).split()
        )

    def _contains_name(self, words: list[str]) -> bool:
        lengths = range(2, self._max_words + 1)
        return any(" ".join(words[at : at + length]) in self.names for at in range(len(words)) for length in lengths)


def split_names(text: str) -> Iterator[str]:
    """The names that a text may be made of, as words in small letters."""
    whole = " ".join(unicodedata.normalize("NFKC", text).casefold().split())
    for part in (whole, *_SEPARATOR.split(whole)):
        yield _normalise_words(_HONORIFIC.sub("", part.strip()))


def _normalise_words(text: str) -> str:
    return " ".join(_WORD.findall(unicodedata.normalize("NFKC", text).casefold()))


def _list_names(people: Iterable[OwnerOrAgency]) -> Iterator[str]:
    return (name for party in people for name in (party.slug, party.title))


def _guess_names(unreadable: UnreadableFile) -> Iterator[str]:
    """What somebody may go by whose file cannot be read."""
    yield from (unreadable.slug, title_from_slug(unreadable.slug))
    yield from (match.group(1) for match in _TITLE_FIELD.finditer(unreadable.text))
