"""Which of the files that a commit changed are the same document under another name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from functools import partial
from typing import TypeVar

from plansite.content.documents import DocumentLocation
from plansite.content.limits import with_timeout
from plansite.deferred_dataclass import dataclass
from plansite.deferred_pattern import compile_lazily
from plansite.history.blobs import BlobReader
from plansite.history.fast_versions import parse_version_fast
from plansite.history.log import ChangedFile, Commit
from plansite.history.renames.identity import DocumentIdentity, identify
from plansite.history.renames.pairing import find_template_pairs, pair_documents
from plansite.history.renames.scores import is_continued
from plansite.history.repository import ContentFolder
from plansite.history.versions import DocumentVersion
from plansite.model.external.source_settings import ExternalSource

Name = TypeVar("Name")
_TITLE_LINE = compile_lazily(rb"^title:[^\n]*", re.MULTILINE)
#: Where the line of the title is looked for.
_FRONT_MATTER_SIZE = 4096
#: Files that are read at a time, which bounds the memory.
_CHUNK_SIZE = 200
#: Documents beside a removed or new one that are read to tell which text is that of a template.
_MAX_NEIGHBOURS = 12


@dataclass(frozen=True, slots=True)
class DocumentPlace:
    """Where the site has a document, and the external source that it belongs to, if any."""

    location: DocumentLocation
    source: ExternalSource | None


def find_place(path: str, folders: Iterable[ContentFolder]) -> DocumentPlace | None:
    """The place of the document at a path in the repository; None if it is no document of these folders."""
    for folder in folders:
        location = folder.find_location(path)
        if location:
            return DocumentPlace(location, folder.source)
    return None


def parse_with_timeout(place: DocumentPlace, data: bytes | None, zone: str) -> DocumentVersion:
    """The version; unreadable where the file is too large (`data` is None) or parsing it takes too long."""
    location = place.location
    unreadable = DocumentVersion(location.plan, location.slug, None)
    if data is None:
        return unreadable
    return with_timeout(
        location.path, data, partial(parse_version_fast, location, data, place.source, zone), lambda _: unreadable
    )


@dataclass(frozen=True, slots=True)
class _FileEnd:
    """One end of a change: a file before it or after it, with its place in the site."""

    file: ChangedFile
    place: DocumentPlace
    blob_id: str

    @property
    def path(self) -> str:
        """The path in the site."""
        return self.place.location.path


@dataclass(slots=True)
class RenameFinder:
    """Finds renames in commits of one repository. `zone` is the site's time zone."""

    blobs: BlobReader
    zone: str
    _neighbours: dict[tuple[str, str], frozenset[int]] = field(default_factory=dict)

    def pair_files(
        self, commit: Commit, merged: Sequence[Commit], folders: Sequence[ContentFolder]
    ) -> tuple[ChangedFile, ...]:
        """The files of a commit; of one that was renamed the old and the new file are one. Raises MissingBlobError.

        `merged` are the commits that a merge brings, oldest first: what was renamed in one of them and again in
        another is the same file, however much it changed in between.
        """
        self._neighbours.clear()
        files = _join_moved_with_site(commit.files, folders)
        if not _may_hold_renames(files):
            return files
        removed, added, other = self._split(files, folders)
        if not removed or not added:
            return files
        new_paths = self._follow_branch(merged, folders) if merged else {}
        by_path = {end.path: end for end in added}
        pairs: dict[str, _FileEnd] = {}
        for end in removed:
            target = by_path.get(new_paths.get(end.path, ""))
            if target and target.path != end.path:
                pairs[end.path] = by_path.pop(target.path)
        pairs |= self._pair(commit, [end for end in removed if end.path not in pairs], tuple(by_path.values()))
        return _join_pairs(removed, added, pairs, other)

    def _pair(self, commit: Commit, removed: Sequence[_FileEnd], added: Sequence[_FileEnd]) -> dict[str, _FileEnd]:
        """The new end of each removed one that is still there, by its path in the site."""
        if not removed or not added:
            return {}
        old, new = self._identify(removed), self._identify(added)
        before = commit.parents[0] if commit.parents else ""
        ends = {end.path: end for end in (*removed, *added)}
        excluded = {end.file.path for end in ends.values()}

        def find_common_pairs(one: DocumentIdentity, other: DocumentIdentity) -> tuple[frozenset[int], ...]:
            old_end, new_end = ends[one.path], ends[other.path]
            return (
                self._read_neighbours(before, old_end, excluded),
                self._read_neighbours(commit.commit_id, new_end, excluded),
            )

        return {removed[one].path: added[other] for one, other in pair_documents(old, new, find_common_pairs).items()}

    def _identify(self, ends: Sequence[_FileEnd]) -> list[DocumentIdentity]:
        identities: list[DocumentIdentity] = []
        for start in range(0, len(ends), _CHUNK_SIZE):
            chunk = ends[start : start + _CHUNK_SIZE]
            contents = self.blobs.read(list(dict.fromkeys(end.blob_id for end in chunk)))
            identities += (self._identify_data(end.place, contents[end.blob_id], end.blob_id) for end in chunk)
        return identities

    def _identify_data(self, place: DocumentPlace, data: bytes | None, blob_id: str) -> DocumentIdentity:
        version = parse_with_timeout(place, data, self.zone)
        return identify(place.location.kind, place.location.path, version, blob_id)

    def _split(
        self, files: Sequence[ChangedFile], folders: Sequence[ContentFolder]
    ) -> tuple[list[_FileEnd], list[_FileEnd], list[ChangedFile]]:
        """The files that went, those that came, and all others.

        A file whose two versions are not the same document is in the first two: its name may have gone to another one.
        """
        removed, added, other = list[_FileEnd](), list[_FileEnd](), list[ChangedFile]()
        changed: list[tuple[_FileEnd, _FileEnd]] = []
        for file in files:
            old = find_place(file.old_path, folders) if file.old_blob else None
            new = find_place(file.path, folders) if file.new_blob else None
            if old and new and file.path == file.old_path:
                changed.append((_FileEnd(file, old, file.old_blob), _FileEnd(file, new, file.new_blob)))
            elif old and not file.new_blob:
                removed.append(_FileEnd(file, old, file.old_blob))
            elif new and not file.old_blob:
                added.append(_FileEnd(file, new, file.new_blob))
            else:
                other.append(file)
        if removed or added or len(changed) > 1:
            replaced = self._find_replaced(changed)
            removed.extend(old for old, _ in replaced)
            added.extend(new for _, new in replaced)
            changed = [pair for pair in changed if pair not in replaced]
        return removed, added, [*(old.file for old, _ in changed), *other]

    def _find_replaced(self, changed: Sequence[tuple[_FileEnd, _FileEnd]]) -> list[tuple[_FileEnd, _FileEnd]]:
        """Those files whose two versions have too little in common to be the same document."""
        replaced: list[tuple[_FileEnd, _FileEnd]] = []
        for start in range(0, len(changed), _CHUNK_SIZE):
            chunk = changed[start : start + _CHUNK_SIZE]
            contents = self.blobs.read(list(dict.fromkeys(end.blob_id for pair in chunk for end in pair)))
            replaced += (
                (old, new)
                for old, new in chunk
                if _has_other_title(contents[old.blob_id], contents[new.blob_id])
                and not is_continued(self._identify((old,))[0], self._identify((new,))[0])
            )
        return replaced

    def _follow_branch(self, merged: Sequence[Commit], folders: Sequence[ContentFolder]) -> dict[str, str]:
        """The last path of each file that was renamed in these commits, by the path that it had first."""
        first_paths: dict[str, str] = {}
        for commit in merged:
            if len(commit.parents) > 1 or not _may_hold_renames(commit.files):
                continue
            for file in self.pair_files(commit, (), folders):
                old, new = find_place(file.old_path, folders), find_place(file.path, folders)
                if old and new and old.location.path != new.location.path:
                    first_paths[new.location.path] = first_paths.pop(old.location.path, old.location.path)
        return {first: last for last, first in first_paths.items()}

    def _read_neighbours(self, commit_id: str, end: _FileEnd, excluded: set[str]) -> frozenset[int]:
        """The pairs of words in some other documents of the folder that a file is in, in one commit."""
        path = end.file.old_path if end.blob_id == end.file.old_blob else end.file.path
        folder = path.rpartition("/")[0]
        key = commit_id, folder
        if key not in self._neighbours:
            entries = self.blobs.list_folder(commit_id, folder) if commit_id else {}
            names = [name for name in sorted(entries) if f"{folder}/{name}".lstrip("/") not in excluded]
            kind = end.place.location.kind
            names = [name for name in names if name.lower().endswith((".md", ".markdown"))]
            chosen = choose_evenly(names)
            contents = self.blobs.read([entries[name] for name in chosen])
            places = {
                name: DocumentPlace(DocumentLocation(kind, end.place.location.plan, name, name), end.place.source)
                for name in chosen
            }
            self._neighbours[key] = find_template_pairs(
                self._identify_data(places[name], contents[entries[name]], "") for name in chosen
            )
        return self._neighbours[key]


def choose_evenly(names: Sequence[Name]) -> Sequence[Name]:
    """At most `_MAX_NEIGHBOURS` of these names, from the whole of their order."""
    return names[:: max(1, -(-len(names) // _MAX_NEIGHBOURS))]


def _may_hold_renames(files: Sequence[ChangedFile]) -> bool:
    """Whether names can have changed hands: with one file they cannot, nor if all of them are new."""
    return len(files) > 1 and any(file.old_blob for file in files) and any(file.new_blob for file in files)


def _join_moved_with_site(files: tuple[ChangedFile, ...], folders: Sequence[ContentFolder]) -> tuple[ChangedFile, ...]:
    """The files; where the folder of the site was moved, the old and the new file of the same document are one."""
    if len(folders) < 2:
        return files
    old_files = {
        place.location.path: file
        for file in files
        if file.old_blob and not file.new_blob and (place := find_place(file.old_path, folders))
    }
    joined: dict[str, ChangedFile] = {}
    used: set[str] = set()
    for file in files:
        place = find_place(file.path, folders) if file.new_blob and not file.old_blob else None
        old = old_files.get(place.location.path) if place else None
        if old:
            joined[file.path] = ChangedFile(old.path, file.path, old.old_blob, file.new_blob)
            used.add(old.path)
    return tuple(joined.get(file.path, file) for file in files if file.path not in used)


def _has_other_title(old: bytes | None, new: bytes | None) -> bool:
    """Whether the line with the title differs, or one of the files has none. This saves parsing nearly all files."""
    old_line, new_line = (_TITLE_LINE.search((data or b"")[:_FRONT_MATTER_SIZE]) for data in (old, new))
    return old_line is None or new_line is None or old_line[0] != new_line[0]


def _join_pairs(
    removed: Sequence[_FileEnd],
    added: Sequence[_FileEnd],
    pairs: Mapping[str, _FileEnd],
    other: Sequence[ChangedFile],
) -> tuple[ChangedFile, ...]:
    """The files in the order of their paths, with the two ends of each pair as one file."""
    taken = {end.path for end in pairs.values()}
    return tuple(sorted(_list_joined(removed, added, pairs, taken, other), key=lambda file: (file.path, file.old_path)))


def _list_joined(
    removed: Sequence[_FileEnd],
    added: Sequence[_FileEnd],
    pairs: Mapping[str, _FileEnd],
    taken: set[str],
    other: Sequence[ChangedFile],
) -> Iterator[ChangedFile]:
    yield from other
    left = {end.path: end for end in removed if end.path not in pairs}
    for end in removed:
        if target := pairs.get(end.path):
            yield ChangedFile(end.file.old_path, target.file.path, end.blob_id, target.blob_id)
    for end in added:
        if end.path in taken:
            continue
        old = left.get(end.path)
        if old and old.file is end.file:
            del left[end.path]  # neither end was found elsewhere, so it is one file that was rewritten
            yield end.file
        else:
            yield ChangedFile(end.file.path, end.file.path, "", end.blob_id)
    for end in left.values():
        yield ChangedFile(end.file.old_path, end.file.old_path, end.blob_id, "")
