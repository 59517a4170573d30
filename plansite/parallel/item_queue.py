"""A queue of the numbers of items, from which forked processes take what they work on next.

It is a pipe that was filled before the processes were forked: each read takes one record, and no two processes
get the same one. GNU make hands out its jobs in the same way.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

_RECORD_SIZE = 4
#: A pipe holds at least 64 KiB on the systems that can fork, so that filling it never waits for a reader.
_MAX_RECORDS = 8_192


class ItemQueue:
    """The numbers from 0 up to `count`, in runs of neighbours where there are very many."""

    def __init__(self, count: int) -> None:
        """Fill the queue. Raises OSError where there are no pipes left."""
        self._count = count
        self._run = -(-count // _MAX_RECORDS) or 1
        self._source, target = os.pipe()
        with os.fdopen(target, "wb") as pipe:
            for start in range(0, count, self._run):
                pipe.write(start.to_bytes(_RECORD_SIZE, "big"))

    def take(self) -> Iterator[int]:
        """Numbers that no other process takes, until there are none left."""
        while len(record := os.read(self._source, _RECORD_SIZE)) == _RECORD_SIZE:
            start = int.from_bytes(record, "big")
            yield from range(start, min(start + self._run, self._count))

    def close(self) -> None:
        """Free the pipe of this process."""
        os.close(self._source)
