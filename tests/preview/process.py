"""The preview as people run it: a process of its own."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path


class Process:
    """A running preview whose lines can be waited for."""

    def __init__(
        self, site: Path, *options: str, program: Sequence[str] = ("-m", "plansite"), **environment: str
    ) -> None:
        """Started at once, on any free port unless the options say otherwise."""
        command = [sys.executable, "-u", *program, "serve", "--site", str(site), "--port", "0", *options]
        self.process = subprocess.Popen(
            command,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            env={**os.environ, "PYTHONIOENCODING": "utf-8", **environment},
        )
        self.lines: list[str] = []

    def until(self, pattern: str) -> re.Match[str]:
        """Wait for a line that holds this."""
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.lines.append(line)
            if found := re.search(pattern, line):
                return found
        raise AssertionError(f"{pattern} was not said in {self.lines}")

    @property
    def address(self) -> str:
        """Where it answers, once it does."""
        found = self.until(r"^http://\S+/$")[0]
        self.until("^Watching")
        return found

    def stop(self, how: signal.Signals = signal.SIGINT) -> int:
        """Press Ctrl-C, or ask for an end in another way, and wait for it."""
        self.process.send_signal(how)
        said, _ = self.process.communicate(timeout=20)
        self.lines += said.splitlines(keepends=True)
        return self.process.returncode


@contextlib.contextmanager
def running(
    site: Path, *options: str, program: Sequence[str] = ("-m", "plansite"), **environment: str
) -> Iterator[Process]:
    """A preview that is ended with the block whatever happens."""
    started = Process(site, *options, program=program, **environment)
    too_long = threading.Timer(120, started.process.kill)  # a line that never comes fails the test
    too_long.start()
    try:
        yield started
    finally:
        too_long.cancel()
        if started.process.poll() is None:
            started.process.kill()
        started.process.communicate()
