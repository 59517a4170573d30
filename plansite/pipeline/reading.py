"""Plans read and kept, each fetched again only when it is needed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from plansite.content.patience import late_files
from plansite.content.shelf import Batch, Shelf
from plansite.content.site import Head, head_of
from plansite.content.volume import Volume, volume_from
from plansite.model.left_out import LeftOut, left_out_of
from plansite.pipeline.outline import Lean, Outline, lean_of, outline_of, seen
from plansite.pipeline.surroundings import Surroundings
from plansite.pipeline.terms import Terms, digest
from plansite.publish.store import Store
from plansite.workers.spread import can_fork, worthwhile
from plansite.workers.watched import watched

#: A plan has about so many files; a further process is worth its start for some 250 of them.
WORTH = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A plan that was read: the key of its files, its outline where it may be seen, and a digest of its lean form.

    `left_out` is what each of those does not see of it of whom that is told. `tables` are the files of readings that
    may not be seen.
    """

    key: str
    outline: Outline | None
    mark: str
    left_out: tuple[tuple[LeftOut, ...], ...]
    tables: tuple[str, ...] = ()


class Reading:
    """The plans of a site for one audience, by slug."""

    def __init__(self, shelf: Shelf, terms: Terms, store: Store, known: Mapping[str, Known]) -> None:
        """Read every plan that is not among the `known` with the key it has now."""
        self._shelf = shelf
        self._sight, self._told = terms.sight, terms.told
        self._sight_mark = terms.sight_mark
        self._store = store
        self._late: dict[str, Volume] = {}
        self._batches = {batch.slug: batch for batch in shelf.batches}
        self.known = self._all(known)
        outlines = {slug: each.outline for slug, each in self.known.items() if each.outline}
        keys = {slug: each.key for slug, each in self.known.items()}
        self.surroundings = Surroundings(terms.head, outlines, keys, self.lean)

    def _all(self, known: Mapping[str, Known]) -> dict[str, Known]:
        fresh = [each for each in self._shelf.batches if not (each.slug in known and known[each.slug].key == each.key)]
        if self._store.is_shared and can_fork():
            read = watched(self._read, fresh, worthwhile(len(fresh), WORTH))
            self._late.update((batch.slug, late) for batch, (_, late) in zip(fresh, read, strict=True) if late)
        else:
            self._fetch(fresh)
            read = [self._read(batch) for batch in fresh]
        found = {batch.slug: each for batch, (each, _) in zip(fresh, read, strict=True)}
        return {each.slug: found.get(each.slug) or known[each.slug] for each in self._shelf.batches}

    def _fetch(self, fresh: Sequence[Batch]) -> None:
        """Keep here what another process reads, where that process could not keep it for us."""
        missing = [batch for batch in fresh if not isinstance(self._store.get(_name_of(batch)), Volume)]
        shelf = self._shelf.only(path for batch in missing for path in batch.paths)
        for batch, volume in zip(missing, watched(partial(volume_from, shelf), missing), strict=True):
            self._keep(batch, volume)

    def _read(self, batch: Batch) -> tuple[Known, Volume | None]:
        """What is known of a plan; and the plan itself, where that cannot be kept."""
        whole = self._whole(batch)
        volume = seen(whole, self._sight)
        left_out = tuple(left_out_of(whole.plan, whole.unread, each) for each in self._told)
        late = self._late.get(batch.slug)
        key = f"{batch.key} without {late_files(late.findings)}" if late else batch.key
        if volume is None:
            return Known(key=key, outline=None, mark="", left_out=left_out), late
        lean = lean_of(volume)
        mark = "" if late else self._store.put(self._name("lean", batch), lean)
        known = Known(
            key=key,
            outline=outline_of(volume),
            mark=mark or digest(lean),
            left_out=left_out,
            tables=tuple(_hidden_tables(whole, volume)),
        )
        return known, late

    @property
    def plans(self) -> tuple[str, ...]:
        """The slugs of the plans that may be seen, in order."""
        return tuple(self.surroundings.outlines)

    def volume(self, slug: str) -> Volume:
        """A plan in full, as it may be seen."""
        volume = seen(self._whole(self._batches[slug]), self._sight)
        if volume is None:
            raise KeyError(slug)
        return volume

    def lean(self, slug: str) -> Lean:
        """A plan as lists need it."""
        batch = self._batches[slug]
        kept = None if slug in self._late else self._store.get(self._name("lean", batch))
        return kept if isinstance(kept, Lean) else lean_of(self.volume(slug))

    def names(self) -> tuple[str, ...]:
        """The names under which all this is kept."""
        return tuple(name for batch in self._shelf.batches for name in (_name_of(batch), self._name("lean", batch)))

    def _whole(self, batch: Batch) -> Volume:
        kept = self._late.get(batch.slug) or self._store.get(_name_of(batch))
        if not isinstance(kept, Volume):
            kept = volume_from(self._shelf, batch)
            self._keep(batch, kept)
        return kept

    def _keep(self, batch: Batch, volume: Volume) -> None:
        """For the next build; but for this one alone where a file took too long, which may not be so again."""
        if late_files(volume.findings):
            self._late[batch.slug] = volume
        else:
            self._store.put(_name_of(batch), volume)

    def _name(self, what: str, batch: Batch) -> str:
        return f"{what} {batch.key} {self._sight_mark}"


def _hidden_tables(whole: Volume, seen: Volume) -> Iterator[str]:
    """The table beside each measure that may not be seen."""
    shown = {measure.path for measure in seen.plan.measures}
    return (f"{each.path[:-3]}.csv" for each in whole.plan.measures if each.path not in shown)


def _name_of(batch: Batch) -> str:
    return f"plan {batch.key}"


def head_from(shelf: Shelf, store: Store) -> tuple[Head, str]:
    """What stands above the plans, read or fetched, and the name under which it is kept."""
    paths = (*shelf.people, "content/index.md")
    name = f"head {digest(tuple((path, shelf.prints.get(path)) for path in paths))}"
    kept = store.get(name)
    if not isinstance(kept, Head):
        (kept,) = watched(head_of, [shelf.only(paths)])
        if not late_files(kept.findings):
            store.put(name, kept)
    return kept, name
