"""The register as a workbook: one sheet a plan, one row an action, each value in its column."""

from __future__ import annotations

import io
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl

from plansite.content.site_content import load_site
from plansite.exports.register_workbook import format_register_workbook
from plansite.model.assessment import SiteOnDate
from tests.sites import write

_FILES = {
    "content/owners/cook.md": "---\ntitle: The Cook\n---\n",
    "content/plans/p/plan.md": "---\ntitle: Warm rooms\ngoals: [{key: g, title: Everybody is warm}]\n---\n",
    "content/plans/p/actions/a.md": (
        "---\ntitle: =Mend\nref: 2\nowner: cook\nsupporters: [Nurse, cook]\ngoal: g\nstatus: in progress\n"
        "created: 2025-01-02\ndue: 2025-01-15\ndue_history: [{due: 2025-01-10}]\n"
        "requirement: {level: must, regulation: hsca-2014/15}\nstandards: [Safe environments, X]\n"
        "evidence: [{label: Photo}, {label: Audit}]\n"
        "verification: {by: Nurse, result: failed, date: 2025-01-16}\n---\n"
        "## Steps\n- [x] One\n- [ ] Two\n\n## Progress\n- 2025-01-12 (Cook): Ordered\n"
    ),
    "content/plans/p/actions/b.md": "---\ntitle: B\nref: 10a\n---\n",
    "content/plans/q/plan.md": "---\ntitle: Empty plan\n---\n",
}


def _rows(tmp_path: Path) -> dict[str, list[dict[str, Any]]]:
    site = SiteOnDate(load_site(write(tmp_path, _FILES)), date(2025, 1, 20))
    workbook = openpyxl.load_workbook(io.BytesIO(format_register_workbook([(site, plan) for plan in site.site.plans])))
    return {
        sheet.title: [
            dict(zip([str(cell.value) for cell in sheet[1]], row, strict=True))
            for row in sheet.iter_rows(min_row=2, values_only=True)
            if any(cell is not None for cell in row)
        ]
        for sheet in workbook
    }


def test_the_values_of_an_action(tmp_path: Path) -> None:
    """Names are those of the files about people, dates are dates, and counts are numbers."""
    row = _rows(tmp_path)["Warm rooms"][0]
    days = {name: value for name, value in row.items() if isinstance(value, datetime)}
    assert {name: value.date().isoformat() for name, value in days.items()} == {
        "Agreed": "2025-01-02",
        "First due": "2025-01-10",
        "Due": "2025-01-15",
        "Latest news on": "2025-01-12",
        "Checked on": "2025-01-16",
    }
    assert {name: value for name, value in row.items() if name not in days and value is not None} == {
        "No.": 2,
        "Action": "=Mend",
        "Owner": "The Cook",
        "Helped by": "Nurse; The Cook",
        "Goal": "Everybody is warm",
        "Status": "In progress",
        "How it is going": "Overdue by 5 days.",
        "Days late": 5,
        "Steps": 2,
        "Steps done": 1,
        "Latest news by": "Cook",
        "Latest news": "Ordered",
        "Required": "Must",
        "Regulation": "hsca-2014/15",
        "Standards": "Safe environments; X",
        "Evidence": "Photo; Audit",
        "Check": "Failed",
        "Checked by": "Nurse",
        "File": "p/a",
    }


def test_an_action_with_nothing_but_a_title(tmp_path: Path) -> None:
    """Its other cells are empty, and its number is a text, since it is none."""
    row = _rows(tmp_path)["Warm rooms"][1]
    assert {name: value for name, value in row.items() if value is not None} == {
        "No.": "10a",
        "Action": "B",
        "Status": "Not started",
        "How it is going": "It has no due date.",
        "File": "p/b",
    }


def test_a_plan_without_actions(tmp_path: Path) -> None:
    """Its sheet is there, with a head alone."""
    assert _rows(tmp_path)["Empty plan"] == []
