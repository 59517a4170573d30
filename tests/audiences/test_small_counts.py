"""Counts under 5 in copies for partners and the public: nothing gives them away, and nothing else is lost."""

from __future__ import annotations

import random
import shutil
import zipfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from plansite.cli.main import main
from plansite.content.readings import parse_readings
from plansite.content.report import Report
from plansite.content.site_content import load_site
from plansite.model.audience.measure_filter import count_small, hide_small_counts, resolve_document_audience
from plansite.model.documents.measure import Measure, Reading
from plansite.model.status import Audience, ChartKind, SmallCounts
from plansite.pipeline.build import build_in_memory
from plansite.site.measures.measure_files import render_readings
from tests.sites import FixedClock, write

_NARROWER = (Audience.PARTNERS, Audience.PUBLIC)
_PLAN = (
    "---\ntitle: P\ngoals: [{key: g, title: Fewer falls, measure: falls}]\nreview_every: monthly\n---\n"
    "[The readings](measures/falls.csv)\n"
)
_REVIEW = "---\ndate: 2024-06-03\n---\n## Decisions\nNone.\n"
_ACTION = "---\ntitle: Lights\ngoal: g\nstatus: completed\ncompleted: 2024-05-05\nowner: Maintenance\n---\n"
_INCIDENT = "---\ntitle: A fall\ndate: 2024-03-03\nfindings: [{text: Dark, actions: [lights]}]\n---\n"
_MEASURE = (
    "---\ntitle: Falls\nunit: falls\ndirection: down\ntarget: 2\nstate: sustaining\nbaseline: {baseline}\n"
    "small_counts: hide\nrebase: [{{date: 2024-06-01, reason: Lights}}]\n{more}---\nEvery fall.\n"
)


def _files(table: str, baseline: int, more: str = "") -> dict[str, str]:
    return {
        "plansite.yaml": "title: T\naudience: public\n",
        "content/plans/p/plan.md": _PLAN,
        "content/plans/p/actions/lights.md": _ACTION,
        "content/plans/p/reviews/2024-06-03.md": _REVIEW,
        "content/plans/p/incidents/fall.md": _INCIDENT,
        "content/plans/p/measures/falls.md": _MEASURE.format(baseline=baseline, more=more),
        "content/plans/p/measures/falls.csv": table,
    }


def _build(root: Path, files: Mapping[str, str], audience: Audience) -> dict[str, bytes]:
    shutil.rmtree(root, ignore_errors=True)
    built = build_in_memory(write(root, files), clock=FixedClock(date(2025, 1, 20)), audience=audience)
    return {path: text if isinstance(text, bytes) else text.read() for path, text in built.files.items()}


def _monthly(values: list[int]) -> str:
    return "date,value\n" + "".join(f"{2023 + n // 12}-{n % 12 + 1:02}-01,{value}\n" for n, value in enumerate(values))


def _shares(values: list[int]) -> str:
    return "date,n,d\n" + "".join(f"{2023 + n // 12}-{n % 12 + 1:02}-01,{v},24\n" for n, v in enumerate(values))


def _events(values: list[int]) -> str:
    """As many dates in each month as its count."""
    days = [
        f"{2023 + n // 12}-{n % 12 + 1:02}-{3 + each:02}\n" for n, value in enumerate(values) for each in range(value)
    ]
    return "date\n" + "".join(days)


@pytest.mark.parametrize("audience", _NARROWER)
@pytest.mark.parametrize("form", [_monthly, _shares, _events])
@pytest.mark.parametrize("more", ["", "chart: control\n", "chart: run\n", "chart: days between\n"])
def test_other_small_counts_make_the_same_copy(tmp_path: Path, audience: Audience, form: object, more: str) -> None:
    """Byte for byte, in every file: so no mean, limit, label, place on the chart, verdict or total depends on them."""
    assert callable(form)
    draw = random.Random(5)  # noqa: S311  (values for a test)
    shape = [6, 2, 0, 9, 1, 4, 0, 12, 3, 3, 7, 2, 5, 1]
    copies = []
    for _ in range(2):
        values = [draw.randint(1, 4) if 0 < value < 5 else value for value in shape]
        before = 30 if form is _shares else draw.randint(1, 4)  # that of shares is a percentage
        copies.append(_build(tmp_path / "site", _files(form(values), before, more), audience))
    assert copies[0].keys() == copies[1].keys()
    assert [path for path in copies[0] if copies[0][path] != copies[1][path]] == []
    page = copies[0]["plans/p/measures/falls.html"].decode()
    assert "fewer than 5" in page
    assert "Not judged in this copy, because counts under 5 are not shown." in page


@pytest.mark.parametrize("audience", _NARROWER)
def test_the_table_is_written_anew(tmp_path: Path, audience: Audience) -> None:
    """The file beside the measure is not published, and no link leads to it; the page links to the new one."""
    files = _build(tmp_path, _files(_monthly([6, 2, 0, 9, 4]), 3), audience)
    assert [path for path in files if path.endswith(".csv") and "falls" in path] == ["plans/p/measures/falls.csv"]
    assert files["plans/p/measures/falls.csv"].decode().splitlines() == [
        "date,value",
        "2023-01-01,6",
        "2023-02-01,fewer than 5",
        "2023-03-01,0",
        "2023-04-01,9",
        "2023-05-01,fewer than 5",
    ]
    assert 'href="falls.csv"' in files["plans/p/measures/falls.html"].decode()
    assert b"falls.csv" not in files["plans/p/index.html"]


def test_internal_readers_see_all(tmp_path: Path) -> None:
    """The counts, the verdict, the file as it is, and what other copies do."""
    files = _build(tmp_path, _files(_monthly([6, 2, 0, 9, 4, 1, 3]), 3), Audience.INTERNAL)
    page = files["plans/p/measures/falls.html"].decode()
    assert "Copies for partners and the public say “fewer than 5” in place of counts from 1 to 4." in page
    assert "Before the work began it was 3." in page
    assert files["files/plans/p/measures/falls.csv"].decode() == _monthly([6, 2, 0, 9, 4, 1, 3])
    assert "plans/p/measures/falls.csv" not in files
    about = files["about.html"].decode()
    assert "Counts" in about
    assert "From 1 to 4, and given as “fewer than 5”" in about
    assert ">5<" in about  # four readings and the value from before


def test_a_copy_is_that_of_a_table_without_them(tmp_path: Path) -> None:
    """The same bytes as if the author had written "fewer than 5" for each, and left out the value from before."""
    hidden = _build(tmp_path / "site", _files(_shares([6, 2, 0, 9, 4]), 30), Audience.PUBLIC)
    table = (
        "date,n,d\n2023-01-01,6,24\n2023-02-01,<5,24\n2023-03-01,0,24\n2023-04-01,9,24\n2023-05-01,Fewer than 5,24\n"
    )
    assert hidden == _build(tmp_path / "site", _files(table, 30), Audience.PUBLIC)


def _measure(*readings: Reading, **fields: object) -> Measure:
    given = {"plan": "p", "slug": "m", "path": "m.md", "small_counts": SmallCounts.HIDE, "readings": readings, **fields}
    return Measure(**given)  # type: ignore[arg-type]  # any field


def test_which_counts_are_small() -> None:
    """From 1 to 4, also as a numerator or a total; not 0, and not a percentage without counts."""
    day = date(2024, 1, 1)
    told = [Reading(day, 0), Reading(day, 5), Reading(day, -1), Reading(day, 0.25, 5, 20)]
    assert hide_small_counts(_measure(*told)).readings == tuple(told)
    assert hide_small_counts(_measure(Reading(day, 1), Reading(day, 4.9))).readings == (Reading(day, None),) * 2
    assert hide_small_counts(_measure(Reading(day, 0.2, 4, 20))).readings == (Reading(day, None, None, 20),)
    assert (
        hide_small_counts(_measure(Reading(day, 1, 3, 3), Reading(day, 0, 0, 4))).readings == (Reading(day, None),) * 2
    )
    percentages = _measure(Reading(day, 3), unit="% of visits")
    assert hide_small_counts(percentages) is percentages
    shown = _measure(Reading(day, 3), small_counts=SmallCounts.SHOW)
    assert hide_small_counts(shown) is shown
    assert count_small(_measure(Reading(day, 3), Reading(day, None), Reading(day, 7), baseline=2.0)) == 2


def test_events_are_counted_by_month() -> None:
    """A list of days would tell each of them. Months between without one are 0."""
    listed = [Reading(date(2024, 1, 5), 2), Reading(date(2024, 1, 9), 3), Reading(date(2024, 3, 1), 1)]
    hidden = hide_small_counts(_measure(*listed, lists_events=True, chart=ChartKind.DAYS_BETWEEN))
    assert hidden.readings == (
        Reading(date(2024, 1, 1), 5),
        Reading(date(2024, 2, 1), 0),
        Reading(date(2024, 3, 1), None),
    )
    assert not hidden.lists_events
    assert hide_small_counts(_measure(lists_events=True)).readings == ()


@pytest.mark.parametrize("table", [_monthly([6, 2, 0, 9, 4]), _shares([6, 2, 0, 9, 4]), "date,value\n2024-01-01,0.1\n"])
def test_a_published_table_can_be_read_again(table: str) -> None:
    readings = parse_readings(table.encode(), Report("")).readings
    hidden = hide_small_counts(_measure(*readings))
    report = Report("")
    assert parse_readings(render_readings(hidden).encode(), report).readings == hidden.readings
    assert report.findings == ()


@pytest.mark.parametrize(
    "line", ["small_counts: hid", "small_count: hide", "Small counts: hide", "small_counts: [hide]"]
)
def test_a_slip_hides_as_well(tmp_path: Path, line: str) -> None:
    """When in doubt, counts are hidden; `show` and nothing show them."""
    place = "content/plans/p/measures/m.md"
    (measure,) = (
        load_site(write(tmp_path, {**_files("date,value\n", 3), place: f"---\ntitle: M\n{line}\n---\n"}))
        .plans[0]
        .measures[1:]
    )
    assert measure.small_counts is SmallCounts.HIDE


@pytest.mark.parametrize("line", ["", "small_counts: show", "small_counts:"])
def test_counts_are_shown_unless_asked(tmp_path: Path, line: str) -> None:
    place = "content/plans/p/measures/m.md"
    (measure,) = (
        load_site(write(tmp_path, {**_files("date,value\n", 3), place: f"---\ntitle: M\n{line}\n---\n"}))
        .plans[0]
        .measures[1:]
    )
    assert measure.small_counts is SmallCounts.SHOW


@pytest.mark.parametrize(
    ("line", "audience"),
    [
        ("scale: PHQ-9", Audience.INTERNAL),
        ("scale: PHQ-9\naudience: public", Audience.PUBLIC),
        ("scal: PHQ-9", Audience.INTERNAL),
        ("scale: [PHQ-9, GAD-7]", Audience.INTERNAL),
        ("scale:", Audience.PARTNERS),
        ("state: sustaining", Audience.PARTNERS),
    ],
)
def test_scores_are_internal_unless_they_say_otherwise(tmp_path: Path, line: str, audience: Audience) -> None:
    files = {
        "content/plans/p/plan.md": "---\ntitle: P\n---\n",
        "content/plans/p/measures/m.md": f"---\ntitle: M\n{line}\n---\n",
    }
    (measure,) = load_site(write(tmp_path, files)).plans[0].measures
    assert resolve_document_audience(measure, Audience.PARTNERS) is audience


@pytest.mark.parametrize("audience", _NARROWER)
def test_no_trace_of_scores(tmp_path: Path, audience: Audience) -> None:
    """Of the measure, its numbers or its file, though the plan is public; the internal copy counts it."""
    files = {
        "plansite.yaml": "title: T\naudience: public\n",
        "content/plans/p/plan.md": "---\ntitle: P\ngoals: [{title: Calm, measure: canary}]\n---\n[x](measures/canary.csv)\n",
        "content/plans/p/measures/canary.md": "---\ntitle: Canary\nscale: Canary-9\n---\n",
        "content/plans/p/measures/canary.csv": "date,value\n2024-01-01,17\n",
    }
    copy = _build(tmp_path, files, audience)
    assert [path for path, text in copy.items() if "canary" in path or b"canary" in text.lower()] == []
    about = _build(tmp_path, files, Audience.INTERNAL)["about.html"].decode()
    assert "With scores of a questionnaire, and not marked for others" in about


@pytest.mark.parametrize("audience", _NARROWER)
def test_a_pack_tells_no_more(tmp_path: Path, audience: Audience) -> None:
    """It has the table without small counts, and not the measure's own file."""
    write(tmp_path, _files(_monthly([6, 2, 0, 9, 4]), 3))
    pack = tmp_path / "pack.zip"
    options = ["--site", str(tmp_path), "--plan", "p", "--audience", audience.value, "-o", str(pack)]
    assert main(["pack", *options]) == 0
    with zipfile.ZipFile(pack) as archive:
        tables = [name for name in archive.namelist() if name.endswith("falls.csv")]
        assert tables == ["plans/p/measures/falls.csv"]
        assert b"2023-02-01,fewer than 5" in archive.read(tables[0])
        assert b"falls.csv" in archive.read("plans/p/measures/falls.html")
