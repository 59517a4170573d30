"""A process beside this one that has a single thread, so that it can be copied: asked by a process that has more."""

from __future__ import annotations

import atexit
import os
import pickle
import struct
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import IO, TypeVar

Result = TypeVar("Result")

_LENGTH = struct.Struct(">Q")
_lock = threading.Lock()
_process: subprocess.Popen[bytes] | None = None


def ask(work: Callable[[], Result]) -> Result | None:
    """What `work` comes to over there; None where it failed. It is pickled, and so is its result.

    The process is started when it is first asked, and ends with this one.
    """
    with _lock:
        try:
            process = _start()
            _write(process.stdin, pickle.dumps(work, pickle.HIGHEST_PROTOCOL))
            data = _read(process.stdout)
        except OSError:
            data = b""
        if not data:
            close()
            return None
    found: Result | None = pickle.loads(data)  # noqa: S301  (written by our own process)
    return found


def close() -> None:
    """End the process, if there is one."""
    global _process
    process, _process = _process, None
    if process:
        process.kill()
        for pipe in (process.stdin, process.stdout):
            with suppress(OSError):
                if pipe:
                    pipe.close()
        process.wait()


def _start() -> subprocess.Popen[bytes]:
    global _process
    if _process and _process.poll() is not None:
        close()
    if _process is None:
        # A session of its own, for Ctrl-C is for whoever asks; and -P, so that no code comes from the folder we are in.
        _process = subprocess.Popen(
            [sys.executable, "-P", "-c", "from plansite.parallel.helper_process import answer_all; answer_all()"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
            start_new_session=True,
        )
        atexit.register(close)
    return _process


def serve_requests() -> None:
    """Be that process: do what is asked until nobody is left to ask."""
    source, target = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what somebody prints is no answer
    while data := _read(source):
        try:
            work: Callable[[], object] = pickle.loads(data)  # noqa: S301  (written by the process that started us)
            answer: object = work()
        except Exception:
            answer = None  # whoever asked does it there, and meets the same
        _write(target, pickle.dumps(answer, pickle.HIGHEST_PROTOCOL))


def _write(pipe: IO[bytes] | None, data: bytes) -> None:
    if pipe:
        pipe.write(_LENGTH.pack(len(data)) + data)
        pipe.flush()


def _read(pipe: IO[bytes] | None) -> bytes:
    """One message; empty where the other side has gone."""
    head = pipe.read(_LENGTH.size) if pipe else b""
    if not pipe or len(head) < _LENGTH.size:
        return b""
    data = pipe.read(_LENGTH.unpack(head)[0])
    return data if len(data) == _LENGTH.unpack(head)[0] else b""
