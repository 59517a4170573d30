"""A tiny site for each rule, in one file with what check prints about it."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from plansite.cache.site_cache import memory_cache
from plansite.checks.finding_formats import format_text
from plansite.checks.runner import RULES, run_all_checks
from plansite.content.settings import SettingsError
from plansite.model.assessment import SiteOnDate
from plansite.model.findings import Level
from plansite.pipeline.plan_checks import check_site
from tests.published_files.pictures import laden
from tests.sites import FixedClock, write
from tests.whole import files_checked, load_with_reports

CASES = Path(__file__).parent / "cases"
_CLEAN_SITE = Path(__file__).parent / "clean_site.txt"
_EXPECTED = "expected.txt"
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
    "value-too-long": _action("heater.md", _FRONT.replace("title: Mend", f"title: Mend{' again' * 1500}").encode()),
    "too-much-markup": _action("heater.md", _FRONT.encode() + b"## Steps\n" + b"- [ ] a\n" * 2_000),
    "nested-too-deeply": _action("heater.md", _FRONT.encode() + b"> " * 70 + b"Cold.\n"),
    "unfit-file-name": _action("con.md", _FRONT.encode()),
    "twin-files": _twins,
    "place-in-picture": lambda actions: _action("lamp.jpg", laden("JPEG"))(actions),
}


def parse_case(text: str) -> dict[str, str]:
    """The files of a case by path. Each follows a line `-- path --`, as in Go's txtar format."""
    start, *parts = re.split(r"^-- (.+) --\n", text, flags=re.MULTILINE)
    assert not start, "a case begins with the header of its first file"
    return dict(zip(parts[::2], parts[1::2], strict=True))


def _check(root: Path, rule: str) -> str:
    """What check prints about a site, without hints of other rules, so that a new hint changes no other case."""
    try:
        site = load_with_reports(root)
    except SettingsError as error:
        return format_text(error.findings, 1)
    assert site.settings.today, "a case fixes its day"
    dated_site = SiteOnDate(site, site.settings.today)
    findings = run_all_checks(dated_site)
    _, of_build = check_site(root, FixedClock(site.settings.today), memory_cache())
    assert of_build == findings, "checking plan by plan gives what checking the site as a whole gives"
    shown = [finding for finding in findings if finding.rule.name == rule or finding.rule.level is not Level.HINT]
    return format_text(shown, files_checked(dated_site))


@pytest.mark.parametrize("name", sorted(case.stem for case in CASES.iterdir()))
def test_case(name: str, tmp_path: Path, update_golden: bool) -> None:
    """Check prints exactly the last part of the case, and the site breaks the rule that the case is named after."""
    case = CASES / f"{name}.txt"
    files = parse_case(case.read_text(encoding="utf-8"))
    expected = files.pop(_EXPECTED)
    root = write(tmp_path / "site", files)
    if name in AWKWARD:
        actions = root / "content/plans/winter/actions"
        actions.mkdir(parents=True, exist_ok=True)
        AWKWARD[name](actions)
    output = _check(root, name) + "\n"
    if update_golden:
        parts = {**files, _EXPECTED: output}
        case.write_text("".join(f"-- {path} --\n{text}" for path, text in parts.items()), encoding="utf-8")
        expected = output
    assert output == expected
    assert f" {name}: " in output


def test_clean_site_has_no_findings(tmp_path: Path) -> None:
    """A site with a document of every kind, and nearly every field given, breaks no rule."""
    site = load_with_reports(write(tmp_path, parse_case(_CLEAN_SITE.read_text(encoding="utf-8"))))
    assert (len(site.plans), len(site.plans[0].actions), site.unreadable) == (1, 4, ())
    assert site.settings.today
    assert run_all_checks(SiteOnDate(site, site.settings.today)) == ()


def test_every_rule_has_a_case() -> None:
    """There is a case for each rule, those of reading included, and none for a rule that is gone.

    What was taken away shows in git alone: tests/cli/test_check_since.py has that. A file that takes too long takes a
    test too long: tests/pipeline/test_late_files.py has one with a shorter limit. Listed names come from outside a site:
    tests/personal_data/test_listed_names.py has those.
    """
    elsewhere = {"removed-record", "file-too-slow", "listed-name"}
    assert {case.stem for case in CASES.iterdir()} == {rule.name for rule in RULES} - elsewhere
