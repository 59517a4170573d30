"""Where each file of a site's own layout belongs."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping

from plansite.content.documents import Place
from plansite.content.faults import BAD_SLUG, STRAY_FILE, TWIN_FILES
from plansite.content.report import Report, visible
from plansite.model.findings import Finding
from plansite.model.names import slug_fault, slug_of

FOLDERS = {"actions": "action", "reviews": "review", "incidents": "incident", "measures": "measure"}
_PEOPLE = {"owners": "owner", "agencies": "agency"}
#: Endings of Markdown files; the last comes of saving with an editor that adds one of its own.
MARKDOWN = (".md", ".markdown")
MISNAMED = (".md.txt", ".mdown", ".mkd")
_TIDY = re.compile(r"[\w.-]+")
#: What nearly all paths are made of: a first look that spares most of them the closer one.
_PLAIN = re.compile(r"(?:(?!(?:con|prn|aux|nul|com\d|lpt\d)[./])[a-z0-9][a-z0-9-]{0,79}[/.])+md")


def plan_slugs(paths: Iterable[str]) -> dict[str, str]:
    """The address of each plan's folder. Folders whose addresses would fall together get a number behind theirs."""
    slugs: dict[str, str] = {}
    taken: set[str] = set()
    for folder in sorted({path.split("/")[2] for path in paths if _in_plan(path)}):
        slug, number = address(folder), 2
        while slug.casefold() in taken:
            slug, number = f"{address(folder)}-{number}", number + 1
        taken.add(slug.casefold())
        slugs[folder] = slug
    return slugs


def twin_plans(slugs: Mapping[str, str]) -> Iterator[Finding]:
    """Folders of plans that had to get a number, because another has the same address."""
    for folder, slug in slugs.items():
        if slug != address(folder):
            report = Report(f"content/plans/{folder}/plan.md")
            report.add(
                TWIN_FILES,
                f"another plan's folder has the address of “{visible(folder[:60])}” too",
                "rename one of the two",
            )
            yield from report.findings


def _in_plan(path: str) -> bool:
    parts = path.split("/")
    return len(parts) > 3 and parts[1].casefold() == "plans"


def place_of(path: str, slugs: Mapping[str, str]) -> Place | None:
    """The place of `content/…`, capitals in folders aside; None for a file that has no place in the layout.

    `slugs` are the addresses of the plans' folders.
    """
    match path.split("/"):
        case ["content", folder, name] if folder.casefold() in _PEOPLE:
            return Place(_PEOPLE[folder.casefold()], "", address(_stem(name)), path)
        case ["content", _, plan, name] if _in_plan(path) and name.casefold() == "plan.md":
            return Place("plan", slugs[plan], slugs[plan], path)
        case ["content", _, plan, folder, *below] if _in_plan(path) and folder.casefold() in FOLDERS and below:
            return Place(FOLDERS[folder.casefold()], slugs[plan], address(_stem("-".join(below))), path)
    return None


def stray_place(path: str, slugs: Mapping[str, str]) -> Place | None:
    """Where a file that lies wrongly is kept in sight: among the actions of its plan, or nowhere if it has none."""
    if not _in_plan(path):
        return None
    _, _, plan, *below = path.split("/")
    return Place("action", slugs[plan], address(_stem("-".join(below))), path)


def address(name: str) -> str:
    """A file's name as part of an address: kept where it is fit for one, else made so."""
    fit = _TIDY.fullmatch(name) and not slug_fault(name) and name.lower() != "index"
    return name if fit else slug_of(name)


def _stem(name: str) -> str:
    ending = next((ending for ending in (*MISNAMED, *MARKDOWN) if name.lower().endswith(ending)), "")
    return name[: len(name) - len(ending)]


def stray(path: str) -> Finding:
    """A Markdown file that nobody would find on the site."""
    report = Report(path)
    if path.lower().endswith(MISNAMED):
        report.add(STRAY_FILE, "the file's name does not end in .md", "rename it so that it ends in .md")
        return report.findings[0]
    report.add(
        STRAY_FILE,
        "this file is in no place where plans are looked for",
        "move it into a plan's `actions` folder",
    )
    return report.findings[0]


def name_faults(paths: Iterable[str]) -> Iterator[Finding]:
    """Names unfit for an address, and names that some computers cannot tell apart."""
    seen: dict[str, str] = {}
    for path in paths:
        report = Report(path)
        for part in () if _PLAIN.fullmatch(path) else path.removesuffix(".md").split("/"):
            fault = slug_fault(part)
            if fault:
                report.add(
                    BAD_SLUG, f"the name “{visible(part[:60])}” {fault}", "rename it with letters, digits and hyphens"
                )
        twin = seen.setdefault(path.lower() if path.isascii() else _folded(path), path)
        if twin != path:
            report.add(
                TWIN_FILES, f"some computers cannot tell this file from {visible(twin)}", "rename one of the two"
            )
        yield from report.findings


def _folded(path: str) -> str:
    return unicodedata.normalize("NFKC", path).casefold()
