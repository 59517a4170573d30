"""Findings as SARIF 2.1.0, which code scanning reads (OASIS standard, 2020)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from urllib.parse import quote

from plansite import __version__
from plansite.model.findings import Finding, Level, Rule

Json = dict[str, object]

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {Level.ERROR: "error", Level.WARNING: "warning", Level.HINT: "note"}


def sarif(findings: Sequence[Finding], rules: Sequence[Rule]) -> str:
    """One run with all rules and the findings as its results."""
    index = {rule.code: number for number, rule in enumerate(rules)}
    driver = {"name": "plansite", "version": __version__, "rules": [_rule(rule) for rule in rules]}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(finding, index) for finding in findings],
    }
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2, ensure_ascii=False)


def _rule(rule: Rule) -> Json:
    first = rule.doc.partition("\n\n")[0]
    return {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": " ".join(first.split())},
        "help": {"text": rule.doc, "markdown": rule.doc},
        "defaultConfiguration": {"level": _LEVELS[rule.level]},
    }


def _result(finding: Finding, index: dict[str, int]) -> Json:
    message = f"{finding.message} ({finding.remedy})" if finding.remedy else finding.message
    place: Json = {"artifactLocation": {"uri": quote(finding.path, safe="/")}}
    if finding.line:
        column = {"startColumn": finding.column} if finding.column else {}
        place["region"] = {"startLine": finding.line, **column}
    return {
        "ruleId": finding.rule.code,
        "ruleIndex": index[finding.rule.code],
        "level": _LEVELS[finding.rule.level],
        "message": {"text": message},
        "locations": [{"physicalLocation": place}],
    }
