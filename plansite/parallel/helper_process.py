"""A helper process with a single thread, which can fork: it runs work for a process that has several threads."""

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


def run_in_helper(work: Callable[[], Result]) -> Result | None:
    """The result of `work`, run in the helper process; None where it failed. Work and result are pickled.

    The helper process is started at the first call, and ends with this process.
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
    result: Result | None = pickle.loads(data)  # noqa: S301  (written by our own process)
    return result


def close() -> None:
    """Kill the helper process, if there is one."""
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
        # In a session of its own, so that Ctrl-C does not reach it; with -P, so that nothing is imported from the
        # current folder.
        _process = subprocess.Popen(
            [
                sys.executable,
                "-P",
                "-c",
                "from plansite.parallel.helper_process import serve_requests; serve_requests()",
            ],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
            start_new_session=True,
        )
        atexit.register(close)
    return _process


def serve_requests() -> None:
    """Run in the helper process: do the work that is sent, until the other side closes the pipe."""
    source, target = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what the work prints must not go into the pipe
    while data := _read(source):
        try:
            work: Callable[[], object] = pickle.loads(data)  # noqa: S301  (written by the process that started us)
            result: object = work()
        except Exception:
            result = None  # the caller runs the work itself, and gets the exception
        _write(target, pickle.dumps(result, pickle.HIGHEST_PROTOCOL))


def _write(pipe: IO[bytes] | None, data: bytes) -> None:
    if pipe:
        pipe.write(_LENGTH.pack(len(data)) + data)
        pipe.flush()


def _read(pipe: IO[bytes] | None) -> bytes:
    """One message; empty where the other side has closed the pipe."""
    head = pipe.read(_LENGTH.size) if pipe else b""
    if not pipe or len(head) < _LENGTH.size:
        return b""
    data = pipe.read(_LENGTH.unpack(head)[0])
    return data if len(data) == _LENGTH.unpack(head)[0] else b""
