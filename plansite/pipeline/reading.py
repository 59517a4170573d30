"""Plans read and kept, each fetched again only when it is needed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from plansite.content.shelf import Batch, Shelf
from plansite.content.site import Head, head_of
from plansite.content.volume import Volume, volume_of
from plansite.pipeline.outline import Lean, Outline, lean_of, outline_of, seen
from plansite.pipeline.surroundings import Surroundings
from plansite.pipeline.terms import Terms, digest, sight_mark
from plansite.publish.store import Store
from plansite.workers import spread

#: A plan has about so many files; a further process is worth its start for some 250 of them.
WORTH = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A plan that was read: the key of its files, its outline where it may be seen, and a digest of its lean form."""

    key: str
    outline: Outline | None
    mark: str


class Reading:
    """The plans of a site for one audience, by slug."""

    def __init__(self, shelf: Shelf, terms: Terms, store: Store, known: Mapping[str, Known]) -> None:
        """Read every plan that is not among the `known` with the key it has now."""
        self._shelf = shelf
        self._sight = terms.sight
        self._sight_mark = sight_mark(terms.sight)
        self._store = store
        self._batches = {batch.slug: batch for batch in shelf.batches}
        self.known = self._all(known)
        outlines = {slug: each.outline for slug, each in self.known.items() if each.outline}
        keys = {slug: each.key for slug, each in self.known.items()}
        self.surroundings = Surroundings(terms.head, outlines, keys, self.lean)

    def _all(self, known: Mapping[str, Known]) -> dict[str, Known]:
        fresh = [each for each in self._shelf.batches if not (each.slug in known and known[each.slug].key == each.key)]
        processes = None if self._store.is_shared else 1
        read = dict(zip((each.slug for each in fresh), spread(self._read, fresh, processes, WORTH), strict=True))
        return {each.slug: read.get(each.slug) or known[each.slug] for each in self._shelf.batches}

    def _read(self, batch: Batch) -> Known:
        volume = self._volume(batch)
        if volume is None:
            return Known(key=batch.key, outline=None, mark="")
        lean = lean_of(volume)
        mark = self._store.put(self._name("lean", batch), lean) or digest(lean)
        return Known(key=batch.key, outline=outline_of(volume), mark=mark)

    @property
    def plans(self) -> tuple[str, ...]:
        """The slugs of the plans that may be seen, in order."""
        return tuple(self.surroundings.outlines)

    def volume(self, slug: str) -> Volume:
        """A plan in full, as it may be seen."""
        volume = self._volume(self._batches[slug])
        if volume is None:
            raise KeyError(slug)
        return volume

    def lean(self, slug: str) -> Lean:
        """A plan as lists need it."""
        batch = self._batches[slug]
        kept = self._store.get(self._name("lean", batch))
        return kept if isinstance(kept, Lean) else lean_of(self.volume(slug))

    def names(self) -> tuple[str, ...]:
        """The names under which all this is kept."""
        return tuple(name for batch in self._shelf.batches for name in (_whole(batch), self._name("lean", batch)))

    def _volume(self, batch: Batch) -> Volume | None:
        name = _whole(batch)
        kept = self._store.get(name)
        if not isinstance(kept, Volume):
            kept = volume_of(batch, self._shelf.open, self._shelf.settings.sources)
            self._store.put(name, kept)
        return seen(kept, self._sight)

    def _name(self, what: str, batch: Batch) -> str:
        return f"{what} {batch.key} {self._sight_mark}"


def _whole(batch: Batch) -> str:
    return f"plan {batch.key}"


def head_from(shelf: Shelf, store: Store) -> tuple[Head, str]:
    """What stands above the plans, read or fetched, and the name under which it is kept."""
    paths = (*shelf.people, "content/index.md")
    name = f"head {digest(tuple((path, shelf.prints.get(path)) for path in paths))}"
    kept = store.get(name)
    if not isinstance(kept, Head):
        kept = head_of(shelf)
        store.put(name, kept)
    return kept, name
