"""Values for the fields of a new file, from options and from answers at a terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import field

from plansite.checks.rules.ownership import split_names
from plansite.cli.questions import ask, confirm, correct
from plansite.content.report import quote_text
from plansite.deferred_dataclass import dataclass
from plansite.lookup import CorrectableError, UnknownNameError
from plansite.model.documents.plan import Plan
from plansite.model.fields import ListOf
from plansite.model.people import normalise_name
from plansite.model.site import Site
from plansite.model.slugs import slugify
from plansite.scaffold.date_order import ensure_date_order
from plansite.scaffold.field_values import (
    FieldValue,
    FieldValueError,
    list_prompted_fields,
    normalise_line,
    parse_field_value,
)

OptionValues = Mapping[str, str | Sequence[str] | None]

#: The kinds of file that can be made for an unknown name, and where they are.
PARTY_FOLDERS = {"owner": "content/owners", "agency": "content/agencies"}


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldInput:
    """Parses the values of a new document of one class; where `may_ask`, corrects and completes them with questions.

    `makes` are the kinds of party that get a file where their name is unknown. `new_parties` collects those names by
    kind and normalised name.
    """

    cls: type
    kind: str
    site: Site
    plan: Plan | None
    may_ask: bool
    makes: frozenset[str] = frozenset()
    new_parties: dict[tuple[str, str], str] = field(default_factory=dict)

    def parse_options(self, given: OptionValues) -> dict[str, FieldValue]:
        """The values of the options by field name, without those that are missing or empty. Raises CorrectableError."""
        values: dict[str, FieldValue] = {}
        for name, text in given.items():
            if isinstance(text, str) and text:
                values[name] = self._parse_option(name, text)
            elif text:
                items = [self._parse_option(name, [item]) for item in text]
                values[name] = tuple(part for item in items if isinstance(item, tuple) for part in item)
        return values

    def ask_for_fields(
        self, names: Iterable[str], given: Mapping[str, FieldValue], known: Mapping[str, FieldValue]
    ) -> dict[str, FieldValue]:
        """The values typed for these fields, without lists and empty answers. Dates fit those given and known."""
        fields = {
            named_field.name: named_field.field
            for named_field in list_prompted_fields(self.cls)
            if not isinstance(named_field.field.kind, ListOf)
        }
        answers: dict[str, FieldValue] = {}
        for name in names if self.may_ask else ():
            if name in fields:
                label = name.replace("_", " ").capitalize()
                question = f"{label}: {fields[name].help} For example: {fields[name].example}"
                parse = self._answer_parser(name, {**given, **answers}, known)
                value = ask(question, parse, "", offer=self._offer_party)
                answers |= {name: value} if value != "" else {}
        return answers

    def _answer_parser(
        self, name: str, given: Mapping[str, FieldValue], known: Mapping[str, FieldValue]
    ) -> Callable[[str], FieldValue]:
        def parse(text: str) -> FieldValue:
            if not text.strip():
                return ""
            value = self._parse(name, text)
            ensure_date_order(self.kind, {**given, name: value}, known, self.plan)
            return value

        return parse

    def _parse_option(self, name: str, typed: str | Sequence[str]) -> FieldValue:
        """The value of an option. Raises CorrectableError with the name of the option."""
        is_list = not isinstance(typed, str)

        def parse(text: str) -> FieldValue:
            return self._parse(name, [text] if is_list else text)

        try:
            try:
                return self._parse(name, typed)
            except CorrectableError as error:
                if not self.may_ask:
                    raise
                return correct(parse, error, lambda error: self._offer_party(error, is_list=is_list))
        except CorrectableError as error:
            raise FieldValueError(f"--{name.replace('_', '-')}: {error}{self._advise_party(error)}") from error

    def _parse(self, name: str, typed: str | Sequence[str]) -> FieldValue:
        if name == "owner" and isinstance(typed, str):
            self._ensure_one_owner(typed)
        try:
            return parse_field_value(self.cls, name, typed, self.site, self.plan)
        except UnknownNameError as error:
            is_new = (error.noun, normalise_name(error.given)) in self.new_parties
            if error.noun in self.makes or is_new:
                return self._add_party(error, is_list=not isinstance(typed, str))
            raise

    def _ensure_one_owner(self, text: str) -> None:
        people = self.site.people
        names = split_names(" ".join(text.split()), people.by_name, people.agencies_by_name)
        if names and self.site.declared_people.find(text) is None:
            others = "; name the others with --supporters" if self.kind == "action" else ""
            raise FieldValueError(
                f"{quote_text(text)} is more than one owner; name the one who is responsible, such as "
                f"{quote_text(names[0])}{others}"
            )

    def _add_party(self, error: UnknownNameError, *, is_list: bool) -> FieldValue:
        """The value for an unknown owner or agency, who is added to the new parties."""
        title = normalise_line(error.given)
        self.new_parties.setdefault((error.noun, normalise_name(title)), title)
        value = slugify(title) if error.noun == "agency" else title
        return (value,) if is_list else value

    def _offer_party(self, error: CorrectableError, *, is_list: bool = False) -> FieldValue:
        """The value for an unknown owner or agency, if the user wants a file for them. Raises the error if not."""
        if isinstance(error, UnknownNameError) and error.noun in PARTY_FOLDERS:
            noun, folder = error.noun, PARTY_FOLDERS[error.noun]
            if confirm(f"No {noun} is called {quote_text(error.given)} yet. Make a file for them in {folder}?"):
                return self._add_party(error, is_list=is_list)
        raise error

    def _advise_party(self, error: CorrectableError) -> str:
        """What to type so that an unknown owner or agency gets a file; empty for any other error."""
        if isinstance(error, UnknownNameError) and error.noun in PARTY_FOLDERS:
            return f" (to make a file for them, add --make-{error.noun})"
        return ""
