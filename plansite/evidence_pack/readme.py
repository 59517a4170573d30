"""The README of a pack: what it is and how to open and check it, in plain words."""

from __future__ import annotations

from textwrap import fill

from plansite.evidence_pack.manifest import MANIFEST, READERS, PackManifest
from plansite.model.dates import parse_iso_date
from plansite.model.formatting import format_long_date
from plansite.model.settings import Settings

_WIDTH = 78
_SUBJECTS = {"plan": "Plan", "incident": "Incident", "regulation": "Regulation or standard"}


def format_readme(manifest: PackManifest, title: str, settings: Settings) -> str:
    """The text of the README, with line ends that every editor shows."""
    day = parse_iso_date(manifest.day)
    facts = [
        f"{_SUBJECTS[manifest.subject]}: {title}",
        f"From: {settings.title}",
        f"As at: {format_long_date(day) if day else manifest.day}",
        f"For: {READERS[manifest.audience]}",
    ]
    if manifest.first or manifest.last:
        facts.append(
            f"Changes, notes and minutes from {manifest.first or 'the start'} to {manifest.last or 'that day'}"
        )
    if manifest.commit:
        clean = "" if manifest.is_clean else ", with changes that were not committed"
        facts.append(f"Made from commit: {manifest.commit}{clean}")
    if settings.contact:
        facts.append(f"Questions to: {settings.contact}")
    paragraphs = [
        "EVIDENCE PACK",
        "\n".join(" ".join(fact.split()) for fact in facts),
        *(text if "\n" in text else fill(text, _WIDTH) for text in _TEXTS),
    ]
    return "\n\n".join(paragraphs).replace("\n", "\r\n") + "\r\n"


_TEXTS = (
    "HOW TO OPEN IT. Unpack the file first (right-click, then “Extract all”). Then open index.html with a double "
    "click. It opens in any web browser, without the internet.",
    "WHAT IS IN IT. index.html is the cover: what was agreed, who agreed it, and how far it has got. From there you "
    "get to each action with its steps, notes, evidence and checks, and to incidents, measures and minutes. pack.html "
    "has everything on one page, to read through or to print. register.xlsx is the list of actions for a spreadsheet. "
    "Linked documents are in the folder “files”.",
    "The pages run no program and fetch nothing. Web addresses are written out and are not links.",
    f"HOW TO CHECK THAT NOTHING WAS CHANGED. {MANIFEST} has the SHA-256 hash of every file. Whoever made the pack was "
    f"shown the digest of the pack, which is the SHA-256 hash of {MANIFEST} itself. Ask them for it, on another way "
    "than the one by which you got the pack. Then compare:",
    f"Windows:  certutil -hashfile {MANIFEST} SHA256\nmacOS:    shasum -a 256 {MANIFEST}\n"
    f"Linux:    sha256sum {MANIFEST}",
    "With plansite, one command checks every file and prints the digest: plansite pack --verify FILE.zip",
)
