"""Creates one file of a site, or a goal or question in one, from options and answers at a terminal."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

import click

from plansite.cli.context import CommandContext, print_path
from plansite.cli.exit_codes import ExitCode
from plansite.cli.field_input import FieldInput, OptionValues
from plansite.cli.questions import ask, look_up
from plansite.content.documents import DOCUMENT_TYPES
from plansite.content.files import MAX_FILE_SIZE
from plansite.content.layout import DATED_KINDS
from plansite.content.values import parse_choice
from plansite.deferred_dataclass import dataclass
from plansite.file_access import read_plain_file
from plansite.lookup import look_up_action, look_up_plan
from plansite.model.documents.action import Action
from plansite.model.documents.goal import Goal
from plansite.model.documents.plan import Plan
from plansite.model.documents.records.update_requests import UpdateRequest
from plansite.model.fields import ChoiceOf
from plansite.model.frameworks.ratings import RatedStandard
from plansite.model.site import Site
from plansite.model.status import STATUS_SYNONYMS, Status
from plansite.scaffold.action_from_rating import RatingSource, add_source, suggest_title
from plansite.scaffold.atomic_files import replace_file, write_new_files
from plansite.scaffold.date_order import ensure_date_order, list_date_warnings
from plansite.scaffold.field_values import FieldValue, FieldValueError, is_other_word, normalise_line
from plansite.scaffold.list_items import CannotExtendError
from plansite.scaffold.new_document import (
    NewDocument,
    build_known_values,
    build_new_files,
    find_document_day,
    load_template,
)
from plansite.scaffold.new_goal import add_goal, build_goal
from plansite.scaffold.new_parties import build_party_files, find_party_audience
from plansite.scaffold.new_plan import build_plan_files
from plansite.scaffold.new_request import add_request, build_request
from plansite.scaffold.plan_templates import load_plan_template

CREATED_CLASSES: dict[str, type] = {**DOCUMENT_TYPES, "goal": Goal, "request": UpdateRequest}
#: The field that is given in place of a title, by kind.
TITLE_FIELDS = {"request": "question"}
KINDS_OUTSIDE_PLANS = ("plan", "owner", "agency")
_PEOPLE_FOLDERS = ("content/owners/", "content/agencies/")


@dataclass(frozen=True, slots=True)
class FileCreator:
    """Creates files of one kind in a site. Missing values are asked for only where `may_ask`.

    `makes` are the kinds of party (`owner`, `agency`) that get a file where their name is unknown. An action may answer
    a `rating`.
    """

    context: CommandContext
    site: Site
    kind: str
    may_ask: bool
    makes: frozenset[str]
    rating: tuple[RatingSource, RatedStandard] | None = None

    def create_document(self, title: str | None, plan: str | None, given: OptionValues) -> int:
        """Write a file from its template and print its path. Returns the exit code."""
        template = load_template(self.context.root, self.kind)
        title = self._resolve_title(title or self._suggest_title()) if self.kind not in DATED_KINDS or title else ""
        target_plan = None if self.kind in KINDS_OUTSIDE_PLANS else self._resolve_plan(plan)
        today = self.context.today(self.site.settings)
        field_input = self._start_input(target_plan)
        values = field_input.parse_options(given)
        values |= self._list_rating_values(values)
        known_values = build_known_values(self.kind, self.site, target_plan, find_document_day(values, today))
        ensure_date_order(self.kind, values, known_values, target_plan)
        missing = [name for name in template.placeholder_names if name not in {*values, *known_values}]
        values |= field_input.ask_for_fields(missing, values, known_values)
        document = NewDocument(kind=self.kind, title=title, plan=target_plan, values=values, today=today)
        files = self._add_rating(build_new_files(self.context.root, self.site, document, template))
        code = self._write(files, self._build_parties(field_input, document), "Fill it in, and run “plansite check”.")
        self._print_notes(document, {**known_values, **values})
        return code

    def _suggest_title(self) -> str | None:
        return suggest_title(*self.rating) if self.rating else None

    def _list_rating_values(self, given: Mapping[str, FieldValue]) -> dict[str, FieldValue]:
        """The standard of the rating that an action answers, beside those that are given."""
        if self.rating is None:
            return {}
        named, key = given.get("standards"), self.rating[1].standard.key
        return {"standards": tuple(dict.fromkeys((key, *(named if isinstance(named, tuple) else ()))))}

    def _add_rating(self, files: Mapping[str, str]) -> dict[str, str]:
        """The files; that of an action which answers a rating says so."""
        return {path: add_source(text, *self.rating) if self.rating else text for path, text in files.items()}

    def create_plan_from_template(self, template: str, title: str | None, given: OptionValues) -> int:
        """Write the files of a plan template and print the path of its `plan.md`. Returns the exit code."""
        plan_template = look_up(lambda name: load_plan_template(self.context.root, name), template)
        title = self._resolve_title(title)
        field_input = self._start_input(None)
        values, today = field_input.parse_options(given), self.context.today(self.site.settings)
        ensure_date_order("plan", values, {"start": today})
        document = NewDocument(kind="plan", title=title, values=values, today=today)
        files = build_plan_files(self.context.root, self.site, document, plan_template)
        advice = "Change what does not fit, especially the owners, and run “plansite check”."
        return self._write(files, {}, advice)

    def _build_parties(self, field_input: FieldInput, document: NewDocument) -> dict[str, str]:
        """The files of owners and agencies that the document names and that are to be made."""
        plan_audience = find_party_audience(document.plan)
        audience = document.values.get("audience")
        values = {"audience": audience} if audience and not plan_audience else plan_audience
        parties = [(kind, title) for (kind, _), title in field_input.new_parties.items()]
        return build_party_files(self.context.root, self.site, parties, values, document.today)

    def _print_notes(self, document: NewDocument, values: Mapping[str, FieldValue]) -> None:
        """Print how the word for a status is read, and which dates are probably wrong."""
        word = values.get("status")
        status = parse_choice(ChoiceOf(Status, STATUS_SYNONYMS), str(word)) if word and self.kind == "action" else None
        if status and is_other_word(str(word), status):
            self.context.print_message(f"“{word}” counts as {status}.")
        for warning in list_date_warnings(self.kind, values, document.plan, document.today):
            self.context.print_message(f"Please check: {warning}")

    def add_goal(self, title: str | None, plan: str | None, given: OptionValues) -> int:
        """Append a goal to a plan's goals and print the path of the plan's file. Returns the exit code."""
        title = self._resolve_title(title)
        target_plan = self._resolve_plan(plan)
        field_input = self._start_input(target_plan)
        values = field_input.parse_options(given)
        parts = [name.replace("-", "_") for name in Goal().missing_parts]
        values |= field_input.ask_for_fields([name for name in parts if name not in values], values, {})
        target = self.context.root / target_plan.path
        if target.name != "plan.md" or not target.is_file():
            raise click.UsageError(f"the plan “{target_plan.title}” has no plan.md; start one with “plansite new plan”")
        try:
            goal = build_goal(target_plan, title, dict.fromkeys(parts, "") | values)
            replace_file(target, add_goal(read_plain_file(target, MAX_FILE_SIZE), goal))
        except CannotExtendError as error:
            click.echo(f"{target_plan.path}: {error}", err=True)
            return ExitCode.FINDINGS
        return print_created(self.context, target_plan.path, "Name the goal in the actions that serve it.")

    def add_request(self, question: str | None, plan: str | None, action: str | None, given: OptionValues) -> int:
        """Append a question to the file of an action and print the path of it. Returns the exit code."""
        question, target = self._resolve_title(question), self._resolve_action(plan, action)
        values = self._start_input(None).parse_options(given)
        request = build_request(question, values, self.context.today(self.site.settings))
        if not target.path.startswith("content/"):
            raise click.UsageError(f"{target.path} belongs to another folder, which plansite does not change")
        path = self.context.root / target.path
        try:
            replace_file(path, add_request(read_plain_file(path, MAX_FILE_SIZE), request))
        except CannotExtendError as error:
            click.echo(f"{target.path}: {error}", err=True)
            return ExitCode.FINDINGS
        if not target.is_open:
            self.context.print_message("Please check: this action is closed, so nobody has to answer.")
        elif not target.owner.strip():
            self.context.print_message("Please check: this action has no owner who could answer.")
        return print_created(self.context, target.path, "A progress note of the owner since then is the answer.")

    def _resolve_action(self, plan: str | None, given: str | None) -> Action:
        """The action of that number, name or title in its plan, or of `plan/name` in any."""
        if given is None and not self.may_ask:
            raise click.UsageError("--action is missing; give its number, the name of its file, or its title")
        named = given is not None and plan is None and "/" in given and self.site.find_action(given, "")
        if named:
            return named
        target_plan = self._resolve_plan(plan)

        def find(name: str) -> Action:
            action = self.site.find_action(look_up_action(self.site, target_plan, name), target_plan.slug)
            if action is None:
                raise FieldValueError(f"there is no action called “{name}”")
            return action

        return look_up(find, given) if given is not None else ask("Action (number, file name or title)", find)

    def _resolve_title(self, given: str | None) -> str:
        noun = TITLE_FIELDS.get(self.kind, "title")
        if given is None and not self.may_ask:
            raise click.UsageError(f"the {noun} is missing; write it after the kind: plansite new {self.kind} “…”")
        title = normalise_line(given) if given is not None else ask(noun.capitalize(), partial(_parse_title, noun))
        if not title:
            raise click.UsageError(f"the {noun} is empty; write it in one line")
        return title

    def _resolve_plan(self, given: str | None) -> Plan:
        plans = self.site.plans
        if given is not None:
            return look_up(self._find_plan, given)
        if len(plans) == 1:
            return plans[0]
        if not plans:
            raise click.UsageError("there is no plan yet; start one with “plansite new plan”")
        slugs = ", ".join(plan.slug for plan in plans)
        if not self.may_ask:
            raise click.UsageError(f"--plan is missing; the plans are {slugs}")
        return ask(f"Plan ({slugs})", self._find_plan)

    def _find_plan(self, name: str) -> Plan:
        return look_up_plan(self.site, name)

    def _start_input(self, plan: Plan | None) -> FieldInput:
        return FieldInput(
            cls=CREATED_CLASSES[self.kind],
            kind=self.kind,
            site=self.site,
            plan=plan,
            may_ask=self.may_ask,
            makes=self.makes,
        )

    def _write(self, files: Mapping[str, str], parties: Mapping[str, str], advice: str) -> int:
        """Write the files of a document and of new owners and agencies, and print the path of the first."""
        write_new_files(self.context.root, {**files, **parties})
        for path in (*files, *parties):
            if path.startswith(_PEOPLE_FOLDERS) and self.kind not in ("owner", "agency"):
                self.context.print_message(f"New as well, since your site had no such file: {path}")
        return print_created(self.context, next(iter(files)), advice)


def _parse_title(noun: str, text: str) -> str:
    title = normalise_line(text)
    if not title:
        raise FieldValueError(f"the {noun} is empty; write it in one line")
    return title


def print_created(context: CommandContext, path: str, advice: str) -> int:
    print_path(context.root / path)
    context.print_message(advice)
    return ExitCode.SUCCESS
