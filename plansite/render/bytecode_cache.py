"""Compiled templates kept in a folder, so that the next build need not compile them again.

Jinja's FileSystemBytecodeCache is not used: docs/dependencies.md has the reasons.
"""

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

#: Enough for the default theme and a site's own. Above this, the files with the oldest modification times are removed.
_MAX_FILES = 100
_SUFFIX = ".template"
#: The source files of Jinja that decide the compiled code.
_JINJA_SOURCES = tuple(
    str(module.__file__) for module in (compiler, filters, idtracking, lexer, nodes, optimizer, parser, tests)
)


class BytecodeFolder(BytecodeCache):
    """One file a template: the checksum of the rest, a fingerprint of template and compiler, and the marshalled code.

    A file that is missing, damaged, or of another template or compiler is ignored, and a file that cannot be written
    is skipped: either costs a compilation. `compiler_sources` are paths of our own source files that decide the code.
    """

    def __init__(self, folder: Path, compiler_sources: Iterable[str]) -> None:
        self._folder = folder
        self._compiler_fingerprint = _fingerprint_compiler((*_JINJA_SOURCES, *compiler_sources))

    def load_bytecode(self, bucket: Bucket) -> None:
        """Set the code of the bucket, where its file is sound and up to date."""
        try:
            data = self._path(bucket).read_bytes()
        except OSError:
            return
        size = hashlib.sha256().digest_size
        checksum, body = data[:size], data[size:]
        # Unmarshalling damaged data can crash the interpreter, so the checksum is compared first.
        if checksum == _checksum(body) and body[:size] == self._fingerprint(bucket):
            code = marshal.loads(body[size:])  # noqa: S302  (written by this class, as checksum and fingerprint show)
            bucket.code = code if isinstance(code, CodeType) else None

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Write the code of the bucket to its file. Does nothing where the folder cannot be written."""
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
        paths = list(self._folder.glob(f"*{_SUFFIX}"))
        if len(paths) > _MAX_FILES:
            for path in sorted(paths, key=_modified_at)[:-_MAX_FILES]:
                path.unlink(missing_ok=True)


def _fingerprint_compiler(sources: Iterable[str]) -> bytes:
    """A digest of Python's version, plansite's, and these source files; random where a file cannot be read."""
    versions = repr((sys.implementation.cache_tag, sys.version, __version__)).encode()
    try:
        return _checksum(versions + b"".join(Path(source).read_bytes() for source in sources))
    except OSError:  # installed without sources: with a random fingerprint no file is ever loaded
        return os.urandom(32)


def _checksum(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


def _modified_at(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except FileNotFoundError:  # another process has removed it
        return 0.0


def _write_atomically(path: Path, data: bytes) -> None:
    """Write the whole file or nothing, also while other processes write it. Raises OSError."""
    temporary = path.with_name(f"new-{os.getpid()}-{path.name}")
    try:
        temporary.write_bytes(data)
        temporary.replace(path)
    except OSError:
        temporary.unlink(missing_ok=True)
        raise
