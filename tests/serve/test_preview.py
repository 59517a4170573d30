"""What is shown after good builds, builds with new errors, and failures."""

from __future__ import annotations

import asyncio
from pathlib import Path

from plansite.content.settings import SettingsError
from plansite.model.findings import Finding, Level, Rule
from plansite.serve.faults import Fault
from plansite.serve.preview import Preview, Shown, accepted, after, new_errors
from tests.serve.served import FILES, built, error

GOOD = built()
FAULT = (Fault(what="broken"),)


def test_a_first_build_is_shown_whatever_its_errors() -> None:
    """A site that starts with errors is shown: its own pages say what they are."""
    shown = after(Shown(), built(FILES, error()))
    assert (shown.edition, shown.turn, shown.faults, shown.held) == (1, 1, (), None)
    assert shown.built is not None


def test_a_failed_build_keeps_the_last_good_one() -> None:
    """Where a build fails, the last good one stays, with the faults; the next good one takes their place."""
    good = after(Shown(), GOOD)
    failed = after(good, FAULT)
    assert (failed.built, failed.edition, failed.turn, failed.faults) == (GOOD, 1, 2, FAULT)
    mended = after(failed, built())
    assert (mended.edition, mended.turn, mended.faults) == (3, 3, ())


def test_a_first_failure_is_an_edition_of_its_own() -> None:
    """Without anything good to show, each failure is a page of its own."""
    first = after(Shown(), FAULT)
    second = after(first, FAULT)
    assert (first.built, first.edition, second.edition) == (None, 1, 2)


def test_new_errors_hold_a_build_back() -> None:
    """A build with errors that the last good one did not have waits, and names only those."""
    good = after(Shown(), built(FILES, error("old")))
    held = after(good, built(FILES, error("old"), error("new")))
    assert held.built == good.built
    assert held.held is not None
    assert [fault.what for fault in held.faults] == ["PS999 bad-thing: new"]
    assert held.edition == good.edition


def test_an_error_is_known_again_on_another_line() -> None:
    """Lines added above an old error do not make it a new one; the same words in another file do."""
    before = built(FILES, error(line=3))
    assert new_errors(before, built(FILES, error(line=30))) == ()
    assert new_errors(before, built(FILES, error(path="content/window.md"))) != ()


def test_warnings_hold_nothing_back() -> None:
    """Only errors count."""
    warning = Finding(rule=Rule("PS998", "odd-thing", Level.WARNING, "Odd."), path="a.md", message="odd")
    assert after(after(Shown(), GOOD), built(FILES, warning)).faults == ()


def test_a_held_build_can_be_accepted() -> None:
    """Once somebody asks for it a held build is shown, and its errors hold nothing back any more."""
    held = after(after(Shown(), GOOD), built(FILES, error()))
    shown = accepted(held)
    assert (shown.built, shown.faults, shown.held) == (held.held, (), None)
    assert shown.edition > held.edition
    assert shown.turn > held.turn
    assert after(shown, built(FILES, error())).held is None
    assert accepted(shown) == shown


def test_a_held_build_is_gone_after_a_failure() -> None:
    """What was held back cannot be accepted once a later build has failed."""
    held = after(after(Shown(), GOOD), built(FILES, error()))
    assert after(held, FAULT).held is None


def test_whoever_waits_hears_of_each_turn(tmp_path: Path) -> None:
    """Waiting ends at once where the turn has passed, else with the next; a build that raises is a turn too."""
    outcomes = [GOOD, SettingsError([error("no such key")]), GOOD]

    def build() -> object:
        outcome = outcomes.pop(0)
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    async def run() -> list[Shown]:
        preview = Preview(tmp_path, build)  # type: ignore[arg-type]  # it returns a build or raises, as a build does
        seen = []
        for turn in range(3):
            waiting = asyncio.create_task(preview.later_than(turn))
            attempt = await preview.rebuild(("a.md",))
            assert attempt.shown == await waiting == await preview.later_than(turn)
            seen.append(attempt.shown)
            assert attempt.paths == ("a.md",)
        return seen

    first, second, third = asyncio.run(run())
    assert (first.edition, second.edition, third.edition) == (1, 1, 3)
    assert second.faults[0].what == "PS999 bad-thing: no such key"


def test_a_build_cut_short_is_known(tmp_path: Path) -> None:
    """After an end in the midst of a build the preview says so; after one in between it does not."""
    preview = Preview(tmp_path, lambda: GOOD)

    async def cut_short() -> None:
        task = asyncio.create_task(preview.rebuild())
        await asyncio.sleep(0)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)

    asyncio.run(cut_short())
    assert preview.building
    asyncio.run(_once(preview))
    assert not preview.building


async def _once(preview: Preview) -> None:
    await preview.rebuild()
