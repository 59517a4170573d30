"""`plansite next-change`: the day, or the reason why there is none."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from plansite.cli.main import main
from plansite.model.status import Audience
from plansite.pipeline.build import build_in_memory
from tests.history.repo import action
from tests.sites import FixedClock, write


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """An action for everybody that is due late, and an internal one that is due soon."""
    return write(
        tmp_path,
        {
            "plansite.yaml": "title: T\ntoday: 2025-01-20\naudience: public\n",
            "content/plans/p/plan.md": action("P"),
            "content/plans/p/actions/a.md": action("A", due="2025-06-30"),
            "content/plans/p/actions/b.md": action("B", due="2025-01-22", audience="internal"),
        },
    )


@pytest.mark.parametrize("audience", [None, *Audience])
def test_it_is_the_day_that_a_build_gives_its_pages(
    site: Path, audience: Audience | None, capsys: pytest.CaptureFixture[str]
) -> None:
    """Alone on its line, and for whom the build would be; what they may not see has no part in it."""
    words = ["--audience", audience.value] if audience else []
    assert main(["next-change", "--site", str(site), *words]) == 0
    said = capsys.readouterr()
    built = build_in_memory(site, clock=FixedClock(date(2025, 1, 20)), audience=audience)
    script = built.files["next-change.js"]
    assert isinstance(script, bytes)
    assert script.decode() == f'window.plansiteNextChange = "{said.out.strip()}";\n'
    assert said.out == ("2025-01-23\n" if audience is Audience.INTERNAL else "2025-06-16\n")
    assert said.err == ""


def test_no_date_lies_ahead(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing is printed, so that a script finds nothing, and a sentence beside it says why."""
    assert main(["next-change", "--site", str(site), "--today", "2030-01-01"]) == 0
    said = capsys.readouterr()
    assert (said.out, said.err) == ("", "No dates are coming up, so pages stay the same until a plan is changed.\n")
