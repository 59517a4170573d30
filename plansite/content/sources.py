"""Parses external files, whose field names and words the settings map to those of plansite."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from dataclasses import replace

from plansite.content.documents import (
    DocumentLocation,
    ParseResult,
    build_document,
    build_unreadable_file,
    finish_action,
    parse_body,
)
from plansite.content.external.field_origins import find_origin_value
from plansite.content.external.source_files import YAML_SUFFIXES
from plansite.content.invisible import remove_passed_over
from plansite.content.marks.external_files import find_foreign_marks, find_misspelt_fields, find_unmapped_audience
from plansite.content.marks.settle import settle_marks
from plansite.content.marks.text_fields import find_text_fields
from plansite.content.marks.unclear_mark import hide_fields
from plansite.content.report import Report
from plansite.content.text import decode_lossy
from plansite.content.values import parse_fields
from plansite.content.yaml.front_matter import ParsedFile, parse_file, parse_text_file, parse_yaml_file
from plansite.content.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from plansite.deferred_pattern import compile_lazily
from plansite.model.audience.mark_grammar import holds_passage_mark
from plansite.model.dates import DEFAULT_ZONE
from plansite.model.documents.action import Action
from plansite.model.documents.goal import Goal
from plansite.model.external.source_settings import ExternalSource, FieldMapping, Part
from plansite.model.fields import Either, ListOf, RecordOf, declared_fields
from plansite.model.findings import Finding
from plansite.model.people import normalise_name
from plansite.model.slugs import title_from_slug
from plansite.model.status import Audience

#: What separates a status from a remark; a further word may give the status another meaning.
_REMARK = compile_lazily(r"\s*[(\[:;,–—]|\s+-\s|\.(?:\s|$)")
_PEOPLE = frozenset({"owner", "supporters"})
#: Fields of a group that describes a person, in which the name stands.
_NAME_FIELDS = ("name", "full_name", "fullname", "display_name", "title")
#: Fields of ours that need no mapping where theirs have the same name, and those of several values or parts.
_SAME_NAMES = frozenset(declared.name for declared in declared_fields(Action)) - {"allow", "aliases"}
_FIELDS_OF_PARTS = frozenset(
    declared.name for declared in declared_fields(Action) if isinstance(declared.field.kind, ListOf | RecordOf | Either)
)
#: Fields whose faults are reported even where the settings do not map them.
_ALWAYS_MEANT = frozenset({"title", "status", "due", "audience", *_PEOPLE})


def parse_external_action(
    source: ExternalSource, location: DocumentLocation, data: bytes, zone: str = DEFAULT_ZONE
) -> ParseResult:
    """Parse one external action; `location` gives its plan and slug, `zone` is the site's time zone."""
    report = Report(location.path)
    file = parse_source_file(source, location.path, data, report)
    if file is None:
        return build_unreadable_file(location, decode_lossy(data), report)
    fields = _settle_external_marks(source, file, _map_fields(source, location.path, file, report), report)
    mapped = {name for name, _ in source.fields}
    names = frozenset(key.text for key, _ in fields.entries)
    values = parse_fields(Action, fields, report, known_elsewhere=names, zone=zone)
    headings = {theirs.casefold(): ours.value.capitalize() for theirs, ours in source.sections}
    document = build_document(location, fields, values, parse_body(file, report, zone, headings))
    if isinstance(document, Action):
        document = finish_action(document, report)
        document = replace(document, status_word=_format_node(_find_source_node(source, file.fields, "status")))
    return ParseResult(document, _drop_unmapped_findings(report.findings, mapped))


def parse_source_file(source: ExternalSource, path: str, data: bytes, report: Report) -> ParsedFile | None:
    """Parse a file of an external source as its name says; None, with a finding, where it is unreadable.

    A Markdown file whose title is in none of its fields needs none.
    """
    if path.lower().endswith(YAML_SUFFIXES):
        return parse_yaml_file(data, report)
    has_titles_elsewhere = any(name == "title" and mapping.origin for name, mapping in source.fields)
    return parse_text_file(data, report) if has_titles_elsewhere else parse_file(data, report)


def parse_plan_title(source: ExternalSource, path: str, data: bytes) -> str:
    """The title of the plan that a file names, in the field that the source declares for it; else empty."""
    file = parse_source_file(source, path, data, Report("")) if source.plan and source.plan.field else None
    return _format_node(file.fields.get(source.plan.field)) if file and source.plan else ""


def _drop_unmapped_findings(findings: Iterable[Finding], mapped: set[str]) -> tuple[Finding, ...]:
    """The findings without those about fields that only happen to have the name of a field of plansite.

    Some fields always count.
    """
    unmapped = {declared.name for declared in declared_fields(Action)} - mapped - _ALWAYS_MEANT
    return tuple(finding for finding in findings if finding.field not in unmapped)


def _map_fields(source: ExternalSource, path: str, file: ParsedFile, report: Report) -> MappingNode:
    """The fields under the names of plansite; fields that have such a name already need no mapping."""
    entries: dict[str, tuple[ScalarNode, Node]] = {}
    fields, mapped = file.fields, dict(source.fields)
    further_owners: list[Node] = []
    for key, node in fields.entries:
        if key.text in mapped or key.text not in _SAME_NAMES:
            continue
        if key.text in _PEOPLE:
            further_owners.extend(_map_field(entries, key.text, FieldMapping(), node))
        else:
            entries[key.text] = (key, node)
    for name, mapping in mapped.items():
        value = fields.get(mapping.field)
        if mapping.origin and (value is None or value.absent):
            value = find_origin_value(mapping.origin, name, path, file, report)
        if value is not None:
            remainder = _map_field(entries, name, mapping, value)
            further_owners.extend(remainder if name == "owner" else ())
    _add_supporters(entries, further_owners)
    if "status" in entries:
        key, node = entries["status"]
        entries["status"] = (key, _translate_status(source, node))
    return MappingNode(tuple(entries.values()), fields.line, fields.column)


def _settle_external_marks(
    source: ExternalSource, file: ParsedFile, mapped: MappingNode, report: Report
) -> MappingNode:
    """The mapped fields, internal where one of theirs looks like their field for the audience, or like ours."""
    theirs, their_names = file.fields, dict(source.fields)
    name = their_names.get("audience", FieldMapping(field="audience")).field
    known = frozenset(mapping.field for mapping in their_names.values())
    names = dict.fromkeys(filter(None, (name, "audience")))
    marks = [mark for each in names for mark in find_misspelt_fields(theirs, each, known)]
    if name != "audience" and "audience" not in known:
        marks.extend(find_unmapped_audience(theirs))
    marks.extend((*find_foreign_marks(theirs, known), *find_text_fields(file)))
    return hide_fields(mapped, marks, report) if marks else mapped


def _map_field(
    entries: dict[str, tuple[ScalarNode, Node]], name: str, mapping: FieldMapping, value: Node
) -> list[Node]:
    """Add the field `name` to `entries`, from a value that is split if it is a list or the mapping says so.

    The parts that a field of one value does not take.
    """
    key = ScalarNode(name, value.line, value.column)
    is_single = name not in _FIELDS_OF_PARTS
    if name in _PEOPLE:
        value = _name_person(value)
    parts = _split_value(mapping, value)
    if parts is None or not is_single:
        entries[name] = (key, SequenceNode(tuple(parts), value.line, value.column) if parts else value)
        return []
    parts = [part for part in parts if not part.absent]
    if parts:
        entries[name] = (key, parts.pop(-1 if mapping.take is Part.LAST else 0))
    return parts


def _name_person(value: Node) -> Node:
    """The name of a person who is described by a group of fields; within lists as well."""
    if isinstance(value, SequenceNode):
        return replace(value, items=tuple(map(_name_person, value.items)))
    if isinstance(value, MappingNode):
        names = (value.get(name) for name in _NAME_FIELDS)
        return next((name for name in names if isinstance(name, ScalarNode) and not name.absent), value)
    return value


def _add_supporters(entries: dict[str, tuple[ScalarNode, Node]], further_owners: list[Node]) -> None:
    """Add the owners beyond the first to the supporters, unless they are among them or are the owner again."""
    if not further_owners:
        return
    first = further_owners[0]
    key, given = entries.get("supporters", (ScalarNode("supporters", first.line, first.column), None))
    supporters: list[Node] = [] if given is None else list(given.items) if isinstance(given, SequenceNode) else [given]
    names = {normalise_name(remove_passed_over(node.text)[0]) for node in supporters if isinstance(node, ScalarNode)}
    owner = entries["owner"][1] if "owner" in entries else None
    names |= {normalise_name(remove_passed_over(owner.text)[0])} if isinstance(owner, ScalarNode) else set()
    for node in further_owners:
        if not isinstance(node, ScalarNode):
            supporters.append(node)
        elif normalise_name(node.text) not in names:
            names.add(normalise_name(node.text))
            supporters.append(node)
    entries["supporters"] = (key, SequenceNode(tuple(supporters), first.line, first.column))


def _split_value(mapping: FieldMapping, value: Node) -> list[Node] | None:
    """The parts of a list, or of a value that the mapping splits; None for a value that is not split."""
    if isinstance(value, SequenceNode):
        return [part for item in value.items for part in (_split_value(mapping, item) or [item])]
    if isinstance(value, ScalarNode) and mapping.split:
        texts = (text.strip() for text in _compile_separators(mapping.split).split(value.text))
        return [replace(value, text=text) for text in texts if text]
    return None


@functools.cache
def _compile_separators(separators: tuple[str, ...]) -> re.Pattern[str]:
    """Finds the texts between parts, in any case. One of letters is found as a word: `and`, but not in "Andy"."""
    return re.compile("|".join(map(_build_separator, separators)), re.IGNORECASE)


def _build_separator(text: str) -> str:
    before, after = (r"(?<!\w)" if text[0].isalnum() else "", r"(?!\w)" if text[-1].isalnum() else "")
    return f"{before}{re.escape(text)}{after}"


def _translate_status(source: ExternalSource, node: Node) -> Node:
    if not isinstance(node, ScalarNode):
        return node
    statuses = {normalise_name(theirs): ours.value for theirs, ours in source.statuses}
    word = normalise_name(node.text)
    if word not in statuses:  # a word with a remark behind it: `Inactive (superseded by …)`
        starts = (each for each in statuses if each and word.startswith(each) and _REMARK.match(word, len(each)))
        word = max(starts, key=len, default=word)
    return replace(node, text=statuses.get(word, node.text))


def _find_source_node(source: ExternalSource, fields: MappingNode, name: str) -> Node | None:
    return fields.get(dict(source.fields).get(name, FieldMapping(field=name)).field)


def _format_node(node: Node | None) -> str:
    """The value of a field on one line; empty where there is none, or where it holds the mark of a passage."""
    if not isinstance(node, ScalarNode) or node.absent or holds_passage_mark(node.text):
        return ""
    return " ".join(node.text.split())


def parse_external_goal(
    source: ExternalSource, path: str, slug: str, data: bytes
) -> tuple[Goal | None, tuple[Finding, ...]]:
    """The goal in a file of the source's folder of goals, and findings; None where the file cannot be read."""
    if source.goals is None:
        return None, ()
    report = Report(path)
    file = parse_source_file(source, path, data, report)
    if file is None:
        return None, report.findings
    key = _format_node(file.fields.get(source.goals.key))
    title = _format_node(file.fields.get(source.goals.title))
    audience = _parse_goal_audience(file.fields, report)
    return Goal(key=key or slug, title=title or title_from_slug(slug), audience=audience), report.findings


def _parse_goal_audience(fields: MappingNode, report: Report) -> Audience | None:
    """The audience that the file of a goal gives in a field of that name; internal where a mark is unclear."""
    marks = [
        *find_misspelt_fields(fields, "audience", frozenset()),
        *find_foreign_marks(fields, frozenset({"audience"})),
    ]
    entries = tuple((key, value) for key, value in fields.entries if key.text == "audience")
    settled = settle_marks(Goal, replace(fields, entries=entries, repeated=()), report)
    node = (hide_fields(settled, marks, report) if marks else settled).get("audience")
    return Audience(node.text.strip().casefold()) if isinstance(node, ScalarNode) and not node.absent else None
