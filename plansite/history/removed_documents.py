"""Documents of an earlier commit that are missing from the present files."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from plansite.checks.removed_documents import READINGS, RemovedDocument
from plansite.content.documents import DocumentLocation
from plansite.history.blobs import BlobReader, MissingBlobError
from plansite.history.checkout import RepositoryError
from plansite.history.git import run_git
from plansite.history.loader import SiteRepository, find_site_repositories
from plansite.history.log import read_renames
from plansite.history.repository import UNREADABLE, ContentFolder, find_repository
from plansite.history.revisions import find_merge_base
from plansite.history.versions import DocumentVersion, parse_version
from plansite.model.action import Action
from plansite.model.people import normalise_name
from plansite.model.settings import ExternalSource, Settings
from plansite.model.site import Document


@dataclass(frozen=True, slots=True)
class MissingDocument:
    """A document whose file is missing: where it was, and its last version."""

    location: DocumentLocation
    version: DocumentVersion

    def field_value(self, name: str) -> str:
        """The value of a field; empty if it has none or the version cannot be read."""
        return str((self.version.values or {}).get(name, ""))


@dataclass(slots=True)
class MoveDetector:
    """Detects whether missing documents were moved or renamed. Each new document can replace one missing document.

    `aliases` are plans and slugs that actions had before, `renames` new paths by old paths as git detects them.
    `new_paths` are the new paths by old paths of the documents found so far.
    """

    aliases: frozenset[tuple[str, str]]
    new_documents: dict[str, Document]
    renames: Mapping[str, str]
    new_paths: dict[str, str] = field(default_factory=dict)

    @classmethod
    def create(
        cls, present: Iterable[Document], earlier_paths: Iterable[str], renames: Mapping[str, str]
    ) -> MoveDetector:
        """From the documents that exist now, the paths of the earlier commit, and the renames that git detects."""
        documents, earlier = tuple(present), frozenset(earlier_paths)
        actions = (document for document in documents if isinstance(document, Action))
        return cls(
            aliases=frozenset(alias for action in actions for alias in _parse_aliases(action)),
            new_documents={document.path: document for document in documents if document.path not in earlier},
            renames=renames,
        )

    def has_moved(self, missing: MissingDocument) -> bool:
        """Whether the document exists elsewhere; its new path is then recorded in `new_paths`."""
        if missing.location.kind == "action" and (missing.version.plan, missing.version.slug) in self.aliases:
            return True
        path = self.renames.get(missing.location.path, "")
        if path not in self.new_documents:
            candidates = self.new_documents.values()
            path = next((document.path for document in candidates if _is_same_document(missing, document)), "")
        if path:
            self.new_paths[missing.location.path] = path
            del self.new_documents[path]
        return bool(path)


def _parse_aliases(action: Action) -> Iterator[tuple[str, str]]:
    for alias in action.aliases:
        plan, _, slug = alias.rpartition("/")
        yield plan or action.plan, slug


def _is_same_document(missing: MissingDocument, document: Document) -> bool:
    """Whether the kind, and the title or (of an action in the same plan) the ref are the same."""
    if type(document).__name__.lower() != missing.location.kind:
        return False
    title, ref = missing.field_value("title"), missing.field_value("ref")
    if title and normalise_name(document.title) == normalise_name(title):
        return True
    return bool(ref) and isinstance(document, Action) and (document.plan, document.ref) == (missing.version.plan, ref)


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

    A document was moved, not removed, if an action has its old address as an alias, if git detects that its file was
    renamed, or if a new document of its kind has its title, or its ref in the same plan. Sources in other repositories
    are not compared. Raises UnknownRevisionError, and RepositoryError where git cannot read the history.
    """
    repository = find_repository(root)
    if isinstance(repository, str):
        raise RepositoryError(repository)
    base = find_merge_base(repository, revision)
    site_repository = find_site_repositories(root, settings, repository)[0][0]
    earlier_files = tuple(_list_committed_files(site_repository, base))
    missing_files = [file for file in earlier_files if not (root / file.location.path).is_file()]
    if not missing_files:
        return ()
    earlier_paths = (file.location.path for file in earlier_files)
    moves = MoveDetector.create(documents, earlier_paths, _find_renames(site_repository, base))
    # Renames that git detects come first, so that another document of the same title does not take the new file.
    missing = sorted(
        _read_missing(site_repository, missing_files),
        key=lambda document: document.location.path not in moves.renames,
    )
    removed = [document for document in missing if not moves.has_moved(document)]
    tables = (file.location for file in missing_files if file.location.kind == READINGS)
    return (
        *map(_build_removed, removed),
        *_find_removed_tables(root, tables, moves.new_paths, {document.location.path for document in removed}),
    )


def _list_committed_files(site_repository: SiteRepository, base: str) -> Iterator[_CommittedFile]:
    """The documents at a commit, and the tables of readings of its measures."""
    arguments = ("ls-tree", "-r", "-z", "--full-tree", base, "--", *site_repository.paths)
    rows = run_git(Path(site_repository.repository.top), *arguments).output.split(b"\0")
    for columns, _, name in (row.partition(b"\t") for row in rows if row):
        path = os.fsdecode(name)
        for folder in site_repository.folders:
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


def _read_missing(site_repository: SiteRepository, missing: Iterable[_CommittedFile]) -> Iterator[MissingDocument]:
    """The documents among these files. Raises RepositoryError where git lacks a blob."""
    files = [file for file in missing if file.location.kind != READINGS]
    try:
        with BlobReader(Path(site_repository.repository.top)) as blobs:
            contents = blobs.read([file.blob_id for file in files])
    except MissingBlobError:
        raise RepositoryError(UNREADABLE) from None
    for file in files:
        location, data = file.location, contents[file.blob_id]
        if data is None:
            version = DocumentVersion(location.plan, location.slug, None)
        else:
            version = parse_version(location, data, file.source)
        yield MissingDocument(location, version)


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


def _find_renames(site_repository: SiteRepository, base: str) -> dict[str, str]:
    """New paths by old paths, in the site, of documents that git regards as renamed and that kept their kind."""
    repository = site_repository.repository
    renames = read_renames(Path(repository.top), base, repository.head, site_repository.paths)
    locations = (
        (_find_location(site_repository, old_path), _find_location(site_repository, new_path))
        for old_path, new_path in renames.items()
    )
    return {old.path: new.path for old, new in locations if old and new and old.kind == new.kind}


def _find_location(site_repository: SiteRepository, path: str) -> DocumentLocation | None:
    locations = (folder.find_location(path) for folder in site_repository.folders)
    return next((location for location in locations if location), None)
