"""`plansite review`: the draft of a plan's next review, to be sent before the meeting."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from plansite.cache.layout import CACHE_FOLDER
from plansite.cache.site_cache import open_cache
from plansite.cli.context import CommandContext, DateParam, site_options
from plansite.cli.exit_codes import ExitCode
from plansite.content.layout import document_path
from plansite.content.site_content import load_site
from plansite.history.loader import load_history
from plansite.history.site_history import SiteHistory
from plansite.lookup import UnknownNameError, look_up_plan
from plansite.model.formatting import format_long_date
from plansite.model.plan import Plan, Review
from plansite.model.review_dates import next_review_date
from plansite.model.settings import Settings
from plansite.model.site import Site
from plansite.review_draft.agenda import Agenda, build_agenda
from plansite.review_draft.decisions import extract_decisions
from plansite.review_draft.distribution import find_narrowest_audience
from plansite.review_draft.draft import format_draft
from plansite.scaffold.atomic_files import AlreadyExistsError, find_existing, write_new_files
from plansite.scaffold.new_document import find_plan_folder


@click.command("review")
@click.argument("plan")
@click.option("--date", "day", type=DateParam(), help="The day of the meeting. Left out, the plan says when it is.")
@click.option("--print", "shows", is_flag=True, help="Show the draft and write no file.")
@site_options
def command(context: CommandContext, plan: str, day: date | None, shows: bool) -> int:
    """Draft a plan's next review, to send before the meeting.

    The file has everything that is known beforehand: decisions to confirm, open actions with a line for each update,
    what was closed, checks and measures. After the meeting it becomes the minutes.
    """
    site = load_site(context.root)
    today = context.today(site.settings)
    try:
        found = look_up_plan(site, plan)
        day = day or next_review_date(found) or today
        path = document_path("review", find_plan_folder(context.root, found), day.isoformat())
        if not shows and find_existing(context.root / path):
            raise AlreadyExistsError([path])
        past = _load_history(context.root, site.settings)
        gathered = build_agenda(site, found, day, today, lambda action: past.changes_of_file(action.path))
        text = format_draft(gathered, _read_decisions(context.root, gathered.last_review))
        if not shows:
            write_new_files(context.root, {path: text})
    except (UnknownNameError, AlreadyExistsError) as error:
        raise click.UsageError(str(error)) from error
    if shows:
        click.echo(text.encode(), nl=False)
    else:
        target, here = context.root / path, Path.cwd()
        click.echo(target.relative_to(here) if target.is_relative_to(here) else target)
    _print_notes(context, site, gathered, today)
    return ExitCode.SUCCESS


def _load_history(root: Path, settings: Settings) -> SiteHistory:
    """The site's history, kept where builds keep it if they have been here."""
    return load_history(root, settings, open_cache(root).history if (root / CACHE_FOLDER).is_dir() else None)


def _read_decisions(root: Path, last: Review | None) -> tuple[str, ...]:
    if last is None:
        return ()
    text = (root / last.path).read_text("utf-8-sig")
    return extract_decisions(last, text)


def _print_notes(context: CommandContext, site: Site, meeting_agenda: Agenda, today: date) -> None:
    """Say what the person who sends it should know and the file does not say."""
    if meeting_agenda.day < today:
        context.print_message(
            f"{format_long_date(meeting_agenda.day)} has passed. If you meet on another day, give it with --date."
        )
    if any(_is_unreadable_review(each.kind, each.plan, meeting_agenda.plan) for each in site.unreadable):
        context.print_message(
            "A review of this plan could not be read, so nothing is taken from it; run “plansite check”."
        )
    private = find_narrowest_audience(meeting_agenda)
    if private:
        context.print_message(
            f"It names something that not all readers of the plan may see, so it has “audience: {private}”."
        )
    context.print_message("Read it through before you send it.")


def _is_unreadable_review(kind: str, slug: str, plan: Plan) -> bool:
    return kind == "review" and slug == plan.slug
