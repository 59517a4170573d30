"""However many strangers are slow or stay, the real preview answers whoever asks next."""

from __future__ import annotations

import contextlib
import socket
from collections import Counter
from collections.abc import Iterator

import pytest

from plansite.preview.server import ServerLimits
from tests.preview.served import heard_until, parsed
from tests.preview.strangers import BIG, Running, previewing

pytestmark = pytest.mark.slow

#: More than the preview holds at once.
_CROWD = 200


@pytest.fixture
def preview(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A preview of its own for each test, so that nobody of an earlier crowd is still there."""
    with previewing(tmp_path_factory.mktemp("top")) as running:
        yield running


@pytest.fixture
def crowd(preview: Running) -> Iterator[list[socket.socket]]:
    """As many connections, none of which reads more than it has to."""
    assert ServerLimits().connections < _CROWD
    with contextlib.ExitStack() as stack:
        yield [stack.enter_context(preview.connect(room=4096)) for _ in range(_CROWD)]


def sent(sock: socket.socket, data: bytes) -> None:
    """Send, unless the other side has gone."""
    with contextlib.suppress(ConnectionError):
        sock.sendall(data)


def status(sock: socket.socket) -> int:
    """The code of the answer; 0 for whoever was let go before there was one."""
    with contextlib.suppress(ConnectionError, AssertionError):
        return parsed(heard_until(sock, b"\r\n\r\n")).status
    return 0


def test_whoever_says_nothing_holds_nobody_up(preview: Running, crowd: list[socket.socket]) -> None:
    """Open connections that ask for nothing make room."""
    assert len(crowd) == _CROWD
    assert preview.asked("/").status == 200


def test_one_byte_at_a_time_holds_nobody_up(preview: Running, crowd: list[socket.socket]) -> None:
    """Requests that arrive byte by byte and never end: others are answered after each byte."""
    for byte in f"GET / HTTP/1.1\r\nHost: {preview.authority}"[:20]:
        for sock in crowd:
            sent(sock, byte.encode())
        assert preview.asked("/").status == 200


def test_endless_headers_hold_nobody_up(preview: Running, crowd: list[socket.socket]) -> None:
    """Requests that are whole but for their end."""
    for sock in crowd:
        sent(sock, f"GET / HTTP/1.1\r\nHost: {preview.authority}\r\nX: a\r\n".encode())
    assert preview.asked("/").status == 200


@pytest.mark.parametrize("target", ["/", "/files/plans/house/big.pdf"])
def test_whoever_never_reads_holds_nobody_up(preview: Running, crowd: list[socket.socket], target: str) -> None:
    """Answers that nobody takes, small ones and one of 20 MB: others are answered, also the same."""
    for sock in crowd:
        sent(sock, f"GET {target} HTTP/1.1\r\nHost: {preview.authority}\r\n\r\n".encode())
    found = Counter(map(status, crowd))  # all have been answered now, and take no more than their first bytes
    assert found[200] >= ServerLimits().connections
    assert preview.asked("/").status == 200
    assert len(preview.asked("/files/plans/house/big.pdf").body) == BIG + len(b"%PDF")


def test_streams_leave_room_for_pages(preview: Running, crowd: list[socket.socket]) -> None:
    """Of 200 who want to listen as many hear the news as may, the others are told to come later, pages are answered."""
    for sock in crowd:
        sent(sock, f"GET /_plansite/events HTTP/1.1\r\nHost: {preview.authority}\r\n\r\n".encode())
    assert preview.asked("/").status == 200
    found = Counter(map(status, crowd))
    assert found[200] == ServerLimits().streams
    assert set(found) <= {0, 200, 503}
    assert found[503] > 0
    assert preview.asked("/").status == 200


def test_whoever_leaves_early_is_forgotten(preview: Running) -> None:
    """Connections cut off before, within and after a request, in numbers, leave the preview as it was."""
    whole = f"GET / HTTP/1.1\r\nHost: {preview.authority}\r\n\r\n".encode()
    for data in (b"", whole[:9], whole[:-1], whole, whole.replace(b" / ", b" /_plansite/events ")):
        for _ in range(_CROWD // 4):
            with preview.connect() as sock:
                sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\x00\x00\x00\x00\x00\x00\x00")
                sent(sock, data)
    assert preview.asked("/").status == 200
