"""Work with a time limit: a file that takes too long is given up by name, and the rest goes on.

A parser that is stuck in a regular expression, or in a library written in C, cannot be stopped from within. So the
work runs in another process, and the system kills that process once one file has used `TIME_LIMIT` seconds of CPU
time. Time that the process spends waiting, on a busy machine, is not counted.
"""

from __future__ import annotations

import mmap
import os
import pickle
import signal
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from typing import Generic, TypeVar

from plansite.parallel import helper_process
from plansite.parallel.parallel_map import can_fork, collect_result, interleave, start_process

Item = TypeVar("Item")
Result = TypeVar("Result")

#: CPU seconds that one file may take. None turns the limit off, and all work runs in this process.
TIME_LIMIT: float | None = 10.0
_LONGEST_NAME = 8000
#: Names of what timed out for this process. It is not tried again while the process lives.
_timed_out: set[bytes] = set()


class TimedOutError(Exception):
    """This piece of work was given up before: it took too long, or the process that ran it crashed."""


def timed_out_names() -> frozenset[bytes]:
    """The names of all that was given up since this process began."""
    return frozenset(_timed_out)


class _CurrentWork:
    """Shared memory in which a child records what it works on. The `limit` is set for each piece, in the child only."""

    def __init__(self, limit: float) -> None:
        self._limit = limit
        self._memory = mmap.mmap(-1, _LONGEST_NAME + 1)

    def begin(self, name: bytes) -> None:
        self._memory.seek(0)
        self._memory.write(name + b"\0")
        signal.setitimer(signal.ITIMER_PROF, self._limit)

    def end(self) -> None:
        signal.setitimer(signal.ITIMER_PROF, 0)
        self._memory[0] = 0

    def take_name(self) -> bytes:
        """What the child was working on when it ended; empty if it was between two pieces."""
        name = self._memory[:].partition(b"\0")[0]
        self._memory[0] = 0
        return name


_current: _CurrentWork | None = None


def run_with_timeout(name: str, work: Callable[[], Result]) -> Result:
    """Run a piece of work under the time limit, if `map_with_timeout` set one. Raises TimedOutError.

    `name` identifies the work and its input: a file that has changed has another name, and is tried again.
    """
    if _current is None and not _timed_out:
        return work()
    work_name = name.encode("utf-8", "surrogatepass")[:_LONGEST_NAME]
    if work_name in _timed_out:
        raise TimedOutError(name)
    if _current is None:
        return work()
    _current.begin(work_name)
    try:
        return work()
    finally:
        _current.end()


def map_with_timeout(
    work: Callable[[Item], Result], items: Sequence[Item], processes: int = 1, limit: float | None = None
) -> list[Result]:
    """The results of `work` for each item, in order. What it runs with `run_with_timeout` has a time limit.

    `limit` is in CPU seconds; left out, it is TIME_LIMIT. A piece that takes longer is given up, and so is one at
    which its process crashes twice. The rest of the work is then run again without it.

    If this process has several threads, a helper process does the work, for which `work` and the items are pickled.
    Where the system has neither `fork` nor timers, there is no limit.
    """
    limit = TIME_LIMIT if limit is None else limit
    if not items or limit is None or not hasattr(signal, "setitimer") or not hasattr(os, "fork"):
        return [work(item) for item in items]
    if not can_fork():
        return _map_in_helper_process(work, items, limit)
    number = min(max(processes, 1), len(items))
    tasks: list[_Task[Result]] = []
    try:
        tasks.extend(_Task(partial(_run_all, work, items[share::number]), limit) for share in range(number))
        return interleave([task.result() for task in tasks])
    except BlockingIOError:  # the system allows no further process
        return _run_all(work, items)
    finally:
        for task in tasks:
            task.stop()


def _run_all(work: Callable[[Item], Result], items: Sequence[Item]) -> list[Result]:
    return [work(item) for item in items]


class _Task(Generic[Result]):
    """Work in a process of its own, which is started again without the piece that it was stuck at."""

    def __init__(self, work: Callable[[], list[Result]], limit: float) -> None:
        self._work, self._current = work, _CurrentWork(limit)
        self._crashes: Counter[bytes] = Counter()
        self._child, self._source = start_process(self._run)

    def _run(self) -> object:
        global _current
        _current = self._current
        signal.signal(signal.SIGPROF, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGPROF])
        return self._work()

    def result(self) -> list[Result]:
        """The results. Where the work raised an exception, it is run again here to raise it here."""
        while True:
            status, data = collect_result(self._child, self._source)
            self._child = 0
            if status == 0:
                results: list[Result] = pickle.loads(data)  # noqa: S301  (written by our own child)
                return results
            name = self._current.take_name()
            if status > 0 or not name:
                return self._work()
            self._crashes[name] += 1
            if status == -signal.SIGPROF or self._crashes[name] == 2:
                _timed_out.add(name)
            self._child, self._source = start_process(self._run)

    def stop(self) -> None:
        """Kill the process if it is still running, because another one failed."""
        if self._child:
            os.kill(self._child, signal.SIGKILL)
            os.waitpid(self._child, 0)
            with suppress(OSError):
                os.close(self._source)


def _map_in_helper_process(work: Callable[[Item], Result], items: Sequence[Item], limit: float) -> list[Result]:
    """Run it in the helper process, which has one thread and so can fork."""
    reply = helper_process.run_in_helper(partial(_map_and_report, work, items, limit, timed_out_names()))
    if reply is None:
        return [work(item) for item in items]
    results, names = reply
    _timed_out.update(names)
    return results


def _map_and_report(
    work: Callable[[Item], Result], items: Sequence[Item], limit: float, names: frozenset[bytes]
) -> tuple[list[Result], frozenset[bytes]]:
    _timed_out.update(names)
    return map_with_timeout(work, items, 1, limit), timed_out_names()
