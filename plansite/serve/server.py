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

from plansite.serve.answers import Answer, said, send
from plansite.serve.hosts import Hosts
from plansite.serve.pages import EVENTS, answer_of, asks_to_accept, refusal
from plansite.serve.preview import Preview
from plansite.serve.requests import LONGEST_LINE, BadRequestError, Request, read_request
from plansite.serve.stream import stream

_TRIES = 50
_CROWDED = said(503, "Too much is asked at once.", ("Retry-After", "1"))
_BUSY = {errno.EADDRINUSE, getattr(errno, "WSAEADDRINUSE", errno.EADDRINUSE)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much anybody may ask of the preview; times are in seconds."""

    connections: int = 128
    streams: int = 32
    to_ask: float = 10
    to_read: float = 120
    to_leave: float = 1
    heartbeat: float = 15


def listening(host: str, port: int) -> socket.socket:
    """A listening socket at the port, or at the next free one. Raises OSError where none of them can be had."""
    family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    for next_port in range(port, min(port + _TRIES, 65536)):
        sock = socket.socket(family, kind, protocol)
        try:
            if os.name == "posix":  # elsewhere the option would let two servers share one port
                sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            sock.bind((address[0], next_port, *address[2:]))
            sock.listen(Limits().connections)
        except OSError as error:
            sock.close()
            if error.errno not in _BUSY:
                raise
        else:
            sock.setblocking(False)
            return sock
    raise OSError(errno.EADDRINUSE, f"no free port from {port} on")


class Server:
    """Answers requests to one preview. Each connection carries one request, so none can hide behind another."""

    def __init__(
        self, preview: Preview, hosts: Hosts, tell: Callable[[str], None], limits: Limits | None = None
    ) -> None:
        """`tell` hears of what is our own fault."""
        self._preview = preview
        self._hosts = hosts
        self._tell = tell
        self._limits = limits or Limits()
        self._run = secrets.token_hex(4)
        self.open: dict[socket.socket, asyncio.Task[None]] = {}
        self._idle: dict[socket.socket, None] = {}
        self._sending: dict[socket.socket, float] = {}
        self._ending = False
        self.streams = 0

    @contextlib.asynccontextmanager
    async def answering(self, sock: socket.socket) -> AsyncIterator[None]:
        """Answer at a listening socket until the block ends; then every connection is closed."""
        asyncio.get_running_loop().set_exception_handler(_unheard)
        accepting = asyncio.create_task(self._accept(sock))
        try:
            yield
        finally:
            self._ending = True
            await _end_accepting(sock, accepting)
            ending = tuple(self.open.values())
            for task in ending:
                task.cancel()
            await asyncio.gather(*ending, return_exceptions=True)

    async def _accept(self, sock: socket.socket) -> None:
        """Each connection is a task of ours from its first moment, so that none is left open behind the preview."""
        while not self._ending:
            try:
                connection, _ = await asyncio.get_running_loop().sock_accept(sock)
            except OSError:  # it has gone already, or the system has none to give just now
                await asyncio.sleep(0.1)
                continue
            crowded = not await self._room()
            self._idle[connection] = None
            self.open[connection] = asyncio.create_task(self._connection(connection, crowded=crowded))
            self.open[connection].add_done_callback(partial(self._over, connection))

    def _over(self, connection: socket.socket, task: asyncio.Task[None]) -> None:
        """The end of a connection, however it came about: its task may have been cancelled before it began."""
        del self.open[connection]
        self._idle.pop(connection, None)
        self._sending.pop(connection, None)
        connection.close()
        if not task.cancelled() and task.exception():
            self._tell(_fault(task.exception()))

    async def _room(self) -> bool:
        """Whether one more may connect, after waiting a little for somebody to leave."""
        if len(self.open) < self._limits.connections or self._let_go():
            return True
        over, _ = await asyncio.wait(
            self.open.values(), timeout=self._limits.to_leave, return_when=asyncio.FIRST_COMPLETED
        )
        return bool(over) or self._let_go()

    def _let_go(self) -> bool:
        """Part with whoever has kept us waiting longest: to ask or to leave, or else to take a whole answer."""
        patience = asyncio.get_running_loop().time() - self._limits.to_leave
        slow = itertools.chain(self._idle, (each for each, since in self._sending.items() if since < patience))
        slowest = next(slow, None)
        if slowest is None:
            return False
        self._idle.pop(slowest, None)
        self._sending.pop(slowest, None)
        self.open[slowest].cancel()
        return True

    async def _connection(self, connection: socket.socket, *, crowded: bool) -> None:
        """One request and its answer; the other side may leave, or be too slow, at any moment."""
        reader, writer = await asyncio.open_connection(sock=connection, limit=LONGEST_LINE)
        writer.transport.set_write_buffer_limits(high=0)
        try:
            request, answer = (None, _CROWDED) if crowded else await self._asked(reader)
            self._idle.pop(connection, None)
            if request and answer is None:
                streams = request.path == EVENTS and request.method == "GET"
                answer = await self._streamed(reader, writer) if streams else self._answer(request)
            if answer:
                self._sending[connection] = asyncio.get_running_loop().time()
                async with asyncio.timeout(self._limits.to_read):
                    await send(writer, answer, body=request is None or request.method != "HEAD")
                self._sending.pop(connection, None)
                self._idle[connection] = None
                await self._leave(reader, writer)
        except (OSError, TimeoutError):
            pass
        finally:
            writer.transport.abort()

    async def _asked(self, reader: asyncio.StreamReader) -> tuple[Request | None, Answer | None]:
        """The request, or the answer that it gets at once for being none, or not one of ours."""
        try:
            async with asyncio.timeout(self._limits.to_ask):
                request = await read_request(reader)
        except TimeoutError:
            return None, said(408, "The request took too long.")
        except BadRequestError as error:
            return None, said(error.status, str(error))
        return request, refusal(request, self._hosts) if request else None

    def _answer(self, request: Request) -> Answer:
        if asks_to_accept(request, self._preview.shown):
            self._preview.accept()
        try:
            return answer_of(request, self._preview.shown, self._run)
        except Exception as error:
            self._tell(_fault(error))
            return said(500, "plansite itself failed; its terminal says more.")

    async def _streamed(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> Answer | None:
        """Keep a browser told; the answer it gets instead where too many listen."""
        if self.streams >= self._limits.streams:
            return said(503, "Too many pages listen at once.", ("Retry-After", "5"))
        self.streams += 1
        try:
            await stream(reader, writer, self._preview, self._run, heartbeat=self._limits.heartbeat)
        finally:
            self.streams -= 1
        return None

    async def _leave(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Hear the other side out: closing on unread bytes makes some systems throw our answer away."""
        writer.write_eof()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(self._limits.to_leave):
                while await reader.read(LONGEST_LINE):
                    pass


async def _end_accepting(sock: socket.socket, accepting: asyncio.Task[None]) -> None:
    """Knock at our own door, so that the one who waits behind it sees that it is time to go.

    Cancelling him alone would lose whoever has been let in at that very moment.
    """
    with socket.socket(sock.family, sock.type) as knock:
        knock.setblocking(False)
        knock.connect_ex(sock.getsockname())
        await asyncio.wait({accepting}, timeout=1)
    accepting.cancel()
    await asyncio.gather(accepting, return_exceptions=True)


def _unheard(loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """A connection may break at the very moment we part with it. Nobody is left to hear of that, nor needs to."""
    if not isinstance(context.get("exception"), OSError):
        loop.default_exception_handler(context)


def _fault(error: BaseException | None) -> str:
    return f"plansite itself failed while answering: {type(error).__name__}: {error}"
