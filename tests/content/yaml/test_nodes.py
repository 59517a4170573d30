"""The tree of a YAML text, and the limits of the work that goes into it."""

from __future__ import annotations

import pytest

from plansite.content.report import Report
from plansite.content.yaml.nodes import MappingNode, ScalarNode, SequenceNode, parse_yaml
from plansite.content.yaml.notation import MAX_VALUES


def _said(text: str) -> list[str]:
    report = Report("a.md")
    parse_yaml(text, report)
    return [str(finding) for finding in report.findings]


def test_places_and_quotation_marks() -> None:
    """Every value knows its line, its column and whether it was written without quotation marks."""
    report = Report("a.md")
    found = parse_yaml('a: 1\nb: ["x"]\n', report, first_line=2)
    b = MappingNode(
        (
            (ScalarNode("a", 2, 1, True), ScalarNode("1", 2, 4, True)),
            (ScalarNode("b", 3, 1, True), SequenceNode((ScalarNode("x", 3, 5),), 3, 4)),
        ),
        2,
        1,
    )
    assert (found, report.findings) == (b, ())


@pytest.mark.parametrize(("count", "refused"), [(MAX_VALUES - 20, False), (MAX_VALUES, True)])
def test_too_many_values_are_refused(count: int, refused: bool) -> None:
    """The limit holds for long texts, and only there."""
    said = _said("a: [" + "b, " * count + "]\n")
    assert any("there are too many values" in each for each in said) is refused


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('a: "\\u202e"\n', "PS005"),
        ('a: "\\x00"\n', "PS004"),
        ("a: '\\x00'\n", ""),
        ("a: \u202e\n", "PS005"),
        ("a: caf\u00e9\u00a0b\n", ""),
        ("a: Plan #3\n", "PS016"),
        ("a: '#3'\nb: c # d\n", ""),
    ],
)
def test_what_is_hidden_is_found_however_it_is_written(text: str, said: str) -> None:
    """Escapes are looked at as the characters that they stand for, and a hash only where it cuts a value."""
    found = _said(text)
    assert [bool(said and said in each) for each in found] == ([True] if said else [])
