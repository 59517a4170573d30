"""Everything a build is made from, as one digest: equal digests, equal builds."""

from __future__ import annotations

import hashlib
import importlib.util
import os
import stat
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import plansite

_LIBRARIES = ("markdown_it", "mdurl", "jinja2", "markupsafe", "yaml")


def fingerprint(paths: Iterable[Path], words: Iterable[str]) -> str:
    """The digest of these files and folders with all they hold, and of `words`: day, audience, commit, …

    Hidden files count for nothing, as they do for a build. A file that cannot be read counts by its name.
    """
    whole = hashlib.sha256()
    for word in (*words, *_made_with()):
        whole.update(f"{len(word)}:{word}".encode("utf-8", "surrogatepass"))
    for path in paths:
        for name, file in _files(path):
            whole.update(f"\0{name}\0".encode("utf-8", "surrogateescape"))
            whole.update(_content(file))
    return whole.hexdigest()


def own_folder() -> Path:
    """Where plansite itself lies: its code makes pages just as content does."""
    return Path(plansite.__file__).parent


def _made_with() -> Iterator[str]:
    """Python, and the libraries whose work ends up in pages; found without importing them."""
    yield sys.version
    for name in _LIBRARIES:
        found = importlib.util.find_spec(name)
        if found and found.origin:
            yield hashlib.sha256(Path(found.origin).read_bytes()).hexdigest()


def _files(path: Path) -> Iterator[tuple[str, str]]:
    """Every file at or below a path, in a steady order. Links count, and so does the folder a link leads to."""
    if not path.is_dir():
        yield str(path), str(path)
        return
    folders = [str(path)]
    while folders:
        folder = folders.pop()
        for entry in sorted(_entries(folder), key=lambda entry: entry.name, reverse=True):
            if entry.name.startswith(".") or entry.name == "__pycache__":
                continue
            if entry.is_dir(follow_symlinks=False):
                folders.append(entry.path)
            else:
                yield entry.path, entry.path


def _entries(folder: str) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            return list(entries)
    except OSError:
        return []


def _content(file: str) -> bytes:
    """The digest of a file; of its kind alone where it is no plain file, for a pipe would never end."""
    path = Path(file)
    try:
        link = str(path.readlink()) if path.is_symlink() else ""
        kind = stat.S_IFMT(path.stat().st_mode)
        if kind != stat.S_IFREG:
            return f"kind {kind}".encode()
        data = path.read_bytes()
    except OSError as error:
        return f"error {error.errno}".encode()
    return hashlib.sha256(link.encode("utf-8", "surrogateescape") + b"\0" + data).digest()
