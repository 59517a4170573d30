"""Pages composed from summaries: a set is rendered again only where the plans, or what it alone shows, have changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from plansite.pipeline.build import BuildResult
from plansite.site.summary_pages import SUMMARY_PAGES, find_summary_pages
from tests.pipeline.builds import Files, Run, action, build, change, site

_LAMP, _FALL = "content/plans/a/actions/lamp.md", "content/plans/a/incidents/fall.md"
_FILES: Files = {
    "plansite.yaml": "title: Test site\n",
    "content/index.md": "---\ntitle: Plans\n---\nWelcome.\n",
    "content/plans/a/plan.md": "---\ntitle: Plan A\naudience: public\n---\n",
    _LAMP: action("Lamp", "Words.", due="2025-02-03", aliases="[torch]"),
    _FALL: "---\ntitle: A fall\naudience: public\nfindings: [{text: Dark, actions: [lamp]}]\n---\n",
}
_SETS = {pages.name for pages in SUMMARY_PAGES}
#: Not composed from summaries alone, or from nothing of the plans.
_OTHERS = {"changes", "headers"}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A site that has been built."""
    root = site(tmp_path / "site", _FILES, {})
    assert _rendered(build(root, Run())) == _SETS | _OTHERS
    return root


def _rendered(result: BuildResult) -> set[str]:
    return (_SETS | _OTHERS).intersection(result.site_pages.rendered)


@pytest.mark.parametrize(
    ("edit", "names"),
    [
        ({}, set()),
        ({_LAMP: action("Lamps", "Words.", due="2025-02-03", aliases="[torch]")}, _SETS | {"changes"}),
        ({"content/index.md": "---\ntitle: Plans\n---\nGood morning.\n"}, {"index.html"}),
        ({"plansite.yaml": "title: Other site\n"}, _SETS | {"changes"}),
        # Without https, hosts send fewer headers.
        ({"plansite.yaml": "title: Test site\nbase_url: http://plans.test/\n"}, _SETS | _OTHERS),
        # A finding says that nothing links to it.
        ({"content/rota.pdf": "%PDF-1.4\n"}, {"about.html"}),
        # A finding that no summary tells.
        ({_LAMP: action("Lamp", "See [this](no.md).", due="2025-02-03", aliases="[torch]")}, {"about.html"}),
    ],
    ids=[
        "nothing",
        "title of an action",
        "front page",
        "title of the site",
        "address of the site",
        "a paper",
        "a link that leads nowhere",
    ],
)
def test_a_set_is_rendered_where_its_inputs_have_changed(root: Path, edit: Files, names: set[str]) -> None:
    """The bytes are those of a clean build in any case, which `build` compares."""
    change(root, edit)
    assert _rendered(build(root, Run())) == names


def test_each_set_has_its_pages(root: Path) -> None:
    """The preview finds the set of a requested page by its path, those of aliases among them."""
    groups = build(root, Run()).site_pages.groups
    paths = {path: name for name in _SETS for path in groups[name].files}
    assert paths.keys() >= {"index.html", "about.html", "plans/a/actions/torch.html"}
    assert {path: find_summary_pages(path).name for path in paths} == paths
