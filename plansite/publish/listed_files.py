"""The files of a published folder that its manifest vouches for, and removing them.

A manifest may be forged: it can come with a repository or a download. So a file counts as made by plansite only if it
lies at a listed path, is a plain file with no link on the way to it, and has the listed hash.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from plansite.content.report import make_printable
from plansite.incremental.file_hashes import hash_file
from plansite.publish.errors import NotOursError
from plansite.publish.file_stats import stat_folder
from plansite.publish.manifest import MANIFEST

#: How many files an error names.
_NAMED_FILES = 5


def remove_listed_files(folder: Path, manifest: Mapping[str, str]) -> tuple[int, tuple[str, ...]]:
    """Remove the files of a folder that its manifest vouches for, the manifest, and the folders that are empty then.

    Returns how many were removed, and the paths of all other files, which stay. Raises OSError.
    """
    left: list[str] = []
    removed = 0
    for path, is_listed in _check_files(folder, manifest):
        if is_listed:
            (folder / path).unlink()
            removed += 1
        else:
            left.append(path)
    for inside, _, _ in os.walk(folder, topdown=False):
        with suppress(OSError):  # it is not empty
            Path(inside).rmdir()
    return removed, tuple(left)


def require_listed_files(folder: Path, manifest: Mapping[str, str]) -> None:
    """Raise NotOursError if a folder has a file that its manifest does not vouch for, since replacing would lose it."""
    others = [path for path, is_listed in _check_files(folder, manifest) if not is_listed]
    if others:
        names = ", ".join(map(make_printable, others[:_NAMED_FILES]))
        names += " and others" if len(others) > _NAMED_FILES else ""
        raise NotOursError(
            f"{folder} has files that plansite did not make, or that were changed since: {names}. They would be lost. "
            "Move them elsewhere, or name another folder"
        )


def _check_files(folder: Path, manifest: Mapping[str, str]) -> Iterator[tuple[str, bool]]:
    """The path of each file and link in a folder, sorted, and whether the manifest vouches for it; the manifest last.

    While any file is left, the manifest says that the folder is ours, also after a removal that was cut short.
    """
    paths = sorted(stat_folder(str(folder)), key=lambda path: (path == MANIFEST, path))
    for path in paths:
        yield path, path == MANIFEST or _has_digest(folder / path, manifest.get(path))


def _has_digest(file: Path, digest: str | None) -> bool:
    """Whether a plain file has this hash. False as well where it cannot be read."""
    try:
        return digest is not None and hash_file(str(file)) == digest
    except OSError:
        return False
