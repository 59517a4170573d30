"""A process that reads two pages over and over: `python -m tests.publish.reader OUT STOP`; it prints what it met."""

from __future__ import annotations

import json
import sys
from pathlib import Path

MOST = 5_000_000


def read(out: Path, stop: Path) -> dict[str, int]:
    """Counts of whole, mixed and missing pages met until `stop` exists."""
    met = {"whole": 0, "mixed": 0, "missing": 0}
    pages = [out / "index.html", out / "plans/p1/actions/a1.html"]
    for turn in range(MOST):
        if turn % 50 == 0 and stop.exists():
            break
        try:
            lines = set(pages[turn % 2].read_bytes().splitlines())
        except FileNotFoundError:
            met["missing"] += 1
        else:
            met["whole" if len(lines) == 1 else "mixed"] += 1
        if turn == 0:
            _say("reading")
    return met


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    _say(json.dumps(read(Path(sys.argv[1]), Path(sys.argv[2]))))
