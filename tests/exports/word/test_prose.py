"""The text of a plan in a Word document: paragraphs, lists, tables and links of its Markdown."""

from __future__ import annotations

from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plansite.exports.word.blocks import ListItem, Paragraph, WordTable
from plansite.exports.word.prose import convert_prose, convert_to_cell
from plansite.markdown.body import parse_markdown
from tests.exports.word.documents import build, parse_parts

_Block = tuple[str, str, ListItem | None]


def _convert(markdown: str) -> list[_Block]:
    """Style, text and list of each paragraph."""
    blocks = convert_prose(parse_markdown(markdown).intro, count(1))
    return [(each.style, each.text, each.item) for each in blocks if isinstance(each, Paragraph)]


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("One\ntwo\n\nThree", [("", "One two", None), ("", "Three", None)]),
        ("One\\\ntwo", [("", "One\ntwo", None)]),
        ("- a\n- b", [("ListBullet", "a", ListItem()), ("ListBullet", "b", ListItem())]),
        ("- a\n\n  more\n\n- b", [("ListBullet", "a", ListItem()), ("ListBullet", "more", None),
                                  ("ListBullet", "b", ListItem())]),
        ("- a\n  - b", [("ListBullet", "a", ListItem()), ("ListBullet", "b", ListItem(0, 1))]),
        ("3. a\n4. b\n\n- x\n\n1. c", [("ListNumber", "a", ListItem(1, 0, 3)), ("ListNumber", "b", ListItem(1, 0, 3)),
                                      ("ListBullet", "x", ListItem()), ("ListNumber", "c", ListItem(2, 0, 1))]),
        ("- [x] a\n- [ ] b", [("ListBullet", "Done: a", ListItem()), ("ListBullet", "To do: b", ListItem())]),
        ("- [x] a\n\n- b", [("ListBullet", "Done: a", ListItem()), ("ListBullet", "b", ListItem())]),
        ("### A *b*\n> c", [("Heading3", "A b", None), ("Quote", "c", None)]),
        ("```\na\n  b\n```", [("CodeBlock", "a\n  b", None)]),
        ("![A ramp](ramp.png) [there](actions/a.md)", [("", "A ramp there", None)]),
        ("a & b < c &amp;", [("", "a & b < c &", None)]),
        ("", []),
    ],
)  # fmt: skip
def test_blocks(markdown: str, expected: list[_Block]) -> None:
    assert _convert(markdown) == expected


def test_a_text_in_a_cell() -> None:
    """Its lists have marks and its tables are lines, in the style of the table."""
    paragraphs = convert_to_cell(parse_markdown("A *b*\n\n1. c\n\n| D | E |\n|--|--|\n| 1 | 2 |").intro)
    assert [(each.style, each.text) for each in paragraphs] == [
        ("TableText", text) for text in ("A b", "• c", "D | E", "1 | 2")
    ]


def test_formats_within_a_paragraph() -> None:
    (paragraph,) = convert_prose(parse_markdown("a **b** *c* `d` [e](https://example.org/) [f](a.md)").intro, count(1))
    assert isinstance(paragraph, Paragraph)
    assert [(run.text, run.style, run.address) for run in paragraph.runs if run.text.strip()] == [
        ("a ", "", ""),
        ("b", "Strong", ""),
        ("c", "Emphasis", ""),
        ("d", "Code", ""),
        ("e", "Hyperlink", "https://example.org/"),
        ("f", "", ""),
    ]


def test_a_table_is_a_table() -> None:
    """Its first row is the heading, and a paragraph follows, so that two tables stay two."""
    table, after = convert_prose(parse_markdown("| A | B |\n|--|--|\n| 1 | *2* |\n| 3 | |").intro, count(1))
    assert isinstance(table, WordTable)
    assert [column.title for column in table.columns] == ["A", "B"]
    assert [[cell[0].text for cell in row.cells] for row in table.rows] == [["1", "2"], ["3", ""]]
    assert isinstance(after, Paragraph)


@given(st.text("ab*_`>#-1.[]()|\\ \n&<!", max_size=80))
def test_every_word_is_kept_and_nothing_fails(markdown: str) -> None:
    """Whatever somebody writes becomes valid XML with the letters that the page has."""
    body = parse_markdown(markdown)
    blocks = convert_prose(body.intro, count(1))
    text = "".join(parse_parts(build(*blocks))["word/document.xml"].itertext())
    shown = "".join(run.text for run in body.text_runs)
    in_intro = body.sections == ()
    assert not in_intro or sorted(filter(str.isalpha, shown)) == sorted(filter(str.isalpha, text))
