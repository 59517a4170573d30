"""A folder becomes a Site, and no file of it is ever lost."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path

import pytest

from plansite.content.settings import SettingsError
from plansite.content.site_content import load_site
from plansite.model.site import Site
from plansite.model.status import Status

_PLAN = "---\ntitle: Falls\ngoals: [{key: fewer, title: Fewer falls}]\n---\n"


def _write(root: Path, files: dict[str, str | bytes]) -> Site:
    for path, text in {"plansite.yaml": "title: T\n", **files}.items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(text if isinstance(text, bytes) else text.encode())
    return load_site(root)


def _names(site: Site) -> list[tuple[str, str]]:
    return [(finding.rule.name, finding.path) for finding in site.findings]


def test_every_kind_of_file_has_its_place(tmp_path: Path) -> None:
    """Plans hold their actions, reviews, incidents and measures; people stand beside them."""
    site = _write(
        tmp_path,
        {
            "content/index.md": "---\ntitle: Front\n---\nWelcome.",
            "content/owners/anna.md": "---\ntitle: Anna\n---\n",
            "content/agencies/council.md": "---\ntitle: Council\n---\n",
            "content/plans/falls/plan.md": _PLAN,
            "content/plans/falls/actions/rails.md": "---\ntitle: Rails\nref: 1\n---\n",
            "content/plans/falls/actions/deep/lights.md": "---\ntitle: Lights\nref: 2\n---\n",
            "content/plans/falls/reviews/2025-01-16.md": "---\ntitle: January\n---\n",
            "content/plans/falls/incidents/stairs.md": "---\ntitle: Stairs\n---\n",
            "content/plans/falls/measures/falls.md": "---\ntitle: Falls\n---\n",
            "content/plans/falls/measures/falls.csv": "date,value\n2025-01-01,4\n2024-12-01,5\n",
        },
    )
    (plan,) = site.plans
    assert site.findings == ()
    assert site.front_page.title == "Front"
    assert [action.slug for action in plan.actions] == ["rails", "deep-lights"]
    assert str(plan.reviews[0].date) == "2025-01-16"
    assert [(str(reading.date), reading.value) for reading in plan.measures[0].readings] == [
        ("2024-12-01", 5.0),
        ("2025-01-01", 4.0),
    ]
    assert plan.incidents[0].title == "Stairs"
    assert site.find_action("2", "falls") is site.find_action("falls/deep-lights", "other")
    assert site.files == {"content/plans/falls/measures/falls.csv"}


def test_a_file_that_cannot_be_read_stays_in_sight(tmp_path: Path) -> None:
    """It is unread, with its text and its findings, in the plan where it lies."""
    site = _write(
        tmp_path,
        {"content/plans/falls/plan.md": _PLAN, "content/plans/falls/actions/a.md": "---\nowner: @x\n---\nText"},
    )
    (unread,) = site.unreadable
    assert (unread.plan, unread.kind, unread.slug) == ("falls", "action", "a")
    assert "Text" in unread.text
    assert [finding.rule.name for finding in unread.findings] == ["unreadable-front-matter"]


def test_a_plan_without_a_plan_file_is_shown(tmp_path: Path) -> None:
    """Its actions are not lost; an unreadable plan file loses them as little."""
    site = _write(
        tmp_path,
        {
            "content/plans/lone/actions/a.md": "---\ntitle: A\n---\n",
            "content/plans/bad/plan.md": "nothing",
            "content/plans/bad/actions/b.md": "---\ntitle: B\n---\n",
        },
    )
    assert [(plan.slug, plan.title, len(plan.actions)) for plan in site.plans] == [
        ("bad", "Bad", 1),
        ("lone", "Lone", 1),
    ]
    assert ("plan-without-plan-file", "content/plans/lone/plan.md") in _names(site)
    assert [unread.kind for unread in site.unreadable] == ["plan"]


def test_files_that_are_none_are_refused_by_name(tmp_path: Path) -> None:
    """A pipe, a link out of the folder and a huge file are named; the rest is read."""
    folder = tmp_path / "content/plans/falls/actions"
    folder.mkdir(parents=True)
    (tmp_path / "secret.md").write_text("---\ntitle: Secret\n---\n")
    (folder / "out.md").symlink_to(tmp_path / "secret.md")
    (folder / "big.md").write_bytes(b"x" * 300_000)
    (folder / "inside.md").symlink_to("good.md")
    os.mkfifo(folder / "pipe.md")
    site = _write(
        tmp_path,
        {"content/plans/falls/plan.md": _PLAN, "content/plans/falls/actions/good.md": "---\ntitle: Good\n---\n"},
    )
    assert [action.title for action in site.plans[0].actions] == ["Good", "Good"]
    assert {(unread.slug, unread.findings[0].rule.name) for unread in site.unreadable} == {
        ("out", "not-a-plain-file"),
        ("pipe", "not-a-plain-file"),
        ("big", "file-too-large"),
    }
    assert not any("Secret" in unread.text for unread in site.unreadable)


def test_names_that_computers_confuse(tmp_path: Path) -> None:
    """Twins and unfit names are said, and each file still has an address of its own."""
    actions = "content/plans/falls/actions"
    names = ["Door.md", "door.md", "con.md", "a b.md", "a-b.md", "index.md"]
    site = _write(
        tmp_path,
        {"content/plans/falls/plan.md": _PLAN, **{f"{actions}/{name}": "---\ntitle: x\n---\n" for name in names}},
    )
    slugs = [action.slug.casefold() for action in site.plans[0].actions]
    assert len(slugs) == len(set(slugs)) == len(names)
    assert ("twin-files", f"{actions}/door.md") in _names(site)
    assert ("unfit-file-name", f"{actions}/con.md") in _names(site)


def test_a_stray_file_is_a_hint(tmp_path: Path) -> None:
    """Markdown where no plan looks for it is named; templates and hidden files are not."""
    site = _write(
        tmp_path,
        {
            "content/plans/falls/plan.md": _PLAN,
            "content/plans/falls/door.md": "x",
            "content/templates/a.md": "x",
            "content/.x.md": "x",
        },
    )
    assert _names(site) == [("stray-file", "content/plans/falls/door.md")]


@pytest.mark.parametrize("text", ["title: [", "format: 99\ntitle: T", b"\xff", "- a"])
def test_settings_that_say_nothing_stop(tmp_path: Path, text: str | bytes) -> None:
    """Without readable settings nothing is known about a site, so nothing is built."""
    with pytest.raises(SettingsError) as caught:
        _write(tmp_path, {"plansite.yaml": text})
    assert caught.value.findings


def test_faulty_settings_are_named(tmp_path: Path) -> None:
    """A zone or a source that is not there is a finding; the site is read all the same."""
    site = _write(tmp_path, {"plansite.yaml": "title: T\ntimezone: London\nsources: [{path: nowhere}]\n"})
    assert site.settings.timezone == "Europe/London"
    assert sorted(name for name, _ in _names(site)) == ["missing-source", "unknown-time-zone"]


_FOREIGN = """\
---
id: T-1
name: Mend the gate
team: Council<br>Parks
state: Doing
part: Park
---
## Acceptance
- [x] Gate shuts
"""
_MAP = """\
title: T
sources:
  - path: ../theirs
    plan: {field: part}
    fields: {ref: id, title: name, owner: {field: team, split: "<br>", take: last}, status: state, goal: goal}
    statuses: {Doing: in progress}
    sections: {Acceptance: Steps}
"""


def test_adopted_files_are_read_through_the_map(tmp_path: Path) -> None:
    """Fields, status words, headings and the plan come from theirs; nothing of theirs is written."""
    theirs = tmp_path / "theirs"
    theirs.mkdir()
    (theirs / "one two.md").write_text(_FOREIGN)
    (theirs / "bad.md").write_text("no front matter")
    before = {path.name: path.read_bytes() for path in theirs.iterdir()}
    own = tmp_path / "own"
    own.mkdir()
    site = _write(own, {"plansite.yaml": _MAP})
    park = site.plans_by_slug["park"]
    (action,) = park.actions
    assert (action.ref, action.title, action.owner, action.supporters) == (
        "T-1",
        "Mend the gate",
        "Parks",
        ("Council",),
    )
    assert (action.status, action.status_word, action.slug) == (Status.IN_PROGRESS, "Doing", "one-two")
    assert [step.done for step in action.body.steps] == [True]
    assert [unread.slug for unread in site.unreadable] == ["bad"]
    assert {path.name: path.read_bytes() for path in theirs.iterdir()} == before


@pytest.mark.slow
def test_the_us_commitments(tmp_path: Path, real_sets: Path) -> None:
    """70 sub-commitments under 36 goals: 33 completed, 36 in progress, 1 not started."""
    base = os.path.relpath(real_sets / "us-nap5-commitments/data", tmp_path)
    site = _write(
        tmp_path,
        {
            "plansite.yaml": f"""\
title: T
sources:
  - path: {base}/_subcommitments
    plan: nap5
    title: Fifth national action plan
    fields: {{ref: commitment_detail_sub_id, owner: {{field: commitment_agency, split: "<br>", take: last}}, status: commitment_status, goal: commitment_id}}
    statuses: {{Complete: completed, In Progress: in progress, Not Started: not started}}
    goals: {{path: {base}/_commitments, key: commitment_id, title: title}}
"""
        },
    )
    (plan,) = site.plans
    assert Counter(str(action.status) for action in plan.actions) == {
        "completed": 33,
        "in progress": 36,
        "not started": 1,
    }
    assert len({action.goal for action in plan.actions}) == len(plan.goals) == 36
    assert site.findings == ()


@pytest.mark.slow
def test_the_backlog_tasks(tmp_path: Path, real_sets: Path) -> None:
    """696 files: 21 with invalid YAML and 9 without front matter need attention, each with its line and remedy."""
    base = os.path.relpath(real_sets / "backlogmd-tasks/data/backlog", tmp_path)
    site = _write(
        tmp_path,
        {
            "plansite.yaml": f"""\
title: T
sources:
  - path: {base}
    plan: backlog
    fields: {{ref: id, owner: assignee, created: created_date, goal: parent_task_id}}
    statuses: {{Draft: not started, proposed: not started}}
"""
        },
    )
    rules = Counter(unread.findings[0].rule.name for unread in site.unreadable)
    assert rules == {"unreadable-front-matter": 21, "no-front-matter": 9}
    assert all(finding.line and finding.remedy for unread in site.unreadable for finding in unread.findings)
    assert len(list(site.actions)) + len(site.unreadable) == 696
    refs = Counter(action.ref.casefold() for action in site.actions if action.ref)
    assert sum(1 for times in refs.values() if times > 1) == 10
