"""Which files were saved, told once they have come to rest."""

from __future__ import annotations

import asyncio
import contextlib

#: An editor writes, renames and touches in one breath; a second without a pause is not waited for.
QUIET = 0.05
LONGEST = 1.0


class Changes:
    """Gathers changes while nobody asks, so that one made during a build is the reason for the next build."""

    def __init__(self, quiet: float = QUIET, longest: float = LONGEST) -> None:
        """Made on the event loop that will ask; times are in seconds."""
        self._loop = asyncio.get_running_loop()
        self._quiet = quiet
        self._longest = longest
        self._paths: dict[str, None] = {}
        self._fresh = asyncio.Event()

    def note(self, path: str) -> None:
        """A file was changed, made or removed. May be called from any thread."""
        with contextlib.suppress(RuntimeError):  # the loop has ended
            self._loop.call_soon_threadsafe(self._add, path)

    def _add(self, path: str) -> None:
        self._paths[path] = None
        self._fresh.set()

    async def settled(self) -> tuple[str, ...]:
        """Wait for a change, then until there is quiet; the paths in the order they were first seen."""
        await self._fresh.wait()
        latest = self._loop.time() + self._longest
        while self._fresh.is_set() and self._loop.time() < latest:
            self._fresh.clear()
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(self._quiet):
                    await self._fresh.wait()
        self._fresh.clear()
        paths, self._paths = tuple(self._paths), {}
        return paths
