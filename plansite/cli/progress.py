"""How far a long piece of work has come, on a terminal and nowhere else."""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass, field

_PATIENCE = 1.0
_EVERY = 0.2


@dataclass(slots=True)
class Progress:
    """Says every now and then how much is done, once the work has taken a second; `clear` wipes it away again."""

    _began: float = field(default_factory=time.monotonic)
    _said: float = 0.0

    def __call__(self, done: int, total: int) -> None:
        """So many pages of all are done."""
        now = time.monotonic()
        if now - self._began < _PATIENCE or now - self._said < _EVERY:
            return
        self._said = now
        sys.stderr.write(f"\r{done:,} of {total:,} pages\x1b[K")
        sys.stderr.flush()

    def clear(self) -> None:
        """Leave the line as if nothing had been said."""
        if self._said:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()


def progress(*, quiet: bool) -> Progress | None:
    """Progress where somebody is looking at a terminal; else None."""
    return Progress() if not quiet and sys.stderr.isatty() else None
