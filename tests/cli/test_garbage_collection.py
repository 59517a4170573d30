"""Commands run without garbage collection, as they are short; a preview runs with it."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from pathlib import Path

import pytest

from plansite import __main__
from plansite.cli.commands import serve
from plansite.cli.main import main
from tests.sites import write


@pytest.fixture(autouse=True)
def _collecting() -> Iterator[None]:
    gc.enable()
    yield
    gc.enable()


def test_a_command(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is collected while it runs, nor as its process ends."""
    collected = []

    def run() -> int:
        collected.append(gc.isenabled())
        return 3

    monkeypatch.setattr(__main__, "_run", run)
    with pytest.raises(SystemExit) as ended:
        __main__.main()
    assert ended.value.code == 3
    assert collected == [False]
    assert not gc.isenabled()
    assert len(gc.get_objects()) < 100


def test_a_preview(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It lives as long as somebody writes, so it gives back what it no longer needs."""
    collected = []

    async def end_at_once(session: object) -> None:
        session.close()  # type: ignore[attr-defined]  # a coroutine
        collected.append(gc.isenabled())

    monkeypatch.setattr(serve, "_run_until_stopped", end_at_once)
    write(tmp_path, {"plansite.yaml": "title: A\n", "content/plans/falls/plan.md": "---\ntitle: Falls\n---\n"})
    gc.disable()
    main(["serve", "--site", str(tmp_path), "--port", "0"])
    assert collected == [True]
