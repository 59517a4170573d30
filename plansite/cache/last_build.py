"""A record of the last build: what it was made from, what it published, and what it reported."""

from __future__ import annotations

import hashlib
import json
import os
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from plansite.cache.layout import CACHE_FOLDER, has_link
from plansite.file_access import read_inside, read_plain_file, replace_kept_file

_FILE = "last-build.json"
_MAX_SIZE = 16 * 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class LastBuild:
    """A build that succeeded. `fingerprint` covers its inputs, `output_fingerprint` the folder it published.

    One that `needs_lenient` has unclear marks, and was published for fewer than internal readers all the same.
    While `settings_hash` is the hash of `plansite.yaml`, `timezone`, `today`, `theme` and `sources` are what it says.
    """

    fingerprint: str
    out: str
    output_fingerprint: str
    settings_hash: str
    timezone: str
    today: str
    theme: str
    sources: tuple[str, ...]
    messages: tuple[str, ...]
    pages: int
    needs_lenient: bool


def save_last_build(root: Path, build: LastBuild) -> None:
    """Write the record. Where the cache folder cannot be written to, the next build takes longer."""
    folder = root / CACHE_FOLDER
    if has_link(folder):
        return
    with suppress(OSError):
        folder.mkdir(exist_ok=True)
        replace_kept_file(folder / _FILE, json.dumps(asdict(build)).encode())


def load_last_build(root: Path) -> LastBuild | None:
    """The last build, or None where there is no readable record. Anybody may have written it, so it is checked."""
    folder = root / CACHE_FOLDER
    try:
        record: dict[str, Any] = {}
        if not has_link(folder):
            record = json.loads(read_plain_file(folder / _FILE, _MAX_SIZE))
        values: dict[str, Any] = {
            name: tuple(value) if type(value) is list else value for name, value in record.items()
        }
        build = LastBuild(**values)
        _require_types(build)
    except (OSError, ValueError, TypeError, AttributeError, RecursionError):
        return None
    return build


def _require_types(build: LastBuild) -> None:
    """Raise TypeError or ValueError for a value of another type, and for a text that can be no path."""
    values = asdict(build)
    pages, needs_lenient = values.pop("pages"), values.pop("needs_lenient")
    lists = (values.pop("sources"), values.pop("messages"))
    if (type(pages), type(needs_lenient), *map(type, lists)) != (int, bool, tuple, tuple):
        raise TypeError
    for text in (*values.values(), *lists[0], *lists[1]):
        if b"\0" in os.fsencode(text):
            raise ValueError


def forget_last_build(root: Path) -> None:
    """Remove the record before anything is published, so that a build that is killed is never taken for a whole one.

    Where it cannot be removed, it no longer matches the published files, because a build changes their times.
    """
    folder = root / CACHE_FOLDER
    if not has_link(folder):
        with suppress(OSError):
            (folder / _FILE).unlink(missing_ok=True)


def hash_small_file(path: Path) -> str:
    """The SHA-256 hash of a small file in hexadecimal; empty where it cannot be read."""
    try:
        return hashlib.sha256(read_inside(path.parent, path.name, _MAX_SIZE)).hexdigest()
    except OSError:
        return ""
