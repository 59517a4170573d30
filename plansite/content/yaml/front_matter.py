"""Splits a file into its front matter and its text."""

from __future__ import annotations

from plansite.content.parse_rules import NO_FRONT_MATTER, NOT_FIELDS, UNCLOSED_FRONT_MATTER
from plansite.content.report import Report
from plansite.content.text import decode, report_conflict_markers
from plansite.content.yaml.advice import check_missing_colon
from plansite.content.yaml.fences import OPENING_LINE, advise_end, advise_opening, begins_with_fields
from plansite.content.yaml.nodes import MappingNode, ScalarNode, parse_yaml
from plansite.content.yaml.plain_fields import parse_plain_fields
from plansite.deferred_dataclass import dataclass
from plansite.deferred_pattern import compile_lazily
from plansite.fast_paths import fast_paths_enabled
from plansite.model.findings import Fix

_HAS_FAST_PATHS = fast_paths_enabled()

#: Blank lines and comments up to the line that begins a YAML document, and the lines behind its end.
_DOCUMENT_START = compile_lazily(r"(?:[ \t]*(?:#.*)?\n)*+---[ \t]*(?:\n|\Z)")
_DOCUMENT_END = compile_lazily(r"(?<![^\n])(?:---|\.\.\.)\s*\Z")


@dataclass(frozen=True, slots=True)
class ParsedFile:
    """The fields of a file with their positions, and its text with the line on which it begins."""

    fields: MappingNode
    text: str
    text_line: int


def parse_file(data: bytes, report: Report) -> ParsedFile | None:
    """Parse a file; None, with a finding in `report`, where it is unreadable. Never raises."""
    text = decode(data, report)
    return None if text is None else _parse_decoded(text, report)


def _parse_decoded(text: str, report: Report) -> ParsedFile | None:
    conflict = report_conflict_markers(text, report)
    end = _find_closing_line(text) if conflict is not None else _find_front_matter_end(text, report)
    opening = OPENING_LINE.match(text)
    if end is None or opening is None or (conflict is not None and conflict <= end):
        return None
    fields = _parse_fields(text[opening.end() : end + 1] or "\n", report)
    if fields is None:
        return None
    line_end = text.find("\n", end + 1)
    return ParsedFile(fields, text[line_end + 1 :] if line_end >= 0 else "", text.count("\n", 0, end) + 3)


def parse_yaml_file(data: bytes, report: Report) -> ParsedFile | None:
    """Parse a file of YAML alone, which is front matter without a text; None, with a finding, where it is unreadable.

    Lines of `---` before its fields and behind them count as blank.
    """
    text = decode(data, report)
    if text is None or report_conflict_markers(text, report) is not None:
        return None
    start, end = _DOCUMENT_START.match(text), _DOCUMENT_END.search(text)
    if end and (not start or end.start() >= start.end()):
        text = text[: end.start()]
    if start:
        text = "\n" * start[0].count("\n") + text[start.end() :]
    fields = _parse_fields(text or "\n", report, first_line=1)
    return None if fields is None else ParsedFile(fields, "", text.count("\n") + 1)


def parse_text_file(data: bytes, report: Report) -> ParsedFile | None:
    """Parse a file that needs no front matter: where it begins with nothing that is meant so, all of it is text."""
    text = decode(data, report)
    if text is None:
        return None
    if begins_with_fields(text):
        return _parse_decoded(text, report)
    report_conflict_markers(text, report)
    return ParsedFile(MappingNode((), 1, 1), text, 1)


def _find_front_matter_end(text: str, report: Report) -> int | None:
    """The offset of the line end before the closing line; None, with a finding, where there is no front matter."""
    opening = OPENING_LINE.match(text)
    if opening is None:
        message, remedy, fix = advise_opening(text)
        report.add(NO_FRONT_MATTER, message, remedy, line=1, column=1, fix=fix)
        return None
    end = _find_closing_line(text)
    if end is None:
        message, remedy, fix = advise_end(text)
        report.add(UNCLOSED_FRONT_MATTER, message, remedy, line=1, column=1, fix=fix)
    return end


def _parse_fields(text: str, report: Report, first_line: int = 2) -> MappingNode | None:
    """The fields of the front matter; None, with a finding, where it is not made of fields."""
    if _HAS_FAST_PATHS and (plain_fields := parse_plain_fields(text, first_line)):
        return plain_fields
    finding_count = len(report.findings)
    node = parse_yaml(text, report, first_line=first_line)
    if node is None and len(report.findings) > finding_count:
        return None
    if node is None:
        node = MappingNode((), first_line, 1)
    if not isinstance(node, MappingNode):
        line = text.strip("\n") if isinstance(node, ScalarNode) else ""
        advice = check_missing_colon(line) if "\n" not in line else None
        report.add(
            NOT_FIELDS,
            "the front matter is not written as fields",
            advice.remedy if advice and advice.new_line else "put one field on each line, as `name: value`",
            line=first_line,
            column=1,
            fix=Fix(first_line, line, advice.new_line) if advice and advice.new_line else None,
        )
        return None
    return node


def _find_closing_line(text: str) -> int | None:
    """The offset of the line end before the line that closes the front matter; None where no line does."""
    offset = text.find("\n---", 3)
    while offset >= 0:
        line_end = text.find("\n", offset + 1)
        if not text[offset + 4 : line_end if line_end >= 0 else len(text)].strip():
            return offset
        offset = text.find("\n---", offset + 1)
    return None
