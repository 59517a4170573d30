"""`plansite spc`: the control chart of a file of readings."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from plansite.checks.finding_formats import FindingFormat, format_findings
from plansite.cli.exit_codes import ExitCode, print_message
from plansite.cli.site_options import DateParam
from plansite.content.readings import ReadingTable, parse_readings
from plansite.content.report import Report
from plansite.content.text import encode
from plansite.deferred_dataclass import dataclass
from plansite.exports.spc_report import (
    UNJUDGED,
    format_chart_json,
    format_chart_text,
    format_days_json,
    format_days_text,
    format_unjudged_json,
)
from plansite.model.documents.measure import Measure
from plansite.model.documents.records.chart_marks import Rebase
from plansite.model.slugs import title_from_slug
from plansite.model.status import ChartKind, ChartMethod, Direction
from plansite.spc.days_between import DaysBetween, build_days_between
from plansite.spc.method import XmrOptions
from plansite.spc.series import DatedValue, SeriesError
from plansite.spc.xmr import XmrChart, build_xmr_chart

_CHARTS = {"control": ChartKind.CONTROL, "days-between": ChartKind.DAYS_BETWEEN}


@click.command("spc")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--improve", type=click.Choice(["up", "down"]), help="Which way is better.")
@click.option("--target", type=float, metavar="NUMBER", help="The value aimed for, on the scale of the chart.")
@click.option("--rebase", type=DateParam(), multiple=True, metavar="DATE", help="Start new limits at this reading.")
@click.option(
    "--chart",
    type=click.Choice(list(_CHARTS)),
    help="Of the readings, or of the days between the events they count. A list of dates has the second.",
)
@click.option(
    "--method",
    type=click.Choice([method.value for method in ChartMethod]),
    default=ChartMethod.NHS_R.value,
    show_default=True,
    help="Whose results to reproduce: NHSRplotthedots, or NHS England's Excel tool.",
)
@click.option("--no-screen", is_flag=True, help="Keep unusually large moving ranges.")
@click.option(
    "--points", type=click.IntRange(6, 7), default=7, show_default=True, help="How many points are a shift or a trend."
)
@click.option("--format", "form", type=click.Choice(["text", "json", "svg"]), default="text", show_default=True)
def command(
    file: Path,
    improve: str | None,
    target: float | None,
    rebase: tuple[date, ...],
    chart: str | None,
    method: str,
    no_screen: bool,
    points: int,
    form: str,
) -> int:
    """Show what a control chart says of the readings in FILE.

    The file is CSV with the columns date,value or date,n,d; or with dates alone, one line for each event.
    """
    report = Report(str(file))
    table = parse_readings(file.read_bytes(), report)
    if report.findings:
        print_message(format_findings(FindingFormat.TEXT, report.findings, 1, ()))
        return ExitCode.FINDINGS
    chosen, is_share = ChartMethod(method), any(reading.d is not None for reading in table.readings)
    request = _ChartRequest(
        title=file.stem,
        table=table,
        kind=_CHARTS[chart or ("days-between" if table.lists_events else "control")],
        direction=Direction(improve or "neutral"),
        target=target / 100 if target is not None and is_share and target > 1 else target,
        rebases=rebase,
        method=chosen,
        options=XmrOptions.from_method(chosen, screens_ranges=False if no_screen else None, run_length=points),
    )
    try:
        click.echo(encode(request.format(form)), nl=False)
    except SeriesError as error:
        raise click.UsageError(str(error)) from error
    return ExitCode.SUCCESS


@dataclass(frozen=True, slots=True, kw_only=True)
class _ChartRequest:
    """What is to be shown of a table: the kind of chart, and what it is computed with.

    `target` is on the scale of the chart: that of the readings, or days.
    """

    title: str
    table: ReadingTable
    kind: ChartKind
    direction: Direction
    target: float | None
    rebases: tuple[date, ...]
    method: ChartMethod
    options: XmrOptions

    def format(self, form: str) -> str:
        """The chart as `text`, `json` or `svg`. Raises SeriesError for readings that have no such chart."""
        readings = self.table.readings
        if any(reading.is_small for reading in readings):
            unjudged = format_unjudged_json(readings, self.method, self.direction)
            return self._format_svg(None) if form == "svg" else unjudged if form == "json" else f"{UNJUDGED}\n"
        chart = self._build_chart()
        if form == "svg":
            return self._format_svg(chart)
        if isinstance(chart, DaysBetween):
            if form == "json":
                return format_days_json(chart, self.method, self.direction, self.target)
            return "\n".join((*format_days_text(chart, self.method, self.target), ""))
        if form == "json":
            return format_chart_json(chart, self.method, self.direction, self.target)
        return "\n".join((*format_chart_text(chart, self.method, self.target), ""))

    def _build_chart(self) -> XmrChart | DaysBetween:
        values = [DatedValue(each.date, each.value) for each in self.table.readings if each.value is not None]
        build = build_days_between if self.kind is ChartKind.DAYS_BETWEEN else build_xmr_chart
        return build(values, direction=self.direction, target=self.target, rebases=self.rebases, options=self.options)

    def _format_svg(self, chart: XmrChart | DaysBetween | None) -> str:
        """The chart of a page, alone; the packages that draw it are imported for that only."""
        from plansite.site.measures.chart_svg import format_chart_svg

        measure = Measure(
            plan="",
            slug="",
            path="",
            title=title_from_slug(self.title),
            readings=self.table.readings,
            lists_events=self.table.lists_events,
            direction=self.direction,
            target=self.target,
            rebase=tuple(Rebase(date=day) for day in self.rebases),
            method=self.method,
        )
        return format_chart_svg(measure, chart)
