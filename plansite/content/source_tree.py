"""Finds the files of a site and groups them: those of each plan, of owners and agencies, and assets."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field, replace
from pathlib import Path, PurePosixPath

from plansite.content.external.source_files import ExternalFile, SourceFolders, is_in_source
from plansite.content.files import (
    ASSET_SUFFIXES,
    CONTENT_FOLDER,
    FileChangedError,
    SourceFile,
    read_unchanged_file,
)
from plansite.content.folders import (
    find_theme_fault,
    list_source_folders,
    normalise_path,
    require_content_folder,
)
from plansite.content.layout import (
    FRAMEWORK_SUFFIXES,
    MARKDOWN_SUFFIXES,
    MISNAMED_SUFFIXES,
    assign_plan_slugs,
    check_file_names,
    check_plan_folders,
    find_plan_folder,
    is_content_file,
    is_document_path,
    is_framework_file,
    locate_document,
    report_stray_file,
)
from plansite.content.marks import stray_files
from plansite.content.personal_data_findings import find_personal_data, find_personal_data_in_asset
from plansite.content.report import Report
from plansite.content.settings import SETTINGS_FILE, parse_settings, read_settings_file
from plansite.content.sources import parse_external_goal, parse_plan_title
from plansite.deferred_dataclass import dataclass
from plansite.incremental.file_hashes import FileHashes, fingerprint_files, hash_folder
from plansite.model.documents.goal import Goal
from plansite.model.documents.plan import Plan
from plansite.model.external.source_settings import ExternalSource, MappedField
from plansite.model.findings import Finding
from plansite.model.settings import Settings
from plansite.model.slugs import distinct_slug, slugify, title_from_slug
from plansite.personal_data.scan import CERTAIN_KINDS

FRONT_PAGE_FILE = "content/index.md"
READ_SUFFIXES = (*MARKDOWN_SUFFIXES, *MISNAMED_SUFFIXES, ".csv")


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanFiles:
    """The files of one plan. `fingerprint` is a hash of everything that parsing them depends on.

    `folder` is the name of the plan's folder; `external_plan` is the plan as the settings declare it, if they do.
    """

    slug: str
    folder: str = ""
    files: tuple[str, ...] = ()
    external_files: tuple[ExternalFile, ...] = ()
    external_plan: Plan | None = None
    fingerprint: str = ""

    @property
    def paths(self) -> Iterator[str]:
        """All paths that are read for it: its files, and the CSV files that may be beside them."""
        yield from self.files
        yield from (file.path for file in self.external_files)
        yield from (f"{path[:-3]}.csv" for path in self.files)


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceTree:
    """All files of a site, of which only the settings have been parsed.

    `hashes` are those of all files by path; `people_files` the files of owners and agencies; `framework_files` those of
    its own frameworks; `stray_files` those without a place in the layout; `plan_slugs` the slugs by the name of a
    plan's folder; `assets` the files that pages may link to, `other_files` those of the content that are neither read
    nor published; `mapped_fields` the fields of sources; `findings` those about settings and names.
    """

    root: Path
    settings: Settings
    hashes: FileHashes
    plans: tuple[PlanFiles, ...]
    people_files: tuple[str, ...]
    stray_files: frozenset[str]
    plan_slugs: Mapping[str, str]
    assets: frozenset[str]
    findings: tuple[Finding, ...]
    other_files: frozenset[str] = frozenset()
    mapped_fields: tuple[MappedField, ...] = ()
    framework_files: tuple[str, ...] = ()

    def read_file(self, path: str, folder: str = CONTENT_FOLDER) -> SourceFile:
        """One of its files. Raises FileChangedError if it is not as it was when it was hashed."""
        is_document = folder == CONTENT_FOLDER and path not in self.stray_files
        suffixes = (*READ_SUFFIXES, *FRAMEWORK_SUFFIXES) if is_document else ("",)
        file = read_unchanged_file(self.root, folder, path, suffixes, self.hashes)
        # The entry of a symbolic link ends in the hash of its target.
        if file.data is not None and not self.hashes.get(path, "").endswith(hashlib.sha256(file.data).hexdigest()):
            raise FileChangedError(f"{file.path} was changed while it was read; try again when nobody is saving files")
        return file

    def restrict_to_files(self, paths: Iterable[str]) -> SourceTree:
        """What is needed to read these files; small enough to be passed to another process."""
        hashes = {path: self.hashes[path] for path in paths if path in self.hashes}
        return replace(self, hashes=hashes, plans=(), assets=frozenset(), findings=())


def scan_site(root: Path, hashes: FileHashes | None = None) -> SourceTree:
    """The source tree of the site at `root`. Raises SettingsError, ContentFolderError; OSError without `plansite.yaml`.

    `hashes` are those of its files, if they have just been computed; they are used if those of the settings agree.
    """
    data = read_settings_file(root)
    settings, findings = parse_settings(data)
    require_content_folder(root)
    findings = (*findings, *find_theme_fault(root, data, settings), *find_personal_data(SETTINGS_FILE, data))
    digest = hashlib.sha256(data).hexdigest()
    if hashes is None or hashes.get(SETTINGS_FILE) != digest:
        hashes = {SETTINGS_FILE: digest}
        for folder in list_source_folders(settings):
            hashes.update(hash_folder(root, folder))
    builder = _TreeBuilder(root=root, hashes=hashes, sources=settings.sources, findings=list(findings))
    _add_content_files(builder)
    for index, source in enumerate(settings.sources):
        report = Report(SETTINGS_FILE)
        folders = SourceFolders(root=root, settings=data, index=index, source=source, report=report)
        if source.path:  # one without is reported with the settings
            _add_external_files(builder, folders)
    return SourceTree(
        root=root,
        settings=settings,
        hashes=hashes,
        plans=tuple(
            _build_plan_files(builder, fingerprint_files({SETTINGS_FILE: hashes[SETTINGS_FILE]}), settings.timezone)
        ),
        people_files=tuple(builder.people_files),
        stray_files=frozenset(builder.stray_files),
        plan_slugs=builder.plan_slugs,
        assets=frozenset(builder.assets),
        findings=tuple(builder.findings),
        other_files=frozenset(builder.other_files),
        mapped_fields=tuple(builder.mapped_fields),
        framework_files=tuple(builder.framework_files),
    )


@dataclass(slots=True, kw_only=True)
class _TreeBuilder:
    """Collects the parts of a SourceTree; plans' files by folder, external files and plans by slug.

    `external_paths` are the paths of external files from the root of the file system, so that none is read twice.
    """

    root: Path
    hashes: FileHashes
    sources: tuple[ExternalSource, ...] = ()
    findings: list[Finding] = field(default_factory=list)
    plan_slugs: Mapping[str, str] = field(default_factory=dict)
    files_by_folder: defaultdict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    external_files: defaultdict[str, list[ExternalFile]] = field(default_factory=lambda: defaultdict(list))
    external_paths: set[str] = field(default_factory=set)
    external_plans: dict[str, Plan] = field(default_factory=dict)
    people_files: list[str] = field(default_factory=list)
    stray_files: list[str] = field(default_factory=list)
    assets: set[str] = field(default_factory=set)
    other_files: set[str] = field(default_factory=set)
    mapped_fields: list[MappedField] = field(default_factory=list)
    framework_files: list[str] = field(default_factory=list)


def _add_content_files(builder: _TreeBuilder) -> None:
    """Add the files of the site's own layout, below `content/`."""
    texts = list(_add_other_files(builder))
    builder.plan_slugs = assign_plan_slugs(texts)
    for path in texts:
        folder = find_plan_folder(path)
        if folder is not None:
            builder.files_by_folder[folder].append(path)
            builder.stray_files.extend((path,) if stray_files.is_stray_in_plan(path) else ())
        elif path.lower().endswith(MARKDOWN_SUFFIXES) and locate_document(path, builder.plan_slugs):
            builder.people_files.append(path)
        elif path != FRONT_PAGE_FILE:
            builder.findings.append(report_stray_file(path))
            builder.stray_files.append(path)
    builder.findings.extend(check_file_names(texts))
    builder.findings.extend(check_plan_folders(builder.plan_slugs))


def _add_other_files(builder: _TreeBuilder) -> Iterator[str]:
    """Add the files of the content that are no text; yields the paths of the others."""
    for path, digest in builder.hashes.items():
        if not path.startswith(f"{CONTENT_FOLDER}/"):
            continue
        is_text = is_content_file(path)
        if is_in_source(path, builder.sources) and not (is_text and is_document_path(path)):
            continue
        if is_framework_file(path):
            builder.framework_files.append(path)
            continue
        if is_text or (is_stray := _is_stray_document(builder, path)):
            yield path
        if not is_text and (PurePosixPath(path).suffix.lower() in ASSET_SUFFIXES or " " in digest):
            _add_asset(builder, path, digest)
        elif not is_text and not is_stray:
            builder.other_files.add(path)


def _is_stray_document(builder: _TreeBuilder, path: str) -> bool:
    """Whether a file with another ending than documents have is one with a mark, which may have to hide somebody."""
    suffix = PurePosixPath(path).suffix.lower()
    is_template = path.startswith(f"{CONTENT_FOLDER}/templates/") or path.lower().endswith(MARKDOWN_SUFFIXES)
    if is_template or suffix in ASSET_SUFFIXES - {".txt"} or stray_files.is_backup(path, builder.hashes):
        return False
    return stray_files.is_marked_document(
        read_unchanged_file(builder.root, CONTENT_FOLDER, path, ("",), builder.hashes).data or b""
    )


def _add_asset(builder: _TreeBuilder, path: str, digest: str) -> None:
    """Add a file that is no text, with the findings about it. The hash of a link or a refused file has a space."""
    is_read = " " in digest or path.lower().endswith(".csv")
    file = read_unchanged_file(builder.root, CONTENT_FOLDER, path, READ_SUFFIXES, builder.hashes) if is_read else None
    builder.findings.extend(file.findings if file else ())
    builder.findings.extend(find_personal_data_in_asset(path, file, builder.hashes))
    if not (file and file.findings):
        is_asset = PurePosixPath(path).suffix.lower() in ASSET_SUFFIXES
        (builder.assets if is_asset else builder.other_files).add(path)


def _add_external_files(builder: _TreeBuilder, folders: SourceFolders) -> None:
    """Add the files of one external source, by the slug of the plan that each belongs to, and findings about it."""
    source, folder = folders.source, normalise_path(folders.source.path)
    goals = tuple(_read_goals(builder, folders))
    default_slug = slugify((source.plan.slug if source.plan else "") or folder.rsplit("/", 1)[-1])
    for path in folders.select_files(_select_below(builder.hashes, folder), builder.external_paths):
        plan_title = _read_plan_title(builder, source, path, folder)
        slug = distinct_slug(plan_title, " -_") if plan_title else default_slug
        title = plan_title or source.title or title_from_slug(default_slug)
        plan = builder.external_plans.setdefault(slug, Plan(slug=slug, path=SETTINGS_FILE, title=title))
        if missing := [goal for goal in goals if goal not in plan.goals]:  # of a further source for the same plan
            builder.external_plans[slug] = replace(plan, goals=(*plan.goals, *missing))
        builder.external_files[slug].append(ExternalFile(path, folders.index, folder))
    builder.findings.extend(folders.report.findings)
    builder.mapped_fields.extend(folders.list_mapped_fields())


def _read_plan_title(builder: _TreeBuilder, source: ExternalSource, path: str, folder: str) -> str:
    """The title of the plan that a file names; empty where the source has one plan for all files."""
    if not (source.plan and source.plan.field):
        return ""
    data = read_unchanged_file(builder.root, folder, path, ("",), builder.hashes).data
    return parse_plan_title(source, path, data or b"")


def _read_goals(builder: _TreeBuilder, folders: SourceFolders) -> Iterator[Goal]:
    """The goals of an external source, from a folder of their own; findings are added to the builder."""
    if folders.source.goals is None:
        return
    folder = normalise_path(folders.source.goals.path)
    for path in folders.select_goal_files(_select_below(builder.hashes, folder)):
        file = read_unchanged_file(builder.root, folder, path, ("",), builder.hashes)
        builder.findings.extend(file.findings)
        if file.data is not None:
            goal, findings = parse_external_goal(folders.source, file.path, PurePosixPath(path).stem, file.data)
            builder.findings.extend((*findings, *find_personal_data(file.path, file.data, CERTAIN_KINDS)))
            if goal:
                yield goal


def _build_plan_files(builder: _TreeBuilder, settings_fingerprint: str, zone: str) -> Iterator[PlanFiles]:
    folders = {slug: folder for folder, slug in builder.plan_slugs.items()}
    for slug in sorted({*folders, *builder.external_files}):
        folder, external_files = folders.get(slug, ""), tuple(builder.external_files[slug])
        files, external_plan = tuple(builder.files_by_folder[folder]), builder.external_plans.get(slug)
        if external_plan and not folder:
            external_plan, findings = stray_files.hide_beside_misnamed_folder(external_plan, builder.files_by_folder)
            builder.findings.extend(findings)
        plan_files = PlanFiles(
            slug=slug, folder=folder, files=files, external_files=external_files, external_plan=external_plan
        )
        file_hashes = fingerprint_files({path: builder.hashes.get(path, "") for path in plan_files.paths})
        # External files are parsed as the settings say; for the plan's own files only the time zone matters.
        settings_part = settings_fingerprint if external_files else ""
        description = repr((slug, folder, external_plan, external_files, settings_part, zone))
        data = f"{description}\n{file_hashes}".encode("utf-8", "surrogateescape")
        yield replace(plan_files, fingerprint=hashlib.sha256(data).hexdigest())


def _select_below(paths: Iterable[str], folder: str) -> list[str]:
    return [path for path in paths if path.startswith(f"{folder}/")]
