"""Reads what a published copy claims: for which audience and day, and from which commit it was built."""

from __future__ import annotations

import json
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

from plansite.deferred_dataclass import dataclass
from plansite.deferred_pattern import compile_lazily
from plansite.file_access import RefusedFileError, read_plain_file
from plansite.model.dates import parse_iso_date
from plansite.model.page_addresses import ABOUT_PAGE
from plansite.model.status import Audience
from plansite.publish.manifest import MANIFEST, MAX_MANIFEST_SIZE

MAX_PAGE_SIZE = 1024 * 1024
_COMMIT_NAME = compile_lazily(r"[0-9a-f]{4,64}")


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyClaims:
    """The claims of a copy; None or empty for those it does not make. A build has to confirm them.

    `commit` is an abbreviated commit name, as is `as_at_commit` for a copy of an earlier state. `is_pinned` says that
    the day was given and not read from the clock. `version` is the version of plansite.
    """

    audience: Audience | None = None
    day: date | None = None
    is_pinned: bool = False
    commit: str = ""
    as_at_commit: str = ""
    version: str = ""


def read_claims(folder: Path) -> CopyClaims:
    """The claims of the copy in a folder. Raises OSError where a file exists and cannot be read."""
    attributes = _parse_attributes(_read_text(folder / ABOUT_PAGE))
    audience = attributes.get("data-audience", "")
    return CopyClaims(
        audience=Audience(audience) if audience in list(Audience) else None,
        day=parse_iso_date(attributes.get("data-day", "")),
        is_pinned=attributes.get("data-pinned") == "yes",
        commit=_valid_commit(attributes.get("data-commit", "")),
        as_at_commit=_valid_commit(attributes.get("data-stood", "")),
        version=_manifest_version(_read_text(folder / MANIFEST, max_size=MAX_MANIFEST_SIZE)),
    )


def _read_text(path: Path, max_size: int = MAX_PAGE_SIZE) -> str:
    try:
        return read_plain_file(path, max_size).decode("utf-8", "replace")
    except (RefusedFileError, FileNotFoundError):
        return ""


def _parse_attributes(page: str) -> dict[str, str]:
    parser = _AboutPageParser()
    parser.feed(page)
    return parser.attributes


def _valid_commit(name: str) -> str:
    return name if _COMMIT_NAME.fullmatch(name) else ""


def _manifest_version(manifest: str) -> str:
    """The version of plansite in a manifest of any format; empty where there is none."""
    try:
        match json.loads(manifest):
            case {"plansite": str(version)} if version.isprintable():
                return version[:40]
    except (ValueError, RecursionError):
        pass
    return ""


class _AboutPageParser(HTMLParser):
    """Collects the attributes of the first `dl` that has `data-audience`."""

    def __init__(self) -> None:
        super().__init__()
        self.attributes: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        if tag == "dl" and "data-audience" in attributes and not self.attributes:
            self.attributes = attributes
