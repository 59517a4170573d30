"""What Decap CMS asks of its own local server, answered for the files below a folder; and a server of a page's files.

Decap's server for editing on one computer comes with hundreds of packages. Of what it does, reading and writing files is
needed here, in the form in which Decap asks for it.
"""

from __future__ import annotations

import contextlib
import json
import threading
from collections.abc import Iterator
from functools import partial
from http.server import BaseHTTPRequestHandler, SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any


class DecapProxy(BaseHTTPRequestHandler):
    """One request: an action and its parameters as JSON."""

    def __init__(self, top: Path, *rest: Any) -> None:
        self._top = top
        super().__init__(*rest)

    def do_OPTIONS(self) -> None:
        """What a script of another address asks first."""
        self._answer({})

    def do_POST(self) -> None:
        """Read or write files."""
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        wanted = asked.get("params", {})
        match asked["action"]:
            case "info":
                self._answer({"repo": "scratch", "publish_modes": ["simple"], "type": "local_fs"})
            case "entriesByFolder":
                self._answer([self._read(path) for path in sorted((self._top / wanted["folder"]).glob("*.md"))])
            case "entriesByFiles":
                self._answer([self._read(self._top / file["path"]) for file in wanted["files"]])
            case "getEntry":
                self._answer(self._read(self._top / wanted["path"]))
            case "persistEntry":
                for file in wanted["dataFiles"]:
                    (self._top / file["path"]).write_text(file["raw"], "utf-8", newline="")
                self._answer({"message": "saved"})
            case _:
                self._answer([])

    def _read(self, path: Path) -> dict[str, Any]:
        place = {"path": path.relative_to(self._top).as_posix(), "id": None}
        return {"data": path.read_text("utf-8"), "file": place}

    def _answer(self, value: Any) -> None:
        data = json.dumps(value).encode()
        self.send_response(200)
        for name, text in {
            "Access-Control-Allow-Origin": "*",
            "Access-Control-Allow-Headers": "*",
            "Content-Type": "application/json",
            "Content-Length": str(len(data)),
        }.items():
            self.send_header(name, text)
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: Any) -> None:
        """Tests say enough."""


class _PageFiles(SimpleHTTPRequestHandler):
    def log_message(self, *_: Any) -> None:
        """Tests say enough."""


@contextlib.contextmanager
def serving_page(folder: Path) -> Iterator[str]:
    """The address at which the files of a folder are."""
    with _serving(partial(_PageFiles, directory=str(folder))) as address:
        yield address


@contextlib.contextmanager
def serving_files(top: Path) -> Iterator[str]:
    """The address at which Decap reads and writes the files below a folder."""
    with _serving(partial(DecapProxy, top)) as address:
        yield address


@contextlib.contextmanager
def _serving(handler: Any) -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://localhost:{server.server_port}"
        finally:
            server.shutdown()
            thread.join(20)
