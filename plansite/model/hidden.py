"""Names of owners and agencies who may not be seen; they are left out of what may."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from plansite.model.names import title_of
from plansite.model.people import Party
from plansite.model.site import Unread

#: What stands between two names, or between a name and a remark. All white space is one blank by then.
_BETWEEN = re.compile(r"[^\w\s'’.-]+|[.—–](?= |$)| [-–—] | (?:and|or|of|at|for|with|from|by) ")
_HONORIFIC = re.compile(r"^(?:dr|mr|mrs|ms|miss|mx|prof|professor|sister|nurse|rev)\.? ")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_TITLE = re.compile(r"(?:^|[{,])[ \t]*[\"']?title[\"']?[ \t]*:[ \t]*[>|\"'+-]*\s*([^\"'#{},\n]+)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Hidden:
    """The names, as words in small letters. Those in `seen` are somebody else's, who may be named."""

    names: frozenset[str] = frozenset()
    seen: frozenset[str] = frozenset()
    _longest: int = field(init=False, default=0)

    def __post_init__(self) -> None:
        """How many words the longest name has."""
        object.__setattr__(self, "_longest", max((name.count(" ") + 1 for name in self.names), default=0))

    @classmethod
    def of(cls, hidden: Iterable[Party], unread: Iterable[Unread], seen: Iterable[Party]) -> Hidden:
        """Of those marked for fewer readers, and of those whose files cannot be read: they may have been marked."""
        lost = (name for each in unread if each.kind in ("owner", "agency") for name in _lost(each))
        shown = frozenset(map(_words, _called(seen)))
        names = frozenset(filter(None, map(_words, (*_called(hidden), *lost))))
        return cls(names - shown, shown if names - shown else frozenset())

    def one(self, name: str) -> str:
        """The name, or nothing."""
        return "" if self.hides(name) else name

    def many(self, names: tuple[str, ...]) -> tuple[str, ...]:
        """Those that may be seen."""
        return tuple(name for name in names if not self.hides(name))

    def hides(self, text: str) -> bool:
        """Whether this is such a name, or holds one beside an agency or a remark: "Manager, Riverside House".

        A name of one word must stand by itself between two signs, for many are words as well. One of several words
        may stand anywhere.
        """
        if not self.names or not text or _words(text) in self.seen:
            return False
        return any(part in self.names for part in parts_of(text)) or self._holds(_words(text).split())

    def _holds(self, words: list[str]) -> bool:
        lengths = range(2, self._longest + 1)
        return any(" ".join(words[at : at + length]) in self.names for at in range(len(words)) for length in lengths)


def parts_of(text: str) -> Iterator[str]:
    """The names that a text may be made of, as words in small letters."""
    whole = " ".join(unicodedata.normalize("NFKC", text).casefold().split())
    for part in (whole, *_BETWEEN.split(whole)):
        yield _words(_HONORIFIC.sub("", part.strip()))


def _words(text: str) -> str:
    return " ".join(_WORD.findall(unicodedata.normalize("NFKC", text).casefold()))


def _called(parties: Iterable[Party]) -> Iterator[str]:
    return (name for party in parties for name in (party.slug, party.title))


def _lost(unread: Unread) -> Iterator[str]:
    """What somebody may go by whose file cannot be read."""
    yield from (unread.slug, title_of(unread.slug))
    yield from (match.group(1) for match in _TITLE.finditer(unread.text))
