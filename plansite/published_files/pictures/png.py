"""PNG without its metadata, moving pictures (APNG) included."""

from __future__ import annotations

import zlib

from plansite.published_files.errors import UnreadableContentError
from plansite.published_files.pictures.exif import TURNED, build_exif, read_exif
from plansite.published_files.pictures.stripped import PictureParts, PictureReader, StrippedPicture, is_colour_profile

SIGNATURE = b"\x89PNG\r\n\x1a\n"
#: Chunks that are kept, with the largest size that each may have; None for those with the picture in them.
_SIZES = {
    b"IHDR": 13,
    b"PLTE": 768,
    b"IDAT": None,
    b"tRNS": 256,
    b"cHRM": 32,
    b"gAMA": 4,
    b"sBIT": 4,
    b"sRGB": 1,
    b"cICP": 4,
    b"mDCV": 24,
    b"cLLI": 8,
    b"bKGD": 6,
    b"hIST": 512,
    b"pHYs": 9,
    b"acTL": 8,
    b"fcTL": 26,
    b"fdAT": None,
}
_MAX_PROFILE = 4 * 1024 * 1024
_TEXTS = frozenset({b"tEXt", b"zTXt", b"iTXt"})


def strip_png(data: bytes) -> StrippedPicture:
    """A PNG picture without metadata. Raises UnreadableContentError."""
    reader, parts = PictureReader(data, len(SIGNATURE)), PictureParts()
    parts.keep(SIGNATURE)
    has_picture = False
    kind, content = _read_chunk(reader)
    if kind != b"IHDR" or len(content) != 13:
        raise UnreadableContentError("is damaged")
    while kind != b"IEND":
        has_picture = has_picture or kind == b"IDAT"
        _sort_chunk(kind, content, parts)
        kind, content = _read_chunk(reader)
    if content or not has_picture:
        raise UnreadableContentError("has no picture in it")
    parts.drop_tail(reader.rest)
    if parts.orientation in TURNED:
        parts.keep(_format(b"eXIf", build_exif(parts.orientation)))
    parts.keep(_format(b"IEND", b""))
    return parts.finish()


def _read_chunk(reader: PictureReader) -> tuple[bytes, bytes]:
    reader.count_part()
    size = reader.take_number(4)
    kind = reader.take(4)
    content = reader.take(size)
    if reader.take_number(4) != zlib.crc32(kind + content):
        raise UnreadableContentError("is damaged")
    return kind, content


def _format(kind: bytes, content: bytes) -> bytes:
    return len(content).to_bytes(4, "big") + kind + content + zlib.crc32(kind + content).to_bytes(4, "big")


def _sort_chunk(kind: bytes, content: bytes, parts: PictureParts) -> None:
    """Keep a chunk of the picture, or note what it is."""
    if kind in _SIZES:
        size = _SIZES[kind]
        if size is None or len(content) <= size:
            parts.keep(_format(kind, content))
            return
    if kind == b"iCCP" and (profile := _reduce_profile(content)):
        parts.keep(_format(kind, profile))
    elif kind == b"eXIf":
        facts = read_exif(content)
        parts.orientation = facts.orientation
        parts.drop("EXIF", has_place=facts.has_place)
    elif kind in _TEXTS:
        parts.drop("words", has_place=True)  # they may be XMP, and may be compressed
    elif kind[0] & 0x20:  # not needed to show the picture
        parts.drop("data of a program")
    else:
        raise UnreadableContentError("is of a kind that is not understood")


def _reduce_profile(content: bytes) -> bytes:
    """A colour profile under a name of ours; empty where it is not one whole profile."""
    method, packed = content.partition(b"\0")[2][:1], content.partition(b"\0")[2][1:]
    unpacker = zlib.decompressobj()
    try:
        profile = unpacker.decompress(packed, _MAX_PROFILE)
    except zlib.error:
        return b""
    is_whole = unpacker.eof and not unpacker.unused_data and method == b"\0" and is_colour_profile(profile)
    return b"ICC profile\0\0" + packed if is_whole else b""
