"""`plansite check` and `plansite rules`, called as a person calls them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from plansite.cli.exit_codes import ExitCode
from plansite.cli.main import main
from tests.checks.tiny_sites import ACTION, action
from tests.sites import write

Captured = pytest.CaptureFixture[str]


def _site(root: Path, fields: str) -> Path:
    return write(root, {ACTION: action(fields), "content/plans/winter/plan.md": "---\ntitle: Winter\n---\n"})


def test_errors_end_with_one(tmp_path: Path, capsys: Captured) -> None:
    """An error gives exit code 1, and the findings stand on standard output."""
    _site(tmp_path, "due: soon")
    assert main(["check", "--site", str(tmp_path), "--today", "2025-01-20"]) == ExitCode.FINDINGS
    said = capsys.readouterr()
    assert f"{ACTION}:3:6: PS023 not-a-date:" in said.out
    assert said.err == ""


def test_warnings_end_with_nought(tmp_path: Path, capsys: Captured) -> None:
    """Warnings and hints alone give exit code 0."""
    _site(tmp_path, "due: 2025-02-01")
    assert main(["check", "--site", str(tmp_path), "--today", "2025-01-20"]) == ExitCode.SUCCESS
    assert "missing-owner" in capsys.readouterr().out


def test_level_leaves_out_what_matters_less(tmp_path: Path, capsys: Captured) -> None:
    """`--level warning` keeps errors and warnings, `--level error` errors alone; the exit code stays the same."""
    _site(tmp_path, "due: soon")
    seen = {}
    for level in ("error", "warning", "hint"):
        arguments = ["check", "--site", str(tmp_path), "--today", "2025-01-20", "--format", "json", "--level", level]
        assert main(arguments) == ExitCode.FINDINGS
        seen[level] = {row["level"] for row in json.loads(capsys.readouterr().out)}
    assert seen == {"error": {"error"}, "warning": {"error", "warning"}, "hint": {"error", "warning", "hint"}}


def test_unreadable_settings_are_findings_in_every_format(tmp_path: Path, capsys: Captured) -> None:
    """Settings that cannot be read come out in the format asked for, with exit code 1."""
    write(tmp_path, {"plansite.yaml": "title: [unclosed\n"})
    assert main(["check", "--site", str(tmp_path), "--format", "json"]) == ExitCode.FINDINGS
    assert [row["path"] for row in json.loads(capsys.readouterr().out)] == ["plansite.yaml"]


def test_nothing_to_annotate_prints_nothing(tmp_path: Path, capsys: Captured) -> None:
    """Without findings at the level asked for, GitHub is told nothing."""
    _site(tmp_path, "due: 2025-02-01")
    arguments = ["check", "--site", str(tmp_path), "--today", "2025-01-20", "--format", "github", "--level", "error"]
    assert main(arguments) == ExitCode.SUCCESS
    assert capsys.readouterr().out == ""


def test_check_without_a_site_is_a_usage_fault(tmp_path: Path, capsys: Captured) -> None:
    """A folder without settings is no site."""
    assert main(["check", "--site", str(tmp_path)]) == ExitCode.USAGE
    assert "plansite.yaml" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["unknown-owner", "PS101", "ps101", "Unknown-Owner"])
def test_rules_explains_one(name: str, capsys: Captured) -> None:
    """A rule is explained by name or code, whatever the case."""
    assert main(["rules", name]) == ExitCode.SUCCESS
    assert capsys.readouterr().out.startswith("PS101 unknown-owner (error)\n\n")


def test_rules_suggests_a_name(capsys: Captured) -> None:
    """A slip of the keyboard is answered with the name that was meant."""
    assert main(["rules", "unknwon-owner"]) == ExitCode.USAGE
    assert "did you mean “unknown-owner”?" in capsys.readouterr().err


@pytest.mark.parametrize("form", ["text", "json", "markdown"])
def test_rules_lists_all(form: str, capsys: Captured) -> None:
    """Each format lists every kind of rule, those of reading included."""
    assert main(["rules", "--format", form]) == ExitCode.SUCCESS
    said = capsys.readouterr().out
    assert all(name in said for name in ("not-utf-8", "unknown-owner", "long-sentence", "expired-waiver"))


def test_one_rule_as_json_is_a_list_of_one(capsys: Captured) -> None:
    """Programs read one rule as they read all."""
    assert main(["rules", "silent-action", "--format", "json"]) == ExitCode.SUCCESS
    assert [row["name"] for row in json.loads(capsys.readouterr().out)] == ["silent-action"]
