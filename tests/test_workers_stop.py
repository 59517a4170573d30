"""Processes that work for one that has given up are ended."""

from __future__ import annotations

import os

import pytest

from plansite.workers import spread


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs a system that can copy a process")
def test_where_one_fails_the_others_are_ended() -> None:
    """Nobody works on when the whole is given up: what they work on may be taken away, and made anew by others."""
    here = os.getpid()

    def work(_: int) -> int:
        while os.getpid() != here:
            pass
        raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space left"):
        spread(work, range(4), processes=3)
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)
