"""Bytes from a browser, or from anybody, to a request; all that is not a plain one is refused by name."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import unquote_to_bytes

LONGEST_LINE = 8 * 1024
MOST_FIELDS = 64
_REQUEST_LINE = re.compile(r"([!#$%&'*+.^_`|~0-9A-Za-z-]+) ([!-~]+) HTTP/1\.[01]")
_FIELD = re.compile(r"([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*([\t -~\x80-\xff]*)")
_ESCAPES = re.compile(r"(?:[^%]|%[0-9A-Fa-f]{2})*")
_ABSOLUTE = re.compile(r"http://([^/?#]*)([/?].*)?", re.IGNORECASE)


class BadRequestError(Exception):
    """The bytes are no request that is answered; `status` is the code to say so with."""

    def __init__(self, status: int, message: str) -> None:
        """`message` is for the person who sent them."""
        self.status = status
        super().__init__(message)


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What was asked for, and under which host names. `path` is decoded once; names in `fields` are lower case."""

    method: str
    hosts: tuple[str, ...]
    path: str
    query: str
    fields: Mapping[str, str]


async def read_request(reader: asyncio.StreamReader) -> Request | None:
    """One request, without its body; None where the other side left. Raises BadRequestError."""
    first = await _line(reader, 414)
    if first is None:
        return None
    method, target = _asked_for(first)
    fields: list[tuple[str, str]] = []
    while line := await _line(reader, 431):
        if len(fields) == MOST_FIELDS:
            raise BadRequestError(431, "There are too many header lines.")
        fields.append(_field(line))
    return None if line is None else request_of(method, target, fields)


def request_of(method: str, target: str, fields: list[tuple[str, str]]) -> Request:
    """The request that a method, a target and header lines make. Raises BadRequestError."""
    named = [value for name, value in fields if name == "host"]
    if len(named) != 1 or sum(name == "origin" for name, _ in fields) > 1:
        raise BadRequestError(400, "A request names one host, and one origin at most.")
    authority, whole_path = _taken_apart(target)
    path, _, query = whole_path.partition("?")
    return Request(
        method=method,
        hosts=(named[0], authority) if authority else (named[0],),
        path=_decoded(path),
        query=query,
        fields=dict(fields),
    )


async def _line(reader: asyncio.StreamReader, too_long: int) -> str | None:
    """One line without its end; None where the other side left before it was whole."""
    try:
        line = await reader.readline()
    except ValueError:  # the reader's way to say that its limit was passed
        raise BadRequestError(too_long, "A line is too long.") from None
    if not line.endswith(b"\n"):
        return None
    return line.removesuffix(b"\n").removesuffix(b"\r").decode("latin-1")


def _asked_for(line: str) -> tuple[str, str]:
    """The method and target of a first line."""
    parts = _REQUEST_LINE.fullmatch(line)
    if parts is None:
        raise BadRequestError(400, "This is not a request of HTTP/1.1.")
    return parts[1], parts[2]


def _field(line: str) -> tuple[str, str]:
    parts = _FIELD.fullmatch(line)
    if parts is None:
        raise BadRequestError(400, "A header line cannot be read.")
    return parts[1].lower(), parts[2].strip(" \t")


def _taken_apart(target: str) -> tuple[str, str]:
    """The host, where the target names one, and the path with its query."""
    if target.startswith("/"):
        return "", target
    parts = _ABSOLUTE.fullmatch(target)
    if parts is None:
        raise BadRequestError(400, "The address cannot be read.")
    rest = parts[2] or "/"
    return parts[1] or "-", rest if rest.startswith("/") else f"/{rest}"


def _decoded(path: str) -> str:
    """A path with its escapes undone, once. What then still looks like an escape is part of a name."""
    if not _ESCAPES.fullmatch(path):
        raise BadRequestError(400, "The address has a broken escape.")
    try:
        return unquote_to_bytes(path).decode("utf-8")
    except UnicodeDecodeError:
        raise BadRequestError(400, "The address is not in UTF-8.") from None
