"""A layer between a build and its disk, in the build's own process: the nth call that concerns a folder fails."""

from __future__ import annotations

import errno
import io
import os
import re
import signal
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from plansite.publish import swap

#: What a disk can say: it is broken, full, or not to be written to any more.
CODES = (errno.EIO, errno.ENOSPC, errno.EROFS)
_WRITING = ("mkdir", "rename", "replace", "link", "unlink", "remove", "rmdir", "chmod")
_READING = ("scandir", "listdir", "readlink")
_MODES = frozenset("wxa+")


#: The published files, the next ones, the manifest, and each kind of file that builds keep: what lies there is alike.
_PLACES = re.compile(r"/(\.plansite/[a-z-]+|public|\.public\.[a-z-]+(?:/\.[a-z.]+)?)")


def kind_of(call: str, path: str) -> str:
    """What sort of call that is: its name, and where in a site the path lies."""
    place = _PLACES.search(path)
    return f"{call} {place[1] if place else path}"


@dataclass(slots=True)
class Layer:
    """Counts the calls that concern files below some folders; the nth fails with `code`, none where `nth` is 0.

    `lasting` has all later ones fail as well, as those of a disk do that stays full or broken. `reading` says
    whether calls are counted that only read, instead of those that write. `kill` is a kind of
    call (see `kind_of`): the whole process group ends before the nth of these instead. `log` is a file for a line for
    each: the number of the process, the call and the path.
    """

    folders: Sequence[str]
    nth: int = 0
    code: int = errno.EIO
    lasting: bool = False
    reading: bool = False
    kill: str = ""
    log: str = ""
    count: int = 0
    _opened: Callable[..., Any] = field(default=io.open, init=False)

    def meets(self, call: str, path: object) -> None:
        """Count a call on a path; raises the fault where it is its turn."""
        name = os.fspath(path) if isinstance(path, str | os.PathLike) else ""
        if not isinstance(name, str) or not any(name.startswith(folder) for folder in self.folders):
            return
        self.count += not self.kill or self.kill == kind_of(call, name)
        if self.log:
            with self._opened(self.log, "a") as log:
                log.write(f"{os.getpid()} {call} {name}\n")
        if self.kill:
            if self.count == self.nth:
                os.killpg(0, signal.SIGKILL)
            return
        if self.count == self.nth or (self.lasting and 0 < self.nth < self.count):
            raise OSError(self.code, os.strerror(self.code), name)

    def install(self) -> None:
        """Stand between this process and its disk from now on."""
        for name in _READING if self.reading else _WRITING:
            setattr(os, name, self._around(name, getattr(os, name)))
        for name in () if self.reading else ("fsync",):
            setattr(os, name, self._around(name, getattr(os, name), lambda _: self.folders[0]))
        whole = swap.exchange_folders
        swap.exchange_folders = self._around("exchange", whole)
        plain, opened = os.open, io.open

        def open_handle(path: Any, flags: int, *rest: Any, **more: Any) -> int:
            if self.reading != bool(flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)):
                self.meets("open", path)
            return plain(path, flags, *rest, **more)

        def open_file(path: Any, mode: str = "r", *rest: Any, **more: Any) -> Any:
            if self.reading == bool(_MODES & set(mode)):
                return opened(path, mode, *rest, **more)
            self.meets("open", path)
            return _File(opened(path, mode, *rest, **more), self, path)

        os.open, io.open = open_handle, open_file  # type: ignore[assignment]

    def _around(
        self, name: str, call: Callable[..., Any], where: Callable[[Any], object] = lambda path: path
    ) -> Callable[..., Any]:
        def counted(path: Any = ".", *rest: Any, **more: Any) -> Any:
            self.meets(name, where(path))
            return call(path, *rest, **more)

        return counted


class _File:
    """An open file whose reads and writes are counted as well."""

    def __init__(self, file: Any, layer: Layer, path: object) -> None:
        self._file, self._layer, self._path = file, layer, path

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)

    def __enter__(self) -> _File:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def read(self, *size: int) -> Any:
        self._layer.meets("read", self._path)
        return self._file.read(*size)

    def write(self, data: Any) -> Any:
        self._layer.meets("write", self._path)
        return self._file.write(data)
