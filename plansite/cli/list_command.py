"""`plansite list`: actions in the terminal, or for another program."""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from datetime import date

import click

from plansite.checks.check import check, needs_attention
from plansite.cli.manners import Manner, with_site
from plansite.content.site import load
from plansite.listing.entries import Entry, entries
from plansite.listing.filters import Wanted, chosen, unsure, wanted
from plansite.listing.known import UnknownNameError
from plansite.listing.records import csv_of, json_text
from plansite.listing.terminal import nothing, table
from plansite.listing.wrapping import wrapped
from plansite.model.course import Course, Outlook
from plansite.model.site import Site
from plansite.model.words import count

_COLOURS = {Course.OVERDUE: "red", Course.AT_RISK: "yellow"}


@click.command("list")
@click.option("--plan", metavar="PLAN", help="Only this plan, by its folder's name or its title.")
@click.option("--owner", metavar="OWNER", help="Only actions of this owner or agency.")
@click.option("--status", metavar="STATUS", help="Only this status, in any of its words; “open” means all unfinished.")
@click.option("--overdue", is_flag=True, help="Only open actions past their due date.")
@click.option("--due-within", metavar="DAYS", type=click.IntRange(0, 3650), help="Only what is due in so many days.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "csv", "json"]),
    default="table",
    show_default=True,
    help="For people, for a spreadsheet, or for a program.",
)
@with_site
def command(
    manner: Manner,
    plan: str | None,
    owner: str | None,
    status: str | None,
    overdue: bool,
    due_within: int | None,
    form: str,
) -> None:
    """Show actions, each with its owner, status and due date.

    Filters narrow each other; --overdue and --due-within together show what is late and what is near.

    In CSV, a cell that a spreadsheet would compute has an apostrophe before it. Take one away to get the text back.
    """
    site = load(manner.root)
    outlook = Outlook(site, manner.today(site.settings))
    try:
        filters = wanted(site, plan=plan, owner=owner, status=status, overdue=overdue, due_within=due_within)
    except UnknownNameError as error:
        raise click.UsageError(str(error)) from error
    everything = entries(outlook, needs_attention(check(outlook)))
    found = chosen(everything, filters, site, outlook.today)
    if form == "table":
        _show(found, filters, site, outlook.today)
    else:
        text = json_text(found) if form == "json" else csv_of(found)
        click.echo(text.encode(), nl=False)  # bytes, so that encoding and line ends are the same everywhere
    hidden = unsure(everything, found, filters)
    if hidden:
        manner.say(f"{count(hidden, 'file')} could not be read and may belong here; run “plansite check”.")


def _show(found: Sequence[Entry], filters: Wanted, site: Site, today: date) -> None:
    titles = {plan.slug: plan.title for plan in site.plans}
    width = max(24, shutil.get_terminal_size((100, 24)).columns)
    lines = table(found, titles, today, width, _painted) if found else wrapped(nothing(filters, titles), width)
    colour = False if os.environ.get("NO_COLOR") else None
    for line in lines:
        click.echo(line, color=colour)


def _painted(cell: str, entry: Entry) -> str:
    """Colour is an extra to the words; click leaves it out where the output is not a terminal."""
    colour = _COLOURS.get(entry.course) if entry.course else None
    return click.style(cell, fg=colour) if colour else cell
