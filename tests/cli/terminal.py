"""Runs plansite at a pseudo-terminal, where somebody answers its questions."""

from __future__ import annotations

import contextlib
import fcntl
import os
import pty
import select
import signal
import subprocess
import sys
import termios
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

CTRL_C, CTRL_D = "\x03", "\x04"
#: Seconds until a question that was not asked counts as missing, on a machine that may be busy.
_PATIENCE_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Conversation:
    """How a command at a terminal ended, and what it printed."""

    returncode: int
    stdout: str
    stderr: str


def converse(folder: Path, answers: Sequence[tuple[str, str]], *arguments: str, **environment: str) -> Conversation:
    """Run a command in a folder. Each answer is typed when its question, or a part of it, has been printed.

    An answer is followed by Enter, unless it is Ctrl-C or Ctrl-D.
    """
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "plansite", *arguments],
        stdin=theirs,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2]), "PYTHONIOENCODING": "utf-8", **environment},
        start_new_session=True,
        preexec_fn=_take_terminal,
    ) as process:
        os.close(theirs)
        assert process.stderr
        assert process.stdout
        printed, position = b"", 0
        for question, answer in answers:
            while (found := printed.find(question.encode(), position)) < 0:
                readable, _, _ = select.select([process.stderr], [], [], _PATIENCE_SECONDS)
                part = os.read(process.stderr.fileno(), 4096) if readable else b""
                if not part:
                    process.kill()
                assert part, f"{question!r} was not asked after\n{printed.decode()}"
                printed += part
            position = found + len(question.encode())
            os.write(ours, (answer if answer in (CTRL_C, CTRL_D) else f"{answer}\n").encode())
            if answer in (CTRL_C, CTRL_D):
                _press_until_it_ends(process, ours, answer)
        output, rest = process.communicate(timeout=_PATIENCE_SECONDS)
    os.close(ours)
    return Conversation(process.returncode, output.decode(), (printed + rest).decode())


def _take_terminal() -> None:
    """Let Ctrl-C reach the command, also where whoever started the tests ignores it, as in a job in the background."""
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def _press_until_it_ends(process: subprocess.Popen[bytes], terminal: int, key: str) -> None:
    """Press a key again, as people do: what comes just before a program waits for input can be missed."""
    for _ in range(_PATIENCE_SECONDS):
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(timeout=1)
            return
        os.write(terminal, key.encode())
