"""What lies in a folder, file by file, and how it differs from what a build makes."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from plansite.publish.manifest import MANIFEST, manifest_of, read_manifest

#: A clone of a branch of pages brings its repository along, which no server shows.
_REPOSITORY = ".git"
#: Stands for the digest of what is no plain file: none has this one.
_NOT_PLAIN = "not a plain file"
_CHUNK = 1024 * 1024


class How(StrEnum):
    """How a file of a copy differs from the build."""

    DIFFERENT = "different"
    MISSING = "missing"
    ADDED = "added"


@dataclass(frozen=True, slots=True, order=True)
class Difference:
    """A file that is not as it was built. `by_hand` means that the copy's own list of files does not agree with it."""

    path: str
    how: How
    by_hand: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """The files of a folder: their digests by path, and what its own list says of them, if it has one to read."""

    found: Mapping[str, str]
    listed: Mapping[str, str] | None

    def against(self, built: Mapping[str, str]) -> tuple[Difference, ...]:
        """How the folder differs from a build, whose digests come by path without those of the list."""
        wanted = {**built, MANIFEST: hashlib.sha256(manifest_of(built)).hexdigest()}
        return tuple(sorted(self._differing(wanted)))

    def _differing(self, wanted: Mapping[str, str]) -> Iterator[Difference]:
        for path in self.found.keys() | wanted.keys():
            found, due = self.found.get(path), wanted.get(path)
            if found != due:
                how = How.MISSING if found is None else How.ADDED if due is None else How.DIFFERENT
                yield Difference(path, how, self._by_hand(path))

    def _by_hand(self, path: str) -> bool:
        return self.listed is not None and path != MANIFEST and self.found.get(path) != self.listed.get(path)


def holding_of(folder: Path) -> Holding:
    """Read every file of a folder. Raises OSError."""
    return Holding(found=dict(_digests(str(folder), "")), listed=read_manifest(folder))


def _digests(folder: str, below: str) -> Iterator[tuple[str, str]]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if not below and entry.name == _REPOSITORY:
                continue
            path = f"{below}{entry.name}"
            if entry.is_dir(follow_symlinks=False):
                yield from _digests(entry.path, f"{path}/")
            else:
                yield path, digest_of(entry.path) if entry.is_file(follow_symlinks=False) else _NOT_PLAIN


def digest_of(path: str) -> str:
    """The SHA-256 digest of a file's bytes."""
    digest = hashlib.sha256()
    with open(path, "rb", buffering=0) as file:  # noqa: PTH123  (called once for every file)
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()
