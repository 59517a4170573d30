"""`plansite spc`: days between events, counts that are not told, and the chart as a picture."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from xml.dom import minidom

import pytest

from plansite.cli.main import main

#: The exit code, the output and the messages of the command on a text, with some options.
Run = Callable[..., tuple[int, str, str]]

_EVENTS = "date\n2024-01-01\n2024-01-21\n2024-02-10\n2024-03-01\n2024-03-01\n"
_ZEROS = "date,value\n" + "".join(f"2024-{month:02}-01,{month % 6 == 2:d}\n" for month in range(1, 13))


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run the command on a text, and return its exit code and output."""

    def run_on(text: str, *options: str, name: str = "falls.csv") -> tuple[int, str, str]:
        path = tmp_path / name
        path.write_text(text, "utf-8")
        code = main(["spc", str(path), *options])
        output = capsys.readouterr()
        return code, output.out, output.err

    return run_on


def test_a_list_of_dates_is_days_between(run: Run) -> None:
    """Without being asked; twice on one day is half a day apart."""
    code, out, _ = run(_EVENTS, "--improve", "down", "--format", "json")
    document = json.loads(out)
    assert code == 0
    assert document["chart"] == "days-between"
    assert [(point["date"], point["value"]) for point in document["points"]] == [
        ("2024-01-21", 20),
        ("2024-02-10", 20),
        ("2024-03-01", 20),
        ("2024-03-01", 0.5),
    ]
    assert {*document["points"][0]} == {"date", "value", "mean", "lower", "upper", "flags", "label", "type"}
    summary = document["summary"]
    assert (summary["n"], summary["events"], summary["last_event"], summary["days_since"]) == (4, 5, "2024-03-01", 0)


def test_counts_are_days_between_where_asked(run: Run) -> None:
    """Else the readings have their chart as ever, with a word about the other."""
    _, out, _ = run(_ZEROS, "--chart", "days-between", "--target", "30", "--improve", "down")
    assert "The last event was on 1 August 2024, 122 days before the latest reading." in out
    assert "The target of 30 days can be expected to be met every time." in out
    assert "1 time between events" in out
    _, out, _ = run(_ZEROS)
    assert "12 readings" in out
    assert "`--chart days-between` may show more" in out
    _, out, _ = run(_ZEROS, "--format", "json")
    assert json.loads(out)["chart"] == "control"


def test_a_list_of_dates_can_be_readings(run: Run) -> None:
    _, out, _ = run(_EVENTS, "--chart", "control", "--format", "json")
    assert [point["value"] for point in json.loads(out)["points"]] == [1, 1, 1, 2]


@pytest.mark.parametrize(
    ("text", "options", "said"),
    [
        ("date,value\n2024-01-01,1.5\n", (), "not a number of events"),
        ("date,value\n2024-01-01,-1\n", (), "not a number of events"),
        ("date,value\n2024-01-01,1e9\n", (), "more than 5,000 events"),
        ("date,n,d\n2024-01-01,1,3\n", (), "not a number of events"),
    ],
)
def test_what_is_no_count_is_a_usage_error(run: Run, text: str, options: tuple[str, ...], said: str) -> None:
    code, out, err = run(text, "--chart", "days-between", *options)
    assert (code, out) == (2, "")
    assert said in err


@pytest.mark.parametrize("form", ["text", "json", "svg"])
@pytest.mark.parametrize("chart", ["control", "days-between"])
@pytest.mark.parametrize("text", ["date,value\n", "date\n", "date,value\n2024-01-01,0\n", "date\n2024-01-01\n", _ZEROS])
def test_few_readings_have_an_answer(run: Run, text: str, chart: str, form: str) -> None:
    """None, one, an event alone."""
    code, out, err = run(text, "--chart", chart, "--format", form, "--improve", "down", "--target", "1")
    assert (code, err) == (0, "")
    assert out.endswith("\n")
    if form == "json":
        json.loads(out)
    if form == "svg":
        minidom.parseString(out)  # noqa: S318  (our own output)


@pytest.mark.parametrize("form", ["text", "json", "svg"])
def test_counts_that_are_not_told_are_not_judged(run: Run, form: str) -> None:
    """Nor is anything computed of the others."""
    rows = "".join(f"2024-{month:02}-01,{month + 8}\n" for month in range(2, 13))
    code, out, _ = run(f"date,value\n2024-01-01,fewer than 5\n{rows}", "--format", form)
    assert code == 0
    assert "Not judged, because counts under 5 are not shown." in out
    if form == "json":
        points = json.loads(out)["points"]
        assert [point["value"] for point in points] == [None, *range(10, 21)]
        assert {point["mean"] for point in points} == {None}


def _svg(out: str) -> minidom.Element:
    root = minidom.parseString(out).documentElement  # noqa: S318  (our own output)
    assert root is not None
    return root


def _texts(root: minidom.Element, name: str) -> list[str]:
    return [each.firstChild.nodeValue or "" for each in root.getElementsByTagName(name) if each.firstChild]


def test_the_picture_says_what_it_shows(run: Run) -> None:
    """By its title and description; a point for each reading, with its own shape."""
    falling = [90, 92, 90, 92, 90, 92, 90, 88, 86, 84, 82, 80, 78, 76]
    rows = "".join(f"{2024 + n // 12}-{n % 12 + 1:02}-01,{value}\n" for n, value in enumerate(falling))
    code, out, _ = run(
        f"date,value\n{rows}", "--improve", "up", "--target", "95", "--format", "svg", name="care_plans.csv"
    )
    root = _svg(out)
    assert code == 0
    assert root.tagName == "svg"
    assert root.getAttribute("xmlns") == "http://www.w3.org/2000/svg"
    assert root.getAttribute("aria-labelledby") == "title desc"
    assert _texts(root, "title") == ["Care plans"]
    assert _texts(root, "desc")[0].startswith("A concern: the latest reading is below the usual range")
    points = [each.getAttribute("class") for each in root.getElementsByTagName("path")]
    assert points.count("point better") + points.count("point worse") >= len(falling)
    words = " ".join(_texts(root, "text"))
    assert "Target 95" in words
    assert "method nhs-r" in words


def test_the_picture_stands_alone(run: Run) -> None:
    """No script, no reference to anything outside itself, colours for light and dark."""
    _, out, _ = run(_EVENTS, "--format", "svg")
    root = _svg(out)
    names = {each.tagName for each in root.getElementsByTagName("*")}
    assert names <= {"title", "desc", "style", "rect", "text", "g", "line", "circle", "path"}
    attributes = {name for each in root.getElementsByTagName("*") for name, _ in each.attributes.items()}
    assert not {name for name in attributes if name.startswith("on") or "href" in name or name == "style"}
    style = _texts(root, "style")[0]
    assert "prefers-color-scheme: dark" in style
    assert not re.search(r"url\(|@import|https?:", style)


@pytest.mark.parametrize(
    "name",
    ["<script>alert(1)</script>.csv", "a & b \"c\" 'd'.csv", "]]>--><x.csv", "\u202ex.csv", "\x01\ufffe.csv", "é☃.csv"],
)
def test_a_hostile_name_is_only_text(run: Run, name: str) -> None:
    """Of the file, which is the title of the picture."""
    code, out, _ = run(_EVENTS, "--format", "svg", name=name.replace("/", "\u2215"))
    root = _svg(out)
    assert code == 0
    assert [each.nodeName for each in root.childNodes][:2] == ["title", "desc"]
    assert root.getElementsByTagName("script") == []


@pytest.mark.parametrize("cell", ["<script>alert(1)</script>", '"><x y="', "=1+1", "&amp;"])
def test_a_hostile_cell_is_no_reading(run: Run, cell: str) -> None:
    """It is reported, and never drawn."""
    code, out, err = run(f"date,value\n2024-01-01,{cell}\n", "--format", "svg")
    assert (code, out) == (1, "")
    assert "is not a reading" in err
