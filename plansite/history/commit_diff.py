"""What each commit of the mainline changed, read from the versions of the files that it touched."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import tzinfo
from functools import partial

from plansite.content.documents import DocumentLocation
from plansite.content.limits import with_timeout
from plansite.history.blobs import BlobReader
from plansite.history.change import Change, CommitStamp
from plansite.history.commit_changes import CommitChanges, build_commit_changes, day_of
from plansite.history.fast_versions import parse_version_fast
from plansite.history.log import ChangedFile, MainlineCommit
from plansite.history.repository import ContentFolder
from plansite.history.version_diff import ChangeOrigin, diff_versions
from plansite.history.versions import DocumentVersion
from plansite.model.settings import ExternalSource

#: So many comparisons are made at a time, to bound how many versions are in memory at once.
_BATCH_SIZE = 500


@dataclass(frozen=True, slots=True)
class _VersionPair:
    """One file in one commit: where it stood and stands, and its two versions."""

    commit_index: int
    file: ChangedFile
    author: str
    old_place: tuple[DocumentLocation, ExternalSource | None] | None
    new_place: tuple[DocumentLocation, ExternalSource | None] | None


def diff_commits(
    commits: Sequence[MainlineCommit], folders: Sequence[ContentFolder], blobs: BlobReader, zone: tzinfo
) -> list[CommitChanges]:
    """The changes of each commit; a function of the commit, the folders and the zone alone. Raises MissingError."""
    pairs = [pair for number, landing in enumerate(commits) for pair in _build_pairs(number, landing, folders)]
    found: list[list[Change]] = [[] for _ in commits]
    versions = _VersionCache(blobs, pairs)
    stamps = [CommitStamp(each.commit, day_of(each.time, zone), each.pull_request) for each in commits]
    for start in range(0, len(pairs), _BATCH_SIZE):
        some = pairs[start : start + _BATCH_SIZE]
        versions.fetch(some)
        for pair in some:
            found[pair.commit_index].extend(_diff_pair(pair, versions, stamps[pair.commit_index]))
    return [
        build_commit_changes(each.commit, each.time, each.pull_request, zone, changes)
        for each, changes in zip(commits, found, strict=True)
    ]


def _build_pairs(commit_index: int, commit: MainlineCommit, folders: Sequence[ContentFolder]) -> Iterator[_VersionPair]:
    for touched, who in commit.files:
        new = _find_place(touched.path, folders) if touched.new_blob else None
        old = _find_place(touched.old_path, folders) if touched.old_blob else None
        if old or new:
            yield _VersionPair(commit_index, touched, who, old, new)


def _find_place(path: str, folders: Sequence[ContentFolder]) -> tuple[DocumentLocation, ExternalSource | None] | None:
    for folder in folders:
        place = folder.find_place(path)
        if place:
            return place, folder.source
    return None


class _VersionCache:
    """Each version is read once: as the later of two, and then as the earlier of the next two."""

    def __init__(self, blobs: BlobReader, pairs: Sequence[_VersionPair]) -> None:
        self._blobs = blobs
        self._remaining_uses = Counter(name for pair in pairs for name in _blob_ids(pair))
        self._data: dict[str, bytes | None] = {}
        self._parsed: dict[str, dict[DocumentLocation, DocumentVersion]] = {}

    def fetch(self, pairs: Sequence[_VersionPair]) -> None:
        names = dict.fromkeys(name for pair in pairs for name in _blob_ids(pair))
        self._data.update(self._blobs.read([name for name in names if name not in self._data]))

    def take(
        self, blob_id: str, location: tuple[DocumentLocation, ExternalSource | None] | None
    ) -> DocumentVersion | None:
        """A version; what nobody asks for again is let go."""
        if location is None:
            return None
        place, source = location
        data, read = self._data[blob_id], self._parsed.setdefault(blob_id, {})
        version = read.get(place)
        if version is None:
            version = unknown = DocumentVersion(place.plan, place.slug, None)
            if data is not None:
                version = with_timeout(
                    place.path, data, partial(parse_version_fast, place, data, source), lambda _: unknown
                )
            read[place] = version
        self._remaining_uses[blob_id] -= 1
        if not self._remaining_uses[blob_id]:
            del self._data[blob_id], self._parsed[blob_id]
        return version


def _blob_ids(pair: _VersionPair) -> Iterator[str]:
    if pair.old_place:
        yield pair.file.old_blob
    if pair.new_place:
        yield pair.file.new_blob


def _diff_pair(pair: _VersionPair, versions: _VersionCache, stamp: CommitStamp) -> Iterator[Change]:
    before, after = versions.take(pair.file.old_blob, pair.old_place), versions.take(pair.file.new_blob, pair.new_place)
    place = (pair.new_place or pair.old_place or (None,))[0]
    version = after or before
    if place is None or version is None:
        return
    subject = ChangeOrigin(place.kind, version.plan, version.slug, place.path, pair.author, stamp)
    old_path = pair.old_place[0].path if pair.old_place else place.path
    if pair.old_place and pair.new_place and pair.old_place[0].kind != place.kind:
        gone = ChangeOrigin(
            pair.old_place[0].kind, pair.old_place[0].plan, pair.old_place[0].slug, old_path, pair.author, stamp
        )
        yield from diff_versions(before, None, gone, old_path)
        yield from diff_versions(None, after, subject, place.path)
    else:
        yield from diff_versions(before, after, subject, old_path)
