"""Which documents stood at an earlier commit and are gone from the files as they lie here."""

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
from plansite.history.repository import UNREADABLE, find_repository
from plansite.history.revisions import find_merge_base
from plansite.history.versions import DocumentVersion, parse_version
from plansite.model.action import Action
from plansite.model.people import normalise_name
from plansite.model.settings import ExternalSource, Settings
from plansite.model.site import Document


@dataclass(frozen=True, slots=True)
class MissingDocument:
    """A document that is nowhere in its place, with what it said of itself, as far as it could be read."""

    place: DocumentLocation
    version: DocumentVersion

    def field_value(self, name: str) -> str:
        """The value of a field, if it has one."""
        return str((self.version.values or {}).get(name, ""))


@dataclass(slots=True)
class MoveDetector:
    """Tells where a document has gone. A new file stands for one that is gone, and for no other.

    `taken` are the new paths by the old ones, as far as they have been told.
    """

    aliases: frozenset[tuple[str, str]]
    new_documents: dict[str, Document]
    renames: Mapping[str, str]
    new_paths: dict[str, str] = field(default_factory=dict)

    @classmethod
    def create(
        cls, present: Iterable[Document], earlier_paths: Iterable[str], renames: Mapping[str, str]
    ) -> MoveDetector:
        """From the documents that are here now, the paths known of then, and what git takes for the same."""
        documents, before = tuple(present), frozenset(earlier_paths)
        aliases = (alias for each in documents if isinstance(each, Action) for alias in _parse_aliases(each))
        return cls(frozenset(aliases), {each.path: each for each in documents if each.path not in before}, renames)

    def has_moved(self, missing: MissingDocument) -> bool:
        """Whether it has only moved."""
        if missing.place.kind == "action" and (missing.version.plan, missing.version.slug) in self.aliases:
            return True
        path = self.renames.get(missing.place.path, "")
        if path not in self.new_documents:
            path = next((each.path for each in self.new_documents.values() if _is_same_document(missing, each)), "")
        if path:
            self.new_paths[missing.place.path] = path
            del self.new_documents[path]
        return bool(path)


def _parse_aliases(action: Action) -> Iterator[tuple[str, str]]:
    for alias in action.aliases:
        plan, _, slug = alias.rpartition("/")
        yield plan or action.plan, slug


def _is_same_document(missing: MissingDocument, document: Document) -> bool:
    if type(document).__name__.lower() != missing.place.kind:
        return False
    title, ref = missing.field_value("title"), missing.field_value("ref")
    if title and normalise_name(document.title) == normalise_name(title):
        return True
    return bool(ref) and isinstance(document, Action) and (document.plan, document.ref) == (missing.version.plan, ref)


@dataclass(frozen=True, slots=True)
class _CommittedFile:
    """A file at the earlier commit: its blob, and where the site has it."""

    blob: str
    place: DocumentLocation
    source: ExternalSource | None


def find_removed_documents(
    root: Path, settings: Settings, revision: str, documents: Iterable[Document]
) -> tuple[RemovedDocument, ...]:
    """What stood at the newest commit in common with a revision and is nowhere among the documents `here`.

    A document has moved, and is not gone, if an action has its old address as an alias, if git finds its words in
    another file, or if a new file of its kind has its title, or its number in the same plan. Sources in repositories
    of their own have no part in this. Raises TreeError where git cannot tell, and UnknownRevisionError.
    """
    own = find_repository(root)
    if isinstance(own, str):
        raise RepositoryError(own)
    base = find_merge_base(own, revision)
    part = find_site_repositories(root, settings, own)[0][0]
    held = tuple(_list_committed_files(part, base))
    lost = [each for each in held if not (root / each.place.path).is_file()]
    if not lost:
        return ()
    moves = MoveDetector.create(documents, (each.place.path for each in held), _find_renames(part, base))
    # What git pairs comes first, so that nothing else of the same title takes its new file.
    read = sorted(_read_missing(part, lost), key=lambda each: each.place.path not in moves.renames)
    gone = [each for each in read if not moves.has_moved(each)]
    tables = (each.place for each in lost if each.place.kind == READINGS)
    return (
        *map(_build_removed, gone),
        *_find_removed_tables(root, tables, moves.new_paths, {each.place.path for each in gone}),
    )


def _list_committed_files(site_repository: SiteRepository, base: str) -> Iterator[_CommittedFile]:
    """The documents at a commit, and the tables of measures."""
    words = ("ls-tree", "-r", "-z", "--full-tree", base, "--", *site_repository.paths)
    rows = run_git(Path(site_repository.repository.top), *words).output.split(b"\0")
    for facts, _, name in (row.partition(b"\t") for row in rows if row):
        path = os.fsdecode(name)
        for folder in site_repository.folders:
            place = folder.find_place(path) or _find_readings_place(
                folder.find_place(f"{path.removesuffix('.csv')}.md"), path
            )
            if place:
                yield _CommittedFile(facts.decode("ascii").split()[2], place, folder.source)
                break


def _find_readings_place(place: DocumentLocation | None, path: str) -> DocumentLocation | None:
    """The table beside a measure."""
    if place is None or place.kind != "measure" or not path.endswith(".csv"):
        return None
    return DocumentLocation(READINGS, place.plan, place.slug, _readings_path(place.path))


def _readings_path(measure: str) -> str:
    return f"{measure.removesuffix('.md')}.csv"


def _read_missing(site_repository: SiteRepository, missing: Iterable[_CommittedFile]) -> Iterator[MissingDocument]:
    """The documents among these. Raises TreeError where git lacks one."""
    files = [each for each in missing if each.place.kind != READINGS]
    try:
        with BlobReader(Path(site_repository.repository.top)) as blobs:
            data = blobs.read([each.blob for each in files])
    except MissingBlobError:
        raise RepositoryError(UNREADABLE) from None
    for each in files:
        place, found = each.place, data[each.blob]
        unread = DocumentVersion(place.plan, place.slug, None)
        yield MissingDocument(place, unread if found is None else parse_version(place, found, each.source))


def _build_removed(document: MissingDocument) -> RemovedDocument:
    return RemovedDocument(
        kind=document.place.kind,
        plan=document.version.plan,
        path=document.place.path,
        title=document.field_value("title"),
    )


def _find_removed_tables(
    root: Path, tables: Iterable[DocumentLocation], new_paths: Mapping[str, str], removed_paths: set[str]
) -> Iterator[RemovedDocument]:
    """The tables that did not go with their measure, here or elsewhere."""
    for table in tables:
        measure = f"{table.path.removesuffix('.csv')}.md"
        if measure not in removed_paths and not (root / _readings_path(new_paths.get(measure, measure))).is_file():
            yield RemovedDocument(kind=READINGS, plan=table.plan, path=table.path, title="")


def _find_renames(site_repository: SiteRepository, base: str) -> dict[str, str]:
    """Old paths and new ones, counted from the site, of files of one kind that git takes for the same."""
    pairs = read_renames(
        Path(site_repository.repository.top), base, site_repository.repository.head, site_repository.paths
    )
    places = ((_find_place(site_repository, old), _find_place(site_repository, new)) for old, new in pairs.items())
    return {old.path: new.path for old, new in places if old and new and old.kind == new.kind}


def _find_place(site_repository: SiteRepository, path: str) -> DocumentLocation | None:
    return next((place for folder in site_repository.folders if (place := folder.find_place(path))), None)
