"""What oauth2-proxy is to nginx, without accounts: a cookie says whether a reader may see the page."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

FORM = b"<form>Sign in</form>"


@dataclass(frozen=True, slots=True)
class Authenticator:
    """One that runs, and what it was asked: method, path, name of the site, length of what came with it."""

    port: int
    asked: list[tuple[str, str, str | None, str | None]] = field(default_factory=list)


class _Answer(BaseHTTPRequestHandler):
    """`may=yes` is a reader of the list; `may=no` one who signed in and is not on it."""

    server: _Server

    def _send(self, status: int, body: bytes = b"") -> None:
        told = (self.command, self.path, self.headers["Host"], self.headers["Content-Length"])
        self.server.authenticator.asked.append(told)
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self) -> None:
        """Whether a reader may, or a page of its own."""
        if self.path == "/oauth2/auth":
            self._send({"may=yes": 202, "may=no": 403}.get(self.headers["Cookie"] or "", 401))
        else:
            self._send(200, FORM)

    def log_message(self, *_: object) -> None:
        """Tests say enough."""


class _Server(ThreadingHTTPServer):
    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answer)
        self.authenticator = Authenticator(self.server_port)


@contextlib.contextmanager
def authenticating() -> Iterator[Authenticator]:
    """Run one until the block ends."""
    with _Server() as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield server.authenticator
        finally:
            server.shutdown()
            thread.join(20)
