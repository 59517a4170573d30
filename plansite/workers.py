"""The same work spread over the machine's cores: the same results in the same order, whatever their number."""

from __future__ import annotations

import os
import pickle
import threading
from collections.abc import Callable, Sequence
from typing import TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

#: A further process is worth its start only for about this many items of a millisecond each.
WORTH = 250


def spread(
    work: Callable[[Item], Result],
    items: Sequence[Item],
    processes: int | None = None,
    worth: int = WORTH,
    tell: Callable[[float], None] | None = None,
) -> list[Result]:
    """`work` done on each item, in order. It must be a pure function with results that can be pickled.

    `processes` is how many; left out, one for each core and each `worth` items. `tell` hears the share that is done.
    Processes are forked, so `work` may hold anything. Where that is not safe (no fork on this system, further
    threads in this process) or not worth it, all is done here. What fails elsewhere is done again here, so that an
    error is raised as if there had been one process.
    """
    number = processes if processes is not None else _worthwhile(len(items), worth)
    if number < 2:
        return _done(work, items, tell)
    others = [_started(work, items[share::number]) for share in range(1, number)]
    shares = [_done(work, items[::number], tell)]
    for share, (child, source) in enumerate(others, 1):
        found: list[Result] | None = _gathered(child, source)
        shares.append([work(item) for item in items[share::number]] if found is None else found)
    return [shares[position % number][position // number] for position in range(len(items))]


def _done(work: Callable[[Item], Result], items: Sequence[Item], tell: Callable[[float], None] | None) -> list[Result]:
    """All of them here; this process has about the same share as the others, so it can speak for all."""
    results = []
    for number, item in enumerate(items, 1):
        results.append(work(item))
        if tell:
            tell(number / len(items))
    return results


def _worthwhile(number: int, worth: int) -> int:
    if not hasattr(os, "fork") or threading.active_count() > 1:
        return 1
    return min(_cores(), number // worth)


def _cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _started(work: Callable[[Item], Result], items: Sequence[Item]) -> tuple[int, int]:
    """A process at work, and where its results can be read."""
    source, target = os.pipe()
    child = os.fork()
    if child:
        os.close(target)
        return child, source
    code = 1
    try:
        os.close(source)
        data = pickle.dumps([work(item) for item in items], pickle.HIGHEST_PROTOCOL)
        with os.fdopen(target, "wb") as pipe:
            pipe.write(data)
        code = 0
    finally:
        # Nothing of the parent's may run in the child: no flush, no exit handler, no traceback said twice.
        os._exit(code)


def _gathered(child: int, source: int) -> list[Result] | None:
    """What a process found; None where it failed. The bytes come from our own child alone."""
    with os.fdopen(source, "rb") as pipe:
        data = pipe.read()
    _, status = os.waitpid(child, 0)
    if status:
        return None
    found: list[Result] = pickle.loads(data)  # noqa: S301  (written by our own child, through a pipe of ours)
    return found
