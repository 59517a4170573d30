"""Where each file of a site's own layout belongs."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from plansite.content.documents import Place
from plansite.content.faults import BAD_SLUG, STRAY_FILE, TWIN_FILES
from plansite.content.report import Report
from plansite.model.findings import Finding
from plansite.model.names import slug_fault, slug_of

FOLDERS = {"actions": "action", "reviews": "review", "incidents": "incident", "measures": "measure"}
_TIDY = re.compile(r"[\w.-]+")


def place_of(path: str) -> Place | None:
    """The place of `content/…`; None for a file that has no place in the layout."""
    match path.split("/"):
        case ["content", ("owners" | "agencies") as folder, name]:
            return Place("owner" if folder == "owners" else "agency", "", address(_stem(name)), path)
        case ["content", "plans", plan, "plan.md"]:
            return Place("plan", address(plan), address(plan), path)
        case ["content", "plans", plan, folder, *below] if folder in FOLDERS and below:
            return Place(FOLDERS[folder], address(plan), address(_stem("-".join(below))), path)
    return None


def address(name: str) -> str:
    """A file's name as part of an address: kept where it is fit for one, else made so."""
    fit = _TIDY.fullmatch(name) and not slug_fault(name) and name.lower() != "index"
    return name if fit else slug_of(name)


def _stem(name: str) -> str:
    return name[:-3] if name.lower().endswith(".md") else name


def stray(path: str) -> Finding:
    """A Markdown file that nobody would find on the site."""
    report = Report(path)
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
        for part in path.removesuffix(".md").split("/"):
            fault = slug_fault(part)
            if fault:
                report.add(BAD_SLUG, f"the name “{part[:60]}” {fault}", "rename it with letters, digits and hyphens")
        twin = seen.setdefault(unicodedata.normalize("NFKC", path).casefold(), path)
        if twin != path:
            report.add(TWIN_FILES, f"some computers cannot tell this file from {twin}", "rename one of the two")
        yield from report.findings
