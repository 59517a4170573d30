"""`plansite new`: a new plan, action, goal, review or other file, from what was given and asked."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import click

from plansite.cli.manners import Exit, Manner, with_site
from plansite.content.documents import KINDS
from plansite.content.site import load
from plansite.listing.known import UnknownNameError, plan_named
from plansite.model.fields import Choice, Day, Declared, Many
from plansite.model.plan import Goal, Plan
from plansite.model.site import Site
from plansite.scaffold.answers import AnswerError, answer, askable, one_line
from plansite.scaffold.create import Order, TemplateError, new_files, template_of
from plansite.scaffold.defaults import defaults, review_day
from plansite.scaffold.goals import CannotExtendError, new_goal, with_goal
from plansite.scaffold.notation import Value
from plansite.scaffold.packs import OWN, UnknownTemplateError, listing, pack_named
from plansite.scaffold.plans import plan_files
from plansite.scaffold.writing import ExistsError, replace_file, write_new

Given = Mapping[str, str | Sequence[str] | None]
F = TypeVar("F", bound=Callable[..., int])
T = TypeVar("T")

_CLASSES: dict[str, type] = {**KINDS, "goal": Goal}
_BESIDE_PLANS = ("plan", "owner", "agency")
_PEOPLE = ("content/owners/", "content/agencies/")
_REFUSALS = (AnswerError, UnknownNameError, ExistsError, TemplateError, UnknownTemplateError)


@click.group("new")
def command() -> None:
    """Start a new file, ready to be filled in.

    On a terminal it asks for what you did not give. The path of the file is printed at the end. A site may have
    templates of its own in content/templates, such as action.md.
    """


def _add(kind: str) -> None:
    """The command for one kind of file, with an option for each of its fields."""

    def run(
        manner: Manner,
        title: str | None,
        plan: str | None = None,
        template: str | None = None,
        **given: str | Sequence[str] | None,
    ) -> int:
        if template == "":
            return _list_templates(manner)
        desk = _Desk(manner, load(manner.root), kind, sys.stdin.isatty())
        try:
            if template:
                return desk.plan_like(template, title, given)
            return desk.goal(title, plan, given) if kind == "goal" else desk.document(title, plan, given)
        except _REFUSALS as error:
            raise click.UsageError(str(error)) from error

    run.__doc__ = f"Start {'an' if kind[0] in 'aio' else 'a'} {kind}."
    run = with_site(run)
    for declared in reversed(askable(_CLASSES[kind])):
        run = _option(declared)(run)
    if kind == "plan":
        said = "A plan template to begin with, such as incident/fall. Without a name, lists them."
        run = click.option("--template", metavar="NAME", is_flag=False, flag_value="", help=said)(run)
    if kind not in _BESIDE_PLANS:
        run = click.option("--plan", metavar="PLAN", help="The plan it belongs to, by folder name or title.")(run)
    command.add_command(click.command(kind)(click.argument("title", required=False)(run)))


def _option(declared: Declared) -> Callable[[F], F]:
    kind = declared.field.kind
    many = isinstance(kind, Many)
    said = f"{declared.field.help}{' May be given several times.' if many else ''}"
    return click.option(
        f"--{declared.name.replace('_', '-')}",
        declared.name,
        multiple=many,
        metavar="|".join(kind.of) if isinstance(kind, Choice) else "DATE" if isinstance(kind, Day) else "TEXT",
        help=f"{said} For example: {declared.field.example.strip('[]')}",
    )


@dataclass(frozen=True, slots=True)
class _Desk:
    """Somebody wants a file of one kind. They can be asked for what is missing only where `asks`."""

    manner: Manner
    site: Site
    kind: str
    asks: bool

    def document(self, title: str | None, plan: str | None, given: Given) -> int:
        """Make a file out of its template and print its path."""
        template = template_of(self.manner.root, self.kind)
        title = self._title(title) if self.kind != "review" or title else ""
        found = None if self.kind in _BESIDE_PLANS else self._plan(plan)
        today = self.manner.today(self.site.settings)
        values = self._checked(given, found)
        known = defaults(self.kind, self.site, found, review_day(values, today))
        values |= self._asked([name for name in template.asks_for if name not in {*values, *known}], found)
        order = Order(kind=self.kind, title=title, plan=found, given=values, today=today)
        files = new_files(self.manner.root, self.site, order, template)
        write_new(self.manner.root, files)
        return _done(self.manner, next(iter(files)), "Fill it in, and run “plansite check”.")

    def plan_like(self, template: str, title: str | None, given: Given) -> int:
        """Make a whole plan out of a plan template and print the path of its `plan.md`."""
        pack = pack_named(self.manner.root, template)
        title = self._title(title)
        values, today = self._checked(given, None), self.manner.today(self.site.settings)
        files = plan_files(
            self.manner.root, self.site, Order(kind="plan", title=title, given=values, today=today), pack
        )
        write_new(self.manner.root, files)
        for path in files:
            if path.startswith(_PEOPLE):
                self.manner.say(f"New as well, since your site had no such file: {path}")
        return _done(
            self.manner, next(iter(files)), "Change what does not fit, the owners above all, and run “plansite check”."
        )

    def goal(self, title: str | None, plan: str | None, given: Given) -> int:
        """Put a goal behind the others of a plan, and print the path of the plan's file."""
        title = self._title(title)
        found = self._plan(plan)
        values = self._checked(given, found)
        smart = [name.replace("-", "_") for name in Goal().missing]
        values |= self._asked([name for name in smart if name not in values], found)
        target = self.manner.root / found.path
        if target.name != "plan.md" or not target.is_file():
            raise click.UsageError(f"the plan “{found.title}” has no plan.md; begin one with “plansite new plan”")
        try:
            replace_file(
                target, with_goal(target.read_bytes(), new_goal(found, title, dict.fromkeys(smart, "") | values))
            )
        except CannotExtendError as error:
            click.echo(f"{found.path}: {error}", err=True)
            return Exit.FINDINGS
        return _done(self.manner, found.path, "Name the goal in the actions that serve it.")

    def _title(self, given: str | None) -> str:
        if given is None and not self.asks:
            raise click.UsageError(f"the title is missing; write it behind the kind: plansite new {self.kind} “…”")
        title = one_line(given) if given is not None else self._prompt("Title", one_line)
        if not title:
            raise click.UsageError("the title is blank; write it in one line")
        return title

    def _plan(self, given: str | None) -> Plan:
        plans = self.site.plans
        if given is not None:
            return plan_named(self.site, given)
        if len(plans) == 1:
            return plans[0]
        if not plans:
            raise click.UsageError("there is no plan yet; begin one with “plansite new plan”")
        listed = ", ".join(plan.slug for plan in plans)
        if not self.asks:
            raise click.UsageError(f"--plan is missing; the plans are {listed}")
        return self._prompt(f"Plan ({listed})", lambda text: plan_named(self.site, text))

    def _checked(self, given: Given, plan: Plan | None) -> dict[str, Value]:
        """What was given as options; what was not, or only as nothing, is left out."""
        values = {}
        for name, text in given.items():
            if text:
                try:
                    values[name] = answer(_CLASSES[self.kind], name, text, self.site, plan)
                except (AnswerError, UnknownNameError) as error:
                    raise AnswerError(f"--{name.replace('_', '-')}: {error}") from error
        return values

    def _asked(self, names: Iterable[str], plan: Plan | None) -> dict[str, Value]:
        """What is answered on the terminal for these fields; lists are left to the editor."""
        if not self.asks:
            return {}
        fields = {
            each.name: each.field for each in askable(_CLASSES[self.kind]) if not isinstance(each.field.kind, Many)
        }
        values: dict[str, Value] = {}
        for name in names:
            if name in fields:
                words = (
                    f"{name.replace('_', ' ').capitalize()}: {fields[name].help} For example: {fields[name].example}"
                )
                value = self._prompt(words, self._reader(name, plan), "")
                values |= {name: value} if value != "" else {}
        return values

    def _reader(self, name: str, plan: Plan | None) -> Callable[[str], Value]:
        def read(text: str) -> Value:
            return answer(_CLASSES[self.kind], name, text, self.site, plan) if text.strip() else ""

        return read

    def _prompt(self, words: str, read: Callable[[str], T], default: str | None = None) -> T:
        """Ask until the answer can be read; results alone go to standard output."""

        def value(text: str) -> T:
            try:
                return read(text)
            except (AnswerError, UnknownNameError) as error:
                raise click.UsageError(str(error)) from error

        found: T = click.prompt(words, default=default, show_default=False, value_proc=value, err=True)
        return found


def _done(manner: Manner, path: str, advice: str) -> int:
    target, here = manner.root / path, Path.cwd()
    click.echo(target.relative_to(here) if target.is_relative_to(here) else target)
    manner.say(advice)
    return Exit.DONE


def _list_templates(manner: Manner) -> int:
    click.echo(listing(manner.root))
    return Exit.DONE


for _kind in _CLASSES:
    _add(_kind)


@command.command("template")
@click.argument("name", required=False)
@with_site
def template(manner: Manner, name: str | None) -> int:
    """Copy a plan template into the site, to change it.

    NAME is one that plansite comes with. Left out, they are listed. From then on “plansite new plan --template NAME”
    takes the copy.
    """
    if name is None:
        return _list_templates(manner)
    try:
        pack = pack_named(manner.root, name)
        if pack.place != pack.name:
            raise ExistsError([pack.place])
        write_new(manner.root, pack.copy)
    except _REFUSALS as error:
        raise click.UsageError(str(error)) from error
    return _done(manner, f"{OWN}/{pack.name}/plan.md", "Change these files as you like.")
