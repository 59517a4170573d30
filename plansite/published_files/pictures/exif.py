"""EXIF: which way up a picture is, whether it says where it was taken, and a minimal one that has the first alone."""

from __future__ import annotations

import struct
from typing import NamedTuple

_ORIENTATION, _GPS = 0x0112, 0x8825
_SHORT, _LONG = 3, 4
_MAX_ENTRIES = 1_000
#: Names by which XMP says where a picture was taken.
_PLACE_NAMES = (b"GPS", b"photoshop:City", b"photoshop:Country", b"photoshop:State", b"Location")
#: The turns that differ from upright.
TURNED = range(2, 9)


class ExifFacts(NamedTuple):
    """The orientation as EXIF numbers it, 1 for upright, and whether there may be a place."""

    orientation: int
    has_place: bool


def read_exif(tiff: bytes) -> ExifFacts:
    """The facts of the first directory of EXIF data. What cannot be read may hold a place, and counts as upright."""
    order = {b"II*\0": "<", b"MM\0*": ">"}.get(tiff[:4])
    if order is None:
        return ExifFacts(1, bool(tiff.strip(b"\0")))
    try:
        (offset,) = struct.unpack_from(f"{order}I", tiff, 4)
        (count,) = struct.unpack_from(f"{order}H", tiff, offset)
        orientation, has_place = 1, count > _MAX_ENTRIES
        for number in range(min(count, _MAX_ENTRIES)):
            tag, kind, _ = struct.unpack_from(f"{order}HHI", tiff, offset + 2 + 12 * number)
            if tag == _ORIENTATION and kind in (_SHORT, _LONG):
                (orientation,) = struct.unpack_from(
                    f"{order}{'H' if kind == _SHORT else 'I'}", tiff, offset + 10 + 12 * number
                )
            has_place = has_place or tag == _GPS
    except struct.error:
        return ExifFacts(1, True)
    return ExifFacts(orientation if orientation in TURNED else 1, has_place)


def build_exif(orientation: int) -> bytes:
    """EXIF data that say nothing but the orientation."""
    return struct.pack(">2sHIHHHIHHI", b"MM", 42, 8, 1, _ORIENTATION, _SHORT, 1, orientation, 0, 0)


def names_place(xmp: bytes) -> bool:
    """Whether XMP or IPTC data may say where a picture was taken. Compressed data may."""
    return any(name in xmp for name in _PLACE_NAMES)
