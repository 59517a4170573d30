"""Charts of real series, point by point as the R packages NHSRplotthedots and qicharts2 answered."""

from __future__ import annotations

import csv
import datetime as dt
import json
import statistics
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest

from plansite.model.status import ChartMethod, Direction
from plansite.spc.method import XmrOptions
from plansite.spc.rules import find_shift_ends, find_trend_ends, find_two_of_three, spread_back
from plansite.spc.run_chart import analyse_runs
from plansite.spc.series import DatedValue
from plansite.spc.special_cause import Variation
from plansite.spc.xmr import XmrChart, build_xmr_chart

#: The file of the R results, and the options that they were computed with.
_CASES: dict[str, dict[str, Any]] = {
    "A_breaches_decrease": {"direction": Direction.DOWN},
    "B_performance_increase_target95": {"direction": Direction.UP, "target": 0.95},
    "C_attendances_neutral": {"direction": Direction.NEUTRAL},
    "D_breaches_rebase_2017_10_01": {"direction": Direction.DOWN},
}
_REBASE = {"D_breaches_rebase_2017_10_01": dt.date(2017, 10, 1)}


@pytest.fixture(scope="session")
def nhs_spc(real_sets: Path) -> Path:
    return real_sets / "nhs-spc" / "data"


def _read(path: Path, key: str) -> dict[str, list[dict[str, str]]]:
    rows: dict[str, list[dict[str, str]]] = defaultdict(list)
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            rows[row[key]].append(row)
    return rows


def _build(case: str, rows: list[dict[str, str]]) -> XmrChart:
    values = [DatedValue(dt.date.fromisoformat(row["date"]), float(row["value"])) for row in rows]
    days = {value.date for value in values}
    return build_xmr_chart(values, rebases={_REBASE[case]} & days if case in _REBASE else (), **_CASES[case])


@pytest.mark.parametrize("case", _CASES)
def test_every_point_is_as_in_r(nhs_spc: Path, case: str) -> None:
    series = _read(nhs_spc / f"expected_ptd_{case}.csv", "series")
    assert len(series) == 70
    for rows in series.values():
        for point, row in zip(_build(case, rows).points, rows, strict=True):
            expected = [float(row["mean"]), float(row["lpl"]), float(row["upl"])]
            assert [point.limits.mean, point.limits.lower, point.limits.upper] == pytest.approx(expected, rel=1e-6)
            assert (point.verdict.label(), point.variation) == (row["special_cause_type"], row["point_type"])


@pytest.mark.parametrize("case", _CASES)
def test_every_summary_is_as_in_r(nhs_spc: Path, case: str) -> None:
    series = _read(nhs_spc / f"expected_ptd_{case}.csv", "series")
    for name, rows in _read(nhs_spc / f"expected_ptd_summary_{case}.csv", "f").items():
        chart = _build(case, series[name])
        assert [_summarise(chart, index) for index in range(len(chart.groups))] == [
            (
                int(row["n"]),
                int(row["common_cause"]),
                int(row["special_cause_improvement"]),
                int(row["special_cause_concern"]),
                row["variation_type"],
            )
            for row in rows
        ]
        assert chart.assurance == rows[-1].get("assurance_type")


def _summarise(chart: XmrChart, index: int) -> tuple[int, int, int, int, str]:
    group = chart.groups[index]
    counts = group.count_variations()
    counted = (counts[Variation.COMMON_CAUSE], counts[Variation.IMPROVEMENT], counts[Variation.CONCERN])
    return (len(group.points), *counted, group.variation)


def test_each_rule_answers_as_in_r(nhs_spc: Path) -> None:
    vectors = json.loads((nhs_spc / "rule_vectors.json").read_text("utf-8"))["rule_vectors"]
    assert len(vectors) == 25
    for vector in vectors:
        given, expected = vector["input"], vector["expected"]
        name = vector["rule"].partition(" ")[0]
        if name == "seven_points_one_side_of_mean":
            assert [abs(end) for end in find_shift_ends(given)] == expected
        elif name == "seven_point_trend":
            assert find_trend_ends(given) == expected
        elif name == "part_of_seven":
            assert [abs(flag) for flag in spread_back(given)] == expected
        else:
            near = [bool(flag) for flag in given["close_to_limits"]]
            assert find_two_of_three(near, given["relative_to_mean"]) == [bool(flag) for flag in expected]


def test_the_snapshot_of_r_is_reproduced(nhs_spc: Path) -> None:
    snapshot = json.loads((nhs_spc / "rule_vectors.json").read_text("utf-8"))["snapshot"]
    days = [dt.date.fromisoformat(day) for day in snapshot["dates"]]
    chart = build_xmr_chart(map(DatedValue, days, snapshot["values"]))
    limits = chart.groups[0].limits
    assert [limits.mean, limits.lower, limits.upper] == pytest.approx(
        [snapshot["mean"], snapshot["lpl"], snapshot["upl"]], rel=1e-6
    )
    assert [point.variation for point in chart.points] == snapshot["point_type"]


@pytest.mark.parametrize("measure", ["breaches", "performance"])
def test_every_run_chart_is_as_in_r(nhs_spc: Path, measure: str) -> None:
    series = _read(nhs_spc / "ae_type1_monthly.csv", "series")
    for name, rows in _read(nhs_spc / f"expected_anhoej_{measure}.csv", "series").items():
        values = [float(row[measure]) for row in series[name]]
        for row in rows:
            analysis = analyse_runs(values, statistics.mean(values) if row["chart"] == "i" else None)
            assert analysis.centre == pytest.approx(float(row["cl"]), rel=1e-6)
            assert [
                len(values),
                analysis.useful,
                analysis.longest_run,
                analysis.longest_allowed,
                analysis.crossings,
                analysis.fewest_allowed,
                int(analysis.has_signal),
            ] == [
                int(row[column])
                for column in (
                    "n.obs",
                    "n.useful",
                    "longest.run",
                    "longest.run.max",
                    "n.crossings",
                    "n.crossings.min",
                    "runs.signal",
                )
            ]


@pytest.mark.parametrize(
    ("method", "upper", "lower"), [(ChartMethod.NHS_R, 4.6, -0.72), (ChartMethod.NHS_EXCEL, 6.95, -3.06)]
)
def test_both_methods_on_one_series(method: ChartMethod, upper: float, lower: float) -> None:
    """The series by which NHSRplotthedots shows the difference (its vignette "deviations")."""
    values = [1, 2, 1, 2, 10, *[1, 2] * 6, 1]
    days = [dt.date(2024, 1, 1) + dt.timedelta(days=index) for index in range(len(values))]
    limits = build_xmr_chart(map(DatedValue, days, values), options=XmrOptions.from_method(method)).groups[0].limits
    assert (round(limits.mean, 2), round(limits.upper, 2), round(limits.lower, 2)) == (1.94, upper, lower)
