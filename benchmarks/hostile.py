"""What hostile files cost: `python benchmarks/hostile.py [--size 256] [--only WORD]`.

Makes one action of each kind in `hostile_texts.py`, as large as a file may be, and reads it; then a site of it and a
few good files is built. Tells the processor seconds of both, how much longer reading takes than for a quarter of the
file (4 is linear), and how large the site becomes beside the file. Behind the table stand the figures that the
documentation quotes. Each runs in a process of its own and is ended
after a minute. On Unix alone.
"""

from __future__ import annotations

import argparse
import os
import pickle
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeVar

from hostile_texts import FIELDS, MARKDOWN, Make

from plansite.content.documents import DocumentLocation, parse_document
from plansite.model.settings import Settings
from plansite.parallel import timeouts
from plansite.pipeline.build import build_in_memory

Result = TypeVar("Result")

_PLACE = DocumentLocation("action", "p", "hostile", "content/plans/p/actions/hostile.md")
_LONGEST = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One kind of text: processor seconds, a ratio, and bytes of the largest file and of the whole site.

    None where it did not end.
    """

    name: str
    read: float | None
    growth: float | None
    built: float | None
    largest: int = 0
    whole: int = 0


class _Clock:
    """The same day for every run."""

    def today(self, _settings: Settings) -> date:
        """That day."""
        return date(2025, 1, 20)

    def pinned(self, _settings: Settings) -> bool:
        """It counts as the clock's."""
        return False


def file_of(name: str, make: Make, size: int) -> bytes:
    """The file of one kind, of at most `size` bytes."""
    head = "---\ntitle: Hostile\n"
    if name in FIELDS:
        return f"{head}{make(size - 200)}"[: size - 10].encode()[: size - 10] + b"\n---\n"
    return f"{head}---\n{make(size - 200)}".encode()[:size].decode("utf-8", "ignore").encode()


def row_of(name: str, make: Make, size: int) -> Row:
    """Read and build one kind."""
    small, large = file_of(name, make, size // 4), file_of(name, make, size)
    before, after = _apart(lambda: _seconds(small)), _apart(lambda: _seconds(large))
    built = _apart(lambda: _built(large))
    return Row(
        name=name,
        read=after,
        growth=after / max(before, 0.001) if before is not None and after is not None else None,
        built=built[0] if built else None,
        largest=built[1] if built else 0,
        whole=built[2] if built else 0,
    )


def _seconds(data: bytes) -> float:
    begun = time.process_time()
    parse_document(_PLACE, data)
    return time.process_time() - begun


def _built(data: bytes) -> tuple[float, int, int]:
    """Seconds, and how much larger a site becomes by this file: its largest file, and all of them."""
    timeouts.TIME_LIMIT = None
    plain = _site(b"---\ntitle: Hostile\n---\n")
    begun = time.process_time()
    site = _site(data)
    seconds = time.process_time() - begun
    largest = max(size - plain.get(path, 0) for path, size in site.items())
    return seconds, largest, sum(site.values()) - sum(plain.values())


def _site(data: bytes) -> dict[str, int]:
    good = b"---\ntitle: Good\nowner: Anna\ndue: 2025-01-14\n---\nWords.\n"
    plan = b"---\ntitle: P\nobjective: O\n---\n"
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        for path, content in (
            ("plansite.yaml", b"title: T\n"),
            ("content/plans/p/plan.md", plan),
            ("content/plans/p/actions/good.md", good),
            (_PLACE.path, data),
        ):
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_bytes(content)
        built = build_in_memory(root, clock=_Clock())
        return {path: len(made) for path, made in built.files.items() if isinstance(made, bytes)}


def _apart(work: Callable[[], Result]) -> Result | None:
    """The result of work in a process of its own; None where it took too long or failed."""
    import resource
    import signal

    source, target = os.pipe()
    child = os.fork()
    if not child:
        signal.signal(signal.SIGXCPU, signal.SIG_DFL)
        used = resource.getrusage(resource.RUSAGE_SELF)
        resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime + _LONGEST), -1))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        os.write(target, pickle.dumps(work()))
        os._exit(0)
    os.close(target)
    with os.fdopen(source, "rb") as pipe:
        data = pipe.read()
    os.waitpid(child, 0)
    found: Result | None = pickle.loads(data) if data else None  # noqa: S301  (written by our own process)
    return found


def rows(size: int, only: str) -> Iterator[Row]:
    """All kinds whose name has that word."""
    for name, make in {**MARKDOWN, **FIELDS}.items():
        if only in name:
            yield row_of(name, make, size)


def figures(measured: Sequence[Row], size: int) -> tuple[tuple[str, str], ...]:
    """Name and value of what the documentation quotes of rows for files of at most `size` bytes.

    `python benchmarks/hostile.py` prints them behind its table.
    """
    slowest = max(measured, key=lambda row: _LONGEST if row.built is None else row.built)
    largest, whole = max(measured, key=lambda row: row.largest), max(measured, key=lambda row: row.whole)
    seconds = "has no end" if slowest.built is None else f"{slowest.built:.1f} s of processor time"
    return (
        (f"The slowest of {len(measured)} files of at most {size // 1024} KiB", f"{seconds} ({slowest.name})"),
        ("The largest page of one of them", f"{_multiple(largest.largest, size)} ({largest.name})"),
        ("All that one of them adds to a site", f"{_multiple(whole.whole, size)} ({whole.name})"),
    )


def _multiple(made: int, size: int) -> str:
    return f"{made / 1024:,.0f} KiB, {made / size:.1f} times the file"


def _cells(row: Row) -> tuple[str, ...]:
    times = ("never" if each is None else f"{each:.2f}" for each in (row.read, row.growth, row.built))
    return (row.name, *times, f"{row.largest / 1024:,.0f}", f"{row.whole / 1024:,.0f}")


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--size", type=int, default=256, help="how many KiB each file has (256)")
    parser.add_argument("--only", default="", help="only kinds whose name has this word")
    options = parser.parse_args()
    heads = ("text", "read: s", "growth", "build: s", "largest file: KiB", "whole site: KiB")
    _say("| " + " | ".join(heads) + " |")
    _say("|---|---:|---:|---:|---:|---:|")
    measured = []
    for row in rows(options.size * 1024, options.only):
        measured.append(row)
        _say("| " + " | ".join(_cells(row)) + " |")
    for name, value in figures(measured, options.size * 1024) if measured else ():
        _say(f"{name}: {value}")


def _say(line: str) -> None:
    print(line, file=sys.stdout, flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
