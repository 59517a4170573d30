"""The state of the preview: the last good build, and the diagnostics of builds since."""

from __future__ import annotations

import asyncio
import contextlib
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from plansite.deferred_dataclass import dataclass
from plansite.model.findings import Finding, Level
from plansite.pipeline.build import BuiltSite
from plansite.preview.diagnostics import Diagnostic, diagnose_error, diagnose_finding

#: Identifies a finding without its line, which changes when lines are added above it.
ErrorKey = tuple[str, str, str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewState:
    """What the browser is shown.

    `turn` increases with every change of the state; `shown_turn` is the turn from which the same pages are shown.
    `held_build` is a build with new errors, which is held back until they are corrected or the reader asks to see it.
    """

    shown_turn: int = 0
    turn: int = 0
    built: BuiltSite | None = None
    diagnostics: tuple[Diagnostic, ...] = ()
    held_build: BuiltSite | None = None


def update_state(state: PreviewState, outcome: BuiltSite | tuple[Diagnostic, ...]) -> PreviewState:
    """The state after a build: the built site, which is held back where it has new errors, or why it failed."""
    turn = state.turn + 1
    if isinstance(outcome, tuple):
        shown_turn = state.shown_turn if state.built else turn
        return replace(state, turn=turn, shown_turn=shown_turn, diagnostics=outcome, held_build=None)
    new_errors = find_new_errors(state.built, outcome)
    if new_errors:
        return replace(state, turn=turn, diagnostics=tuple(map(diagnose_finding, new_errors)), held_build=outcome)
    return PreviewState(shown_turn=turn, turn=turn, built=outcome)


def accept_held_build(state: PreviewState) -> PreviewState:
    """The state once the reader has asked to see the held build; unchanged where there is none."""
    if state.held_build is None:
        return state
    return PreviewState(shown_turn=state.turn + 1, turn=state.turn + 1, built=state.held_build)


def find_new_errors(before: BuiltSite | None, now: BuiltSite) -> tuple[Finding, ...]:
    """The errors that the build before did not have; none for a first build."""
    if before is None:
        return ()
    known_keys = {_error_key(finding) for finding in _error_findings(before)}
    return tuple(finding for finding in _error_findings(now) if _error_key(finding) not in known_keys)


def _error_findings(built: BuiltSite) -> tuple[Finding, ...]:
    return tuple(finding for finding in built.findings if finding.rule.level is Level.ERROR)


def _error_key(finding: Finding) -> ErrorKey:
    return (finding.path, finding.rule.code, finding.field, finding.message)


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewBuild:
    """A finished build: the changed paths that started it, its duration in seconds, and the state after it."""

    paths: tuple[str, ...]
    seconds: float
    state: PreviewState


class Preview:
    """Builds the site on request and wakes those who wait for a new state. Used by one event loop."""

    def __init__(self, root: Path, build: Callable[[], BuiltSite]) -> None:
        """`build` builds the site in `root` as it is now. Its exceptions become diagnostics."""
        self.state = PreviewState()
        self.is_building = False
        self._root = root
        self._build = build
        self._change = asyncio.Event()

    async def rebuild(self, paths: tuple[str, ...] = ()) -> PreviewBuild:
        """Build once. `is_building` stays True where the build is interrupted, as by Ctrl-C."""
        started_at = time.perf_counter()
        self.is_building = True
        outcome = await _run_in_thread(self._run_build)
        self.is_building = False
        self._set_state(update_state(self.state, outcome))
        return PreviewBuild(paths=paths, seconds=time.perf_counter() - started_at, state=self.state)

    def accept(self) -> None:
        """Show the held build."""
        self._set_state(accept_held_build(self.state))

    async def wait_for_change(self, turn: int) -> PreviewState:
        """The state, as soon as its turn is another than `turn`."""
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
        except Exception as error:  # the preview continues after any exception, and shows it
            return diagnose_error(error, self._root)


async def _run_in_thread(build: Callable[[], BuiltSite | tuple[Diagnostic, ...]]) -> BuiltSite | tuple[Diagnostic, ...]:
    """The result of `build`, run in a daemon thread, which does not keep the process alive after Ctrl-C."""
    loop = asyncio.get_running_loop()
    result: asyncio.Future[BuiltSite | tuple[Diagnostic, ...]] = loop.create_future()

    def set_result(outcome: BuiltSite | tuple[Diagnostic, ...]) -> None:
        if not result.done():
            result.set_result(outcome)

    def run() -> None:
        outcome = build()
        with contextlib.suppress(RuntimeError):  # the loop was closed meanwhile
            loop.call_soon_threadsafe(set_result, outcome)

    threading.Thread(target=run, name="build", daemon=True).start()
    return await result
