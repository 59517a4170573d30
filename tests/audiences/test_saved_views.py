"""What saved views and tag pages tell an audience: no action, name or tag that it may not see, and no number of them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from plansite.model.status import Audience
from plansite.pipeline.build import build_in_memory
from tests.sites import FixedClock, html_of, write

_HIDDEN = "zq7canary"
_SITE = {
    "content/owners/hidden.md": f"---\ntitle: Amina {_HIDDEN}\naudience: internal\n---\n",
    "content/owners/cook.md": "---\ntitle: Cook\naudience: public\n---\n",
    "content/plans/open/plan.md": (
        "---\ntitle: Open plan\naudience: public\ngoals:\n  - {key: seen, title: Seen}\n"
        f"  - {{key: {_HIDDEN}-goal, title: Goal {_HIDDEN}, audience: internal}}\n---\n"
    ),
    "content/plans/open/actions/a.md": (
        "---\ntitle: Seen by all\nowner: Cook\ngoal: seen\ndue: 2025-01-14\ntags: [Shared]\n---\n"
    ),
    "content/plans/open/actions/b.md": (
        f"---\ntitle: Only for us {_HIDDEN}\nowner: Cook\ngoal: {_HIDDEN}-goal\ndue: 2025-01-14\naudience: internal\n"
        f"tags: [Shared, Secret {_HIDDEN}]\n---\n"
    ),
    "content/plans/open/actions/c.md": (
        f"---\ntitle: Of somebody\nowner: Amina {_HIDDEN}\ndue: 2025-01-14\ntags: [Shared]\n---\n"
    ),
    f"content/plans/{_HIDDEN}/plan.md": f"---\ntitle: Plan {_HIDDEN}\naudience: internal\n---\n",
    f"content/plans/{_HIDDEN}/actions/d.md": f"---\ntitle: D {_HIDDEN}\nowner: Cook\ntags: [Shared]\n---\n",
}


def _build(tmp_path: Path, views: str, audience: Audience, site_audience: str = "public") -> dict[str, str]:
    settings = f"title: T\naudience: {site_audience}\nviews:\n{views}"
    root = write(tmp_path, {**_SITE, "plansite.yaml": settings})
    built = build_in_memory(root, clock=FixedClock(date(2025, 1, 20)), audience=audience)
    if audience is Audience.PUBLIC:
        for path, content in built.files.items():
            assert _HIDDEN not in path
            assert not isinstance(content, bytes) or _HIDDEN.encode() not in content.lower(), path
    return html_of(built)


@pytest.mark.parametrize(
    "condition",
    [
        f"owner: Amina {_HIDDEN}",
        "owner: hidden",
        f"plan: {_HIDDEN}",
        f"plan: Plan {_HIDDEN}",
        f"goal: {_HIDDEN}-goal",
        f"tag: Secret {_HIDDEN}",
        "owner: nobody",
    ],
)
def test_a_view_of_what_is_hidden_is_not_there(tmp_path: Path, condition: str) -> None:
    """Its page, its name and a link to it are in the whole copy alone: it would be empty, and tell that there is it."""
    views = f"  - name: Zq8 view\n    filter: {{{condition}}}\n"
    pages = _build(tmp_path, views, Audience.PUBLIC)
    assert not any("zq8" in page.casefold() or "zq8" in path for path, page in pages.items())
    whole = _build(tmp_path, views, Audience.INTERNAL)
    assert "Zq8 view" in whole["views/zq8-view.html"]
    assert "Zq8 view" in whole["index.html"]


def test_hidden_values_are_left_out_of_a_list(tmp_path: Path) -> None:
    """A view of several owners, plans and tags shows what is left, and names nothing else."""
    views = (
        f"  - name: Mixed\n    filter: {{owner: [Cook, 'Amina {_HIDDEN}'], plan: [open, {_HIDDEN}], "
        f"tag: [shared, 'Secret {_HIDDEN}']}}\n"
    )
    page = _build(tmp_path, views, Audience.PUBLIC)["views/mixed.html"]
    assert "All actions of Cook tagged “Shared” in “Open plan”, by due date." in page
    assert "1 action, 1 late." in page
    assert "Seen by all" in page


@pytest.mark.parametrize("group", ["owner", "agency", "plan", "goal", "status", "priority", "tag", "due month"])
def test_what_is_hidden_is_neither_shown_nor_counted(tmp_path: Path, group: str) -> None:
    """Whatever it is grouped by, a view of everything has the two actions that may be seen."""
    columns = "[ref, owner, agency, plan, goal, steps, resources, created, due, progress, priority, tags, status]"
    views = f"  - name: All\n    group: {group}\n    columns: {columns}\n"
    page = _build(tmp_path, views, Audience.PUBLIC)["views/all.html"]
    assert "2 actions, 2 late." in page
    assert "Nobody yet" not in page, "somebody owns it who may not be named"


def test_a_name_in_the_words_of_a_view_is_left_out(tmp_path: Path) -> None:
    """A description that names somebody hidden is left out, and a view that is called after them with all it has."""
    views = f"  - name: Kitchen\n    description: For Amina {_HIDDEN} on Monday.\n  - name: Work of Amina {_HIDDEN}\n"
    pages = _build(tmp_path, views, Audience.PUBLIC)
    assert sorted(path for path in pages if path.startswith("views/")) == ["views/index.html", "views/kitchen.html"]
    assert "on Monday" not in pages["views/kitchen.html"]


@pytest.mark.parametrize(
    ("mark", "site_audience", "seen"),
    [
        ("", "public", True),
        ("", "internal", False),
        ("audience: public", "internal", True),
        ("audience: partners", "public", False),
        ("audience: internal", "public", False),
    ],
)
def test_a_view_has_readers_of_its_own(tmp_path: Path, mark: str, site_audience: str, seen: bool) -> None:
    """Its own mark says who may see it; without one the audience of the site does."""
    views = f"  - name: Zq8 view\n    {mark}\n"
    pages = _build(tmp_path, views, Audience.PUBLIC, site_audience)
    assert ("views/zq8-view.html" in pages) is seen
    assert any("zq8" in page.casefold() for page in pages.values()) is seen
    assert ("views/index.html" in pages["index.html"]) is seen


def test_a_misspelt_mark_stops_the_build(tmp_path: Path) -> None:
    """As everywhere: else what is meant for a few could be published for all."""
    with pytest.raises(Exception, match="internl"):
        _build(tmp_path, "  - name: A\n    audience: internl\n", Audience.INTERNAL)


def test_tags_of_hidden_actions(tmp_path: Path) -> None:
    """A tag that only hidden actions have is nowhere, and one that others have too counts those alone."""
    views = "  - name: All\n"
    pages = _build(tmp_path, views, Audience.PUBLIC)
    assert sorted(path for path in pages if path.startswith("tags/")) == ["tags/index.html", "tags/shared.html"]
    assert "2 open actions, 2 late." in pages["tags/shared.html"]
    whole = _build(tmp_path, views, Audience.INTERNAL)
    assert "4 open actions, 3 late." in whole["tags/shared.html"]
    assert f"tags/secret-{_HIDDEN}.html" in whole
