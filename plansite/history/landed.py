"""What each commit of the mainline changed, read from the versions of the files that it touched."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import tzinfo
from functools import partial

from plansite.content.documents import Place
from plansite.content.patience import in_time
from plansite.history.blobs import Blobs
from plansite.history.change import Change, Stamp
from plansite.history.clock import day_of
from plansite.history.compare import Subject, compared
from plansite.history.folders import Folder
from plansite.history.lines import Landed, landed
from plansite.history.log import Touched
from plansite.history.mainline import Landing
from plansite.history.quick import quick_version
from plansite.history.version import Version
from plansite.model.site import Adopted

#: So many comparisons are made at a time, to bound how many versions are in memory at once.
_AT_A_TIME = 500


@dataclass(frozen=True, slots=True)
class _Pair:
    """One file in one commit: where it stood and stands, and its two versions."""

    landing: int
    touched: Touched
    who: str
    old: tuple[Place, Adopted | None] | None
    new: tuple[Place, Adopted | None] | None


def changes_of(landings: Sequence[Landing], folders: Sequence[Folder], blobs: Blobs, zone: tzinfo) -> list[Landed]:
    """The changes of each commit; a function of the commit, the folders and the zone alone. Raises MissingError."""
    pairs = [pair for number, landing in enumerate(landings) for pair in _pairs(number, landing, folders)]
    found: list[list[Change]] = [[] for _ in landings]
    versions = _Versions(blobs, pairs)
    stamps = [Stamp(each.commit, day_of(each.time, zone), each.pull_request) for each in landings]
    for start in range(0, len(pairs), _AT_A_TIME):
        some = pairs[start : start + _AT_A_TIME]
        versions.fetch(some)
        for pair in some:
            found[pair.landing].extend(_compared(pair, versions, stamps[pair.landing]))
    return [
        landed(each.commit, each.time, each.pull_request, zone, changes)
        for each, changes in zip(landings, found, strict=True)
    ]


def _pairs(number: int, landing: Landing, folders: Sequence[Folder]) -> Iterator[_Pair]:
    for touched, who in landing.files:
        new = _place(touched.path, folders) if touched.after else None
        old = _place(touched.old_path, folders) if touched.before else None
        if old or new:
            yield _Pair(number, touched, who, old, new)


def _place(path: str, folders: Sequence[Folder]) -> tuple[Place, Adopted | None] | None:
    for folder in folders:
        place = folder.place(path)
        if place:
            return place, folder.source
    return None


class _Versions:
    """Each version is read once: as the later of two, and then as the earlier of the next two."""

    def __init__(self, blobs: Blobs, pairs: Sequence[_Pair]) -> None:
        self._blobs = blobs
        self._needed = Counter(name for pair in pairs for name in _names(pair))
        self._data: dict[str, bytes | None] = {}
        self._read: dict[str, dict[Place, Version]] = {}

    def fetch(self, pairs: Sequence[_Pair]) -> None:
        names = dict.fromkeys(name for pair in pairs for name in _names(pair))
        self._data.update(self._blobs.read([name for name in names if name not in self._data]))

    def take(self, name: str, at: tuple[Place, Adopted | None] | None) -> Version | None:
        """A version; what nobody asks for again is let go."""
        if at is None:
            return None
        place, source = at
        data, read = self._data[name], self._read.setdefault(name, {})
        version = read.get(place)
        if version is None:
            version = unknown = Version(place.plan, place.slug, None)
            if data is not None:
                version = in_time(place.path, data, partial(quick_version, place, data, source), lambda _: unknown)
            read[place] = version
        self._needed[name] -= 1
        if not self._needed[name]:
            del self._data[name], self._read[name]
        return version


def _names(pair: _Pair) -> Iterator[str]:
    if pair.old:
        yield pair.touched.before
    if pair.new:
        yield pair.touched.after


def _compared(pair: _Pair, versions: _Versions, stamp: Stamp) -> Iterator[Change]:
    before, after = versions.take(pair.touched.before, pair.old), versions.take(pair.touched.after, pair.new)
    place = (pair.new or pair.old or (None,))[0]
    version = after or before
    if place is None or version is None:
        return
    subject = Subject(place.kind, version.plan, version.slug, place.path, pair.who, stamp)
    old_path = pair.old[0].path if pair.old else place.path
    if pair.old and pair.new and pair.old[0].kind != place.kind:
        gone = Subject(pair.old[0].kind, pair.old[0].plan, pair.old[0].slug, old_path, pair.who, stamp)
        yield from compared(before, None, gone, old_path)
        yield from compared(None, after, subject, place.path)
    else:
        yield from compared(before, after, subject, old_path)
