"""The known name that was probably meant, where a name is unknown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from plansite.content.report import MAX_NEAR_LENGTH, MIN_NEAR_LENGTH, format_question, is_near, near_key
from plansite.content.yaml.quoting import write_value
from plansite.deferred_dataclass import dataclass
from plansite.model.cross_plan_index import ActionRef
from plansite.model.people import OwnerOrAgency
from plansite.model.site import Site

#: How many names with the same variant are kept.
_MAX_NAMES = 5


@dataclass(frozen=True, slots=True)
class SuggestionIndex:
    """Known names by themselves and by each variant with one letter left out.

    Two names that are near (see `is_near`) share such a variant, so that they are found without comparing with all.
    """

    _by_deletion: Mapping[str, tuple[str, ...]]

    @classmethod
    def build(cls, names: Iterable[str]) -> SuggestionIndex:
        """Index names; of two that are near, the earlier one is suggested. A variant has the first few names alone."""
        index: dict[str, tuple[str, ...]] = {}
        for name in names:
            for key in _deletions(near_key(name)):
                if len(index.get(key, ())) < _MAX_NAMES:
                    index[key] = (*index.get(key, ()), name)
        return cls(index)

    def find_nearest(self, name: str) -> str:
        """The known name that is near; "" if there is none."""
        matches = (each for key in _deletions(near_key(name)) for each in self._by_deletion.get(key, ()))
        return next((each for each in matches if is_near(name, each)), "")

    def suggest(self, name: str, default: str) -> tuple[str, tuple[str, str]]:
        """`did you mean “owner”?`, or the default if no name is near; and the name with what to write instead."""
        nearest = self.find_nearest(name)
        if not nearest:
            return default, ("", "")
        return format_question(nearest), (name, nearest if write_value(nearest) == nearest else "")


def _deletions(key: str) -> Iterator[str]:
    """The key, then the key without each of its letters in turn; nothing for very short and very long keys."""
    if MIN_NEAR_LENGTH <= len(key) <= MAX_NEAR_LENGTH:
        yield key
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
