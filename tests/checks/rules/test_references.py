"""Names that lead nowhere, and those that only seem to."""

from __future__ import annotations

from pathlib import Path

import pytest

from plansite.pipeline.build import build_in_memory
from tests.checks.tiny_sites import ACTION, DOOR, PLAN, TODAY, action, broken, checked, page
from tests.sites import FixedClock, html_of

OWNERS = {"content/owners/maintenance.md": page("title: Maintenance\nagency: Riverside Homes")}
AGENCIES = {"content/agencies/riverside-homes.md": page("title: Riverside Homes")}


def test_any_owner_is_known_without_files(tmp_path: Path) -> None:
    """Where `owners` has no files, an action may name anybody."""
    assert "unknown-owner" not in broken(tmp_path, "owner: Somebody New\nsupporters: [Another]")


@pytest.mark.parametrize("name", ["maintenance", "Maintenance", "MAINTENANCE", "Riverside Homes", "riverside-homes"])
def test_owner_is_known_by_slug_title_or_agency(tmp_path: Path, name: str) -> None:
    """An owner is known by slug or title in any case, and an agency counts as one."""
    found = checked(tmp_path, {**OWNERS, **AGENCIES, ACTION: action(f"owner: {name}\nsupporters: [{name}]")})
    assert "unknown-owner" not in {finding.rule.name for finding in found}


def test_owner_of_plan_and_incident_are_looked_up(tmp_path: Path) -> None:
    """The owner of a plan and of an incident must be known as well."""
    incident = "content/plans/winter/incidents/cold.md"
    files = {**OWNERS, incident: page("title: A cold night\nowner: Falls Lead")}
    found = checked(tmp_path, files, plan="owner: Director\nreview_every: 6 weeks")
    assert {finding.path for finding in found if finding.rule.name == "unknown-owner"} == {PLAN, incident}


def test_unreadable_owner_is_not_unknown(tmp_path: Path) -> None:
    """An owner whose file could not be read is not reported a second time by each action."""
    files = {**OWNERS, "content/owners/falls-lead.md": "no fields", ACTION: action("owner: Falls Lead")}
    assert {finding.rule.name for finding in checked(tmp_path, files)} >= {"no-front-matter"}
    assert "unknown-owner" not in {finding.rule.name for finding in checked(tmp_path, files)}


def test_any_agency_is_known_without_files(tmp_path: Path) -> None:
    """Where `agencies` has no files, a plan may name any."""
    assert "unknown-agency" not in broken(tmp_path, plan="agencies: [Somebody New]")


@pytest.mark.parametrize("goal", ["warm", "Every room is warm"])
def test_goal_is_known_by_key_or_title(tmp_path: Path, goal: str) -> None:
    """A goal may be named by its key or by its exact title."""
    assert "unknown-goal" not in broken(
        tmp_path, f"goal: {goal}", plan="goals: [{key: warm, title: Every room is warm}]"
    )


def test_goal_is_not_judged_without_the_plan_file(tmp_path: Path) -> None:
    """While `plan.md` cannot be read, its goals are not known, so none is called unknown."""
    found = checked(tmp_path, {PLAN: "no fields", ACTION: action("goal: warm")})
    assert "unknown-goal" not in {finding.rule.name for finding in found}


@pytest.mark.parametrize("name", ["2", "door", "winter/door", "summer/shade"])
def test_action_is_known_by_number_or_slug(tmp_path: Path, name: str) -> None:
    """An action is known by number or slug in its plan, and with its plan's slug from anywhere."""
    files = {
        ACTION: action(f"depends_on: [{name}]"),
        DOOR: action("ref: 2", title="Hang the door"),
        "content/plans/summer/actions/shade.md": action(title="Put up shades"),
    }
    assert "unknown-action" not in {finding.rule.name for finding in checked(tmp_path, files)}


def test_action_that_cannot_be_read_is_not_unknown(tmp_path: Path) -> None:
    """While an action of the plan cannot be read, its number may be the one that is named."""
    found = checked(tmp_path, {ACTION: action("depends_on: [2]"), DOOR: "no fields"})
    assert "unknown-action" not in {finding.rule.name for finding in found}


def test_same_number_in_two_plans_is_fine(tmp_path: Path) -> None:
    """Numbers are unique within a plan, not within a site; actions without a number never collide."""
    files = {
        ACTION: action("ref: 1"),
        "content/plans/summer/actions/shade.md": action("ref: 1", title="Put up shades"),
        "content/plans/summer/actions/fan.md": action(title="Buy a fan"),
        "content/plans/summer/actions/tap.md": action(title="Mend the tap"),
    }
    assert "duplicate-ref" not in {finding.rule.name for finding in checked(tmp_path, files)}


def test_duplicate_number_names_the_other_file(tmp_path: Path) -> None:
    """Each later file with a number that is taken names the file that has it."""
    files = {ACTION: action("ref: 1"), DOOR: action("ref: 1"), "content/plans/winter/actions/tap.md": action("ref: 1")}
    found = [finding for finding in checked(tmp_path, files) if finding.rule.name == "duplicate-ref"]
    assert [finding.path for finding in found] == [ACTION, "content/plans/winter/actions/tap.md"]
    assert all(DOOR in finding.message for finding in found)


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("gate", "winter/gate"),
        ("gate", "winter/GATE"),
        ("caf\u00e9", "winter/cafe\u0301"),
        ("summer/gate", "gate"),
        ("spring/gate", "spring/gate"),
    ],
)
def test_an_alias_that_two_plans_claim(tmp_path: Path, ours: str, theirs: str) -> None:
    """It is reported in both, in whatever way it is spelled, and the page leads to both."""
    spring = {"content/plans/spring/plan.md": page("title: Spring")}
    lamp = {"content/plans/summer/actions/lamp.md": action(f"aliases: [{theirs}]", title="Mend the lamp")}
    files = {
        ACTION: action(f"aliases: [{ours}]"),
        "content/plans/summer/plan.md": page("title: Summer"),
        **spring,
        **lamp,
    }
    found = [finding for finding in checked(tmp_path, files) if finding.rule.name == "unusable-alias"]
    assert [(finding.path, finding.message.split(" ", 3)[3]) for finding in found] == [
        ("content/plans/summer/actions/lamp.md", f"is also given in {ACTION}"),
        (ACTION, "is also given in content/plans/summer/actions/lamp.md"),
    ]
    built = html_of(build_in_memory(tmp_path, clock=FixedClock(TODAY)))
    (old,) = [text for path, text in built.items() if "This page has moved" in text]
    assert "heater.html" in old and "lamp.html" in old and "refresh" not in old


@pytest.mark.parametrize(
    ("alias", "fault"),
    [
        ("summer/LAMP", "is the address of content/plans/summer/actions/Lamp.md already"),
        ("summer/broken", "is the address of content/plans/summer/actions/broken.md, which cannot be read"),
        ("HEATER", "is its present address"),
        ("winter/heater", "is its present address"),
    ],
)
def test_an_alias_of_a_page(tmp_path: Path, alias: str, fault: str) -> None:
    """Another action has the address, of which only the alias is reported."""
    files = {
        ACTION: action(f"aliases: [{alias}]"),
        "content/plans/summer/plan.md": page("title: Summer"),
        "content/plans/summer/actions/Lamp.md": action(title="Mend the lamp"),
        "content/plans/summer/actions/broken.md": "no front matter",
    }
    found = [finding for finding in checked(tmp_path, files) if finding.rule.name == "unusable-alias"]
    assert [(finding.path, finding.message) for finding in found] == [(ACTION, f"the alias “{alias}” {fault}")]


def test_an_alias_of_one_action_twice(tmp_path: Path) -> None:
    """In two spellings it is still one address of one action."""
    assert "unusable-alias" not in broken(tmp_path, "aliases: [gate, Gate, winter/gate]")
