"""Names of owners and agencies who may not be seen; they are left out of what may."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from plansite.model.names import title_of
from plansite.model.people import Party, same_name
from plansite.model.site import Unread

_BETWEEN = re.compile(r"\s*[,;(/]\s*|\s+[–-]\s+")
_TITLE = re.compile(r"^\s*title\s*:\s*[\"']?(.+?)[\"']?\s*$", re.MULTILINE | re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Hidden:
    """The names, as `same_name` has them."""

    names: frozenset[str] = frozenset()

    @classmethod
    def of(cls, hidden: Iterable[Party], unread: Iterable[Unread], seen: Iterable[Party]) -> Hidden:
        """Of those marked for fewer readers, and of those whose files cannot be read: they may have been marked."""
        lost = (name for each in unread if each.kind in ("owner", "agency") for name in _lost(each))
        return cls(frozenset((*_called(hidden), *map(same_name, lost))) - frozenset(_called(seen)))

    def one(self, name: str) -> str:
        """The name, or nothing."""
        return "" if self.hides(name) else name

    def many(self, names: tuple[str, ...]) -> tuple[str, ...]:
        """Those that may be seen."""
        return tuple(name for name in names if not self.hides(name))

    def hides(self, name: str) -> bool:
        """Whether this is such a name, or holds one beside an agency or a remark: "Manager, Riverside House"."""
        if not self.names or not name:
            return False
        parts = (name, *_BETWEEN.split(name.rstrip(") ")))
        return any(same_name(part) in self.names for part in parts)


def _called(parties: Iterable[Party]) -> Iterable[str]:
    return (same_name(name) for party in parties for name in (party.slug, party.title))


def _lost(unread: Unread) -> Iterable[str]:
    """What somebody may go by whose file cannot be read."""
    return (unread.slug, title_of(unread.slug), *(match.group(1) for match in _TITLE.finditer(unread.text)))
