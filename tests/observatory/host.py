"""A host on this computer that sends a built site over https, and leads from http to it, as published sites do."""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
from collections.abc import Iterator, Sequence
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import trustme

Headers = Sequence[tuple[str, str]]
_KINDS = {".html": "text/html; charset=utf-8", ".txt": "text/plain; charset=utf-8"}
_TLS = b"\x16"


class _Answer(BaseHTTPRequestHandler):
    """One connection. What a static host does: files with its headers, the site's own page where there is none."""

    def __init__(self, folder: Path, headers: Headers, *rest: Any) -> None:
        self._folder = folder
        self._headers = headers
        super().__init__(*rest)

    def do_GET(self) -> None:
        """A file, or the way to https."""
        if not isinstance(self.connection, ssl.SSLSocket):
            self._send(301, b"", ("Location", f"https://{self.headers['Host']}{self.path}"))
            return
        file = self._folder / (self.path.lstrip("/") or "index.html")
        found = file.is_file()
        file = file if found else self._folder / "404.html"
        kind = ("Content-Type", _KINDS.get(file.suffix, "application/octet-stream"))
        self._send(200 if found else 404, file.read_bytes(), kind, *self._headers)

    def do_OPTIONS(self) -> None:
        """A static host has no answer to what scripts of other sites ask first."""
        self._send(405, b"", *self._headers)

    def _send(self, status: int, body: bytes, *headers: tuple[str, str]) -> None:
        self.send_response(status)
        for name, value in (*headers, ("Content-Length", str(len(body)))):
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Tests say enough."""


class _Host(ThreadingHTTPServer):
    """Both at one port: a connection that begins as TLS does is wrapped."""

    def __init__(self, tls: ssl.SSLContext, handler: Any) -> None:
        self._tls = tls
        super().__init__(("127.0.0.1", 0), handler)

    def finish_request(self, request: Any, client_address: Any) -> None:
        """Look at the first byte without taking it."""
        if request.recv(1, socket.MSG_PEEK) != _TLS:
            super().finish_request(request, client_address)
            return
        with contextlib.suppress(OSError), self._tls.wrap_socket(request, server_side=True) as wrapped:
            super().finish_request(wrapped, client_address)


class Papers:
    """A certificate for this computer, by an authority that is believed by whoever is given its file."""

    def __init__(self, folder: Path) -> None:
        """Written into a folder, which is gone after the test."""
        authority = trustme.CA()
        certificate = authority.issue_cert("localhost")
        self.authority, self.both = folder / "authority.pem", folder / "certificate.pem"
        authority.cert_pem.write_to_path(str(self.authority))
        certificate.private_key_and_cert_chain_pem.write_to_path(str(self.both))


@contextlib.contextmanager
def hosting(folder: Path, headers: Headers, papers: Papers) -> Iterator[int]:
    """Send the files of a folder with these headers; the port."""
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(papers.both)
    with _Host(tls, partial(_Answer, folder, tuple(headers))) as host:
        thread = threading.Thread(target=host.serve_forever, daemon=True)
        thread.start()
        try:
            yield host.server_port
        finally:
            host.shutdown()
            thread.join(20)
