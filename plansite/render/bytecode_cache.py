"""Compiled templates kept in a folder, so that the next build need not compile them again."""

from __future__ import annotations

import contextlib
import hashlib
import marshal
import os
import sys
from collections.abc import Iterable
from pathlib import Path
from types import CodeType

from jinja2 import BytecodeCache, compiler, filters, idtracking, lexer, nodes, optimizer, parser, tests
from jinja2.bccache import Bucket

from plansite import __version__

#: Room for the default theme and a site's own over it. Beyond it, the files longest unchanged go.
_MAX_FILES = 100
_SUFFIX = ".template"
#: Jinja's release, as far as it matters here.
_JINJA_SOURCES = tuple(
    str(module.__file__) for module in (compiler, filters, idtracking, lexer, nodes, optimizer, parser, tests)
)


class BytecodeFolder(BytecodeCache):
    """One file for each template: a digest of what follows, what it was made from and by, and the code.

    A file that is missing, damaged, or made from or by something else counts as not there; one that cannot be written
    is not written. `made_by` names the source files of ours that decide how templates are compiled.
    """

    def __init__(self, folder: Path, compiler_sources: Iterable[str]) -> None:
        self._folder = folder
        self._compiler_fingerprint = _fingerprint_compiler((*_JINJA_SOURCES, *compiler_sources))

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give the bucket its code where the file has it."""
        try:
            kept = self._path(bucket).read_bytes()
        except OSError:
            return
        size = hashlib.sha256().digest_size
        head, body = kept[:size], kept[size:]
        # Damaged code can end the interpreter when it is read, so nothing is read before the digest holds.
        if head == _checksum(body) and body[:size] == self._fingerprint(bucket):
            code = marshal.loads(body[size:])  # noqa: S302  (our own, as the digests say)
            bucket.code = code if isinstance(code, CodeType) else None

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the code of the bucket. Does nothing where the folder cannot be written."""
        body = self._fingerprint(bucket) + marshal.dumps(bucket.code)
        with contextlib.suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            _write_atomically(self._path(bucket), _checksum(body) + body)
            self._prune()

    def _path(self, bucket: Bucket) -> Path:
        return self._folder / f"{bucket.key}{_SUFFIX}"

    def _fingerprint(self, bucket: Bucket) -> bytes:
        return _checksum(self._compiler_fingerprint + bucket.key.encode() + bucket.checksum.encode())

    def _prune(self) -> None:
        kept = list(self._folder.glob(f"*{_SUFFIX}"))
        if len(kept) > _MAX_FILES:
            for path in sorted(kept, key=_modified_at)[:-_MAX_FILES]:
                path.unlink(missing_ok=True)


def _fingerprint_compiler(sources: Iterable[str]) -> bytes:
    """The compiler, down to its source: code of one release means nothing to another."""
    releases = repr((sys.implementation.cache_tag, sys.version, __version__)).encode()
    try:
        return _checksum(releases + b"".join(Path(source).read_bytes() for source in sources))
    except OSError:  # installed without sources: then what is kept is never used
        return os.urandom(32)


def _checksum(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


def _modified_at(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except FileNotFoundError:  # another build was faster
        return 0.0


def _write_atomically(path: Path, data: bytes) -> None:
    """Whole or not at all, whatever other processes write there at the same time."""
    new = path.with_name(f"new-{os.getpid()}-{path.name}")
    try:
        new.write_bytes(data)
        new.replace(path)
    except OSError:
        new.unlink(missing_ok=True)
        raise
