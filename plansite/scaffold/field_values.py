"""What somebody gives for a field of a new file, checked before it is written."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from datetime import date
from enum import StrEnum

from plansite.content.report import Report
from plansite.content.text import BIDI_CONTROLS, UNPRINTABLE
from plansite.content.values import parse_fields
from plansite.content.yaml.nodes import MappingNode, ScalarNode
from plansite.content.yaml.nodes import SequenceNode as Items
from plansite.lookup import UnknownNameError, look_up_goal, look_up_owner_or_agency
from plansite.model.fields import MappingOf, NamedField, declared_fields
from plansite.model.findings import Level
from plansite.model.plan import Plan
from plansite.model.site import Site
from plansite.schema import find_records

FieldValue = str | int | float | date | tuple[str, ...]

#: Words that YAML leaves alone in any place: they begin with a letter or digit and hold no sign that steers it.
_PLAIN_TEXT = re.compile("[^\\W_][\\w .;()/%£\u2019'+-]*(?<! )")
#: What a YAML reader may take for a number, a date or a truth value.
_TYPED_TEXT = re.compile(r"[\d.+-][\w.+-]*|(?i:true|false|yes|no|on|off|y|n|null)")
#: What JSON leaves as it is and YAML does not allow, or takes for a line end.
_ESCAPED_CHARACTERS = re.compile("[\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")


def format_yaml_value(value: FieldValue) -> str:
    """A value for the place behind `name: `, on one line. An empty text or list is nothing at all."""
    match value:
        case date():
            return value.isoformat()
        case int() | float():
            return str(value).removesuffix(".0")
        case tuple():
            return f"[{', '.join(_quote_text(each) for each in value)}]" if value else ""
        case _:
            return _quote_text(value) if value else ""


def _quote_text(text: str) -> str:
    if _PLAIN_TEXT.fullmatch(text) and not _TYPED_TEXT.fullmatch(text) and text.isprintable():
        return text
    quoted = json.dumps(text, ensure_ascii=False)
    return _ESCAPED_CHARACTERS.sub(lambda match: f"\\u{ord(match.group()):04x}", quoted)


class FieldValueError(Exception):
    """A value that its field does not take. The message says why and what to write."""


def list_prompted_fields(cls: type) -> tuple[NamedField, ...]:
    """The fields of a kind of file that can be given in a few words: no groups, and the title apart."""
    return tuple(each for each in declared_fields(cls) if each.name != "title" and _is_simple(each))


def _is_simple(declared: NamedField) -> bool:
    return not isinstance(declared.field.kind, MappingOf) and not any(find_records(declared.field.kind))


def normalise_line(text: str) -> str:
    """A text on one line with single spaces. Raises AnswerError for characters that nobody can see."""
    found = UNPRINTABLE.search(line := " ".join(text.split())) or BIDI_CONTROLS.search(line)
    if found:
        raise FieldValueError(f"there is an invisible character (U+{ord(found.group()):04X}) in it; type it anew")
    return line


def parse_field_value(
    cls: type, name: str, typed: str | Sequence[str], site: Site, plan: Plan | None = None
) -> FieldValue:
    """The value of a field for what was typed: names as their files write them, words as the field knows them.

    Raises AnswerError for what the field does not take, UnknownNameError for an owner, agency or goal that is not
    there. Where a site has no files in `owners` or `agencies`, any name will do.
    """
    value = _parse_value(cls, name, typed)
    match name:
        case "goal" if plan and plan.goals:
            found = look_up_goal(plan, str(value))
            return found.key or found.title
        case "owner" | "supporters" if site.owners:
            return _map_value(value, lambda text: look_up_owner_or_agency(site, text).title)
        case "agency" | "agencies" if site.agencies:
            return _map_value(value, lambda text: _find_agency_slug(site, text))
        case _:
            return value


def _find_agency_slug(site: Site, name: str) -> str:
    found = site.people.find_agency(name)
    if found is None:
        raise UnknownNameError("agency", name, [word for each in site.agencies for word in (each.slug, each.title)])
    return found.slug


def _map_value(value: FieldValue, convert: Callable[[str], str]) -> FieldValue:
    return tuple(map(convert, value)) if isinstance(value, tuple) else convert(str(value))


def _parse_value(cls: type, name: str, typed: str | Sequence[str]) -> FieldValue:
    """What reading the file will make of it."""
    report = Report(name)
    texts = [typed] if isinstance(typed, str) else typed
    nodes = tuple(ScalarNode(normalise_line(text), 1, 1) for text in texts)
    node = nodes[0] if isinstance(typed, str) else Items(nodes, 1, 1)
    value = parse_fields(cls, MappingNode(((ScalarNode(name, 1, 1), node),), 1, 1), report).get(name)
    for finding in report.findings:
        if finding.field == name and finding.rule.level is Level.ERROR:
            raise FieldValueError(f"{finding.message}; {finding.remedy}")
    match value:
        case StrEnum():
            return str(value)
        case int() | float() | date():
            return value
        case tuple():
            return tuple(str(each) for each in value)
        case _:
            return " ".join(str(text) for text in (node.text for node in nodes))
