"""The server over raw sockets: whatever is thrown at it, the next request is answered."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import gc
import itertools
import json
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plansite.file_access import FileInFolder
from plansite.preview.server import ServerLimits, open_listening_socket
from plansite.publish.headers import preview_headers
from tests.preview.served import FILES, PAGE, Served, built, error, heard, heard_until, limited, opened, parsed, serving

SECRET = b"nobody may read this"
_STARTS = ["/", "//", "/plans/", "http://localhost:PORT/", "/static/site.css/", ""]
_UP = [
    "..",
    "%2e%2e",
    "%2E.",
    ".%2e",
    "%252e%252e",
    "..%00",
    "%c0%ae%c0%ae",
    "%uff0e%uff0e",
    "\N{FULLWIDTH FULL STOP}" * 2,
    "..;",
    ". .",
    "...",
]
_SLASH = ["/", "\\", "%2f", "%2F", "%5c", "%252f", "//", "/./", "%c0%af", "\N{DIVISION SLASH}"]


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A small site in a folder with a secret beside its build."""
    root = tmp_path_factory.mktemp("site")
    (root / "secret.txt").write_bytes(SECRET)
    (root / "asset.txt").write_bytes(b"an asset")
    files = {**FILES, "plans/asset.txt": FileInFolder(root, "asset.txt")}
    with serving(lambda: built(files), root) as served:
        yield served
        assert served.said == []


@pytest.fixture(autouse=True)
def next_is_answered(served: Served) -> Iterator[None]:
    """After each test the preview still answers."""
    yield
    reply = served.get("/")
    assert reply.status == 200
    assert reply.body.startswith(PAGE.removesuffix(b"</body>"))


def test_a_page_comes_with_its_headers(served: Served) -> None:
    """A page has its type, its length, the published headers and no permission to be kept."""
    reply = served.get("/")
    assert (reply.status, reply.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert int(reply.headers["content-length"]) == len(reply.body)
    assert reply.headers["cache-control"] == "no-store"
    assert preview_headers() == tuple(pair for pair in preview_headers() if reply.headers[pair[0].lower()] == pair[1])
    assert served.get("/plans/asset.txt").body == b"an asset"


def test_head_is_answered_without_a_body(served: Served) -> None:
    """HEAD gives the headers alone, for pages, for what is not there, and for the stream, which it does not open."""
    assert served.get("/", method="HEAD").body == b""
    assert served.get("/nothing", method="HEAD").status == 404
    reply = served.get("/_plansite/events", method="HEAD")
    assert (reply.status, reply.body) == (200, b"")


@pytest.mark.parametrize("up", _UP)
def test_no_path_leads_out(served: Served, up: str) -> None:
    """Steps upwards in every spelling find nothing: what is not an output path, letter for letter, is not there."""
    names = ("secret.txt", "asset.txt", "etc/passwd")
    for start, slash, times, name in itertools.product(_STARTS, _SLASH, (1, 2, 8), names):
        target = start.replace("PORT", str(served.port)) + (up + slash) * times + name
        reply = served.raw(f"GET {target} HTTP/1.1\r\nHost: localhost:{served.port}\r\n\r\n".encode())
        assert reply.status in {400, 403, 404}
        assert SECRET not in reply.body
        assert b"root:" not in reply.body


@pytest.mark.parametrize(
    "target",
    ["/secret.txt", "/plans", "/plans/", "/static", "/.", "/..", "/./index.html", "//index.html", "/index.html/"],
)
def test_near_misses_are_not_found(served: Served, target: str) -> None:
    """Files beside the build, folders without a page, and addresses that are only like one."""
    assert served.get(target).status == 404


def test_foreign_hosts_and_origins_are_refused(served: Served) -> None:
    """A name that was turned to this computer gets nothing, nor does another site's page; no stream opens for them."""
    for host in ("evil.example", f"evil.example:{served.port}", "localhost", "127.0.0.1:1", f"192.0.2.1:{served.port}"):
        assert served.get("/", host=host).status == 403
        assert served.get("/_plansite/events", host=host).status == 403
    for origin in ("http://evil.example", "null", f"https://localhost:{served.port}"):
        assert served.get("/_plansite/events", f"Origin: {origin}").status == 403
        assert served.get("/_plansite/status", f"Origin: {origin}").status == 403
    assert served.get("/_plansite/events", "Sec-Fetch-Site: cross-site").status == 403


def test_own_names_are_answered(served: Served) -> None:
    """This computer's own names with the port, and pages of our own."""
    for host in ("localhost", "127.0.0.1", "[::1]"):
        authority = f"{host}:{served.port}"
        assert served.get("/", host=authority).status == 200
        assert served.get("/_plansite/status", f"Origin: http://{authority}", host=authority).status == 200


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PATCH", "BREW"])
def test_pages_can_only_be_read(served: Served, method: str) -> None:
    """Other methods are refused, also where they bring a body."""
    reply = served.raw(
        f"{method} / HTTP/1.1\r\nHost: localhost:{served.port}\r\nContent-Length: 100000\r\n\r\n".encode()
        + b"a" * 100_000
    )
    assert (reply.status, reply.headers["allow"]) == (405, "GET, HEAD")


@pytest.mark.parametrize(
    ("data", "status"),
    [
        (b"\r\n", 400),
        (b"GET\r\n\r\n", 400),
        (b"\x16\x03\x01\x02\x00\n\r\n\r\n", 400),
        (b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 400),
        (b"\x00" * 100 + b"\n\r\n", 400),
        (b"GET / HTTP/1.1\r\n\r\n", 400),
        (b"GET /" + b"a" * 1_000_000 + b" HTTP/1.1\r\n\r\n", 414),
        (b"GET / HTTP/1.1\r\nA: " + b"a" * 1_000_000 + b"\r\n\r\n", 431),
        (b"GET / HTTP/1.1\r\n" + b"A: b\r\n" * 100_000 + b"\r\n", 431),
    ],
)
def test_broken_requests_are_told_so(served: Served, data: bytes, status: int) -> None:
    """What is no request, and what is far too much, gets its code rather than silence."""
    reply = served.raw(data)
    assert reply.status == status
    assert reply.headers["x-content-type-options"] == "nosniff"


@given(st.binary(max_size=200))
def test_any_bytes_are_survived(served: Served, data: bytes) -> None:
    """Random bytes are refused or left unanswered, and the next request is answered."""
    served.raw(data + b"\r\n\r\n")
    assert served.get("/static/site.css").status == 200


def test_a_second_request_on_a_connection_is_not_heard(served: Served) -> None:
    """A connection carries one request, so none can hide behind another."""
    one = f"GET /static/site.css HTTP/1.1\r\nHost: localhost:{served.port}\r\n\r\n".encode()
    reply = served.raw(one * 3)
    assert reply.headers["connection"] == "close"
    assert reply.body == FILES["static/site.css"]


def test_whoever_hangs_up_is_forgotten(served: Served) -> None:
    """Connections that end at once, in the midst of a request, or before the answer leave nothing behind."""
    for data in (b"", b"GET / HT", f"GET / HTTP/1.1\r\nHost: localhost:{served.port}\r\n\r\n".encode()):
        for _ in range(100):
            with served.connect() as sock:
                sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\x00\x00\x00\x00\x00\x00\x00")
                sock.sendall(data)


def test_whoever_is_slow_to_ask_is_told_so(tmp_path: Path) -> None:
    """Half a request gets 408 after a while; meanwhile others are answered."""
    with limited(tmp_path, ServerLimits(request_timeout=0.2)) as served, served.connect() as slow:
        slow.sendall(b"GET / HTTP/1.1\r\nHost:")
        assert served.get("/").status == 200
        assert parsed(heard(slow)).status == 408


def test_the_slow_make_room_for_others(tmp_path: Path) -> None:
    """However many connections ask for nothing, one that asks is answered at once: the slowest has to go."""
    with (
        limited(tmp_path, ServerLimits(connections=8, request_timeout=1000)) as served,
        contextlib.ExitStack() as stack,
    ):
        slow = [stack.enter_context(served.connect()) for _ in range(40)]
        assert served.get("/").status == 200
        assert heard(slow[0]) == b""


def test_whoever_is_slow_to_read_is_let_go(tmp_path: Path) -> None:
    """One that asks for much and reads nothing is let go after a while; meanwhile others are answered."""
    files = {**FILES, "big.pdf": b"a" * 50_000_000}
    with serving(lambda: built(files), tmp_path, ServerLimits(send_timeout=0.5)) as served, served.connect() as slow:
        slow.sendall(f"GET /big.pdf HTTP/1.1\r\nHost: localhost:{served.port}\r\n\r\n".encode())
        heard_until(slow, b"\r\n\r\n")
        assert served.get("/").status == 200
        served.until_idle()
        assert len(heard(slow)) < 50_000_000


def test_a_crowd_is_asked_to_come_later(tmp_path: Path) -> None:
    """Where every connection is in use by a stream, one more is told so; once they leave it is answered."""
    with limited(tmp_path, ServerLimits(streams=4, connections=4)) as served:
        with contextlib.ExitStack() as stack:
            for _ in range(4):
                heard_until(stack.enter_context(opened(served)), b'"held"')
            reply = served.get("/")
            assert (reply.status, reply.headers["retry-after"]) == (503, "1")
        served.until_idle()


def test_a_held_build_is_accepted_over_the_wire(tmp_path: Path) -> None:
    """The button's request shows the held build; the same address without its header does not."""
    builds = [built(), built({"index.html": b"<title>New</title>"}, error())]
    with serving(lambda: builds.pop(0), tmp_path) as served:
        served.rebuild()
        turn = served.preview.state.turn
        assert json.loads(served.get(f"/_plansite/accept?turn={turn}").body)["held"]
        assert b"Home" in served.get("/").body
        assert not json.loads(served.get(f"/_plansite/accept?turn={turn}", "X-Plansite: accept").body)["held"]
        assert b"New" in served.get("/").body


def test_a_fault_of_ours_is_told_and_survived(tmp_path: Path) -> None:
    """Where answering itself fails the browser gets 500, the terminal hears of it, and the next request is answered."""
    files = {**FILES, "gone.html": FileInFolder(tmp_path, "gone.html")}
    with serving(lambda: built(files), tmp_path) as served:
        assert served.get("/gone.html").status == 500
        assert served.said[0].startswith("plansite failed while answering: FileNotFoundError")
        assert served.get("/").status == 200


@pytest.mark.slow
def test_a_connection_that_breaks_as_it_is_let_go_is_not_reported(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """What breaks when nobody waits for it any more says nothing if it is a connection; anything else is reported."""
    with serving(built, tmp_path) as served:
        for error, lines in ((ConnectionResetError(), 0), (BrokenPipeError(), 0), (ValueError("ours"), 1)):
            served.do(_left_alone(error))
            assert len(caplog.records) == lines


async def _left_alone(error: Exception) -> None:
    """A future that fails and is thrown away unheard."""
    asyncio.get_running_loop().create_future().set_exception(error)
    gc.collect()


def test_whoever_takes_no_answer_makes_room(tmp_path: Path) -> None:
    """Where every connection is in use by somebody who does not take an answer, one that asks is answered."""
    files = {**FILES, "big.pdf": b"a" * 50_000_000}
    limits = ServerLimits(connections=4, close_timeout=0.05, send_timeout=1000)
    with serving(lambda: built(files), tmp_path, limits) as served, contextlib.ExitStack() as stack:
        for _ in range(4):
            slow = stack.enter_context(served.connect())
            slow.sendall(f"GET /big.pdf HTTP/1.1\r\nHost: localhost:{served.port}\r\n\r\n".encode())
            heard_until(slow, b"\r\n\r\n")
        assert served.get("/").status == 200


def test_the_next_free_port_is_taken() -> None:
    """Where a port is in use the next free one is taken; 0 takes any."""
    with open_listening_socket("127.0.0.1", 0) as first:
        port = first.getsockname()[1]
        with open_listening_socket("127.0.0.1", port) as second:
            assert port < second.getsockname()[1] <= port + 50


def test_only_the_host_asked_for_is_bound() -> None:
    """The preview is bound to the one address that was asked for."""
    with open_listening_socket("127.0.0.1", 0) as sock:
        assert sock.getsockname()[0] == "127.0.0.1"


def test_a_host_that_is_not_ours_is_an_error() -> None:
    """An address of another computer, or a name of none, cannot be listened at."""
    with pytest.raises(OSError) as caught:
        open_listening_socket("192.0.2.1", 4321)
    assert caught.value.errno == errno.EADDRNOTAVAIL
    with pytest.raises(socket.gaierror):
        open_listening_socket("no such host", 4321)
