"""`plansite changes`: what changed in the plans since a day, a revision or the last review."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from datetime import date

import click

from plansite.cache.site_cache import open_cache, prune_store
from plansite.cli.context import CommandContext
from plansite.cli.exit_codes import ExitCode, print_message
from plansite.cli.questions import look_up
from plansite.cli.site_options import site_options
from plansite.content.text import encode
from plansite.exports.change_markdown import format_markdown_sentence, format_report_markdown
from plansite.exports.change_periods import Period, PlanPeriods, build_period_since_day
from plansite.exports.change_report import (
    PlanReport,
    build_change_report,
    explain_no_changes,
    filter_changes,
    format_report_text,
)
from plansite.exports.data_formats import format_changes_json
from plansite.exports.terminal_text import wrap_text
from plansite.history.change import Change, sort_within_commits
from plansite.history.loader import load_history
from plansite.history.revisions import (
    UnknownRevisionError,
    find_changes_since_revision,
    has_uncommitted_changes,
    list_sources_elsewhere,
)
from plansite.history.site_history import SiteHistory
from plansite.lookup import look_up_plan
from plansite.model.dates import parse_iso_date
from plansite.model.documents.plan import Plan
from plansite.model.site import Site
from plansite.model.status import Audience
from plansite.pipeline.site_build import SiteBuild
from plansite.site.changes.dated_notes import describe_origin, list_changes_in_files, tell_from_files

_LAST_REVIEW = "last-review"


@click.command("changes")
@click.option(
    "--since",
    metavar="WHEN",
    default=_LAST_REVIEW,
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
@site_options
def command(context: CommandContext, since: str, plan: str | None, form: str) -> int:
    """Show what changed in the plans, from git: plan by plan, action by action, with who and when.

    With last-review, each plan is listed from the day of its own last review, or for the last 7 days if it has none.
    With a branch, tag or commit, everything that is not in it is listed: on the branch of a pull request, “--since
    origin/main” gives just what that branch changes.

    Uncommitted changes are not included. Without git, or if all commits are later than today, the list has what the
    files record themselves: dated progress, moved due dates, and the days of agreement. Ends with 1 if git cannot
    read the history.
    """
    cache = open_cache(context.root)
    build = SiteBuild.load(context.root, context, Audience.INTERNAL, cache)
    build.save(build.cached_checks)
    prune_store(cache.store, "plans", build.cache_keys())
    dated_site = build.summaries()
    site, today = dated_site.site, dated_site.today
    only_plan = _find_plan(site, plan)
    history = load_history(context.root, site.settings, cache.history)
    periods = _periods(since, site, only_plan, today)
    from_files = bool(periods.first_day) and tell_from_files(history.hidden, history.find_first_day(), today)
    hidden_reason = "" if from_files else history.hidden or _hidden_reason(history, only_plan)
    if hidden_reason:
        print_message(hidden_reason)
        return ExitCode.FINDINGS
    changes = _changes_in_files(site, today) if from_files else _changes(context, site, history, since, periods)
    if periods.first_day and context.pinned(site.settings):
        changes = tuple(change for change in changes if change.when <= today)
    changes = filter_changes(changes, periods, only_plan.slug if only_plan else None)
    _print_changes(changes, site, periods, only_plan, form)
    if from_files:
        print_message(history.hidden or describe_origin(from_files=True, today=today, has_git=True))
    _print_notes(context, site, history, periods)
    return ExitCode.SUCCESS


def _find_plan(site: Site, name: str | None) -> Plan | None:
    return look_up(lambda text: look_up_plan(site, text), name) if name is not None else None


def _hidden_reason(history: SiteHistory, plan: Plan | None) -> str:
    """Why a plan has no history, where git knows none of its files for the same reason; else empty."""
    actions = plan.actions if plan else ()
    reasons = {history.why_hidden(action.path) for action in actions}
    return reasons.pop() if len(reasons) == 1 else ""


def _periods(since: str, site: Site, plan: Plan | None, today: date) -> PlanPeriods:
    day = parse_iso_date(since)
    if since == _LAST_REVIEW:
        return PlanPeriods.since_last_reviews({plan.slug: plan} if plan else site.plans_by_slug, today)
    return PlanPeriods.uniform(build_period_since_day(day) if day else Period(None, f"since “{since}”"))


def _changes(
    context: CommandContext, site: Site, history: SiteHistory, since: str, periods: PlanPeriods
) -> tuple[Change, ...]:
    """All changes since the earliest period or the revision, newest first. Raises click.UsageError."""
    if periods.first_day:
        return history.changes_since(periods.first_day)
    try:
        return find_changes_since_revision(context.root, site.settings, history, since)
    except UnknownRevisionError as error:
        raise click.UsageError(str(error)) from error


def _changes_in_files(site: Site, today: date) -> tuple[Change, ...]:
    """What the files themselves record, newest first."""
    by_path = [list_changes_in_files(plan, today) for plan in site.plans]
    changes = [change for files in by_path for of_file in files.values() for change in of_file]
    return tuple(sorted(changes, key=lambda change: change.when, reverse=True))


def _print_changes(
    changes: Sequence[Change], site: Site, periods: PlanPeriods, plan: Plan | None, output_format: str
) -> None:
    if output_format == "json":
        # Bytes, so that encoding and line ends are the same on every system.
        actions = {action.path: action for action in site.actions}
        click.echo(encode(format_changes_json(sort_within_commits(changes, actions))), nl=False)
        return
    report = build_change_report(changes, site.plans_by_slug, periods)
    no_changes = explain_no_changes(periods, plan)
    if output_format == "markdown":
        markdown = format_report_markdown(report) if report else format_markdown_sentence(no_changes)
        click.echo(encode(markdown), nl=False)
        return
    click.echo("\n".join(_text_lines(report, no_changes)))


def _text_lines(plan_changes: Sequence[PlanReport], no_changes: str) -> list[str]:
    width = max(24, shutil.get_terminal_size((100, 24)).columns)
    return list(format_report_text(plan_changes, width)) if plan_changes else wrap_text(no_changes, width)


def _print_notes(context: CommandContext, site: Site, history: SiteHistory, periods: PlanPeriods) -> None:
    """Print what the changes do not cover: sources without history or elsewhere, and uncommitted changes."""
    for folder, reason in history.omitted_sources:
        context.print_message(f"{folder}: {reason}")
    for folder in () if periods.first_day else list_sources_elsewhere(context.root, site.settings):
        context.print_message(
            f"{folder}: these files are in another repository, which has no such branch, tag or commit. "
            "Give a day after --since to see what changed in them."
        )
    if has_uncommitted_changes(context.root, site.settings):
        context.print_message("There are uncommitted changes. They are not included.")
