"""The processes that a test starts by copying its own."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

import pytest


@contextmanager
def none_left(monkeypatch: pytest.MonkeyPatch, at_least: int = 1) -> Iterator[None]:
    """So many processes or more are started within, and each has ended, and somebody has asked how."""
    started: list[int] = []
    fork = os.fork

    def noted() -> int:
        child = fork()
        if child:
            started.append(child)
        return child

    monkeypatch.setattr(os, "fork", noted)
    yield
    assert len(started) >= at_least
    for child in started:
        with pytest.raises(ChildProcessError):
            os.waitpid(child, os.WNOHANG)
