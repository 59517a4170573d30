"""Lines of a merge that was never finished are found wherever they stand, and headings are left alone."""

from __future__ import annotations

import pytest

from plansite.content.documents import DocumentLocation, parse_document
from plansite.content.settings import SettingsError, parse_settings
from plansite.model.site import UnreadableFile

_PLACE = DocumentLocation("action", "p", "a", "a.md")


def _find_lines(text: str) -> list[int]:
    findings = parse_document(_PLACE, text.encode()).findings
    return [finding.line for finding in findings if finding.rule.name == "conflict-markers"]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("---\ntitle: T\n<<<<<<< HEAD\nref: 1\n=======\nref: 2\n>>>>>>> b\n---\n", [3, 5, 7]),
        ("---\r\ntitle: T\r\n---\r\n<<<<<<< HEAD\r\na\r\n=======\r\nb\r\n>>>>>>> b\r\n", [4, 6, 8]),
        ("---\ntitle: T\n---\n<<<<<<<\na\n||||||| base\nb\n=======\nc\n>>>>>>>\n", [4, 6, 8, 10]),
        ("---\ntitle: T\n---\nWords\n>>>>>>> b\n", [5]),
        ("<<<<<<< HEAD\n---\ntitle: T\n=======\n---\ntitle: U\n>>>>>>> b\n---\n", [1, 4, 7]),
        ("---\ntitle: T\n<<<<<<< HEAD\n---\nA\n=======\n---\nB\n>>>>>>> b\n", [3, 6, 9]),
    ],
)
def test_the_lines_of_a_conflict_are_found(text: str, lines: list[int]) -> None:
    """All of them, in fields and text, with the line of each."""
    assert _find_lines(text) == lines


@pytest.mark.parametrize(
    "body", ["Heading\n=======\n", "a <<<<<<< b\n", "> > > > > > > a\n", "|||||||\n", "<<<<<<<<\n"]
)
def test_headings_tables_and_quotations_are_left_alone(body: str) -> None:
    """A line of seven `=` under a heading is Markdown, and so is a row of empty cells."""
    assert _find_lines(f"---\ntitle: T\n---\n{body}") == []


def test_a_conflict_in_the_fields_is_the_only_fault() -> None:
    """The file cannot be read until somebody decides; nothing else is said about it."""
    result = parse_document(_PLACE, b"---\ntitle: T\n<<<<<<< HEAD\nref: 1\n=======\nref: 2\n>>>>>>> b\n---\n")
    assert isinstance(result.document, UnreadableFile)
    assert {finding.rule.name for finding in result.findings} == {"conflict-markers"}


def test_a_conflict_in_the_settings_stops_the_build() -> None:
    """Nobody knows which settings are meant."""
    with pytest.raises(SettingsError) as error:
        parse_settings(b"title: T\n<<<<<<< HEAD\nbranch: a\n=======\nbranch: b\n>>>>>>> b\n")
    assert [finding.line for finding in error.value.findings] == [2, 4, 6]


@pytest.mark.parametrize("title", ["\u200b", "\u2060\ufeff", "\u00ad", "\u3164", "\u2800 \u200d", "\ufe0f", "\\u200b"])
def test_a_title_that_nobody_can_see_is_a_fault(title: str) -> None:
    """It counts as left out, so that the file name stands in."""
    result = parse_document(_PLACE, f'---\ntitle: "{title}"\n---\n'.encode())
    assert not isinstance(result.document, UnreadableFile)
    assert result.document.title == "A"
    assert [(finding.rule.name, finding.line) for finding in result.findings] == [("control-character", 2)]


@pytest.mark.parametrize("title", ["é", "家", "👍\ufe0f", "a\u200b", "नमस्ते", "…", "\u200f\u05e9\u05dd"])
def test_words_of_any_script_are_seen(title: str) -> None:
    """Marks within a word do not hide it."""
    findings = parse_document(_PLACE, f"---\ntitle: {title}\n---\n".encode()).findings
    assert not any(finding.rule.name == "control-character" for finding in findings)
