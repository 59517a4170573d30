"""Looks into older workbooks (XLS) before a library reads them: how far apart their cells are, and encryption.

The format: Microsoft, [MS-CFB] for the file and [MS-XLS] for the records of a workbook.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from plansite.trackers.readers.archives import COMPOUND_FILE_MARK, ENCRYPTED, describe_far_cell
from plansite.trackers.sheets import MAX_AREA, UnreadableTrackerError

_DAMAGED = "it cannot be read as a spreadsheet; open it in its program, and save it again as .xlsx"
_END = 0xFFFFFFFA  # this and larger numbers are no sectors
_ENTRY_SIZE = 128
_MINI_SECTOR_SIZE = 64
_MINI_STREAM_LIMIT = 4096
_ROOT = "Root Entry"
#: Types of records: the start of a part, a password, and cells.
_BEGIN, _PASSWORD = 0x0809, 0x002F
_OLD_BEGINS = frozenset({0x0009, 0x0209, 0x0409})
#: The extent that a sheet declares, and the strings of all sheets: the library takes memory for what these say.
_DIMENSIONS, _STRINGS = 0x0200, 0x00FC
_MAX_ROWS, _MAX_COLUMNS = 65_536, 256
#: Where the header has the numbers of sectors of each sort.
_SECTOR_COUNTS = (40, 44, 64, 72)
_CELLS = frozenset({0x0001, 0x0002, 0x0003, 0x0004, 0x0005, 0x0006, 0x00BD, 0x00BE, 0x00D6, 0x00FD, 0x0201, 0x0203,
                    0x0204, 0x0205, 0x0206, 0x027E, 0x0406})  # fmt: skip
#: Of these the last column is at the end of the record.
_SPANS = frozenset({0x00BD, 0x00BE})


def check_workbook_stream(data: bytes) -> None:
    """Raise UnreadableTrackerError if an XLS file is encrypted, or has cells far apart, which would fill the memory."""
    try:
        stream = _find_workbook(data)
    except (struct.error, IndexError) as error:
        raise UnreadableTrackerError(_DAMAGED) from error
    total, row, column = 0, 0, 0
    for kind, body in _list_records(stream):
        if kind == _PASSWORD:
            raise UnreadableTrackerError(ENCRYPTED)
        if (kind == _DIMENSIONS and not _is_extent(body)) or (kind == _STRINGS and not _is_count(body, len(stream))):
            raise UnreadableTrackerError(_DAMAGED)
        if kind == _BEGIN or kind in _OLD_BEGINS:
            total, row, column = total + row * column, 0, 0
        elif kind in _CELLS and len(body) >= 6:
            first_row, first_column = struct.unpack_from("<HH", body)
            last_column = struct.unpack_from("<H", body, len(body) - 2)[0] if kind in _SPANS else first_column
            row, column = max(row, first_row + 1), max(column, first_column + 1, min(last_column, 255) + 1)
            if total + row * column > MAX_AREA:
                raise UnreadableTrackerError(describe_far_cell(row, column))


def _is_extent(body: bytes) -> bool:
    """Whether a sheet declares an extent that there can be: first and last row, first and last column."""
    pattern = {14: "<IIHH", 10: "<HHHH"}.get(len(body))
    if pattern is None:
        return False
    first_row, end_row, first_column, end_column = struct.unpack_from(pattern, body)
    is_inside = end_row <= _MAX_ROWS and end_column <= _MAX_COLUMNS
    return bool(is_inside and first_row <= end_row and first_column <= end_column)


def _is_count(body: bytes, size: int) -> bool:
    """Whether a workbook can have as many strings as it declares: each takes three bytes."""
    return len(body) >= 8 and int(struct.unpack_from("<I", body, 4)[0]) * 3 <= size


def _list_records(stream: bytes) -> Iterator[tuple[int, bytes]]:
    position = 0
    while position + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, position)
        yield kind, stream[position + 4 : position + 4 + size]
        position += 4 + size


def _find_workbook(data: bytes) -> bytes:
    """The stream of the workbook. Raises struct.error, IndexError, UnreadableTrackerError for a damaged file."""
    if not data.startswith(COMPOUND_FILE_MARK):
        raise UnreadableTrackerError(_DAMAGED)
    file = _CompoundFile(data)
    entries = file.list_streams()
    for name in ("Workbook", "Book"):
        if name in entries:
            start, size = entries[name]
            if size >= _MINI_STREAM_LIMIT:
                return file.read_chain(start)[:size]
            return file.read_mini_chain(start, entries[_ROOT][0] if _ROOT in entries else _END)[:size]
    raise UnreadableTrackerError(_DAMAGED)


class _CompoundFile:
    """A file of sectors that are chained by a table (FAT)."""

    def __init__(self, data: bytes) -> None:
        shift = struct.unpack_from("<H", data, 30)[0]
        if shift not in (9, 12):
            raise UnreadableTrackerError(_DAMAGED)
        self._data, self._size = data, 1 << shift
        counts = (struct.unpack_from("<I", data, offset)[0] for offset in _SECTOR_COUNTS)
        if any(count > len(data) // self._size + 1 for count in counts):
            raise UnreadableTrackerError(_DAMAGED)
        self._directory, self._mini_table = (struct.unpack_from("<I", data, offset)[0] for offset in (48, 60))
        sectors = [number for number in struct.unpack_from("<109I", data, 76) if number < _END]
        further, seen = struct.unpack_from("<I", data, 68)[0], 0
        while further < _END and seen <= len(data) // self._size:
            numbers = self._unpack(self._read_sector(further))
            sectors += [number for number in numbers[:-1] if number < _END]
            further, seen = numbers[-1], seen + 1
        self._table = [number for sector in sectors for number in self._unpack(self._read_sector(sector))]

    def _unpack(self, sector: bytes) -> tuple[int, ...]:
        return struct.unpack(f"<{self._size // 4}I", sector)

    def _read_sector(self, number: int) -> bytes:
        return self._data[(number + 1) * self._size : (number + 2) * self._size].ljust(self._size, b"\0")

    def read_chain(self, start: int) -> bytes:
        """The bytes of a chain of sectors, at most as many as the file has."""
        parts: list[bytes] = []
        while start < _END and len(parts) <= len(self._data) // self._size:
            parts.append(self._read_sector(start))
            start = self._table[start]
        return b"".join(parts)

    def read_mini_chain(self, start: int, container: int) -> bytes:
        """The bytes of a short stream, which is chained in small sectors in the stream of the root."""
        mini = self.read_chain(container)
        table = struct.unpack(f"<{len(chain := self.read_chain(self._mini_table)) // 4}I", chain)
        parts: list[bytes] = []
        while start < _END and len(parts) * _MINI_SECTOR_SIZE < _MINI_STREAM_LIMIT:
            parts.append(mini[start * _MINI_SECTOR_SIZE : (start + 1) * _MINI_SECTOR_SIZE])
            start = table[start]
        return b"".join(parts)

    def list_streams(self) -> dict[str, tuple[int, int]]:
        """The first sector and the size of each stream, by name."""
        directory = self.read_chain(self._directory)
        found: dict[str, tuple[int, int]] = {}
        for offset in range(0, len(directory) - _ENTRY_SIZE + 1, _ENTRY_SIZE):
            entry = directory[offset : offset + _ENTRY_SIZE]
            length = struct.unpack_from("<H", entry, 64)[0]
            name = entry[: max(length - 2, 0)].decode("utf-16-le", errors="replace")
            found.setdefault(name, struct.unpack_from("<II", entry, 116))
        return found
