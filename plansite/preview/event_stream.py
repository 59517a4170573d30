"""The event stream: each turn of the preview is told at once to every browser that listens."""

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
    """Tell what is shown now, and each change, until the browser leaves.

    Raises OSError when it has left, and TimeoutError when it stops reading; `heartbeat` is in seconds.
    """
    telling = asyncio.create_task(_send_events(writer, preview, run_id, heartbeat))
    leaving = asyncio.create_task(_wait_until_closed(reader))
    try:
        await asyncio.wait({telling, leaving}, return_when=asyncio.FIRST_COMPLETED)
        if telling.done():
            telling.result()
    finally:
        telling.cancel()
        leaving.cancel()
        await asyncio.gather(telling, leaving, return_exceptions=True)


async def _send_events(writer: asyncio.StreamWriter, preview: Preview, run_id: str, heartbeat: float) -> None:
    # Not wait_for: before Python 3.12 it can lose the wish that this task should end.
    writer.write(_STREAM_RESPONSE.format_head(None) + b"retry: 1000\n\n")
    turn = -1
    while True:
        told = b":\n\n"  # says no more than that the preview is alive, where nothing else is to be said
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(heartbeat):
                shown = await preview.wait_for_change(turn)
            turn = shown.turn
            told = f"data: {format_status(shown, run_id)}\n\n".encode()
        async with asyncio.timeout(heartbeat):
            writer.write(told)
            await writer.drain()


async def _wait_until_closed(reader: asyncio.StreamReader) -> None:
    while await reader.read(1024):
        pass
