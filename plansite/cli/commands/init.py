"""`plansite init`: start a new site."""

from __future__ import annotations

import shlex
import zoneinfo
from datetime import date, datetime
from pathlib import Path

import click

from plansite.cli.exit_codes import print_message
from plansite.cli.questions import ask, can_ask
from plansite.cli.site_options import DateParam
from plansite.model.settings import Settings
from plansite.model.status import PlanKind
from plansite.scaffold.atomic_files import AlreadyExistsError, ensure_new
from plansite.scaffold.field_values import FieldValueError
from plansite.scaffold.install_source import find_install_source, parse_install_source
from plansite.scaffold.new_site import (
    DEFAULT_AGENCY,
    DEFAULT_OWNER,
    DEFAULT_TITLE,
    NewSite,
    build_new_site,
    normalise_owner,
    normalise_site_name,
    write_site,
)


@click.command("init")
@click.argument("folder", metavar="[DIR]", default=".", type=click.Path(path_type=Path, file_okay=False))
@click.option("--agency", metavar="NAME", help="Your service or organisation. Default: Our organisation.")
@click.option("--plan", metavar="TITLE", help="The title of your first plan. Default: the example plan only.")
@click.option("--owner", metavar="NAME", help="The role or person that owns it. Default: Manager.")
@click.option("--title", help="The site's name. Default: the name of your organisation and “action plans”.")
@click.option(
    "--kind",
    type=click.Choice([str(kind) for kind in PlanKind]),
    default=str(PlanKind.IMPROVEMENT),
    show_default=True,
    help="What sort of plan it is.",
)
@click.option("--today", type=DateParam(), help="The day from which dates count, as 2025-01-20. Default: today.")
@click.option(
    "--install-from",
    "source",
    metavar="SOURCE",
    help="Where the site installs plansite from: a version, an address for pip, or a .whl file. "
    "Default: where this plansite came from.",
)
@click.option("-y", "--yes", is_flag=True, help="Ask nothing, and use the defaults.")
@click.option("-q", "--quiet", is_flag=True, help="Print nothing if all goes well.")
def command(
    folder: Path,
    agency: str | None,
    plan: str | None,
    owner: str | None,
    title: str | None,
    kind: str,
    today: date | None,
    source: str | None,
    yes: bool,
    quiet: bool,
) -> None:
    """Start a new site in DIR, or in this folder.

    At a terminal it asks three questions: who you are, what your first plan is called, and who owns it. It writes
    settings, an example plan, your own plan if you name one, and files for Netlify and GitHub. If
    one of these files is there already, nothing is written.
    """
    today = today or datetime.now(zoneinfo.ZoneInfo(Settings().timezone)).date()
    try:
        install_source = parse_install_source(source) if source is not None else find_install_source()
        ensure_new(folder, build_new_site(NewSite(kind=PlanKind(kind), today=today), install_source.requirement))
        answers = _complete(agency, plan, owner, may_ask=can_ask() and not yes)
        new_site = NewSite(
            title=_choose_title(title, answers[0]),
            kind=PlanKind(kind),
            agency=answers[0],
            plan=answers[1],
            owner=answers[2],
            today=today,
        )
        write_site(folder, new_site, install_source)
    except (FieldValueError, AlreadyExistsError) as error:
        raise click.UsageError(f"{folder}: {error}") from error
    if not quiet:
        _print_next_steps(folder, new_site)
        print_message(f"Your host will install plansite {install_source.how}: see requirements.txt.")
        if install_source.left_to_do:
            print_message(install_source.left_to_do)


def _complete(agency: str | None, plan: str | None, owner: str | None, *, may_ask: bool) -> tuple[str, str, str]:
    """The agency, the title of the first plan, and its owner: as given, as answered, or the defaults.

    Raises FieldValueError, and click.Abort where somebody stops.
    """
    given = {"agency": agency, "plan": plan, "owner": owner}
    questions = {
        "agency": ("What is your service or organisation called?", DEFAULT_AGENCY),
        "plan": ("What is your first plan called? Press Enter for an example only", ""),
        "owner": ("Who owns it? One role or person", DEFAULT_OWNER),
    }
    values = {}
    if may_ask and None in given.values():
        print_message("Press Enter for what is in brackets, or Ctrl-C to stop.")
    for name, (question, default) in questions.items():
        text = given[name]
        parse = normalise_owner if name == "owner" else normalise_site_name
        if text is None and may_ask:
            values[name] = ask(question, parse, default, shows_default=bool(default))
        else:
            values[name] = parse(text if text is not None else default) or default
    return values["agency"] or DEFAULT_AGENCY, values["plan"], values["owner"] or DEFAULT_OWNER


def _choose_title(given: str | None, agency: str) -> str:
    """The site's name: the given one, else one with the name of the agency, unless that is the default."""
    if given is not None:
        return normalise_site_name(given) or DEFAULT_TITLE
    return DEFAULT_TITLE if agency == DEFAULT_AGENCY else f"{agency}: action plans"


def _print_next_steps(folder: Path, new_site: NewSite) -> None:
    """Print what to type next, relative to the current folder."""
    site = "" if folder.resolve() == Path.cwd().resolve() else f" --site {shlex.quote(str(folder))}"
    example = folder / "content/plans/first-plan"
    if new_site.plan_folder:
        second = f"Fill in your plan: {folder / new_site.plan_folder / 'plan.md'}. The example beside it is {example}."
    else:
        second = f"Change the example in {example}, or add your own with “plansite new plan{site}”."
    click.echo(f"1. Look at it: plansite serve{site}\n2. {second}\n3. See what is missing: plansite check{site}")
