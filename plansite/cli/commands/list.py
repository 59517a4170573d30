"""`plansite list`: actions in the terminal, or for another program."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from datetime import date

import click

from plansite.cache.site_cache import open_cache, prune_store
from plansite.checks.runner import find_paths_with_errors
from plansite.cli.answer_recorder import collect_asked_inputs, print_answer
from plansite.cli.context import CommandContext
from plansite.cli.questions import ask_instead
from plansite.cli.site_options import site_options
from plansite.content.limits import find_timed_out_files
from plansite.content.text import encode
from plansite.exports.action_filter import ActionFilter, count_unreadable_not_shown, filter_records, parse_action_filter
from plansite.exports.action_records import ActionRecord, build_action_records
from plansite.exports.action_table import explain_no_actions, format_action_table
from plansite.exports.csv_cells import format_csv_file
from plansite.exports.data_formats import format_records_csv, format_records_json
from plansite.exports.terminal_text import wrap_text
from plansite.lookup import UnknownNameError
from plansite.model.assessment import Course, SiteOnDate
from plansite.model.formatting import format_count
from plansite.model.site import Site
from plansite.pipeline.plan_checks import check_site

_COLOURS = {Course.OVERDUE: "red", Course.AT_RISK: "yellow"}


@click.command("list")
@click.option("--plan", metavar="PLAN", help="Only this plan, by its folder's name or its title.")
@click.option("--owner", metavar="OWNER", help="Only actions of this owner or agency.")
@click.option("--status", metavar="STATUS", help="Only this status, in any of its words; “open” means all unfinished.")
@click.option("--overdue", is_flag=True, help="Only open actions past their due date.")
@click.option(
    "--due-within", metavar="DAYS", type=click.IntRange(0, 3650), help="Only actions due within this many days."
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "csv", "json"]),
    default="table",
    show_default=True,
    help="For people, for a spreadsheet, or for a program.",
)
@site_options
def command(
    context: CommandContext,
    plan: str | None,
    owner: str | None,
    status: str | None,
    overdue: bool,
    due_within: int | None,
    form: str,
) -> None:
    """Show actions, each with its owner, status and due date.

    An action must match all filters, except that --overdue and --due-within together show both late actions and
    those due soon.

    In CSV, a text that a spreadsheet would compute or change, like 007 or 1-2, has an apostrophe before it. Remove one
    to get the original text.
    """
    asked = collect_asked_inputs(context)
    cache = open_cache(context.root)
    build, findings = check_site(context.root, context, cache, asked.hashes if asked else None)
    prune_store(cache.store, "plans", build.cache_keys())
    dated_site = build.summaries()
    names = {"plan": plan, "owner": owner, "status": status}
    filters, is_as_typed = _parse_filter(dated_site.site, names, overdue, due_within)
    records = build_action_records(dated_site, find_paths_with_errors(findings))
    shown = filter_records(records, filters, dated_site.site, dated_site.today)
    unreadable_count = count_unreadable_not_shown(records, shown, filters)
    is_final = is_as_typed and not find_timed_out_files(findings)  # files that timed out are tried again
    print_answer(
        context,
        asked if is_final else None,
        _format_actions(form, shown, filters, dated_site, is_whole=not unreadable_count),
        message=_describe_unreadable(unreadable_count),
    )


def _parse_filter(
    site: Site, names: dict[str, str | None], overdue: bool, due_within: int | None
) -> tuple[ActionFilter, bool]:
    """The filter for names by option, and whether they were known as typed.

    At a terminal the user can accept the suggestion for one that is not known.
    """
    typed = names
    while True:
        try:
            return parse_action_filter(site, **names, overdue=overdue, due_within=due_within), names is typed
        except UnknownNameError as error:
            names = {**names, error.noun: ask_instead(error)}


def _describe_unreadable(count: int) -> str:
    """What a list lacks because that many files could not be read; empty if none."""
    if not count:
        return ""
    return f"{format_count(count, 'file')} could not be read and may belong here; run “plansite check”."


def _format_actions(
    form: str, shown: Sequence[ActionRecord], filters: ActionFilter, dated_site: SiteOnDate, *, is_whole: bool
) -> str | bytes:
    """Actions in a format; bytes for programs, so that encoding and line ends are the same on every system."""
    if form == "table":
        return _format_table(shown, filters, dated_site.site, dated_site.today, is_whole=is_whole)
    return encode(format_records_json(shown) if form == "json" else format_csv_file(format_records_csv(shown)))


def _format_table(
    rows: Sequence[ActionRecord], filters: ActionFilter, site: Site, today: date, *, is_whole: bool
) -> str:
    """The table as wide as the terminal, with colours; without rows, why there are none."""
    titles = {plan.slug: plan.title for plan in site.plans}
    width = max(24, shutil.get_terminal_size((100, 24)).columns)
    lines = (
        format_action_table(rows, titles, today, width, _colour_cell)
        if rows
        else wrap_text(explain_no_actions(filters, titles, is_whole=is_whole), width)
    )
    return "".join(f"{line}\n" for line in lines)


def _colour_cell(cell: str, record: ActionRecord) -> str:
    """The cell, coloured by the course of its action. click removes colours where the output is not a terminal."""
    colour = _COLOURS.get(record.course) if record.course else None
    return click.style(cell, fg=colour) if colour else cell
