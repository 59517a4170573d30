"""What somebody gives for a field of a new file, checked before it is written."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from enum import StrEnum

from plansite.content.nodes import Mapping, Scalar
from plansite.content.nodes import Sequence as Items
from plansite.content.report import Report
from plansite.content.text import DIRECTIONS, UNPRINTABLE
from plansite.content.values import record
from plansite.listing.known import UnknownNameError, goal_named, party_named
from plansite.model.fields import Declared, Table, fields_of
from plansite.model.findings import Level
from plansite.model.plan import Plan
from plansite.model.site import Site
from plansite.scaffold.notation import Value
from plansite.schema import records_in


class AnswerError(Exception):
    """A value that its field does not take. The message says why and what to write."""


def askable(cls: type) -> tuple[Declared, ...]:
    """The fields of a kind of file that can be given in a few words: no groups, and the title apart."""
    return tuple(each for each in fields_of(cls) if each.name != "title" and _is_simple(each))


def _is_simple(declared: Declared) -> bool:
    return not isinstance(declared.field.kind, Table) and not any(records_in(declared.field.kind))


def one_line(text: str) -> str:
    """A text on one line with single spaces. Raises AnswerError for characters that nobody can see."""
    found = UNPRINTABLE.search(line := " ".join(text.split())) or DIRECTIONS.search(line)
    if found:
        raise AnswerError(f"there is an invisible character (U+{ord(found.group()):04X}) in it; type it anew")
    return line


def answer(cls: type, name: str, given: str | Sequence[str], site: Site, plan: Plan | None = None) -> Value:
    """The value of a field for what was typed: names as their files write them, words as the field knows them.

    Raises AnswerError for what the field does not take, UnknownNameError for an owner, agency or goal that is not
    there. Where a site has no files in `owners` or `agencies`, any name will do.
    """
    value = _read(cls, name, given)
    match name:
        case "goal" if plan and plan.goals:
            found = goal_named(plan, str(value))
            return found.key or found.title
        case "owner" | "supporters" if site.owners:
            return _each(value, lambda text: party_named(site, text).title)
        case "agency" | "agencies" if site.agencies:
            return _each(value, lambda text: _agency(site, text))
        case _:
            return value


def _agency(site: Site, name: str) -> str:
    found = site.people.agency(name)
    if found is None:
        raise UnknownNameError("agency", name, [word for each in site.agencies for word in (each.slug, each.title)])
    return found.slug


def _each(value: Value, say: Callable[[str], str]) -> Value:
    return tuple(map(say, value)) if isinstance(value, tuple) else say(str(value))


def _read(cls: type, name: str, given: str | Sequence[str]) -> Value:
    """What reading the file will make of it."""
    report = Report(name)
    texts = [given] if isinstance(given, str) else given
    nodes = tuple(Scalar(one_line(text), 1, 1) for text in texts)
    node = nodes[0] if isinstance(given, str) else Items(nodes, 1, 1)
    value = record(cls, Mapping(((Scalar(name, 1, 1), node),), 1, 1), report).get(name)
    for finding in report.findings:
        if finding.field == name and finding.rule.level is Level.ERROR:
            raise AnswerError(f"{finding.message}; {finding.remedy}")
    match value:
        case StrEnum():
            return str(value)
        case int() | float() | date():
            return value
        case tuple():
            return tuple(str(each) for each in value)
        case _:
            return " ".join(str(text) for text in (node.text for node in nodes))
