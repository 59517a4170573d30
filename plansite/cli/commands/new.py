"""`plansite new`: write a new plan, action, goal, review or other file, from options and prompts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

import click

from plansite.cli.actions_from_ratings import RATING_OPTIONS, create_actions_from_ratings
from plansite.cli.context import CommandContext
from plansite.cli.exit_codes import ExitCode
from plansite.cli.field_input import PARTY_FOLDERS
from plansite.cli.file_creator import (
    CREATED_CLASSES,
    KINDS_OUTSIDE_PLANS,
    TITLE_FIELDS,
    FileCreator,
    print_created,
)
from plansite.cli.questions import can_ask, look_up
from plansite.cli.site_options import site_options
from plansite.content.site_content import load_site
from plansite.lookup import CorrectableError
from plansite.model.fields import ChoiceOf, Date, ListOf, NamedField
from plansite.scaffold.atomic_files import AlreadyExistsError, write_new_files
from plansite.scaffold.field_values import list_prompted_fields
from plansite.scaffold.new_document import TemplateError
from plansite.scaffold.plan_templates import SITE_TEMPLATES, format_template_list, load_plan_template

F = TypeVar("F", bound=Callable[..., int])

_PARTY_FIELDS = {"owner": ("owner", "supporters"), "agency": ("agency", "agencies")}
_INPUT_ERRORS = (CorrectableError, AlreadyExistsError, TemplateError)


@click.group("new")
def command() -> None:
    """Start a new file, ready to be filled in.

    On a terminal it asks for what you did not give. The path of the file is printed at the end. A site may have
    templates of its own in content/templates, such as action.md.
    """


def _add_command(kind: str) -> None:
    """Add the command for one kind of file, with an option for each of its fields."""

    def run(
        context: CommandContext,
        title: str | None,
        plan: str | None = None,
        template: str | None = None,
        make_owner: bool = False,
        make_agency: bool = False,
        reference: str | None = None,
        standard: str | None = None,
        action: str | None = None,
        every: bool = False,
        **given: str | Sequence[str] | None,
    ) -> int:
        if template == "":
            return _print_templates(context)
        makes = frozenset(party for party, is_made in (("owner", make_owner), ("agency", make_agency)) if is_made)
        creator = FileCreator(context, load_site(context.root), kind, can_ask(), makes)
        try:
            if reference is not None:
                return create_actions_from_ratings(creator, reference, standard, title, plan, given, every=every)
            if standard is not None or every:
                raise click.UsageError("--standard and --all go with --from")
            if template:
                return creator.create_plan_from_template(template, title, given)
            if kind == "request":
                return creator.add_request(title, plan, action, given)
            if kind == "goal":
                return creator.add_goal(title, plan, given)
            return creator.create_document(title, plan, given)
        except _INPUT_ERRORS as error:
            raise click.UsageError(str(error)) from error

    run.__doc__ = f"Start {'an' if kind[0] in 'aio' else 'a'} {kind}."
    run = _add_options(site_options(run), kind)
    command.add_command(click.command(kind)(click.argument("title", required=False)(run)))


def _add_options(run: F, kind: str) -> F:
    """The function of a command with the options for one kind of file."""
    fields = [each for each in list_prompted_fields(CREATED_CLASSES[kind]) if each.name != TITLE_FIELDS.get(kind)]
    for party, folder in PARTY_FOLDERS.items():
        if any(field.name in _PARTY_FIELDS[party] for field in fields):
            help_text = f"Make a file in {folder} for each {party} that has none."
            run = click.option(f"--make-{party}", is_flag=True, help=help_text)(run)
    for field in reversed(fields):
        run = _field_option(field)(run)
    if kind == "plan":
        help_text = "A plan template to start from, such as incident/fall. Without a name, lists them."
        run = click.option("--template", metavar="NAME", is_flag=False, flag_value="", help=help_text)(run)
    if kind == "action":
        for option in reversed(RATING_OPTIONS):
            run = option(run)
    if kind == "request":
        help_text = "The action it is about: its number, the name of its file, or its title."
        run = click.option("--action", metavar="ACTION", help=help_text)(run)
    if kind not in KINDS_OUTSIDE_PLANS:
        run = click.option("--plan", metavar="PLAN", help="The plan it belongs to, by folder name or title.")(run)
    return run


def _field_option(named_field: NamedField) -> Callable[[F], F]:
    field, kind = named_field.field, named_field.field.kind
    is_list = isinstance(kind, ListOf)
    help_text = f"{field.help}{' May be given several times.' if is_list else ''}"
    return click.option(
        f"--{named_field.name.replace('_', '-')}",
        named_field.name,
        multiple=is_list,
        metavar="|".join(kind.of) if isinstance(kind, ChoiceOf) else "DATE" if isinstance(kind, Date) else "TEXT",
        help=f"{help_text} For example: {field.example.strip('[]')}",
    )


def _print_templates(context: CommandContext) -> int:
    click.echo(format_template_list(context.root))
    return ExitCode.SUCCESS


for _kind in CREATED_CLASSES:
    _add_command(_kind)


@command.command("template")
@click.argument("name", required=False)
@site_options
def copy_template(context: CommandContext, name: str | None) -> int:
    """Copy a plan template into the site, to change it.

    NAME is one that comes with plansite. Without a name, they are listed. From then on “plansite new plan --template
    NAME” uses the copy.
    """
    if name is None:
        return _print_templates(context)
    try:
        plan_template = look_up(lambda text: load_plan_template(context.root, text), name)
        if plan_template.location != plan_template.name:
            raise AlreadyExistsError([plan_template.location])
        write_new_files(context.root, plan_template.copied_files)
    except _INPUT_ERRORS as error:
        raise click.UsageError(str(error)) from error
    return print_created(context, f"{SITE_TEMPLATES}/{plan_template.name}/plan.md", "Change these files as you like.")
