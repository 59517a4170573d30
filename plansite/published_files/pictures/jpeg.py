"""JPEG without its metadata."""

from __future__ import annotations

from plansite.deferred_pattern import compile_lazily
from plansite.published_files.errors import UnreadableContentError
from plansite.published_files.pictures.exif import TURNED, build_exif, names_place, read_exif
from plansite.published_files.pictures.stripped import (
    PictureParts,
    PictureReader,
    StrippedPicture,
    is_colour_profile,
)

SIGNATURE = b"\xff\xd8\xff"
_SOI, _EOI, _SOS, _DHT, _DQT, _DRI, _DNL, _DAC, _COM = 0xD8, 0xD9, 0xDA, 0xC4, 0xDB, 0xDD, 0xDC, 0xCC, 0xFE
_APP0, _APP1, _APP2, _APP13, _APP14, _APP15 = 0xE0, 0xE1, 0xE2, 0xED, 0xEE, 0xEF
#: Frames: all of C0 to CF but the three that are tables or reserved.
_FRAMES = frozenset(range(0xC0, 0xD0)) - {_DHT, 0xC8, _DAC}
_EXIF, _ICC = b"Exif\0\0", b"ICC_PROFILE\0"
_XMP_NAMES = (b"http://ns.adobe.com/xap", b"http://ns.adobe.com/xmp")
#: What ends the data of a scan: a marker that is neither a stuffed byte nor a restart.
_MARKER = compile_lazily(rb"\xff[^\x00\xff\xd0-\xd7]")


def strip_jpeg(data: bytes) -> StrippedPicture:
    """A JPEG picture without metadata. Raises UnreadableContentError."""
    reader, parts = PictureReader(data, 2), PictureParts()
    body = PictureParts()
    profile: dict[int, bytes] = {}
    jfif, has_frame, has_scan = b"", False, False
    while (marker := _read_marker(reader)) != _EOI:
        segment = reader.take(_read_length(reader))
        if marker == _APP0:
            jfif = jfif or _reduce_jfif(segment, parts)
        elif marker == _APP14 and segment[:5] == b"Adobe" and len(segment) >= 12:
            body.keep(_format(marker, segment[:12]))
        elif _APP1 <= marker <= _APP15 or marker == _COM:
            _drop_segment(marker, segment, parts, profile)
        else:
            _check_segment(marker, segment)
            has_frame = has_frame or marker in _FRAMES
            body.keep(_format(marker, segment))
            if marker == _SOS:
                has_scan = True
                body.keep(_take_scan(reader))
    if not (has_frame and has_scan):
        raise UnreadableContentError("has no picture in it")
    parts.drop_tail(reader.rest)
    exif = [_format(_APP1, _EXIF + build_exif(parts.orientation))] if parts.orientation in TURNED else []
    kept = [data[:2], jfif, *exif, *_format_profile(profile, parts), *body.parts, b"\xff\xd9"]
    return parts.finish(b"".join(kept))


def _read_marker(reader: PictureReader) -> int:
    reader.count_part()
    if reader.take_number(1) != 0xFF:
        raise UnreadableContentError("is damaged")
    marker = 0xFF
    while marker == 0xFF:
        reader.count_part()
        marker = reader.take_number(1)
    if marker < 0xC0 or marker == _SOI or 0xD0 <= marker <= 0xD7 or marker > _COM:
        raise UnreadableContentError("is damaged")
    return marker


def _read_length(reader: PictureReader) -> int:
    length = reader.take_number(2) - 2
    if length < 0:
        raise UnreadableContentError("is damaged")
    return length


def _format(marker: int, segment: bytes) -> bytes:
    return bytes((0xFF, marker)) + (len(segment) + 2).to_bytes(2, "big") + segment


def _take_scan(reader: PictureReader) -> bytes:
    found = _MARKER.search(reader.data, reader.position)
    if found is None:
        raise UnreadableContentError("is cut short")
    return reader.take(found.start() - reader.position)


def _reduce_jfif(segment: bytes, parts: PictureParts) -> bytes:
    """The segment that every JFIF file begins with, without the small picture that it may hold."""
    if segment[:5] != b"JFIF\0" or len(segment) < 14:
        parts.drop("a small copy of it" if segment[:5] == b"JFXX\0" else "data of a program")
        return b""
    if len(segment) > 14:
        parts.drop("a small copy of it")
    return _format(_APP0, segment[:12] + b"\0\0")


def _drop_segment(marker: int, segment: bytes, parts: PictureParts, profile: dict[int, bytes]) -> None:
    """Note what a segment holds that is not kept. A part of a colour profile goes to `profile`, by its number."""
    if marker == _APP2 and segment.startswith(_ICC) and len(segment) > 14 and segment[12] not in profile:
        profile[segment[12]] = segment[14:]
    elif marker == _APP1 and segment.startswith(_EXIF):
        facts = read_exif(segment[len(_EXIF) :])
        parts.orientation = facts.orientation if parts.orientation == 1 else parts.orientation
        parts.drop("EXIF", has_place=facts.has_place)
    elif marker == _APP1 and segment.startswith(_XMP_NAMES):
        parts.drop("XMP", has_place=names_place(segment))
    elif marker == _APP13:
        parts.drop("IPTC", has_place=True)
    elif marker == _COM:
        parts.drop("a comment")
    else:
        parts.drop("data of a program", has_place=names_place(segment))


def _format_profile(profile: dict[int, bytes], parts: PictureParts) -> list[bytes]:
    """The colour profile in segments; none where it is not one whole profile."""
    numbers = sorted(profile)
    if not profile:
        return []
    if numbers != list(range(1, len(numbers) + 1)) or not is_colour_profile(
        b"".join(profile[each] for each in numbers)
    ):
        parts.drop("a damaged colour profile")
        return []
    count = bytes((len(numbers),))
    return [_format(_APP2, _ICC + bytes((number,)) + count + profile[number]) for number in numbers]


def _check_segment(marker: int, segment: bytes) -> None:
    """Raise UnreadableContentError unless the segment is as long as what it holds, so that nothing hides in it."""
    match marker:
        case 0xC4:
            is_whole = _is_whole_huffman(segment)
        case 0xDB:
            is_whole = _is_whole_quantisation(segment)
        case 0xDD:
            is_whole = len(segment) == 2
        case 0xDC:
            is_whole = len(segment) == 2
        case 0xCC:
            is_whole = len(segment) % 2 == 0 and len(segment) <= 64
        case 0xDA:
            is_whole = len(segment) >= 6 and len(segment) == 4 + 2 * segment[0]
        case _:
            is_whole = marker in _FRAMES and len(segment) >= 6 and len(segment) == 6 + 3 * segment[5]
    if not is_whole:
        raise UnreadableContentError("is damaged")


def _is_whole_huffman(segment: bytes) -> bool:
    position = 0
    while position + 17 <= len(segment):
        position += 17 + sum(segment[position + 1 : position + 17])
    return position == len(segment)


def _is_whole_quantisation(segment: bytes) -> bool:
    position = 0
    while position < len(segment):
        position += 129 if segment[position] >> 4 else 65
    return position == len(segment)
