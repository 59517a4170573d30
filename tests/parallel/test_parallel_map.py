"""Work spread over processes gives what one process gives."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from plansite.parallel.parallel_map import parallel_map
from tests.processes import none_left


def _double(number: int) -> int:
    return 2 * number


@pytest.mark.parametrize("processes", [1, 2, 3, 5])
@pytest.mark.parametrize("number", [0, 1, 4, 11])
def test_same_results_in_the_same_order(processes: int, number: int) -> None:
    """Whatever the number of processes and items."""
    assert parallel_map(_double, list(range(number)), processes=processes) == [_double(each) for each in range(number)]


def test_an_error_is_raised_as_by_one_process() -> None:
    """A failure in another process is met again here, with its own type and words."""

    def work(number: int) -> float:
        return 1 / (number - 3)

    with pytest.raises(ZeroDivisionError):
        parallel_map(work, list(range(6)), processes=2)


def test_a_process_that_dies_costs_only_time(tmp_path: Path) -> None:
    """Its share is done again in this process."""
    here = os.getpid()

    def work(number: int) -> int:
        if os.getpid() != here:
            (tmp_path / "died").touch()
            os.kill(os.getpid(), 9)
        while not (tmp_path / "died").exists():  # this process leaves an item to the other one
            pass
        return number

    assert parallel_map(work, list(range(6)), processes=2) == list(range(6))
    assert (tmp_path / "died").exists()


def test_a_free_process_takes_the_next_item(tmp_path: Path) -> None:
    """While one is busy with an item, another one takes all that follow."""
    last = tmp_path / "last"

    def work(number: int) -> int:
        if number == 0:
            while not last.exists():
                pass
        if number == 5:
            last.touch()
        return os.getpid()

    first, *others = parallel_map(work, range(6), processes=2)
    assert len({*others}) == 1
    assert first not in others


@pytest.mark.parametrize("number", [20_000, 16_385])
def test_very_many_items(number: int) -> None:
    """More than a pipe has room for are handed out in runs."""
    assert parallel_map(_double, range(number), processes=2) == [_double(each) for each in range(number)]


def test_few_items_need_no_further_process() -> None:
    """Small sites are built by one process alone."""
    here = os.getpid()
    assert set(parallel_map(lambda _: os.getpid(), list(range(50)))) == {here}


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs a system that can copy a process")
def test_where_one_fails_the_others_are_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody works on when the whole is given up: what they work on may be taken away, and made anew by others."""
    here = os.getpid()

    def work(_: int) -> int:
        while os.getpid() != here:
            pass
        raise OSError(28, "No space left on device")

    with none_left(monkeypatch, at_least=2), pytest.raises(OSError, match="No space left"):
        parallel_map(work, range(4), processes=3)
