"""Rules about personal data set aside: with a reason, and for a time only."""

from __future__ import annotations

from pathlib import Path

import pytest

from plansite.checks.waivers import needs_end_date
from plansite.content.privacy_rules import DESCRIPTION_BY_KIND, PERSONAL_DATA_RULES, RULE_BY_KIND
from plansite.personal_data.matches import PersonalDataKind
from tests.checks.tiny_sites import ACTION, PLAN, TODAY, action, checked, page

NUMBER = "Ring 07700 900123."


def _names(root: Path, allow: str) -> set[str]:
    return {each.rule.name for each in checked(root, {ACTION: action(f"allow: [{{rule: {allow}}}]", NUMBER)})}


def test_a_reason_and_a_last_day_set_it_aside(tmp_path: Path) -> None:
    """By the rule's name or code, through the last day."""
    for rule in ("telephone-number", "PS906"):
        names = _names(tmp_path, f"{rule}, reason: She asked for it, until: {TODAY}")
        assert not names & {"telephone-number", "endless-waiver"}


@pytest.mark.parametrize(
    ("allow", "told"),
    [
        ("telephone-number, reason: She asked for it", "endless-waiver"),
        ("telephone-number, until: 2025-06-30", "missing-field"),
        ("telephone-number, reason: '', until: 2025-06-30", "unexplained-waiver"),
        ("telephone-number, reason: She asked for it, until: 2025-01-19", "expired-waiver"),
    ],
)
def test_without_either_it_holds(tmp_path: Path, allow: str, told: str) -> None:
    """The rule speaks on, and so does the one that says why."""
    assert {"telephone-number", told} <= _names(tmp_path, allow)


def test_other_rules_need_no_last_day(tmp_path: Path) -> None:
    """What is no person's data may be set aside without end."""
    assert "endless-waiver" not in _names(tmp_path, "missing-due, reason: It is always so")


def test_a_plan_and_the_settings_set_it_aside_for_their_files(tmp_path: Path) -> None:
    """The same in `plan.md` and `plansite.yaml`, for unreadable files too."""
    allow = "allow: [{rule: telephone-number, reason: She asked for it, until: 2025-06-30}]"
    for path, text in ((PLAN, page(f"title: A\n{allow}")), ("plansite.yaml", f"title: A\n{allow}")):
        found = checked(tmp_path / path.replace("/", "-"), {path: text, ACTION: NUMBER})
        assert "telephone-number" not in {each.rule.name for each in found}


def test_every_kind_has_its_rule_and_words() -> None:
    """Each is told by one rule, and all of them need a last day."""
    assert set(RULE_BY_KIND) == set(DESCRIPTION_BY_KIND) == set(PersonalDataKind)
    assert all(map(needs_end_date, PERSONAL_DATA_RULES))
    assert len({rule.code for rule in PERSONAL_DATA_RULES}) == len(PERSONAL_DATA_RULES)
