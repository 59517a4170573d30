"""Comments that were meant as values, and refused notation, are found before a parser reads the text."""

from __future__ import annotations

import pytest

from plansite.content.report import Report
from plansite.content.settings import parse_settings
from plansite.content.yaml.front_matter import parse_file


def _find_hidden(text: str) -> list[str]:
    """The places and words of comments that hide values, in the front matter of a file."""
    report = Report("a.md")
    parse_file(f"---\n{text}\n---\n".encode(), report)
    findings = [finding for finding in report.findings if finding.rule.name == "cut-by-hash"]
    return [f"{finding.line}:{finding.column} {finding.message}" for finding in findings]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("ref: #2", ["2:6"]),
        ("due: ##2", ["2:6"]),
        ("ref:\t#2", ["2:6"]),
        ("ref:\n  #2", ["3:3"]),
        ("depends_on:\n- #1\n- #2", ["3:3", "4:3"]),
        ("depends_on:\n  - #1\n  - 2", ["3:5"]),
        ("depends_on:\n  -\n    #1", ["4:5"]),
        ("evidence:\n  - label: #1\n    url: a.pdf", ["3:12"]),
        ("depends_on: [#1]", ["2:14"]),
        ("depends_on: [#1,\n#2\n]", ["2:14", "3:1"]),
        ("depends_on: [1, #2]\nowner: Jane", ["2:17"]),
        ("source: {ref: #2}", ["2:15"]),
        ('"ref": #2', ["2:8"]),
        ('title: "Plan" #3', ["2:14"]),
        ("title: 'Plan' #3", ["2:14"]),
        ('title: "Plan\n  of" #3', ["3:6"]),
        ("title: Plan #3", ["2:12"]),
        ("title: Plan\n  of #3", ["3:5"]),
        ("title: Plan\n  #3", ["3:3"]),
        ("title: #3\n  of the plan", ["2:8"]),
        ("tags: [a] #b", ["2:11"]),
        ("reason: > #3\n  words", ["2:11"]),
        ("title: @jane #3", ["2:13"]),
    ],
)
def test_a_value_that_yaml_takes_for_a_comment_is_found(text: str, places: list[str]) -> None:
    """Wherever a value may stand, also where the text is not valid YAML because of it."""
    assert [found.split(" ")[0] for found in _find_hidden(text)] == places


@pytest.mark.parametrize(
    "text",
    [
        "# note\ntitle: A",
        "#due: 2025-01-14\ntitle: A",
        "title: A # note",
        "due: # not yet known",
        "due: #",
        "goals: #todo\n  - key: a",
        "goals:\n  #- key: b\n  - key: a",
        "goals:\n  - key: a\n    #title: B\n    title: C",
        'tags: [a, # note\n  #"c",\n  b]',
        "title: C#, 'a' and a#b",
        "title: 'a #b'",
        'title: "a #b"',
        'title: "a \\" #b"',
        "title: 'it''s #1'",
        "reason: |\n  a #b\n  #c\ntitle: A",
        "reason: >-\n  a\n\n  #c",
    ],
)
def test_other_comments_are_comments(text: str) -> None:
    """Notes, lines that were taken out, and hashes within values are no faults."""
    assert _find_hidden(text) == []


def test_the_words_are_those_to_type() -> None:
    """The value in quotation marks, where it is known."""
    report = Report("a.md")
    parse_file(b"---\nref: #2\ntitle: 'Plan' #3\n---\n", report)
    assert [finding.remedy for finding in report.findings] == [
        'write "#2" with quotation marks',
        'write "Plan #3" with quotation marks',
    ]


def test_a_list_that_cannot_end_is_an_error_at_the_same_place() -> None:
    """Its closing bracket is part of the comment, so the file cannot be read."""
    report = Report("a.md")
    parse_file(b"---\ntitle: A\ndepends_on: [#1]\n---\n", report)
    assert {(finding.rule.name, finding.line, finding.column) for finding in report.findings} == {
        ("unreadable-front-matter", 3, 14),
        ("cut-by-hash", 3, 14),
    }


def test_settings_are_read_in_the_same_way() -> None:
    """`branch: #1` is no branch."""
    _, findings = parse_settings(b"title: T\nbranch: #1\n")
    assert [(finding.rule.name, finding.line) for finding in findings] == [("cut-by-hash", 2)]


def test_thousands_of_comments_take_little_time() -> None:
    """Places are counted once from the top; each twentieth of a second would be one for every file."""
    report = Report("a.md")
    parse_file(("---\n" + "a: #1\n" * 40_000 + "---\n").encode(), report)
    assert len(report.findings) == 201
