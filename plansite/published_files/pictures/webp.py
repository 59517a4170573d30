"""WebP without its metadata, moving pictures included."""

from __future__ import annotations

from collections.abc import Iterator

from plansite.published_files.errors import UnreadableContentError
from plansite.published_files.pictures.exif import TURNED, build_exif, names_place, read_exif
from plansite.published_files.pictures.stripped import PictureParts, PictureReader, StrippedPicture, is_colour_profile

_PICTURES = frozenset({b"VP8 ", b"VP8L", b"ALPH"})
_PROFILE, _EXIF, _XMP = 0x20, 0x08, 0x04


def is_webp(data: bytes) -> bool:
    """Whether the data begin as WebP does."""
    return data[:4] == b"RIFF" and data[8:12] == b"WEBP"


def strip_webp(data: bytes) -> StrippedPicture:
    """A WebP picture without metadata. Raises UnreadableContentError."""
    end = 8 + int.from_bytes(data[4:8], "little")
    if end > len(data):
        raise UnreadableContentError("is cut short")
    parts, kept = PictureParts(), list[tuple[bytes, bytes]]()
    reader = PictureReader(data[:end], 12)
    for kind, content in _read_chunks(reader):
        kept.extend(_sort_chunk(kind, content, parts, kept))
    parts.drop_tail(data[end:])
    kinds = [kind for kind, _ in kept]
    if not {b"VP8 ", b"VP8L", b"ANMF"}.intersection(kinds) or kinds.count(b"VP8X") > 1:
        raise UnreadableContentError("has no picture in it")
    if parts.orientation in TURNED and kinds[0] == b"VP8X":
        kept.append((b"EXIF", build_exif(parts.orientation)))
    body = b"WEBP" + b"".join(_format(*each) for each in _set_flags(kept))
    return parts.finish(b"RIFF" + len(body).to_bytes(4, "little") + body)


def _read_chunks(reader: PictureReader) -> Iterator[tuple[bytes, bytes]]:
    while reader.position < len(reader.data):
        reader.count_part()
        kind = reader.take(4)
        content = reader.take(reader.take_number(4, "little"))
        if len(content) % 2 and reader.position < len(reader.data):
            reader.take(1)
        yield kind, content


def _format(kind: bytes, content: bytes) -> bytes:
    return kind + len(content).to_bytes(4, "little") + content + b"\0" * (len(content) % 2)


def _sort_chunk(
    kind: bytes, content: bytes, parts: PictureParts, kept: list[tuple[bytes, bytes]]
) -> Iterator[tuple[bytes, bytes]]:
    """The chunk itself, reduced to what belongs to the picture; nothing where it is metadata, which is noted."""
    if kind == b"VP8X":
        if kept or len(content) != 10:
            raise UnreadableContentError("is damaged")
        yield kind, content
    elif kind in _PICTURES:
        yield kind, content
    elif kind == b"ANIM":
        yield kind, content[:6]
    elif kind == b"ANMF":
        yield kind, _reduce_frame(content, parts)
    elif kind == b"ICCP" and is_colour_profile(content):
        yield kind, content
    elif kind == b"EXIF":
        facts = read_exif(content.removeprefix(b"Exif\0\0"))
        parts.orientation = facts.orientation
        parts.drop("EXIF", has_place=facts.has_place)
    elif kind == b"XMP ":
        parts.drop("XMP", has_place=names_place(content))
    else:
        parts.drop("data of a program")


def _reduce_frame(content: bytes, parts: PictureParts) -> bytes:
    """A frame of a moving picture without chunks that are not part of it."""
    if len(content) < 16:
        raise UnreadableContentError("is damaged")
    frame = [content[:16]]
    for kind, chunk in _read_chunks(PictureReader(content, 16)):
        if kind in _PICTURES:
            frame.append(_format(kind, chunk))
        else:
            parts.drop("data of a program")
    return b"".join(frame)


def _set_flags(kept: list[tuple[bytes, bytes]]) -> Iterator[tuple[bytes, bytes]]:
    """The chunks, where the first says which others there are."""
    kinds = {kind for kind, _ in kept}
    for kind, content in kept:
        if kind == b"VP8X":
            flags = content[0] & ~(_PROFILE | _EXIF | _XMP)
            flags |= (_PROFILE if b"ICCP" in kinds else 0) | (_EXIF if b"EXIF" in kinds else 0)
            yield kind, bytes((flags,)) + content[1:]
        else:
            yield kind, content
