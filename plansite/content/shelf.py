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

from plansite.content.adopt import goal_of, named_plan
from plansite.content.faults import MISSING_SOURCE, NOT_A_FILE
from plansite.content.layout import MARKDOWN, MISNAMED, name_faults, place_of, plan_slugs, stray, twin_plans
from plansite.content.prints import Prints, print_of_all, prints_of
from plansite.content.report import Report
from plansite.content.scan import ASSETS, Found, look
from plansite.content.settings import FILE, settings_of
from plansite.content.tripwire import seen_beside, seen_in
from plansite.model.errors import SiteError
from plansite.model.findings import Finding
from plansite.model.names import slug_of, title_of
from plansite.model.plan import Goal, Plan
from plansite.model.site import Adopted, Settings
from plansite.personal.look import CERTAIN

OWN = "content"
FRONT = "content/index.md"
READ = (*MARKDOWN, *MISNAMED, ".csv")
#: The print of a plain file that could be read.
_BYTES = re.compile(r"[0-9a-f]{64}")


class ChangedError(SiteError):
    """A file is not what it was when its digest was taken; nothing may be kept under that digest."""


@dataclass(frozen=True, slots=True)
class Lent:
    """A file that somebody else laid out, with the place of its source among the settings' and its folder."""

    path: str
    source: int
    folder: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """The files that make one plan. `key` is a digest of everything that reading them depends on.

    `folder` is the plan's own, as it is written; `adopted` is the plan as the settings declare it, if they do.
    """

    slug: str
    folder: str = ""
    files: tuple[str, ...] = ()
    lent: tuple[Lent, ...] = ()
    adopted: Plan | None = None
    key: str = ""

    @property
    def paths(self) -> Iterator[str]:
        """All that is opened to read it: its files, and the tables that may lie beside them."""
        yield from self.files
        yield from (each.path for each in self.lent)
        yield from (f"{path[:-3]}.csv" for path in self.files)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """Everything there is to read, none of it read yet but the settings.

    `prints` are the digests of all files; `assets` those that pages may link to; `people` the files of owners and
    agencies. `findings` are what can be said without reading.
    """

    root: Path
    settings: Settings
    prints: Prints
    batches: tuple[Batch, ...]
    people: tuple[str, ...]
    slugs: Mapping[str, str]
    assets: frozenset[str]
    findings: tuple[Finding, ...]

    def open(self, path: str, folder: str = OWN) -> Found:
        """One of its files, as it was when its digest was taken. Raises ChangedError."""
        found = _looked(self.root, folder, path, READ, self.prints)
        # The print of a link ends in the digest of what it leads to.
        if found.data is not None and not self.prints.get(path, "").endswith(hashlib.sha256(found.data).hexdigest()):
            raise ChangedError(f"{found.path} was changed while it was read; try again when the files are at rest")
        return found

    def only(self, paths: Iterable[str]) -> Shelf:
        """As much of it as reading these files takes; small enough to be handed to another process."""
        prints = {path: self.prints[path] for path in paths if path in self.prints}
        return replace(self, prints=prints, batches=(), assets=frozenset(), findings=())


def without_others(shelf: Shelf, plans: Collection[str], tables: Collection[str]) -> Shelf:
    """The same site as if there were no other plans than these, nor anything in their folders.

    Nor can anything link to `tables`.
    """
    kept = {batch.folder for batch in shelf.batches if batch.slug in plans}
    prints = {path: digest for path, digest in shelf.prints.items() if _plan_folder(path) in (None, *kept)}
    if len(prints) == len(shelf.prints) and not tables:
        return shelf
    seen = shelved(shelf.root, prints)
    # What others laid out lies elsewhere, and must not come back without the plan file that hides it.
    batches = tuple(each for each in seen.batches if not each.lent or each.slug in plans)
    return replace(seen, batches=batches, assets=seen.assets - frozenset(tables))


def _plan_folder(path: str) -> str | None:
    """The folder of the plan that a file lies in; None for one that lies in none."""
    parts = path.split("/", 3)
    return parts[2] if len(parts) > 3 and parts[0] == OWN and parts[1].casefold() == "plans" else None


def _looked(root: Path, folder: str, path: str, read: tuple[str, ...], prints: Prints) -> Found:
    """A file, opened. Raises ChangedError for one that could be read when its digest was taken, and now cannot."""
    found = look(root, folder, path, read)
    refused = any(each.rule is NOT_A_FILE for each in found.findings)
    if refused and _BYTES.fullmatch(prints.get(path, "")):
        raise ChangedError(f"{found.path} could not be read again just now; try again, and look after the disk")
    return found


def folders_of(settings: Settings) -> tuple[str, ...]:
    """Every folder that a site is read from, relative to it: its own and those that others laid out."""
    goals = (source.goals.path for source in settings.sources if source.goals)
    return (OWN, *dict.fromkeys(_plain(path) for path in (*(each.path for each in settings.sources), *goals)))


def shelved(root: Path, known: Prints | None = None) -> Shelf:
    """What lies in the site at `root`. Raises SettingsError; OSError without `plansite.yaml`.

    `known` are the digests of its files, where somebody has just taken them.
    """
    data = (root / FILE).read_bytes()
    settings, findings = settings_of(data)
    findings = (*findings, *seen_in(FILE, data))
    digest = hashlib.sha256(data).hexdigest()
    if known is None or known.get(FILE) != digest:
        known = {FILE: digest}
        for folder in folders_of(settings):
            known.update(prints_of(root, folder))
    prints = known
    gathered = _Gathered(root=root, prints=prints, findings=list(findings))
    _own(gathered)
    for number, source in enumerate(settings.sources):
        _lent(gathered, number, source)
    return Shelf(
        root=root,
        settings=settings,
        prints=prints,
        batches=tuple(_batches(gathered, print_of_all({FILE: prints[FILE]}))),
        people=tuple(gathered.people),
        slugs=gathered.slugs,
        assets=frozenset(gathered.assets),
        findings=tuple(gathered.findings),
    )


@dataclass(slots=True, kw_only=True)
class _Gathered:
    """What has been sorted so far."""

    root: Path
    prints: Prints
    findings: list[Finding] = field(default_factory=list)
    slugs: Mapping[str, str] = field(default_factory=dict)
    own: defaultdict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    lent: defaultdict[str, list[Lent]] = field(default_factory=lambda: defaultdict(list))
    adopted: dict[str, Plan] = field(default_factory=dict)
    people: list[str] = field(default_factory=list)
    assets: set[str] = field(default_factory=set)


def _own(gathered: _Gathered) -> None:
    """The site's own layout below `content/`, by the folder of the plan."""
    texts = []
    for path, digest in gathered.prints.items():
        if not path.startswith(f"{OWN}/"):
            continue
        if is_text(path):
            texts.append(path)
        elif PurePosixPath(path).suffix.lower() in ASSETS or " " in digest:
            found = (
                _looked(gathered.root, OWN, path, READ, gathered.prints)
                if " " in digest or path.lower().endswith(".csv")
                else None
            )
            gathered.findings.extend(found.findings if found else ())
            gathered.findings.extend(seen_beside(path, found, gathered.prints))
            if PurePosixPath(path).suffix.lower() in ASSETS and not (found and found.findings):
                gathered.assets.add(path)
    gathered.slugs = plan_slugs(texts)
    for path in texts:
        folder = _plan_folder(path)
        if folder is not None:
            gathered.own[folder].append(path)
        elif path != FRONT and not path.lower().endswith(MISNAMED) and place_of(path, gathered.slugs):
            gathered.people.append(path)
        elif path != FRONT:
            gathered.findings.append(stray(path))
    gathered.findings.extend(name_faults(texts))
    gathered.findings.extend(twin_plans(gathered.slugs))


def is_text(path: str) -> bool:
    """Whether a file is meant to be read: Markdown by any name, but for templates and notes about a folder."""
    name = path.rsplit("/", 1)[-1].lower()
    meant = name.endswith((*MARKDOWN, *MISNAMED)) and name != "readme.md"
    return meant and not path.startswith(f"{OWN}/templates/")


def _lent(gathered: _Gathered, number: int, source: Adopted) -> None:
    """The files of one source, by the plan that each belongs to."""
    folder = _plain(source.path)
    if not (gathered.root / folder).is_dir():
        report = Report(FILE)
        report.add(MISSING_SOURCE, f"there is no folder `{source.path}`", "`path` counts from the folder of this file")
        gathered.findings.extend(report.findings)
        return
    goals = tuple(_goals(gathered, source))
    own = slug_of((source.plan.slug if source.plan else "") or folder.rsplit("/", 1)[-1])
    for path in _in(gathered.prints, folder):
        if not fnmatch.fnmatch(path.rsplit("/", 1)[-1], source.files):
            continue
        named = _named(gathered, source, path, folder)
        slug = slug_of(named) if named else own
        title = named or source.title or title_of(own)
        gathered.adopted.setdefault(slug, Plan(slug=slug, path=FILE, title=title, goals=goals))
        gathered.lent[slug].append(Lent(path, number, folder))


def _named(gathered: _Gathered, source: Adopted, path: str, folder: str) -> str:
    if not (source.plan and source.plan.field):
        return ""
    return named_plan(source, _looked(gathered.root, folder, path, MARKDOWN, gathered.prints).data or b"")


def _goals(gathered: _Gathered, source: Adopted) -> Iterator[Goal]:
    if source.goals is None:
        return
    folder = _plain(source.goals.path)
    for path in _in(gathered.prints, folder):
        found = _looked(gathered.root, folder, path, MARKDOWN, gathered.prints)
        if found.data is not None and path.endswith(".md"):
            goal, findings = goal_of(source, found.path, PurePosixPath(path).stem, found.data)
            gathered.findings.extend((*findings, *seen_in(found.path, found.data, CERTAIN)))
            if goal:
                yield goal


def _batches(gathered: _Gathered, settings: str) -> Iterator[Batch]:
    folders = {slug: folder for folder, slug in gathered.slugs.items()}
    for slug in sorted({*folders, *gathered.lent}):
        folder, lent = folders.get(slug, ""), tuple(gathered.lent[slug])
        files, adopted = tuple(gathered.own[folder]), gathered.adopted.get(slug)
        batch = Batch(slug=slug, folder=folder, files=files, lent=lent, adopted=adopted)
        known = print_of_all({path: gathered.prints.get(path, "") for path in batch.paths})
        # Settings decide how adopted files are read, and nothing else of them how a plan's own files are.
        terms = repr((slug, folder, adopted, lent, settings if lent else ""))
        key = hashlib.sha256(f"{terms}\n{known}".encode("utf-8", "surrogateescape")).hexdigest()
        yield replace(batch, key=key)


def _in(prints: Iterable[str], folder: str) -> Iterator[str]:
    return (path for path in prints if path.startswith(f"{folder}/"))


def _plain(path: str) -> str:
    return os.path.normpath(path).replace(os.sep, "/")
