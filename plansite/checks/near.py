"""The known name that somebody probably meant."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from plansite.model.people import same_name

_SHORTEST, _LONGEST = 3, 60


@dataclass(frozen=True, slots=True)
class Names:
    """Known names, indexed so that a slip of the keyboard is found without comparing with each of them."""

    _thinned: Mapping[str, str]

    @classmethod
    def of(cls, names: Iterable[str]) -> Names:
        """Where two names are alike, the earlier one is offered."""
        index: dict[str, str] = {}
        for name in names:
            for key in _thinned(same_name(name)):
                index.setdefault(key, name)
        return cls(index)

    def near(self, name: str) -> str:
        """The name that differs from this one by a letter added, left out, changed or swapped; else an empty text."""
        found = (self._thinned[key] for key in _thinned(same_name(name)) if key in self._thinned)
        return next(found, "")

    def advice(self, name: str, otherwise: str) -> str:
        """`did you mean “owner”?`, or what to do where nothing is near."""
        near = self.near(name)
        return f"did you mean “{near}”?" if near else otherwise


def _thinned(key: str) -> Iterator[str]:
    """The key itself, then the key without each of its letters in turn; very short and very long ones are left out."""
    if _SHORTEST <= len(key) <= _LONGEST:
        yield key
    if _SHORTEST < len(key) <= _LONGEST:
        yield from (key[:at] + key[at + 1 :] for at in range(len(key)))
