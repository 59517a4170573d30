"""Depth is decided before a parser reads the text, and only a text made to harm is refused for it."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from plansite.content.report import Report
from plansite.content.yaml import nesting
from plansite.content.yaml.nesting import LOOK_AHEAD, MOST_OPEN, dense_brackets
from plansite.content.yaml.nodes import parse_yaml
from plansite.content.yaml.notation import MAX_DEPTH

#: The pieces that decide whether a parser takes a bracket for one.
_PIECES = ["\n", "!a", "&a ", "*a", ": ", "- ", *"[]{}'\"\\#!,:?| a"]


def _said(text: str) -> list[str]:
    report = Report("a.md")
    parse_yaml(text, report)
    return [str(finding) for finding in report.findings]


@pytest.mark.parametrize("opening", ["[", "{", "[{", "{[", "[ ", "[\n", "{a: ", '["],', "[!],"])
@pytest.mark.parametrize("count", [1_200, 30_000])
def test_a_run_of_brackets_never_reaches_the_parser(opening: str, count: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """However the run is written; the place is that of the ninth bracket."""
    monkeypatch.setattr("plansite.content.yaml.nodes._LOADER_CLASS", lambda _: pytest.fail("the parser was asked"))
    (said,) = _said(f"title: T\nx: {opening * count}")
    assert "lists and groups are nested more than 8 deep" in said


@pytest.mark.parametrize(("count", "refused"), [(MOST_OPEN, False), (MOST_OPEN + 1, True)])
def test_the_limit(count: int, refused: bool) -> None:
    """So many brackets that stay open are left to the parser; one more is refused before it."""
    assert (dense_brackets("[" * count, 9) == 8) is refused


def test_the_place_is_in_the_run() -> None:
    """Brackets far before the run do not move it."""
    text = "a: [\nb: [\n" + "x" * LOOK_AHEAD + "\nc: " + "[" * 200
    assert dense_brackets(text, 9) == text.index("[[") + 8


@pytest.mark.parametrize(
    "value",
    [
        "[" + ", ".join(["[1, 2]"] * 2_000) + "]",
        "[" + ", ".join(['{"agency": "A"}'] * 2_000) + "]",
        "[" + ", ".join(["{who: a, said: b}"] * 2_000) + "]",
        '"' + "[a] {b} " * 2_000 + '"',
        "see " + "[1], [2](a.md) and [the plan’s page] " * 500,
    ],
)
def test_many_brackets_are_no_depth(value: str) -> None:
    """Long lists of groups, tables of numbers and prose with notes are left to the parser."""
    assert dense_brackets(f"x: {value}", MAX_DEPTH + 1) is None
    assert not any("nested" in said for said in _said(f"x: {value}"))


@given(st.lists(st.sampled_from(_PIECES), max_size=40).map("".join))
@example("[!a], [!a], [!a], [a")
@example("['a]', ['a]', ['a]', [a")
@example('["a]", ["a]", ["a]", [a')
@example("[a #]\n, [a #]\n, [a #]\n, [a")
def test_no_text_is_deeper_than_was_counted(text: str) -> None:
    """A parser never holds more open brackets than were counted, but for one that closes on the spot."""
    depth = deepest = 0
    try:
        for token in yaml.scan(text, yaml.SafeLoader):
            depth += isinstance(token, yaml.FlowSequenceStartToken | yaml.FlowMappingStartToken)
            depth -= isinstance(token, yaml.FlowSequenceEndToken | yaml.FlowMappingEndToken)
            deepest = max(deepest, depth)
    except yaml.YAMLError:
        pass
    assert deepest <= len(nesting._OPENING.findall(text)) + 1
