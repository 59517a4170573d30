"""Versions of files, read through one `git cat-file` for all of them."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import IO

from plansite.content.scan import LARGEST
from plansite.history.git import command, environment

#: So many names are asked for at a time: they fit into any pipe, so that neither side waits for the other.
_AT_A_TIME = 100


class MissingError(Exception):
    """The repository lacks a version of a file that its history names."""


class Blobs:
    """A running `git cat-file`. Use it in a `with` statement."""

    def __init__(self, folder: Path) -> None:
        """`folder` is any folder of the repository."""
        self._command = command(folder, ("cat-file", "--batch"))

    def __enter__(self) -> Blobs:
        """Start the process."""
        self._process = subprocess.Popen(  # noqa: S603  (fixed words, no shell)
            self._command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment(),
        )
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """End it."""
        self._process.kill()
        self._process.communicate()

    def read(self, names: Sequence[str]) -> dict[str, bytes | None]:
        """The bytes of these blobs; None for one too large to be a document. Raises MissingError."""
        found: dict[str, bytes | None] = {}
        for start in range(0, len(names), _AT_A_TIME):
            found.update(self._some(names[start : start + _AT_A_TIME]))
        return found

    def _some(self, names: Sequence[str]) -> dict[str, bytes | None]:
        asked, told = self._process.stdin, self._process.stdout
        if asked is None or told is None:
            raise MissingError
        try:
            asked.write("".join(f"{name}\n" for name in names).encode("ascii"))
            asked.flush()
        except OSError as error:
            raise MissingError from error
        return {name: _answer(told) for name in names}


def _answer(told: IO[bytes]) -> bytes | None:
    facts = told.readline().split()
    if len(facts) != 3 or facts[1] != b"blob":
        raise MissingError
    size = int(facts[2])
    data = told.read(size + 1)[:-1]
    if len(data) != size:
        raise MissingError
    return data if size <= LARGEST else None
