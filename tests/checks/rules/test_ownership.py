"""Who answers for an action."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from plansite.checks.rules.ownership import is_collective_name, split_names
from tests.checks.tiny_sites import ACTION, DOOR, action, broken, checked, page


@pytest.mark.parametrize(
    "name",
    ["Team", "the team", "All staff", "everyone", "Staff", "TBC", "tba", "N/A", "?", "Night team", "our whole staff"],
)
def test_everybody_is_nobody(name: str) -> None:
    """Teams, everybody and nobody yet are distinguished from a role."""
    assert is_collective_name(name)


@pytest.mark.parametrize(
    "name",
    ["Deputy Manager", "Chief of Staff", "Staff Nurse", "Team Leader", "Head of the team", "Maintenance", "", "Alla"],
)
def test_roles_are_somebody(name: str) -> None:
    """A role stays a role, even with "team" or "staff" in its name."""
    assert not is_collective_name(name)


@pytest.mark.parametrize(
    "name",
    [
        "MW/YO",
        "MW, YO",
        "AB & CD & EF",
        "Anna and Ben",
        "Anna/Ben",
        "Night Nurse and Deputy Manager",
        "Registered Manager / Deputy Manager",
        "Housing, Family",
        "Maintenance / Deputy Manager",
        "Deputy Manager / Maintenance",
        "Housing and Deputy Manager",
        "Housing & Family",
        "Housing; Deputy Manager and Family",
        "Housing, Family, and Night Nurse",
        "Deputy Manager, Registered Manager",
    ],
)
def test_two_owners_are_told_from_one(name: str) -> None:
    """Initials, given names, roles and known owners that stand together are more than one."""
    names = split_names(name, {"housing", "family"})
    assert len(names) > 1
    assert re.sub("and|[^A-Za-z]", "", name) == re.sub("[^A-Za-z]", "", "".join(names))


@pytest.mark.parametrize(
    "name",
    [
        "Health and Safety Lead",
        "Office of Science and Technology Policy",
        "National Archives and Records Administration",
        "Registered Manager, Riverside House",
        "Registered Manager, Riverside Lodge",
        "Jane Smith, Registered Manager",
        "A/E Nurse",
        "24/7 Desk",
        "n/a",
        "GP",
        "Rupert Sandy Anderson",
        "N/A",
        "",
        ",",
        " ; , ",
        "/",
        ", and ",
        "a" * 50_000 + " and",
        " " * 50_000 + "/",
    ],
)
def test_one_owner_with_a_long_name_stays_one(name: str) -> None:
    """Names of offices, roles with their agency, and nonsense are not taken apart."""
    assert split_names(name, {"registered manager", "riverside lodge"}, {"riverside lodge"}) == ()


def test_pairs_are_recognised_by_owners_named_elsewhere(tmp_path: Path) -> None:
    """Two names that each own something else are two owners, whatever they are called."""
    files = {
        ACTION: action("owner: the porters and estates"),
        DOOR: action("owner: the porters"),
        "content/plans/winter/actions/tap.md": action("owner: estates"),
    }
    found = [finding.path for finding in checked(tmp_path, files) if finding.rule.name == "shared-owner"]
    assert found == [ACTION]


@pytest.mark.parametrize("owner", ["Porters / Estates", "Porters and Estates", "Porters & Estates", "Porters, Estates"])
def test_known_owners_together_are_several_and_not_unknown(tmp_path: Path, owner: str) -> None:
    """Also in a plan. Where one of them is not known, that is said as well; supporters that are there stay."""
    files = {
        "content/owners/porters.md": page("title: Porters"),
        "content/owners/estates.md": page("title: Estates"),
        "content/plans/winter/plan.md": page(f"title: Winter\nowner: {owner}"),
        ACTION: action(f"owner: {owner}"),
        DOOR: action(f"owner: {owner}\nsupporters: [Porters]"),
    }
    rules = ("shared-owner", "unknown-owner")
    found = {(each.rule.name, each.path): each for each in checked(tmp_path, files) if each.rule.name in rules}
    plan = "content/plans/winter/plan.md"
    assert found.keys() == {("shared-owner", path) for path in (ACTION, DOOR, plan)}
    fix = found["shared-owner", ACTION].fix
    assert fix and fix.new == "owner: Porters\nsupporters: [Estates]"
    assert found["shared-owner", DOOR].fix is None
    assert found["shared-owner", plan].remedy == "name the one who is responsible"
    misspelt = {**files, ACTION: action("owner: Porters / Night Manger")}
    names = {each.rule.name for each in checked(tmp_path / "b", misspelt) if each.path == ACTION}
    assert names & {*rules} == {*rules}


def test_a_team_with_a_file_may_own(tmp_path: Path) -> None:
    """A team that has a file is questioned there and not at each of its actions; an agency is not questioned."""
    files = {
        "content/owners/duty-team.md": page("title: Duty team"),
        "content/agencies/falls.md": page("title: Falls team"),
        ACTION: action("owner: Duty team"),
        DOOR: action("owner: Falls team"),
    }
    found = [(finding.rule.name, finding.path) for finding in checked(tmp_path, files) if "team" in finding.rule.name]
    assert found == [("team-as-person", "content/owners/duty-team.md")]


@pytest.mark.parametrize("status", ["completed", "embedded", "cancelled"])
def test_closed_actions_are_left_alone(tmp_path: Path, status: str) -> None:
    """What is finished needs no owner, date or goal any more."""
    plan = "goals: [{key: warm, title: Warm}]"
    missing = {name for name in broken(tmp_path, f"status: {status}", plan=plan) if name.startswith("missing")}
    assert missing == set()


def test_goal_is_only_missing_where_there_are_goals(tmp_path: Path) -> None:
    """An action without a goal is a finding only in a plan that has goals."""
    assert "missing-goal" not in broken(tmp_path)
    assert "missing-goal" in broken(tmp_path, plan="goals: [{key: warm, title: Warm}]")


def test_unreadable_status_counts_as_open(tmp_path: Path) -> None:
    """Nothing drops out of sight because its status could not be read."""
    assert {"missing-owner", "missing-due"} <= broken(tmp_path, "status: nearly")
