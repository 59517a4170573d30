"""Pictures with everything that a camera or a program may put into them, made with Pillow, which knows the formats."""

from __future__ import annotations

import functools
import io
import warnings
from typing import Any

from PIL import Image, ImageCms, PngImagePlugin

#: Stands wherever metadata can.
CANARY = b"CANARY-7f3a91"
_TEXT = CANARY.decode()
#: EXIF tags: description, make, model, orientation, artist, copyright.
_TAGS = {0x010E: _TEXT, 0x010F: _TEXT, 0x0110: _TEXT, 0x013B: _TEXT, 0x8298: _TEXT}
_XMP = b"<x:xmpmeta><exif:GPSLatitude>51,30N</exif:GPSLatitude>" + CANARY + b"</x:xmpmeta>"
FORMATS = ("JPEG", "PNG", "WEBP", "GIF")


def exif(orientation: int = 1, *, place: bool = True) -> bytes:
    """EXIF data with the canary in texts, in the serial number, and in the directory of the place."""
    data = Image.Exif()
    for tag, text in _TAGS.items():
        data[tag] = text
    data[0x0112] = orientation
    data.get_ifd(0x8769)[0xA431] = _TEXT
    if place:
        gps = data.get_ifd(0x8825)
        gps[1], gps[2], gps[29] = "N", (51.0, 30.0, 0.0), _TEXT
    return data.tobytes()


@functools.cache  # it has the second in it at which it is made
def profile() -> bytes:
    """A colour profile."""
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def picture(mode: str = "RGB", size: tuple[int, int] = (37, 23)) -> Image.Image:
    """A small picture with many colours."""
    image = Image.new("RGB", size)
    image.putdata([((x * 7) % 256, (x * 13) % 256, (x * 29) % 256) for x in range(size[0] * size[1])])
    return image.convert(mode)


def save(image: Image.Image, kind: str, **options: Any) -> bytes:
    """The bytes of a picture of a kind."""
    buffer = io.BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


def laden(kind: str, orientation: int = 1, *, place: bool = True) -> bytes:
    """A picture with metadata of every sort that Pillow can write, and data after its end."""
    options: dict[str, Any] = {}
    if kind != "GIF":
        options |= {"exif": exif(orientation, place=place), "icc_profile": profile()}
    if kind in ("JPEG", "WEBP"):
        options |= {"xmp": _XMP, "quality": 80}
    if kind in ("JPEG", "GIF"):
        options["comment"] = CANARY
    if kind == "PNG":
        texts = PngImagePlugin.PngInfo()
        texts.add_text("Author", _TEXT)
        texts.add_text("Comment", _TEXT, zip=True)
        texts.add_itxt("XML:com.adobe.xmp", _XMP.decode())
        options["pnginfo"] = texts
    return save(picture("P" if kind == "GIF" else "RGB"), kind, **options) + b"ftypmp42" + CANARY


def pixels(data: bytes) -> list[tuple[Any, ...]]:
    """Each frame as it shows: mode, size, time, and bytes, as Pillow reads them. Raises what Pillow raises."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        image = Image.open(io.BytesIO(data))
        frames = []
        for number in range(getattr(image, "n_frames", 1)):
            image.seek(number)
            frame = image.convert("RGBA")
            frames.append((image.size, image.info.get("duration"), image.info.get("loop"), frame.tobytes()))
    return frames


def facts(data: bytes) -> dict[str, Any]:
    """What Pillow reads from a picture beside its pixels."""
    image = Image.open(io.BytesIO(data))
    image.load()
    found = {str(name): value for name, value in image.info.items() if name not in _HARMLESS}
    return found | {"exif": dict(image.getexif())}


#: How a picture is shown, and its colours.
_HARMLESS = frozenset(
    "jfif jfif_version jfif_unit jfif_density dpi icc_profile exif version background duration loop timestamp transparency "
    "adobe adobe_transform progressive progression extension srgb gamma chromaticity".split()
)
