"""Staging: the whole new site in a folder of its own, with what has not changed linked instead of written."""

from __future__ import annotations

import contextlib
import hashlib
import os
import stat
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from plansite.publish.manifest import MANIFEST, manifest_of
from plansite.publish.paths import folders_of
from plansite.publish.refusals import PublishError
from plansite.publish.steps import Step, Watch

#: Windows knows no modes, and says this of every file and folder.
_FILE_MODE, _FOLDER_MODE = (0o644, 0o755) if os.name == "posix" else (0o666, 0o777)
_CHUNK = 1024 * 1024


class Content(NamedTuple):
    """What a file holds, in brief: the SHA-256 digest of its bytes and their number."""

    digest: str
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Staged:
    """What every file of a staged site holds, by path, and how many of them are links to the old ones."""

    contents: Mapping[str, Content]
    linked: int


def stage(
    files: Mapping[str, bytes | Path], folder: Path, *, live: Path, known: Mapping[str, str], watch: Watch
) -> Staged:
    """Make `folder` and put every file into it.

    `live` is the site that stands now and `known` its manifest: a file there whose bytes are verified and the same
    is linked. Modes are 0755 and 0644 whatever the umask. Raises OSError with the name of the file.
    """
    for made in ("", *folders_of(files)):
        _make(folder / made)
    contents: dict[str, Content] = {}
    linked = 0
    for path, source in files.items():
        content = _content(source) if path in known else None
        if content and content.digest == known[path] and _linked(live / path, folder / path, content):
            linked += 1
        else:
            content = _written(source, folder / path)
        contents[path] = content
        watch(Step.PAGE)
    return Staged(contents=contents, linked=linked)


def seal(folder: Path, staged: Staged) -> None:
    """Write the manifest and have it on the disk, so that after a power cut the folder is still known for ours."""
    path = folder / MANIFEST
    _written(manifest_of({path: content.digest for path, content in staged.contents.items()}), path)
    with path.open("r+b") as file:
        os.fsync(file.fileno())
    sync(folder)


def verify(folder: Path, staged: Staged) -> None:
    """Raise PublishError unless each staged file has its size, and there are no others but the manifest.

    Digests are not taken again: they are those of the very bytes that were written, or read before linking.
    """
    for path, content in staged.contents.items():
        size = (folder / path).stat().st_size
        if size != content.size:
            raise PublishError(f"{folder / path} has {size} bytes instead of {content.size}; nothing was published")
    found = sum(len(names) for _, _, names in os.walk(folder)) - 1
    if found != len(staged.contents):
        raise PublishError(f"{folder} has {found} files instead of {len(staged.contents)}; nothing was published")


def sync(folder: Path) -> None:
    """Have the names in a folder on the disk, where the system can do that."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _make(folder: Path) -> None:
    folder.mkdir()
    _set_mode(folder, folder.stat(), _FOLDER_MODE)


def _set_mode(path: Path, facts: os.stat_result, mode: int) -> None:
    """Memory sticks and some network drives have fixed modes; what is ours can otherwise always be changed."""
    if stat.S_IMODE(facts.st_mode) != mode:
        with contextlib.suppress(PermissionError):
            path.chmod(mode)


@contextlib.contextmanager
def _naming(path: Path) -> Iterator[None]:
    """Let a fault of the disk say which file it met; the system itself names none when reading or writing fails."""
    try:
        yield
    except OSError as error:
        if error.errno and not error.filename:
            error.filename = str(path)
        raise


def _chunks(source: bytes | Path) -> Iterator[bytes]:
    """The bytes of a source in order. Look before opening: a pipe would wait for ever."""
    if isinstance(source, bytes):
        yield source
        return
    if not source.is_file():
        raise PublishError(f"{source} is to be published, but it is not there or not a plain file")
    with _naming(source), source.open("rb", buffering=0) as file:
        while chunk := file.read(_CHUNK):
            yield chunk


def _content(source: bytes | Path, keep: Callable[[bytes], object] | None = None) -> Content:
    """What a source holds; each chunk is handed to `keep` on the way."""
    digest, size = hashlib.sha256(), 0
    for chunk in _chunks(source):
        digest.update(chunk)
        size += len(chunk)
        if keep:
            keep(chunk)
    return Content(digest.hexdigest(), size)


def _written(source: bytes | Path, target: Path) -> Content:
    """Write a new file; returns what it holds, taken from the very bytes that were written."""
    with _naming(target), target.open("xb") as file:
        content = _content(source, file.write)
        _set_mode(target, os.fstat(file.fileno()), _FILE_MODE)
    return content


def _linked(live: Path, target: Path, content: Content) -> bool:
    """Link a file of the old site into the new one; False where it is not what it was, or cannot be linked."""
    try:
        facts = live.lstat()
        plain = stat.S_ISREG(facts.st_mode) and stat.S_IMODE(facts.st_mode) == _FILE_MODE
        # A file with another name somewhere may be changed there; it is written anew.
        if not plain or facts.st_nlink != 1 or _content(live) != content:
            return False
        target.hardlink_to(live)
    except OSError:
        return False
    return True
