"""Lists across plans as groups: each is composed from the fields that it names, and is what all fields would give."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from pathlib import Path

import pytest

from plansite.content.site_content import load_site
from plansite.model.assessment import SiteOnDate
from plansite.site.lists.listed_site import ListedSite
from plansite.site.lists.plan_entries import PlanEntries
from plansite.site.oversight.list_pages import ACTION_LISTS, ActionList
from tests.sites import write

_DAYS = (date(2025, 1, 20), date(2026, 11, 20))
_PLAN, _ACTION = "content/plans/p/plan.md", "content/plans/p/actions/a.md"
#: Of one plan with one file: not read, finished, without an owner and a date, and due later.
_SMALL: tuple[dict[str, str | bytes], ...] = tuple(
    {_PLAN: "---\ntitle: P\n---\n", _ACTION: text}
    for text in (
        b"\xff---\nnot read\n",
        "---\ntitle: A\nstatus: completed\ncompleted: 2025-01-02\n---\n",
        "---\ntitle: A\n---\n",
        "---\ntitle: A\nowner: Ann\ndue: 2030-01-02\n---\n",
    )
)


@pytest.fixture(scope="module")
def sites(project: Path, tmp_path_factory: pytest.TempPathFactory) -> list[SiteOnDate]:
    """The demonstration, and sites with empty lists, on two days each."""
    small = [write(tmp_path_factory.mktemp("site"), files) for files in (*_SMALL, {})]
    return [SiteOnDate(load_site(root), day) for root in (project, *small) for day in _DAYS]


@pytest.mark.parametrize("action_list", ACTION_LISTS, ids=lambda each: each.path)
def test_a_list_shows_no_field_that_it_does_not_name(action_list: ActionList, sites: list[SiteOnDate]) -> None:
    """Composed from the selected fields, its pages are those composed from all of them."""
    for dated_site in sites:
        listed = ListedSite.of(dated_site)
        selected = tuple(map(action_list.select_entries, listed.plans))
        pages = list(action_list.build(ListedSite(listed.site, listed.today, selected)))
        assert pages == list(action_list.build(listed))


@pytest.mark.parametrize("action_list", ACTION_LISTS, ids=lambda each: each.path)
def test_a_list_needs_each_field_that_it_names(action_list: ActionList, sites: list[SiteOnDate]) -> None:
    """Without one of them its pages would be others on one of the sites."""
    for name in action_list.fields:
        empty = next(field.default for field in fields(PlanEntries) if field.name == name)
        assert any(_lacks(action_list, dated_site, {name: empty}) for dated_site in sites), name


def _lacks(action_list: ActionList, dated_site: SiteOnDate, changed: dict[str, object]) -> bool:
    listed = ListedSite.of(dated_site)
    names = {field.name for field in fields(PlanEntries)}
    plans = (PlanEntries(**{n: getattr(each, n) for n in names} | changed) for each in listed.plans)
    without = ListedSite(listed.site, listed.today, tuple(plans))
    return list(action_list.build(listed)) != list(action_list.build(without))
