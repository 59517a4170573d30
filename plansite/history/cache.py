"""What commits changed, kept in a file between runs: plain JSON, a line for each commit."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import tzinfo
from pathlib import Path

from plansite.history.lines import Landed, LineError, landed_from

_NAME = "plansite history 1"


def load(file: Path, zone: tzinfo) -> dict[str, list[Landed]]:
    """What the file keeps, by key, newest commit first. Whatever is wrong with the file, the answer is then empty."""
    try:
        head, _, rest = file.read_bytes().partition(b"\n")
        if json.loads(head) != [_NAME, _digest(rest)]:
            return {}
        return dict(_parts(rest.split(b"\n"), zone))
    except (OSError, ValueError, RecursionError, LineError):
        return {}


def save(file: Path, kept: Mapping[str, Sequence[Landed]]) -> None:
    """Write the file anew, whole or not at all. A disk that refuses costs time later, and nothing else."""
    rest = b"\n".join(line for key, landed in kept.items() for line in _lines(key, landed))
    head = json.dumps([_NAME, _digest(rest)]).encode("ascii")
    with contextlib.suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}")
        try:
            with os.fdopen(handle, "wb") as target:
                target.write(head + b"\n" + rest)
            Path(name).replace(file)
        except OSError:
            Path(name).unlink(missing_ok=True)


def _digest(data: bytes) -> str:
    return hashlib.blake2b(data, digest_size=16).hexdigest()


def _lines(key: str, landed: Sequence[Landed]) -> Iterator[bytes]:
    yield json.dumps([key, len(landed)]).encode("ascii")
    yield from (each.line for each in landed)


def _parts(lines: list[bytes], zone: tzinfo) -> Iterator[tuple[str, list[Landed]]]:
    at = 0
    while at < len(lines) and lines[at]:
        match json.loads(lines[at]):
            case [str(key), int(number)] if 0 <= number < len(lines) - at:
                yield key, [landed_from(line, zone) for line in lines[at + 1 : at + 1 + number]]
                at += number + 1
            case _:
                raise LineError
