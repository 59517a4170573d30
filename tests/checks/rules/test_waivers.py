"""Rules set aside, where and for how long."""

from __future__ import annotations

from pathlib import Path

import pytest

from plansite.checks.runner import RULES
from plansite.checks.waivers import is_unwaivable
from plansite.content import parse_rules
from tests.checks.tiny_sites import ACTION, DOOR, PLAN, action, checked, page

WAIVER = "allow: [{{rule: {}, reason: The post is being filled}}]"


def _missing(root: Path, files: dict[str, str]) -> list[str]:
    return [finding.path for finding in checked(root, files) if finding.rule.name == "missing-owner"]


@pytest.mark.parametrize("name", ["missing-owner", "PS110", "ps110", "Missing-Owner"])
def test_file_waives_for_itself(tmp_path: Path, name: str) -> None:
    """A file sets a rule aside for itself alone, by name or code in any case."""
    assert _missing(tmp_path, {ACTION: action(WAIVER.format(name)), DOOR: action()}) == [DOOR]


def test_plan_waives_for_its_files(tmp_path: Path) -> None:
    """A plan sets a rule aside for all its files, and for no other plan's."""
    shade = "content/plans/summer/actions/shade.md"
    plan = page("title: Winter\n" + WAIVER.format("missing-owner"))
    assert _missing(tmp_path, {PLAN: plan, ACTION: action(), DOOR: action(), shade: action()}) == [shade]


def test_settings_waive_for_the_site(tmp_path: Path) -> None:
    """The settings set a rule aside everywhere."""
    settings = "title: Site\n" + WAIVER.format("missing-owner")
    assert _missing(tmp_path, {"plansite.yaml": settings, ACTION: action(), DOOR: action()}) == []


def test_plan_waives_for_files_without_a_page(tmp_path: Path) -> None:
    """A plan's waiver also covers findings about tables and stray files in its folder."""
    allow = "allow: [{rule: unreadable-reading, reason: Old}, {rule: stray-file, reason: Old}]"
    files = {
        PLAN: page(f"title: Winter\n{allow}"),
        "content/plans/winter/notes.md": page("title: Notes"),
        "content/plans/winter/measures/falls.md": page("title: Falls"),
        "content/plans/winter/measures/falls.csv": "date,value\nsoon,1\n",
    }
    assert not {"unreadable-reading", "stray-file"} & {finding.rule.name for finding in checked(tmp_path, files)}


@pytest.mark.parametrize(("until", "holds"), [("2025-01-20", True), ("2025-01-19", False)])
def test_waiver_holds_through_its_last_day(tmp_path: Path, until: str, holds: bool) -> None:
    """`until` is the last day on which a waiver holds; after it the rule is back, with a hint."""
    fields = f"allow: [{{rule: missing-owner, reason: New post, until: {until}}}]"
    names = {finding.rule.name for finding in checked(tmp_path, {ACTION: action(fields)})}
    assert ("missing-owner" not in names) is holds
    assert ("expired-waiver" not in names) is holds


def test_waiver_without_a_reason_is_reported_once(tmp_path: Path) -> None:
    """A reason left out is reported by reading, an empty one by this rule; neither sets anything aside."""
    for allow, rule in (
        ("{rule: missing-owner}", "missing-field"),
        ("{rule: missing-owner, reason: ' '}", "unexplained-waiver"),
    ):
        names = [finding.rule.name for finding in checked(tmp_path, {ACTION: action(f"allow: [{allow}]")})]
        assert "missing-owner" in names
        assert [name for name in names if name in ("missing-field", "unexplained-waiver")] == [rule]


def test_unreadable_files_cannot_be_waived(tmp_path: Path) -> None:
    """No waiver anywhere hides a file that cannot be read."""
    allow = WAIVER.format("no-front-matter")
    files = {"plansite.yaml": f"title: Site\n{allow}", PLAN: page(f"title: Winter\n{allow}"), ACTION: "no fields"}
    found = checked(tmp_path, files)
    assert [finding.path for finding in found if finding.rule == parse_rules.NO_FRONT_MATTER] == [ACTION]
    assert [finding.path for finding in found if finding.rule.name == "refused-waiver"] == [PLAN, "plansite.yaml"]


def test_firm_rules_are_those_of_unreadable_files() -> None:
    """Errors up to PS019 can never be set aside, and everything else can."""
    assert {rule.code for rule in RULES if is_unwaivable(rule)} == {
        rule.code for rule in RULES if rule.code < "PS020" and rule is not parse_rules.CUT_BY_HASH
    }


def test_waivers_of_owners_and_agencies(tmp_path: Path) -> None:
    """An owner's file may set a rule aside for itself."""
    path = "content/owners/duty-team.md"
    names = {
        finding.rule.name
        for finding in checked(tmp_path, {path: page("title: Duty team\n" + WAIVER.format("team-as-person"))})
    }
    assert "team-as-person" not in names
