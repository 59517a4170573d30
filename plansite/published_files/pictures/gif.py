"""GIF without its metadata."""

from __future__ import annotations

from plansite.published_files.errors import UnreadableContentError
from plansite.published_files.pictures.stripped import PictureParts, PictureReader, StrippedPicture

SIGNATURES = (b"GIF87a", b"GIF89a")
_EXTENSION, _IMAGE, _TRAILER = 0x21, 0x2C, 0x3B
_CONTROL, _COMMENT, _APPLICATION = 0xF9, 0xFE, 0xFF
#: Blocks of programs that say how often a moving picture is repeated.
_LOOPS = (b"NETSCAPE2.0", b"ANIMEXTS1.0")


def strip_gif(data: bytes) -> StrippedPicture:
    """A GIF picture without metadata. Raises UnreadableContentError."""
    reader, parts = PictureReader(data), PictureParts()
    header = reader.take(13)
    parts.keep(header + reader.take(_table_size(header[10])))
    has_picture = False
    while (kind := reader.take_number(1)) != _TRAILER:
        reader.count_part()
        if kind == _IMAGE:
            descriptor = reader.take(9)
            table = reader.take(_table_size(descriptor[8]) + 1)
            parts.keep(bytes((kind,)) + descriptor + table + _take_blocks(reader))
            has_picture = True
        elif kind == _EXTENSION:
            _sort_extension(reader.take_number(1), _take_blocks(reader), parts)
        else:
            raise UnreadableContentError("is damaged")
    if not has_picture:
        raise UnreadableContentError("has no picture in it")
    parts.drop_tail(reader.rest)
    parts.keep(bytes((_TRAILER,)))
    return parts.finish()


def _table_size(flags: int) -> int:
    """The bytes of the table of colours that the flags announce."""
    return 3 * 2 ** ((flags & 7) + 1) if flags & 0x80 else 0


def _take_blocks(reader: PictureReader) -> bytes:
    """Blocks of up to 255 bytes, each after its size, and the empty one that ends them."""
    start = reader.position
    while size := reader.take_number(1):
        reader.position += size
    if reader.position > len(reader.data):
        raise UnreadableContentError("is cut short")
    return reader.data[start : reader.position]


def _sort_extension(kind: int, blocks: bytes, parts: PictureParts) -> None:
    """Keep what belongs to the picture: how long a frame shows, and how often all are repeated."""
    is_time = kind == _CONTROL and len(blocks) == 6 and blocks[0] == 4
    is_loop = kind == _APPLICATION and blocks[1:12] in _LOOPS and len(blocks) == 17
    if is_time or is_loop:
        parts.keep(bytes((_EXTENSION, kind)) + blocks)
    else:
        words = "a comment" if kind == _COMMENT else "data of a program"
        parts.drop(words, has_place=kind == _APPLICATION)
