"""`plansite new`: a new plan, action, goal, review or other file, from what was given and asked."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import click

from plansite.cli.context import CommandContext, site_options
from plansite.cli.exit_codes import ExitCode
from plansite.content.documents import DOCUMENT_TYPES
from plansite.content.site_content import load_site
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
    """The command for one kind of file, with an option for each of its fields."""

    def run(
        manner: CommandContext,
        title: str | None,
        plan: str | None = None,
        template: str | None = None,
        **given: str | Sequence[str] | None,
    ) -> int:
        if template == "":
            return _print_templates(manner)
        desk = _FileCreator(manner, load_site(manner.root), kind, sys.stdin.isatty())
        try:
            if template:
                return desk.create_plan_from_template(template, title, given)
            return desk.add_goal(title, plan, given) if kind == "goal" else desk.create_document(title, plan, given)
        except _INPUT_ERRORS as error:
            raise click.UsageError(str(error)) from error

    run.__doc__ = f"Start {'an' if kind[0] in 'aio' else 'a'} {kind}."
    run = site_options(run)
    for declared in reversed(list_prompted_fields(_CLASSES[kind])):
        run = _field_option(declared)(run)
    if kind == "plan":
        said = "A plan template to begin with, such as incident/fall. Without a name, lists them."
        run = click.option("--template", metavar="NAME", is_flag=False, flag_value="", help=said)(run)
    if kind not in _OUTSIDE_PLANS:
        run = click.option("--plan", metavar="PLAN", help="The plan it belongs to, by folder name or title.")(run)
    command.add_command(click.command(kind)(click.argument("title", required=False)(run)))


def _field_option(declared: NamedField) -> Callable[[F], F]:
    kind = declared.field.kind
    many = isinstance(kind, ListOf)
    said = f"{declared.field.help}{' May be given several times.' if many else ''}"
    return click.option(
        f"--{declared.name.replace('_', '-')}",
        declared.name,
        multiple=many,
        metavar="|".join(kind.of) if isinstance(kind, ChoiceOf) else "DATE" if isinstance(kind, Date) else "TEXT",
        help=f"{said} For example: {declared.field.example.strip('[]')}",
    )


@dataclass(frozen=True, slots=True)
class _FileCreator:
    """Somebody wants a file of one kind. They can be asked for what is missing only where `asks`."""

    context: CommandContext
    site: Site
    kind: str
    is_interactive: bool

    def create_document(self, title: str | None, plan: str | None, given: OptionValues) -> int:
        """Make a file out of its template and print its path."""
        template = load_template(self.context.root, self.kind)
        title = self._resolve_title(title) if self.kind != "review" or title else ""
        found = None if self.kind in _OUTSIDE_PLANS else self._resolve_plan(plan)
        today = self.context.today(self.site.settings)
        values = self._parse_options(given, found)
        known = build_known_values(self.kind, self.site, found, find_review_day(values, today))
        values |= self._prompt_for_fields(
            [name for name in template.placeholder_names if name not in {*values, *known}], found
        )
        order = NewDocument(kind=self.kind, title=title, plan=found, values=values, today=today)
        files = build_new_files(self.context.root, self.site, order, template)
        write_new_files(self.context.root, files)
        return _print_created(self.context, next(iter(files)), "Fill it in, and run “plansite check”.")

    def create_plan_from_template(self, template: str, title: str | None, given: OptionValues) -> int:
        """Make a whole plan out of a plan template and print the path of its `plan.md`."""
        pack = load_plan_template(self.context.root, template)
        title = self._resolve_title(title)
        values, today = self._parse_options(given, None), self.context.today(self.site.settings)
        files = build_plan_files(
            self.context.root, self.site, NewDocument(kind="plan", title=title, values=values, today=today), pack
        )
        write_new_files(self.context.root, files)
        for path in files:
            if path.startswith(_PEOPLE_FOLDERS):
                self.context.print_message(f"New as well, since your site had no such file: {path}")
        return _print_created(
            self.context, next(iter(files)), "Change what does not fit, the owners above all, and run “plansite check”."
        )

    def add_goal(self, title: str | None, plan: str | None, given: OptionValues) -> int:
        """Put a goal behind the others of a plan, and print the path of the plan's file."""
        title = self._resolve_title(title)
        found = self._resolve_plan(plan)
        values = self._parse_options(given, found)
        smart = [name.replace("-", "_") for name in Goal().missing_parts]
        values |= self._prompt_for_fields([name for name in smart if name not in values], found)
        target = self.context.root / found.path
        if target.name != "plan.md" or not target.is_file():
            raise click.UsageError(f"the plan “{found.title}” has no plan.md; begin one with “plansite new plan”")
        try:
            replace_file(
                target, add_goal(target.read_bytes(), build_goal(found, title, dict.fromkeys(smart, "") | values))
            )
        except CannotExtendError as error:
            click.echo(f"{found.path}: {error}", err=True)
            return ExitCode.FINDINGS
        return _print_created(self.context, found.path, "Name the goal in the actions that serve it.")

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
        listed = ", ".join(plan.slug for plan in plans)
        if not self.is_interactive:
            raise click.UsageError(f"--plan is missing; the plans are {listed}")
        return self._prompt(f"Plan ({listed})", lambda text: look_up_plan(self.site, text))

    def _parse_options(self, given: OptionValues, plan: Plan | None) -> dict[str, FieldValue]:
        """What was given as options; what was not, or only as nothing, is left out."""
        values = {}
        for name, text in given.items():
            if text:
                try:
                    values[name] = parse_field_value(_CLASSES[self.kind], name, text, self.site, plan)
                except (FieldValueError, UnknownNameError) as error:
                    raise FieldValueError(f"--{name.replace('_', '-')}: {error}") from error
        return values

    def _prompt_for_fields(self, names: Iterable[str], plan: Plan | None) -> dict[str, FieldValue]:
        """What is answered on the terminal for these fields; lists are left to the editor."""
        if not self.is_interactive:
            return {}
        fields = {
            each.name: each.field
            for each in list_prompted_fields(_CLASSES[self.kind])
            if not isinstance(each.field.kind, ListOf)
        }
        values: dict[str, FieldValue] = {}
        for name in names:
            if name in fields:
                words = (
                    f"{name.replace('_', ' ').capitalize()}: {fields[name].help} For example: {fields[name].example}"
                )
                value = self._prompt(words, self._field_parser(name, plan), "")
                values |= {name: value} if value != "" else {}
        return values

    def _field_parser(self, name: str, plan: Plan | None) -> Callable[[str], FieldValue]:
        def read(text: str) -> FieldValue:
            return parse_field_value(_CLASSES[self.kind], name, text, self.site, plan) if text.strip() else ""

        return read

    def _prompt(self, prompt: str, parse: Callable[[str], T], default: str | None = None) -> T:
        """Ask until the answer can be read; results alone go to standard output."""

        def value(text: str) -> T:
            try:
                return parse(text)
            except (FieldValueError, UnknownNameError) as error:
                raise click.UsageError(str(error)) from error

        found: T = click.prompt(prompt, default=default, show_default=False, value_proc=value, err=True)
        return found


def _print_created(context: CommandContext, path: str, advice: str) -> int:
    target, here = context.root / path, Path.cwd()
    click.echo(target.relative_to(here) if target.is_relative_to(here) else target)
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
        pack = load_plan_template(context.root, name)
        if pack.location != pack.name:
            raise AlreadyExistsError([pack.location])
        write_new_files(context.root, pack.copied_files)
    except _INPUT_ERRORS as error:
        raise click.UsageError(str(error)) from error
    return _print_created(context, f"{SITE_TEMPLATES}/{pack.name}/plan.md", "Change these files as you like.")
