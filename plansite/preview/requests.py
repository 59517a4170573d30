"""Bytes from a browser, or from anybody, to a request; all that is not a plain one is refused by name."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import unquote_to_bytes

MAX_LINE_LENGTH = 8 * 1024
MAX_HEADERS = 64
_REQUEST_LINE = re.compile(r"([!#$%&'*+.^_`|~0-9A-Za-z-]+) ([!-~]+) HTTP/1\.[01]")
_HEADER = re.compile(r"([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*([\t -~\x80-\xff]*)")
_ESCAPES = re.compile(r"(?:[^%]|%[0-9A-Fa-f]{2})*")
_ABSOLUTE = re.compile(r"http://([^/?#]*)([/?].*)?", re.IGNORECASE)


class BadRequestError(Exception):
    """The bytes are no request that is answered; `status` is the code to say so with."""

    def __init__(self, status: int, message: str) -> None:
        """`message` is for the person who sent them."""
        self.status = status
        super().__init__(message)


@dataclass(frozen=True, slots=True, kw_only=True)
class HttpRequest:
    """What was asked for, and under which host names. `path` is decoded once; names in `fields` are lower case."""

    method: str
    hosts: tuple[str, ...]
    path: str
    query: str
    headers: Mapping[str, str]


async def read_request(reader: asyncio.StreamReader) -> HttpRequest | None:
    """One request, without its body; None where the other side left. Raises BadRequestError."""
    first = await _read_line(reader, 414)
    if first is None:
        return None
    method, target = _parse_request_line(first)
    fields: list[tuple[str, str]] = []
    while line := await _read_line(reader, 431):
        if len(fields) == MAX_HEADERS:
            raise BadRequestError(431, "There are too many header lines.")
        fields.append(_parse_header(line))
    return None if line is None else build_request(method, target, fields)


def build_request(method: str, target: str, headers: list[tuple[str, str]]) -> HttpRequest:
    """The request that a method, a target and header lines make. Raises BadRequestError."""
    named = [value for name, value in headers if name == "host"]
    if len(named) != 1 or sum(name == "origin" for name, _ in headers) > 1:
        raise BadRequestError(400, "A request names one host, and one origin at most.")
    authority, whole_path = _split_target(target)
    path, _, query = whole_path.partition("?")
    return HttpRequest(
        method=method,
        hosts=(named[0], authority) if authority else (named[0],),
        path=_decode_path(path),
        query=query,
        headers=dict(headers),
    )


async def _read_line(reader: asyncio.StreamReader, too_long_status: int) -> str | None:
    """One line without its end; None where the other side left before it was whole."""
    try:
        line = await reader.readline()
    except ValueError:  # the reader's way to say that its limit was passed
        raise BadRequestError(too_long_status, "A line is too long.") from None
    if not line.endswith(b"\n"):
        return None
    return line.removesuffix(b"\n").removesuffix(b"\r").decode("latin-1")


def _parse_request_line(line: str) -> tuple[str, str]:
    """The method and target of a first line."""
    parts = _REQUEST_LINE.fullmatch(line)
    if parts is None:
        raise BadRequestError(400, "This is not a request of HTTP/1.1.")
    return parts[1], parts[2]


def _parse_header(line: str) -> tuple[str, str]:
    parts = _HEADER.fullmatch(line)
    if parts is None:
        raise BadRequestError(400, "A header line cannot be read.")
    return parts[1].lower(), parts[2].strip(" \t")


def _split_target(target: str) -> tuple[str, str]:
    """The host, where the target names one, and the path with its query."""
    if target.startswith("/"):
        return "", target
    parts = _ABSOLUTE.fullmatch(target)
    if parts is None:
        raise BadRequestError(400, "The address cannot be read.")
    rest = parts[2] or "/"
    return parts[1] or "-", rest if rest.startswith("/") else f"/{rest}"


def _decode_path(path: str) -> str:
    """A path with its escapes undone, once. What then still looks like an escape is part of a name."""
    if not _ESCAPES.fullmatch(path):
        raise BadRequestError(400, "The address has a broken escape.")
    try:
        return unquote_to_bytes(path).decode("utf-8")
    except UnicodeDecodeError:
        raise BadRequestError(400, "The address is not in UTF-8.") from None
