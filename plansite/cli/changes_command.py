"""`plansite changes`: what changed in the plans since a day, a revision or the last review."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from datetime import date

import click

from plansite.cli.ending import say
from plansite.cli.manners import Exit, Manner, with_site
from plansite.history.change import Change
from plansite.history.history import History
from plansite.history.read import history_of
from plansite.history.since import UnknownRevisionError, since_revision
from plansite.history.uncommitted import has_uncommitted
from plansite.listing.change_records import json_text
from plansite.listing.changes import PlanNews, chosen, news, nothing, text
from plansite.listing.changes_markdown import markdown, sentence
from plansite.listing.known import UnknownNameError, plan_named
from plansite.listing.periods import Period, Periods, since_day
from plansite.listing.wrapping import wrapped
from plansite.model.dates import iso_date
from plansite.model.plan import Plan
from plansite.model.site import Site
from plansite.model.status import Audience
from plansite.pipeline.beside import store_of, tidy
from plansite.pipeline.way import Way

_REVIEW = "last-review"


@click.command("changes")
@click.option(
    "--since",
    metavar="WHEN",
    default=_REVIEW,
    show_default=True,
    help="A day as 2025-01-20, a branch, tag or commit, or last-review.",
)
@click.option("--plan", metavar="PLAN", help="Only this plan, by its folder's name or its title.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "markdown", "json"]),
    default="text",
    show_default=True,
    help="To read here, for minutes and pull requests, or for a program.",
)
@with_site
def command(manner: Manner, since: str, plan: str | None, form: str) -> int:
    """Tell what changed in the plans, as git knows it: plan by plan, action by action, with who and when.

    With last-review each plan is told from the day of its own last review on, or for the last 7 days where it has
    none. With a branch, tag or commit, all is told that is not in it: on the branch of a pull request, “--since
    origin/main” gives just what that branch changes.

    What is not committed yet is left out. Ends with 1 where git cannot tell the history.
    """
    store = store_of(manner.root)
    way = Way.into(manner.root, manner, Audience.INTERNAL, store)
    way.keep()
    tidy(way.store, "plans", way.names())
    outlook = way.lean()
    site, today = outlook.site, outlook.today
    only = _plan(site, plan)
    history = history_of(manner.root, site.settings, store.history)
    hidden = history.hidden or _why_hidden(history, only)
    if hidden:
        say(hidden)
        return Exit.FINDINGS
    periods = _periods(since, site, only, today)
    changes = _changes(manner, site, history, since, periods)
    if periods.first and manner.pinned(site.settings):
        changes = tuple(change for change in changes if change.when <= today)
    found = chosen(changes, periods, only.slug if only else None)
    _show(found, site, periods, only, form)
    _remark(manner, site, history)
    return Exit.DONE


def _plan(site: Site, name: str | None) -> Plan | None:
    try:
        return plan_named(site, name) if name is not None else None
    except UnknownNameError as error:
        raise click.UsageError(str(error)) from error


def _why_hidden(history: History, plan: Plan | None) -> str:
    """Why nothing of one plan can be told: all its files lie where git tells no history."""
    actions = plan.actions if plan else ()
    reasons = {history.why_hidden(action.path) for action in actions}
    return reasons.pop() if len(reasons) == 1 else ""


def _periods(since: str, site: Site, only: Plan | None, today: date) -> Periods:
    day = iso_date(since)
    if since == _REVIEW:
        return Periods.reviews({only.slug: only} if only else site.plans_by_slug, today)
    return Periods.same(since_day(day) if day else Period(None, f"since “{since}”"))


def _changes(manner: Manner, site: Site, history: History, since: str, periods: Periods) -> tuple[Change, ...]:
    """All changes that may count, newest first. Raises click.UsageError."""
    if periods.first:
        return history.since(periods.first)
    try:
        return since_revision(manner.root, site.settings, history, since)
    except UnknownRevisionError as error:
        raise click.UsageError(str(error)) from error


def _show(found: Sequence[Change], site: Site, periods: Periods, only: Plan | None, form: str) -> None:
    if form == "json":
        click.echo(json_text(found).encode(), nl=False)  # bytes, so that encoding and line ends are the same everywhere
        return
    told = news(found, site.plans_by_slug, periods)
    silence = nothing(periods, only)
    if form == "markdown":
        click.echo((markdown(told) if told else sentence(silence)).encode(), nl=False)
        return
    click.echo("\n".join(_lines(told, silence)))


def _lines(told: Sequence[PlanNews], silence: str) -> list[str]:
    width = max(24, shutil.get_terminal_size((100, 24)).columns)
    return list(text(told, width)) if told else wrapped(silence, width)


def _remark(manner: Manner, site: Site, history: History) -> None:
    """What the answer has no part of."""
    for folder, why in history.left_out:
        manner.say(f"{folder}: {why}")
    if has_uncommitted(manner.root, site.settings):
        manner.say("There are changes that are not committed yet. They are not part of this.")
