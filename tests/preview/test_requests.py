"""Bytes to requests."""

from __future__ import annotations

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plansite.preview.requests import MAX_LINE_LENGTH, BadRequestError, HttpRequest, build_request, read_request

HOST = [("host", "localhost")]


def read(data: bytes) -> HttpRequest | None:
    """What is read from these bytes when nothing follows them."""

    async def run() -> HttpRequest | None:
        reader = asyncio.StreamReader(limit=MAX_LINE_LENGTH)
        reader.feed_data(data)
        reader.feed_eof()
        return await read_request(reader)

    return asyncio.run(run())


def status(data: bytes) -> int:
    """The code that these bytes are refused with."""
    with pytest.raises(BadRequestError) as caught:
        read(data)
    return caught.value.status


def path(target: str) -> str:
    """The path that a target means."""
    return build_request("GET", target, HOST).path


def test_a_plain_request_is_read() -> None:
    """Method, host, path, query and header lines come out; names of header lines are lower case."""
    request = read(b"GET /a%20b/?q=1&r=%2F HTTP/1.1\r\nHost: localhost:1\r\nX-Thing:  some words \r\n\r\n")
    assert request == HttpRequest(
        method="GET",
        hosts=("localhost:1",),
        path="/a b/",
        query="q=1&r=%2F",
        headers={"host": "localhost:1", "x-thing": "some words"},
    )


@pytest.mark.parametrize("data", [b"", b"GET", b"GET / HTTP/1.1\r\nHost: a\r\n", b"GET / HTTP/1.1\r\nHost: a"])
def test_leaving_early_is_no_request(data: bytes) -> None:
    """Where the other side leaves before it has asked, there is nothing to answer."""
    assert read(data) is None


@pytest.mark.parametrize(
    "data",
    [
        b"\r\n\r\n",
        b"GET\r\n\r\n",
        b"GET /\r\n\r\n",
        b"GET / HTTP/2.0\r\nHost: a\r\n\r\n",
        b"GET  / HTTP/1.1\r\nHost: a\r\n\r\n",
        b"GET / HTTP/1.1 \r\nHost: a\r\n\r\n",
        b"G\x00T / HTTP/1.1\r\nHost: a\r\n\r\n",
        b"GET /\x00 HTTP/1.1\r\nHost: a\r\n\r\n",
        b"GET /\xff HTTP/1.1\r\nHost: a\r\n\r\n",
        b"GET / HTTP/1.1\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: a\r\nOrigin: http://a\r\nOrigin: http://b\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost : a\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: a\r\n folded\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: a\r\nno colon\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: a\rb\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: a\x00b\r\n\r\n",
        b"GET a HTTP/1.1\r\nHost: a\r\n\r\n",
        b"GET * HTTP/1.1\r\nHost: a\r\n\r\n",
        b"GET https://a/ HTTP/1.1\r\nHost: a\r\n\r\n",
        b"GET file:///etc/passwd HTTP/1.1\r\nHost: a\r\n\r\n",
        b"CONNECT a:80 HTTP/1.1\r\nHost: a\r\n\r\n",
        b"GET /%zz HTTP/1.1\r\nHost: a\r\n\r\n",
        b"GET /% HTTP/1.1\r\nHost: a\r\n\r\n",
        b"GET /%ff HTTP/1.1\r\nHost: a\r\n\r\n",
        b"GET /%c0%af HTTP/1.1\r\nHost: a\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\n\r\n\r\n",
    ],
)
def test_what_is_no_plain_request_is_refused(data: bytes) -> None:
    """Broken lines, hosts named twice or not at all, other schemes, broken escapes, other protocols."""
    assert status(data) == 400


def test_too_much_is_refused() -> None:
    """An endless first line, an endless header line, and endless header lines each have their own code."""
    long = b"a" * (MAX_LINE_LENGTH + 1)
    assert status(b"GET /" + long + b" HTTP/1.1\r\nHost: a\r\n\r\n") == 414
    assert status(b"GET / HTTP/1.1\r\nHost: " + long + b"\r\n\r\n") == 431
    assert status(b"GET / HTTP/1.1\r\n" + b"A: b\r\n" * 1000 + b"\r\n") == 431


def test_escapes_are_undone_once() -> None:
    """A path that was escaped twice stays escaped once, so that it cannot mean another."""
    assert path("/%2e%2e/") == "/../"
    assert path("/%252e%252e/") == "/%2e%2e/"
    assert path("/%C3%A9") == "/é"
    assert path("/a+b") == "/a+b"


def test_a_whole_address_names_its_host_too() -> None:
    """A target with a host in it is asked for under both names, so that both are looked at."""
    request = build_request("GET", "http://evil.example/a?b", HOST)
    assert (request.hosts, request.path, request.query) == (("localhost", "evil.example"), "/a", "b")
    assert build_request("GET", "http://localhost", HOST).path == "/"
    assert build_request("GET", "http://localhost?a", HOST).query == "a"
    assert build_request("GET", "http:///etc/passwd", HOST).hosts == ("localhost", "-")


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    """No bytes whatever raise anything but a refusal."""
    try:
        request = read(data + b"\r\n\r\n")
    except BadRequestError as refused:
        assert refused.status in {400, 414, 431}
    else:
        assert request is None or request.path.startswith("/")


@given(st.text(st.characters(min_codepoint=33, max_codepoint=126), max_size=60))
def test_any_target_means_a_path_or_nothing(target: str) -> None:
    """Whatever a target says, the path begins with a slash."""
    try:
        assert path(target).startswith("/")
    except BadRequestError as refused:
        assert refused.status == 400
