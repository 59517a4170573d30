"""`plansite spc`: a chart of a file as text and as JSON, and files that have none."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from plansite.cli.main import main

_FALLING = [90, 92, 90, 92, 90, 92, 90, 88, 86, 84, 82, 80, 78, 76]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Fourteen months whose last nine values fall."""
    lines = [f"{2024 + index // 12}-{index % 12 + 1:02}-01,{value}" for index, value in enumerate(_FALLING)]
    path = tmp_path / "plans.csv"
    path.write_text("\n".join(["date,value", *lines, ""]))
    return path


def test_the_report_says_what_the_chart_shows(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["spc", str(file), "--improve", "up", "--target", "95"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert (
        lines[0] == "A concern: the latest reading is below the usual range, and the last 9 readings have all fallen."
    )
    assert lines[1] == "The target of 95 will not be met unless something changes."
    assert "1 January 2024 to 1 February 2025, 14 readings" in lines
    assert lines[-1].startswith("Method: NHSRplotthedots")


def test_json_has_every_point_and_a_summary(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["spc", str(file), "--improve", "down", "--format", "json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert [point["value"] for point in document["points"]] == _FALLING
    assert {*document["points"][0]} == {"date", "value", "mean", "lower", "upper", "flags", "label", "type"}
    assert document["points"][-1]["flags"][:2] == ["outside", "trend"]
    assert document["points"][-1]["label"] == "Below LCL"
    assert document["summary"]["variation"] == "special_cause_improvement"
    assert document["summary"]["n"] == 14


def test_options_reach_the_chart(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["--rebase", "2024-08-01", "--method", "nhs-excel", "--points", "6", "--format", "json"]
    assert main(["spc", str(file), *words]) == 0
    document = json.loads(capsys.readouterr().out)
    assert (document["method"], document["screened"]) == ("nhs-excel", False)
    assert [(group["from"], group["n"]) for group in document["groups"]] == [("2024-01-01", 7), ("2024-08-01", 7)]
    assert document["points"][-2]["label"] == "6 Point Trend (Decreasing)"


def test_ranges_are_kept_when_asked(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["spc", str(file), "--no-screen", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["screened"] is False


@pytest.mark.parametrize("text", ["date,value\n", "date,value\n\n"])
def test_no_readings_are_no_error(tmp_path: Path, text: str, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "empty.csv"
    path.write_text(text)
    assert main(["spc", str(path)]) == 0
    assert capsys.readouterr().out == "There are no readings.\n"
    assert main(["spc", str(path), "--target", "1", "--improve", "up", "--format", "json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert (document["points"], document["summary"]["n"]) == ([], 0)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("2024-01-01,5", "repeats a date"),
        ("2024-02-01,", "is not a reading"),
        ("2024-02-01,1e300", "is not a reading"),
        ("2024-02-01,nan", "is not a reading"),
        ("31.2.2024,3", "is not a reading"),
    ],
)
def test_a_line_that_is_no_reading_stops_the_chart(
    tmp_path: Path, line: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """With its file and line; a chart without it would show something else."""
    path = tmp_path / "bad.csv"
    path.write_text(f"date,value\n2024-01-01,4\n{line}\n")
    assert main(["spc", str(path)]) == 1
    output = capsys.readouterr()
    assert output.out == ""
    assert f"{path}:3:1:" in output.err
    assert said in output.err


def test_a_rebase_without_a_reading_is_a_usage_error(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["spc", str(file), "--rebase", "2024-08-15"]) == 2
    assert "There is no value for 2024-08-15" in capsys.readouterr().err


def test_a_file_that_is_not_there_is_a_usage_error(tmp_path: Path) -> None:
    assert main(["spc", str(tmp_path / "none.csv")]) == 2
