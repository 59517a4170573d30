"""`plansite spc`: the XmR chart of a file of readings."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from plansite.checks.finding_formats import FindingFormat, format_findings
from plansite.cli.context import DateParam
from plansite.cli.exit_codes import ExitCode, print_message
from plansite.content.readings import parse_readings
from plansite.content.report import Report
from plansite.content.text import encode
from plansite.exports.spc_report import format_chart_json, format_chart_text
from plansite.model.status import ChartMethod, Direction
from plansite.spc.method import XmrOptions
from plansite.spc.series import DatedValue, SeriesError
from plansite.spc.xmr import build_xmr_chart


@click.command("spc")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--improve", type=click.Choice(["up", "down"]), help="Which way is better.")
@click.option("--target", type=float, metavar="NUMBER", help="The value aimed for, on the scale of the readings.")
@click.option("--rebase", type=DateParam(), multiple=True, metavar="DATE", help="Start new limits at this reading.")
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
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def command(
    file: Path,
    improve: str | None,
    target: float | None,
    rebase: tuple[date, ...],
    method: str,
    no_screen: bool,
    points: int,
    form: str,
) -> int:
    """Show what an XmR chart says of the readings in FILE.

    The file is CSV with the columns date,value or date,n,d.
    """
    report = Report(str(file))
    readings = parse_readings(file.read_bytes(), report)
    if report.findings:
        print_message(format_findings(FindingFormat.TEXT, report.findings, 1, ()))
        return ExitCode.FINDINGS
    chosen, direction = ChartMethod(method), Direction(improve or "neutral")
    options = XmrOptions.from_method(chosen, screens_ranges=False if no_screen else None, run_length=points)
    values = [DatedValue(reading.date, reading.value) for reading in readings]
    try:
        chart = build_xmr_chart(values, direction=direction, target=target, rebases=rebase, options=options)
    except SeriesError as error:
        raise click.UsageError(str(error)) from error
    if form == "json":
        click.echo(encode(format_chart_json(chart, chosen, direction, target)), nl=False)
    else:
        click.echo("\n".join(format_chart_text(chart, chosen, target)))
    return ExitCode.SUCCESS
