"""The contents of blobs (versions of files), read through one `git cat-file` process."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import IO

from plansite.content.files import MAX_FILE_SIZE
from plansite.history.git import build_git_command, build_git_environment

#: Blob ids written at a time. That many fit into any pipe buffer; with more, both processes could block on writing.
_BATCH_SIZE = 100


class MissingBlobError(Exception):
    """The repository lacks a blob that its history refers to."""


class BlobReader:
    """A running `git cat-file --batch`. Use it in a `with` statement."""

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
        """Stop the process."""
        self._process.kill()
        self._process.communicate()

    def read(self, blob_ids: Sequence[str]) -> dict[str, bytes | None]:
        """The bytes of blobs by id; None for one larger than a document may be. Raises MissingBlobError."""
        contents: dict[str, bytes | None] = {}
        for start in range(0, len(blob_ids), _BATCH_SIZE):
            contents.update(self._read_batch(blob_ids[start : start + _BATCH_SIZE]))
        return contents

    def _read_batch(self, blob_ids: Sequence[str]) -> dict[str, bytes | None]:
        requests, responses = self._process.stdin, self._process.stdout
        if requests is None or responses is None:
            raise MissingBlobError
        try:
            requests.write("".join(f"{blob_id}\n" for blob_id in blob_ids).encode("ascii"))
            requests.flush()
        except OSError as error:
            raise MissingBlobError from error
        return {blob_id: _read_blob(responses) for blob_id in blob_ids}


def _read_blob(stream: IO[bytes]) -> bytes | None:
    """The next response: a line `<id> blob <size>`, the content, and a line end."""
    header = stream.readline().split()
    if len(header) != 3 or header[1] != b"blob":
        raise MissingBlobError
    size = int(header[2])
    data = stream.read(size + 1)[:-1]
    if len(data) != size:
        raise MissingBlobError
    return data if size <= MAX_FILE_SIZE else None
