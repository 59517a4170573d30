"""The event stream: each turn of the preview is told at once to every browser that listens."""

from __future__ import annotations

import asyncio
import contextlib

from plansite.serve.answers import Answer
from plansite.serve.pages import news
from plansite.serve.preview import Preview

_OPENING = Answer(kind="text/event-stream; charset=utf-8")


async def stream(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, preview: Preview, run: str, *, heartbeat: float
) -> None:
    """Tell what is shown now, and each change, until the browser leaves.

    Raises OSError when it has left, and TimeoutError when it stops reading; `heartbeat` is in seconds.
    """
    telling = asyncio.create_task(_tell(writer, preview, run, heartbeat))
    leaving = asyncio.create_task(_until_left(reader))
    try:
        await asyncio.wait({telling, leaving}, return_when=asyncio.FIRST_COMPLETED)
        if telling.done():
            telling.result()
    finally:
        telling.cancel()
        leaving.cancel()
        await asyncio.gather(telling, leaving, return_exceptions=True)


async def _tell(writer: asyncio.StreamWriter, preview: Preview, run: str, heartbeat: float) -> None:
    # Not wait_for: before Python 3.12 it can lose the wish that this task should end.
    writer.write(_OPENING.head(None) + b"retry: 1000\n\n")
    turn = -1
    while True:
        told = b":\n\n"  # says no more than that the preview is alive, where nothing else is to be said
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(heartbeat):
                shown = await preview.later_than(turn)
            turn = shown.turn
            told = f"data: {news(shown, run)}\n\n".encode()
        async with asyncio.timeout(heartbeat):
            writer.write(told)
            await writer.drain()


async def _until_left(reader: asyncio.StreamReader) -> None:
    while await reader.read(1024):
        pass
