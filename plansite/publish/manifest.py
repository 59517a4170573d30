"""The manifest: what makes a folder recognisable as a published site, file by file."""

from __future__ import annotations

import json
from collections.abc import Mapping
from json.encoder import encode_basestring_ascii as quoted
from pathlib import Path

from plansite import __version__
from plansite.publish.errors import NotOursError

MANIFEST = ".plansite.json"
_FORMAT = 1


def format_manifest(digests: Mapping[str, str]) -> bytes:
    """The manifest for files and their SHA-256 digests: the same bytes for the same site, whenever it is made."""
    # As `json.dumps` with an indent of 1 writes it, which takes many times as long for ten thousand files.
    files = ",\n".join(f"  {quoted(path)}: {quoted(digest)}" for path, digest in sorted(digests.items()))
    head = f'{{\n "format": {_FORMAT},\n "plansite": {quoted(__version__)},\n "files": '
    return (head + (f"{{\n{files}\n }}" if files else "{}") + "\n}\n").encode()


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


def read_published_files(folder: Path) -> Mapping[str, str]:
    """The digests of what `folder` publishes now: none where it is empty or missing. Raises NotOurs otherwise."""
    found = read_manifest(folder)
    if found is None and folder.exists() and any(folder.iterdir()):
        raise NotOursError(
            f"{folder} is not empty, and there is no {MANIFEST} in it that this version of plansite can read. "
            "So it was not made by plansite and is left alone. Name another folder, or empty this one yourself"
        )
    return found or {}
