"""HTTP responses, and how they are sent."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterator
from dataclasses import field
from http import HTTPStatus
from pathlib import PurePosixPath
from typing import BinaryIO

from plansite.deferred_dataclass import dataclass
from plansite.file_access import FileInFolder
from plansite.publish.headers import Header, preview_headers

_BLOCK_SIZE = 64 * 1024
_TEXT_TYPES = {
    ".html": "text/html",
    ".css": "text/css",
    ".js": "text/javascript",
    ".json": "application/json",
    ".csv": "text/csv",
    ".txt": "text/plain",
    ".ics": "text/calendar",
    ".xml": "application/xml",
    ".atom": "application/atom+xml",
    ".svg": "image/svg+xml",
    ".webmanifest": "application/manifest+json",
}
_BINARY_TYPES = {
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".webp": "image/webp",
    ".gif": "image/gif",
    ".ico": "image/x-icon",
    ".woff2": "font/woff2",
    ".pdf": "application/pdf",
    ".zip": "application/zip",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ".odt": "application/vnd.oasis.opendocument.text",
    ".ods": "application/vnd.oasis.opendocument.spreadsheet",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class HttpResponse:
    """A response. `content` is its body, or the path of a file with it; `security` are its security headers."""

    status: int = 200
    content_type: str = "text/plain; charset=utf-8"
    content: bytes | FileInFolder = b""
    headers: tuple[Header, ...] = ()
    security: tuple[Header, ...] = field(default_factory=preview_headers)

    def format_head(self, length: int | None) -> bytes:
        """The status line and headers, with `Content-Length` unless it is a stream. Browsers must not cache it."""
        lines = [f"HTTP/1.1 {self.status} {HTTPStatus(self.status).phrase}", f"Content-Type: {self.content_type}"]
        if length is not None:
            lines.append(f"Content-Length: {length}")
        lines += ["Cache-Control: no-store", "Connection: close"]
        lines += [f"{name}: {value}" for name, value in (*self.security, *self.headers)]
        return "".join(f"{line}\r\n" for line in (*lines, "")).encode("ascii")


def text_response(status: int, text: str, *headers: Header) -> HttpResponse:
    """A response with one line of plain text."""
    return HttpResponse(status=status, content=f"{text}\n".encode(), headers=headers)


def guess_content_type(path: str) -> str:
    """The content type for a file name's suffix."""
    suffix = PurePosixPath(path).suffix.lower()
    if suffix in _TEXT_TYPES:
        return f"{_TEXT_TYPES[suffix]}; charset=utf-8"
    return _BINARY_TYPES.get(suffix, "application/octet-stream")


async def send_response(writer: asyncio.StreamWriter, response: HttpResponse, *, with_body: bool) -> None:
    """Send a response in blocks, so that a slow client does not fill the memory. Raises OSError."""
    if isinstance(response.content, FileInFolder):
        await _send_file(writer, response, response.content, with_body=with_body)
        return
    writer.write(response.format_head(len(response.content)))
    for start in range(0, len(response.content) if with_body else 0, _BLOCK_SIZE):
        writer.write(response.content[start : start + _BLOCK_SIZE])
        await writer.drain()
    await writer.drain()


async def _send_file(
    writer: asyncio.StreamWriter, response: HttpResponse, source: FileInFolder, *, with_body: bool
) -> None:
    """Send a file. Since the build it may have been removed, or replaced by a pipe that would block for ever."""
    try:
        file = source.open()
    except OSError:
        await send_response(
            writer, text_response(404, "This file was deleted after the site was built."), with_body=with_body
        )
        return
    with file:
        size = os.fstat(file.fileno()).st_size
        writer.write(response.format_head(size))
        for block in _read_blocks(file, size if with_body else 0):
            writer.write(block)
            await writer.drain()


def _read_blocks(file: BinaryIO, length: int) -> Iterator[bytes]:
    """The bytes of a file in blocks, up to `length`, which the header has announced."""
    while length > 0 and (block := file.read(min(_BLOCK_SIZE, length))):
        length -= len(block)
        yield block
