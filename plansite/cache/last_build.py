"""A record of the last build: what it was made from, what it published, and what it reported."""

from __future__ import annotations

import hashlib
import json
import os
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from plansite.cache.layout import CACHE_FOLDER
from plansite.file_access import read_inside, read_plain_file

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
    temporary = folder / f"{_FILE}.{os.getpid()}"
    try:
        folder.mkdir(exist_ok=True)
        temporary.write_text(json.dumps(asdict(build)), "utf-8")
        temporary.replace(folder / _FILE)
    except OSError:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


def load_last_build(root: Path) -> LastBuild | None:
    """The last build, or None where there is no readable record."""
    try:
        record = json.loads(read_plain_file(root / CACHE_FOLDER / _FILE, _MAX_SIZE))
        lists = {name: tuple(map(str, record[name])) for name in ("sources", "messages")}
        return LastBuild(**{**record, **lists})
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        return None


def forget_last_build(root: Path) -> None:
    """Remove the record before anything is published, so that a build that is killed is never taken for a whole one.

    Where it cannot be removed, it no longer matches the published files, because a build changes their times.
    """
    with suppress(OSError):
        (root / CACHE_FOLDER / _FILE).unlink(missing_ok=True)


def hash_small_file(path: Path) -> str:
    """The SHA-256 hash of a small file in hexadecimal; empty where it cannot be read."""
    try:
        return hashlib.sha256(read_inside(path.parent, path.name, _MAX_SIZE)).hexdigest()
    except OSError:
        return ""
