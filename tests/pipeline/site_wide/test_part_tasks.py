"""Parts of pages across plans: after an edit only those are composed again whose documents or facts have changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from plansite.pipeline.build import BuildResult
from tests.pipeline.builds import Files, Run, action, build, change, party, site

_LAMP, _RAIL, _SHED = (f"content/plans/{path}.md" for path in ("a/actions/lamp", "a/actions/rail", "b/actions/shed"))
_FALL, _NEW = "content/plans/c/incidents/fall.md", "content/plans/c/actions/new.md"
_INCIDENT = (
    "---\ntitle: A fall\naudience: public\nowner: Fay\n"
    "findings: [{{text: Dark, actions: [a/rail], interim: {{control: Torch{}, by: Fay, checked: 2025-01-19, every: weekly}}}}]\n---\n"
)


def _action(title: str, **fields: str) -> str:
    return action(title, "Words.", **({"due": "2025-02-03"} | fields))


_FILES: Files = {
    "plansite.yaml": "title: Test site\n",
    "content/plans/a/plan.md": "---\ntitle: Plan A\naudience: public\n---\n",
    "content/plans/b/plan.md": "---\ntitle: Plan B\naudience: public\n---\n",
    "content/plans/c/plan.md": "---\ntitle: Plan C\naudience: public\n---\n",
    _LAMP: _action("Lamp", owner="Anna", tags="[light]"),
    _RAIL: _action("Rail", owner="Ben", tags="[grip]", supporters="[Dora]"),
    _SHED: _action("Shed", owner="Cook", depends_on="[a/rail]"),
    _FALL: _INCIDENT.format(""),
    "content/owners/anna.md": party("Anna", role="Carries", agency="Council", audience="public"),
    "content/agencies/council.md": party("Council", audience="public"),
}
#: Every part of this site.
_PEOPLE = {f"owners/{name}.html" for name in ("anna", "ben", "cook", "dora", "fay")}
_TABLES = {"owners/index.html", "agencies/index.html", "tags/index.html"}
_ALL = {*_PEOPLE, *_TABLES, "agencies/council.html", "tags/light.html", "tags/grip.html"}
#: The page of an owner, and that of the agency to which the owner belongs.
_ANNA = {"owners/anna.html", "agencies/council.html"}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A site that has been built."""
    root = site(tmp_path / "site", _FILES, {})
    assert _rendered(build(root, Run())) == _ALL
    return root


def _rendered(result: BuildResult) -> set[str]:
    return {name for name in result.site_pages.rendered if name.startswith(("owners/", "agencies/", "tags/"))}


@pytest.mark.parametrize(
    ("edit", "parts"),
    [
        ({}, set()),
        (
            {_LAMP: _action("Lamps", owner="Anna", tags="[light]")},
            {"owners/anna.html", "agencies/council.html", "tags/light.html"},
        ),
        (
            {_LAMP: _action("Lamp", owner="Anna", tags="[light]", due="2025-02-04")},
            _TABLES | {"owners/anna.html", "agencies/council.html", "tags/light.html"},
        ),
        # Half of owners have fewer open actions than before, which the pages of owners say.
        (
            {_LAMP: _action("Lamp", owner="Cook", tags="[light]")},
            _ALL - {"tags/index.html", "tags/grip.html"},
        ),
        # Cook's action waits for it.
        (
            {_RAIL: _action("Rails", owner="Ben", tags="[grip]", supporters="[Dora]")},
            {"owners/ben.html", "owners/dora.html", "owners/cook.html", "tags/grip.html"},
        ),
        ({_FALL: _INCIDENT.format("es")}, {"owners/fay.html"}),
        # The titles of plans are in rows of their actions.
        (
            {"content/plans/a/plan.md": "---\ntitle: Plan One\naudience: public\n---\n"},
            _ALL - _TABLES - {"owners/cook.html", "owners/fay.html"},
        ),
        ({"content/plans/a/plan.md": "---\ntitle: Plan A\naudience: public\nowner: Anna\n---\n"}, _ANNA),
        ({"content/owners/anna.md": party("Anna", role="Drives", agency="Council", audience="public")}, _ALL),
        (
            {"content/plans/b/plan.md": "---\ntitle: Plan B\naudience: public\nagencies: [Council]\n---\n"},
            {"agencies/index.html", "agencies/council.html"},
        ),
        ({_NEW: _action("New", owner="Gus")}, _ALL | {"owners/gus.html"}),
        ({"content/index.md": "---\ntitle: Welcome\n---\nHello.\n"}, set()),
    ],
    ids=[
        "nothing",
        "title",
        "due date",
        "owner",
        "title of what others wait for",
        "words of a control",
        "title of a plan",
        "who leads a plan",
        "a profile",
        "agency of a plan",
        "somebody is named for the first time",
        "the front page",
    ],
)
def test_a_part_is_composed_where_it_shows_a_change(root: Path, edit: Files, parts: set[str]) -> None:
    """The bytes are those of a clean build in any case, which `build` compares."""
    change(root, edit)
    assert _rendered(build(root, Run())) == parts


def test_a_part_with_a_missing_file_is_composed(root: Path) -> None:
    """Also where no plan has changed, so that the parts were not listed."""
    (root.parent / "out-internal/owners/ben.html").unlink()
    assert _rendered(build(root, Run())) == {"owners/ben.html"}


@pytest.mark.parametrize("plan", ["title: The lamps", "title: Lamps\ngoals: [{key: g, title: All bright}]"])
def test_the_words_of_a_view_name_a_plan_without_actions(tmp_path: Path, plan: str) -> None:
    """And a goal without any: no action tells that its title is another."""
    path, settings = "content/plans/lamps/plan.md", "views: [{name: Mine, filter: {plan: lamps, goal: g}}]\n"
    before = "---\ntitle: Lamps\naudience: public\ngoals: [{key: g, title: Bright}]\n---\n"
    root = site(tmp_path / "site", _FILES, {"plansite.yaml": f"title: Test site\n{settings}", path: before})
    build(root, Run())
    change(root, {path: f"---\n{plan}\naudience: public\n---\n"})
    assert "views/index.html" in build(root, Run()).site_pages.rendered
