"""Changes come to rest before they are told, and none is lost."""

from __future__ import annotations

import asyncio
import threading

from plansite.serve.changes import Changes


def test_changes_of_one_breath_are_told_together() -> None:
    """Several changes at once are one; each path is named once, in order."""

    async def run() -> tuple[str, ...]:
        changes = Changes()
        for path in ("a", "b", "a"):
            changes.note(path)
        return await changes.settled()

    assert asyncio.run(run()) == ("a", "b")


def test_a_change_made_meanwhile_is_told_next() -> None:
    """A change noted while nobody waits, as during a build, is told at once by the next question."""

    async def run() -> list[tuple[str, ...]]:
        changes = Changes()
        changes.note("a")
        first = await changes.settled()
        changes.note("b")
        return [first, await changes.settled()]

    assert asyncio.run(run()) == [("a",), ("b",)]


def test_nothing_is_told_twice() -> None:
    """Once told, a change is over."""

    async def run() -> bool:
        changes = Changes(quiet=0.001)
        changes.note("a")
        await changes.settled()
        try:
            async with asyncio.timeout(0.05):
                await changes.settled()
        except TimeoutError:
            return True
        return False

    assert asyncio.run(run())


def test_an_endless_stream_of_changes_is_told_all_the_same() -> None:
    """Where files never come to rest, what has changed so far is told after a while, and no path is lost."""

    async def run() -> tuple[int, list[str]]:
        changes = Changes(longest=0.02)
        noted = 0
        told: list[str] = []
        for _ in range(3):
            waiting = asyncio.create_task(changes.settled())
            while not waiting.done():
                changes.note(str(noted))
                noted += 1
                await asyncio.sleep(0)
            told.extend(waiting.result())
        while len(told) < noted:
            told.extend(await changes.settled())
        return noted, told

    noted, told = asyncio.run(asyncio.wait_for(run(), 20))
    assert told == [str(number) for number in range(noted)]


def test_many_threads_lose_nothing() -> None:
    """Changes noted from other threads while others are being told all arrive."""

    async def run() -> set[str]:
        changes = Changes(quiet=0.001)
        wanted = {f"{name}-{number}" for name in "abcd" for number in range(50)}

        def note(name: str) -> None:
            for number in range(50):
                changes.note(f"{name}-{number}")

        for name in "abcd":
            threading.Thread(target=note, args=(name,)).start()
        told: set[str] = set()
        while told != wanted:
            told |= set(await changes.settled())
        return told

    assert len(asyncio.run(asyncio.wait_for(run(), 20))) == 200


def test_a_late_change_after_the_end_is_no_fault() -> None:
    """A watcher that still speaks after the preview has ended is not heard, and nothing breaks."""

    async def made() -> Changes:
        return Changes()

    asyncio.run(made()).note("a")
