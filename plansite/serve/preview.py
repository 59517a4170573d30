"""What the browser is shown: the last good build, and the faults of what was saved since."""

from __future__ import annotations

import asyncio
import contextlib
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from plansite.model.findings import Finding, Level
from plansite.pipeline.compile import Built
from plansite.serve.faults import Fault, fault_of, faults_of

#: A finding as it is known again after lines were added above it.
Known = tuple[str, str, str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What is shown now.

    `edition` counts the builds shown, `turn` every change of what is known. `held` is a build that brought new
    errors: it waits until they are mended or somebody asks to see it all the same.
    """

    edition: int = 0
    turn: int = 0
    built: Built | None = None
    faults: tuple[Fault, ...] = ()
    held: Built | None = None


def after(shown: Shown, outcome: Built | tuple[Fault, ...]) -> Shown:
    """What is shown once a build has ended: well, with errors it did not have before, or not at all."""
    turn = shown.turn + 1
    if isinstance(outcome, tuple):
        edition = shown.edition if shown.built else turn
        return replace(shown, turn=turn, edition=edition, faults=outcome, held=None)
    fresh = new_errors(shown.built, outcome)
    if fresh:
        return replace(shown, turn=turn, faults=tuple(fault_of(each) for each in fresh), held=outcome)
    return Shown(edition=turn, turn=turn, built=outcome)


def accepted(shown: Shown) -> Shown:
    """What is shown once somebody has asked to see the site with its new errors."""
    if shown.held is None:
        return shown
    return Shown(edition=shown.turn + 1, turn=shown.turn + 1, built=shown.held)


def new_errors(before: Built | None, now: Built) -> tuple[Finding, ...]:
    """The errors that the last good build did not have; a first build has none that are new."""
    if before is None:
        return ()
    known = {_known(finding) for finding in _errors(before)}
    return tuple(finding for finding in _errors(now) if _known(finding) not in known)


def _errors(built: Built) -> tuple[Finding, ...]:
    return tuple(finding for finding in built.findings if finding.rule.level is Level.ERROR)


def _known(finding: Finding) -> Known:
    return (finding.path, finding.rule.code, finding.field, finding.message)


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """A build that has ended: what set it off, how long it took, and what is shown since."""

    paths: tuple[str, ...]
    seconds: float
    shown: Shown


class Preview:
    """Builds when told to, and tells those who wait when there is something else to show. One event loop uses it."""

    def __init__(self, root: Path, build: Callable[[], Built]) -> None:
        """`build` compiles the site in `root` as it is now; what it raises is shown as faults."""
        self.shown = Shown()
        self.building = False
        self._root = root
        self._build = build
        self._change = asyncio.Event()

    async def rebuild(self, paths: tuple[str, ...] = ()) -> Attempt:
        """Build once. A build that is cut short, as by Ctrl-C, leaves `building` set."""
        began = time.perf_counter()
        self.building = True
        outcome = await _in_own_thread(self._outcome)
        self.building = False
        self._show(after(self.shown, outcome))
        return Attempt(paths=paths, seconds=time.perf_counter() - began, shown=self.shown)

    def accept(self) -> None:
        """Show a build that was held back for its errors."""
        self._show(accepted(self.shown))

    async def later_than(self, turn: int) -> Shown:
        """What is shown as soon as it is not what was shown at `turn`."""
        while self.shown.turn == turn:
            await self._change.wait()
        return self.shown

    def _show(self, shown: Shown) -> None:
        self.shown = shown
        self._change.set()
        self._change = asyncio.Event()

    def _outcome(self) -> Built | tuple[Fault, ...]:
        try:
            return self._build()
        except Exception as error:  # whatever a build raises, the preview goes on and shows it
            return faults_of(error, self._root)


async def _in_own_thread(work: Callable[[], Built | tuple[Fault, ...]]) -> Built | tuple[Fault, ...]:
    """Do it beside the event loop, in a thread that does not keep the process alive after Ctrl-C."""
    loop = asyncio.get_running_loop()
    done: asyncio.Future[Built | tuple[Fault, ...]] = loop.create_future()

    def settle(outcome: Built | tuple[Fault, ...]) -> None:
        if not done.done():
            done.set_result(outcome)

    def run() -> None:
        outcome = work()
        with contextlib.suppress(RuntimeError):  # the loop has ended meanwhile
            loop.call_soon_threadsafe(settle, outcome)

    threading.Thread(target=run, name="build", daemon=True).start()
    return await done
