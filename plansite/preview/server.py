"""The server: connections, their limits, and one answer each. Nothing that arrives can end it."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import itertools
import os
import secrets
import socket
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from plansite.preview.event_stream import stream_events
from plansite.preview.hosts import AllowedHosts
from plansite.preview.requests import MAX_LINE_LENGTH, BadRequestError, HttpRequest, read_request
from plansite.preview.responses import HttpResponse, send_response, text_response
from plansite.preview.routes import EVENTS_PATH, is_accept_request, refuse_request, respond
from plansite.preview.state import Preview

_MAX_PORTS_TRIED = 50
_TOO_MANY_CONNECTIONS = text_response(503, "Too much is asked at once.", ("Retry-After", "1"))
_ADDRESS_IN_USE = {errno.EADDRINUSE, getattr(errno, "WSAEADDRINUSE", errno.EADDRINUSE)}


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerLimits:
    """How much anybody may ask of the preview; times are in seconds."""

    connections: int = 128
    streams: int = 32
    request_timeout: float = 10
    send_timeout: float = 120
    close_timeout: float = 1
    heartbeat_interval: float = 15


def open_listening_socket(host: str, port: int) -> socket.socket:
    """A listening socket at the port, or at the next free one. Raises OSError where none of them can be had."""
    family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    for next_port in range(port, min(port + _MAX_PORTS_TRIED, 65536)):
        sock = socket.socket(family, kind, protocol)
        try:
            if os.name == "posix":  # elsewhere the option would let two servers share one port
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
    """Answers requests to one preview. Each connection carries one request, so none can hide behind another."""

    def __init__(
        self,
        preview: Preview,
        hosts: AllowedHosts,
        report_error: Callable[[str], None],
        limits: ServerLimits | None = None,
    ) -> None:
        """`tell` hears of what is our own fault."""
        self._preview = preview
        self._hosts = hosts
        self._report_error = report_error
        self._limits = limits or ServerLimits()
        self._run_id = secrets.token_hex(4)
        self.connections: dict[socket.socket, asyncio.Task[None]] = {}
        self._idle: dict[socket.socket, None] = {}
        self._sending_since: dict[socket.socket, float] = {}
        self._is_closing = False
        self.stream_count = 0

    @contextlib.asynccontextmanager
    async def serve(self, sock: socket.socket) -> AsyncIterator[None]:
        """Answer at a listening socket until the block ends; then every connection is closed."""
        asyncio.get_running_loop().set_exception_handler(_ignore_connection_errors)
        accepting = asyncio.create_task(self._accept(sock))
        try:
            yield
        finally:
            self._is_closing = True
            await _stop_accepting(sock, accepting)
            ending = tuple(self.connections.values())
            for task in ending:
                task.cancel()
            await asyncio.gather(*ending, return_exceptions=True)

    async def _accept(self, sock: socket.socket) -> None:
        """Each connection is a task of ours from its first moment, so that none is left open behind the preview."""
        while not self._is_closing:
            try:
                connection, _ = await asyncio.get_running_loop().sock_accept(sock)
            except OSError:  # it has gone already, or the system has none to give just now
                await asyncio.sleep(0.1)
                continue
            crowded = not await self._wait_for_capacity()
            self._idle[connection] = None
            self.connections[connection] = asyncio.create_task(
                self._handle_connection(connection, is_overloaded=crowded)
            )
            self.connections[connection].add_done_callback(partial(self._forget_connection, connection))

    def _forget_connection(self, connection: socket.socket, task: asyncio.Task[None]) -> None:
        """The end of a connection, however it came about: its task may have been cancelled before it began."""
        del self.connections[connection]
        self._idle.pop(connection, None)
        self._sending_since.pop(connection, None)
        connection.close()
        if not task.cancelled() and task.exception():
            self._report_error(_format_internal_error(task.exception()))

    async def _wait_for_capacity(self) -> bool:
        """Whether one more may connect, after waiting a little for somebody to leave."""
        if len(self.connections) < self._limits.connections or self._close_slowest():
            return True
        over, _ = await asyncio.wait(
            self.connections.values(), timeout=self._limits.close_timeout, return_when=asyncio.FIRST_COMPLETED
        )
        return bool(over) or self._close_slowest()

    def _close_slowest(self) -> bool:
        """Part with whoever has kept us waiting longest: to ask or to leave, or else to take a whole answer."""
        patience = asyncio.get_running_loop().time() - self._limits.close_timeout
        slow = itertools.chain(self._idle, (each for each, since in self._sending_since.items() if since < patience))
        slowest = next(slow, None)
        if slowest is None:
            return False
        self._idle.pop(slowest, None)
        self._sending_since.pop(slowest, None)
        self.connections[slowest].cancel()
        return True

    async def _handle_connection(self, connection: socket.socket, *, is_overloaded: bool) -> None:
        """One request and its answer; the other side may leave, or be too slow, at any moment."""
        reader, writer = await asyncio.open_connection(sock=connection, limit=MAX_LINE_LENGTH)
        writer.transport.set_write_buffer_limits(high=0)
        try:
            request, answer = (None, _TOO_MANY_CONNECTIONS) if is_overloaded else await self._read_request(reader)
            self._idle.pop(connection, None)
            if request and answer is None:
                streams = request.path == EVENTS_PATH and request.method == "GET"
                answer = await self._stream_events(reader, writer) if streams else self._respond(request)
            if answer:
                self._sending_since[connection] = asyncio.get_running_loop().time()
                async with asyncio.timeout(self._limits.send_timeout):
                    await send_response(writer, answer, with_body=request is None or request.method != "HEAD")
                self._sending_since.pop(connection, None)
                self._idle[connection] = None
                await self._close_gracefully(reader, writer)
        except (OSError, TimeoutError):
            pass
        finally:
            writer.transport.abort()

    async def _read_request(self, reader: asyncio.StreamReader) -> tuple[HttpRequest | None, HttpResponse | None]:
        """The request, or the answer that it gets at once for being none, or not one of ours."""
        try:
            async with asyncio.timeout(self._limits.request_timeout):
                request = await read_request(reader)
        except TimeoutError:
            return None, text_response(408, "The request took too long.")
        except BadRequestError as error:
            return None, text_response(error.status, str(error))
        return request, refuse_request(request, self._hosts) if request else None

    def _respond(self, request: HttpRequest) -> HttpResponse:
        if is_accept_request(request, self._preview.state):
            self._preview.accept()
        try:
            return respond(request, self._preview.state, self._run_id)
        except Exception as error:
            self._report_error(_format_internal_error(error))
            return text_response(500, "plansite itself failed; its terminal says more.")

    async def _stream_events(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> HttpResponse | None:
        """Keep a browser told; the answer it gets instead where too many listen."""
        if self.stream_count >= self._limits.streams:
            return text_response(503, "Too many pages listen at once.", ("Retry-After", "5"))
        self.stream_count += 1
        try:
            await stream_events(reader, writer, self._preview, self._run_id, heartbeat=self._limits.heartbeat_interval)
        finally:
            self.stream_count -= 1
        return None

    async def _close_gracefully(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Hear the other side out: closing on unread bytes makes some systems throw our answer away."""
        writer.write_eof()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(self._limits.close_timeout):
                while await reader.read(MAX_LINE_LENGTH):
                    pass


async def _stop_accepting(sock: socket.socket, accepting: asyncio.Task[None]) -> None:
    """Knock at our own door, so that the one who waits behind it sees that it is time to go.

    Cancelling him alone would lose whoever has been let in at that very moment.
    """
    with socket.socket(sock.family, sock.type) as knock:
        knock.setblocking(False)
        knock.connect_ex(sock.getsockname())
        await asyncio.wait({accepting}, timeout=1)
    accepting.cancel()
    await asyncio.gather(accepting, return_exceptions=True)


def _ignore_connection_errors(loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """A connection may break at the very moment we part with it. Nobody is left to hear of that, nor needs to."""
    if not isinstance(context.get("exception"), OSError):
        loop.default_exception_handler(context)


def _format_internal_error(error: BaseException | None) -> str:
    return f"plansite itself failed while answering: {type(error).__name__}: {error}"
