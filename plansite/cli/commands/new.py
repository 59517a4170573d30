"""`plansite new`: write a new plan, action, goal, review or other file, from options and prompts."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

import click

from plansite.cli.context import CommandContext, print_path, site_options
from plansite.cli.exit_codes import ExitCode
from plansite.content.documents import DOCUMENT_TYPES
from plansite.content.files import MAX_FILE_SIZE
from plansite.content.site_content import load_site
from plansite.file_access import read_plain_file
from plansite.lookup import UnknownNameError, look_up_plan
from plansite.model.fields import ChoiceOf, Date, ListOf, NamedField
from plansite.model.plan import Goal, Plan
from plansite.model.site import Site
from plansite.scaffold.atomic_files import AlreadyExistsError, replace_file, write_new_files
from plansite.scaffold.field_values import (
    FieldValue,
    FieldValueError,
    list_prompted_fields,
    normalise_line,
    parse_field_value,
)
from plansite.scaffold.new_document import (
    NewDocument,
    TemplateError,
    build_known_values,
    build_new_files,
    find_review_day,
    load_template,
)
from plansite.scaffold.new_goal import CannotExtendError, add_goal, build_goal
from plansite.scaffold.new_plan import build_plan_files
from plansite.scaffold.plan_templates import (
    SITE_TEMPLATES,
    UnknownTemplateError,
    format_template_list,
    load_plan_template,
)

OptionValues = Mapping[str, str | Sequence[str] | None]
F = TypeVar("F", bound=Callable[..., int])
T = TypeVar("T")

_CLASSES: dict[str, type] = {**DOCUMENT_TYPES, "goal": Goal}
_OUTSIDE_PLANS = ("plan", "owner", "agency")
_PEOPLE_FOLDERS = ("content/owners/", "content/agencies/")
_INPUT_ERRORS = (FieldValueError, UnknownNameError, AlreadyExistsError, TemplateError, UnknownTemplateError)


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
        **given: str | Sequence[str] | None,
    ) -> int:
        if template == "":
            return _print_templates(context)
        creator = _FileCreator(context, load_site(context.root), kind, sys.stdin.isatty())
        try:
            if template:
                return creator.create_plan_from_template(template, title, given)
            if kind == "goal":
                return creator.add_goal(title, plan, given)
            return creator.create_document(title, plan, given)
        except _INPUT_ERRORS as error:
            raise click.UsageError(str(error)) from error

    run.__doc__ = f"Start {'an' if kind[0] in 'aio' else 'a'} {kind}."
    run = site_options(run)
    for field in reversed(list_prompted_fields(_CLASSES[kind])):
        run = _field_option(field)(run)
    if kind == "plan":
        help_text = "A plan template to begin with, such as incident/fall. Without a name, lists them."
        run = click.option("--template", metavar="NAME", is_flag=False, flag_value="", help=help_text)(run)
    if kind not in _OUTSIDE_PLANS:
        run = click.option("--plan", metavar="PLAN", help="The plan it belongs to, by folder name or title.")(run)
    command.add_command(click.command(kind)(click.argument("title", required=False)(run)))


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


@dataclass(frozen=True, slots=True)
class _FileCreator:
    """Creates files of one kind in a site. Missing values are asked for only where `is_interactive`."""

    context: CommandContext
    site: Site
    kind: str
    is_interactive: bool

    def create_document(self, title: str | None, plan: str | None, given: OptionValues) -> int:
        """Write a file from its template and print its path. Returns the exit code."""
        template = load_template(self.context.root, self.kind)
        title = self._resolve_title(title) if self.kind != "review" or title else ""
        target_plan = None if self.kind in _OUTSIDE_PLANS else self._resolve_plan(plan)
        today = self.context.today(self.site.settings)
        values = self._parse_options(given, target_plan)
        known_values = build_known_values(self.kind, self.site, target_plan, find_review_day(values, today))
        missing = [name for name in template.placeholder_names if name not in {*values, *known_values}]
        values |= self._prompt_for_fields(missing, target_plan)
        document = NewDocument(kind=self.kind, title=title, plan=target_plan, values=values, today=today)
        files = build_new_files(self.context.root, self.site, document, template)
        write_new_files(self.context.root, files)
        return _print_created(self.context, next(iter(files)), "Fill it in, and run “plansite check”.")

    def create_plan_from_template(self, template: str, title: str | None, given: OptionValues) -> int:
        """Write the files of a plan template and print the path of its `plan.md`. Returns the exit code."""
        plan_template = load_plan_template(self.context.root, template)
        title = self._resolve_title(title)
        values, today = self._parse_options(given, None), self.context.today(self.site.settings)
        document = NewDocument(kind="plan", title=title, values=values, today=today)
        files = build_plan_files(self.context.root, self.site, document, plan_template)
        write_new_files(self.context.root, files)
        for path in files:
            if path.startswith(_PEOPLE_FOLDERS):
                self.context.print_message(f"New as well, since your site had no such file: {path}")
        return _print_created(
            self.context, next(iter(files)), "Change what does not fit, the owners above all, and run “plansite check”."
        )

    def add_goal(self, title: str | None, plan: str | None, given: OptionValues) -> int:
        """Append a goal to a plan's goals and print the path of the plan's file. Returns the exit code."""
        title = self._resolve_title(title)
        target_plan = self._resolve_plan(plan)
        values = self._parse_options(given, target_plan)
        parts = [name.replace("-", "_") for name in Goal().missing_parts]
        values |= self._prompt_for_fields([name for name in parts if name not in values], target_plan)
        target = self.context.root / target_plan.path
        if target.name != "plan.md" or not target.is_file():
            raise click.UsageError(f"the plan “{target_plan.title}” has no plan.md; begin one with “plansite new plan”")
        try:
            goal = build_goal(target_plan, title, dict.fromkeys(parts, "") | values)
            replace_file(target, add_goal(read_plain_file(target, MAX_FILE_SIZE), goal))
        except CannotExtendError as error:
            click.echo(f"{target_plan.path}: {error}", err=True)
            return ExitCode.FINDINGS
        return _print_created(self.context, target_plan.path, "Name the goal in the actions that serve it.")

    def _resolve_title(self, given: str | None) -> str:
        if given is None and not self.is_interactive:
            raise click.UsageError(f"the title is missing; write it behind the kind: plansite new {self.kind} “…”")
        title = normalise_line(given) if given is not None else self._prompt("Title", normalise_line)
        if not title:
            raise click.UsageError("the title is blank; write it in one line")
        return title

    def _resolve_plan(self, given: str | None) -> Plan:
        plans = self.site.plans
        if given is not None:
            return look_up_plan(self.site, given)
        if len(plans) == 1:
            return plans[0]
        if not plans:
            raise click.UsageError("there is no plan yet; begin one with “plansite new plan”")
        slugs = ", ".join(plan.slug for plan in plans)
        if not self.is_interactive:
            raise click.UsageError(f"--plan is missing; the plans are {slugs}")
        return self._prompt(f"Plan ({slugs})", lambda text: look_up_plan(self.site, text))

    def _parse_options(self, given: OptionValues, plan: Plan | None) -> dict[str, FieldValue]:
        """The values of the options by field name, without those that are missing or empty."""
        values = {}
        for name, text in given.items():
            if text:
                try:
                    values[name] = parse_field_value(_CLASSES[self.kind], name, text, self.site, plan)
                except (FieldValueError, UnknownNameError) as error:
                    raise FieldValueError(f"--{name.replace('_', '-')}: {error}") from error
        return values

    def _prompt_for_fields(self, names: Iterable[str], plan: Plan | None) -> dict[str, FieldValue]:
        """The values typed on the terminal for these fields, without lists and without empty answers."""
        if not self.is_interactive:
            return {}
        fields = {
            named_field.name: named_field.field
            for named_field in list_prompted_fields(_CLASSES[self.kind])
            if not isinstance(named_field.field.kind, ListOf)
        }
        values: dict[str, FieldValue] = {}
        for name in names:
            if name in fields:
                label = name.replace("_", " ").capitalize()
                prompt = f"{label}: {fields[name].help} For example: {fields[name].example}"
                value = self._prompt(prompt, self._field_parser(name, plan), "")
                values |= {name: value} if value != "" else {}
        return values

    def _field_parser(self, name: str, plan: Plan | None) -> Callable[[str], FieldValue]:
        def parse(text: str) -> FieldValue:
            return parse_field_value(_CLASSES[self.kind], name, text, self.site, plan) if text.strip() else ""

        return parse

    def _prompt(self, prompt: str, parse: Callable[[str], T], default: str | None = None) -> T:
        """Ask on standard error until the answer can be parsed."""

        def parse_answer(text: str) -> T:
            try:
                return parse(text)
            except (FieldValueError, UnknownNameError) as error:
                raise click.UsageError(str(error)) from error

        answer: T = click.prompt(prompt, default=default, show_default=False, value_proc=parse_answer, err=True)
        return answer


def _print_created(context: CommandContext, path: str, advice: str) -> int:
    print_path(context.root / path)
    context.print_message(advice)
    return ExitCode.SUCCESS


def _print_templates(context: CommandContext) -> int:
    click.echo(format_template_list(context.root))
    return ExitCode.SUCCESS


for _kind in _CLASSES:
    _add_command(_kind)


@command.command("template")
@click.argument("name", required=False)
@site_options
def copy_template(context: CommandContext, name: str | None) -> int:
    """Copy a plan template into the site, to change it.

    NAME is one that plansite comes with. Left out, they are listed. From then on “plansite new plan --template NAME”
    takes the copy.
    """
    if name is None:
        return _print_templates(context)
    try:
        plan_template = load_plan_template(context.root, name)
        if plan_template.location != plan_template.name:
            raise AlreadyExistsError([plan_template.location])
        write_new_files(context.root, plan_template.copied_files)
    except _INPUT_ERRORS as error:
        raise click.UsageError(str(error)) from error
    return _print_created(context, f"{SITE_TEMPLATES}/{plan_template.name}/plan.md", "Change these files as you like.")
