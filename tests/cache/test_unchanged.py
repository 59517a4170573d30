"""A build that would make the same again is spared, unless something is left to be done."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from plansite.cache.unchanged import check_unchanged
from plansite.cli.build import run_build
from plansite.cli.context import CommandContext
from plansite.cli.fast_build import run_fast_build
from plansite.cli.main import main
from plansite.pipeline.published_build import BuildRequest
from tests.publish.versions import beside, files_in
from tests.sites import write

pytestmark = pytest.mark.usefixtures("fast_paths")

DAY = datetime(2025, 1, 20, 12, tzinfo=UTC)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A small site, built."""
    root = write(tmp_path / "site", {"content/plans/falls/plan.md": "---\ntitle: Falls\n---\n"})
    assert main(["build", "-q", "--site", str(root)]) == 0
    return root


def _again(root: Path) -> bool:
    found = check_unchanged(root, root / "public", None, "", lambda _: datetime.now(UTC).date())
    return found.last_build is not None


def _at(day: date) -> Callable[[str], date]:
    return lambda _: day


def test_the_same_is_known(root: Path) -> None:
    """With nothing changed there is nothing to do."""
    assert _again(root)


@pytest.mark.parametrize("name", ["lock", "next", "old"])
def test_what_a_killed_build_left_is_tidied_even_if_nothing_has_changed(root: Path, name: str) -> None:
    """A build that was killed before it wrote anything, or could not remove the old site, leaves work to do."""
    left = root / f".public.plansite-{name}"
    if name == "lock":
        left.touch()
    else:
        (left / "plans").mkdir(parents=True)
    assert not _again(root)
    assert run_fast_build(["build", "-q", "--site", str(root)]) == 0
    assert not any(each.startswith(".public.") for each in beside(root / "public"))
    assert _again(root)


def test_half_written_notes_are_tidied(root: Path) -> None:
    """A process that was killed while it kept something leaves nothing for good."""
    half = [root / ".plansite/last-build.json.1", root / f".plansite/memo/{'0' * 40}.1"]
    for path in half:
        path.touch()
    write(root, {"plansite.yaml": "title: Another\n"})
    assert main(["build", "-q", "--site", str(root)]) == 0
    assert not any(path.exists() for path in half)


class _Clock(datetime):
    """A clock that goes back by a day each time it is asked, down to the first."""

    left = 0

    @classmethod
    def now(cls, tz: object = None) -> datetime:  # type: ignore[override]  # noqa: ARG003  (a day is all that is asked)
        """The next day."""
        cls.left = max(cls.left - 1, 0)
        return DAY + timedelta(days=cls.left)


def test_a_clock_that_goes_back_during_a_build_is_looked_at_once(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """All pages are about the day that the note tells; another day is never taken for it."""
    monkeypatch.setattr("plansite.cli.context.datetime", _Clock)
    manner, order = CommandContext(root, None, quiet=True), BuildRequest(root=root, out=root / "public")
    _Clock.left = 10
    assert run_build(manner, order) == 0
    built = files_in(order.out)
    days = [(DAY + timedelta(days=each)).date() for each in range(10)]
    (known,) = (day for day in days if check_unchanged(root, order.out, None, "", _at(day)).last_build)
    assert main(["clean", "-q", "--site", str(root)]) == 0
    monkeypatch.setattr(_Clock, "now", classmethod(lambda *_: datetime(known.year, known.month, known.day, tzinfo=UTC)))
    assert run_build(manner, order) == 0
    assert files_in(order.out) == built


def test_files_from_the_future_are_files(root: Path) -> None:
    """Times of content, pages and notes that lie ahead of the clock change nothing about what is built."""
    ahead = datetime.now(UTC).timestamp() + 10_000_000
    for path in root.rglob("*"):
        os.utime(path, (ahead, ahead))
    write(root, {"content/plans/falls/plan.md": "---\ntitle: Fewer falls\n---\n"})
    os.utime(root / "content/plans/falls/plan.md", (ahead, ahead))
    assert run_fast_build(["build", "-q", "--site", str(root)]) == 0
    found = files_in(root / "public")
    assert main(["clean", "-q", "--site", str(root)]) == 0
    assert main(["build", "-q", "--site", str(root)]) == 0
    assert files_in(root / "public") == found
