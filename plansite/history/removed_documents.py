"""Documents of an earlier commit that are missing from the present files."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from pathlib import Path
from zoneinfo import ZoneInfo

from plansite.checks.removed_documents import READINGS, RemovedDocument
from plansite.content.documents import DocumentLocation
from plansite.content.files import MAX_FILE_SIZE
from plansite.deferred_dataclass import dataclass
from plansite.file_access import read_plain_file
from plansite.history.blobs import BlobReader, MissingBlobError
from plansite.history.checkout import RepositoryError
from plansite.history.git import run_git
from plansite.history.loader import SiteRepository, find_site_repositories
from plansite.history.mainline.landings import MainlineCommit
from plansite.history.renames.commit_renames import DocumentPlace, choose_evenly, find_place, parse_with_timeout
from plansite.history.renames.identity import DocumentIdentity, fold_address, identify
from plansite.history.renames.pairing import find_template_pairs, pair_documents
from plansite.history.repository import UNREADABLE, ContentFolder, find_repository
from plansite.history.revisions import find_merge_base, read_landings_since
from plansite.history.versions import DocumentVersion
from plansite.model.documents.action import Action
from plansite.model.external.source_settings import ExternalSource
from plansite.model.settings import Settings
from plansite.model.site import Document, find_kind


@dataclass(frozen=True, slots=True)
class MissingDocument:
    """A document whose file is missing: where it was, its last version, and what it is told by."""

    location: DocumentLocation
    version: DocumentVersion
    identity: DocumentIdentity

    def field_value(self, name: str) -> str:
        """The value of a field; empty if it has none or the version cannot be read."""
        return str((self.version.values or {}).get(name, ""))


@dataclass(frozen=True, slots=True)
class _CommittedFile:
    """A file at the earlier commit: the id of its blob, and its location in the site."""

    blob_id: str
    location: DocumentLocation
    source: ExternalSource | None


def find_removed_documents(
    root: Path, settings: Settings, revision: str, documents: Iterable[Document]
) -> tuple[RemovedDocument, ...]:
    """The documents that are in the merge base of HEAD and a revision, but not among the present `documents`.

    A document was renamed, not removed, if `plansite changes` tells so. Those that are missing after that are compared
    with the new documents once more by `pair_documents`, since work that is not committed counts as well. Nor was an
    action removed if another one has its address as an alias. Sources in other repositories are not compared.

    Raises UnknownRevisionError, and RepositoryError where git cannot read the history.
    """
    repository = find_repository(root)
    if isinstance(repository, str):
        raise RepositoryError(repository)
    base = find_merge_base(repository, revision)
    site_repository = find_site_repositories(root, settings, repository)[0][0]
    try:
        landings = read_landings_since(site_repository, base, ZoneInfo(settings.timezone))
        comparison = _Comparison(root, site_repository, base, landings, tuple(documents), settings.timezone)
        return tuple(comparison.find_removed())
    except MissingBlobError:
        raise RepositoryError(UNREADABLE) from None


@dataclass(frozen=True, slots=True)
class _Comparison:
    """An earlier commit, the commits of the mainline since then, newest first, and the present documents."""

    root: Path
    repository: SiteRepository
    base: str
    landings: Sequence[MainlineCommit]
    documents: Sequence[Document]
    zone: str
    template_pairs: dict[tuple[str, str], frozenset[int]] = field(default_factory=dict)

    def find_removed(self) -> Iterator[RemovedDocument]:
        """The removed documents, and the missing tables of measures that are still there. Raises MissingBlobError."""
        folders = self.landings[-1].folders if self.landings else self.repository.folders
        earlier_files = tuple(_list_committed_files(self.repository, folders, self.base))
        new_paths, present_paths = self._follow_renames(), {document.path for document in self.documents}
        taken = set(new_paths.values())
        missing_files = [
            file
            for file in earlier_files
            if new_paths.get(file.location.path) not in present_paths
            and (file.location.path in taken or not (self.root / file.location.path).is_file())
        ]
        if not missing_files:
            return
        missing = tuple(_read_missing(self.repository, missing_files, self.zone))
        earlier_paths = {file.location.path for file in earlier_files}
        added = [each for each in self.documents if each.path not in earlier_paths and each.path not in taken]
        pairs = self._pair([document.identity for document in missing], added)
        aliases = {alias for each in self.documents if isinstance(each, Action) for alias in _parse_aliases(each)}
        removed = [
            document
            for document in missing
            if document.location.path not in pairs
            and not (document.location.kind == "action" and document.identity.address in aliases)
        ]
        tables = (file.location for file in missing_files if file.location.kind == READINGS)
        removed_paths = {document.location.path for document in removed}
        yield from map(_build_removed, removed)
        yield from _find_removed_tables(self.root, tables, new_paths | pairs, removed_paths)

    def _follow_renames(self) -> dict[str, str]:
        """The last path in the site of each document that was renamed, by the path that it had first."""
        first_paths: dict[str, str] = {}
        for landing in reversed(self.landings):
            renamed: dict[str, str] = {}
            for file, _ in landing.files:
                old, new = (find_place(path, landing.folders) for path in (file.old_path, file.path))
                if old and new and file.old_blob and file.new_blob and old.location.kind == new.location.kind:
                    first = first_paths.pop(old.location.path, old.location.path)
                    if old.location.path != new.location.path or first != old.location.path:
                        renamed[new.location.path] = first
            first_paths |= renamed
        return {first: last for last, first in first_paths.items() if last != first}

    def _pair(self, missing: Sequence[DocumentIdentity], added: Sequence[Document]) -> dict[str, str]:
        """The new paths of those missing documents that are among the new ones, by their old paths."""
        present = list(self._identify(added))
        pairs = pair_documents(missing, present, self._find_common_pairs)
        return {missing[position].path: present[other].path for position, other in pairs.items()}

    def _find_common_pairs(self, _: DocumentIdentity, document: DocumentIdentity) -> tuple[frozenset[int]]:
        key = document.kind, document.plan
        if key not in self.template_pairs:
            others = [each for each in self.documents if _is_like(each, document)]
            self.template_pairs[key] = find_template_pairs(self._identify(choose_evenly(others)))
        return (self.template_pairs[key],)

    def _identify(self, documents: Iterable[Document]) -> Iterator[DocumentIdentity]:
        """The identities of documents as their files are now; those of other repositories are left out."""
        for document in documents:
            for folder in self.repository.folders:
                inner_path = document.path.removeprefix(f"{folder.site_path}/")
                location = folder.find_location(f"{folder.repository_path}/{inner_path}".lstrip("/"))
                if inner_path != document.path and location:
                    data = read_plain_file(self.root / document.path, MAX_FILE_SIZE)
                    version = parse_with_timeout(DocumentPlace(location, folder.source), data, self.zone)
                    yield identify(location.kind, document.path, version)
                    break


def _is_like(document: Document, identity: DocumentIdentity) -> bool:
    """Whether a document is of the same kind and in the same plan, so that it may come from the same template."""
    return find_kind(document) == identity.kind and getattr(document, "plan", "") == identity.plan


def _parse_aliases(action: Action) -> Iterator[tuple[str, str]]:
    for alias in action.aliases:
        plan, _, slug = alias.rpartition("/")
        yield fold_address(plan or action.plan, slug)


def _list_committed_files(
    site_repository: SiteRepository, folders: Sequence[ContentFolder], base: str
) -> Iterator[_CommittedFile]:
    """The documents at a commit in the folders that the site had then, and the tables of readings of its measures."""
    paths = [folder.repository_path for folder in folders]
    arguments = ("ls-tree", "-r", "-z", "--full-tree", base, *(("--", *paths) if all(paths) else ()))
    rows = run_git(Path(site_repository.repository.top), *arguments).output.split(b"\0")
    for columns, _, name in (row.partition(b"\t") for row in rows if row):
        path = os.fsdecode(name)
        for folder in folders:
            location = folder.find_location(path) or _find_readings_location(folder, path)
            if location:
                yield _CommittedFile(columns.decode("ascii").split()[2], location, folder.source)
                break


def _find_readings_location(folder: ContentFolder, path: str) -> DocumentLocation | None:
    """The location of a table of readings; None if the path is not that of a table beside a measure."""
    measure = folder.find_location(f"{path.removesuffix('.csv')}.md")
    if measure is None or measure.kind != "measure" or not path.endswith(".csv"):
        return None
    return DocumentLocation(READINGS, measure.plan, measure.slug, _readings_path(measure.path))


def _readings_path(measure_path: str) -> str:
    return f"{measure_path.removesuffix('.md')}.csv"


def _read_missing(
    site_repository: SiteRepository, missing: Iterable[_CommittedFile], zone: str
) -> Iterator[MissingDocument]:
    """The documents among these files. Raises MissingBlobError."""
    files = [file for file in missing if file.location.kind != READINGS]
    with BlobReader(Path(site_repository.repository.top)) as blobs:
        contents = blobs.read([file.blob_id for file in files])
    for file in files:
        version = parse_with_timeout(DocumentPlace(file.location, file.source), contents[file.blob_id], zone)
        identity = identify(file.location.kind, file.location.path, version)
        yield MissingDocument(file.location, version, identity)


def _build_removed(document: MissingDocument) -> RemovedDocument:
    return RemovedDocument(
        kind=document.location.kind,
        plan=document.version.plan,
        path=document.location.path,
        title=document.field_value("title"),
    )


def _find_removed_tables(
    root: Path, tables: Iterable[DocumentLocation], new_paths: Mapping[str, str], removed_paths: set[str]
) -> Iterator[RemovedDocument]:
    """The missing tables whose measure still exists, in its old place or a new one."""
    for table in tables:
        measure_path = f"{table.path.removesuffix('.csv')}.md"
        new_path = _readings_path(new_paths.get(measure_path, measure_path))
        if measure_path not in removed_paths and not (root / new_path).is_file():
            yield RemovedDocument(kind=READINGS, plan=table.plan, path=table.path, title="")
