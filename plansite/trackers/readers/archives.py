"""Looks into archives before a library unpacks them: office files are ZIP archives, and may be made to do harm."""

from __future__ import annotations

import io
import re
import zipfile
import zlib

from plansite.trackers.sheets import MAX_CELLS, UnreadableTrackerError

#: What an office file may have in it, unpacked.
_MAX_UNPACKED = 512 * 1024 * 1024
_MAX_MEMBERS = 10_000
#: A part that is more than so many times its packed size, and large, is a bomb. Tables compress well, by 50 or so.
_MAX_RATIO = 250
_LARGE = 8 * 1024 * 1024
#: The mark at the start of older office files, and of encrypted new ones.
_COMPOUND_FILE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_CELL = re.compile(rb"""<(?:\w+:)?c\s[^>]*?\br\s*=\s*["']([A-Z]{1,3})(\d{1,7})["']""")
_CHUNK = 1024 * 1024
_OVERLAP = 256


def check_archive(data: bytes) -> None:
    """Raise UnreadableTrackerError if an office file is encrypted, damaged, or unpacks to more than there should be."""
    if data.startswith(_COMPOUND_FILE) and b"E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e" in data:
        raise UnreadableTrackerError("it is encrypted; open it, remove the password, and save it again")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check_members(archive.infolist())
            for member in archive.infolist():
                if re.fullmatch(r"xl/worksheets/[^/]+\.xml", member.filename):
                    _check_extent(archive, member)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, ValueError) as error:
        raise UnreadableTrackerError("it is damaged; open it in its program, and save it again") from error


def _check_members(members: list[zipfile.ZipInfo]) -> None:
    if any(member.flag_bits & 1 for member in members):
        raise UnreadableTrackerError("it is encrypted; open it, remove the password, and save it again")
    is_bomb = any(
        member.file_size > _LARGE and member.file_size > _MAX_RATIO * max(member.compress_size, 1) for member in members
    )
    if is_bomb or len(members) > _MAX_MEMBERS or sum(member.file_size for member in members) > _MAX_UNPACKED:
        raise UnreadableTrackerError("it unpacks to far more than a tracker holds; save the table alone in a new file")


def _check_extent(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> None:
    """Refuse a sheet whose cells lie so far apart that the space between them would fill the memory."""
    last_row, last_column, rest = 0, 0, b""
    with archive.open(member) as stream:
        while chunk := stream.read(_CHUNK):
            for letters, digits in _CELL.findall(rest + chunk):
                last_row = max(last_row, int(digits))
                last_column = max(last_column, _column_number(letters))
            rest = chunk[-_OVERLAP:]
    if last_row * last_column > MAX_CELLS * 4:
        raise UnreadableTrackerError(
            f"a cell lies far outside the table (row {last_row:,}, column {last_column:,}); "
            "delete the rows and columns around the table, and save it again"
        )


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
