"""Readings of every odd kind, through the page, the check and the command: each has a defined answer or a finding."""

from __future__ import annotations

import json
import math
import re
from datetime import date
from pathlib import Path

import html5lib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plansite.cli.main import main
from plansite.model.documents.measure import Measure, Reading
from plansite.model.status import ChartKind, Direction, SmallCounts
from plansite.pipeline.build import build_in_memory
from plansite.site.measures.chart_texts import build_caption, describe_chart
from plansite.site.measures.measure_chart import build_measure_chart
from plansite.site.measures.measure_figures import MeasureFigures
from plansite.site.measures.measure_statistics import MeasureStatistics
from plansite.site.measures.measure_table import build_measure_tables
from tests.examples import examples
from tests.sites import FixedClock, html_of, write

_MONTHS = [f"2024-{month:02}-01" for month in range(1, 13)]


def _table(*values: object, header: str = "date,value") -> str:
    return f"{header}\n" + "".join(f"{day},{value}\n" for day, value in zip(_MONTHS, values, strict=False))


#: Each table with what the page's headline begins with, and the findings about it.
_CASES = {
    "none": (_table(), "There are no readings yet.", []),
    "nothing at all": ("", "There are no readings yet.", ["unreadable-reading"]),
    "one": (_table(4), "There are too few readings yet", []),
    "constant": (_table(*[7] * 12), "No clear change", []),
    "all zero": (_table(*[0] * 12), "There were no falls from January 2024 to December 2024.", []),
    "missing": (_table(4, "", 5, "n/a", 6), "There are too few readings yet", ["unreadable-reading"] * 2),
    "twice": ("date,value\n2024-01-01,4\n2024-01-01,5\n", "There are too few readings yet", ["unreadable-reading"]),
    "unsorted": ("date,value\n2024-12-01,4\n2024-01-01,5\n2024-06-01,6\n", "There are too few", []),
    "negative": (_table(*[-3, 4] * 6), "No clear change", []),
    "too large": (_table(1e308, *[4] * 11), "No shift", ["unreadable-reading"]),
    "large": (_table(*[9e14, 1] * 6), "No clear change", []),
    "infinite": (_table("inf", "nan", *[4] * 10), "No shift", ["unreadable-reading"] * 2),
    "subnormal": (_table(*[5e-324, 0] * 6), "No clear change", []),
    "tiny and huge": (_table(*[5e-324, 9e14] * 6), "No clear change", []),
    "a negative total": (_table("1,-3", "2,4", header="date,n,d"), "There are too few", ["unreadable-reading"]),
    "a negative count": (_table("-1,3", "2,4", header="date,n,d"), "There are too few", ["unreadable-reading"]),
    "no total": (_table("1,0", "2,4", header="date,n,d"), "There are too few", ["unreadable-reading"]),
    "almost no total": (_table("1,1e-300", "2,4", header="date,n,d"), "There are too few", ["unreadable-reading"]),
    "more than all": (_table(*["30,20", "10,20"] * 6, header="date,n,d"), "No clear change", []),
    "rare": (_table(0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0, 1), "There are too few falls yet", []),
    "dates": ("date\n2024-03-01\n2024-01-01\n2024-03-01\n", "There are too few falls yet", []),
    "one date": ("date\n2024-03-01\n", "There are too few falls yet", []),
    "no dates": ("date\n", "There are no readings yet.", []),
    "not told": (_table("<5", *[9] * 11), "Not judged, because counts under 5 are not shown.", []),
}


def _files(table: str, more: str = "") -> dict[str, str]:
    return {
        "content/plans/p/plan.md": "---\ntitle: P\n---\n",
        "content/plans/p/measures/falls.md": f"---\ntitle: Falls\nunit: falls\ndirection: down\n{more}---\n",
        "content/plans/p/measures/falls.csv": table,
    }


@pytest.mark.parametrize("name", _CASES)
def test_the_page_has_an_answer(tmp_path: Path, name: str) -> None:
    """Its headline; and no number that is none, nor a place outside the chart, anywhere on it."""
    table, said, _ = _CASES[name]
    files = _files(table, "target: 3\nbaseline: 9\nstate: sustaining\n")
    html = html_of(build_in_memory(write(tmp_path, files), clock=FixedClock(date(2025, 1, 20))))
    page = html["plans/p/measures/falls.html"]
    lede = page.partition('class="lede">')[2].partition("</p>")[0]
    assert lede.removeprefix("The target was reached and has lapsed. ").startswith(said)
    assert not re.search(r"\b(?:nan|inf)\b|>None<", page.partition("<main")[2].partition("</main>")[0])
    places = [float(each) for each in re.findall(r' (?:c?x1?|cx)="(-?[\d.]+)%"', page)]
    assert all(0 <= place <= 100 for place in places)
    heights = [float(each) for each in re.findall(r' (?:y[12]|cy)="(-?[\d.]+)"', page)]
    assert all(0 <= height <= 400 for height in heights)
    html5lib.HTMLParser(strict=True).parse(page)


@pytest.mark.parametrize("name", _CASES)
def test_the_check_has_an_answer(tmp_path: Path, name: str) -> None:
    """A finding for each line that is no reading, with its number."""
    table, _, rules = _CASES[name]
    built = build_in_memory(write(tmp_path, _files(table)), clock=FixedClock(date(2025, 1, 20)))
    found = [each for each in built.findings if each.path.endswith("falls.csv")]
    assert [each.rule.name for each in found] == rules
    assert all(each.line for each in found)


@pytest.mark.parametrize("chart", ["control", "days-between"])
@pytest.mark.parametrize("form", ["text", "json", "svg"])
@pytest.mark.parametrize("name", _CASES)
def test_the_command_has_an_answer(
    tmp_path: Path, name: str, form: str, chart: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """A chart, or a message that says why there is none; never a number that is none."""
    table, _, rules = _CASES[name]
    path = tmp_path / "falls.csv"
    path.write_text(table)
    code = main(["spc", str(path), "--improve", "down", "--target", "3", "--format", form, "--chart", chart])
    output = capsys.readouterr()
    if rules:
        assert (code, output.out) == (1, "")
    elif code == 2:
        assert chart == "days-between"
        assert "number of events" in output.err or "events, too many" in output.err
    else:
        assert (code, output.err) == (0, "")
        assert not re.search(r"\b(?:nan|inf|NaN|Infinity)\b", output.out)
        if form == "json":
            json.loads(output.out)


_VALUES = st.one_of(
    st.floats(-1e15, 1e15, allow_nan=False),
    st.integers(0, 3).map(float),
    st.sampled_from([0.0, -0.0, 5e-324, 1e-300, 0.1, 1e14, -1e14]),
    st.none(),
)


@settings(max_examples=examples(300))
@given(
    st.lists(st.tuples(st.dates(date(1900, 1, 1), date(2999, 12, 31)), _VALUES), max_size=30, unique_by=lambda r: r[0]),
    st.sampled_from([None, *ChartKind]),
    st.sampled_from(list(Direction)),
    st.one_of(st.none(), st.floats(-1e15, 1e15)),
    st.one_of(st.none(), st.floats(-1e15, 1e15)),
    st.sampled_from(["", "falls", "% of visits"]),
    st.sampled_from(["", "sustaining"]),
    st.booleans(),
)
def test_any_readings_can_be_shown(
    readings: list[tuple[date, float | None]],
    chart: ChartKind | None,
    direction: Direction,
    target: float | None,
    baseline: float | None,
    unit: str,
    state: str,
    lists_events: bool,
) -> None:
    """With any chart, direction, target and value from before; all places are numbers."""
    given_readings = tuple(Reading(day, value) for day, value in sorted(readings, key=lambda reading: reading[0]))
    measure = Measure(
        plan="p", slug="m", path="m.md", title="M", readings=given_readings, chart=chart, direction=direction,
        target=target, baseline=baseline, unit=unit, state=state, lists_events=lists_events,
        small_counts=SmallCounts.HIDE,
    )  # fmt: skip
    statistics = MeasureStatistics.from_figures(MeasureFigures.from_measure(measure))
    drawn = build_measure_chart(statistics, ())
    words = [statistics.describe_with_latest(), statistics.summarise(), *statistics.describe_method()]
    words += [build_caption(statistics), describe_chart(statistics), build_measure_tables(statistics).counted]
    assert not any(re.search(r"\b(?:nan|inf|None)\b", each) for each in words)
    assert (drawn is None) == (not readings)
    places = [float(point.y) for point in drawn.drawing.points] if drawn else []
    assert all(math.isfinite(place) and 0 <= place <= 400 for place in places)
    if measure.has_small:
        assert (statistics.control, statistics.runs, statistics.days) == (None, None, None)
