"""Progress is told on a terminal, not too soon, not too often, and wiped away at the end."""

from __future__ import annotations

import io
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plansite.cli import messages as module
from plansite.cli.messages import ProgressLine, create_progress_line


class _Terminal(io.StringIO):
    """A stream that says it is a terminal, with a screen that shows its last line."""

    def isatty(self) -> bool:
        return True

    @property
    def line(self) -> str:
        """What stands on the line after all that was written, which begins anew or ends the rest each time."""
        return self.getvalue().rpartition("\r")[2].removesuffix("\x1b[K")


class _Clock:
    """A clock that stands still unless it is moved."""

    now = 100.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> _Clock:
    """The clock that progress reads."""
    made = _Clock()
    monkeypatch.setattr(module, "time", made)
    return made


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> _Terminal:
    """Standard error as a terminal."""
    made = _Terminal()
    monkeypatch.setattr(module, "sys", SimpleNamespace(stderr=made))
    return made


def test_short_work_is_silent(clock: _Clock, terminal: _Terminal) -> None:
    """Whatever is done within a second leaves no trace, not even the wiping away of a line."""
    told = ProgressLine(clock.now)
    for done in range(9):
        clock.now = 100.0 + done / 9
        told(done, 9)
    told.clear()
    assert terminal.getvalue() == ""


def test_long_work_says_how_far_it_is(clock: _Clock, terminal: _Terminal) -> None:
    """After a second the line says how much is done of all, with large numbers easy to read."""
    told = ProgressLine(clock.now)
    clock.now += 1.0
    told(1_234, 12_000)
    assert terminal.line == "1,234 of 12,000 pages"


def test_the_line_is_written_over(clock: _Clock, terminal: _Terminal) -> None:
    """The next number takes the place of the last, and nothing of a longer line is left behind it."""
    told = ProgressLine(clock.now)
    clock.now += 2.0
    told(10, 100)
    clock.now += 1.0
    told(20, 100)
    assert terminal.getvalue() == "\r10 of 100 pages\x1b[K\r20 of 100 pages\x1b[K"


def test_the_line_does_not_flicker(clock: _Clock, terminal: _Terminal) -> None:
    """However often pages are done, the line changes five times a second at most."""
    told = ProgressLine(clock.now)
    clock.now += 1.0
    for done in range(1, 101):
        told(done, 100)
        clock.now += 1 / 64
    assert 2 <= terminal.getvalue().count("\r") <= 9


def test_the_line_is_wiped_away(clock: _Clock, terminal: _Terminal) -> None:
    """In the end the line is as if nothing had been said, so that the next words begin on an empty one."""
    told = ProgressLine(clock.now)
    clock.now += 5.0
    told(50, 100)
    told.clear()
    assert terminal.line == ""
    assert terminal.getvalue().endswith("\r\x1b[K")


@given(st.lists(st.tuples(st.floats(0, 3), st.integers(0, 10**6)), max_size=20))
def test_clear_always_leaves_an_empty_line(steps: list[tuple[float, int]]) -> None:
    """Whenever it was told something, after clear the line is empty and no other line was begun."""
    clock, terminal = _Clock(), _Terminal()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "time", clock)
        patch.setattr(module, "sys", SimpleNamespace(stderr=terminal))
        told = ProgressLine(clock.now)
        for seconds, done in steps:
            clock.now += seconds
            told(done, 10**6)
        told.clear()
    assert terminal.line == ""
    assert "\n" not in terminal.getvalue()


def test_there_is_progress_on_a_terminal(terminal: _Terminal) -> None:
    """Somebody who looks on is told, unless they asked for quiet."""
    assert terminal.isatty()
    assert isinstance(create_progress_line(quiet=False), ProgressLine)
    assert create_progress_line(quiet=True) is None


def test_there_is_none_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file or another program gets no lines that are written over."""
    monkeypatch.setattr(module, "sys", SimpleNamespace(stderr=io.StringIO()))
    assert create_progress_line(quiet=False) is None
