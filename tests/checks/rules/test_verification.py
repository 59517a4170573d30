"""Rules about verification report only what is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.checks.tiny_sites import ACTION, action, broken, checked


def _list_messages(root: Path, fields: str, rule: str) -> list[str]:
    return [each.message for each in checked(root, {ACTION: action(fields)}) if each.rule.name == rule]


@pytest.mark.parametrize(
    ("check", "verb"),
    [
        ("due: 2025-03-01", "is to check"),
        ("date: 2025-01-15", "checked"),
        ("date: 2025-01-15, result: passed", "checked"),
    ],
)
def test_own_check_to_come_or_made(tmp_path: Path, check: str, verb: str) -> None:
    """The message distinguishes a planned check from one that was made."""
    fields = f"owner: Maintenance\nverification: {{by: Maintenance, {check}}}"
    assert _list_messages(tmp_path, fields, "verified-by-owner") == [f"“Maintenance” {verb} their own action"]


@pytest.mark.parametrize("by", ["''", "' '"])
def test_nobody_is_not_the_owner(tmp_path: Path, by: str) -> None:
    """An action without an owner is not checked by its owner, whoever is left out."""
    assert "verified-by-owner" not in broken(tmp_path, f"owner: ' '\nverification: {{by: {by}, date: 2025-01-15}}")


@pytest.mark.parametrize(
    ("status", "check", "is_found"),
    [
        ("completed", "date: 2025-01-15", True),
        ("completed", "date: 2025-01-15, result: failed", False),
        ("completed", "due: 2025-01-15", False),
        ("embedded", "date: 2025-01-15", False),
        ("in progress", "date: 2025-01-15", False),
    ],
)
def test_a_check_without_a_result(tmp_path: Path, status: str, check: str, is_found: bool) -> None:
    """Only of what is completed: an embedded action lacks proof instead, and an open one has time."""
    found = broken(tmp_path, f"status: {status}\nverification: {{by: GP, {check}}}")
    assert ("check-without-result" in found) is is_found


def test_a_result_that_cannot_be_read_is_reported_once(tmp_path: Path) -> None:
    """An unknown word is reported as such, and not as a missing result."""
    check = "verification: {by: GP, date: 2025-01-15, result: good}\nevidence: [{label: Photograph}]"
    for status in ("completed", "embedded"):
        found = broken(tmp_path, f"status: {status}\n{check}")
        assert "unknown-word" in found
        assert not {"check-without-result", "embedded-without-proof"} & found


@pytest.mark.parametrize(
    ("repeat", "is_found"),
    [
        ("every month for 6 months", False),
        ("''", False),
        ("monthly", True),
        ("every month", True),
        ("every month until 2025-02-30", True),
    ],
)
def test_a_repeat_that_nobody_can_read(tmp_path: Path, repeat: str, is_found: bool) -> None:
    """Whether the action is open or closed; without a text there is nothing to read."""
    for status in ("completed", "in progress"):
        assert ("unreadable-repeat" in broken(tmp_path, f"status: {status}\nrepeat: {repeat}")) is is_found
