"""Whatever bytes a stranger sends to the real preview, the process lives and the next request is answered."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.preview.served import parsed
from tests.preview.strangers import Running

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("next_is_answered")]


def _filled(data: bytes, preview: Running) -> bytes:
    return data.replace(b"HOST", f"Host: {preview.authority}".encode())


_NO_REQUESTS = [
    b"",
    b"\n",
    b"\r\n",
    b"\r\r\r\r",
    b"\x00" * 5000 + b"\r\n\r\n",
    b"GET",
    b"GET /",
    b"GET / HTTP/1.1",
    b"GET / HTTP/1.1\rHOST\r\r",
    b"GET / HTTP/1.1\r\nHOST",
    b"GET / HTTP/1.1\r\nHOST\r\n",
    b"GET /\r\n\r\n",
    b"GET / HTTP/0.9\r\nHOST\r\n\r\n",
    b"GET / HTTP/1.2\r\nHOST\r\n\r\n",
    b"GET / HTTP/1.1.1\r\nHOST\r\n\r\n",
    b"GET / HTTP/2\r\nHOST\r\n\r\n",
    b"GET / http/1.1\r\nHOST\r\n\r\n",
    b"GET / HTTP/\xd9\xa1.\xd9\xa1\r\nHOST\r\n\r\n",
    b"GET / XTTP/1.1\r\nHOST\r\n\r\n",
    b"GET\t/\tHTTP/1.1\r\nHOST\r\n\r\n",
    b" GET / HTTP/1.1\r\nHOST\r\n\r\n",
    b"GET / extra HTTP/1.1\r\nHOST\r\n\r\n",
    b"GET /a b HTTP/1.1\r\nHOST\r\n\r\n",
    b"GET /\xff\xfe HTTP/1.1\r\nHOST\r\n\r\n",
    b"G\xc3\x89T / HTTP/1.1\r\nHOST\r\n\r\n",
    b"GET / HTTP/1.1\r\nHOST\r\nX\x00: a\r\n\r\n",
    b"GET / HTTP/1.1\r\nHOST\r\nX: a\x00b\r\n\r\n",
    b"GET / HTTP/1.1\r\nHOST\r\n: a\r\n\r\n",
    b"GET / HTTP/1.1\r\nHOST\r\nno colon\r\n\r\n",
    b"GET / HTTP/1.1\r\nHOST\r\nX : a\r\n\r\n",
    b"GET / HTTP/1.1\r\nHOST\r\n folded\r\n\r\n",
    b"GET / HTTP/1.1\r\n\tHOST\r\n\r\n",
    b"GET / HTTP/1.1\r\n\r\nHOST\r\n\r\n",
    b"GET / HTTP/1.0\r\n\r\n",
    b"GET / HTTP/1.1\r\nHOST\r\nHOST\r\n\r\n",
    b"GET / HTTP/1.1\r\nHOST\r\nhost: example.org\r\n\r\n",
    b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\x00\x00\x12\x04\x00\x00\x00\x00\x00",
    b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(range(256)) * 4 + b"\r\n\r\n",
    b"SSH-2.0-OpenSSH_9.2\r\n",
    b"\x00\x00\x00\x00\x00\x00\x00\x00",
    b"<policy-file-request/>\x00",
    b"GET http://HOST/ HTTP/1.1\r\n\r\n",
    b"CONNECT example.org:443 HTTP/1.1\r\nHOST\r\n\r\n",
    b"OPTIONS * HTTP/1.1\r\nHOST\r\n\r\n",
]


@pytest.mark.parametrize("data", _NO_REQUESTS, ids=lambda data: repr(data[:40]))
def test_what_is_no_request_is_refused(preview: Running, data: bytes) -> None:
    """Lines without an end, other versions and protocols, broken header lines: 400, or nothing at all."""
    assert parsed(preview.raw(_filled(data, preview), done=True)).status in {0, 400}


@pytest.mark.parametrize(
    ("data", "status"),
    [
        (b"GET /" + b"a" * 8192 + b" HTTP/1.1\r\nHOST\r\n\r\n", 414),
        (b"A" * 1_000_000, 414),
        (b"GET / HTTP/1.1\r\nHOST\r\nX: " + b"a" * 8192 + b"\r\n\r\n", 431),
        (b"GET / HTTP/1.1\r\nHOST\r\n" + b"a" * 1_000_000, 431),
        (b"GET / HTTP/1.1\r\nHOST\r\n" + b"X: a\r\n" * 64 + b"\r\n", 431),
        (b"GET / HTTP/1.1\r\nHOST\r\n" + b"X: a\r\n" * 100_000, 431),
        (b"GET / HTTP/1.1\r\nHOST\r\n" + b"X: a\r\n" * 63 + b"\r\n", 200),
        (b"GET /" + b"%41" * 2000 + b" HTTP/1.1\r\nHOST\r\n\r\n", 404),
    ],
    ids=["address", "line", "header", "endless header", "headers", "endless headers", "most headers", "long address"],
)
def test_too_much_has_its_code(preview: Running, data: bytes, status: int) -> None:
    """An address, a header or their number beyond what is allowed has its code; what is allowed is answered."""
    assert parsed(preview.raw(_filled(data, preview))).status == status


@pytest.mark.parametrize("data", [b"A", b"GET / HTTP/1.1\r\nHOST\r\n", b"GET / HTTP/1.1\r\nHOST\r\n\r\n"])
def test_whoever_never_stops_is_let_go(preview: Running, data: bytes) -> None:
    """100 MB without an end, as a line, as headers or after a request, are not waited for."""
    assert parsed(preview.raw(_filled(data, preview) + b"a" * 100_000_000)).status in {0, 200, 414, 431}


_SECOND = b"GET /robots.txt HTTP/1.1\r\nHOST\r\n\r\n"


@pytest.mark.parametrize(
    "fields",
    [
        b"",
        b"Connection: keep-alive\r\n",
        b"Content-Length: 0\r\n",
        b"Content-Length: 5\r\n",
        b"Content-Length: -1\r\n",
        b"Content-Length: 99999999999999999999\r\n",
        b"Content-Length: 5\r\nContent-Length: 6\r\n",
        b"Content-Length: 5, 6\r\n",
        b"Content-Length: 6\r\nTransfer-Encoding: chunked\r\n",
        b"Transfer-Encoding: chunked\r\nContent-Length: 4\r\n",
        b"Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n",
        b"Transfer-Encoding: xchunked\r\n",
        b"Transfer-Encoding:\x0bchunked\r\n",
        b"Expect: 100-continue\r\nContent-Length: 5\r\n",
        b"Upgrade: h2c\r\nConnection: Upgrade, HTTP2-Settings\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n",
        b"Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n",
        b"Range: bytes=0-1,2-3,-5\r\n",
    ],
)
@pytest.mark.parametrize("between", [b"", b"0\r\n\r\n", b"5\r\nhello\r\n0\r\n\r\n", b"ffffffffffffffff\r\n", b"hello"])
def test_no_request_hides_behind_another(preview: Running, fields: bytes, between: bytes) -> None:
    """Whatever is said of a body, a connection has one answer: what follows the first request is never heard."""
    first = b"GET / HTTP/1.1\r\nHOST\r\n" + fields + b"\r\n"
    answer = preview.raw(_filled(first + between + _SECOND * 3, preview))
    assert answer.count(b"HTTP/1.1 ") == 1
    assert parsed(answer).status in {200, 400}
    assert parsed(answer).headers["connection"] == "close"
    assert b"User-agent: *" not in answer


@pytest.mark.parametrize(
    "method", ["POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PATCH", "PROPFIND", "get", "Head", "X"]
)
@pytest.mark.parametrize("target", ["/", "/index.html", "/_plansite/events", "/_plansite/accept?turn=1", "/nothing"])
def test_pages_can_only_be_read(preview: Running, method: str, target: str) -> None:
    """Every other method is refused with the two that are not, with a body and without."""
    for body in (b"", b"Content-Length: 3\r\n\r\nabc", b"Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n"):
        head = f"{method} {target} HTTP/1.1\r\nHOST\r\n".encode()
        reply = parsed(preview.raw(_filled(head + (body or b"\r\n"), preview)))
        assert (reply.status, reply.headers["allow"]) == (405, "GET, HEAD")


@given(st.binary(max_size=400), st.booleans())
def test_any_bytes_are_survived(preview: Running, data: bytes, ends: bool) -> None:
    """Bytes at random, with an end to their lines or without, are refused or left unanswered."""
    assert parsed(preview.raw(data + b"\r\n\r\n" * ends, done=True)).status in {0, 400}
    preview.is_well()


_LINES = st.sampled_from(
    [
        b"GET / HTTP/1.1\r\n",
        b"HEAD /_plansite/status HTTP/1.0\r\n",
        b"GET http://localhost/ HTTP/1.1\r\n",
        b"HOST\r\n",
        b"Host: \r\n",
        b"Origin: null\r\n",
        b"Content-Length: 7\r\n",
        b"X-Plansite: accept\r\n",
        b"Accept:\t\r\n",
        b"\r\n",
        b"\n",
        b"\r",
        b"\x00",
        b" ",
        b":",
    ]
)


@given(st.lists(st.one_of(_LINES, st.binary(max_size=6)), max_size=12).map(b"".join))
def test_requests_with_torn_parts_are_survived(preview: Running, data: bytes) -> None:
    """Lines of requests in any order, with bytes between them: an answer or none, and the preview goes on."""
    preview.raw(_filled(data, preview), done=True)
    preview.is_well()
