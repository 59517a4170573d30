"""Groups of site-wide files: after an edit only those are rendered again whose part of a contribution has changed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from plansite.pipeline.build import BuildResult
from plansite.site.page_groups import SITE_PAGE_GROUPS
from tests.pipeline.builds import Files, Run, action, build, change, party, site
from tests.pipeline.index_cases import BASE, FALLS

ALL = {group.name for group in SITE_PAGE_GROUPS}
#: The groups that show actions.
OF_ACTIONS = {"data files", "search index", "calendar", "calendar files", "downloads"}
OF_OPEN_ACTIONS = {"open.html", "overdue.html", "due-soon.html"}
LAMP, FALL, COUNT = f"{FALLS}/actions/a.md", f"{FALLS}/incidents/fall.md", f"{FALLS}/measures/count.md"
INCIDENT = "---\ntitle: A fall\naudience: public\nfindings: [{{text: {}, actions: [a]}}]\n---\n"
MEASURE = "---\ntitle: Falls\naudience: public\ntarget: {}\n---\n"
START: Files = {
    "plansite.yaml": "title: Test site\ndownloads: [calendars, registers, workbooks, documents]\n",
    LAMP: action("Mend the lamp", "The lamp is dark.", due="2025-02-03"),
    FALL: INCIDENT.format("Dark"),
    COUNT: MEASURE.format(4),
    "content/owners/porter.md": party("Porter", role="Carries", audience="public"),
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A site that has been built."""
    root = site(tmp_path / "site", BASE, START)
    assert _rendered(build(root, Run())) == ALL
    return root


def _rendered(result: BuildResult) -> set[str]:
    return ALL.intersection(result.site_pages.rendered)


@pytest.mark.parametrize(
    ("edit", "groups"),
    [
        ({}, set()),
        ({LAMP: action("Mend the lamp", "The lamp by the door is dark.", due="2025-02-03")}, {"downloads"}),
        (
            {LAMP: action("Mend the lamp", "The lamp is dark.", due="2025-02-04")},
            OF_ACTIONS | OF_OPEN_ACTIONS | {"incidents"},
        ),
        (
            {LAMP: action("Mend the lights", "The lamp is dark.", due="2025-02-03")},
            OF_ACTIONS | OF_OPEN_ACTIONS | {"governance"},
        ),
        ({FALL: INCIDENT.format("Dim")}, {"incidents"}),  # the list names findings with gaps
        (
            {FALL: INCIDENT.format("Dark").replace("A fall", "One fall")},
            {"incidents", "governance", "search index"},
        ),
        ({COUNT: MEASURE.format(5)}, {"measures"}),
        ({FALL: None}, ALL),
        ({"content/owners/porter.md": party("Porter", role="Drives", audience="public")}, {"search index"}),
        (
            {"content/owners/cook.md": party("The Cook", audience="public")},
            {"search index", "calendar", "calendar files", "downloads", *OF_OPEN_ACTIONS, "unassigned.html"},
        ),
    ],
    ids=[
        "nothing",
        "words of a body",
        "due date",
        "title",
        "words of a finding",
        "title of an incident",
        "target of a measure",
        "the only incident goes, and with it a link of the menu",
        "role of an owner",
        "name of an owner",
    ],
)
def test_a_group_is_rendered_where_its_part_has_changed(root: Path, edit: Files, groups: set[str]) -> None:
    """The bytes are those of a clean build in any case, which `build` compares."""
    change(root, edit)
    result = build(root, Run())
    assert _rendered(result) == groups
    assert bool(result.plans.rendered) == any(path.startswith(FALLS) or path.endswith("cook.md") for path in edit)


def test_another_day_renders_every_group(root: Path) -> None:
    """What is late, and the day that pages are as at, depend on the day."""
    assert _rendered(build(root, Run(day=date(2025, 1, 21)))) == ALL


def test_a_group_with_a_missing_file_is_rendered(root: Path) -> None:
    """The other groups are published again as they are."""
    (root.parent / "out-internal/calendar.html").unlink()
    assert _rendered(build(root, Run())) == {"calendar"}


def test_each_group_names_all_of_its_paths(root: Path) -> None:
    """The preview finds the group of a requested file by them."""
    groups = build(root, Run()).site_pages.groups
    for path in (path for group in groups.values() for path in group.files):
        names = {group.name for group in SITE_PAGE_GROUPS if group.may_contain(path)}
        assert names == {name for name in ALL if path in groups[name].files}
