"""Files that somebody else laid out, read through a map from their field names and words to ours."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from plansite.content.bodies import body
from plansite.content.documents import Place, Result, assembled, unread
from plansite.content.frontmatter import page_of
from plansite.content.nodes import Mapping, Node, Scalar, Sequence
from plansite.content.report import Report
from plansite.content.text import salvage
from plansite.content.values import record
from plansite.model.action import Action
from plansite.model.fields import fields_of
from plansite.model.findings import Finding
from plansite.model.names import title_of
from plansite.model.people import same_name
from plansite.model.plan import Goal
from plansite.model.site import Adopted, Taken


def action_of(source: Adopted, place: Place, data: bytes) -> Result:
    """One adopted action; `place` says which plan it belongs to."""
    report = Report(place.path)
    page = page_of(data, report)
    if page is None:
        return unread(place, salvage(data), report)
    fields = _ours(source, page.fields)
    mapped = {name for name, _ in source.fields}
    values = record(Action, fields, report, known_elsewhere=frozenset(key.text for key, _ in fields.entries))
    headings = {theirs.casefold(): ours for theirs, ours in source.sections}
    document = assembled(place, fields, values, body(page, report, headings))
    if isinstance(document, Action):
        document = replace(document, status_word=_text(_source_node(source, page.fields, "status")))
    return Result(document, _that_matter(report.findings, mapped))


def named_plan(source: Adopted, data: bytes) -> str:
    """The title of the plan that a file itself names, where the source says in which field; else empty."""
    page = page_of(data, Report("")) if source.plan and source.plan.field else None
    return _text(page.fields.get(source.plan.field)) if page and source.plan else ""


def _that_matter(findings: Iterable[Finding], mapped: set[str]) -> tuple[Finding, ...]:
    """A field of theirs that only happens to bear a name of ours is no fault of theirs."""
    theirs = {each.name for each in fields_of(Action)} - mapped - {"title", "status", "due"}
    return tuple(finding for finding in findings if finding.field not in theirs)


def _ours(source: Adopted, fields: Mapping) -> Mapping:
    """Their fields under our names; names of ours that they use as well need no map."""
    entries: dict[str, tuple[Scalar, Node]] = {}
    mapped = dict(source.fields)
    own = {each.name for each in fields_of(Action)} - mapped.keys() - {"allow", "aliases"}
    for key, node in fields.entries:
        if key.text in own:
            entries[key.text] = (key, node)
    for name, taken in mapped.items():
        value = fields.get(taken.field)
        if value is not None:
            _put(entries, name, taken, value)
    if "status" in entries:
        key, node = entries["status"]
        entries["status"] = (key, _translated(source, node))
    return Mapping(tuple(entries.values()), fields.line, fields.column)


def _put(entries: dict[str, tuple[Scalar, Node]], name: str, taken: Taken, value: Node) -> None:
    """One of ours from one of theirs, taken apart where it is a list or the source says how to split it."""
    key = Scalar(name, value.line, value.column)
    kinds = {each.name: each.field.kind for each in fields_of(Action)}
    single = type(kinds.get(name)).__name__ not in ("Many", "Record", "Either")
    parts = _parts(taken, value)
    if parts is None or not single:
        entries[name] = (key, Sequence(tuple(parts), value.line, value.column) if parts else value)
        return
    parts = [part for part in parts if not part.absent]
    if not parts:
        return
    chosen = parts.pop(-1 if taken.take == "last" else 0)
    entries[name] = (key, chosen)
    if name == "owner" and parts and "supporters" not in entries:
        entries["supporters"] = (
            Scalar("supporters", value.line, value.column),
            Sequence(tuple(parts), value.line, value.column),
        )


def _parts(taken: Taken, value: Node) -> list[Scalar] | None:
    if isinstance(value, Sequence):
        return [item for item in value.items if isinstance(item, Scalar)]
    if isinstance(value, Scalar) and taken.split:
        texts = (text.strip() for text in value.text.split(taken.split))
        return [replace(value, text=text) for text in texts if text]
    return None


def _translated(source: Adopted, node: Node) -> Node:
    if not isinstance(node, Scalar):
        return node
    words = {same_name(theirs): ours for theirs, ours in source.statuses}
    return replace(node, text=words.get(same_name(node.text), node.text))


def _source_node(source: Adopted, fields: Mapping, name: str) -> Node | None:
    return fields.get(dict(source.fields).get(name, Taken(field=name)).field)


def _text(node: Node | None) -> str:
    return " ".join(node.text.split()) if isinstance(node, Scalar) and not node.absent else ""


def goal_of(source: Adopted, path: str, slug: str, data: bytes) -> tuple[Goal | None, tuple[Finding, ...]]:
    """A goal out of a file of the folder that `goals` names."""
    if source.goals is None:
        return None, ()
    report = Report(path)
    page = page_of(data, report)
    if page is None:
        return None, report.findings
    key = _text(page.fields.get(source.goals.key))
    title = _text(page.fields.get(source.goals.title))
    return Goal(key=key or slug, title=title or title_of(slug)), report.findings
