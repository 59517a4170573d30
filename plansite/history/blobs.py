"""The contents of blobs (versions of files), read through one `git cat-file` process."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator, Sequence
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

    def list_folder(self, commit_id: str, folder: str) -> dict[str, str]:
        """The ids of the files directly in a folder of a commit, by name; none where there is no such folder."""
        requests, responses = self._process.stdin, self._process.stdout
        if requests is None or responses is None or "\n" in folder:
            return {}
        try:
            requests.write(f"{commit_id}:{folder}\n".encode("utf-8", "replace"))
            requests.flush()
        except OSError as error:
            raise MissingBlobError from error
        header = responses.readline()
        if header.endswith((b" missing\n", b" ambiguous\n")):
            return {}
        _, kind, size = header.split()
        data = responses.read(int(size) + 1)[:-1]
        return dict(_parse_tree(data, len(commit_id) // 2)) if kind == b"tree" else {}

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


def _parse_tree(data: bytes, id_size: int) -> Iterator[tuple[str, str]]:
    """The names and ids of the regular files in a tree object; `id_size` is the length of an id in bytes."""
    start = 0
    while start < len(data):
        end = data.index(b"\0", start)
        mode, _, name = data[start:end].partition(b" ")
        start = end + 1 + id_size
        if mode.startswith(b"100"):
            yield name.decode("utf-8", "replace"), data[end + 1 : start].hex()


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
