"""What plans contribute in the preview: worked out when a page needs it, kept, and worked out again where it changed."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path

import pytest

from plansite.model.settings import Settings
from plansite.pipeline.preview_pages import preview_contributions
from plansite.pipeline.preview_pages.preview_site import PreviewSite
from plansite.site.contributions import CONTRIBUTED_FIELDS, PlanContribution
from tests.pipeline.builds import DAY, Files, Run, action, build, change, clean_build, party, site
from tests.sites import FixedClock

_LAMP, _RAIL = "content/plans/a/actions/lamp.md", "content/plans/b/actions/rail.md"
_FILES: Files = {
    "content/plans/a/plan.md": "---\ntitle: Plan A\n---\n",
    "content/plans/b/plan.md": "---\ntitle: Plan B\n---\n",
    _LAMP: action("Lamp", due="2025-02-03"),
    _RAIL: action("Rail", due="2025-02-04", depends_on="[a/lamp]", owner="Porter"),
    "content/owners/cook.md": party("Cook"),
    "content/owners/porter.md": party("Porter"),
}
_LISTS = ("open.html", "overdue.html", "due-soon.html", "calendar.html", "data/actions.json")
_PAGES = (*_LISTS, "owners/cook.html", "owners/porter.html", "owners/index.html")


@dataclass
class _Clock:
    """A clock whose day a test changes."""

    day: date = DAY

    def today(self, _: Settings) -> date:
        """That day."""
        return self.day

    def pinned(self, _: Settings) -> bool:
        """Never: as for people."""
        return False


class _Counted:
    """Counts which fields are worked out, of which plan."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.found: list[tuple[str, str]] = []
        work_out = preview_contributions.PreviewedPlans.work_out

        def count(plans: preview_contributions.PreviewedPlans, slug: str, field: str, lookups: object) -> object:
            self.found.append((slug, field))
            return work_out(plans, slug, field, lookups)  # type: ignore[arg-type]

        monkeypatch.setattr(preview_contributions.PreviewedPlans, "work_out", count)

    def take(self) -> set[tuple[str, str]]:
        """What was worked out since it was last asked."""
        found, self.found = set(self.found), []
        return found


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A site of two plans, one of which waits for the other."""
    return site(tmp_path / "site", _FILES)


def _show(preview: PreviewSite, root: Path, day: date = DAY) -> None:
    """Build, and compare some pages with those of a clean build."""
    files, (clean, _) = preview.build().files, clean_build(root, Run(day=day))
    assert {path: files[path] for path in _PAGES} == {path: clean[path] for path in _PAGES}


def test_a_change_works_out_its_own_plan_again(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And those that look up what has changed; nothing where nothing has."""
    preview, counted = PreviewSite(root, FixedClock(DAY)), _Counted(monkeypatch)
    _show(preview, root)
    assert {slug for slug, _ in counted.take()} == {"a", "b"}
    _show(preview, root)
    assert counted.take() == set()
    change(root, {_RAIL: action("Rails", due="2025-02-04", depends_on="[a/lamp]", owner="Porter")})
    _show(preview, root)
    assert {slug for slug, _ in counted.take()} == {"b"}
    change(root, {_LAMP: action("Lamps", due="2025-02-05")})
    _show(preview, root)
    assert {("a", "entries"), ("b", "work")} <= counted.take()
    change(root, {"content/owners/cook.md": party("The Cook", role="Cooks")})
    _show(preview, root)
    assert {slug for slug, _ in counted.take()} == {"a", "b"}


def test_what_the_last_build_stored_is_taken(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of each plan that has not changed since."""
    build(root, Run())
    change(root, {"content/plans/c/plan.md": "---\ntitle: Plan C\n---\n"})
    preview, counted = PreviewSite(root, FixedClock(DAY)), _Counted(monkeypatch)
    _show(preview, root)
    assert {slug for slug, _ in counted.take()} == {"c"}
    # What waits for it shows its title.
    change(root, {_LAMP: action("Lamps", due="2025-02-03")})
    _show(preview, root)
    assert {slug for slug, _ in counted.take()} == {"a", "b"}


def test_another_day(root: Path) -> None:
    """What is due soon on one day is late on another, though no file has changed."""
    clock = _Clock()
    preview = PreviewSite(root, clock)
    _show(preview, root)
    clock.day = date(2025, 2, 20)
    _show(preview, root, clock.day)


def test_a_finding_that_another_plan_brings(root: Path) -> None:
    """Tables of data say which files need attention: here one with a link to a plan that goes."""
    linked = action("Rail", "See [it](../../c/plan.md).", due="2025-02-04", owner="Porter")
    change(root, {_RAIL: linked, "content/plans/c/plan.md": "---\ntitle: Plan C\n---\n"})
    preview = PreviewSite(root, FixedClock(DAY))
    _show(preview, root)
    before = preview.build().files["data/actions.json"]
    change(root, {"content/plans/c/plan.md": None})
    _show(preview, root)
    assert preview.build().files["data/actions.json"] != before


def test_plans_that_are_gone_are_forgotten(root: Path) -> None:
    """So that a preview that runs for days keeps no more than the site."""
    preview = PreviewSite(root, FixedClock(DAY))
    _show(preview, root)
    cache = preview._contributions
    assert {slug for slug, _ in cache._results} == {"a", "b"}
    change(root, {_RAIL: None, "content/plans/b/plan.md": None})
    _show(preview, root)
    assert {slug for slug, _ in cache._results} == {"a"}


def test_every_field_is_worked_out() -> None:
    """By name, as a contribution has them."""
    assert list(CONTRIBUTED_FIELDS) == [field.name for field in fields(PlanContribution)]


def test_names_that_end_in_a_number(root: Path) -> None:
    """Their pages are not taken for further pages of another one's."""
    change(
        root,
        {
            "content/owners/team.md": party("Team"),
            "content/owners/team-2.md": party("Team 2"),
            _LAMP: action("Lamp", owner="Team", tags="[phase, phase 2]"),
            _RAIL: action("Rail", owner="Team 2", tags="[phase 2]"),
        },
    )
    files, (clean, _) = PreviewSite(root, FixedClock(DAY)).build().files, clean_build(root, Run())
    paths = ("owners/team.html", "owners/team-2.html", "tags/phase.html", "tags/phase-2.html", "tags/index.html")
    assert {path: files[path] for path in paths} == {path: clean[path] for path in paths}


def test_every_page_about_people_and_tags_is_found_by_its_path(root: Path) -> None:
    """Further pages of tables and of long lists too; and nothing where there is none."""
    actions = {
        f"content/plans/a/actions/x{n}.md": action(f"X{n}", owner=f"Owner {n}", tags=f"[t{n}]") for n in range(1_001)
    }
    finished = {
        f"content/plans/b/actions/f{n}.md": action(f"F{n}", status="completed", completed="2025-01-02")
        for n in range(30)
    }
    change(root, {**actions, **finished})
    files, (clean, _) = PreviewSite(root, FixedClock(DAY)).build().files, clean_build(root, Run())
    paths = [path for path in clean if path.startswith(("owners", "agencies", "tags"))]
    assert {"owners-2.html", "tags-2.html", "owners/cook/finished.html"} <= {*paths}
    assert [path for path in paths if files[path] != clean[path]] == []
    assert not any(
        path in files for path in ("owners/nobody.html", "owners-3.html", "tags/t1/x.html", "agencies-2.html")
    )
