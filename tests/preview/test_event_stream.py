"""The event stream over raw sockets."""

from __future__ import annotations

import contextlib
import json
from pathlib import Path

from plansite.preview.server import ServerLimits
from tests.preview.served import built, heard_until, limited, opened, parsed, serving


def test_many_streams_do_not_use_the_preview_up(tmp_path: Path) -> None:
    """Of 200 streams those within the limit hear the news, the others are asked to come later, pages are answered."""
    with limited(tmp_path, ServerLimits(streams=32, connections=400)) as served, contextlib.ExitStack() as stack:
        socks = [stack.enter_context(opened(served)) for _ in range(200)]
        heads = [heard_until(sock, b"\n\n" if number < 32 else b"\r\n\r\n") for number, sock in enumerate(socks)]
        assert all(b"text/event-stream" in head for head in heads[:32])
        refused = [parsed(head) for head in heads[32:]]
        assert {(reply.status, reply.headers["retry-after"]) for reply in refused} == {(503, "5")}
        assert served.get("/").status == 200
        served.rebuild()
        assert b'"turn": 2' in heard_until(socks[31], b'"turn": 2')


def test_a_stream_tells_each_turn(tmp_path: Path) -> None:
    """A stream says what is shown now, then each change; it is text in UTF-8, and the headers are on it as well."""
    with serving(built, tmp_path) as served, opened(served) as sock:
        head = heard_until(sock, b'"held": false}\n\n')
        assert b"text/event-stream; charset=utf-8" in head
        assert b"Content-Security-Policy: " in head
        for _ in range(3):
            turn = served.preview.state.turn
            served.rebuild()
            told = heard_until(sock, b"\n\n").removeprefix(b"data: ")
            assert json.loads(told)["turn"] == turn + 1


def test_a_quiet_stream_is_kept_alive(tmp_path: Path) -> None:
    """A stream with nothing to say gives a sign of life now and again."""
    with limited(tmp_path, ServerLimits(heartbeat_interval=0.05)) as served, opened(served) as sock:
        heard_until(sock, b"\n\n:\n\n:\n\n")


def test_a_stream_ends_with_its_browser(tmp_path: Path) -> None:
    """A browser that leaves gives its place free."""
    with limited(tmp_path, ServerLimits(streams=1)) as served:
        for _ in range(5):
            with opened(served) as sock:
                heard_until(sock, b'"held"')
            served.until_idle()
