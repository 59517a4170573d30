"""Work that does not end is given up by name, whatever it is stuck in, and all the rest is done."""

from __future__ import annotations

import os
import re
import signal
import sys
import threading
from pathlib import Path

import pytest

from plansite.parallel import helper_process, timeouts
from plansite.parallel.timeouts import TimedOutError, run_with_timeout
from tests.processes import none_left

#: Seconds of the processor: far more than any of the other work here takes.
_SHORT = 0.2
_ENDLESS = re.compile(r"(?:a|a)*c")


def _stuck() -> int:
    """A regular expression that tries for longer than the world will stand; no handler in Python interrupts it."""
    _ENDLESS.match("a" * 200 + "b")
    return 0


def _one(item: tuple[str, int]) -> str:
    """Does what its number says: 0 is stuck, all else is well."""
    name, number = item
    try:
        run_with_timeout(name, _stuck if number == 0 else lambda: number)
        return f"{name} done"
    except TimedOutError as error:
        return f"{error} given up"


def _each(numbers: tuple[int, ...], prefix: str) -> list[tuple[str, int]]:
    return [(f"{prefix}{place}", number) for place, number in enumerate(numbers)]


@pytest.fixture(autouse=True)
def nothing_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """What one test gives up is of no concern to the next."""
    monkeypatch.setattr(timeouts, "_timed_out", set())


@pytest.mark.parametrize("processes", [1, 2, 3, 9])
def test_all_else_is_done(processes: int) -> None:
    """In the same order, whoever did it; and what was given up is told by name."""
    items = _each((1, 0, 1, 1, 0, 1), "x")
    wanted = ["x0 done", "x1 given up", "x2 done", "x3 done", "x4 given up", "x5 done"]
    assert timeouts.map_with_timeout(_one, items, processes, _SHORT) == wanted
    assert timeouts.timed_out_names() == {b"x1", b"x4"}


def test_what_was_given_up_is_not_tried_again() -> None:
    """Not by this process, in a watched child or here."""
    timeouts.map_with_timeout(_one, _each((0,), "y"), 1, _SHORT)
    assert timeouts.map_with_timeout(_one, _each((0,), "y"), 1, 3600) == ["y0 given up"]
    assert _one(("y0", 0)) == "y0 given up"


def test_time_between_pieces_is_free() -> None:
    """Only one piece at a time is measured, not all of them together."""

    def some(item: int) -> int:
        for piece in range(8):
            run_with_timeout(f"{item} {piece}", lambda: sum(range(700_000)))
        return item

    assert timeouts.map_with_timeout(some, [1, 2], 1, _SHORT) == [1, 2]
    assert timeouts.timed_out_names() == frozenset()


def test_work_that_breaks_the_process_is_given_up() -> None:
    """A library that fails in C takes its process with it; the second time at the same piece it is given up."""

    def breaks() -> int:
        os.kill(os.getpid(), signal.SIGKILL)
        return 0

    def work(name: str) -> str:
        try:
            return str(run_with_timeout(name, breaks if name == "b" else lambda: 1))
        except TimedOutError:
            return "given up"

    assert timeouts.map_with_timeout(work, ["a", "b", "c"], 1, _SHORT) == ["1", "given up", "1"]


def test_a_process_ended_by_somebody_costs_only_time(tmp_path: Path) -> None:
    """Once is no proof that the work is at fault."""
    mark = tmp_path / "ended"

    def ended_once() -> int:
        if not mark.exists():
            mark.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return 7

    assert timeouts.map_with_timeout(lambda name: run_with_timeout(name, ended_once), ["a"], 1, _SHORT) == [7]
    assert timeouts.timed_out_names() == frozenset()


def test_an_error_is_raised_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    """With its own type and words; the other processes are ended."""
    with none_left(monkeypatch), pytest.raises(ZeroDivisionError):
        timeouts.map_with_timeout(
            lambda number: run_with_timeout(str(number), lambda: 1 / number), [1, 0, 2], 3, _SHORT
        )


def test_without_a_limit_all_is_done_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """No process is started where nobody wants one."""
    monkeypatch.setattr(timeouts, "TIME_LIMIT", 10.0)
    assert timeouts.map_with_timeout(lambda _: os.getpid(), [1]) != [os.getpid()]
    monkeypatch.setattr(timeouts, "TIME_LIMIT", None)
    assert timeouts.map_with_timeout(lambda _: os.getpid(), [1]) == [os.getpid()]


@pytest.mark.parametrize("left", [0, 1])
def test_where_no_process_is_to_be_had_all_is_done_here(left: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a computer that allows no more of them; whoever was started already is ended."""
    with none_left(monkeypatch, at_least=left):
        forks, fork = [1] * left, os.fork

        def scarce() -> int:
            if not forks:
                raise BlockingIOError
            forks.pop()
            return fork()

        monkeypatch.setattr(os, "fork", scarce)
        assert timeouts.map_with_timeout(_one, _each((1, 1, 1), "n"), 3, _SHORT) == ["n0 done", "n1 done", "n2 done"]


def test_long_names_are_told_apart_by_their_beginning() -> None:
    """A name longer than the slip is cut on both sides alike."""
    name = "é" * 9000
    assert timeouts.map_with_timeout(_one, [(name, 0)], 1, _SHORT) == [f"{name} given up"]


def _in_a_thread(items: list[tuple[str, int]]) -> list[str]:
    found: list[str] = []
    thread = threading.Thread(target=lambda: found.extend(timeouts.map_with_timeout(_one, items, 2, _SHORT)))
    thread.start()
    thread.join()
    return found


def test_beside_other_threads_another_process_watches() -> None:
    """Where a fork is not safe, the same holds; and what was given up over there is known here."""
    try:
        assert _in_a_thread(_each((1, 0, 1), "t")) == ["t0 done", "t1 given up", "t2 done"]
        assert timeouts.timed_out_names() == {b"t1"}
        assert _in_a_thread(_each((1, 0), "t")) == ["t0 done", "t1 given up"]
    finally:
        helper_process.close()


def test_a_helper_that_has_gone_is_started_again() -> None:
    """Its end is noticed when it is asked the next time."""
    try:
        first = helper_process.run_in_helper(os.getpid)
        assert first is not None
        os.kill(first, signal.SIGKILL)
        assert helper_process._process is not None
        helper_process._process.wait()
        second = helper_process.run_in_helper(os.getpid)
        assert second not in (None, first, os.getpid())
    finally:
        helper_process.close()


def _raises() -> int:
    raise ValueError


def _prints() -> str:
    sys.stdout.write("words")
    sys.stdout.flush()
    return "answer"


def test_a_helper_answers_whatever_happens_there() -> None:
    """What fails over there has no answer, and what is printed there is none."""
    try:
        assert helper_process.run_in_helper(_raises) is None
        assert helper_process.run_in_helper(_prints) == "answer"
    finally:
        helper_process.close()
