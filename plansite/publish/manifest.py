"""The manifest of a published site: its files with their hashes. It marks a folder as made by plansite."""

from __future__ import annotations

import json
from collections.abc import Mapping
from json.encoder import encode_basestring_ascii as quoted
from pathlib import Path

from plansite import __version__
from plansite.deferred_pattern import compile_lazily
from plansite.file_access import RefusedFileError, read_plain_file
from plansite.publish.errors import NotOursError
from plansite.publish.output_paths import is_publishable

MANIFEST = ".plansite.json"
_FORMAT = 1
#: About 500,000 files. JSON that was made to fill the memory takes up to 25 times its size.
MAX_MANIFEST_SIZE = 64 * 1024 * 1024
_DIGEST = compile_lazily(r"[0-9a-f]{64}")


def format_manifest(digests: Mapping[str, str]) -> bytes:
    """The manifest of files and their SHA-256 hashes. The same files give the same bytes."""
    # As `json.dumps` with an indent of 1 writes it, which takes many times as long for ten thousand files.
    files = ",\n".join(f"  {quoted(path)}: {quoted(digest)}" for path, digest in sorted(digests.items()))
    head = f'{{\n "format": {_FORMAT},\n "plansite": {quoted(__version__)},\n "files": '
    return (head + (f"{{\n{files}\n }}" if files else "{}") + "\n}\n").encode()


def read_manifest(folder: Path) -> Mapping[str, str] | None:
    """The hashes of a published site by path; None for a folder without a valid manifest.

    Anybody may have written it. So it is valid only with plain paths inside the folder, and with SHA-256 hashes; what
    it says of a file has still to be compared with the file.
    """
    try:
        manifest: object = json.loads(read_plain_file(folder / MANIFEST, MAX_MANIFEST_SIZE))
    except (FileNotFoundError, NotADirectoryError, RefusedFileError, ValueError, RecursionError):
        return None
    match manifest:
        case {"format": 1, "plansite": str(), "files": dict(files)}:
            return files if all(map(_is_valid_entry, files.items())) else None
    return None


def _is_valid_entry(entry: tuple[str, object]) -> bool:
    path, digest = entry
    return is_publishable(path) and isinstance(digest, str) and _DIGEST.fullmatch(digest) is not None


def read_published_files(folder: Path) -> Mapping[str, str]:
    """The hashes of the site in `folder` by path; empty where it is missing or empty. Raises NotOursError otherwise."""
    found = read_manifest(folder)
    if found is None and folder.exists() and any(folder.iterdir()):
        raise NotOursError(
            f"{folder} is not empty, and there is no {MANIFEST} in it that this version of plansite can read. "
            "So plansite did not make it and changes nothing in it. Name another folder, or empty this one yourself"
        )
    return found or {}
