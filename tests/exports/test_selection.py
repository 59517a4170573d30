"""Which actions an export of a plan, an owner or a site holds."""

from __future__ import annotations

from datetime import date

import pytest

from plansite.content.site_content import load_site
from plansite.exports.selection import ExportSelection, select_actions
from plansite.lookup import look_up_owner_or_agency, look_up_plan
from plansite.model.assessment import SiteOnDate
from tests.sites import write

_FALLS, _FIRE = "content/plans/falls", "content/plans/fire"
_FILES = {
    "plansite.yaml": "title: Riverside plans\n",
    "content/agencies/riverside.md": "---\ntitle: Riverside House\n---\n",
    "content/owners/cook.md": "---\ntitle: Cook\nagency: riverside\n---\n",
    f"{_FALLS}/plan.md": "---\ntitle: Fewer falls\n---\n",
    f"{_FALLS}/actions/lights.md": "---\ntitle: Mend the lights\nowner: Maintenance\nsupporters: [Cook]\n---\n",
    f"{_FALLS}/actions/rugs.md": "---\ntitle: Take up the rugs\nowner: cook\nstatus: completed\n---\n",
    f"{_FIRE}/plan.md": "---\ntitle: Fire\n---\n",
    f"{_FIRE}/actions/doors.md": "---\ntitle: Mend the doors\nowner: Riverside House\n---\n",
}


@pytest.fixture(scope="module")
def dated_site(tmp_path_factory: pytest.TempPathFactory) -> SiteOnDate:
    """Two plans, an owner with a file who belongs to an agency, and one without."""
    return SiteOnDate(load_site(write(tmp_path_factory.mktemp("site"), _FILES)), date(2025, 1, 20))


def _list(selection: ExportSelection) -> list[tuple[str, list[str]]]:
    return [(each.plan.slug, [action.slug for action in each.actions]) for each in selection.plans]


def test_without_names_it_is_everything(dated_site: SiteOnDate) -> None:
    """All plans with all actions, named after the site."""
    selection = select_actions(dated_site)
    assert _list(selection) == [("falls", ["lights", "rugs"]), ("fire", ["doors"])]
    assert (selection.name, selection.title) == ("actions", "Riverside plans")


@pytest.mark.parametrize(
    ("plan", "owner", "found", "name", "title"),
    [
        ("falls", None, [("falls", ["lights", "rugs"])], "falls", "Fewer falls"),
        (None, "Cook", [("falls", ["rugs"])], "cook", "Riverside plans, actions of Cook"),
        (None, "riverside", [("falls", ["rugs"]), ("fire", ["doors"])], "riverside", None),
        ("fire", "Maintenance", [("fire", [])], "fire-maintenance", "Fire, actions of Maintenance"),
    ],
)
def test_names_narrow_it(
    dated_site: SiteOnDate, plan: str | None, owner: str | None, found: object, name: str, title: str | None
) -> None:
    """Of an owner it is what they own, closed or not; an agency has what its owners own as well."""
    selection = select_actions(
        dated_site,
        look_up_plan(dated_site.site, plan) if plan else None,
        look_up_owner_or_agency(dated_site.site, owner) if owner else None,
    )
    assert _list(selection) == found
    assert selection.name == name
    assert title in (None, selection.title)
