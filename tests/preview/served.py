"""A preview in a thread of its own, and a way to speak to it byte by byte."""

from __future__ import annotations

import asyncio
import contextlib
import queue
import socket
import threading
from collections.abc import Callable, Coroutine, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from plansite.file_access import FileInFolder
from plansite.model.findings import Finding, Level, Rule
from plansite.model.settings import Settings
from plansite.model.site import Site
from plansite.pipeline.build import BuiltSite
from plansite.preview.hosts import AllowedHosts
from plansite.preview.server import PreviewServer, ServerLimits, open_listening_socket
from plansite.preview.session import SessionCallbacks, run_session
from plansite.preview.state import Preview, PreviewBuild

T = TypeVar("T")

PAGE = b"<!doctype html><title>Home</title><body><main>Home</main></body>"
FILES: dict[str, bytes | FileInFolder] = {
    "index.html": PAGE,
    "plans/door/index.html": b"<!doctype html><title>Door</title><body>Door</body>",
    "static/site.css": b"body { color: black }",
    "404.html": b"<!doctype html><title>Not found</title><body>Not found</body>",
}


def built(files: Mapping[str, bytes | FileInFolder] = FILES, *findings: Finding, base_url: str = "") -> BuiltSite:
    """A small site as a build leaves it."""
    site = Site(settings=Settings(title="Test site", base_url=base_url))
    return BuiltSite(files=dict(files), findings=findings, site=site)


def error(
    message: str = "the date cannot be read", *, line: int = 3, path: str = "content/door.md", remedy: str = ""
) -> Finding:
    """A finding of level error."""
    rule = Rule("PS999", "bad-thing", Level.ERROR, "Bad.")
    return Finding(rule=rule, path=path, line=line, message=message, remedy=remedy)


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back until the other side closed."""

    status: int
    headers: dict[str, str]
    body: bytes


def parsed(data: bytes) -> Reply:
    """An answer taken apart; its status is 0 where nothing came."""
    head, _, body = data.partition(b"\r\n\r\n")
    first, *lines = head.decode("ascii").split("\r\n")
    pairs = [line.partition(": ") for line in lines]
    return Reply(int(first.split()[1]) if first else 0, {name.lower(): value for name, _, value in pairs}, body)


@dataclass(slots=True)
class Served:
    """A preview that is being served."""

    preview: Preview
    port: int
    loop: asyncio.AbstractEventLoop
    said: list[str] = field(default_factory=list)
    attempts: queue.Queue[PreviewBuild] = field(default_factory=queue.Queue)
    server: PreviewServer | None = None
    task: asyncio.Task[None] | None = None

    @property
    def address(self) -> str:
        """Where the site's front page is."""
        return f"http://127.0.0.1:{self.port}/"

    def connect(self) -> socket.socket:
        """A connection that gives up after a while, so that a fault fails a test rather than stopping it."""
        return socket.create_connection(("127.0.0.1", self.port), timeout=20)

    def raw(self, data: bytes) -> Reply:
        """Send bytes as they are and hear the answer to its end."""
        with self.connect() as sock:
            with contextlib.suppress(ConnectionError):
                sock.sendall(data)
            return parsed(heard(sock))

    def get(self, target: str, *lines: str, method: str = "GET", host: str = "") -> Reply:
        """Ask as a browser does."""
        head = (f"{method} {target} HTTP/1.1", f"Host: {host or f'127.0.0.1:{self.port}'}", *lines, "", "")
        return self.raw("\r\n".join(head).encode("latin-1"))

    def do(self, work: Coroutine[Any, Any, T]) -> T:
        """Run a coroutine where the preview runs."""
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(20)

    def rebuild(self) -> None:
        """Build again, as after a save."""
        self.do(self.preview.rebuild())

    def until_idle(self) -> None:
        """Wait until no connection is left."""
        assert self.server is not None
        self.do(asyncio.wait_for(_idle(self.server), 20))


async def _idle(server: PreviewServer) -> None:
    while server.connections:
        await asyncio.wait(server.connections.values())


def heard(sock: socket.socket) -> bytes:
    """All bytes until the other side closes."""
    parts = []
    with contextlib.suppress(ConnectionError):
        while part := sock.recv(65536):
            parts.append(part)
    return b"".join(parts)


def heard_until(sock: socket.socket, end: bytes) -> bytes:
    """All bytes up to and with these."""
    data = b""
    while end not in data:
        part = sock.recv(65536)
        assert part, f"the connection ended after {data!r}"
        data += part
    return data


@contextlib.contextmanager
def serving(build: Callable[[], BuiltSite], root: Path, limits: ServerLimits | None = None) -> Iterator[Served]:
    """Serve what a function builds, on a port of its own."""

    async def run(started: Callable[[Served], None]) -> None:
        preview = Preview(root, build)
        await preview.rebuild()
        with open_listening_socket("127.0.0.1", 0) as sock:
            hosts = AllowedHosts(host="127.0.0.1", port=sock.getsockname()[1])
            served = Served(preview, hosts.port, asyncio.get_running_loop())
            served.server = PreviewServer(preview, hosts, served.said.append, limits)
            async with served.server.serve(sock):
                started(served)
                await asyncio.Event().wait()

    with _in_thread(run) as served:
        yield served


@contextlib.contextmanager
def limited(root: Path, limits: ServerLimits) -> Iterator[Served]:
    """A preview of a small site with limits of its own, which still answers in the end."""
    with serving(built, root, limits) as served:
        yield served
        served.until_idle()
        assert served.get("/").status == 200


def opened(served: Served) -> socket.socket:
    """A connection that asks for the event stream."""
    sock = served.connect()
    sock.sendall(f"GET /_plansite/events HTTP/1.1\r\nHost: localhost:{served.port}\r\n\r\n".encode())
    return sock


@contextlib.contextmanager
def watching(build: Callable[[], BuiltSite], root: Path, port: int = 0) -> Iterator[Served]:
    """A whole session: what is saved in the folder is built and shown."""

    async def run(started: Callable[[Served], None]) -> None:
        preview = Preview(root, build)
        with open_listening_socket("127.0.0.1", port) as sock:
            hosts = AllowedHosts(host="127.0.0.1", port=sock.getsockname()[1])
            served = Served(preview, hosts.port, asyncio.get_running_loop())
            voice = SessionCallbacks(
                on_build=served.attempts.put, on_ready=lambda: started(served), on_internal_error=served.said.append
            )
            await run_session(root, preview, sock, hosts, voice)

    with _in_thread(run) as served:
        yield served


@contextlib.contextmanager
def _in_thread(run: Callable[[Callable[[Served], None]], Coroutine[Any, Any, None]]) -> Iterator[Served]:
    """Run it beside the test until the block ends; then its task is cancelled, as Ctrl-C would."""
    begun: queue.Queue[Served] = queue.Queue()

    async def main() -> None:
        task = asyncio.current_task()

        def started(served: Served) -> None:
            served.task = task
            begun.put(served)

        with contextlib.suppress(asyncio.CancelledError):
            await run(started)

    thread = threading.Thread(target=lambda: asyncio.run(main()), daemon=True)
    thread.start()
    served = begun.get(timeout=20)
    try:
        yield served
    finally:
        assert served.task is not None
        served.loop.call_soon_threadsafe(served.task.cancel)
        thread.join(20)
        assert not thread.is_alive(), "the preview did not end"
