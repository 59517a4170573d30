"""The lists of incidents and measures across plans."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from plansite.content.site_content import load_site
from plansite.model.assessment import SiteOnDate
from plansite.site.components.page import Link
from plansite.site.incidents.incident_rows import list_incident_rows
from plansite.site.lists.document_lists import (
    SiteIncidentsView,
    SiteMeasuresView,
    build_incident_list,
    build_measure_list,
)
from plansite.site.measures.measure_pages import list_measure_rows
from tests.sites import write

TODAY = date(2025, 1, 20)
FALLS, MEALS = "content/plans/falls", "content/plans/meals"
DONE = (
    "---\ntitle: Runner\nref: 1\nstatus: completed\ncompleted: 2025-01-10\nevidence: [{label: Photo, url: https://e.org}]\n"
    "verification: {by: GP, date: 2025-01-12, result: passed}\n---\n"
)
SOON = "---\ntitle: Light\nref: 2\ndue: 2025-01-22\nverification: {by: GP, due: 2025-03-01}\n---\n"
LATE = "---\ntitle: Rail\nref: 3\ndue: 2025-01-16\n---\n"


def _incident(title: str, day: str, findings: str) -> str:
    return f"---\ntitle: {title}\ndate: {day}\nfindings: {findings}\n---\n"


def _finding(number: int) -> str:
    return f"[{{text: Edge, actions: [{number}]}}]"


FILES = {
    f"{FALLS}/plan.md": "---\ntitle: Fewer falls\n---\n",
    f"{FALLS}/actions/a.md": DONE,
    f"{FALLS}/actions/b.md": SOON,
    f"{FALLS}/actions/c.md": LATE,
    f"{FALLS}/incidents/done.md": _incident("Done", "2025-01-15", _finding(1)),
    f"{FALLS}/incidents/soon.md": _incident("Soon", "2025-01-17", _finding(2)),
    f"{FALLS}/incidents/old.md": _incident("Old gap", "2024-03-01", _finding(3)),
    f"{MEALS}/plan.md": "---\ntitle: Warm meals\n---\n",
    f"{MEALS}/incidents/new.md": _incident("Bare", "2024-12-01", "[]"),
    f"{MEALS}/measures/meals.md": "---\ntitle: Warm meals\nunit: '% of meals'\ntarget: 95\ndirection: up\n---\n",
    f"{MEALS}/measures/meals.csv": "date,value\n2024-12-01,80\n",
    f"{FALLS}/measures/falls.md": "---\ntitle: Falls\ntarget: 2\ndirection: down\n---\n",
}


def _site(root: Path, files: dict[str, str] = FILES) -> SiteOnDate:
    return SiteOnDate(load_site(write(root, files)), TODAY)


def _incidents(dated_site: SiteOnDate) -> list[SiteIncidentsView]:
    rows = [row for plan in dated_site.site.plans for row in list_incident_rows(dated_site, plan)]
    return [page.view for page in build_incident_list(rows) if isinstance(page.view, SiteIncidentsView)]


def test_incidents_with_gaps_come_first(tmp_path: Path) -> None:
    """Late ones before others; those without a finding count as open too; the sentence counts both."""
    (view,) = _incidents(_site(tmp_path))
    assert [(row.title.text, row.plan.text, row.tag.words) for row in view.rows] == [
        ("Old gap", "Fewer falls", "Overdue"),
        ("Bare", "Warm meals", "Not looked into"),
        ("Soon", "Fewer falls", "On track"),
        ("Done", "Fewer falls", "Embedded"),
    ]
    assert view.rows[1].plan == Link("Warm meals", "plans/meals/index.html")
    assert view.lede == "4 incidents in 2 plans. 1 has gaps and 1 is not looked into yet."
    assert view.until == date(2025, 1, 23)  # another action is late
    assert view.rows[0].sentence == (
        "The finding is not fully dealt with yet. An action is late by 4 days. 2 gaps remain."
    )
    assert view.rows[0].since == date(2025, 1, 16)  # a script counts its days
    assert view.rows[0].lacks == (("Edge", "late and no check is planned"),)
    assert view.learning == Link("Learning for each service")


def test_no_gap_is_said(tmp_path: Path) -> None:
    """Where all is dealt with, nothing is asked for."""
    files = {path: text for path, text in FILES.items() if path.startswith(FALLS) and "old.md" not in path}
    (view,) = _incidents(_site(tmp_path, files))
    assert view.lede == "2 incidents in 1 plan. None has a gap."


def test_measures_have_reading_target_and_direction(tmp_path: Path) -> None:
    """By plan, with what is missing said."""
    site = _site(tmp_path).site
    pages = build_measure_list(row for plan in site.plans for row in list_measure_rows(plan))
    (view,) = [page.view for page in pages if isinstance(page.view, SiteMeasuresView)]
    assert view.lede == "2 measures in 2 plans."
    assert [(row.title.text, row.plan.text, row.figure, row.when, row.sentence) for row in view.rows] == [
        ("Falls", "Fewer falls", "No reading", "", "The target is 2 or fewer. Lower is better."),
        ("Warm meals", "Warm meals", "80%", "December 2024", "The target is 95% or more. Higher is better."),
    ]


def test_measures_that_are_a_concern_come_first(tmp_path: Path) -> None:
    """And the page says how many there are."""
    lapsed = FILES[f"{MEALS}/measures/meals.md"].replace("---\n", "---\nstate: sustaining\n", 1)
    site = _site(tmp_path, {**FILES, f"{MEALS}/measures/meals.md": lapsed}).site
    pages = build_measure_list(row for plan in site.plans for row in list_measure_rows(plan))
    (view,) = [page.view for page in pages if isinstance(page.view, SiteMeasuresView)]
    assert view.lede == "2 measures in 2 plans. 1 is a concern."
    assert [row.title.text for row in view.rows] == ["Warm meals", "Falls"]
    assert view.rows[0].verdict.startswith("The target was reached and has lapsed.")


def test_nothing_makes_no_page() -> None:
    """Neither list is there without a row."""
    assert [*build_incident_list([]), *build_measure_list([])] == []


def test_a_long_list_is_split(tmp_path: Path) -> None:
    """At a thousand rows, each page with links to the others."""
    dated_site = _site(tmp_path)
    row = next(list_incident_rows(dated_site, dated_site.site.plans[0]))
    pages = list(build_incident_list([row] * 1001))
    assert [(page.path, page.title) for page in pages] == [
        ("incidents.html", "Incidents"),
        ("incidents-2.html", "Incidents, page 2"),
    ]
    views = [page.view for page in pages if isinstance(page.view, SiteIncidentsView)]
    assert [len(view.rows) for view in views] == [1000, 1]
    assert views[1].pager is not None
    assert (views[1].pager.before, views[1].pager.current) == ("incidents.html", "incidents-2.html")
