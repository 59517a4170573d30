"""One tiny site for each rule, and exactly what check says of it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from plansite.checks.finding_formats import format_text
from plansite.checks.runner import RULES, run_all_checks
from plansite.content.settings import SettingsError
from plansite.content.site_content import load_site
from plansite.model.assessment import SiteOnDate
from tests.whole import files_checked

CASES = Path(__file__).parent / "cases"
_FRONT = "---\ntitle: Mend the heater\nowner: Maintenance\ncreated: 2025-01-02\ndue: 2025-02-03\n---\n"


def _pipe(actions: Path) -> None:
    os.mkfifo(actions / "heater.md")
    (actions / "door.md").symlink_to("/etc/hostname")


def _action(name: str, data: bytes) -> Callable[[Path], None]:
    def put(actions: Path) -> None:
        (actions / name).write_bytes(data)

    return put


def _twins(actions: Path) -> None:
    for name in ("heater.md", "Heater.md"):
        (actions / name).write_text(_FRONT, encoding="utf-8")


#: Files that a repository cannot hold on every computer, or that an editor would mend unasked.
AWKWARD: dict[str, Callable[[Path], None]] = {
    "not-a-plain-file": _pipe,
    "file-too-large": _action("heater.md", _FRONT.encode() + b"x" * 300 * 1024),
    "not-utf-8": _action("heater.md", _FRONT.encode() + b"The caf\xe9 is cold.\n"),
    "control-character": _action("heater.md", _FRONT.encode() + b"The heater\x07 is cold.\n"),
    "hidden-direction": _action("heater.md", _FRONT.replace("heater", "\u202eheater").encode()),
    "nested-too-deeply": _action("heater.md", _FRONT.encode() + b"> " * 70 + b"Cold.\n"),
    "unfit-file-name": _action("con.md", _FRONT.encode()),
    "twin-files": _twins,
}


def _said(root: Path) -> str:
    try:
        site = load_site(root)
    except SettingsError as error:
        return format_text(error.findings, 1)
    assert site.settings.today, "a case fixes its day"
    outlook = SiteOnDate(site, site.settings.today)
    return format_text(run_all_checks(outlook), files_checked(outlook))


@pytest.mark.parametrize("name", sorted(case.name for case in CASES.iterdir()))
def test_case(name: str, tmp_path: Path, update_golden: bool) -> None:
    """Check says of each tiny site exactly what its expected.txt says, and breaks the rule it is named after."""
    root = tmp_path / "site"
    shutil.copytree(CASES / name, root, ignore=shutil.ignore_patterns("expected.txt"))
    if name in AWKWARD:
        actions = root / "content/plans/winter/actions"
        actions.mkdir(parents=True, exist_ok=True)
        AWKWARD[name](actions)
    said, expected = _said(root), CASES / name / "expected.txt"
    if update_golden:
        expected.write_text(said + "\n", encoding="utf-8")
    assert said + "\n" == expected.read_text(encoding="utf-8")
    assert f" {name}: " in said


def test_every_rule_has_a_case() -> None:
    """There is a case for each rule, those of reading included, and none for a rule that is gone.

    What was taken away shows in git alone: tests/cli/test_check_since.py has that. A file that takes too long takes a
    test too long: tests/pipeline/test_late_files.py has one with a shorter limit. Listed names come from outside a site:
    tests/personal_data/test_listed_names.py has those.
    """
    elsewhere = {"removed-record", "file-too-slow", "listed-name"}
    assert {case.name for case in CASES.iterdir()} == {rule.name for rule in RULES} - elsewhere
