"""Every command on days at the ends of the calendar, with dates in the files that are centuries away."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from plansite.cli import site_options
from plansite.cli.main import main
from tests.sites import write

FAR = ["0001-01-01", "0001-01-02", "1900-01-01", "2999-12-31", "9998-12-31", "9999-11-30", "9999-12-31"]
_DATES = "created: 1900-01-01\nstarted: 1900-01-02\n"
_FILES = {
    "plansite.yaml": "title: T\ndue_soon: 31\n",
    "content/owners/anna.md": "---\ntitle: Anna Brown\n---\n",
    "content/plans/p/plan.md": "---\ntitle: P\nowner: anna\nstart: 1900-01-01\nend: 2999-12-31\nreview_every: 999 years\n"
    "goals: [{key: g, title: G}]\nagencies: [a]\nprotocol: [{agency: a, agreed: 2999-12-31}]\n"
    "involvement: [{who: person, when: 1900-01-01, said: x}]\n---\n",
    "content/plans/p/actions/open.md": f"---\ntitle: Open\nref: 1\nowner: anna\n{_DATES}due: 2999-12-31\ngoal: g\n"
    "due_history: [{due: 1900-01-01, moved: 1900-01-02, reason: R}]\n---\n## Progress\n- 2999-12-31: Far\n",
    "content/plans/p/actions/late.md": f"---\ntitle: Late\nref: 2\n{_DATES}due: 1900-01-03\nstatus: in progress\n---\n",
    "content/plans/p/actions/done.md": f"---\ntitle: Done\nref: 3\n{_DATES}due: 2999-12-30\nstatus: completed\n"
    "completed: 2999-12-31\nrepeat: every 999 days for 999 years\nverification: {by: B, due: 2999-12-31}\n---\n",
    "content/plans/p/actions/never.md": "---\ntitle: Never\ndue: 9999-12-31\n---\n",
    "content/plans/p/reviews/2999-12-31.md": "---\ntitle: R\nnext: 2999-12-31\npresent: [Anna Brown]\n---\n",
    "content/plans/p/incidents/i.md": "---\ntitle: I\ndate: 1900-01-01\n---\n",
    "content/plans/p/measures/m.md": "---\ntitle: M\nrebase: [{date: 2000-01-01, reason: R}]\n---\n",
    "content/plans/p/measures/m.csv": "date,value\n1900-01-01,1\n1950-01-01,2\n2000-01-01,3\n2500-01-01,4\n2999-12-31,5\n",
}
COMMANDS = [
    ["build", "--out", "{out}"],
    ["build", "--audience", "public", "--out", "{out}"],
    ["check"],
    ["list"],
    ["list", "--due-within", "3650"],
    ["list", "--format", "csv"],
    ["next-change"],
    ["review", "p", "--print"],
    ["new", "action", "Ask", "--plan", "p"],
    ["new", "review", "--plan", "p"],
]


@pytest.mark.parametrize("day", FAR)
@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_no_day_is_too_far(
    command: list[str], day: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """It ends as on any day: the clock of a computer may be wrong by centuries, and a file may be too.

    Only `new` refuses, since what it would write could not be read again.
    """
    monkeypatch.setattr(site_options, "parse_iso_date", date.fromisoformat)  # as if the clock said so
    root = write(tmp_path / "site", _FILES)
    arguments = [word.format(out=tmp_path / "out") for word in command]
    code = main([*arguments, "--site", str(root), "--today", day])
    expected = {"check": (1,), "new": (0, 2)}.get(command[0], (0,))
    assert code in expected, capsys.readouterr().err


@pytest.mark.parametrize("day", FAR)
def test_a_site_begins_on_any_day(day: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`init` counts weeks and months from today."""
    monkeypatch.setattr(site_options, "parse_iso_date", date.fromisoformat)
    assert main(["init", str(tmp_path / "site"), "--today", day]) == 0


@pytest.mark.parametrize("day", ["9998-12-31", "0001-01-01", "99999-01-01"])
def test_who_types_such_a_day_is_asked(day: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A year before 1900 or after 2999 is taken for mistyped."""
    assert main(["build", "--site", str(write(tmp_path, _FILES)), "--today", day]) == 2
    assert "is not a date" in capsys.readouterr().err
