"""Work that is watched from outside: a file that takes too long is given up by name, and the rest goes on.

A parser that is stuck in a regular expression, or in a library written in C, cannot be stopped from within. So the
work is done in a process of its own, and the system ends that process once one file has had `LIMIT` seconds of the
processor. Time in which the process has to wait, on a busy machine, is not counted.
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

#: So many seconds of the processor may one file take. None: nothing is watched, and all is done in this process.
TIME_LIMIT: float | None = 10.0
_LONGEST_NAME = 8000
#: What was given up in this process or for it; as long as the process lives it is not tried again.
_timed_out: set[bytes] = set()


class TimedOutError(Exception):
    """This piece of work was given up before: it took too long, or the process that did it broke down."""


def given_up() -> frozenset[bytes]:
    """The names of all that was given up, since this process began."""
    return frozenset(_timed_out)


class _Slip:
    """Says to the parent what its child is at. In the child alone there is a `limit` for each piece of work."""

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

    def take(self) -> bytes:
        """What the child was at when it ended; empty between two pieces."""
        name = self._memory[:].partition(b"\0")[0]
        self._memory[0] = 0
        return name


_slip: _Slip | None = None


def run_with_timeout(name: str, work: Callable[[], Result]) -> Result:
    """Do a piece of work by itself, and no longer than is allowed where somebody watches. Raises GivenUpError.

    The name tells it from all others, and from itself as it is after a change.
    """
    if _slip is None and not _timed_out:
        return work()
    known = name.encode("utf-8", "surrogatepass")[:_LONGEST_NAME]
    if known in _timed_out:
        raise TimedOutError(name)
    if _slip is None:
        return work()
    _slip.begin(known)
    try:
        return work()
    finally:
        _slip.end()


def map_with_timeout(
    work: Callable[[Item], Result], items: Sequence[Item], processes: int = 1, limit: float | None = None
) -> list[Result]:
    """`work` done on each item, in order, as by `spread`; what it does within `timed` is watched.

    `limit` is in seconds of the processor; left out, it is LIMIT. A piece that takes longer is given up, and so is
    one at which the process breaks down twice. All else is done again without it.

    With further threads in this process, another process is asked to do it; then `work` and the items are pickled.
    Where the system knows neither forks nor timers, nothing is watched.
    """
    limit = TIME_LIMIT if limit is None else limit
    if not items or limit is None or not hasattr(signal, "setitimer") or not hasattr(os, "fork"):
        return [work(item) for item in items]
    if not can_fork():
        return _elsewhere(work, items, limit)
    number = min(max(processes, 1), len(items))
    tasks: list[_Task[Result]] = []
    try:
        tasks.extend(_Task(partial(_all, work, items[share::number]), limit) for share in range(number))
        return interleave([task.result() for task in tasks])
    except BlockingIOError:  # no further process is to be had
        return _all(work, items)
    finally:
        for task in tasks:
            task.stop()


def _all(work: Callable[[Item], Result], items: Sequence[Item]) -> list[Result]:
    return [work(item) for item in items]


class _Task(Generic[Result]):
    """Work in a process of its own, begun again without whatever it was stuck at."""

    def __init__(self, work: Callable[[], list[Result]], limit: float) -> None:
        self._work, self._slip = work, _Slip(limit)
        self._fell: Counter[bytes] = Counter()
        self._child, self._source = start_process(self._watched)

    def _watched(self) -> object:
        global _slip
        _slip = self._slip
        signal.signal(signal.SIGPROF, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGPROF])
        return self._work()

    def result(self) -> list[Result]:
        """What the work came to. What it raises is raised here, by doing it here."""
        while True:
            status, data = collect_result(self._child, self._source)
            self._child = 0
            if status == 0:
                found: list[Result] = pickle.loads(data)  # noqa: S301  (written by our own child)
                return found
            name = self._slip.take()
            if status > 0 or not name:
                return self._work()
            self._fell[name] += 1
            if status == -signal.SIGPROF or self._fell[name] == 2:
                _timed_out.add(name)
            self._child, self._source = start_process(self._watched)

    def stop(self) -> None:
        """End what is still at work, because somebody else has failed or all is to end."""
        if self._child:
            os.kill(self._child, signal.SIGKILL)
            os.waitpid(self._child, 0)
            with suppress(OSError):
                os.close(self._source)


def _elsewhere(work: Callable[[Item], Result], items: Sequence[Item], limit: float) -> list[Result]:
    """By a process that has one thread and nothing else to do."""
    answer = helper_process.ask(partial(_asked, work, items, limit, given_up()))
    if answer is None:
        return [work(item) for item in items]
    results, names = answer
    _timed_out.update(names)
    return results


def _asked(
    work: Callable[[Item], Result], items: Sequence[Item], limit: float, names: frozenset[bytes]
) -> tuple[list[Result], frozenset[bytes]]:
    _timed_out.update(names)
    return map_with_timeout(work, items, 1, limit), given_up()
