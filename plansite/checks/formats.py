"""Findings written down: for people, for programs, for pull requests, and for code scanning."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from enum import StrEnum

from plansite.checks.sarif import sarif
from plansite.model.findings import Finding, Level, Rule
from plansite.model.words import count, listed

LEVELS = (Level.ERROR, Level.WARNING, Level.HINT)
_ANNOTATIONS = {Level.ERROR: "error", Level.WARNING: "warning", Level.HINT: "notice"}


class Format(StrEnum):
    """How findings can be written."""

    TEXT = "text"
    JSON = "json"
    GITHUB = "github"
    SARIF = "sarif"


def written(form: Format, findings: Sequence[Finding], files: int, rules: Sequence[Rule]) -> str:
    """Findings in a format, without a line end. `files` is how many were looked at, `rules` all that there are."""
    match form:
        case Format.TEXT:
            return text(findings, files)
        case Format.JSON:
            return as_json(findings)
        case Format.GITHUB:
            return "\n".join(annotation(finding) for finding in findings)
        case Format.SARIF:
            return sarif(findings, rules)


def text(findings: Sequence[Finding], files: int) -> str:
    """A group for each level, what matters most first, and a line of counts at the end."""
    parts = []
    for level in LEVELS:
        own = [finding for finding in findings if finding.rule.level is level]
        if own:
            parts.append("\n".join([f"{level.capitalize()}s", *(one_line(str(finding)) for finding in own)]))
    return "\n\n".join([*parts, summary(findings, files)])


def one_line(words: str) -> str:
    """The same words on one line, whatever a path or a value brought with it."""
    return " ".join(words.splitlines()) if words else ""


def summary(findings: Sequence[Finding], files: int) -> str:
    """How many of each level: "2 warnings and 1 hint in 48 files."."""
    counts = Counter(finding.rule.level for finding in findings)
    said = [count(counts[level], level) for level in LEVELS if counts[level]]
    return f"{listed(said) or 'Nothing to mend'} in {count(files, 'file')}."


def as_json(findings: Sequence[Finding]) -> str:
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


def annotation(finding: Finding) -> str:
    """A workflow command that GitHub shows beside the line in a pull request."""
    places = {"file": finding.path, "line": finding.line, "col": finding.column}
    title = f"{finding.rule.code} {finding.rule.name}"
    given = {**{name: str(value) for name, value in places.items() if value}, "title": title}
    properties = ",".join(f"{name}={escaped_property(value)}" for name, value in given.items())
    message = f"{finding.message} ({finding.remedy})" if finding.remedy else finding.message
    return f"::{_ANNOTATIONS[finding.rule.level]} {properties}::{escaped_message(message)}"


def escaped_message(words: str) -> str:
    """As GitHub's own toolkit writes the text of a command: no percent sign, no line end."""
    return words.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def escaped_property(words: str) -> str:
    """As GitHub's own toolkit writes a property: also no colon and no comma."""
    return escaped_message(words).replace(":", "%3A").replace(",", "%2C")
