"""What lies in a folder, file by file, and how it differs from what a build makes."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from plansite.publish.manifest import MANIFEST, format_manifest, read_manifest

#: A clone of a branch of pages brings its repository along, which no server shows.
_GIT_FOLDER = ".git"
#: Stands for the digest of what is no plain file: none has this one.
_NOT_PLAIN = "not a plain file"
_CHUNK_SIZE = 1024 * 1024


class DifferenceKind(StrEnum):
    """How a file of a copy differs from the build."""

    DIFFERENT = "different"
    MISSING = "missing"
    ADDED = "added"


@dataclass(frozen=True, slots=True, order=True)
class FileDifference:
    """A file that is not as it was built. `by_hand` means that the copy's own list of files does not agree with it."""

    path: str
    kind: DifferenceKind
    is_edited: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedFiles:
    """The files of a folder: their digests by path, and what its own list says of them, if it has one to read."""

    hashes: Mapping[str, str]
    manifest: Mapping[str, str] | None

    def compare_with(self, built: Mapping[str, str]) -> tuple[FileDifference, ...]:
        """How the folder differs from a build, whose digests come by path without those of the list."""
        wanted = {**built, MANIFEST: hashlib.sha256(format_manifest(built)).hexdigest()}
        return tuple(sorted(self._find_differences(wanted)))

    def _find_differences(self, expected: Mapping[str, str]) -> Iterator[FileDifference]:
        for path in self.hashes.keys() | expected.keys():
            found, due = self.hashes.get(path), expected.get(path)
            if found != due:
                how = (
                    DifferenceKind.MISSING
                    if found is None
                    else DifferenceKind.ADDED
                    if due is None
                    else DifferenceKind.DIFFERENT
                )
                yield FileDifference(path, how, self._is_edited(path))

    def _is_edited(self, path: str) -> bool:
        return self.manifest is not None and path != MANIFEST and self.hashes.get(path) != self.manifest.get(path)


def hash_published_files(folder: Path) -> PublishedFiles:
    """Read every file of a folder. Raises OSError."""
    return PublishedFiles(hashes=dict(_hash_below(str(folder), "")), manifest=read_manifest(folder))


def _hash_below(folder: str, prefix: str) -> Iterator[tuple[str, str]]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if not prefix and entry.name == _GIT_FOLDER:
                continue
            path = f"{prefix}{entry.name}"
            if entry.is_dir(follow_symlinks=False):
                yield from _hash_below(entry.path, f"{path}/")
            else:
                yield path, sha256_file(entry.path) if entry.is_file(follow_symlinks=False) else _NOT_PLAIN


def sha256_file(path: str) -> str:
    """The SHA-256 digest of a file's bytes."""
    digest = hashlib.sha256()
    with open(path, "rb", buffering=0) as file:  # noqa: PTH123  (called once for every file)
        while chunk := file.read(_CHUNK_SIZE):
            digest.update(chunk)
    return digest.hexdigest()
