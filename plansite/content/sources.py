"""Files that somebody else laid out, read through a map from their field names and words to ours."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from plansite.content.documents import DocumentLocation, ParseResult, build_document, build_unreadable_file, parse_body
from plansite.content.report import Report
from plansite.content.text import decode_lossy
from plansite.content.values import parse_fields
from plansite.content.yaml.front_matter import parse_file
from plansite.content.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from plansite.model.action import Action
from plansite.model.fields import Either, ListOf, RecordOf, declared_fields
from plansite.model.findings import Finding
from plansite.model.people import normalise_name
from plansite.model.plan import Goal
from plansite.model.settings import ExternalSource, FieldMapping
from plansite.model.slugs import title_from_slug


def parse_external_action(source: ExternalSource, location: DocumentLocation, data: bytes) -> ParseResult:
    """One adopted action; `place` says which plan it belongs to."""
    report = Report(location.path)
    page = parse_file(data, report)
    if page is None:
        return build_unreadable_file(location, decode_lossy(data), report)
    fields = _map_fields(source, page.fields)
    mapped = {name for name, _ in source.fields}
    values = parse_fields(Action, fields, report, known_elsewhere=frozenset(key.text for key, _ in fields.entries))
    headings = {theirs.casefold(): ours for theirs, ours in source.sections}
    document = build_document(location, fields, values, parse_body(page, report, headings))
    if isinstance(document, Action):
        document = replace(document, status_word=_format_node(_find_source_node(source, page.fields, "status")))
    return ParseResult(document, _drop_unmapped_findings(report.findings, mapped))


def parse_plan_title(source: ExternalSource, data: bytes) -> str:
    """The title of the plan that a file itself names, where the source says in which field; else empty."""
    page = parse_file(data, Report("")) if source.plan and source.plan.field else None
    return _format_node(page.fields.get(source.plan.field)) if page and source.plan else ""


def _drop_unmapped_findings(findings: Iterable[Finding], mapped: set[str]) -> tuple[Finding, ...]:
    """A field of theirs that only happens to bear a name of ours is no fault of theirs."""
    theirs = {each.name for each in declared_fields(Action)} - mapped - {"title", "status", "due"}
    return tuple(finding for finding in findings if finding.field not in theirs)


def _map_fields(source: ExternalSource, fields: MappingNode) -> MappingNode:
    """Their fields under our names; names of ours that they use as well need no map."""
    entries: dict[str, tuple[ScalarNode, Node]] = {}
    mapped = dict(source.fields)
    own = {each.name for each in declared_fields(Action)} - mapped.keys() - {"allow", "aliases"}
    for key, node in fields.entries:
        if key.text in own:
            entries[key.text] = (key, node)
    for name, taken in mapped.items():
        value = fields.get(taken.field)
        if value is not None:
            _map_field(entries, name, taken, value)
    if "status" in entries:
        key, node = entries["status"]
        entries["status"] = (key, _translate_status(source, node))
    return MappingNode(tuple(entries.values()), fields.line, fields.column)


def _map_field(entries: dict[str, tuple[ScalarNode, Node]], name: str, mapping: FieldMapping, value: Node) -> None:
    """One of ours from one of theirs, taken apart where it is a list or the source says how to split it."""
    key = ScalarNode(name, value.line, value.column)
    kinds = {each.name: each.field.kind for each in declared_fields(Action)}
    single = not isinstance(kinds.get(name), ListOf | RecordOf | Either)
    parts = _split_value(mapping, value)
    if parts is None or not single:
        entries[name] = (key, SequenceNode(tuple(parts), value.line, value.column) if parts else value)
        return
    parts = [part for part in parts if not part.absent]
    if not parts:
        return
    chosen = parts.pop(-1 if mapping.take == "last" else 0)
    entries[name] = (key, chosen)
    if name == "owner" and parts and "supporters" not in entries:
        entries["supporters"] = (
            ScalarNode("supporters", value.line, value.column),
            SequenceNode(tuple(parts), value.line, value.column),
        )


def _split_value(mapping: FieldMapping, value: Node) -> list[ScalarNode] | None:
    if isinstance(value, SequenceNode):
        return [item for item in value.items if isinstance(item, ScalarNode)]
    if isinstance(value, ScalarNode) and mapping.split:
        texts = (text.strip() for text in value.text.split(mapping.split))
        return [replace(value, text=text) for text in texts if text]
    return None


def _translate_status(source: ExternalSource, node: Node) -> Node:
    if not isinstance(node, ScalarNode):
        return node
    words = {normalise_name(theirs): ours for theirs, ours in source.statuses}
    return replace(node, text=words.get(normalise_name(node.text), node.text))


def _find_source_node(source: ExternalSource, fields: MappingNode, name: str) -> Node | None:
    return fields.get(dict(source.fields).get(name, FieldMapping(field=name)).field)


def _format_node(node: Node | None) -> str:
    return " ".join(node.text.split()) if isinstance(node, ScalarNode) and not node.absent else ""


def parse_external_goal(
    source: ExternalSource, path: str, slug: str, data: bytes
) -> tuple[Goal | None, tuple[Finding, ...]]:
    """A goal out of a file of the folder that `goals` names."""
    if source.goals is None:
        return None, ()
    report = Report(path)
    page = parse_file(data, report)
    if page is None:
        return None, report.findings
    key = _format_node(page.fields.get(source.goals.key))
    title = _format_node(page.fields.get(source.goals.title))
    return Goal(key=key or slug, title=title or title_from_slug(slug)), report.findings
