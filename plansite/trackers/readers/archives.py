"""Looks into archives before a library unpacks them: office files are ZIP archives, and may be made to do harm."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator

from plansite.deferred_pattern import compile_lazily
from plansite.trackers.sheets import MAX_AREA, UnreadableTrackerError

#: What an office file may have in it, unpacked.
_MAX_UNPACKED = 512 * 1024 * 1024
_MAX_MEMBERS = 10_000
#: A part that is more than so many times its packed size, and large, is a bomb. Tables compress well, by 50 or so.
_MAX_RATIO = 250
_LARGE = 8 * 1024 * 1024
#: The mark at the start of older office files, and of encrypted new ones.
COMPOUND_FILE_MARK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED = "it is encrypted; open it, remove the password, and save it again"
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_ATTRIBUTES = rb"""(?:[^>"']++|"[^"]*+"|'[^']*+')*+(?<!/)>(?=\s*<[^/])"""
#: A row that has cells, and a cell that has content; both say where they are, or follow the one before.
_ROW = compile_lazily(rb"""<(?:\w+:)?row\s(?:[^>"']|"[^"]*+"|'[^']*+')*?\br\s*=\s*["'](\d{1,7})["']""" + _ATTRIBUTES)
_CELL = compile_lazily(
    rb"""<(?:\w+:)?c(?:\s+r="([A-Z]{1,3})(\d{1,7})"|(?:\s(?:[^>"']|"[^"]*+"|'[^']*+')*?\br\s*=\s*"""
    rb"""["']([A-Za-z]{1,3})(\d{1,7})["'])|(?=[\s>]))""" + _ATTRIBUTES
)
_USUAL_CELL = compile_lazily(rb"""<c r="([A-Z]{1,3})(\d{1,7})\"""")
_UNUSUAL_CELL = compile_lazily(rb"<(?:\w+:c\b|c[^\w ])")
#: Definitions of entities, with which a short text becomes a huge one. Office programs write none.
_DEFINITION = compile_lazily(rb"<!\s*(?:DOCTYPE|ENTITY)")
_OTHER_ENCODING = compile_lazily(rb"""\A\s*<\?xml[^>]*encoding\s*=\s*["'](?!utf-8["']|us-ascii["'])""", re.IGNORECASE)
_WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<")
_XML_ENDINGS = (".xml", ".rels", ".vml")
_CHUNK = 1024 * 1024


def check_archive(data: bytes) -> None:
    """Raise UnreadableTrackerError if an office file is encrypted, damaged, or unpacks to more than there should be.

    All parts are unpacked once, so that none is larger than the archive says.
    """
    if data.startswith(COMPOUND_FILE_MARK):
        raise UnreadableTrackerError(
            "it has an older format; save it as .docx" if is_compound_file(data) else ENCRYPTED
        )
    if not data.startswith(b"PK") and data.lstrip()[:1] == b"<":
        raise UnreadableTrackerError("it is a web page under another name; open it in its program, and save it again")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            _check_members(members)
            for member in members:
                _check_member(archive, member)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, ValueError, OSError) as error:
        raise UnreadableTrackerError("it is damaged; open it in its program, and save it again") from error


def is_compound_file(data: bytes) -> bool:
    """Whether a file has the format of older office programs, and is no encrypted file of a newer one."""
    return data.startswith(COMPOUND_FILE_MARK) and _ENCRYPTED_PACKAGE not in data


def _check_members(members: list[zipfile.ZipInfo]) -> None:
    if any(member.flag_bits & 1 for member in members):
        raise UnreadableTrackerError(ENCRYPTED)
    if any(re.fullmatch(r"xl/worksheets/[^/]+\.bin", member.filename) for member in members):
        raise UnreadableTrackerError("it is a binary workbook; save it as .xlsx")
    is_bomb = any(
        member.file_size > _LARGE and member.file_size > _MAX_RATIO * max(member.compress_size, 1) for member in members
    )
    if is_bomb or len(members) > _MAX_MEMBERS or sum(member.file_size for member in members) > _MAX_UNPACKED:
        raise UnreadableTrackerError("it unpacks to far more than a tracker holds; save the table alone in a new file")


def _check_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> None:
    """Refuse what a part must not have: definitions of entities, encrypted content, and cells far from each other.

    Cells far apart would fill the memory with what is between them.
    """
    is_xml = member.filename.lower().endswith(_XML_ENDINGS)
    is_manifest = member.filename == "META-INF/manifest.xml"
    extent = _Extent()
    for piece in _read_pieces(archive, member):
        if not is_xml:
            continue
        if _DEFINITION.search(piece):
            raise UnreadableTrackerError("it defines entities, which no office program does; save the table again")
        if is_manifest and b"encryption-data" in piece:
            raise UnreadableTrackerError(ENCRYPTED)
        extent.add(piece)
    row, column = extent.find_end()
    if row * column > MAX_AREA:
        raise UnreadableTrackerError(describe_far_cell(row, column))


class _Extent:
    """How far the cells of a sheet reach. A cell that does not say where it is belongs to the row around it."""

    def __init__(self) -> None:
        self._row = self._column = self._last_row = 0
        self._has_unplaced = False

    def add(self, piece: bytes) -> None:
        """Add the cells in a piece of a sheet.

        Nearly all programs write all cells alike, which is quick to read; empty cells far away are rare.
        """
        usual = _USUAL_CELL.findall(piece)
        if len(usual) == piece.count(b"<c ") and not _UNUSUAL_CELL.search(piece):
            row = max((int(digits) for _, digits in usual), default=0)
            column = max(map(column_number, {letters for letters, _ in usual}), default=0)
            if max(self._row, row) * max(self._column, column) <= MAX_AREA:
                self._row, self._column = max(self._row, row), max(self._column, column)
                return
        self._add_carefully(piece)

    def _add_carefully(self, piece: bytes) -> None:
        for found in _CELL.findall(piece):
            letters, digits = (found[0], found[1]) if found[0] else (found[2], found[3])
            if not letters:
                self._has_unplaced = True
                continue
            self._row = max(self._row, int(digits))
            self._column = max(self._column, column_number(letters.upper()))
        for digits in _ROW.findall(piece):
            self._last_row = max(self._last_row, int(digits))

    def find_end(self) -> tuple[int, int]:
        """The last row and the last column, counted from 1."""
        return max(self._row, self._last_row) if self._has_unplaced else self._row, self._column


def describe_far_cell(row: int, column: int) -> str:
    """Why a sheet is refused whose cells lie so far apart that the space between them would fill the memory."""
    return (
        f"a cell lies far outside the table (row {row:,}, column {column:,}); "
        "delete the rows and columns around the table, and save it again"
    )


def _read_pieces(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Iterator[bytes]:
    """The bytes of a part, in pieces of which each begins with the last tag of the one before. Checks the encoding."""
    is_xml = member.filename.lower().endswith(_XML_ENDINGS)
    rest, is_start = b"", True
    with archive.open(member) as stream:
        while chunk := stream.read(_CHUNK):
            if is_xml and is_start and (chunk.startswith(_WIDE_MARKS) or _OTHER_ENCODING.match(chunk[:256])):
                raise UnreadableTrackerError("its encoding is unusual; open it in its program, and save it again")
            piece, is_start = rest + chunk, False
            yield piece
            rest = piece[piece.rfind(b"<") :] if is_xml else b""
            if len(rest) > _CHUNK:
                raise UnreadableTrackerError("a text in it is far too long; open it in its program, and save it again")


def column_number(letters: bytes) -> int:
    """The number of a column from 1, by its letters: 28 for AB."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
