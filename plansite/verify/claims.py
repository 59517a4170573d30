"""What a published copy says of itself: for whom, for which day and from which commit it was built."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

from plansite.model.dates import parse_iso_date
from plansite.model.page_addresses import ABOUT_PAGE
from plansite.model.status import Audience
from plansite.publish.manifest import MANIFEST

_MAX_PAGE_SIZE = 1024 * 1024
_COMMIT_NAME = re.compile(r"[0-9a-f]{4,64}")


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyClaims:
    """What a copy says; None and empty where it does not. Nothing of it is believed before a build agrees.

    `commit` is a short name, and `stood` the same for a copy of an earlier state. `pinned` says that its day was
    given and not read from a clock. `version` is that of the plansite that made it.
    """

    audience: Audience | None = None
    day: date | None = None
    is_pinned: bool = False
    commit: str = ""
    as_at_commit: str = ""
    version: str = ""


def read_claims(folder: Path) -> CopyClaims:
    """What the copy in a folder says. Raises OSError where a file is there and cannot be read."""
    facts = _parse_facts(_read_text(folder / ABOUT_PAGE))
    audience = facts.get("data-audience", "")
    return CopyClaims(
        audience=Audience(audience) if audience in list(Audience) else None,
        day=parse_iso_date(facts.get("data-day", "")),
        is_pinned=facts.get("data-pinned") == "yes",
        commit=_valid_commit(facts.get("data-commit", "")),
        as_at_commit=_valid_commit(facts.get("data-stood", "")),
        version=_manifest_version(_read_text(folder / MANIFEST, max_size=1 << 30)),
    )


def _read_text(path: Path, max_size: int = _MAX_PAGE_SIZE) -> str:
    if path.is_symlink() or not path.is_file() or path.stat().st_size > max_size:
        return ""
    return path.read_text("utf-8", "replace")


def _parse_facts(page: str) -> dict[str, str]:
    reader = _AboutPageParser()
    reader.feed(page)
    return reader.attributes


def _valid_commit(name: str) -> str:
    return name if _COMMIT_NAME.fullmatch(name) else ""


def _manifest_version(manifest: str) -> str:
    """The version that a manifest names, of whatever format it is."""
    try:
        match json.loads(manifest):
            case {"plansite": str(version)} if version.isprintable():
                return version[:40]
    except (ValueError, RecursionError):
        pass
    return ""


class _AboutPageParser(HTMLParser):
    """The attributes of the first list that says for whom the copy is."""

    def __init__(self) -> None:
        super().__init__()
        self.attributes: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "dl" and "data-audience" in given and not self.attributes:
            self.attributes = given
