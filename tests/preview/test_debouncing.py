"""Changes come to rest before they are told, and none is lost."""

from __future__ import annotations

import asyncio
import threading

from plansite.preview.file_watcher import ChangeDebouncer


def test_changes_of_one_breath_are_told_together() -> None:
    """Several changes at once are one; each path is named once, in order."""

    async def run() -> tuple[str, ...]:
        changes = ChangeDebouncer()
        for path in ("a", "b", "a"):
            changes.add(path)
        return await changes.wait_for_changes()

    assert asyncio.run(run()) == ("a", "b")


def test_a_change_made_meanwhile_is_told_next() -> None:
    """A change noted while nobody waits, as during a build, is told at once by the next question."""

    async def run() -> list[tuple[str, ...]]:
        changes = ChangeDebouncer()
        changes.add("a")
        first = await changes.wait_for_changes()
        changes.add("b")
        return [first, await changes.wait_for_changes()]

    assert asyncio.run(run()) == [("a",), ("b",)]


def test_nothing_is_told_twice() -> None:
    """Once told, a change is over."""

    async def run() -> bool:
        changes = ChangeDebouncer(quiet=0.001)
        changes.add("a")
        await changes.wait_for_changes()
        try:
            async with asyncio.timeout(0.05):
                await changes.wait_for_changes()
        except TimeoutError:
            return True
        return False

    assert asyncio.run(run())


def test_an_endless_stream_of_changes_is_told_all_the_same() -> None:
    """Where files never come to rest, what has changed so far is told after a while, and no path is lost."""

    async def run() -> tuple[int, list[str]]:
        changes = ChangeDebouncer(max_wait=0.02)
        noted = 0
        told: list[str] = []
        for _ in range(3):
            waiting = asyncio.create_task(changes.wait_for_changes())
            while not waiting.done():
                changes.add(str(noted))
                noted += 1
                await asyncio.sleep(0)
            told.extend(waiting.result())
        while len(told) < noted:
            told.extend(await changes.wait_for_changes())
        return noted, told

    noted, told = asyncio.run(asyncio.wait_for(run(), 20))
    assert told == [str(number) for number in range(noted)]


def test_many_threads_lose_nothing() -> None:
    """Changes noted from other threads while others are being told all arrive."""

    async def run() -> set[str]:
        changes = ChangeDebouncer(quiet=0.001)
        wanted = {f"{name}-{number}" for name in "abcd" for number in range(50)}

        def note(name: str) -> None:
            for number in range(50):
                changes.add(f"{name}-{number}")

        for name in "abcd":
            threading.Thread(target=note, args=(name,)).start()
        told: set[str] = set()
        while told != wanted:
            told |= set(await changes.wait_for_changes())
        return told

    assert len(asyncio.run(asyncio.wait_for(run(), 20))) == 200


def test_a_late_change_after_the_end_is_no_fault() -> None:
    """A watcher that still speaks after the preview has ended is not heard, and nothing breaks."""

    async def made() -> ChangeDebouncer:
        return ChangeDebouncer()

    asyncio.run(made()).add("a")
