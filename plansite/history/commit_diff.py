"""The changes of each mainline commit, found by comparing the versions of the files that it changed."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import tzinfo

from plansite.content.documents import DocumentLocation
from plansite.deferred_dataclass import dataclass
from plansite.history.blobs import BlobReader
from plansite.history.change import WITH_PLAN, Change, ChangeKind, ChangeValue, CommitStamp
from plansite.history.commit_changes import CommitChanges, build_commit_changes, day_of
from plansite.history.log import ChangedFile
from plansite.history.mainline.landings import MainlineCommit
from plansite.history.renames.commit_renames import DocumentPlace, find_place, parse_with_timeout
from plansite.history.version_diff import ChangeOrigin, diff_versions
from plansite.history.versions import DocumentVersion
from plansite.model.formatting import count_documents

#: Pairs of versions that are compared at a time. This bounds how many versions are in memory at once.
_CHUNK_SIZE = 500


@dataclass(frozen=True, slots=True)
class _VersionPair:
    """A document that a commit changed. The places are None where it did not exist before, or does not after."""

    commit_index: int
    file: ChangedFile
    author: str
    old_place: DocumentPlace | None
    new_place: DocumentPlace | None


def diff_commits(commits: Sequence[MainlineCommit], blobs: BlobReader, zone: tzinfo) -> list[CommitChanges]:
    """The changes of each commit, which depend on the commit, folders and zone alone. Raises MissingBlobError."""
    pairs = [pair for index, commit in enumerate(commits) for pair in _build_pairs(index, commit)]
    changes_by_index: list[list[Change]] = [[] for _ in commits]
    versions = _VersionCache(blobs, pairs, str(zone))
    stamps = [CommitStamp(commit.commit, day_of(commit.time, zone), commit.pull_request) for commit in commits]
    for start in range(0, len(pairs), _CHUNK_SIZE):
        chunk = pairs[start : start + _CHUNK_SIZE]
        versions.fetch(chunk)
        for pair in chunk:
            changes_by_index[pair.commit_index].extend(_diff_pair(pair, versions, stamps[pair.commit_index]))
    return [
        build_commit_changes(commit.commit, commit.time, commit.pull_request, zone, mark_changes_with_plan(changes))
        for commit, changes in zip(commits, changes_by_index, strict=True)
    ]


def _build_pairs(commit_index: int, commit: MainlineCommit) -> Iterator[_VersionPair]:
    for file, author in commit.files:
        new_place = find_place(file.path, commit.folders) if file.new_blob else None
        old_place = find_place(file.old_path, commit.folders) if file.old_blob else None
        if old_place or new_place:
            yield _VersionPair(commit_index, file, author, old_place, new_place)


class _VersionCache:
    """Parses each version once, although it is the later of one pair and the earlier of the next."""

    def __init__(self, blobs: BlobReader, pairs: Sequence[_VersionPair], zone: str) -> None:
        self._blobs, self._zone = blobs, zone
        self._remaining_uses = Counter(blob_id for pair in pairs for blob_id in _blob_ids(pair))
        self._data: dict[str, bytes | None] = {}
        self._parsed: dict[str, dict[DocumentLocation, DocumentVersion]] = {}

    def fetch(self, pairs: Sequence[_VersionPair]) -> None:
        """Read the blobs of these pairs. Raises MissingBlobError."""
        blob_ids = dict.fromkeys(blob_id for pair in pairs for blob_id in _blob_ids(pair))
        self._data.update(self._blobs.read([blob_id for blob_id in blob_ids if blob_id not in self._data]))

    def take(self, blob_id: str, place: DocumentPlace | None) -> DocumentVersion | None:
        """The version that a blob holds; None without a place. After its last use it is released."""
        if place is None:
            return None
        by_location = self._parsed.setdefault(blob_id, {})
        version = by_location.get(place.location)
        if version is None:
            version = by_location[place.location] = parse_with_timeout(place, self._data[blob_id], self._zone)
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
    """The changes of one document. One that becomes a document of another kind is removed, and the other is added."""
    before = versions.take(pair.file.old_blob, pair.old_place)
    after = versions.take(pair.file.new_blob, pair.new_place)
    place, version = pair.new_place or pair.old_place, after or before
    if place is None or version is None:
        return
    location = place.location
    old_location = pair.old_place.location if pair.old_place else location
    origin = ChangeOrigin(location.kind, version.plan, version.slug, location.path, pair.author, stamp)
    if old_location.kind == location.kind:
        yield from diff_versions(before, after, origin, old_location.path)
    else:
        old_origin = ChangeOrigin(
            old_location.kind, old_location.plan, old_location.slug, old_location.path, pair.author, stamp
        )
        yield from diff_versions(before, None, old_origin, old_location.path)
        yield from diff_versions(None, after, origin, location.path)


def mark_changes_with_plan(changes: Sequence[Change]) -> list[Change]:
    """The changes of a commit; of those that came with the move or removal of a whole plan the plan alone tells."""
    of_plans = [change for change in changes if change.document == "plan"]
    moved_plans = {
        (change.before, change.after) for change in map(_keep_plans, of_plans) if change.did is ChangeKind.MOVED
    }
    removed_plans = {change.plan for change in of_plans if change.did is ChangeKind.REMOVED}
    if not moved_plans and not removed_plans:
        return list(changes)
    kinds = defaultdict[str, list[str]](list)
    for change in changes:
        if change.did is ChangeKind.REMOVED and change.document != "plan":
            kinds[change.plan].append(change.document)
    return [_mark_with_plan(change, moved_plans, removed_plans, kinds) for change in changes]


def _keep_plans(change: Change) -> Change:
    """The change of a move with only the plans in `before` and `after`."""
    before, after = (str(address).partition("/")[0] for address in (change.before, change.after))
    return replace(change, before=before, after=after)


def _mark_with_plan(
    change: Change,
    moved_plans: Collection[tuple[ChangeValue, ChangeValue]],
    removed_plans: Collection[str],
    kinds: Mapping[str, Sequence[str]],
) -> Change:
    if change.did is ChangeKind.REMOVED and change.plan in removed_plans:
        if change.document == "plan":
            return replace(change, after=count_documents(kinds.get(change.plan, ())))
        return replace(change, field=WITH_PLAN)
    if change.did is ChangeKind.MOVED and change.document != "plan":
        plans = _keep_plans(change)
        has_same_name = str(change.before).partition("/")[2] == str(change.after).partition("/")[2]
        return (
            replace(change, field=WITH_PLAN) if has_same_name and (plans.before, plans.after) in moved_plans else change
        )
    return change
