"""What a process does to the machine it runs on, written down by an audit hook of Python's own.

Run as a program it is `plansite` with such a record: the first argument names the record's file.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

#: Reading files, importing modules and asking for facts are no deeds; these are.
_DEEDS = (
    "ctypes.dlopen",
    "ctypes.dlsym",
    "ftplib.",
    "http.",
    "imaplib.",
    "nntplib.",
    "os.chmod",
    "os.chown",
    "os.exec",
    "os.fork",
    "os.link",
    "os.mkdir",
    "os.posix_spawn",
    "os.remove",
    "os.rename",
    "os.rmdir",
    "os.setxattr",
    "os.spawn",
    "os.startfile",
    "os.symlink",
    "os.system",
    "os.truncate",
    "os.utime",
    "poplib.",
    "pty.",
    "smtplib.",
    "socket.",
    "ssl.",
    "subprocess.",
    "telnetlib.",
    "urllib.",
    "webbrowser.",
)
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
#: Which argument of a deed counts from a folder that another argument has open.
_FROM_FOLDER = {
    "os.chmod": ((0, 2),),
    "os.mkdir": ((0, 2),),
    "os.remove": ((0, 1),),
    "os.rmdir": ((0, 1),),
    "os.rename": ((0, 2), (1, 3)),
    "os.link": ((0, 2), (1, 3)),
    "os.symlink": ((1, 2),),
    "os.utime": ((0, 3),),
}


def watch(record: str) -> None:
    """Write down what this process and those forked from it do, a line of JSON each: process, deed, arguments."""
    file = os.open(record, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)

    def note(deed: str, arguments: tuple[Any, ...]) -> None:
        if deed == "open":
            if arguments[2] & _WRITES and not isinstance(arguments[0], int):
                _write(file, deed, [str(Path(os.fsdecode(arguments[0])).resolve())])
        elif deed == "os.mkdir" and Path(_whole(arguments[0], arguments[2])).is_dir():
            pass  # nothing comes of it
        elif deed.startswith(_DEEDS):
            told = list(arguments)
            for path, folder in _FROM_FOLDER.get(deed, ()):
                told[path] = _whole(told[path], told[folder])
            _write(file, deed, told)

    os.register_at_fork(after_in_child=lambda: _write(file, "forked", []))
    sys.addaudithook(note)


def _write(file: int, deed: str, arguments: list[Any]) -> None:
    os.write(file, json.dumps([os.getpid(), deed, arguments], default=_text).encode() + b"\n")


def _whole(path: Any, folder: Any) -> str:
    """The whole path of a file that is named from the current folder or from an open one; links to it stay links."""
    if isinstance(path, int):
        return str(Path(f"/proc/self/fd/{path}").readlink())
    start = Path(f"/proc/self/fd/{folder}").readlink() if isinstance(folder, int) and folder >= 0 else Path.cwd()
    named = start / os.fsdecode(path)
    return str(named.parent.resolve() / named.name)


def _text(value: Any) -> Any:
    if isinstance(value, bytes | os.PathLike):
        return os.fsdecode(value)
    return {_text(name): _text(each) for name, each in value.items()} if isinstance(value, dict) else str(value)


def _plansite(record: str, arguments: list[str]) -> None:
    """The command, its work shared by two processes wherever there is more than one piece of it."""
    watch(record)
    sys.argv = ["plansite", *arguments]
    from plansite.__main__ import main
    from plansite.parallel import parallel_map

    parallel_map.process_count = lambda items, items_per_process: min(2, items)  # noqa: ARG005
    main()


if __name__ == "__main__":
    _plansite(sys.argv[1], sys.argv[2:])
