"""`plansite review`: the draft of a plan's next review, to be sent before the meeting."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from plansite.cache.layout import CACHE_FOLDER
from plansite.cache.site_cache import open_cache
from plansite.cli.context import CommandContext, print_path
from plansite.cli.exit_codes import ExitCode
from plansite.cli.questions import look_up
from plansite.cli.site_options import DateParam, site_options
from plansite.content.files import MAX_FILE_SIZE
from plansite.content.layout import document_path
from plansite.content.site_content import load_site
from plansite.content.text import encode
from plansite.file_access import read_inside
from plansite.history.loader import load_history
from plansite.history.site_history import SiteHistory
from plansite.lookup import look_up_plan
from plansite.model.documents.review import Review
from plansite.model.formatting import format_long_date
from plansite.model.page_addresses import plan_address
from plansite.model.review_dates import next_review_date
from plansite.model.settings import Settings
from plansite.model.site import Site
from plansite.review_draft.decisions import extract_decisions
from plansite.review_draft.distribution import find_narrowest_audience
from plansite.review_draft.draft import format_draft
from plansite.scaffold.atomic_files import AlreadyExistsError, find_existing, write_new_files
from plansite.scaffold.date_order import ensure_review_in_plan
from plansite.scaffold.field_values import FieldValueError
from plansite.scaffold.new_document import find_plan_folder
from plansite.site.paper.agenda import Agenda, build_agenda


@click.command("review")
@click.argument("plan")
@click.option(
    "--date",
    "day",
    type=DateParam(),
    help="The day of the meeting. Default: the next review of the plan, else today.",
)
@click.option("--print", "shows", is_flag=True, help="Show the draft, but do not write a file.")
@site_options
def command(context: CommandContext, plan: str, day: date | None, shows: bool) -> int:
    """Draft a plan's next review, to send before the meeting.

    The file has everything that is known beforehand: decisions to confirm, open actions with a line for each update,
    what was closed, checks and measures. After the meeting it becomes the minutes.
    """
    site = load_site(context.root)
    today = context.today(site.settings)
    try:
        reviewed_plan = look_up(lambda name: look_up_plan(site, name), plan)
        if day:
            ensure_review_in_plan(reviewed_plan, day)
        day = day or next_review_date(reviewed_plan) or today
        path = document_path("review", find_plan_folder(context.root, reviewed_plan), day.isoformat())
        if not shows and find_existing(context.root / path):
            raise AlreadyExistsError([path])
        history = _load_history(context.root, site.settings)
        agenda = build_agenda(site, reviewed_plan, day, today, lambda action: history.changes_of_file(action.path))
        text = format_draft(agenda, _read_decisions(context.root, agenda.last_review))
        if not shows:
            write_new_files(context.root, {path: text})
    except (FieldValueError, AlreadyExistsError) as error:
        raise click.UsageError(str(error)) from error
    if shows:
        click.echo(encode(text), nl=False)
    else:
        print_path(context.root / path)
    _print_notes(context, site, agenda, today)
    return ExitCode.SUCCESS


def _load_history(root: Path, settings: Settings) -> SiteHistory:
    """The site's history, cached in the folder of earlier builds where there is one."""
    return load_history(root, settings, open_cache(root).history if (root / CACHE_FOLDER).is_dir() else None)


def _read_decisions(root: Path, last: Review | None) -> tuple[str, ...]:
    if last is None:
        return ()
    text = read_inside(root, last.path, MAX_FILE_SIZE).decode("utf-8-sig")
    return extract_decisions(last, text)


def _print_notes(context: CommandContext, site: Site, agenda: Agenda, today: date) -> None:
    """Print what the sender should know and the draft does not say."""
    if agenda.day < today:
        context.print_message(
            f"{format_long_date(agenda.day)} has passed. If you meet on another day, give it with --date."
        )
    if any(file.kind == "review" and file.plan == agenda.plan.slug for file in site.unreadable):
        context.print_message("A review of this plan could not be read, so it is not used; run “plansite check”.")
    audience = find_narrowest_audience(agenda)
    if audience:
        context.print_message(
            f"It names something that not all readers of the plan may see, so it has “audience: {audience}”."
        )
    context.print_message("Read it through before you send it.")
    address = plan_address(agenda.plan.slug, "review-pack")
    base = site.settings.base_url
    where = f"{base.rstrip('/')}/{address}" if base else f"{address} on the site"
    context.print_message(f"The review pack, for paper, is {where}.")
