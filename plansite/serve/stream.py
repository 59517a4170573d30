"""The event stream: each turn of the preview is told at once to every browser that listens."""

from __future__ import annotations

import asyncio

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
    writer.write(_OPENING.head(None) + b"retry: 1000\n\n")
    turn = -1
    while True:
        try:
            shown = await asyncio.wait_for(preview.later_than(turn), heartbeat)
            turn = shown.turn
            writer.write(f"data: {news(shown, run)}\n\n".encode())
        except TimeoutError:
            writer.write(b":\n\n")
        await asyncio.wait_for(writer.drain(), heartbeat)


async def _until_left(reader: asyncio.StreamReader) -> None:
    while await reader.read(1024):
        pass
