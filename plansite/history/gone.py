"""Which documents stood at an earlier commit and are gone from the files as they lie here."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from plansite.checks.removed import READINGS, Removed
from plansite.content.documents import Place
from plansite.history.blobs import Blobs, MissingError
from plansite.history.git import ask
from plansite.history.log import renamed
from plansite.history.read import Part, parts_of
from plansite.history.repository import UNREADABLE, repository_of
from plansite.history.since import common
from plansite.history.tree import TreeError
from plansite.history.version import Version, version_of
from plansite.history.whereabouts import Gone, Moves
from plansite.model.site import Adopted, Document, Settings


@dataclass(frozen=True, slots=True)
class _Held:
    """A file at the earlier commit: its blob, and where the site has it."""

    blob: str
    place: Place
    source: Adopted | None


def gone_since(root: Path, settings: Settings, revision: str, here: Iterable[Document]) -> tuple[Removed, ...]:
    """What stood at the newest commit in common with a revision and is nowhere among the documents `here`.

    A document has moved, and is not gone, if an action has its old address as an alias, if git finds its words in
    another file, or if a new file of its kind has its title, or its number in the same plan. Sources in repositories
    of their own have no part in this. Raises TreeError where git cannot tell, and UnknownRevisionError.
    """
    own = repository_of(root)
    if isinstance(own, str):
        raise TreeError(own)
    base = common(own, revision)
    part = parts_of(root, settings, own)[0][0]
    held = tuple(_held(part, base))
    lost = [each for each in held if not (root / each.place.path).is_file()]
    if not lost:
        return ()
    moves = Moves.of(here, (each.place.path for each in held), _renames(part, base))
    # What git pairs comes first, so that nothing else of the same title takes its new file.
    read = sorted(_read(part, lost), key=lambda each: each.place.path not in moves.renames)
    gone = [each for each in read if not moves.explain(each)]
    tables = (each.place for each in lost if each.place.kind == READINGS)
    return (*map(_removed, gone), *_tables(root, tables, moves.taken, {each.place.path for each in gone}))


def _held(part: Part, base: str) -> Iterator[_Held]:
    """The documents at a commit, and the tables of measures."""
    words = ("ls-tree", "-r", "-z", "--full-tree", base, "--", *part.paths)
    rows = ask(Path(part.repository.top), *words).output.split(b"\0")
    for facts, _, name in (row.partition(b"\t") for row in rows if row):
        path = os.fsdecode(name)
        for folder in part.folders:
            place = folder.place(path) or _readings(folder.place(f"{path.removesuffix('.csv')}.md"), path)
            if place:
                yield _Held(facts.decode("ascii").split()[2], place, folder.source)
                break


def _readings(place: Place | None, path: str) -> Place | None:
    """The table beside a measure."""
    if place is None or place.kind != "measure" or not path.endswith(".csv"):
        return None
    return Place(READINGS, place.plan, place.slug, _table(place.path))


def _table(measure: str) -> str:
    return f"{measure.removesuffix('.md')}.csv"


def _read(part: Part, lost: Iterable[_Held]) -> Iterator[Gone]:
    """The documents among these. Raises TreeError where git lacks one."""
    files = [each for each in lost if each.place.kind != READINGS]
    try:
        with Blobs(Path(part.repository.top)) as blobs:
            data = blobs.read([each.blob for each in files])
    except MissingError:
        raise TreeError(UNREADABLE) from None
    for each in files:
        place, found = each.place, data[each.blob]
        unread = Version(place.plan, place.slug, None)
        yield Gone(place, unread if found is None else version_of(place, found, each.source))


def _removed(gone: Gone) -> Removed:
    return Removed(kind=gone.place.kind, plan=gone.version.plan, path=gone.place.path, title=gone.said("title"))


def _tables(root: Path, tables: Iterable[Place], moved: Mapping[str, str], gone: set[str]) -> Iterator[Removed]:
    """The tables that did not go with their measure, here or elsewhere."""
    for table in tables:
        measure = f"{table.path.removesuffix('.csv')}.md"
        if measure not in gone and not (root / _table(moved.get(measure, measure))).is_file():
            yield Removed(kind=READINGS, plan=table.plan, path=table.path, title="")


def _renames(part: Part, base: str) -> dict[str, str]:
    """Old paths and new ones, counted from the site, of files of one kind that git takes for the same."""
    pairs = renamed(Path(part.repository.top), base, part.repository.head, part.paths)
    places = ((_place(part, old), _place(part, new)) for old, new in pairs.items())
    return {old.path: new.path for old, new in places if old and new and old.kind == new.kind}


def _place(part: Part, path: str) -> Place | None:
    return next((place for folder in part.folders if (place := folder.place(path))), None)
