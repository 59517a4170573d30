"""Parses HTTP/1 requests without bodies, strictly and with limits.

h11 and http.server are not used: docs/dependencies.md has the reasons.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping
from urllib.parse import unquote_to_bytes

from plansite.deferred_dataclass import dataclass
from plansite.deferred_pattern import compile_lazily

MAX_LINE_LENGTH = 8 * 1024
MAX_HEADERS = 64
_REQUEST_LINE = compile_lazily(r"([!#$%&'*+.^_`|~0-9A-Za-z-]+) ([!-~]+) HTTP/1\.[01]")
_HEADER = compile_lazily(r"([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*([\t -~\x80-\xff]*)")
_ESCAPES = compile_lazily(r"(?:[^%]|%[0-9A-Fa-f]{2})*")
_ABSOLUTE = compile_lazily(r"http://([^/?#]*)([/?].*)?", re.IGNORECASE)


class BadRequestError(Exception):
    """The bytes are not a request that is supported; `status` is the status code of the response."""

    def __init__(self, status: int, message: str) -> None:
        """`message` is the text of the response."""
        self.status = status
        super().__init__(message)


@dataclass(frozen=True, slots=True, kw_only=True)
class HttpRequest:
    """A parsed request. `hosts` are those of the `Host` header and the target; `path` is percent-decoded once.

    Names in `headers` are lower case.
    """

    method: str
    hosts: tuple[str, ...]
    path: str
    query: str
    headers: Mapping[str, str]


async def read_request(reader: asyncio.StreamReader) -> HttpRequest | None:
    """One request without its body; None where the connection ends before it is complete. Raises BadRequestError."""
    request_line = await _read_line(reader, 414)
    if request_line is None:
        return None
    method, target = _parse_request_line(request_line)
    headers: list[tuple[str, str]] = []
    while line := await _read_line(reader, 431):
        if len(headers) == MAX_HEADERS:
            raise BadRequestError(431, "There are too many header lines.")
        headers.append(_parse_header(line))
    return None if line is None else build_request(method, target, headers)


def build_request(method: str, target: str, headers: list[tuple[str, str]]) -> HttpRequest:
    """The request of a method, a target and headers as pairs of name and value. Raises BadRequestError."""
    hosts = [value for name, value in headers if name == "host"]
    if len(hosts) != 1 or sum(name == "origin" for name, _ in headers) > 1:
        raise BadRequestError(400, "A request must name one host, and at most one origin.")
    authority, path_and_query = _split_target(target)
    path, _, query = path_and_query.partition("?")
    return HttpRequest(
        method=method,
        hosts=(hosts[0], authority) if authority else (hosts[0],),
        path=_decode_path(path),
        query=query,
        headers=dict(headers),
    )


async def _read_line(reader: asyncio.StreamReader, too_long_status: int) -> str | None:
    """One line without its end; None where the connection ends first. Raises BadRequestError with `too_long_status`."""
    try:
        line = await reader.readline()
    except ValueError:  # raised by StreamReader for a line longer than its limit
        raise BadRequestError(too_long_status, "A line is too long.") from None
    if not line.endswith(b"\n"):
        return None
    return line.removesuffix(b"\n").removesuffix(b"\r").decode("latin-1")


def _parse_request_line(line: str) -> tuple[str, str]:
    """The method and target of a request line."""
    match = _REQUEST_LINE.fullmatch(line)
    if match is None:
        raise BadRequestError(400, "This is not a request of HTTP/1.1.")
    return match[1], match[2]


def _parse_header(line: str) -> tuple[str, str]:
    """The name, in lower case, and the value of a header line."""
    match = _HEADER.fullmatch(line)
    if match is None:
        raise BadRequestError(400, "A header line cannot be read.")
    return match[1].lower(), match[2].strip(" \t")


def _split_target(target: str) -> tuple[str, str]:
    """The host of an absolute target, else empty; and the path with its query."""
    if target.startswith("/"):
        return "", target
    match = _ABSOLUTE.fullmatch(target)
    if match is None:
        raise BadRequestError(400, "The address cannot be read.")
    path = match[2] or "/"
    return match[1] or "-", path if path.startswith("/") else f"/{path}"


def _decode_path(path: str) -> str:
    """A path, percent-decoded once. What looks like an escape afterwards is part of a name."""
    if not _ESCAPES.fullmatch(path):
        raise BadRequestError(400, "The address has a broken escape.")
    try:
        return unquote_to_bytes(path).decode("utf-8")
    except UnicodeDecodeError:
        raise BadRequestError(400, "The address is not in UTF-8.") from None
