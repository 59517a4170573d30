"""`plansite new action --from`: actions that answer the ratings of a self-assessment."""

from __future__ import annotations

from dataclasses import replace

import click

from plansite.cli.exit_codes import ExitCode
from plansite.cli.field_input import OptionValues
from plansite.cli.file_creator import FileCreator
from plansite.cli.questions import ask, look_up
from plansite.content.site_content import load_site
from plansite.lookup import look_up_plan
from plansite.scaffold.action_from_rating import RatingSource, find_rating_source, split_reference

RATING_OPTIONS = (
    click.option(
        "--from",
        "reference",
        metavar="PLAN/assessments/DATE",
        help="The self-assessment of which it answers a rating. For example: inspection/assessments/2025-01-16",
    ),
    click.option(
        "--standard",
        metavar="STANDARD",
        help="With --from: the standard that is rated. Without it, lists the low ratings that no action answers.",
    ),
    click.option("--all", "every", is_flag=True, help="With --from: one action for each of these."),
)


def create_actions_from_ratings(
    creator: FileCreator,
    reference: str,
    standard: str | None,
    title: str | None,
    plan: str | None,
    given: OptionValues,
    *,
    every: bool,
) -> int:
    """Write an action that answers the rating of a standard, or one for each low rating that has none.

    Without either, the low ratings without an action are listed, or asked about at a terminal.
    """
    plan_name, name, named_standard = split_reference(reference)
    assessed = look_up(lambda text: look_up_plan(creator.site, text), plan_name)
    source = look_up(lambda text: find_rating_source(creator.site, assessed, text), name)
    standard = standard or named_standard
    if every and not standard:
        return _create_all(creator, source, plan or assessed.slug, given)
    if not standard:
        standard = _choose_standard(creator, source)
    rated = look_up(lambda text: source.find(creator.site, text), standard)
    return replace(creator, rating=(source, rated)).create_document(title, plan or assessed.slug, given)


def _choose_standard(creator: FileCreator, source: RatingSource) -> str:
    """The standard that the user chooses among the low ratings without an action. Raises click.UsageError."""
    if not source.gaps:
        raise click.UsageError("an action answers each low rating of this self-assessment; name one with --standard")
    lines = [f"  {each.standard.id}: {each.standard.label}, {each.rating.rating}" for each in source.gaps]
    listed = "\n".join(("These low ratings have no action:", *lines))
    if not creator.may_ask:
        raise click.UsageError(f"{listed}\nName one with --standard, or all with --all.")
    creator.context.print_message(listed)
    return ask("Standard", lambda text: source.find(creator.site, text).standard.id)


def _create_all(creator: FileCreator, source: RatingSource, plan: str, given: OptionValues) -> int:
    """Write an action for each low rating without one; the site is read again each time, as numbers go up."""
    for rated in source.gaps:
        current = replace(creator, site=load_site(creator.context.root), may_ask=False, rating=(source, rated))
        code = current.create_document(None, plan, given)
        if code != ExitCode.SUCCESS:
            return code
    if not source.gaps:
        creator.context.print_message("An action answers each low rating of this self-assessment.")
    return ExitCode.SUCCESS
