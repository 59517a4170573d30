"""The files of a published folder by hash, and their differences from a build."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping
from enum import StrEnum
from pathlib import Path

from plansite.deferred_dataclass import dataclass
from plansite.file_access import open_plain_file
from plansite.publish.manifest import MANIFEST, format_manifest, read_manifest

#: A clone of a branch with pages has this folder, which no server publishes.
_GIT_FOLDER = ".git"
#: In place of the hash of what is not a regular file.
_NOT_PLAIN = "not a plain file"


class DifferenceKind(StrEnum):
    """How a file of a copy differs from the build."""

    DIFFERENT = "different"
    MISSING = "missing"
    ADDED = "added"


@dataclass(frozen=True, slots=True, order=True)
class FileDifference:
    """A file that differs from the build. `is_edited` says that it differs from the copy's own manifest as well."""

    path: str
    kind: DifferenceKind
    is_edited: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedFiles:
    """The SHA-256 hashes of a folder's files by path, and those of its manifest; None without a readable manifest."""

    hashes: Mapping[str, str]
    manifest: Mapping[str, str] | None

    def compare_with(self, built: Mapping[str, str]) -> tuple[FileDifference, ...]:
        """The differences from a build, sorted. `built` has its hashes by path, without the manifest."""
        expected = {**built, MANIFEST: hashlib.sha256(format_manifest(built)).hexdigest()}
        return tuple(sorted(self._find_differences(expected)))

    def _find_differences(self, expected: Mapping[str, str]) -> Iterator[FileDifference]:
        for path in self.hashes.keys() | expected.keys():
            published_hash, expected_hash = self.hashes.get(path), expected.get(path)
            if published_hash is None:
                yield FileDifference(path, DifferenceKind.MISSING, self._is_edited(path))
            elif expected_hash is None:
                yield FileDifference(path, DifferenceKind.ADDED, self._is_edited(path))
            elif published_hash != expected_hash:
                yield FileDifference(path, DifferenceKind.DIFFERENT, self._is_edited(path))

    def _is_edited(self, path: str) -> bool:
        return self.manifest is not None and path != MANIFEST and self.hashes.get(path) != self.manifest.get(path)


def hash_published_files(folder: Path) -> PublishedFiles:
    """The hashes and the manifest of a folder. Raises OSError."""
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
    """The SHA-256 hash of a file's bytes, in hexadecimal. Raises OSError."""
    with os.fdopen(open_plain_file(path), "rb", buffering=0) as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
