"""Findings as text for a terminal, as JSON, as annotations for GitHub, and as SARIF for code scanning."""

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
    """A SARIF 2.1.0 log with one run: all rules, and the findings as its results."""
    index = {rule.code: number for number, rule in enumerate(rules)}
    driver = {"name": "plansite", "version": __version__, "rules": [_sarif_rule(rule) for rule in rules]}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_sarif_result(finding, index) for finding in findings],
    }
    return json.dumps({"$schema": _SARIF_SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2, ensure_ascii=False)


def _sarif_rule(rule: Rule) -> JsonObject:
    return {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": rule.summary},
        "help": {"text": rule.doc, "markdown": rule.doc},
        "defaultConfiguration": {"level": _SARIF_LEVELS[rule.level]},
    }


def _sarif_result(finding: Finding, index: dict[str, int]) -> JsonObject:
    location: JsonObject = {"artifactLocation": {"uri": quote(finding.path, safe="/")}}
    if finding.line:
        column = {"startColumn": finding.column} if finding.column else {}
        location["region"] = {"startLine": finding.line, **column}
    return {
        "ruleId": finding.rule.code,
        "ruleIndex": index[finding.rule.code],
        "level": _SARIF_LEVELS[finding.rule.level],
        "message": {"text": finding.message_and_remedy},
        "locations": [{"physicalLocation": location}],
    }


LEVELS = (Level.ERROR, Level.WARNING, Level.HINT)
_ANNOTATION_LEVELS = {Level.ERROR: "error", Level.WARNING: "warning", Level.HINT: "notice"}


class FindingFormat(StrEnum):
    """The formats in which findings can be written."""

    TEXT = "text"
    JSON = "json"
    GITHUB = "github"
    SARIF = "sarif"


def format_findings(
    finding_format: FindingFormat, findings: Sequence[Finding], file_count: int, rules: Sequence[Rule]
) -> str:
    """Findings in a format, without a final line end. `file_count` files were checked; `rules` are all rules."""
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
    """Findings grouped by level, errors first, and a line of counts at the end."""
    parts = []
    for level in LEVELS:
        group = [finding for finding in findings if finding.rule.level is level]
        if group:
            parts.append("\n".join([f"{level.capitalize()}s", *(collapse_lines(str(finding)) for finding in group)]))
    return "\n\n".join([*parts, format_summary(findings, file_count)])


def collapse_lines(text: str) -> str:
    """A text on one line; a path or a quoted value may contain line ends."""
    return " ".join(text.splitlines()) if text else ""


def format_summary(findings: Sequence[Finding], file_count: int) -> str:
    """How many of each level: "2 warnings and 1 hint in 48 files."."""
    counts = Counter(finding.rule.level for finding in findings)
    parts = [format_count(counts[level], level) for level in LEVELS if counts[level]]
    return f"{format_list(parts) or 'No problems found'} in {format_count(file_count, 'file')}."


def format_json(findings: Sequence[Finding]) -> str:
    """A JSON list of objects, all with the same keys in the same order; line and column are 0 if there is none."""
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
    """A GitHub workflow command, shown beside the line in a pull request."""
    title = f"{finding.rule.code} {finding.rule.name}"
    values = {"file": finding.path, "line": finding.line, "col": finding.column, "title": title}
    properties = ",".join(f"{name}={escape_property(str(value))}" for name, value in values.items() if value)
    return f"::{_ANNOTATION_LEVELS[finding.rule.level]} {properties}::{escape_message(finding.message_and_remedy)}"


def escape_message(text: str) -> str:
    """The text of a workflow command, with percent signs and line ends escaped as in GitHub's toolkit."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def escape_property(text: str) -> str:
    """A property of a workflow command: colons and commas are escaped as well."""
    return escape_message(text).replace(":", "%3A").replace(",", "%2C")
