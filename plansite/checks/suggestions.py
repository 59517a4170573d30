"""The known name that somebody probably meant."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from plansite.model.people import normalise_name

_MIN_LENGTH, _MAX_LENGTH = 3, 60


@dataclass(frozen=True, slots=True)
class SuggestionIndex:
    """Known names, indexed so that a slip of the keyboard is found without comparing with each of them."""

    _by_deletion: Mapping[str, str]

    @classmethod
    def build(cls, names: Iterable[str]) -> SuggestionIndex:
        """Where two names are alike, the earlier one is offered."""
        index: dict[str, str] = {}
        for name in names:
            for key in _deletions(normalise_name(name)):
                index.setdefault(key, name)
        return cls(index)

    def find_nearest(self, name: str) -> str:
        """The name that differs from this one by a letter added, left out, changed or swapped; else an empty text."""
        found = (self._by_deletion[key] for key in _deletions(normalise_name(name)) if key in self._by_deletion)
        return next(found, "")

    def format_suggestion(self, name: str, default: str) -> str:
        """`did you mean “owner”?`, or what to do where nothing is near."""
        near = self.find_nearest(name)
        return f"did you mean “{near}”?" if near else default


def _deletions(key: str) -> Iterator[str]:
    """The key itself, then the key without each of its letters in turn; very short and very long ones are left out."""
    if _MIN_LENGTH <= len(key) <= _MAX_LENGTH:
        yield key
    if _MIN_LENGTH < len(key) <= _MAX_LENGTH:
        yield from (key[:at] + key[at + 1 :] for at in range(len(key)))
