"""Parses external files, whose field names and words the settings map to those of plansite."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from plansite.content.documents import DocumentLocation, ParseResult, build_document, build_unreadable_file, parse_body
from plansite.content.invisible import remove_passed_over
from plansite.content.marks.external_files import find_foreign_marks, find_misspelt_fields, find_unmapped_audience
from plansite.content.marks.settle import settle_marks
from plansite.content.marks.text_fields import find_text_fields
from plansite.content.marks.unclear_mark import hide_fields
from plansite.content.report import Report
from plansite.content.text import decode_lossy
from plansite.content.values import parse_fields
from plansite.content.yaml.front_matter import ParsedFile, parse_file
from plansite.content.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from plansite.model.action import Action
from plansite.model.audience.mark_grammar import holds_passage_mark
from plansite.model.dates import DEFAULT_ZONE
from plansite.model.fields import Either, ListOf, RecordOf, declared_fields
from plansite.model.findings import Finding
from plansite.model.people import normalise_name
from plansite.model.plan import Goal
from plansite.model.settings import ExternalSource, FieldMapping
from plansite.model.slugs import title_from_slug
from plansite.model.status import Audience

#: What separates a status from a remark; a further word may give the status another meaning.
_REMARK = re.compile(r"\s*[(\[:;,–—]|\s+-\s")


def parse_external_action(
    source: ExternalSource, location: DocumentLocation, data: bytes, zone: str = DEFAULT_ZONE
) -> ParseResult:
    """Parse one external action; `location` gives its plan and slug, `zone` is the site's time zone."""
    report = Report(location.path)
    file = parse_file(data, report)
    if file is None:
        return build_unreadable_file(location, decode_lossy(data), report)
    fields = _settle_external_marks(source, file, _map_fields(source, file.fields), report)
    mapped = {name for name, _ in source.fields}
    names = frozenset(key.text for key, _ in fields.entries)
    values = parse_fields(Action, fields, report, known_elsewhere=names, zone=zone)
    headings = {theirs.casefold(): ours for theirs, ours in source.sections}
    document = build_document(location, fields, values, parse_body(file, report, zone, headings))
    if isinstance(document, Action):
        document = replace(document, status_word=_format_node(_find_source_node(source, file.fields, "status")))
    return ParseResult(document, _drop_unmapped_findings(report.findings, mapped))


def parse_plan_title(source: ExternalSource, data: bytes) -> str:
    """The title of the plan that a file names, in the field that the source declares for it; else empty."""
    file = parse_file(data, Report("")) if source.plan and source.plan.field else None
    return _format_node(file.fields.get(source.plan.field)) if file and source.plan else ""


def _drop_unmapped_findings(findings: Iterable[Finding], mapped: set[str]) -> tuple[Finding, ...]:
    """The findings without those about fields that only happen to have the name of a field of plansite.

    A field `audience` always counts.
    """
    unmapped = {declared.name for declared in declared_fields(Action)} - mapped - {"title", "status", "due", "audience"}
    return tuple(finding for finding in findings if finding.field not in unmapped)


def _map_fields(source: ExternalSource, fields: MappingNode) -> MappingNode:
    """The fields under the names of plansite; fields that have such a name already need no mapping."""
    entries: dict[str, tuple[ScalarNode, Node]] = {}
    mapped = dict(source.fields)
    same_names = {declared.name for declared in declared_fields(Action)} - mapped.keys() - {"allow", "aliases"}
    for key, node in fields.entries:
        if key.text in same_names:
            entries[key.text] = (key, node)
    further_owners: list[ScalarNode] = []
    for name, mapping in mapped.items():
        value = fields.get(mapping.field)
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
) -> list[ScalarNode]:
    """Add the field `name` to `entries`, from a value that is split if it is a list or the mapping says so.

    The parts that a field of one value does not take.
    """
    key = ScalarNode(name, value.line, value.column)
    kinds = {declared.name: declared.field.kind for declared in declared_fields(Action)}
    is_single = not isinstance(kinds.get(name), ListOf | RecordOf | Either)
    parts = _split_value(mapping, value)
    if parts is None or not is_single:
        entries[name] = (key, SequenceNode(tuple(parts), value.line, value.column) if parts else value)
        return []
    parts = [part for part in parts if not part.absent]
    if parts:
        entries[name] = (key, parts.pop(-1 if mapping.take == "last" else 0))
    return parts


def _add_supporters(entries: dict[str, tuple[ScalarNode, Node]], further_owners: list[ScalarNode]) -> None:
    """Add the owners beyond the first to the supporters, unless they are among them."""
    if not further_owners:
        return
    first = further_owners[0]
    key, given = entries.get("supporters", (ScalarNode("supporters", first.line, first.column), None))
    supporters: list[Node] = [] if given is None else list(given.items) if isinstance(given, SequenceNode) else [given]
    names = {normalise_name(remove_passed_over(node.text)[0]) for node in supporters if isinstance(node, ScalarNode)}
    for node in further_owners:
        if normalise_name(node.text) not in names:
            names.add(normalise_name(node.text))
            supporters.append(node)
    entries["supporters"] = (key, SequenceNode(tuple(supporters), first.line, first.column))


def _split_value(mapping: FieldMapping, value: Node) -> list[ScalarNode] | None:
    """The parts of a list, or of a value that the mapping splits; None for a value that is not split."""
    if isinstance(value, SequenceNode):
        return [item for item in value.items if isinstance(item, ScalarNode)]
    if isinstance(value, ScalarNode) and mapping.split:
        texts = (text.strip() for text in value.text.split(mapping.split))
        return [replace(value, text=text) for text in texts if text]
    return None


def _translate_status(source: ExternalSource, node: Node) -> Node:
    if not isinstance(node, ScalarNode):
        return node
    statuses = {normalise_name(theirs): ours for theirs, ours in source.statuses}
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
    file = parse_file(data, report)
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
