"""The ZIP archive that an office document is, read with limits."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator

from plansite.published_files.errors import UnreadableContentError

SIGNATURE = b"PK\x03\x04"
_MAX_MEMBERS = 5_000
_MAX_PART, _MAX_TOTAL = 32 * 1024 * 1024, 192 * 1024 * 1024
_END = b"PK\x05\x06"
_END_SIZE = 22
_ENCRYPTED = 0x1


class DocumentArchive:
    """The parts of an office document by name in lower case. No more is unpacked than the limits allow."""

    def __init__(self, data: bytes) -> None:
        """Raises UnreadableContentError for an archive that is damaged, protected, too large or not plain."""
        self._left = _MAX_TOTAL
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
            members = [each for each in self._archive.infolist() if not each.is_dir()]
        except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, EOFError) as error:
            raise UnreadableContentError("is damaged") from error
        self._members = {each.filename.casefold(): each for each in members}
        if len(members) > _MAX_MEMBERS:
            raise UnreadableContentError("has too many parts")
        if len(self._members) < len(members) or not _is_plain(data, self._archive):
            raise UnreadableContentError("is not a plain office document")
        if any(each.flag_bits & _ENCRYPTED for each in members):
            raise UnreadableContentError("is protected by a password")

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all parts, in lower case."""
        return tuple(self._members)

    def has(self, *starts: str) -> bool:
        """Whether there is a part whose name begins with any of these."""
        return any(name.startswith(starts) for name in self._members)

    def find(self, start: str, end: str = ".xml") -> Iterator[str]:
        """The names of parts that begin and end so."""
        return (name for name in self._members if name.startswith(start) and name.endswith(end))

    def read(self, name: str) -> bytes:
        """A part; empty where there is none. Raises UnreadableContentError."""
        member = self._members.get(name.casefold())
        if member is None:
            return b""
        limit = min(_MAX_PART, self._left)
        try:
            with self._archive.open(member) as file:
                part = file.read(limit + 1)
        except (
            zipfile.BadZipFile,
            zlib.error,
            NotImplementedError,
            RuntimeError,
            ValueError,
            OSError,
            EOFError,
        ) as error:
            raise UnreadableContentError("is damaged") from error
        if len(part) > limit:
            raise UnreadableContentError("is too large to be looked into")
        self._left -= len(part)
        return part


def _is_plain(data: bytes, archive: zipfile.ZipFile) -> bool:
    """Whether the archive is all there is in the file: nothing before it, behind it, or between its parts.

    The parts and the directory must be as long as the file, but for the descriptors that may follow parts.
    """
    end = data.rfind(_END)
    if not data.startswith(SIGNATURE) or archive.comment or end != len(data) - _END_SIZE:
        return False
    position = 0
    for member in sorted(archive.infolist(), key=lambda each: each.header_offset):
        if not position <= member.header_offset <= position + 24:
            return False
        header = data[member.header_offset : member.header_offset + 30]
        if len(header) < 30 or not header.startswith(SIGNATURE):
            return False
        names = int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little")
        position = member.header_offset + 30 + names + member.compress_size
    return position <= archive.start_dir <= position + 24
