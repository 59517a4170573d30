"""A record of the last build: what it was made from, what it published, and what it reported."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any

from plansite.cache.layout import CACHE_FOLDER, has_link
from plansite.cache.recorded_settings import RecordedSettings, require_texts
from plansite.deferred_dataclass import dataclass
from plansite.file_access import read_plain_file, replace_kept_file

_FILE = "last-build.json"
_MAX_SIZE = 16 * 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class LastBuild:
    """A build that succeeded. `fingerprint` covers its inputs, `output_fingerprint` the folder it published.

    One that `needs_lenient` has unclear marks, and was published for fewer than internal readers all the same.
    """

    fingerprint: str
    out: str
    output_fingerprint: str
    settings: RecordedSettings
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
        return _parse(record)
    except (OSError, ValueError, TypeError, AttributeError, KeyError, RecursionError):
        return None


def _parse(record: dict[str, Any]) -> LastBuild:
    """The build of a record. Raises TypeError, KeyError or ValueError for what no build writes."""
    settings = RecordedSettings.parse(record["settings"])
    build = LastBuild(**{**record, "settings": settings, "messages": tuple(record["messages"])})
    if (type(build.pages), type(build.needs_lenient)) != (int, bool):
        raise TypeError
    require_texts(build.fingerprint, build.out, build.output_fingerprint, *build.messages, *settings.texts)
    return build


def forget_last_build(root: Path) -> None:
    """Remove the record before anything is published, so that a build that is killed is never taken for a whole one.

    Where it cannot be removed, it no longer matches the published files, because a build changes their times.
    """
    folder = root / CACHE_FOLDER
    if not has_link(folder):
        with suppress(OSError):
            (folder / _FILE).unlink(missing_ok=True)
