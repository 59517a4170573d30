"""A static host: sends the files of a folder, `404.html` for whatever is not there, and no more headers than asked."""

from __future__ import annotations

import mimetypes
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit


@dataclass(slots=True)
class Host:
    """Where it is to be found, the folder it sends, and every path it was asked for."""

    folder: Path
    below: str
    headers: tuple[tuple[str, str], ...]
    top: str = ""
    asked: list[str] = field(default_factory=list)

    def file(self, path: str) -> tuple[int, Path]:
        """The status and the file for a path of the address."""
        self.asked.append(path)
        name = unquote(urlsplit(path).path)
        inside = name.removeprefix(self.below) if name.startswith(self.below) else "?"
        found = self.folder / (f"{inside}index.html" if inside == "" or inside.endswith("/") else inside)
        return (200, found) if found.is_file() else (404, self.folder / "404.html")


@contextmanager
def hosting(folder: Path, *, below: str = "/", headers: Iterable[tuple[str, str]] = ()) -> Iterator[Host]:
    """Send a folder at the path `below` of an address of this computer, until the end of the block."""
    host = Host(folder, below, tuple(headers))

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, path = host.file(self.path)
            data = path.read_bytes()
            self.send_response(status)
            for name, value in host.headers:
                self.send_header(name, value)
            self.send_header("Content-Type", mimetypes.guess_type(path.name)[0] or "application/octet-stream")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            with suppress(OSError):  # a reader who has gone elsewhere
                self.wfile.write(data)

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    host.top = f"http://127.0.0.1:{server.server_address[1]}{below}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield host
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
