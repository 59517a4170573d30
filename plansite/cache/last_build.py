"""What the last build was made from and what it said, kept beside the site so that the same work is not done twice."""

from __future__ import annotations

import hashlib
import json
import os
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from plansite.cache.layout import CACHE_FOLDER

_FILE = "last-build.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class LastBuild:
    """A build that ended well. `inputs` is its fingerprint, `tree` that of the folder it made.

    `settings` is the digest of `plansite.yaml`; while it holds, so do `timezone`, `today`, `theme` and `sources`.
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


def save_last_build(root: Path, build: LastBuild) -> None:
    """Keep it. Where the site's folder cannot be written to, the next build just works for longer."""
    folder = root / CACHE_FOLDER
    beside = folder / f"{_FILE}.{os.getpid()}"
    try:
        folder.mkdir(exist_ok=True)
        beside.write_text(json.dumps(asdict(build)), "utf-8")
        beside.replace(folder / _FILE)
    except OSError:
        with suppress(OSError):
            beside.unlink(missing_ok=True)


def load_last_build(root: Path) -> LastBuild | None:
    """The last build, or None where nothing readable is kept: then everything is built."""
    try:
        facts = json.loads((root / CACHE_FOLDER / _FILE).read_bytes())
        lists = {name: tuple(map(str, facts[name])) for name in ("sources", "said")}
        return LastBuild(**{**facts, **lists})
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        return None


def forget_last_build(root: Path) -> None:
    """Before anything is written, so that a build that is cut short is never taken for a whole one.

    Where nothing can be removed, what is kept there goes by how the published files lie, which a build changes.
    """
    with suppress(OSError):
        (root / CACHE_FOLDER / _FILE).unlink(missing_ok=True)


def hash_small_file(path: Path) -> str:
    """The digest of a small file; empty where it cannot be read."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""
