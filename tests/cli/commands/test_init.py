"""`plansite init` begins a site, or leaves everything as it was."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from plansite.checks.runner import run_all_checks
from plansite.cli.main import main
from plansite.content.site_content import load_site
from plansite.model.assessment import SiteOnDate

TODAY = ["--today", "2025-01-20"]


def test_it_makes_a_site_and_says_what_comes_next(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Parents are made; three lines say what to do next; nothing is amiss."""
    folder = tmp_path / "a/b"
    assert main(["init", str(folder), "--title", "Oak: plans", "--kind", "service", *TODAY]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line[:3] for line in lines] == ["1. ", "2. ", "3. "]
    assert f"plansite serve --site {folder}" in lines[0]
    site = load_site(folder)
    assert (site.settings.title, site.plans[0].kind) == ("Oak: plans", "service")
    assert run_all_checks(SiteOnDate(site, date(2025, 1, 20))) == ()


def test_the_clock_says_the_day(tmp_path: Path) -> None:
    """Without a day the example's dates are today's, so that nothing in it is late."""
    assert main(["init", str(tmp_path), "--title", "A", "-q"]) == 0
    site = load_site(tmp_path)
    (review,) = site.plans[0].reviews
    assert review.date is not None
    assert run_all_checks(SiteOnDate(site, review.date)) == ()


def test_quiet_says_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Scripts hear only of faults."""
    assert main(["init", str(tmp_path), "-q", *TODAY]) == 0
    assert capsys.readouterr().out == ""


def test_a_site_is_not_begun_twice(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The files in the way are named, and none is changed."""
    assert main(["init", str(tmp_path), "-q", *TODAY]) == 0
    (tmp_path / "content/index.md").write_text("mine", "utf-8")
    assert main(["init", str(tmp_path), "--title", "Other", *TODAY]) == 2
    assert "content/index.md" in capsys.readouterr().err
    assert (tmp_path / "content/index.md").read_text("utf-8") == "mine"
    assert load_site(tmp_path).settings.title == "Action plans"


@pytest.mark.parametrize("wrong", [["--kind", "holiday"], ["--title", "\u202eA"], ["--today", "soon"]])
def test_wrong_options_write_nothing(tmp_path: Path, wrong: list[str]) -> None:
    """They end with 2 before anything is written."""
    assert main(["init", str(tmp_path / "new"), *wrong]) == 2
    assert not (tmp_path / "new").exists()


def test_on_a_terminal_it_asks_for_the_title(tmp_path: Path) -> None:
    """Only for the title, and only there."""
    ours, theirs = pty.openpty()
    os.write(ours, b"Elm House\n")
    command = [sys.executable, "-m", "plansite", "init", str(tmp_path), "-q", *TODAY]
    done = subprocess.run(command, stdin=theirs, capture_output=True, text=True, check=True)
    os.close(ours)
    os.close(theirs)
    assert "What is the site called?" in done.stderr
    assert load_site(tmp_path).settings.title == "Elm House"
