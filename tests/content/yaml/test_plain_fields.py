"""The quick reader of plain front matter returns what the full reader does, positions included, or nothing."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from plansite.content.report import Report
from plansite.content.yaml.nodes import MappingNode, parse_yaml
from plansite.content.yaml.plain_fields import parse_plain_fields

_SIGNS = " \n:-,[]{}'\"#&*!|>%@`?~\\\t=.éab0\u00a0\u2028\x85\u200b\U0001f600"
_PIECES = st.sampled_from(
    [*_SIGNS, ": ", "- ", "  - ", "\n  ", "''", ", ", "[]", "{}", "] ", "} ", " #", ":a", "a: b\n", "b:\n", "---\n"]
)
_PLAIN = st.sampled_from(
    [
        "title: Check the store's door\nref: 3\nat: 12:30\n",
        "tags: [a, 'b c', \"d\"]\nx: y\n",
        'e:\n  - {label: Form, url: "https://a", d: 2026}\n  - b\nl:\n- c\nn: []\n',
        "s: {kind: ins, ref: \"C, D\"}\nq: 'x'\nr: a-b, c\n",
        "k: a\nm:\nl: [a]\n",
    ]
)


@st.composite
def _changed_texts(draw: st.DrawFn) -> str:
    """Plain front matter with other signs put into it, or signs taken out."""
    text = draw(_PLAIN)
    for piece in draw(st.lists(_PIECES, max_size=3)):
        start = draw(st.integers(0, len(text)))
        text = text[:start] + piece + text[start + draw(st.sampled_from([0, 1, 5])) :]
    return text


@given(_changed_texts() | st.lists(_PIECES, max_size=25).map("".join) | st.text(max_size=20))
@example("a:\nb: 1\n")
@example("a:\n- b\n  - c\n")
@example("a: b\n  c\n")
@example("a: [b, c,]\n")
@example("a: [b: c]\n")
@example("a: {b: c, b: d}\n")
@example('a: "b"c\n')
@example("a: {b: 'c'd}\n")
@example("a: b \n")
@example("a: 'b''c'\n")
@example("a: b")
@example("a: [ b]\n")
@example("a: []\nb: {}\n")
def test_it_returns_the_nodes_of_the_full_reader_or_nothing(text: str) -> None:
    """Whatever it takes, the full reader has no finding about, and reads as the same values in the same places."""
    found = parse_plain_fields(text, 2)
    if found is not None:
        report = Report("a.md")
        assert found == parse_yaml(text, report, first_line=2)
        assert not report.findings


@pytest.mark.parametrize(
    "text",
    [
        "title: Check the store's door\nref: 3\nurl: https://a.example/b?c=d\nat: 12:30\n",
        "title: \"A: b\"\nnote: 'x # y'\ntags: [a, 'b c', \"d\"]\n",
        'evidence:\n  - {label: Form, url: "https://a.example", date: 2026-11-05}\n  - b\nlist:\n- c\nnone: []\n',
    ],
)
def test_plain_front_matter_is_read_quickly(text: str) -> None:
    """It takes the notation that most files are written in."""
    found = parse_plain_fields(text, 2)
    assert isinstance(found, MappingNode)
    assert found == parse_yaml(text, Report("a.md"), first_line=2)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n",
        "a: b # c\n",
        "a: &b c\n",
        "a: 1\na: 2\n",
        "a: |\n  b\n",
        "a: 'b\n  c'\n",
        "A: b\n",
        f"a: {'b' * 9000}\n",
    ],
)
def test_all_else_is_left_to_the_full_reader(text: str) -> None:
    """So is what is only uncertain."""
    assert parse_plain_fields(text, 2) is None
