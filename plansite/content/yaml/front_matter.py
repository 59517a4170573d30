"""Splits a file into its front matter and its text."""

from __future__ import annotations

from dataclasses import dataclass

from plansite.content.parse_rules import NO_FRONT_MATTER, NOT_FIELDS, UNCLOSED_FRONT_MATTER
from plansite.content.report import Report
from plansite.content.text import decode, report_conflict_markers
from plansite.content.yaml.advice import check_missing_colon
from plansite.content.yaml.fences import OPENING_LINE, advise_end, advise_opening
from plansite.content.yaml.nodes import MappingNode, ScalarNode, parse_yaml
from plansite.model.findings import Fix


@dataclass(frozen=True, slots=True)
class ParsedFile:
    """The fields of a file with their positions, and its text with the line on which it begins."""

    fields: MappingNode
    text: str
    text_line: int


def parse_file(data: bytes, report: Report) -> ParsedFile | None:
    """Parse a file; None, with a finding in `report`, where it is unreadable. Never raises."""
    text = decode(data, report)
    if text is None:
        return None
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


def _parse_fields(text: str, report: Report) -> MappingNode | None:
    """The fields of the front matter, which begins on line 2; None, with a finding, where it is not made of fields."""
    finding_count = len(report.findings)
    node = parse_yaml(text, report, first_line=2)
    if node is None and len(report.findings) > finding_count:
        return None
    if node is None:
        node = MappingNode((), 2, 1)
    if not isinstance(node, MappingNode):
        line = text.strip("\n") if isinstance(node, ScalarNode) else ""
        advice = check_missing_colon(line) if "\n" not in line else None
        report.add(
            NOT_FIELDS,
            "the front matter is not made of fields",
            advice.remedy if advice and advice.new_line else "put one field on each line, as `name: value`",
            line=2,
            column=1,
            fix=Fix(2, line, advice.new_line) if advice and advice.new_line else None,
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
