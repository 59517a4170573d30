"""Findings written down for people and for programs."""

from __future__ import annotations

import json
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plansite.checks.finding_formats import (
    FindingFormat,
    escape_message,
    escape_property,
    format_annotation,
    format_findings,
    format_json,
    format_sarif,
    format_summary,
    format_text,
)
from plansite.checks.runner import RULES
from plansite.model.findings import Finding, Level, Rule

LEVELS = {level: next(rule for rule in RULES if rule.level is level) for level in Level}

RULE = st.sampled_from(RULES)
FINDINGS = st.lists(
    st.builds(
        Finding,
        rule=RULE,
        path=st.text(min_size=1),
        line=st.integers(0, 9),
        column=st.integers(0, 9),
        message=st.text(min_size=1),
        remedy=st.text(),
    ),
    max_size=5,
)


def _finding(
    level: Level, path: str = "content/a.md", line: int = 3, column: int = 0, message: str = "wrong"
) -> Finding:
    return Finding(rule=LEVELS[level], path=path, line=line, column=column, message=message, remedy="mend it")


def test_text_is_grouped_by_level() -> None:
    """Errors come first, then warnings, then hints, and a line of counts at the end."""
    found = [_finding(Level.HINT), _finding(Level.ERROR), _finding(Level.WARNING), _finding(Level.WARNING, line=0)]
    lines = format_text(found, 48).split("\n")
    assert [line for line in lines if line in ("Errors", "Warnings", "Hints")] == ["Errors", "Warnings", "Hints"]
    assert lines[1] == f"content/a.md:3: {found[1].rule.code} {found[1].rule.name}: wrong (mend it)"
    assert lines[-1] == "1 error, 2 warnings and 1 hint in 48 files."


def test_summary_of_nothing() -> None:
    """A site without findings gives a line that says so."""
    assert format_summary([], 1) == "No problems found in 1 file."


@given(FINDINGS)
def test_text_keeps_one_line_a_finding(found: list[Finding]) -> None:
    """Whatever a path or message holds, each finding stays on one line."""
    lines = format_text(found, 1).split("\n")
    assert sum(any(rule.code in line for rule in RULES) for line in lines) == len(found)


@given(FINDINGS)
def test_json_reads_back(found: list[Finding]) -> None:
    """JSON keeps every finding whole and in order, with the same keys each time."""
    rows = json.loads(format_json(found))
    assert [(row["code"], row["path"], row["line"], row["column"], row["message"], row["remedy"]) for row in rows] == [
        (each.rule.code, each.path, each.line, each.column, each.message, each.remedy) for each in found
    ]
    assert all(list(row) == ["code", "name", "level", "path", "line", "column", "message", "remedy"] for row in rows)


@pytest.mark.parametrize(
    ("level", "word"), [(Level.ERROR, "error"), (Level.WARNING, "warning"), (Level.HINT, "notice")]
)
def test_annotation_names_the_place(level: Level, word: str) -> None:
    """GitHub gets the level in its own word, file, line, column and a title."""
    found = _finding(level, path="content/a,b:c.md", column=7, message="100% wrong\nhere")
    title = f"{found.rule.code} {found.rule.name}"
    assert format_annotation(found) == (
        f"::{word} file=content/a%2Cb%3Ac.md,line=3,col=7,title={title}::100%25 wrong%0Ahere (mend it)"
    )


def test_annotation_of_a_whole_file_has_no_line() -> None:
    """Without a line there is none in the annotation."""
    assert "line=" not in format_annotation(_finding(Level.ERROR, line=0))


@given(st.text())
def test_github_escapes_are_undone_whole(words: str) -> None:
    """Undoing the escapes gives the words back, and nothing is left that could end a command or a property."""

    def undone(escaped: str) -> str:
        for code, sign in (("%3A", ":"), ("%2C", ","), ("%0A", "\n"), ("%0D", "\r"), ("%25", "%")):
            escaped = escaped.replace(code, sign)
        return escaped

    assert undone(escape_property(words)) == words
    assert not set(escape_property(words)) & set("\r\n:,")
    assert not set(escape_message(words)) & set("\r\n")


@given(FINDINGS)
def test_sarif_is_whole(found: list[Finding]) -> None:
    """Every result points at its rule, at a relative address that reads back, and at a line only where there is one."""
    log = json.loads(format_sarif(found, RULES))
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == [rule.code for rule in RULES]
    for result, each in zip(run["results"], found, strict=True):
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"] == each.rule.code
        assert result["message"]["text"]
        assert result["level"] == {"error": "error", "warning": "warning", "hint": "note"}[each.rule.level]
        (place,) = (location["physicalLocation"] for location in result["locations"])
        uri = place["artifactLocation"]["uri"]
        assert unquote(uri) == each.path
        assert uri.isascii()
        assert " " not in uri
        assert place.get("region", {}).get("startLine", 0) == each.line
        assert "region" not in place or place["region"].get("startColumn", 1) > 0


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_sarif_describes_each_rule(rule: Rule) -> None:
    """Each rule has a short description, help and a level that the standard knows."""
    described = json.loads(format_sarif([], [rule]))["runs"][0]["tool"]["driver"]["rules"][0]
    assert set(described) == {"id", "name", "shortDescription", "help", "defaultConfiguration"}
    assert described["shortDescription"]["text"].endswith(".")
    assert "\n" not in described["shortDescription"]["text"]
    assert described["help"]["text"] == rule.doc
    assert described["defaultConfiguration"]["level"] in ("error", "warning", "note")


@given(FINDINGS, st.sampled_from(FindingFormat))
def test_every_format_writes_any_finding(found: list[Finding], form: FindingFormat) -> None:
    """Each format takes whatever findings there are and encodes as UTF-8."""
    result = format_findings(form, found, 3, RULES)
    assert result.encode("utf-8", "strict") or (form is FindingFormat.GITHUB and not found)
