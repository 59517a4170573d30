"""Filters give the matching records, and count unreadable files that might match."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from plansite.content.site_content import load_site
from plansite.exports.action_filter import count_unreadable_not_shown, filter_records, parse_action_filter
from plansite.exports.action_records import build_action_records
from plansite.lookup import UnknownNameError
from plansite.model.assessment import SiteOnDate

TODAY = date(2025, 1, 20)
ACTIONS = {
    "falls/late": "title: Late\nowner: maintenance\nstatus: in progress\ndue: 2025-01-19",
    "falls/today": "title: Today\nowner: Deputy Manager\nstatus: blocked\ndue: 2025-01-20",
    "falls/week": "title: Week\nowner: Deputy Manager\ndue: 2025-01-27",
    "falls/later": "title: Later\ndue: 2025-01-28",
    "falls/finished": "title: Finished\nowner: MAINTENANCE\nstatus: done\ndue: 2025-01-19",
    "falls/odd": "title: Odd\nstatus: nearly",
    "meals/soup": "title: Soup\nowner: Cook",
}


@pytest.fixture
def outlook(tmp_path: Path) -> SiteOnDate:
    """Two plans, one of which has a file that cannot be read."""
    (tmp_path / "plansite.yaml").write_text("title: Test\n", "utf-8")
    for name, fields in ACTIONS.items():
        plan, slug = name.split("/")
        folder = tmp_path / "content/plans" / plan / "actions"
        folder.mkdir(parents=True, exist_ok=True)
        (folder.parent / "plan.md").write_text(f"---\ntitle: The {plan} plan\n---\n", "utf-8")
        (folder / f"{slug}.md").write_text(f"---\n{fields}\n---\n", "utf-8")
    (tmp_path / "content/plans/falls/actions/torn.md").write_text("torn", "utf-8")
    owners = tmp_path / "content/owners"
    owners.mkdir()
    (owners / "deputy.md").write_text("---\ntitle: Deputy Manager\n---\n", "utf-8")
    return SiteOnDate(load_site(tmp_path), TODAY)


def _titles(outlook: SiteOnDate, **asked: object) -> list[str]:
    filters = parse_action_filter(outlook.site, **asked)  # type: ignore[arg-type]  # each case names its own option
    return [entry.title for entry in filter_records(build_action_records(outlook), filters, outlook.site, TODAY)]


@pytest.mark.parametrize("name", ["meals", "MEALS", "the  meals plan"])
def test_a_plan_is_named_by_slug_or_title(outlook: SiteOnDate, name: str) -> None:
    """Case and spaces do not matter."""
    assert _titles(outlook, plan=name) == ["Soup"]


@pytest.mark.parametrize("name", ["deputy", "deputy manager", "Deputy  Manager"])
def test_an_owner_is_named_by_slug_or_title(outlook: SiteOnDate, name: str) -> None:
    """Actions that write the owner's title are found by the owner's slug as well."""
    assert _titles(outlook, owner=name) == ["Today", "Week"]


def test_an_owner_whom_only_actions_name_is_known(outlook: SiteOnDate) -> None:
    """Spellings of one name count as one owner."""
    assert _titles(outlook, owner="Maintenance") == ["Finished", "Late"]


def test_a_status_is_named_by_any_of_its_words(outlook: SiteOnDate) -> None:
    """The canonical word and its synonyms find the same actions."""
    assert _titles(outlook, status="completed") == _titles(outlook, status="Resolved") == ["Finished"]


def test_open_means_everything_that_is_not_finished(outlook: SiteOnDate) -> None:
    """What cannot be read, or has a status nobody knows, is not left out of what is open."""
    assert _titles(outlook, status="open") == ["Late", "Later", "Odd", "Today", "Torn", "Week", "Soup"]


def test_due_today_is_not_overdue(outlook: SiteOnDate) -> None:
    """Only open actions due before today are overdue."""
    assert _titles(outlook, overdue=True) == ["Late"]


def test_due_within_counts_both_ends(outlook: SiteOnDate) -> None:
    """From today up to so many days ahead, finished actions left out."""
    assert _titles(outlook, due_within=7) == ["Today", "Week"]
    assert _titles(outlook, due_within=0) == ["Today"]


def test_overdue_and_due_within_widen_each_other(outlook: SiteOnDate) -> None:
    """Together they are what is late and what is near; other filters still narrow."""
    assert _titles(outlook, overdue=True, due_within=7) == ["Late", "Today", "Week"]
    assert _titles(outlook, overdue=True, due_within=7, owner="deputy") == ["Today", "Week"]


@pytest.mark.parametrize(
    ("asked", "near"),
    [
        ({"plan": "fals"}, "falls"),
        ({"owner": "deputy manger"}, "Deputy Manager"),
        ({"status": "blokced"}, "blocked"),
    ],
)
def test_an_unknown_name_is_refused_with_the_nearest(outlook: SiteOnDate, asked: dict[str, str], near: str) -> None:
    """Nothing is listed in place of what was meant."""
    with pytest.raises(UnknownNameError, match=f"did you mean “{near}”"):
        _titles(outlook, **asked)


def test_files_that_may_belong_are_counted(outlook: SiteOnDate) -> None:
    """An unreadable file is counted where a filter leaves it out, and only in the plans asked for."""
    everything = build_action_records(outlook)

    def hidden(**asked: object) -> int:
        filters = parse_action_filter(outlook.site, **asked)  # type: ignore[arg-type]  # as above
        return count_unreadable_not_shown(everything, filter_records(everything, filters, outlook.site, TODAY), filters)

    assert hidden(overdue=True) == 1
    assert hidden(plan="meals", overdue=True) == 0
    assert hidden(plan="falls") == 0
    assert hidden(status="open") == 0
