"""Measures: the list with the latest readings, and each with its line and its data."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from plansite.content.site_content import load_site
from plansite.model.assessment import SiteOnDate
from plansite.model.site import Site
from plansite.render.page_renderer import PageRenderer
from plansite.render.theme import load_theme
from plansite.site.components.content_links import LinkResolver
from plansite.site.components.page import Link, Page, build_site_layout
from plansite.site.measures.measure_pages import MeasureListView, MeasureView, build_measure_pages
from tests.sites import write

TODAY = date(2025, 1, 20)
PLAN = "---\ntitle: P\ngoals: [{key: g, title: Fewer falls, measure: falls}]\n---\n"
FOLDER = "content/plans/p/measures"


def _site(root: Path, files: dict[str, str]) -> Site:
    named = {f"{FOLDER}/{name}": text for name, text in files.items()}
    return load_site(write(root, {"content/plans/p/plan.md": PLAN, **named}))


def _pages(site: Site) -> list[Page]:
    return list(build_measure_pages(SiteOnDate(site, TODAY), site.plans[0], LinkResolver.from_site(site)))


def _view(root: Path, text: str, table: str = "") -> MeasureView:
    page = _pages(_site(root, {"falls.md": text} | ({"falls.csv": table} if table else {})))[1]
    assert page.path == "plans/p/measures/falls.html"
    assert isinstance(page.view, MeasureView)
    return page.view


def test_a_plan_without_measures_has_no_page_of_them(tmp_path: Path) -> None:
    """The tab is not there either, so no link leads to nothing."""
    assert _pages(_site(tmp_path, {})) == []


def test_a_measure_with_a_title_alone(tmp_path: Path) -> None:
    """No readings, no line, no table; the page says how readings are added."""
    view = _view(tmp_path, "---\ntitle: Falls\n---\n")
    assert (view.chart, view.tables, view.figure, view.target, view.download) == (None, None, "", "", "")
    assert view.headline == "There are no readings yet."
    assert view.file == "falls.csv"
    assert view.direction == "Neither higher nor lower is better."


def test_every_fact_has_its_place(tmp_path: Path) -> None:
    """Target, direction, kind, source, state, rebases, the goal it speaks for, and the file to download."""
    view = _view(
        tmp_path,
        "---\ntitle: Falls\nunit: falls\nkind: outcome\ndirection: down\ntarget: 5\nsource: Incident log\n"
        "state: sustaining\nrebase: [{date: 2024-12-01, reason: New lights}]\n---\nWhat counts.\n\n## Notes\nMore.\n",
        "date,value\n2024-11-01,6\n2024-12-01,4\n",
    )
    assert view.headline == "The latest reading is 4 falls, in December 2024. The target is 5 or fewer."
    assert (view.figure, view.when, view.target) == ("4 falls", "December 2024", "5 or fewer")
    assert (view.direction, view.source, view.state) == ("Lower is better.", "Incident log", "Sustaining")
    assert view.kind.startswith("Outcome")
    assert view.rebases == ((date(2024, 12, 1), "New lights"),)
    assert view.goals == (Link("Fewer falls", "plans/p/goals.html#goal-g"),)
    assert view.download == "files/plans/p/measures/falls.csv"
    assert "What counts." in view.about
    assert [part.title for part in view.sections] == ["Notes"]


def test_the_table_holds_every_reading(tmp_path: Path) -> None:
    """In order of date, with whether each keeps to the target; a short table stands open."""
    view = _view(
        tmp_path,
        "---\ntitle: Falls\ndirection: down\ntarget: 5\n---\n",
        "date,value\n2024-12-01,4\n2024-11-01,6.5\n",
    )
    assert view.tables
    assert [(row.when, row.figure, row.reached) for row in view.tables.readings] == [
        ("November 2024", "6.5", "Not reached"),
        ("December 2024", "4.0", "Reached"),
    ]
    assert view.tables.columns == ("Reading", "", "Target", "")
    assert view.tables.is_open
    assert view.tables.counted == "2 readings"


def test_counts_show_both_numbers(tmp_path: Path) -> None:
    """The percentage, and what it was made from."""
    view = _view(tmp_path, '---\ntitle: Plans\nunit: "% of plans"\n---\n', "date,n,d\n2024-12-09,11,26\n")
    assert view.tables
    (row,) = view.tables.readings
    assert (row.figure, row.of, row.when) == ("42.3%", "11 of 26", "9 December 2024")
    assert view.chart
    assert view.chart.drawing.labels[-1].value == "42.3%"


def test_a_long_table_is_folded(tmp_path: Path) -> None:
    """More than a year of months."""
    rows = "".join(f"{2023 + n // 12}-{n % 12 + 1:02}-01,{n}\n" for n in range(24))
    tables = _view(tmp_path, "---\ntitle: Falls\n---\n", f"date,value\n{rows}").tables
    assert tables
    assert not tables.is_open


def test_the_list_has_the_latest_of_each(tmp_path: Path) -> None:
    """With its month and target; one without readings says so."""
    site = _site(
        tmp_path,
        {
            "falls.md": "---\ntitle: Falls\ntarget: 5\ndirection: down\nkind: outcome\n---\n",
            "falls.csv": "date,value\n2024-12-01,4\n",
            "new.md": "---\ntitle: New\n---\n",
        },
    )
    view = _pages(site)[0].view
    assert isinstance(view, MeasureListView)
    assert [(row.title.text, row.figure, row.when) for row in view.rows] == [
        ("Falls", "4", "December 2024"),
        ("New", "No reading", ""),
    ]
    assert view.rows[0].sentence == "The target is 5 or fewer. Lower is better."
    assert view.rows[0].goals == (Link("Fewer falls", "plans/p/goals.html#goal-g"),)


def test_the_drawing_needs_no_view_box(tmp_path: Path) -> None:
    """Per cent across and pixels down, so that words keep their size; with a title and a description."""
    site = _site(
        tmp_path, {"falls.md": "---\ntitle: Falls\n---\n", "falls.csv": "date,value\n2024-11-01,6\n2024-12-01,4\n"}
    )
    theme = load_theme(tmp_path, "default")
    html = PageRenderer.create(
        theme, build_site_layout(site, pinned=False), frozenset(theme.static_files()), today=TODAY
    ).render(_pages(site)[1])
    drawing = html[html.index('<svg role="img"') : html.index("</svg>", html.index('<svg role="img"'))]
    assert "viewBox" not in drawing
    assert drawing.count("<circle") == 2
    assert 'aria-labelledby="line-t line-d"' in drawing
    assert "<title" in drawing
    assert "<desc" in drawing
