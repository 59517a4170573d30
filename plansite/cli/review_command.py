"""`plansite review`: the draft of a plan's next review, to be sent before the meeting."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from plansite.cli.manners import Day, Exit, Manner, with_site
from plansite.content.site import load
from plansite.history.history import History
from plansite.history.read import history_of
from plansite.listing.known import UnknownNameError, plan_named
from plansite.minutes.agenda import Agenda, agenda
from plansite.minutes.audience import narrowest
from plansite.minutes.decisions import decisions_of
from plansite.minutes.draft import draft
from plansite.model.course import next_review
from plansite.model.plan import Plan, Review
from plansite.model.site import Settings, Site
from plansite.model.words import long_date
from plansite.pipeline.beside import store_of
from plansite.places import path_of
from plansite.publish.store import FOLDER
from plansite.scaffold.create import folder_of
from plansite.scaffold.writing import ExistsError, twin, write_new


@click.command("review")
@click.argument("plan")
@click.option("--date", "day", type=Day(), help="The day of the meeting. Left out, the plan says when it is.")
@click.option("--print", "shows", is_flag=True, help="Show the draft and write no file.")
@with_site
def command(manner: Manner, plan: str, day: date | None, shows: bool) -> int:
    """Draft a plan's next review, to send before the meeting.

    The file has everything that is known beforehand: decisions to confirm, open actions with a line for each update,
    what was closed, checks and measures. After the meeting it becomes the minutes.
    """
    site = load(manner.root)
    today = manner.today(site.settings)
    try:
        found = plan_named(site, plan)
        day = day or next_review(found) or today
        path = path_of("review", folder_of(manner.root, found), day.isoformat())
        if not shows and twin(manner.root / path):
            raise ExistsError([path])
        past = _history(manner.root, site.settings)
        gathered = agenda(site, found, day, today, lambda action: past.of_file(action.path))
        text = draft(gathered, _decisions(manner.root, gathered.last))
        if not shows:
            write_new(manner.root, {path: text})
    except (UnknownNameError, ExistsError) as error:
        raise click.UsageError(str(error)) from error
    if shows:
        click.echo(text.encode(), nl=False)
    else:
        target, here = manner.root / path, Path.cwd()
        click.echo(target.relative_to(here) if target.is_relative_to(here) else target)
    _remark(manner, site, gathered, today)
    return Exit.DONE


def _history(root: Path, settings: Settings) -> History:
    """The site's history, kept where builds keep it if they have been here."""
    return history_of(root, settings, store_of(root).history if (root / FOLDER).is_dir() else None)


def _decisions(root: Path, last: Review | None) -> tuple[str, ...]:
    if last is None:
        return ()
    text = (root / last.path).read_text("utf-8-sig")
    return decisions_of(last, text)


def _remark(manner: Manner, site: Site, gathered: Agenda, today: date) -> None:
    """Say what the person who sends it should know and the file does not say."""
    if gathered.day < today:
        manner.say(f"{long_date(gathered.day)} has passed. If you meet on another day, give it with --date.")
    if any(_is_lost(each.kind, each.plan, gathered.plan) for each in site.unread):
        manner.say("A review of this plan could not be read, so nothing is taken from it; run “plansite check”.")
    private = narrowest(gathered)
    if private:
        manner.say(f"It names something that not all readers of the plan may see, so it has “audience: {private}”.")
    manner.say("Read it through before you send it.")


def _is_lost(kind: str, slug: str, plan: Plan) -> bool:
    return kind == "review" and slug == plan.slug
