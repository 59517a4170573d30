"""What rows can be filtered by: keys that stay the same in addresses, labels that people read, fields with a choice."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plansite.content.site_content import load_site
from plansite.model.assessment import SiteOnDate
from plansite.model.documents.action import Action
from plansite.model.documents.plan import Plan
from plansite.model.settings import Settings
from plansite.model.site import Site
from plansite.model.status import Priority, Status
from plansite.site.components.filters import FilterBar, RowValues, build_filter_bar, build_row_values
from plansite.site.components.pagination import ROWS_PER_PAGE, ListView
from plansite.site.lists.action_lists import build_open_list, build_overdue_list
from plansite.site.lists.listed_site import ListedSite
from tests.sites import write

TODAY = date(2025, 1, 20)
SITE = {
    "content/agencies/riverside.md": "---\ntitle: Riverside Care\n---\n",
    "content/owners/cook.md": "---\ntitle: Head Cook\nagency: riverside\n---\n",
    "content/owners/nurse.md": "---\ntitle: Nurse\nagency: Elsewhere\n---\n",
    "content/plans/falls/plan.md": "---\ntitle: Fewer falls\ngoals: [{key: safe, title: Safe stairs}]\n---\n",
}


def _dated_site(root: Path, actions: dict[str, str], plan: str = "falls") -> SiteOnDate:
    files = {
        f"content/plans/{plan}/actions/{slug}.md": f"---\ntitle: {slug}\n{text}\n---\n"
        for slug, text in actions.items()
    }
    return SiteOnDate(load_site(write(root, {**SITE, **files})), TODAY)


def _values(dated_site: SiteOnDate, *, has_plan: bool = False) -> list[RowValues]:
    return [build_row_values(dated_site, action, has_plan=has_plan) for action in dated_site.site.actions]


def _bar(rows: Iterable[RowValues]) -> FilterBar:
    bar = build_filter_bar(rows, place="in the register")
    assert bar
    return bar


def _options(bar: FilterBar) -> dict[str, list[tuple[str, str]]]:
    return {field.name: [(option.key, option.label) for option in field.options] for field in bar.fields}


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        (
            "status: in progress\npriority: high\nowner: cook\ngoal: safe\ntags: [night, Fire safety]",
            "in-progress|high|cook|riverside|safe|night,fire-safety",
        ),
        ("owner: Head Cook\ngoal: Safe stairs", "not-started||cook|riverside|safe"),
        ("owner: Riverside Care", "not-started||riverside|riverside"),
        ("owner: Nurse", "not-started||nurse|elsewhere"),
        ("owner: Sam Hall\ngoal: No such goal", "not-started||sam-hall||no-such-goal"),
        ("status: hmm", "unknown"),
        ("status: completed\nverification: {by: Nurse, date: 2025-01-02, result: failed}", "in-progress"),
        ("tags: ['|', ',', '']", "not-started"),
        ("requirement: {level: must}", "not-started|||||||must"),
        ("owner: Nurse\nrequirement: {level: recommended}", "not-started||nurse|elsewhere||||recommendation"),
        ("response: {decision: not accepted, reason: Too dear}", "cancelled"),
    ],
)
def test_a_row_carries_its_keys(tmp_path: Path, text: str, keys: str) -> None:
    """Slugs of people, goals and tags, in the order of the fields; an agency's own action is of that agency."""
    (values,) = _values(_dated_site(tmp_path, {"a": text}))
    digests_apart = "|".join(part if part in keys.split("|") else "" for part in values.text.split("|")).rstrip("|")
    assert digests_apart == keys


@given(st.lists(st.text(max_size=8), max_size=4), st.text(max_size=12), st.text(max_size=12))
def test_no_word_breaks_a_row(tags: list[str], owner: str, goal: str) -> None:
    """Whatever people write, a row has as many parts as there are fields, and each key is one of the choices."""
    action = Action(plan="p", slug="a", path="a.md", title="A", tags=tuple(tags), owner=owner, goal=goal)
    site = Site(settings=Settings(), plans=(Plan(slug="p", path="p.md", title="P", actions=(action,)),))
    values = build_row_values(SiteOnDate(site, TODAY), action, has_plan=True)
    parts = values.text.split("|")
    assert len(parts) == 7
    for part, field in zip(parts, _bar([values]).fields, strict=True):
        assert set(filter(None, part.split(","))) <= {option.key for option in field.options}


def test_choices_are_in_an_order_that_people_know(tmp_path: Path) -> None:
    """Statuses and priorities in their own order, others by their words; "none" is last, where a row has none."""
    actions = {
        "a": "status: completed\npriority: low\nowner: Nurse",
        "b": "status: not started\npriority: high\nowner: Cleaner 10",
        "c": "status: blocked\nowner: Cleaner 9",
        "d": "status: what",
    }
    options = _options(_bar(_values(_dated_site(tmp_path, actions))))
    assert options == {
        "status": [
            ("not-started", "Not started"),
            ("blocked", "Blocked"),
            ("completed", "Completed"),
            ("unknown", "Unknown"),
        ],
        "priority": [("high", "High"), ("low", "Low"), ("-", "No priority")],
        "owner": [("cleaner-9", "Cleaner 9"), ("cleaner-10", "Cleaner 10"), ("nurse", "Nurse"), ("-", "Nobody yet")],
        "agency": [("elsewhere", "Elsewhere"), ("-", "No agency")],
        "goal": [],
        "tag": [],
    }


def test_a_field_needs_a_choice(tmp_path: Path) -> None:
    """One value in all rows is no choice; a value that only some rows have is one."""
    actions = {"a": "owner: cook\ntags: [night]", "b": "owner: cook"}
    bar = _bar(_values(_dated_site(tmp_path, actions)))
    assert [field.name for field in bar.fields if field.is_useful] == ["tag"]


def test_goals_of_two_plans_are_two(tmp_path: Path) -> None:
    """In a list across plans, a goal is that of its plan, even if another plan has one of the same name."""
    files = {
        f"content/plans/{plan}/{name}": text
        for plan in ("one", "two")
        for name, text in (
            ("plan.md", f"---\ntitle: {plan}\ngoals: [{{key: safe, title: Safe in {plan}}}]\n---\n"),
            ("actions/a.md", "---\ntitle: A\ngoal: safe\n---\n"),
        )
    }
    dated_site = SiteOnDate(load_site(write(tmp_path, files)), TODAY)
    options = _options(_bar(_values(dated_site, has_plan=True)))
    assert options["goal"] == [("one/safe", "Safe in one"), ("two/safe", "Safe in two")]
    assert options["plan"] == [("one", "one"), ("two", "two")]


def test_a_name_that_was_left_out_is_not_nobody() -> None:
    """In a copy for an audience, a row without an owner is "Not named here"."""
    actions = tuple(
        Action(plan="p", slug=slug, path=f"{slug}.md", title=slug, owner=owner)
        for slug, owner in (("a", "X"), ("b", ""))
    )
    site = Site(
        settings=Settings(), plans=(Plan(slug="p", path="p.md", title="P", actions=actions),), is_unfiltered=False
    )
    rows = _values(SiteOnDate(site, TODAY))
    assert sorted(_options(_bar(rows))["owner"]) == [("-", "Not named here"), ("x", "X")]


def test_a_page_without_rows_has_no_filter() -> None:
    """There is nothing to choose from."""
    assert build_filter_bar([], place="in this list") is None


def test_each_page_of_a_long_list_filters_its_own_rows() -> None:
    """The choices are those of the rows on the page, and it says that it is part of a list."""
    actions = tuple(
        Action(plan="p", slug=f"a{n}", path=f"{n}.md", title=f"{n}", priority=Priority.HIGH if n else Priority.LOW)
        for n in range(ROWS_PER_PAGE + 1)
    )
    site = Site(settings=Settings(), plans=(Plan(slug="p", path="p.md", title="P", actions=actions),))
    views = [page.view for page in build_open_list(ListedSite.of(SiteOnDate(site, TODAY)))]
    labels = []
    for view in views:
        assert isinstance(view, ListView)
        assert view.filter
        assert (view.filter.is_part, view.filter.find_label) == (True, "Find on this page")
        labels.append([option[1] for option in _options(view.filter)["priority"]])
    assert labels == [["High", "Low"], ["High"]]


def test_lists_of_more_than_actions_count_entries() -> None:
    """The overdue list has checks and reviews as well, so it does not call all of its rows actions."""
    action = Action(plan="p", slug="a", path="a.md", title="A", due=date(2025, 1, 1), status=Status.BLOCKED)
    site = Site(settings=Settings(), plans=(Plan(slug="p", path="p.md", title="P", actions=(action,)),))
    (page,) = build_overdue_list(ListedSite.of(SiteOnDate(site, TODAY)))
    assert isinstance(page.view, ListView)
    assert page.view.filter and page.view.filter.nouns == ("entry", "entries")
