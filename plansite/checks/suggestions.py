"""The known name that was probably meant, where a name is unknown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from plansite.model.cross_plan_index import ActionRef
from plansite.model.people import OwnerOrAgency, normalise_name
from plansite.model.site import Site

_MIN_LENGTH, _MAX_LENGTH = 3, 60


@dataclass(frozen=True, slots=True)
class SuggestionIndex:
    """Known names by themselves and by each variant with one letter left out.

    Two names that differ by one letter share such a variant, so that a near name is found without comparing with all.
    """

    _by_deletion: Mapping[str, str]

    @classmethod
    def build(cls, names: Iterable[str]) -> SuggestionIndex:
        """Index names; of two that share a variant, the earlier one is suggested."""
        index: dict[str, str] = {}
        for name in names:
            for key in _deletions(normalise_name(name)):
                index.setdefault(key, name)
        return cls(index)

    def find_nearest(self, name: str) -> str:
        """The known name that differs by one letter added, left out, changed or swapped; "" if there is none."""
        matches = (self._by_deletion[key] for key in _deletions(normalise_name(name)) if key in self._by_deletion)
        return next(matches, "")

    def format_suggestion(self, name: str, default: str) -> str:
        """`did you mean “owner”?`, or the default if no name is near."""
        nearest = self.find_nearest(name)
        return f"did you mean “{nearest}”?" if nearest else default


def _deletions(key: str) -> Iterator[str]:
    """The key, then the key without each of its letters in turn; nothing for very short and very long keys."""
    if _MIN_LENGTH <= len(key) <= _MAX_LENGTH:
        yield key
    if _MIN_LENGTH < len(key) <= _MAX_LENGTH:
        yield from (key[:at] + key[at + 1 :] for at in range(len(key)))


def list_suggestion_names(
    category: str, site: Site, actions: Iterable[ActionRef], paths: Iterable[str]
) -> tuple[str, ...]:
    """All names of a category ("people", "agencies", "actions" or "paths"), those to be suggested first in front."""
    people: list[OwnerOrAgency] = [*site.owners, *site.agencies]
    match category:
        case "people":
            return (*(person.title for person in people), *(person.slug for person in people))
        case "agencies":
            return (*(agency.slug for agency in site.agencies), *(agency.title for agency in site.agencies))
        case "actions":
            return tuple(f"{plan}/{slug}" for plan, slug in actions)
        case _:
            return tuple(sorted(paths))
