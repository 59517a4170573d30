"""What tests of Word documents share: documents of sites and of blocks, read by python-docx and lxml."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import docx
import lxml.etree

from plansite.content.site_content import load_site
from plansite.exports.selection import ExportSelection, select_actions
from plansite.exports.word.blocks import Block, WordDocument
from plansite.exports.word.package import format_word_document
from plansite.model.assessment import SiteOnDate
from tests.sites import write

DAY = date(2025, 1, 20)
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

FILES = {
    "content/owners/cook.md": "---\ntitle: The Cook\n---\n",
    "content/plans/warm/plan.md": (
        "---\ntitle: Warm rooms\nkind: improvement\nobjective: Nobody is cold.\nowner: Manager\nstart: 2025-01-01\n"
        "goals: [{key: g, title: Everybody is warm, measurable: 20 of 20, time_bound: By March},"
        " {key: h, title: Nobody trips}]\n---\nWhy **we** do this.\n\n## Background\nIt was cold.\n"
    ),
    "content/plans/warm/actions/a.md": (
        "---\ntitle: Mend the boiler\nref: 1\nowner: cook\nsupporters: [Nurse, Manager]\ngoal: g\nstatus: in progress\n"
        "created: 2025-01-02\ndue: 2025-01-14\ndue_history: [{due: 2025-01-10}]\nresources: Two days\n"
        "evidence_needed: [Photo]\ninterim: {control: Heaters in all rooms, check_every: 1 day}\n---\n"
        "The boiler is *old*.\n\n- Loud\n\n"
        "## Steps\n- [x] Order the part\n- [ ] Fit it\n\n"
        "## Progress\n- 2025-01-05: Rang\n- 2025-01-09 (Nurse): Rang again\n- 2025-01-12 (Cook): Ordered\n"
        "- 2025-01-04: Found\n"
    ),
    "content/plans/warm/actions/b.md": (
        "---\ntitle: Check the lamps\nref: 2\nowner: Nurse\nstatus: completed\ncreated: 2025-01-02\ndue: 2025-01-10\n"
        "completed: 2025-01-09\n---\n"
    ),
    "content/plans/warm/actions/c.md": (
        "---\ntitle: Write a letter\nref: 3\nstatus: cancelled\nreason: no longer needed\n---\n"
    ),
    "content/plans/cold/plan.md": "---\ntitle: Cold drinks\n---\n",
}


def load(root: Path, files: Mapping[str, str] = FILES) -> SiteOnDate:
    """A site of files on the day of these tests."""
    return SiteOnDate(load_site(write(root, files)), DAY)


def select(site: SiteOnDate, plan: str = "", owner: str = "") -> ExportSelection:
    """What is exported of a plan, or of all, of an owner or of everybody."""
    found = next((each for each in site.site.plans if each.slug == plan), None)
    return select_actions(site, found, site.site.find_owner_or_agency(owner) if owner else None)


def build(*blocks: Block, title: str = "A title", foot: str = "") -> bytes:
    """A file with these blocks."""
    return format_word_document(
        WordDocument(title=title, subject="", day=DAY, running_head=title, foot=foot, blocks=blocks)
    )


def read(data: bytes) -> Any:
    """A file as python-docx reads it."""
    return docx.Document(io.BytesIO(data))


def parse_parts(data: bytes) -> dict[str, Any]:
    """The root elements of the parts of a file, by their names."""
    parser = lxml.etree.XMLParser(resolve_entities=False, no_network=True)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: lxml.etree.fromstring(archive.read(name), parser) for name in archive.namelist()}


def list_texts(document: Any) -> list[str]:
    """The texts of the paragraphs that are not in tables, each with the name of its style."""
    return [f"{paragraph.style.name}: {paragraph.text}" for paragraph in document.paragraphs]


def list_rows(table: Any) -> list[list[str]]:
    """The texts of a table, a line for each paragraph of a cell."""
    return [[cell.text for cell in row.cells] for row in table.rows]
