"""The map file: how columns and words of a tracker are read. An import writes it, people edit it and use it again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Annotated

from plansite.content.report import Report
from plansite.content.text import decode
from plansite.content.values import parse_fields
from plansite.content.yaml.nodes import MappingNode, parse_yaml
from plansite.deferred_dataclass import dataclass
from plansite.model.fields import ChoiceOf, Field, ListOf, MappingOf, Text
from plansite.model.findings import Finding
from plansite.model.status import STATUS_SYNONYMS, Status
from plansite.trackers.columns.mapping import ColumnMapping, Confidence
from plansite.trackers.columns.names import fold_heading, list_fields
from plansite.trackers.values.dates import DateOrder

#: What a map file says of a column whose cells go into the text, below the heading of the column.
IN_TEXT = "text"


@dataclass(frozen=True, slots=True, kw_only=True)
class TrackerMap:
    """What a map file says. Names of columns and words are compared without regard to capitals."""

    sheets: Annotated[tuple[str, ...], Field(ListOf(Text()), "The sheets to read. Default: those with actions.")] = ()
    columns: Annotated[
        tuple[tuple[str, str], ...],
        Field(MappingOf(Text()), "The field of each column, by its heading; `text` for the text below the fields."),
    ] = ()
    title: Annotated[
        str,
        Field(Text(), "What is to be done where no column says it; a heading in braces is that cell.", "Train: {Team}"),
    ] = ""
    statuses: Annotated[
        tuple[tuple[str, Status], ...],
        Field(MappingOf(ChoiceOf(Status, STATUS_SYNONYMS)), "The status that a word or colour means."),
    ] = ()
    initials: Annotated[
        tuple[tuple[str, str], ...], Field(MappingOf(Text()), "The names behind initials.", "{MW: Maria White}")
    ] = ()
    dates: Annotated[
        DateOrder | None, Field(ChoiceOf(DateOrder), "The order of dates in digits. Default: as the columns prove.")
    ] = None

    def find_status(self, word: str) -> Status | None:
        """The status that the map gives for a word; None if it does not say."""
        return next((status for name, status in self.statuses if name.casefold() == word.casefold()), None)


#: The map where none is given.
NO_MAP = TrackerMap()


class MapFileError(Exception):
    """A map file that cannot be followed, with its findings."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        """`findings` say what is wrong, each with its line."""
        super().__init__("the map file cannot be followed")
        self.findings = findings


def parse_map_file(data: bytes, path: str) -> TrackerMap:
    """What a map file says. Raises MapFileError for one that cannot be read, or that names a field there is not."""
    report = Report(path)
    text = decode(data, report)
    node = parse_yaml(text, report) if text is not None else None
    values = parse_fields(TrackerMap, node, report) if isinstance(node, MappingNode) else {}
    if report.findings:
        raise MapFileError(report.findings)
    return TrackerMap(**values)


def list_unknown_fields(tracker_map: TrackerMap) -> tuple[str, ...]:
    """The names of fields in a map that no column can be."""
    known = {*list_fields(), IN_TEXT, ""}
    return tuple(field for _, field in tracker_map.columns if field not in known)


def apply_map(mapping: Iterable[ColumnMapping], columns: Mapping[str, str]) -> tuple[ColumnMapping, ...]:
    """The mapping with what a map file says of columns; a field that it gives to one is taken from the others."""
    given = {fold_heading(heading): field for heading, field in columns.items()}
    fields = set(given.values()) - {IN_TEXT, ""}
    return tuple(_apply(each, given, fields) for each in mapping)


def _apply(each: ColumnMapping, given: Mapping[str, str], fields: set[str]) -> ColumnMapping:
    heading = fold_heading(each.heading)
    if heading in given:
        name = "" if given[heading] == IN_TEXT else given[heading]
        return ColumnMapping(each.column, each.heading, name, "the map file", Confidence.HIGH)
    if each.field in fields:
        return ColumnMapping(each.column, each.heading, "", "the map file has another column for it", Confidence.HIGH)
    return each


def format_map_file(name: str, mapping: Iterable[ColumnMapping]) -> str:
    """A map file that says how a tracker is read, to edit and use again. Each column has its reason beside it."""
    lines = [
        f"# How the columns of {' '.join(name.split())} are read. Edit it, and use it with --map.",
        f"# Fields: {', '.join(sorted(list_fields()))};",
        f"# {IN_TEXT} puts a column into the text below the fields.",
        "columns:",
    ]
    seen: set[str] = set()
    for each in mapping:
        if each.heading and fold_heading(each.heading) not in seen:
            seen.add(fold_heading(each.heading))
            quoted = '"' + each.heading.replace("\\", "\\\\").replace('"', '\\"') + '"'
            lines.append(f"  {quoted}: {each.field or IN_TEXT}  # {each.reason} ({each.confidence})")
    lines += ["# title: what is to be done, if no column says it"]
    lines += ["# statuses: {Green: completed}", "# initials: {MW: Maria White}", "# dates: day, month, year"]
    return "\n".join(lines) + "\n"
