"""Strips a picture of any of the kinds that are published."""

from __future__ import annotations

from plansite.published_files.errors import UnreadableContentError
from plansite.published_files.pictures import gif, jpeg, png
from plansite.published_files.pictures.gif import strip_gif
from plansite.published_files.pictures.jpeg import strip_jpeg
from plansite.published_files.pictures.png import strip_png
from plansite.published_files.pictures.stripped import StrippedPicture
from plansite.published_files.pictures.webp import is_webp, strip_webp


def is_picture(data: bytes) -> bool:
    """Whether the data begin as one of these kinds of picture does."""
    return data.startswith((jpeg.SIGNATURE, png.SIGNATURE, *gif.SIGNATURES)) or is_webp(data)


def strip_picture(data: bytes) -> StrippedPicture:
    """A picture without its metadata: the same pixels, the same way up. Raises UnreadableContentError."""
    if data.startswith(jpeg.SIGNATURE):
        return strip_jpeg(data)
    if data.startswith(png.SIGNATURE):
        return strip_png(data)
    if data.startswith(gif.SIGNATURES):
        return strip_gif(data)
    if is_webp(data):
        return strip_webp(data)
    raise UnreadableContentError("is not a JPEG, PNG, WebP or GIF picture")
