"""What is shown after good builds, builds with new errors, and failures."""

from __future__ import annotations

import asyncio
from pathlib import Path

from plansite.content.settings import SettingsError
from plansite.model.findings import Finding, Level, Rule
from plansite.preview.diagnostics import Diagnostic
from plansite.preview.state import Preview, PreviewState, accept_held_build, find_new_errors, update_state
from tests.preview.served import FILES, built, error

GOOD = built()
FAULT = (Diagnostic(message="broken"),)


def test_a_first_build_is_shown_whatever_its_errors() -> None:
    """A site that starts with errors is shown: its own pages say what they are."""
    shown = update_state(PreviewState(), built(FILES, error()))
    assert (shown.shown_turn, shown.turn, shown.diagnostics, shown.held_build) == (1, 1, (), None)
    assert shown.built is not None


def test_a_failed_build_keeps_the_last_good_one() -> None:
    """Where a build fails, the last good one stays, with the faults; the next good one takes their place."""
    good = update_state(PreviewState(), GOOD)
    failed = update_state(good, FAULT)
    assert (failed.built, failed.shown_turn, failed.turn, failed.diagnostics) == (GOOD, 1, 2, FAULT)
    mended = update_state(failed, built())
    assert (mended.shown_turn, mended.turn, mended.diagnostics) == (3, 3, ())


def test_a_first_failure_is_an_edition_of_its_own() -> None:
    """Without anything good to show, each failure is a page of its own."""
    first = update_state(PreviewState(), FAULT)
    second = update_state(first, FAULT)
    assert (first.built, first.shown_turn, second.shown_turn) == (None, 1, 2)


def test_new_errors_hold_a_build_back() -> None:
    """A build with errors that the last good one did not have waits, and names only those."""
    good = update_state(PreviewState(), built(FILES, error("old")))
    held = update_state(good, built(FILES, error("old"), error("new")))
    assert held.built == good.built
    assert held.held_build is not None
    assert [fault.message for fault in held.diagnostics] == ["PS999 bad-thing: new"]
    assert held.shown_turn == good.shown_turn


def test_an_error_is_known_again_on_another_line() -> None:
    """Lines added above an old error do not make it a new one; the same words in another file do."""
    before = built(FILES, error(line=3))
    assert find_new_errors(before, built(FILES, error(line=30))) == ()
    assert find_new_errors(before, built(FILES, error(path="content/window.md"))) != ()


def test_warnings_hold_nothing_back() -> None:
    """Only errors count."""
    warning = Finding(rule=Rule("PS998", "odd-thing", Level.WARNING, "Odd."), path="a.md", message="odd")
    assert update_state(update_state(PreviewState(), GOOD), built(FILES, warning)).diagnostics == ()


def test_a_held_build_can_be_accepted() -> None:
    """Once somebody asks for it a held build is shown, and its errors hold nothing back any more."""
    held = update_state(update_state(PreviewState(), GOOD), built(FILES, error()))
    shown = accept_held_build(held)
    assert (shown.built, shown.diagnostics, shown.held_build) == (held.held_build, (), None)
    assert shown.shown_turn > held.shown_turn
    assert shown.turn > held.turn
    assert update_state(shown, built(FILES, error())).held_build is None
    assert accept_held_build(shown) == shown


def test_a_held_build_is_gone_after_a_failure() -> None:
    """What was held back cannot be accepted once a later build has failed."""
    held = update_state(update_state(PreviewState(), GOOD), built(FILES, error()))
    assert update_state(held, FAULT).held_build is None


def test_whoever_waits_hears_of_each_turn(tmp_path: Path) -> None:
    """Waiting ends at once where the turn has passed, else with the next; a build that raises is a turn too."""
    outcomes = [GOOD, SettingsError([error("no such key")]), GOOD]

    def build() -> object:
        outcome = outcomes.pop(0)
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    async def run() -> list[PreviewState]:
        preview = Preview(tmp_path, build)  # type: ignore[arg-type]  # it returns a build or raises, as a build does
        seen = []
        for turn in range(3):
            waiting = asyncio.create_task(preview.wait_for_change(turn))
            attempt = await preview.rebuild(("a.md",))
            assert attempt.state == await waiting == await preview.wait_for_change(turn)
            seen.append(attempt.state)
            assert attempt.paths == ("a.md",)
        return seen

    first, second, third = asyncio.run(run())
    assert (first.shown_turn, second.shown_turn, third.shown_turn) == (1, 1, 3)
    assert second.diagnostics[0].message == "PS999 bad-thing: no such key"


def test_a_build_cut_short_is_known(tmp_path: Path) -> None:
    """After an end in the midst of a build the preview says so; after one in between it does not."""
    preview = Preview(tmp_path, lambda: GOOD)

    async def cut_short() -> None:
        task = asyncio.create_task(preview.rebuild())
        await asyncio.sleep(0)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)

    asyncio.run(cut_short())
    assert preview.is_building
    asyncio.run(_once(preview))
    assert not preview.is_building


async def _once(preview: Preview) -> None:
    await preview.rebuild()
