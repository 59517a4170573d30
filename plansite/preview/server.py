"""The HTTP server of the preview: one request for each connection, with limits on time and numbers."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import itertools
import os
import secrets
import socket
from collections.abc import AsyncIterator, Callable
from functools import partial
from typing import Any

from plansite.deferred_dataclass import dataclass
from plansite.preview.editor import LocalEditor
from plansite.preview.event_stream import stream_events
from plansite.preview.hosts import AllowedHosts
from plansite.preview.requests import MAX_LINE_LENGTH, BadRequestError, HttpRequest, read_request
from plansite.preview.responses import HttpResponse, send_response, text_response
from plansite.preview.routes import EDITOR_PREFIX, EVENTS_PATH, is_accept_request, refuse_request, respond
from plansite.preview.state import Preview

_MAX_PORTS_TRIED = 50
_TOO_MANY_CONNECTIONS = text_response(503, "Too many requests at once.", ("Retry-After", "1"))
_ADDRESS_IN_USE = {errno.EADDRINUSE, getattr(errno, "WSAEADDRINUSE", errno.EADDRINUSE)}


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerLimits:
    """The largest numbers of connections and event streams, and the time limits in seconds."""

    connections: int = 128
    streams: int = 32
    request_timeout: float = 10
    send_timeout: float = 120
    close_timeout: float = 1
    heartbeat_interval: float = 15


def open_listening_socket(host: str, port: int) -> socket.socket:
    """A listening socket at the port, or at the next of 50 that is free. Raises OSError where none can be opened."""
    family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    for next_port in range(port, min(port + _MAX_PORTS_TRIED, 65536)):
        sock = socket.socket(family, kind, protocol)
        try:
            if os.name == "posix":  # on Windows the option would let two servers share one port
                sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            sock.bind((address[0], next_port, *address[2:]))
            sock.listen(ServerLimits().connections)
        except OSError as error:
            sock.close()
            if error.errno not in _ADDRESS_IN_USE:
                raise
        else:
            sock.setblocking(False)
            return sock
    raise OSError(errno.EADDRINUSE, f"no free port from {port} on")


class PreviewServer:
    """Serves one preview. A connection is closed after one request, which rules out request smuggling."""

    def __init__(
        self,
        preview: Preview,
        hosts: AllowedHosts,
        report_error: Callable[[str], None],
        limits: ServerLimits | None = None,
        editor: LocalEditor | None = None,
    ) -> None:
        """`report_error` gets messages about internal errors; `editor` is the content editor, if it is served."""
        self._preview = preview
        self._hosts = hosts
        self._report_error = report_error
        self._limits = limits or ServerLimits()
        self._editor = editor
        self._run_id = secrets.token_hex(4)
        self.connections: dict[socket.socket, asyncio.Task[None]] = {}
        self._idle: dict[socket.socket, None] = {}
        self._sending_since: dict[socket.socket, float] = {}
        self._is_closing = False
        self.stream_count = 0

    @contextlib.asynccontextmanager
    async def serve(self, sock: socket.socket) -> AsyncIterator[None]:
        """Serve at a listening socket until the block ends, and then close every connection."""
        asyncio.get_running_loop().set_exception_handler(_ignore_connection_errors)
        accepting = asyncio.create_task(self._accept(sock))
        try:
            yield
        finally:
            self._is_closing = True
            await _stop_accepting(sock, accepting)
            tasks = tuple(self.connections.values())
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _accept(self, sock: socket.socket) -> None:
        """Accept connections. Each becomes a task at once, so that all are closed when the server stops."""
        while not self._is_closing:
            try:
                connection, _ = await asyncio.get_running_loop().sock_accept(sock)
            except OSError:  # the client has closed it already, or the system is out of file descriptors
                await asyncio.sleep(0.1)
                continue
            is_overloaded = not await self._wait_for_capacity()
            self._idle[connection] = None
            self.connections[connection] = asyncio.create_task(
                self._handle_connection(connection, is_overloaded=is_overloaded)
            )
            self.connections[connection].add_done_callback(partial(self._forget_connection, connection))

    def _forget_connection(self, connection: socket.socket, task: asyncio.Task[None]) -> None:
        """Close a connection whose task has ended. The task may have been cancelled before it started."""
        del self.connections[connection]
        self._idle.pop(connection, None)
        self._sending_since.pop(connection, None)
        connection.close()
        if not task.cancelled() and task.exception():
            self._report_error(_format_internal_error(task.exception()))

    async def _wait_for_capacity(self) -> bool:
        """Whether there is room for one more connection, after waiting shortly for another to end."""
        if len(self.connections) < self._limits.connections or self._close_slowest():
            return True
        ended, _ = await asyncio.wait(
            self.connections.values(), timeout=self._limits.close_timeout, return_when=asyncio.FIRST_COMPLETED
        )
        return bool(ended) or self._close_slowest()

    def _close_slowest(self) -> bool:
        """Close the connection that has been idle longest, else one that is slow to receive; whether there was one."""
        latest = asyncio.get_running_loop().time() - self._limits.close_timeout
        slow_receivers = (connection for connection, since in self._sending_since.items() if since < latest)
        slowest = next(itertools.chain(self._idle, slow_receivers), None)
        if slowest is None:
            return False
        self._idle.pop(slowest, None)
        self._sending_since.pop(slowest, None)
        self.connections[slowest].cancel()
        return True

    async def _handle_connection(self, connection: socket.socket, *, is_overloaded: bool) -> None:
        """Read one request and send its response. The client may close the connection or be too slow at any moment."""
        reader, writer = await asyncio.open_connection(sock=connection, limit=MAX_LINE_LENGTH)
        writer.transport.set_write_buffer_limits(high=0)
        try:
            request, response = (None, _TOO_MANY_CONNECTIONS) if is_overloaded else await self._read_request(reader)
            self._idle.pop(connection, None)
            if request and response is None:
                is_stream = request.path == EVENTS_PATH and request.method == "GET"
                response = await self._stream_events(reader, writer) if is_stream else await self._respond(request)
            if response:
                self._sending_since[connection] = asyncio.get_running_loop().time()
                async with asyncio.timeout(self._limits.send_timeout):
                    await send_response(writer, response, with_body=request is None or request.method != "HEAD")
                self._sending_since.pop(connection, None)
                self._idle[connection] = None
                await self._close_gracefully(reader, writer)
        except (OSError, TimeoutError):
            pass
        finally:
            writer.transport.abort()

    async def _read_request(self, reader: asyncio.StreamReader) -> tuple[HttpRequest | None, HttpResponse | None]:
        """The request, and the response that refuses it; either is None where there is none."""
        try:
            async with asyncio.timeout(self._limits.request_timeout):
                request = await read_request(reader)
        except TimeoutError:
            return None, text_response(408, "The request took too long.")
        except BadRequestError as error:
            return None, text_response(error.status, str(error))
        return request, refuse_request(request, self._hosts) if request else None

    async def _respond(self, request: HttpRequest) -> HttpResponse:
        """The response to a request. Internal errors are reported and give status 500."""
        if is_accept_request(request, self._preview.state):
            self._preview.accept()
        try:
            if self._editor and request.path.startswith(EDITOR_PREFIX):  # in a thread, because it parses all files
                return await asyncio.to_thread(self._editor.respond, request.path.removeprefix(EDITOR_PREFIX))
            return respond(request, self._preview.state, self._run_id)
        except Exception as error:
            self._report_error(_format_internal_error(error))
            return text_response(500, "plansite failed; see its terminal window.")

    async def _stream_events(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> HttpResponse | None:
        """Send events until the connection ends; the response to send instead where there are too many streams."""
        if self.stream_count >= self._limits.streams:
            return text_response(503, "Too many pages are open at once.", ("Retry-After", "5"))
        self.stream_count += 1
        try:
            await stream_events(reader, writer, self._preview, self._run_id, heartbeat=self._limits.heartbeat_interval)
        finally:
            self.stream_count -= 1
        return None

    async def _close_gracefully(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Read until the client closes. Closing with unread bytes makes some systems discard the response."""
        writer.write_eof()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(self._limits.close_timeout):
                while await reader.read(MAX_LINE_LENGTH):
                    pass


async def _stop_accepting(sock: socket.socket, accepting: asyncio.Task[None]) -> None:
    """Stop the task that accepts connections, by a connection of our own that wakes it.

    Only cancelling the task could lose a connection that is being accepted at that moment, and leave it open.
    """
    with socket.socket(sock.family, sock.type) as waker:
        waker.setblocking(False)
        waker.connect_ex(sock.getsockname())
        await asyncio.wait({accepting}, timeout=1)
    accepting.cancel()
    await asyncio.gather(accepting, return_exceptions=True)


def _ignore_connection_errors(loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """Ignore that a connection breaks while it is closed; handle everything else as usual."""
    if not isinstance(context.get("exception"), OSError):
        loop.default_exception_handler(context)


def _format_internal_error(error: BaseException | None) -> str:
    return f"plansite failed while answering: {type(error).__name__}: {error}"
