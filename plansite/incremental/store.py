"""Values by name: in memory, or in files beside the site for the next build. Losing any of them only costs time."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any, Protocol

from plansite.file_access import read_plain_file, replace_kept_file
from plansite.incremental.encoding import ValueCodec

_SUFFIX = ".memo"
_MAX_SIZE = 1024 * 1024 * 1024
_CHECKSUM_SIZE = hashlib.sha256().digest_size


class Store(Protocol):
    """Values by name. `is_shared` says whether the parent sees what a forked process puts into it."""

    is_shared: bool

    def get(self, name: str) -> Any:
        """The value, or None where none is stored under that name or it is damaged."""

    def put(self, name: str, value: object) -> str:
        """Store a value. Where that fails, the next build computes it again.

        Returns a digest of it where one costs nothing, else an empty text. Equal digests are of equal values;
        equal values may have different ones.
        """

    def keep_only(self, names: Iterable[str]) -> None:
        """Remove all values but these."""


class MemoryStore:
    """A store that ends with the process."""

    is_shared = False

    def __init__(self) -> None:
        """Empty."""
        self._values: dict[str, object] = {}

    def get(self, name: str) -> Any:
        """The value itself."""
        return self._values.get(name)

    def put(self, name: str, value: object) -> str:
        """Store the value itself."""
        self._values[name] = value
        return ""

    def keep_only(self, names: Iterable[str]) -> None:
        """Remove all values but these."""
        kept = frozenset(names)
        self._values = {name: value for name, value in self._values.items() if name in kept}


class FileStore:
    """A store in a folder: one file a value, with a checksum in front of it.

    A file may be damaged, cut short, made by another version or by somebody else. The checksum covers the bytes, and
    then the file's name, so a file that was swapped for another is damaged.
    """

    is_shared = True

    def __init__(self, folder: Path, codec: ValueCodec, version: str) -> None:
        """`version` is a fingerprint of the program and its libraries; it is part of the name of every file."""
        self._folder = folder
        self._codec = codec
        self._version = version

    def get(self, name: str) -> Any:
        """Read and decode the file, if its checksum holds."""
        try:
            path = self._path(name)
            data = read_plain_file(path, _MAX_SIZE)
            body = memoryview(data)[_CHECKSUM_SIZE:]
            if _checksum(path, hashlib.sha256(body)) != data[:_CHECKSUM_SIZE]:
                return None
            return self._codec.decode(body)
        except Exception:  # whatever a damaged or foreign file raises, there is no value
            return None

    def put(self, name: str, value: object) -> str:
        """Write the file whole, so that a reader never gets half a value. Where that fails, the value is not stored."""
        path = self._path(name)
        body = self._codec.encode(value)
        body_hash = hashlib.sha256(body)
        digest = body_hash.hexdigest()
        with suppress(OSError):
            replace_kept_file(path, _checksum(path, body_hash) + body)
        return digest

    def keep_only(self, names: Iterable[str]) -> None:
        """Remove all other files, those of other versions included."""
        kept = {self._path(name).name for name in names}
        with suppress(OSError):
            for entry in os.scandir(self._folder):
                if entry.name not in kept and entry.is_file(follow_symlinks=False):
                    with suppress(OSError):
                        Path(entry.path).unlink()

    def _path(self, name: str) -> Path:
        return self._folder / (hashlib.sha256(f"{self._version}\n{name}".encode()).hexdigest()[:40] + _SUFFIX)


def _checksum(path: Path, body_hash: hashlib._Hash) -> bytes:
    """The checksum of a file, which continues the hash of its body, so that the body is hashed once."""
    body_hash.update(path.name.encode())
    return body_hash.digest()


class ReadThroughStore:
    """Another store, read through memory, for a process that builds again and again. It writes to memory only."""

    is_shared = False

    def __init__(self, backing: Store, max_values: int = 2_000) -> None:
        """At most `max_values` values stay in memory; the oldest go first."""
        self._backing = backing
        self._max_values = max_values
        self._values: dict[str, object] = {}

    def get(self, name: str) -> Any:
        """The value, from memory if it is there."""
        if name not in self._values:
            self._remember(name, self._backing.get(name))
        return self._values[name]

    def put(self, name: str, value: object) -> str:
        """Store it in memory."""
        self._remember(name, value)
        return ""

    def keep_only(self, names: Iterable[str]) -> None:
        """Remove all values but these from memory."""
        kept = frozenset(names)
        self._values = {name: value for name, value in self._values.items() if name in kept}

    def _remember(self, name: str, value: object) -> None:
        self._values[name] = value
        while len(self._values) > self._max_values:
            del self._values[next(iter(self._values))]
