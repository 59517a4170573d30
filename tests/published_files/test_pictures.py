"""Pictures without metadata: the same pixels, and nothing of what a camera or a program wrote beside them."""

from __future__ import annotations

import io
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from plansite.published_files.errors import UnreadableContentError
from plansite.published_files.inspect import inspect_file
from plansite.published_files.pictures.exif import build_exif, read_exif
from plansite.published_files.pictures.strip import strip_picture
from tests.examples import examples
from tests.published_files.pictures import CANARY, FORMATS, exif, facts, laden, picture, pixels, profile, save

_LADEN = {kind: laden(kind) for kind in FORMATS}


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("kind", FORMATS)
def test_only_the_picture_stays(kind: str, orientation: int) -> None:
    """Pixels, turn and colour profile are those of the original; no other byte of the metadata is left."""
    data = laden(kind, orientation)
    stripped = strip_picture(data)
    assert pixels(stripped.data) == pixels(data)
    assert CANARY not in stripped.data
    assert CANARY not in b"".join(_unpack(stripped.data))
    turned = {} if orientation == 1 or kind == "GIF" else {0x0112: orientation}
    assert facts(stripped.data) == {"exif": turned}
    if kind != "GIF":
        assert Image.open(io.BytesIO(stripped.data)).info["icc_profile"] == profile()


def _unpack(data: bytes) -> list[bytes]:
    """What each part of the data holds if it is compressed as in PNG."""
    found = []
    for position in range(len(data)):
        if data[position : position + 1] == b"x":
            try:
                found.append(zlib.decompressobj().decompress(data[position:]))
            except zlib.error:
                continue
    return found


@pytest.mark.parametrize("kind", FORMATS)
def test_stripping_twice_is_stripping_once(kind: str) -> None:
    """So a copy that is published again has the same bytes."""
    once = strip_picture(_LADEN[kind]).data
    assert strip_picture(once).data == once
    assert inspect_file(f"a.{kind}", once).is_clean


@pytest.mark.parametrize("kind", FORMATS)
def test_a_bare_picture_stays_as_it_is(kind: str) -> None:
    """Byte for byte, and nothing is reported."""
    data = save(picture("P" if kind == "GIF" else "RGB"), kind)
    assert strip_picture(data).data == data
    assert inspect_file("a", data) == inspect_file("b", data)
    assert not inspect_file("a", data).metadata


@pytest.mark.parametrize(
    ("kind", "mode"), [("PNG", "LA"), ("PNG", "I;16"), ("WEBP", "RGBA"), ("JPEG", "CMYK"), ("JPEG", "L")]
)
def test_other_colours(kind: str, mode: str) -> None:
    """Grey, transparent and four-colour pictures keep theirs."""
    data = save(picture("L").convert("I;16") if mode == "I;16" else picture(mode), kind) + CANARY
    assert pixels(strip_picture(data).data) == pixels(data)


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "GIF"])
def test_moving_pictures_move_on(kind: str) -> None:
    """All frames, their times, and how often they repeat."""
    frames = [picture().rotate(angle) for angle in (0, 90, 180)]
    options = {"save_all": True, "append_images": frames[1:], "duration": 120, "loop": 3}
    data = save(frames[0], kind, **options) + CANARY
    stripped = strip_picture(data)
    assert (len(pixels(data)), pixels(stripped.data)) == (3, pixels(data))
    assert CANARY not in stripped.data


def test_a_progressive_jpeg_with_a_second_picture() -> None:
    """Several scans stay; a picture behind the end goes, and may say where it was taken."""
    first = save(picture(), "JPEG", progressive=True)
    stripped = strip_picture(first + _LADEN["JPEG"])
    assert (stripped.data, stripped.has_place) == (first, True)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_place_is_told_from_other_metadata(kind: str) -> None:
    """A camera's name alone is no place."""
    plain = save(picture(), kind, exif=exif(6, place=False))
    placed = save(picture(), kind, exif=exif(6))
    assert (strip_picture(plain).has_place, strip_picture(placed).has_place) == (False, True)


def test_exif_that_cannot_be_read_may_hold_a_place() -> None:
    """So it is stripped for all readers; a minimal one says only the turn."""
    assert read_exif(b"II*\0\xff\xff\xff\xff").has_place
    assert read_exif(b"Ducky") == (1, True)
    assert read_exif(build_exif(8)) == (8, False)


@given(st.sampled_from(FORMATS), st.data())
@settings(max_examples=examples(1500))
def test_hostile_pictures_are_refused_or_stripped(kind: str, data: st.DataObject) -> None:
    """Whatever is changed: nothing but the one exception is raised, and what Pillow can show stays as it shows it."""
    changed = bytearray(_LADEN[kind] if data.draw(st.booleans()) else strip_picture(_LADEN[kind]).data)
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(changed) - 1))
        if data.draw(st.booleans()):
            changed[start] = data.draw(st.integers(0, 255))
        else:
            end = data.draw(st.integers(start, min(start + 40, len(changed))))
            changed[start:end] = data.draw(st.binary(max_size=40))
    try:
        stripped = strip_picture(bytes(changed)).data
    except UnreadableContentError:
        return
    shown = _try_pixels(bytes(changed))
    if shown is not None:
        assert _try_pixels(stripped) == shown
    assert strip_picture(stripped).data == stripped


def _try_pixels(data: bytes) -> object:
    try:
        return pixels(data)
    except Exception:  # whatever Pillow makes of it: there is nothing to compare with
        return None


@given(
    st.sampled_from(
        [b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF89a", b"RIFF\x40\0\0\0WEBP", b"PK\x03\x04", b"%PDF-1.4\n", b""]
    ),
    st.binary(max_size=300),
)
@settings(max_examples=examples(800))
def test_any_bytes_have_a_report(start: bytes, rest: bytes) -> None:
    """Looking into a file never raises."""
    assert inspect_file("evidence/a.jpg", start + rest).unreadable or start + rest


@pytest.mark.parametrize("kind", FORMATS)
def test_a_picture_that_is_cut_short_is_refused(kind: str) -> None:
    """At whatever byte: nobody knows what the rest was."""
    data = save(picture("P" if kind == "GIF" else "RGB"), kind)
    for end in range(12, len(data)):
        with pytest.raises(UnreadableContentError):
            strip_picture(data[:end])


def test_long_runs_take_no_long_time() -> None:
    """Bytes on which a careless search would go back again and again."""
    start = save(picture(), "JPEG")
    scan = start.index(b"\xff\xda")
    assert inspect_file("a.jpg", start[: scan + 14] + b"\xff" * 3_000_000).unreadable
    assert inspect_file("a.gif", b"GIF89a" + bytes(7) + b"\x21\xfe" + b"\x01a" * 1_000_000).unreadable
    assert inspect_file("a.png", start[:0] + b"\x89PNG\r\n\x1a\n" + bytes(3_000_000)).unreadable
