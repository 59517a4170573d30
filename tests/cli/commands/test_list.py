"""`plansite list` as people and programs use it."""

from __future__ import annotations

import csv
import io
import json
import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest

from plansite.cli.main import main
from plansite.pipeline.build import build_in_memory
from tests.sites import FixedClock, write

PLAN = "content/plans/falls"
FILES = {
    "plansite.yaml": "title: Test\ntoday: 2025-01-20\n",
    f"{PLAN}/plan.md": "---\ntitle: Fewer falls\n---\n",
    f"{PLAN}/actions/lights.md": "---\ntitle: Mend the lights\nowner: Maintenance\ndue: 2024-12-31\n---\n",
    f"{PLAN}/actions/rugs.md": "---\ntitle: Take up the rugs\nowner: Cook\ndue: 30/01/2025\n---\n",
    f"{PLAN}/actions/torn.md": "title: Torn\n",
}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """One late action, one with a date that is none, and a file that cannot be read."""
    for path, text in FILES.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, "utf-8")
    return tmp_path


def test_the_table_is_for_people(
    site: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Results go to standard output, in words, as wide as the terminal, without colour where it is none."""
    monkeypatch.setenv("COLUMNS", "80")
    assert main(["list", "--site", str(site)]) == 0
    said = capsys.readouterr()
    assert said.err == ""
    assert said.out.splitlines() == [
        "Fewer falls (falls)",
        "  No  Action            Owner        Status          When",
        "  --  ----------------  -----------  --------------  ------------------",
        "      Mend the lights   Maintenance  Not started     Overdue by 20 days",
        "      Take up the rugs  Cook         Not started     No due date",
        "      Torn                           Cannot be read",
        "",
        "3 actions: 1 overdue and 2 with errors in the file (see “plansite check”).",
    ]


def test_json_has_every_file(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An error in a file marks it, whether or not the file could be read."""
    assert main(["list", "--site", str(site), "--format", "json"]) == 0
    records = json.loads(capsys.readouterr().out)
    assert [(each["title"], each["status"], each["needs_attention"]) for each in records] == [
        ("Mend the lights", "not started", False),
        ("Take up the rugs", "not started", True),
        ("Torn", None, True),
    ]


def test_csv_has_every_file(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One line each below the head."""
    assert main(["list", "--site", str(site), "--format", "csv"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out.removeprefix("\ufeff"))))
    assert [row["title"] for row in rows] == ["Mend the lights", "Take up the rugs", "Torn"]


def test_csv_is_the_table_of_the_site(site: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    """The same bytes, so that a spreadsheet reads accents, numbers and signs alike from both."""
    assert main(["list", "--site", str(site), "--format", "csv"]) == 0
    said = capfdbinary.readouterr().out
    assert said.startswith(b"\xef\xbb\xbf")
    published = build_in_memory(site, clock=FixedClock()).files["data/actions.csv"]
    assert said == published


def test_filters_say_what_they_cannot_know(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file that cannot be read may be late as well; that is said, but not among the results."""
    assert main(["list", "--site", str(site), "--overdue", "--format", "json"]) == 0
    said = capsys.readouterr()
    assert [each["title"] for each in json.loads(said.out)] == ["Mend the lights"]
    assert said.err == "1 file could not be read and may belong here; run “plansite check”.\n"


def test_an_empty_list_says_so(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It is no good news while a file could not be read; a program gets an empty array."""
    assert main(["list", "--site", str(site), "--status", "blocked", "-q"]) == 0
    assert capsys.readouterr().out == "No action is blocked.\n"
    assert main(["list", "--site", str(site), "--status", "blocked", "-q", "--format", "json"]) == 0
    assert capsys.readouterr().out == "[]\n"


@pytest.mark.parametrize(
    ("options", "near"),
    [(["--plan", "fals"], "falls"), (["--owner", "maintenence"], "Maintenance"), (["--status", "blokced"], "blocked")],
)
def test_an_unknown_name_ends_with_2(
    site: Path, capsys: pytest.CaptureFixture[str], options: list[str], near: str
) -> None:
    """The nearest name is offered."""
    assert main(["list", "--site", str(site), *options]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert f"did you mean “{near}”?" in said.err


@pytest.mark.parametrize(("no_color", "coloured"), [("", True), ("1", False)])
def test_colour_is_for_terminals_that_want_it(site: Path, no_color: str, coloured: bool) -> None:
    """On a terminal what is late is red, unless NO_COLOR is set."""
    main_end, terminal = pty.openpty()
    environment = {**os.environ, "COLUMNS": "80", "NO_COLOR": no_color}
    command = [sys.executable, "-m", "plansite", "list", "--site", str(site)]
    subprocess.run(command, stdout=terminal, stdin=subprocess.DEVNULL, env=environment, check=True)
    os.close(terminal)
    shown = b""
    while chunk := _read(main_end):
        shown += chunk
    os.close(main_end)
    assert (b"\x1b[31mOverdue by 20 days\x1b[0m" in shown) is coloured
    assert b"Overdue by 20 days" in shown


def _read(end: int) -> bytes:
    """What is left in a terminal; Linux says EIO where the other end is closed."""
    try:
        return os.read(end, 65536)
    except OSError:
        return b""


def test_numbers_sort_by_value(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Plan 2 comes before plan 10, and so does action 2; the order is the same in every form and run."""
    files = {"plansite.yaml": "title: T\ntoday: 2025-01-20\n"}
    for plan in ("plan-10", "plan-2", "plan-1"):
        files[f"content/plans/{plan}/plan.md"] = f"---\ntitle: {plan}\n---\n"
        for ref in ("10", "2", "1.10", "1.9"):
            files[f"content/plans/{plan}/actions/a{ref.replace('.', '-')}.md"] = f'---\ntitle: A\nref: "{ref}"\n---\n'
    root = write(tmp_path, files)
    for form in ("csv", "json", "csv"):
        assert main(["list", "--format", form, "--site", str(root)]) == 0
        said = capsys.readouterr().out
        assert list(dict.fromkeys(re.findall(r"plan-\d+", said))) == ["plan-1", "plan-2", "plan-10"]
        paths = re.findall(r"plan-2/actions/(a[\d-]+)\.md", said)
        assert list(dict.fromkeys(paths)) == ["a1-9", "a1-10", "a2", "a10"]
