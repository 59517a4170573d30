"""Which files there are, and which of them are read together: a plan's own, those about people, the front page."""

from __future__ import annotations

import fnmatch
import hashlib
import os
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath

from plansite.content.files import ASSET_SUFFIXES, SourceFile, read_file
from plansite.content.layout import (
    MARKDOWN_SUFFIXES,
    MISNAMED_SUFFIXES,
    assign_plan_slugs,
    check_file_names,
    check_plan_folders,
    locate_document,
    report_stray_file,
)
from plansite.content.parse_rules import MISSING_SOURCE, NOT_A_FILE
from plansite.content.personal_data_findings import find_personal_data, find_personal_data_in_asset
from plansite.content.report import Report
from plansite.content.settings import SETTINGS_FILE, parse_settings
from plansite.content.sources import parse_external_goal, parse_plan_title
from plansite.incremental.file_hashes import FileHashes, fingerprint_files, hash_folder
from plansite.model.findings import Finding, SiteError
from plansite.model.plan import Goal, Plan
from plansite.model.settings import ExternalSource, Settings
from plansite.model.slugs import slugify, title_from_slug
from plansite.personal_data.scan import CERTAIN_KINDS

CONTENT_FOLDER = "content"
FRONT_PAGE_FILE = "content/index.md"
READ_SUFFIXES = (*MARKDOWN_SUFFIXES, *MISNAMED_SUFFIXES, ".csv")
#: The print of a plain file that could be read.
_CONTENT_HASH = re.compile(r"[0-9a-f]{64}")


class FileChangedError(SiteError):
    """A file is not what it was when its digest was taken; nothing may be kept under that digest."""


@dataclass(frozen=True, slots=True)
class ExternalFile:
    """A file that somebody else laid out, with the place of its source among the settings' and its folder."""

    path: str
    source_index: int
    folder: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanFiles:
    """The files that make one plan. `key` is a digest of everything that reading them depends on.

    `folder` is the plan's own, as it is written; `adopted` is the plan as the settings declare it, if they do.
    """

    slug: str
    folder: str = ""
    files: tuple[str, ...] = ()
    external_files: tuple[ExternalFile, ...] = ()
    external_plan: Plan | None = None
    fingerprint: str = ""

    @property
    def paths(self) -> Iterator[str]:
        """All that is opened to read it: its files, and the tables that may lie beside them."""
        yield from self.files
        yield from (each.path for each in self.external_files)
        yield from (f"{path[:-3]}.csv" for path in self.files)


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceTree:
    """Everything there is to read, none of it read yet but the settings.

    `prints` are the digests of all files; `assets` those that pages may link to; `people` the files of owners and
    agencies. `findings` are what can be said without reading.
    """

    root: Path
    settings: Settings
    hashes: FileHashes
    plans: tuple[PlanFiles, ...]
    people_files: tuple[str, ...]
    plan_slugs: Mapping[str, str]
    assets: frozenset[str]
    findings: tuple[Finding, ...]

    def read_file(self, path: str, folder: str = CONTENT_FOLDER) -> SourceFile:
        """One of its files, as it was when its digest was taken. Raises ChangedError."""
        found = _read_unchanged_file(self.root, folder, path, READ_SUFFIXES, self.hashes)
        # The print of a link ends in the digest of what it leads to.
        if found.data is not None and not self.hashes.get(path, "").endswith(hashlib.sha256(found.data).hexdigest()):
            raise FileChangedError(f"{found.path} was changed while it was read; try again when the files are at rest")
        return found

    def restrict_to_files(self, paths: Iterable[str]) -> SourceTree:
        """As much of it as reading these files takes; small enough to be handed to another process."""
        prints = {path: self.hashes[path] for path in paths if path in self.hashes}
        return replace(self, hashes=prints, plans=(), assets=frozenset(), findings=())


def restrict_to_plans(tree: SourceTree, plans: Collection[str], hidden_tables: Collection[str]) -> SourceTree:
    """The same site as if there were no other plans than these, nor anything in their folders.

    Nor can anything link to `tables`.
    """
    kept = {batch.folder for batch in tree.plans if batch.slug in plans}
    prints = {path: digest for path, digest in tree.hashes.items() if _find_plan_folder(path) in (None, *kept)}
    if len(prints) == len(tree.hashes) and not hidden_tables:
        return tree
    seen = scan_site(tree.root, prints)
    # What others laid out lies elsewhere, and must not come back without the plan file that hides it.
    batches = tuple(each for each in seen.plans if not each.external_files or each.slug in plans)
    return replace(seen, plans=batches, assets=seen.assets - frozenset(hidden_tables))


def _find_plan_folder(path: str) -> str | None:
    """The folder of the plan that a file lies in; None for one that lies in none."""
    parts = path.split("/", 3)
    return parts[2] if len(parts) > 3 and parts[0] == CONTENT_FOLDER and parts[1].casefold() == "plans" else None


def _read_unchanged_file(
    root: Path, folder: str, path: str, suffixes: tuple[str, ...], hashes: FileHashes
) -> SourceFile:
    """A file, opened. Raises ChangedError for one that could be read when its digest was taken, and now cannot."""
    found = read_file(root, folder, path, suffixes)
    refused = any(each.rule is NOT_A_FILE for each in found.findings)
    if refused and _CONTENT_HASH.fullmatch(hashes.get(path, "")):
        raise FileChangedError(f"{found.path} could not be read again just now; try again, and look after the disk")
    return found


def list_source_folders(settings: Settings) -> tuple[str, ...]:
    """Every folder that a site is read from, relative to it: its own and those that others laid out."""
    goals = (source.goals.path for source in settings.sources if source.goals)
    return (
        CONTENT_FOLDER,
        *dict.fromkeys(_normalise_path(path) for path in (*(each.path for each in settings.sources), *goals)),
    )


def scan_site(root: Path, hashes: FileHashes | None = None) -> SourceTree:
    """What lies in the site at `root`. Raises SettingsError; OSError without `plansite.yaml`.

    `known` are the digests of its files, where somebody has just taken them.
    """
    data = (root / SETTINGS_FILE).read_bytes()
    settings, findings = parse_settings(data)
    findings = (*findings, *find_personal_data(SETTINGS_FILE, data))
    digest = hashlib.sha256(data).hexdigest()
    if hashes is None or hashes.get(SETTINGS_FILE) != digest:
        hashes = {SETTINGS_FILE: digest}
        for folder in list_source_folders(settings):
            hashes.update(hash_folder(root, folder))
    prints = hashes
    gathered = _TreeBuilder(root=root, hashes=prints, findings=list(findings))
    _add_content_files(gathered)
    for number, source in enumerate(settings.sources):
        _add_external_files(gathered, number, source)
    return SourceTree(
        root=root,
        settings=settings,
        hashes=prints,
        plans=tuple(_build_plan_files(gathered, fingerprint_files({SETTINGS_FILE: prints[SETTINGS_FILE]}))),
        people_files=tuple(gathered.people_files),
        plan_slugs=gathered.plan_slugs,
        assets=frozenset(gathered.assets),
        findings=tuple(gathered.findings),
    )


@dataclass(slots=True, kw_only=True)
class _TreeBuilder:
    """What has been sorted so far."""

    root: Path
    hashes: FileHashes
    findings: list[Finding] = field(default_factory=list)
    plan_slugs: Mapping[str, str] = field(default_factory=dict)
    files_by_folder: defaultdict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    external_files: defaultdict[str, list[ExternalFile]] = field(default_factory=lambda: defaultdict(list))
    external_plans: dict[str, Plan] = field(default_factory=dict)
    people_files: list[str] = field(default_factory=list)
    assets: set[str] = field(default_factory=set)


def _add_content_files(builder: _TreeBuilder) -> None:
    """The site's own layout below `content/`, by the folder of the plan."""
    texts = []
    for path, digest in builder.hashes.items():
        if not path.startswith(f"{CONTENT_FOLDER}/"):
            continue
        if is_content_file(path):
            texts.append(path)
        elif PurePosixPath(path).suffix.lower() in ASSET_SUFFIXES or " " in digest:
            found = (
                _read_unchanged_file(builder.root, CONTENT_FOLDER, path, READ_SUFFIXES, builder.hashes)
                if " " in digest or path.lower().endswith(".csv")
                else None
            )
            builder.findings.extend(found.findings if found else ())
            builder.findings.extend(find_personal_data_in_asset(path, found, builder.hashes))
            if PurePosixPath(path).suffix.lower() in ASSET_SUFFIXES and not (found and found.findings):
                builder.assets.add(path)
    builder.plan_slugs = assign_plan_slugs(texts)
    for path in texts:
        folder = _find_plan_folder(path)
        if folder is not None:
            builder.files_by_folder[folder].append(path)
        elif (
            path != FRONT_PAGE_FILE
            and not path.lower().endswith(MISNAMED_SUFFIXES)
            and locate_document(path, builder.plan_slugs)
        ):
            builder.people_files.append(path)
        elif path != FRONT_PAGE_FILE:
            builder.findings.append(report_stray_file(path))
    builder.findings.extend(check_file_names(texts))
    builder.findings.extend(check_plan_folders(builder.plan_slugs))


def is_content_file(path: str) -> bool:
    """Whether a file is meant to be read: Markdown by any name, but for templates and notes about a folder."""
    name = path.rsplit("/", 1)[-1].lower()
    meant = name.endswith((*MARKDOWN_SUFFIXES, *MISNAMED_SUFFIXES)) and name != "readme.md"
    return meant and not path.startswith(f"{CONTENT_FOLDER}/templates/")


def _add_external_files(builder: _TreeBuilder, source_index: int, source: ExternalSource) -> None:
    """The files of one source, by the plan that each belongs to."""
    folder = _normalise_path(source.path)
    if not (builder.root / folder).is_dir():
        report = Report(SETTINGS_FILE)
        report.add(MISSING_SOURCE, f"there is no folder `{source.path}`", "`path` counts from the folder of this file")
        builder.findings.extend(report.findings)
        return
    goals = tuple(_read_goals(builder, source))
    own = slugify((source.plan.slug if source.plan else "") or folder.rsplit("/", 1)[-1])
    for path in _select_below(builder.hashes, folder):
        if not fnmatch.fnmatch(path.rsplit("/", 1)[-1], source.files):
            continue
        named = _read_plan_title(builder, source, path, folder)
        slug = slugify(named) if named else own
        title = named or source.title or title_from_slug(own)
        builder.external_plans.setdefault(slug, Plan(slug=slug, path=SETTINGS_FILE, title=title, goals=goals))
        builder.external_files[slug].append(ExternalFile(path, source_index, folder))


def _read_plan_title(builder: _TreeBuilder, source: ExternalSource, path: str, folder: str) -> str:
    if not (source.plan and source.plan.field):
        return ""
    return parse_plan_title(
        source, _read_unchanged_file(builder.root, folder, path, MARKDOWN_SUFFIXES, builder.hashes).data or b""
    )


def _read_goals(builder: _TreeBuilder, source: ExternalSource) -> Iterator[Goal]:
    if source.goals is None:
        return
    folder = _normalise_path(source.goals.path)
    for path in _select_below(builder.hashes, folder):
        found = _read_unchanged_file(builder.root, folder, path, MARKDOWN_SUFFIXES, builder.hashes)
        if found.data is not None and path.endswith(".md"):
            goal, findings = parse_external_goal(source, found.path, PurePosixPath(path).stem, found.data)
            builder.findings.extend((*findings, *find_personal_data(found.path, found.data, CERTAIN_KINDS)))
            if goal:
                yield goal


def _build_plan_files(builder: _TreeBuilder, settings_fingerprint: str) -> Iterator[PlanFiles]:
    folders = {slug: folder for folder, slug in builder.plan_slugs.items()}
    for slug in sorted({*folders, *builder.external_files}):
        folder, lent = folders.get(slug, ""), tuple(builder.external_files[slug])
        files, adopted = tuple(builder.files_by_folder[folder]), builder.external_plans.get(slug)
        batch = PlanFiles(slug=slug, folder=folder, files=files, external_files=lent, external_plan=adopted)
        known = fingerprint_files({path: builder.hashes.get(path, "") for path in batch.paths})
        # Settings decide how adopted files are read, and nothing else of them how a plan's own files are.
        terms = repr((slug, folder, adopted, lent, settings_fingerprint if lent else ""))
        key = hashlib.sha256(f"{terms}\n{known}".encode("utf-8", "surrogateescape")).hexdigest()
        yield replace(batch, fingerprint=key)


def _select_below(paths: Iterable[str], folder: str) -> Iterator[str]:
    return (path for path in paths if path.startswith(f"{folder}/"))


def _normalise_path(path: str) -> str:
    return os.path.normpath(path).replace(os.sep, "/")
