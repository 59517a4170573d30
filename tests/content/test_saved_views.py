"""Saved views in `plansite.yaml`: what is read, and what is reported at its line."""

from __future__ import annotations

import pytest

from plansite.content.settings import parse_settings
from plansite.model.saved_views.settings import SavedView, ViewColumn, ViewFilter, ViewGrouping, ViewOrder, ViewStatus
from plansite.model.status import Audience, Course


def _parse(text: str) -> tuple[tuple[SavedView, ...], list[str]]:
    """The views of these settings, and the findings as lines."""
    settings, findings = parse_settings(f"title: T\nviews:\n{text}".encode())
    return settings.views, [str(finding) for finding in findings]


def test_everything_can_be_said_in_one_value_or_a_list() -> None:
    """Words are taken in any case, with hyphens or blanks, and by the names that people give to columns."""
    views, findings = _parse(
        "  - name: Mine\n    description: For Monday.\n    audience: partners\n"
        "    filter: {owner: [Maintenance, Nobody], tag: urgent, status: Open, course: Late, due_within: 14}\n"
        "    group: due-month\n    sort: [-due, -Last-Progress, Last progress]\n"
        "    columns: [Action No, Action, due date]\n"
    )
    assert findings == []
    (view,) = views
    assert view.filter == ViewFilter(
        owner=("Maintenance", "Nobody"),
        tag=("urgent",),
        status=(ViewStatus.OPEN,),
        course=(Course.OVERDUE,),
        due_within=14,
    )
    assert view.asks_for_nobody
    assert view.audience is Audience.PARTNERS
    assert view.group is ViewGrouping.DUE_MONTH
    assert view.sort == (ViewOrder.DUE_DOWN, ViewOrder.LAST_PROGRESS_DOWN, ViewOrder.LAST_PROGRESS)
    assert view.columns == (ViewColumn.REF, ViewColumn.TITLE, ViewColumn.DUE)


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ("  - name: A\n    filtr: {owner: Cook}\n", "plansite.yaml:4:5: PS041 unknown-setting"),
        ("  - name: A\n    group: ownr\n", "plansite.yaml:4:12: PS027 unknown-word"),
        ("  - name: A\n    sort: -titel\n", "plansite.yaml:4:11: PS027 unknown-word"),
        ("  - name: A\n    columns: [title, ownr]\n", "plansite.yaml:4:22: PS027 unknown-word"),
    ],
)
def test_a_fault_beside_the_filter_is_reported_and_the_view_stays(text: str, finding: str) -> None:
    """It still shows what its name says, in the usual order and columns."""
    views, findings = _parse(text)
    assert [view.name for view in views] == ["A"]
    assert [each.startswith(finding) for each in findings] == [True]
    assert "did you mean" in findings[0]


@pytest.mark.parametrize(
    ("conditions", "rule"),
    [
        ("{ownr: Cook}", "PS041 unknown-setting"),
        ("{status: opne}", "PS027 unknown-word"),
        ("{status: [open, blokced]}", "PS027 unknown-word"),
        ("{course: ontime}", "PS027 unknown-word"),
        ("{priority: hihg}", "PS027 unknown-word"),
        ("{due_within: soon}", "PS024 not-a-number"),
        ("{due_before: 31/01/2025}", "PS023 not-a-date"),
        ("open", "PS022 wrong-shape"),
        ("[open]", "PS022 wrong-shape"),
    ],
)
def test_a_fault_in_the_filter_takes_the_view_away(conditions: str, rule: str) -> None:
    """Without the condition it would show more than its name says."""
    views, findings = _parse(f"  - name: A\n    filter: {conditions}\n  - name: B\n")
    assert [view.name for view in views] == ["B"]
    assert [each.startswith("plansite.yaml:4:") and f": {rule}: " in each for each in findings] == [True]


def test_a_view_needs_a_name() -> None:
    """It is in its address and in the menu."""
    views, findings = _parse("  - filter: {owner: Cook}\n")
    assert views == ()
    assert [each.partition(" (")[0] for each in findings] == [
        "plansite.yaml:3:5: PS020 missing-field: `name` is missing"
    ]


def test_two_views_of_one_name_are_one_too_many() -> None:
    """The first stays; names that differ in capitals alone would have one address."""
    views, findings = _parse("  - name: Late\n  - name: late\n  - name: Late!\n")
    assert [view.name for view in views] == ["Late", "Late!"]
    assert findings == [
        "plansite.yaml:4:11: PS015 duplicate-field: another view is called “late”, on line 3 "
        "(give this one another name)"
    ]


def test_an_empty_condition_is_none() -> None:
    """As everywhere, a field without a value counts as left out."""
    views, findings = _parse("  - name: A\n    filter: {owner: , tag: [], status: ''}\n  - name: B\n    filter:\n")
    assert [view.filter for view in views] == [ViewFilter(), ViewFilter()]
    assert findings == []


def test_lines_of_what_it_asks_for() -> None:
    """The checks of names, which need all plans, report each value at its line."""
    (view,), _ = _parse("  - name: A\n    filter:\n      owner:\n        - Cook\n        - Ann\n      tag: x\n")
    assert [view.find_line("owner", "Cook"), view.find_line("owner", "Ann"), view.find_line("tag", "x")] == [6, 7, 8]
    assert view.find_line("owner", "Jo") == view.find_line() == 3
