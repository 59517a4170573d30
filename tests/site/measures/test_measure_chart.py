"""The chart of a measure: which lines it has, and which actions are marked on it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from plansite.content.site_content import load_site
from plansite.model.documents.plan import Plan
from plansite.site.components.page import Link
from plansite.site.measures.measure_chart import MeasureChart, build_measure_chart, list_measure_events
from plansite.site.measures.measure_figures import MeasureFigures
from plansite.site.measures.measure_statistics import MeasureStatistics
from tests.sites import write

_PLAN = "---\ntitle: P\ngoals: [{key: g, title: Fewer falls, measure: falls}, {key: h, title: Warm rooms}]\n---\n"
_MEASURE = "content/plans/p/measures/falls"
_MONTHS = [f"2024-{month:02}-01" for month in range(1, 13)]


def _plan(root: Path, values: list[float], front: str = "", files: dict[str, str] | None = None) -> Plan:
    rows = "".join(f"{day},{value}\n" for day, value in zip(_MONTHS, values, strict=False))
    site = load_site(
        write(
            root,
            {
                "content/plans/p/plan.md": _PLAN,
                f"{_MEASURE}.md": f"---\ntitle: Falls\ndirection: down\n{front}---\n",
                f"{_MEASURE}.csv": f"date,value\n{rows}",
                **(files or {}),
            },
        )
    )
    return site.plans[0]


def _chart(plan: Plan) -> MeasureChart:
    measure = plan.measures[0]
    statistics = MeasureStatistics.from_figures(MeasureFigures.from_measure(measure))
    chart = build_measure_chart(statistics, list_measure_events(plan, measure))
    assert chart is not None
    return chart


def test_a_limit_that_no_count_can_reach_is_left_out(tmp_path: Path) -> None:
    """Counts are never below 0, so the chart has an upper limit only."""
    chart = _chart(_plan(tmp_path, [0, 3] * 6))
    assert [label.name for label in chart.drawing.labels if label.name != "Latest"] == ["Upper limit", "Mean"]


def test_values_below_nought_show_that_there_is_no_such_bound(tmp_path: Path) -> None:
    names = [label.name for label in _chart(_plan(tmp_path, [-1, 3] * 6)).drawing.labels]
    assert "Lower limit" in names


def test_percentages_have_no_limit_above_100(tmp_path: Path) -> None:
    chart = _chart(_plan(tmp_path, [90, 100] * 6, 'unit: "% of plans"\n'))
    assert "Upper limit" not in [label.name for label in chart.drawing.labels]


def test_few_readings_have_a_median(tmp_path: Path) -> None:
    chart = _chart(_plan(tmp_path, [4, 5] * 5, "target: 4\n"))
    assert chart.centre == "Median"
    assert chart.roles == {"common", "mean", "target"}


def test_actions_for_its_goal_are_marked_on_their_days(tmp_path: Path) -> None:
    """Completed between the first and the latest reading; those of other goals and other days are not marked."""
    actions = {
        "lights": "title: Lights\nref: 4\ngoal: g\nstatus: completed\ncompleted: 2024-05-31\n",
        "shoes": "title: Shoes\ngoal: Fewer falls\nstatus: completed\ncompleted: 2024-05-31\n",
        "heater": "title: Heater\ngoal: h\nstatus: completed\ncompleted: 2024-06-30\n",
        "early": "title: Early\ngoal: g\nstatus: completed\ncompleted: 2023-12-31\n",
        "open": "title: Open\ngoal: g\nstatus: in progress\n",
    }
    files = {f"content/plans/p/actions/{name}.md": f"---\n{front}---\n" for name, front in actions.items()}
    chart = _chart(_plan(tmp_path, [4, 5] * 6, "annotations: [{date: 2024-03-03, text: Norovirus}]\n", files))
    noro, done = chart.events
    assert (noro.letter, noro.day, noro.notes, noro.actions) == ("A", date(2024, 3, 3), ("Norovirus",), ())
    assert (done.letter, done.day) == ("B", date(2024, 5, 31))
    assert done.actions == (
        Link("Action 4: Lights", "plans/p/actions/lights.html"),
        Link("Shoes", "plans/p/actions/shoes.html"),
    )
    assert [event.letter for event in chart.drawing.events] == ["A", "B"]
