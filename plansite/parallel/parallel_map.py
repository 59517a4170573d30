"""The same work spread over the machine's cores: the same results in the same order, whatever their number."""

from __future__ import annotations

import os
import pickle
import signal
import threading
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

#: A further process is worth its start only for about this many items of a millisecond each.
ITEMS_PER_PROCESS = 250


def parallel_map(
    work: Callable[[Item], Result],
    items: Sequence[Item],
    processes: int | None = None,
    items_per_process: int = ITEMS_PER_PROCESS,
    report_progress: Callable[[float], None] | None = None,
) -> list[Result]:
    """`work` done on each item, in order. It must be a pure function with results that can be pickled.

    `processes` is how many; left out, one for each core and each `worth` items. `tell` hears the share that is done.
    Processes are forked, so `work` may hold anything. Where that is not safe (no fork on this system, further
    threads in this process) or not worth it, all is done here. What fails elsewhere is done again here, so that an
    error is raised as if there had been one process.
    """
    number = processes if processes is not None else process_count(len(items), items_per_process)
    if number < 2:
        return _run_all(work, items, report_progress)
    others = [start_process(_share_of_work(work, items[share::number])) for share in range(1, number)]
    try:
        shares = [_run_all(work, items[::number], report_progress)]
        for share in range(1, number):
            status, data = collect_result(*others.pop(0))
            found: list[Result] | None = None if status else pickle.loads(data)  # noqa: S301  (written by our own child)
            shares.append([work(item) for item in items[share::number]] if found is None else found)
    finally:
        for child, source in others:
            _kill(child, source)
    return interleave(shares)


def _kill(child: int, source: int) -> None:
    """End a process whose results nobody wants any more, before anybody takes away what it works on."""
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    os.close(source)


def interleave(shares: Sequence[Sequence[Result]]) -> list[Result]:
    """The results of shares that took every nth item, in the order of the items."""
    number = len(shares)
    return [shares[position % number][position // number] for position in range(sum(map(len, shares)))]


def _share_of_work(work: Callable[[Item], Result], items: Sequence[Item]) -> Callable[[], list[Result]]:
    return lambda: [work(item) for item in items]


def _run_all(
    work: Callable[[Item], Result], items: Sequence[Item], report_progress: Callable[[float], None] | None
) -> list[Result]:
    """All of them here; this process has about the same share as the others, so it can speak for all."""
    results = []
    for number, item in enumerate(items, 1):
        results.append(work(item))
        if report_progress:
            report_progress(number / len(items))
    return results


def can_fork() -> bool:
    """Whether a copy of this process is safe to work in."""
    return hasattr(os, "fork") and threading.active_count() == 1


def process_count(items: int, items_per_process: int) -> int:
    """How many processes so many items are worth: one for each core at most, and 0 or 1 where one does."""
    return min(_cores(), items // items_per_process) if can_fork() else 1


def _cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def start_process(task: Callable[[], Any]) -> tuple[int, int]:
    """A process at work, and where its result can be read, pickled."""
    source, target = os.pipe()
    try:
        child = os.fork()
    except OSError:
        os.close(source)
        os.close(target)
        raise
    if child:
        os.close(target)
        return child, source
    code = 1
    try:
        os.close(source)
        data = pickle.dumps(task(), pickle.HIGHEST_PROTOCOL)
        with os.fdopen(target, "wb") as pipe:
            pipe.write(data)
        code = 0
    finally:
        # Nothing of the parent's may run in the child: no flush, no exit handler, no traceback said twice.
        os._exit(code)


def collect_result(child: int, source: int) -> tuple[int, bytes]:
    """How a process ended, 0 for well and below it for a signal, and what it wrote: its result, pickled."""
    with os.fdopen(source, "rb") as pipe:
        data = pipe.read()
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status), data
