"""The event stream (Server-Sent Events): sends each change of the preview's state to a browser."""

from __future__ import annotations

import asyncio
import contextlib

from plansite.preview.responses import HttpResponse
from plansite.preview.routes import format_status
from plansite.preview.state import Preview

_STREAM_RESPONSE = HttpResponse(content_type="text/event-stream; charset=utf-8")


async def stream_events(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, preview: Preview, run_id: str, *, heartbeat: float
) -> None:
    """Send the state and each change of it, until the browser closes the connection.

    `heartbeat` is the longest pause between two messages, in seconds. Raises OSError where the connection breaks and
    TimeoutError where the browser stops reading.
    """
    sending = asyncio.create_task(_send_events(writer, preview, run_id, heartbeat))
    closing = asyncio.create_task(_wait_until_closed(reader))
    try:
        await asyncio.wait({sending, closing}, return_when=asyncio.FIRST_COMPLETED)
        if sending.done():
            sending.result()
    finally:
        sending.cancel()
        closing.cancel()
        await asyncio.gather(sending, closing, return_exceptions=True)


async def _send_events(writer: asyncio.StreamWriter, preview: Preview, run_id: str, heartbeat: float) -> None:
    # Not wait_for: before Python 3.12 it can swallow the cancellation of this task.
    writer.write(_STREAM_RESPONSE.format_head(None) + b"retry: 1000\n\n")
    turn = -1
    while True:
        message = b":\n\n"  # a comment, as a heartbeat where nothing has changed
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(heartbeat):
                state = await preview.wait_for_change(turn)
            turn = state.turn
            message = f"data: {format_status(state, run_id)}\n\n".encode()
        async with asyncio.timeout(heartbeat):
            writer.write(message)
            await writer.drain()


async def _wait_until_closed(reader: asyncio.StreamReader) -> None:
    while await reader.read(1024):
        pass
