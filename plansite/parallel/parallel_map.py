"""A map over several processes: the same results in the same order, whatever the number of cores."""

from __future__ import annotations

import os
import pickle
import signal
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, TypeVar

from plansite.parallel.item_queue import ItemQueue

Item = TypeVar("Item")
Result = TypeVar("Result")

#: A process is worth its start for about this many items of a millisecond each.
ITEMS_PER_PROCESS = 250


def parallel_map(
    work: Callable[[Item], Result],
    items: Sequence[Item],
    processes: int | None = None,
    items_per_process: int = ITEMS_PER_PROCESS,
    report_progress: Callable[[float], None] | None = None,
) -> list[Result]:
    """The results of `work` for each item, in order. It must be a pure function with results that can be pickled.

    `processes` left out is one for each core and each `items_per_process` items. `report_progress` is called with the
    share that is done, from 0 to 1. Processes are forked, so `work` itself need not be picklable. Where forking is not
    safe (not supported, or this process has several threads) or not worth it, all runs in this process. Each process
    takes the next item when it has finished one, so the items that take longest should come first. What a process that
    fails has taken is run again here, so that its exception is raised here.
    """
    number = processes if processes is not None else process_count(len(items), items_per_process)
    if number < 2:
        return [result for _, result in _run_all(work, items, range(len(items)), report_progress)]
    queue, others = ItemQueue(len(items)), list[tuple[int, int]]()
    try:
        for _ in range(1, number):
            others.append(start_process(lambda: list(_run_all(work, items, queue.take(), None))))
        done = dict(_run_all(work, items, queue.take(), report_progress))
        while others:
            status, data = collect_result(*others.pop(0))
            if not status:
                done.update(pickle.loads(data))  # noqa: S301  (written by our own child)
        return [done[number] if number in done else work(item) for number, item in enumerate(items)]
    finally:
        queue.close()
        for child, source in others:
            _kill(child, source)


def _kill(child: int, source: int) -> None:
    """Kill a process whose result is not needed, before the caller removes the files that it works on."""
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    os.close(source)


def interleave(shares: Sequence[Sequence[Result]]) -> list[Result]:
    """The results of shares that took every nth item, in the order of the items."""
    number = len(shares)
    return [shares[position % number][position // number] for position in range(sum(map(len, shares)))]


def _run_all(
    work: Callable[[Item], Result],
    items: Sequence[Item],
    numbers: Iterable[int],
    report_progress: Callable[[float], None] | None,
) -> Iterator[tuple[int, Result]]:
    """Run the items of these numbers here. They are handed out in order, so the last number says how much is done."""
    for number in numbers:
        yield number, work(items[number])
        if report_progress:
            report_progress((number + 1) / len(items))


def can_fork() -> bool:
    """Whether this process can be forked safely: it has one thread, and the system has `fork`."""
    return hasattr(os, "fork") and threading.active_count() == 1


def process_count(items: int, items_per_process: int) -> int:
    """How many processes are worth starting for so many items: at most one a core, and 0 or 1 for none."""
    return min(_cores(), items // items_per_process) if can_fork() else 1


def _cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def start_process(task: Callable[[], Any]) -> tuple[int, int]:
    """Fork a process that runs the task. Returns its id, and a file descriptor to read the pickled result from."""
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
        # The child must not flush buffers, run exit handlers or print tracebacks of its parent.
        os._exit(code)


def collect_result(child: int, source: int) -> tuple[int, bytes]:
    """The exit code of a process (0 for success, negative for a signal), and its pickled result."""
    with os.fdopen(source, "rb") as pipe:
        data = pipe.read()
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status), data
