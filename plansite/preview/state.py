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
from plansite.pipeline.build import BuiltSite
from plansite.preview.diagnostics import Diagnostic, diagnose_error, diagnose_finding

#: A finding as it is known again after lines were added above it.
ErrorKey = tuple[str, str, str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewState:
    """What is shown now.

    `edition` counts the builds shown, `turn` every change of what is known. `held_build` is a build that brought new
    errors: it waits until they are mended or somebody asks to see it all the same.
    """

    edition: int = 0
    turn: int = 0
    built: BuiltSite | None = None
    diagnostics: tuple[Diagnostic, ...] = ()
    held_build: BuiltSite | None = None


def update_state(state: PreviewState, outcome: BuiltSite | tuple[Diagnostic, ...]) -> PreviewState:
    """What is shown once a build has ended: well, with errors it did not have before, or not at all."""
    turn = state.turn + 1
    if isinstance(outcome, tuple):
        edition = state.edition if state.built else turn
        return replace(state, turn=turn, edition=edition, diagnostics=outcome, held_build=None)
    fresh = find_new_errors(state.built, outcome)
    if fresh:
        return replace(
            state, turn=turn, diagnostics=tuple(diagnose_finding(each) for each in fresh), held_build=outcome
        )
    return PreviewState(edition=turn, turn=turn, built=outcome)


def accept_held_build(state: PreviewState) -> PreviewState:
    """What is shown once somebody has asked to see the site with its new errors."""
    if state.held_build is None:
        return state
    return PreviewState(edition=state.turn + 1, turn=state.turn + 1, built=state.held_build)


def find_new_errors(before: BuiltSite | None, now: BuiltSite) -> tuple[Finding, ...]:
    """The errors that the last good build did not have; a first build has none that are new."""
    if before is None:
        return ()
    known = {_error_key(finding) for finding in _error_findings(before)}
    return tuple(finding for finding in _error_findings(now) if _error_key(finding) not in known)


def _error_findings(built: BuiltSite) -> tuple[Finding, ...]:
    return tuple(finding for finding in built.findings if finding.rule.level is Level.ERROR)


def _error_key(finding: Finding) -> ErrorKey:
    return (finding.path, finding.rule.code, finding.field, finding.message)


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewBuild:
    """A build that has ended: what set it off, how long it took, and what is shown since."""

    paths: tuple[str, ...]
    seconds: float
    state: PreviewState


class Preview:
    """Builds when told to, and tells those who wait when there is something else to show. One event loop uses it."""

    def __init__(self, root: Path, build: Callable[[], BuiltSite]) -> None:
        """`build` compiles the site in `root` as it is now; what it raises is shown as faults."""
        self.state = PreviewState()
        self.is_building = False
        self._root = root
        self._build = build
        self._change = asyncio.Event()

    async def rebuild(self, paths: tuple[str, ...] = ()) -> PreviewBuild:
        """Build once. A build that is cut short, as by Ctrl-C, leaves `building` set."""
        began = time.perf_counter()
        self.is_building = True
        outcome = await _run_in_thread(self._run_build)
        self.is_building = False
        self._set_state(update_state(self.state, outcome))
        return PreviewBuild(paths=paths, seconds=time.perf_counter() - began, state=self.state)

    def accept(self) -> None:
        """Show a build that was held back for its errors."""
        self._set_state(accept_held_build(self.state))

    async def wait_for_change(self, turn: int) -> PreviewState:
        """What is shown as soon as it is not what was shown at `turn`."""
        while self.state.turn == turn:
            await self._change.wait()
        return self.state

    def _set_state(self, state: PreviewState) -> None:
        self.state = state
        self._change.set()
        self._change = asyncio.Event()

    def _run_build(self) -> BuiltSite | tuple[Diagnostic, ...]:
        try:
            return self._build()
        except Exception as error:  # whatever a build raises, the preview goes on and shows it
            return diagnose_error(error, self._root)


async def _run_in_thread(build: Callable[[], BuiltSite | tuple[Diagnostic, ...]]) -> BuiltSite | tuple[Diagnostic, ...]:
    """Do it beside the event loop, in a thread that does not keep the process alive after Ctrl-C."""
    loop = asyncio.get_running_loop()
    done: asyncio.Future[BuiltSite | tuple[Diagnostic, ...]] = loop.create_future()

    def settle(outcome: BuiltSite | tuple[Diagnostic, ...]) -> None:
        if not done.done():
            done.set_result(outcome)

    def run() -> None:
        outcome = build()
        with contextlib.suppress(RuntimeError):  # the loop has ended meanwhile
            loop.call_soon_threadsafe(settle, outcome)

    threading.Thread(target=run, name="build", daemon=True).start()
    return await done
