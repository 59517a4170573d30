"""Findings written down: for people, for programs, for pull requests, and for code scanning."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from enum import StrEnum
from urllib.parse import quote

from plansite import __version__
from plansite.model.findings import Finding, Level, Rule
from plansite.model.formatting import format_count, format_list

JsonObject = dict[str, object]

_SARIF_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_SARIF_LEVELS = {Level.ERROR: "error", Level.WARNING: "warning", Level.HINT: "note"}


def format_sarif(findings: Sequence[Finding], rules: Sequence[Rule]) -> str:
    """One run with all rules and the findings as its results."""
    index = {rule.code: number for number, rule in enumerate(rules)}
    driver = {"name": "plansite", "version": __version__, "rules": [_sarif_rule(rule) for rule in rules]}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_sarif_result(finding, index) for finding in findings],
    }
    return json.dumps({"$schema": _SARIF_SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2, ensure_ascii=False)


def _sarif_rule(rule: Rule) -> JsonObject:
    first = rule.doc.partition("\n\n")[0]
    return {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": " ".join(first.split())},
        "help": {"text": rule.doc, "markdown": rule.doc},
        "defaultConfiguration": {"level": _SARIF_LEVELS[rule.level]},
    }


def _sarif_result(finding: Finding, index: dict[str, int]) -> JsonObject:
    message = f"{finding.message} ({finding.remedy})" if finding.remedy else finding.message
    place: JsonObject = {"artifactLocation": {"uri": quote(finding.path, safe="/")}}
    if finding.line:
        column = {"startColumn": finding.column} if finding.column else {}
        place["region"] = {"startLine": finding.line, **column}
    return {
        "ruleId": finding.rule.code,
        "ruleIndex": index[finding.rule.code],
        "level": _SARIF_LEVELS[finding.rule.level],
        "message": {"text": message},
        "locations": [{"physicalLocation": place}],
    }


LEVELS = (Level.ERROR, Level.WARNING, Level.HINT)
_ANNOTATION_LEVELS = {Level.ERROR: "error", Level.WARNING: "warning", Level.HINT: "notice"}


class FindingFormat(StrEnum):
    """How findings can be written."""

    TEXT = "text"
    JSON = "json"
    GITHUB = "github"
    SARIF = "sarif"


def format_findings(
    finding_format: FindingFormat, findings: Sequence[Finding], file_count: int, rules: Sequence[Rule]
) -> str:
    """Findings in a format, without a line end. `files` is how many were looked at, `rules` all that there are."""
    match finding_format:
        case FindingFormat.TEXT:
            return format_text(findings, file_count)
        case FindingFormat.JSON:
            return format_json(findings)
        case FindingFormat.GITHUB:
            return "\n".join(format_annotation(finding) for finding in findings)
        case FindingFormat.SARIF:
            return format_sarif(findings, rules)


def format_text(findings: Sequence[Finding], file_count: int) -> str:
    """A group for each level, what matters most first, and a line of counts at the end."""
    parts = []
    for level in LEVELS:
        own = [finding for finding in findings if finding.rule.level is level]
        if own:
            parts.append("\n".join([f"{level.capitalize()}s", *(collapse_lines(str(finding)) for finding in own)]))
    return "\n\n".join([*parts, format_summary(findings, file_count)])


def collapse_lines(text: str) -> str:
    """The same words on one line, whatever a path or a value brought with it."""
    return " ".join(text.splitlines()) if text else ""


def format_summary(findings: Sequence[Finding], file_count: int) -> str:
    """How many of each level: "2 warnings and 1 hint in 48 files."."""
    counts = Counter(finding.rule.level for finding in findings)
    said = [format_count(counts[level], level) for level in LEVELS if counts[level]]
    return f"{format_list(said) or 'Nothing to mend'} in {format_count(file_count, 'file')}."


def format_json(findings: Sequence[Finding]) -> str:
    """A list of objects with the same keys in the same order; line and column are 0 where there is none."""
    rows = [
        {
            "code": finding.rule.code,
            "name": finding.rule.name,
            "level": finding.rule.level.value,
            "path": finding.path,
            "line": finding.line,
            "column": finding.column,
            "message": finding.message,
            "remedy": finding.remedy,
        }
        for finding in findings
    ]
    return json.dumps(rows, indent=2, ensure_ascii=False)


def format_annotation(finding: Finding) -> str:
    """A workflow command that GitHub shows beside the line in a pull request."""
    places = {"file": finding.path, "line": finding.line, "col": finding.column}
    title = f"{finding.rule.code} {finding.rule.name}"
    given = {**{name: str(value) for name, value in places.items() if value}, "title": title}
    properties = ",".join(f"{name}={escape_property(value)}" for name, value in given.items())
    message = f"{finding.message} ({finding.remedy})" if finding.remedy else finding.message
    return f"::{_ANNOTATION_LEVELS[finding.rule.level]} {properties}::{escape_message(message)}"


def escape_message(text: str) -> str:
    """As GitHub's own toolkit writes the text of a command: no percent sign, no line end."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def escape_property(text: str) -> str:
    """As GitHub's own toolkit writes a property: also no colon and no comma."""
    return escape_message(text).replace(":", "%3A").replace(",", "%2C")
