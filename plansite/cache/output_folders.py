"""The output folders that builds of a site have published into on this computer, and for which audience.

What is in them was made by plansite, or put there afterwards although the next build replaces it. Of any other folder
with a manifest nobody knows who wrote it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from plansite.file_access import RefusedFileError, read_plain_file, replace_kept_file

_MAX_SIZE = 1024 * 1024


def find_published_audience(record: Path | None, out: Path) -> str:
    """For which audience the site in `out` was built; empty where no build of this site has published there.

    `record` is the file with the record, and None where nothing is recorded.
    """
    return "" if record is None else _load(record).get(str(out.resolve()), "")


def record_output(record: Path | None, out: Path, audience: str) -> None:
    """Add an output folder to the record. Where it cannot be written, the next build compares all files once more."""
    if record is None or find_published_audience(record, out) == audience:
        return
    with suppress(OSError):
        replace_kept_file(record, json.dumps({**_load(record), str(out.resolve()): audience}).encode())


def _load(record: Path) -> Mapping[str, str]:
    try:
        folders = json.loads(read_plain_file(record, _MAX_SIZE))
    except (FileNotFoundError, RefusedFileError, ValueError, RecursionError):
        return {}
    return {out: str(audience) for out, audience in folders.items()} if isinstance(folders, dict) else {}
