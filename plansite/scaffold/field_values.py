"""Values for the fields of a new file: parsed from what a user typed, and written as YAML."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import date
from enum import StrEnum

from plansite.content.invisible import describe_character, find_refused_directions
from plansite.content.report import Report, find_nearest, format_question, near_key, quote_text
from plansite.content.text import UNPRINTABLE
from plansite.content.values import parse_choice, parse_fields
from plansite.content.yaml.nodes import MappingNode, ScalarNode, SequenceNode
from plansite.deferred_pattern import compile_lazily
from plansite.lookup import CorrectableError, UnknownNameError, look_up_action, look_up_goal, look_up_owner_or_agency
from plansite.model.documents.plan import Plan
from plansite.model.fields import ChoiceOf, MappingOf, NamedField, declared_fields
from plansite.model.findings import Level
from plansite.model.formatting import format_list
from plansite.model.site import Site
from plansite.schema import find_records

FieldValue = str | int | float | date | tuple[str, ...]

#: Text that needs no quotation marks in YAML: it begins with a letter or digit and has no indicator characters.
_PLAIN_TEXT = compile_lazily("[^\\W_][\\w .;()/%£\u2019'+-]*(?<! )")
#: Text that a YAML parser may interpret as a number, a date, a boolean or null.
_TYPED_TEXT = compile_lazily(r"[\d.+-][\w.+-]*|(?i:true|false|yes|no|on|off|y|n|null)")
#: Characters that JSON does not escape, but that YAML does not allow or interprets as line ends.
_ESCAPED_CHARACTERS = compile_lazily("[\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")


def format_yaml_value(value: FieldValue) -> str:
    """A value in YAML, on one line, to follow `name: `. An empty text or list gives an empty string."""
    match value:
        case date():
            return value.isoformat()
        case int() | float():
            return str(value).removesuffix(".0")
        case tuple():
            return f"[{', '.join(_quote_text(item) for item in value)}]" if value else ""
        case _:
            return _quote_text(value) if value else ""


def _quote_text(text: str) -> str:
    if _PLAIN_TEXT.fullmatch(text) and not _TYPED_TEXT.fullmatch(text) and text.isprintable():
        return text
    quoted = json.dumps(text, ensure_ascii=False)
    return _ESCAPED_CHARACTERS.sub(lambda match: f"\\u{ord(match.group()):04x}", quoted)


class FieldValueError(CorrectableError):
    """A value is not valid for its field. The message tells users why, and what to write."""


def list_prompted_fields(cls: type) -> tuple[NamedField, ...]:
    """The fields of a kind of document that have simple values, without `title`."""
    return tuple(field for field in declared_fields(cls) if field.name != "title" and _is_simple(field))


def _is_simple(declared: NamedField) -> bool:
    return not isinstance(declared.field.kind, MappingOf) and not any(find_records(declared.field.kind))


def normalise_line(text: str) -> str:
    """A text on one line with single spaces. Raises FieldValueError if it has invisible characters."""
    line = " ".join(text.split())
    match = UNPRINTABLE.search(line)
    refused = [match.start()] if match else find_refused_directions(line)
    if refused:
        raise FieldValueError(
            f"there is an invisible character in it: {describe_character(line, refused[0])}; type it again"
        )
    return line


def parse_field_value(
    cls: type, name: str, typed: str | Sequence[str], site: Site, plan: Plan | None = None
) -> FieldValue:
    """The value of a field from what was typed. Names of goals, owners and agencies become those in their files.

    Another word for a choice is kept, such as “resolved” for a status. Raises FieldValueError for an invalid value,
    UnknownNameError for an unknown owner, agency, goal or action. If a site has no files of owners, or of agencies, any
    name is accepted.
    """
    value = _parse_value(cls, name, typed)
    match name:
        case "goal" if plan and plan.goals:
            goal = look_up_goal(plan, str(value))
            return goal.key or goal.title
        case "depends_on" if plan:
            return _map_value(value, lambda text: look_up_action(site, plan, text))
        case "owner" | "supporters" if site.owners:
            return _map_value(value, lambda text: look_up_owner_or_agency(site, text).title)
        case "agency" | "agencies" if site.agencies:
            return _map_value(value, lambda text: _find_agency_slug(site, text))
        case _:
            return value


def _find_agency_slug(site: Site, name: str) -> str:
    agency = site.people.find_agency(name)
    if agency is None:
        known_names = [known_name for known in site.agencies for known_name in (known.slug, known.title)]
        raise UnknownNameError("agency", name, known_names)
    return agency.slug


def _map_value(value: FieldValue, convert: Callable[[str], str]) -> FieldValue:
    return tuple(map(convert, value)) if isinstance(value, tuple) else convert(str(value))


def _parse_value(cls: type, name: str, typed: str | Sequence[str]) -> FieldValue:
    """The value that parsing the file will give. Raises FieldValueError where parsing reports an error."""
    report = Report(name)
    texts = [typed] if isinstance(typed, str) else typed
    kind = next(declared.field.kind for declared in declared_fields(cls) if declared.name == name)
    if isinstance(kind, ChoiceOf):
        _ensure_choice(kind, name, normalise_line(texts[0]))
    scalars = tuple(ScalarNode(normalise_line(text), 1, 1) for text in texts)
    node = scalars[0] if isinstance(typed, str) else SequenceNode(scalars, 1, 1)
    value = parse_fields(cls, MappingNode(((ScalarNode(name, 1, 1), node),), 1, 1), report).get(name)
    for finding in report.findings:
        if finding.field == name and finding.rule.level is Level.ERROR:
            is_certain = finding.fix and "for example" not in finding.remedy  # not the last day of a month, say
            nearest = finding.fix.new if finding.fix and is_certain else ""
            raise FieldValueError(f"{finding.message}; {finding.remedy}", nearest)
    text = " ".join(scalar.text for scalar in scalars)
    match value:
        case StrEnum():
            return text if is_other_word(text, value) else str(value)
        case int() | float() | date():
            return value
        case tuple():
            return tuple(str(item) for item in value)
        case _:
            return text


def _ensure_choice(kind: ChoiceOf, name: str, word: str) -> None:
    """Raise FieldValueError for a word that is no value of a choice and no synonym of one."""
    if word and parse_choice(kind, word) is None:
        values = [str(value) for value in kind.of]
        nearest = find_nearest(word, [*values, *kind.synonyms])
        advice = format_question(nearest) or f"use {format_list(values, 'or')}"
        problem = kind.noun or f"allowed for `{name}`"
        raise FieldValueError(f"{quote_text(word)} is not {problem}; {advice}", nearest)


def is_other_word(text: str, value: str) -> bool:
    """Whether a text is another word for a value (`resolved` for `completed`), and not the value in other capitals."""
    return near_key(text) != near_key(value)
