"""Versions of files, read through one `git cat-file` for all of them."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import IO

from plansite.content.files import MAX_FILE_SIZE
from plansite.history.git import build_git_command, build_git_environment

#: So many names are asked for at a time: they fit into any pipe, so that neither side waits for the other.
_BATCH_SIZE = 100


class MissingBlobError(Exception):
    """The repository lacks a version of a file that its history names."""


class BlobReader:
    """A running `git cat-file`. Use it in a `with` statement."""

    def __init__(self, folder: Path) -> None:
        """`folder` is any folder of the repository."""
        self._command = build_git_command(folder, ("cat-file", "--batch"))

    def __enter__(self) -> BlobReader:
        """Start the process."""
        self._process = subprocess.Popen(  # noqa: S603  (fixed words, no shell)
            self._command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=build_git_environment(),
        )
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """End it."""
        self._process.kill()
        self._process.communicate()

    def read(self, blob_ids: Sequence[str]) -> dict[str, bytes | None]:
        """The bytes of these blobs; None for one too large to be a document. Raises MissingError."""
        found: dict[str, bytes | None] = {}
        for start in range(0, len(blob_ids), _BATCH_SIZE):
            found.update(self._read_batch(blob_ids[start : start + _BATCH_SIZE]))
        return found

    def _read_batch(self, blob_ids: Sequence[str]) -> dict[str, bytes | None]:
        asked, told = self._process.stdin, self._process.stdout
        if asked is None or told is None:
            raise MissingBlobError
        try:
            asked.write("".join(f"{name}\n" for name in blob_ids).encode("ascii"))
            asked.flush()
        except OSError as error:
            raise MissingBlobError from error
        return {name: _read_blob(told) for name in blob_ids}


def _read_blob(stream: IO[bytes]) -> bytes | None:
    facts = stream.readline().split()
    if len(facts) != 3 or facts[1] != b"blob":
        raise MissingBlobError
    size = int(facts[2])
    data = stream.read(size + 1)[:-1]
    if len(data) != size:
        raise MissingBlobError
    return data if size <= MAX_FILE_SIZE else None
