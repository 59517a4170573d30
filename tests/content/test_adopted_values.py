"""What files of others say about people and statuses arrives whole."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from plansite.checks.runner import run_all_checks
from plansite.content.site_content import load_site
from plansite.history.repository import ContentFolder
from plansite.model.assessment import SiteOnDate
from plansite.model.documents.action import Action
from plansite.model.status import Status
from tests.sites import write


def _read(root: Path, mapping: str, fields: str) -> Action:
    settings = f"title: T\nsources: [{{path: tracker, plan: p, {mapping.removeprefix('plan: p')}}}]\n"
    site = load_site(write(root, {"plansite.yaml": settings, "tracker/a.md": f"---\ntitle: A\n{fields}\n---\n"}))
    (action,) = site.actions
    return action


_OWNER = "owner: {field: team, split: ','}"
_LAST = "owner: {field: team, split: ',', take: last}"
_HELP = "supporters: {field: help, split: ','}"


@pytest.mark.parametrize(
    ("mapping", "fields", "owner", "supporters"),
    [
        (f"fields: {{{_OWNER}, {_HELP}}}", "team: Ann, Ben\nhelp: Cy, Di", "Ann", {"Ben", "Cy", "Di"}),
        (f"fields: {{{_HELP}, {_OWNER}}}", "team: Ann, Ben\nhelp: Cy, Di", "Ann", {"Ben", "Cy", "Di"}),
        (f"fields: {{{_LAST}, supporters: help}}", "team: Ann, Ben\nhelp: Cy", "Ben", {"Ann", "Cy"}),
        (f"fields: {{{_OWNER}, supporters: help}}", "team: [Ann, Ben]\nhelp: [ben, Cy]", "Ann", {"ben", "Cy"}),
        (f"fields: {{{_OWNER}}}", "team: Ann, Ben\nsupporters: [Cy]", "Ann", {"Ben", "Cy"}),
        (f"fields: {{{_OWNER}, {_HELP}}}", "team: Ann, Ben", "Ann", {"Ben"}),
        (f"fields: {{{_OWNER}, {_HELP}}}", "team: Ann, Ben\nhelp:", "Ann", {"Ben"}),
        ("plan: p", "owner: [Ann, Ben]", "Ann", {"Ben"}),
        ("plan: p", "owner: [Ann, Ben]\nsupporters: Cy", "Ann", {"Ben", "Cy"}),
        ("plan: p", "owner: {name: Ann, email: a@example.org}", "Ann", set()),
        ("plan: p", "owner: Ann\nsupporters: [{name: Ben, role: lead}, Cy]", "Ann", {"Ben", "Cy"}),
        ("fields: {owner: team}", "team: [Ann, Ben, ann, ANN, ben]", "Ann", {"Ben"}),
        ("fields: {owner: team}", "team: [[Ann, Ben], Cy]", "Ann", {"Ben", "Cy"}),
        ("fields: {owner: team}", "team: [{name: Ann}, {full_name: Ben}, '']", "Ann", {"Ben"}),
        ("fields: {owner: team, supporters: team}", "team: [Ann, Ben]", "Ann", {"Ann", "Ben"}),
        ("fields: {owner: {field: team, split: ','}}", "team: ['Ann, Ben', Cy]", "Ann", {"Ben", "Cy"}),
        ("fields: {owner: {field: team, split: and}}", "team: Andy and Roland AND Ben", "Andy", {"Roland", "Ben"}),
        (
            "fields: {owner: {field: team, split: [',', ' and ', /, ;]}}",
            "team: 'Ann, Ben and Cy/Di; Eve'",
            "Ann",
            {"Ben", "Cy", "Di", "Eve"},
        ),
        ("fields: {owner: {field: team, split: ;, take: last}}", "team: ' ; Ann;; Ben ;'", "Ben", {"Ann"}),
        ("fields: {owner: {field: team, split: '|'}}", "team: Ann and Ben", "Ann and Ben", set()),
        ("fields: {owner: {field: team, split: .}}", "team: Ann.Ben", "Ann", {"Ben"}),
        ("fields: {owner: {field: team, split: '<br>'}}", "team: Ann<BR>Ben", "Ann", {"Ben"}),
        ("fields: {supporters: {field: help, split: and}}", "owner: Ann\nhelp: Ben and Cy", "Ann", {"Ben", "Cy"}),
    ],
)
def test_nobody_is_dropped(tmp_path: Path, mapping: str, fields: str, owner: str, supporters: set[str]) -> None:
    """Owners beyond the one that counts are supporters beside those that are named."""
    action = _read(tmp_path, mapping, fields)
    assert (action.owner, set(action.supporters)) == (owner, supporters)
    assert len(action.supporters) == len(supporters)


@pytest.mark.parametrize(
    ("mapping", "fields", "lines"),
    [
        ("fields: {owner: team}", "team: [Ann, {lead: Ben}]", [3]),
        ("fields: {owner: team}", "team: {lead: Ben}", [3]),
        ("plan: p", "owner:\n  lead: Ben", [4]),
        ("plan: p", "owner: Ann\nsupporters:\n- {lead: Ben}", [5]),
    ],
)
def test_a_person_that_cannot_be_named_is_reported(tmp_path: Path, mapping: str, fields: str, lines: list[int]) -> None:
    """A group of fields without a name is a finding at its line, also where the settings do not map the field."""
    settings = f"title: T\nsources: [{{path: tracker, plan: p, {mapping.removeprefix('plan: p')}}}]\n"
    site = load_site(write(tmp_path, {"plansite.yaml": settings, "tracker/a.md": f"---\ntitle: A\n{fields}\n---\n"}))
    assert [(each.rule.name, each.line) for each in site.findings] == [("wrong-shape", line) for line in lines]


@pytest.mark.parametrize(
    ("word", "status"),
    [
        ("Inactive", Status.CANCELLED),
        ("Inactive (superseded by KEP-9)", Status.CANCELLED),
        ("inactive: see 9", Status.CANCELLED),
        ("Inactive - see 9", Status.CANCELLED),
        ("In active use", None),
        ("Inactive no longer", None),
        ("Inactivex", None),
        ("INACTIVE. See 9", Status.CANCELLED),
        ("inactive.", Status.CANCELLED),
        ("Inactive, for now", Status.CANCELLED),
        ("inactive [9]", Status.CANCELLED),
        ("Inactive — see 9", Status.CANCELLED),
        (" inactive  review\u00a0(May) ", Status.IN_PROGRESS),
        ("Inactive-ish", None),
        ("Not inactive (9)", None),
        ("inactive.5", None),
        ("Inactive review (May)", Status.IN_PROGRESS),
    ],
)
def test_a_status_may_have_a_remark(tmp_path: Path, word: str, status: Status | None) -> None:
    """The longest word that the settings map counts; the file's own words are shown."""
    statuses = "statuses: {Inactive: cancelled, Inactive review: in progress}"
    action = _read(tmp_path, statuses, f"status: '{word}'")
    assert (action.status, action.status_word) == (status, " ".join(word.split()))


@pytest.mark.parametrize(
    ("exclude", "slugs"),
    [
        ("", ["a", "readme", "templates-new", "templates-old-x"]),
        ("exclude: README.md,", ["a", "templates-new", "templates-old-x"]),
        ("exclude: [README.md, 'templates/*'],", ["a"]),
        ("exclude: ['*new*'],", ["a", "readme", "templates-old-x"]),
    ],
)
def test_files_that_are_no_actions_are_excluded(tmp_path: Path, exclude: str, slugs: list[str]) -> None:
    """By their name, or by their path in the folder of the source; their history as well."""
    paths = ["a.md", "README.md", "templates/new.md", "templates/old/x.md"]
    files = {f"tracker/{path}": "---\ntitle: A\n---\n" for path in paths}
    settings = f"title: T\nsources: [{{path: tracker, {exclude} plan: p}}]\n"
    site = load_site(write(tmp_path, {"plansite.yaml": settings, **files}))
    assert sorted(action.slug for action in site.actions) == slugs
    folder = ContentFolder("tracker", "tracker", site.settings.sources[0])
    assert [path for path in paths if folder.find_location(f"tracker/{path}")] == [
        action.path.removeprefix("tracker/") for path in paths for action in site.actions if action.path.endswith(path)
    ]


def test_a_rule_is_set_aside_for_all_files_of_a_source(tmp_path: Path) -> None:
    """In a plan file of one's own with the same short name; it says nothing of other plans."""
    settings = "title: T\nsources: [{path: tracker, plan: p}, {path: other, plan: q}]\n"
    plan = "---\ntitle: P\nallow: [{rule: missing-due, reason: They plan by release}]\n---\n"
    files = {f"{folder}/{name}.md": "---\ntitle: A\n---\n" for folder in ("tracker", "other") for name in "ab"}
    site = load_site(write(tmp_path, {"plansite.yaml": settings, "content/plans/p/plan.md": plan, **files}))
    found = run_all_checks(SiteOnDate(site, date(2025, 1, 20)))
    assert {each.path for each in found if each.rule.name == "missing-due"} == {"other/a.md", "other/b.md"}
