"""The manifest: what makes a folder recognisable as a published site, file by file."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from plansite import __version__
from plansite.publish.refusals import NotOurs

MANIFEST = ".plansite.json"
_FORMAT = 1


def manifest_of(digests: Mapping[str, str]) -> bytes:
    """The manifest for files and their SHA-256 digests: the same bytes for the same site, whenever it is made."""
    facts = {"format": _FORMAT, "plansite": __version__, "files": dict(sorted(digests.items()))}
    return (json.dumps(facts, indent=1) + "\n").encode()


def read_manifest(folder: Path) -> Mapping[str, str] | None:
    """The digests by path of a published site; None for a folder without a manifest that we can read."""
    path = folder / MANIFEST
    if path.is_symlink() or not path.is_file():
        return None
    try:
        facts: object = json.loads(path.read_bytes())
    except (ValueError, RecursionError):
        return None
    match facts:
        case {"format": 1, "plansite": str(), "files": dict(files)}:
            return files if all(isinstance(digest, str) for digest in files.values()) else None
    return None


def live_files(folder: Path) -> Mapping[str, str]:
    """The digests of what `folder` publishes now: none where it is empty or missing. Raises NotOurs otherwise."""
    found = read_manifest(folder)
    if found is None and folder.exists() and any(folder.iterdir()):
        raise NotOurs(
            f"{folder} is not empty, and there is no {MANIFEST} in it that this version of plansite can read. "
            "So it was not made by plansite and is left alone. Name another folder, or empty this one yourself"
        )
    return found or {}
