"""What measures cost: `python benchmarks/measures.py [--measures 1000] [--readings 120] [--runs 3]`.

Makes a site with so many measures of so many readings each, and the same site without them. First it takes the work
apart in one process: reading the tables, the statistics, the charts and tables, and the pages. Then it builds each
site with nothing left from earlier builds, in turn, each time in a new process. The difference is what the measures
add, with all that any page costs, such as writing it. Processor time with all children; on Unix alone.
"""

from __future__ import annotations

import argparse
import gc
import random
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from build import cost_of, in_turn

from plansite.content.readings import parse_readings
from plansite.content.report import Report
from plansite.content.site_content import load_site
from plansite.model.assessment import SiteOnDate
from plansite.render.page_renderer import PageRenderer
from plansite.render.theme import load_theme
from plansite.site.components.content_links import LinkResolver
from plansite.site.components.page import build_site_layout
from plansite.site.measures.chart_texts import describe_chart
from plansite.site.measures.measure_chart import build_measure_chart
from plansite.site.measures.measure_figures import MeasureFigures
from plansite.site.measures.measure_pages import build_measure_pages
from plansite.site.measures.measure_statistics import MeasureStatistics
from plansite.site.measures.measure_table import build_measure_tables

#: So many measures make a plan.
_PLAN = 25
_TODAY = date(2025, 6, 2)
_KINDS = (
    ('title: Plans with nothing missing {n}\nunit: "% of plans"\ndirection: up\ntarget: 95\nkind: outcome\n', "share"),
    ("title: Falls each month {n}\nunit: falls\ndirection: down\ntarget: 4\nbaseline: 9\n", "count"),
    ("title: Minutes to answer the bell {n}\nunit: minutes\ndirection: down\nkind: process\n", "value"),
    ("title: Falls with harm {n}\nunit: falls\ndirection: down\nkind: balancing\n", "rare"),
)


def write_measures_site(folder: Path, measures: int, readings: int) -> None:
    """A site of measures in plans of 25, each plan with one action. The same numbers give the same bytes."""
    random.seed(7)
    plans = max(1, -(-measures // _PLAN))
    _write(folder / "plansite.yaml", f"title: Measures\ntoday: {_TODAY.isoformat()}\n")
    for plan in range(plans):
        place = folder / f"content/plans/plan-{plan}"
        _write(place / "plan.md", f"---\ntitle: Plan {plan}\n---\n")
        _write(place / "actions/a.md", "---\ntitle: Look at the measures\nowner: Manager\ndue: 2025-07-01\n---\n")
    for number in range(measures):
        fields, kind = _KINDS[number % len(_KINDS)]
        stem = folder / f"content/plans/plan-{number // _PLAN}/measures/m-{number}"
        _write(
            stem.with_suffix(".md"), f"---\n{fields.format(n=number)}source: The log\n---\nWhat is counted, and how.\n"
        )
        _write(stem.with_suffix(".csv"), "\n".join(_list_lines(kind, readings)) + "\n")


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def _list_lines(kind: str, readings: int) -> Iterator[str]:
    yield "date,n,d" if kind == "share" else "date,value"
    for month in range(readings):
        day = date(2015 + month // 12, month % 12 + 1, 1).isoformat()
        match kind:
            case "share":
                yield f"{day},{random.randint(18, 24)},24"  # noqa: S311  (made-up readings)
            case "count":
                yield f"{day},{random.randint(0, 14)}"  # noqa: S311
            case "rare":
                yield f"{day},{int(random.random() < 0.3)}"  # noqa: S311
            case _:
                yield f"{day},{random.gauss(4, 0.6):.2f}"


def _time(work: Callable[[], object], runs: int) -> float:
    """The least processor time of some runs, in seconds."""
    times = []
    for _ in range(runs):
        begun = time.process_time()
        work()
        times.append(time.process_time() - begun)
    return min(times)


def measure_parts(root: Path, runs: int) -> Iterator[tuple[str, float]]:
    """The seconds that each part of the work takes in one process."""
    tables = [path.read_bytes() for path in sorted(root.rglob("*.csv"))]
    yield "reading the tables", _time(lambda: [parse_readings(table, Report("")) for table in tables], runs)
    site = load_site(root)
    every = [measure for plan in site.plans for measure in plan.measures]
    yield (
        "statistics",
        _time(lambda: [MeasureStatistics.from_figures(MeasureFigures.from_measure(m)) for m in every], runs),
    )
    analysed = [MeasureStatistics.from_figures(MeasureFigures.from_measure(measure)) for measure in every]
    yield "sentences", _time(lambda: [(each.describe(), each.describe_method()) for each in analysed], runs)
    yield "charts", _time(lambda: [(build_measure_chart(each, ()), describe_chart(each)) for each in analysed], runs)
    yield "tables", _time(lambda: [build_measure_tables(each) for each in analysed], runs)
    resolver = LinkResolver.from_site(site)
    pages = [page for plan in site.plans for page in build_measure_pages(SiteOnDate(site, _TODAY), plan, resolver)]
    theme = load_theme(root, "default")
    layout = build_site_layout(site, pinned=False)
    renderer = PageRenderer.create(theme, layout, frozenset(theme.static_files()), today=_TODAY)
    yield "rendering the pages", _time(lambda: [renderer.render(page) for page in pages], runs)
    size = sum(len(renderer.render(page)) for page in pages) / len(pages)
    _say(f"A page has {size / 1000:.1f} kB on average.")


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


def main() -> None:
    """Measure what the command line asks for, and print it."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--measures", type=int, default=1000)
    parser.add_argument("--readings", type=int, default=120)
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args()
    gc.disable()  # as a build does
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        write_measures_site(root / "with", options.measures, options.readings)
        shutil.copytree(root / "with", root / "without", ignore=shutil.ignore_patterns("measures"))
        _say(f"{options.measures:,} measures of {options.readings:,} readings; seconds of one processor.")
        total = 0.0
        for part, seconds in measure_parts(root / "with", options.runs):
            total += seconds
            _say(f"{part}: {seconds:.2f}")
        _say(f"all of it in one process: {total:.2f}")

        def build(folder: str) -> Callable[[], object]:
            def run() -> object:
                for made in (".plansite", "public"):
                    shutil.rmtree(root / folder / made, ignore_errors=True)
                return cost_of((sys.executable, "-m", "plansite", "build", "--site", str(root / folder)))

            return run

        without, with_measures = in_turn(options.runs, build("without"), build("with"))
        _say(f"a first build without them: {without.cpu:.2f}, with them: {with_measures.cpu:.2f}")
        _say(f"what they add: {with_measures.cpu - without.cpu:.2f}")


if __name__ == "__main__":
    main()
