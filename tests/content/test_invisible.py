"""Characters that nobody sees: which are text, which are refused, and which a value is read without."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plansite.content.invisible import (
    describe_character,
    find_refused_directions,
    remove_passed_over,
    replace_refused_directions,
)
from plansite.content.report import Report
from plansite.content.values import parse_fields
from plansite.content.yaml.front_matter import parse_file
from plansite.model.documents.action import Action
from plansite.model.status import Status

_ENGLAND = "\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f"


@pytest.mark.parametrize(
    ("text", "offsets"),
    [
        ("a\u200e\u200f\u061c\u200c\u200db", []),
        ("\u2066a\u2069", []),
        ("\u2067a\u2068b\u2069\u2066c\u2069\u2069", []),
        ("a\u202eb\u202c", [1, 3]),
        ("\u202aa\u202bb\u202dc", [0, 2, 4]),
        ("\u2066a", [0]),
        ("a\u2069", [1]),
        ("\u2066a\u2067b\u2069", [0]),
        ("\u2066a\nb\u2069", [0, 4]),
    ],
)
def test_refused_directions(text: str, offsets: list[int]) -> None:
    """Embeddings and overrides, and isolates without a partner in their line."""
    assert find_refused_directions(text) == offsets


@given(st.text("ab\n\u200e\u202a\u202c\u202e\u2066\u2067\u2068\u2069", max_size=30))
def test_nothing_is_refused_once_it_is_replaced(text: str) -> None:
    """What remains is balanced, and all other characters stay."""
    replaced = replace_refused_directions(text, "?")
    assert find_refused_directions(replaced) == []
    assert [a for a, b in zip(text, replaced, strict=True) if a != b] == [
        text[at] for at in find_refused_directions(text)
    ]


@pytest.mark.parametrize(
    ("text", "offset", "words"),
    [
        ("comp\u200bleted", 4, "U+200B (zero width space) in “completed”"),
        ("is completed\u200b", 12, "U+200B (zero width space) in “completed”"),
        ("\u202eabc def", 0, "U+202E (right-to-left override) in “abc”"),
        ("abc \u202e def", 4, "U+202E (right-to-left override) in “abc”"),
        ("\u2060", 0, "U+2060 (word joiner)"),
        ("a\x07b", 1, "U+0007 in “ab”"),
        (f"{'a' * 90}\u00ad{'b' * 90}", 90, f"U+00AD (soft hyphen) in “{'a' * 20}{'b' * 20}”"),
        ("a\u200bb\u200bc", 1, "U+200B (zero width space) in “abc”"),
    ],
)
def test_descriptions(text: str, offset: int, words: str) -> None:
    """Code point and name, and the word as it looks."""
    assert describe_character(text, offset) == words


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("\u200eAnna\u200f", "Anna"),
        ("An\u00adna\ufeff\u2060\u180e\u2063", "Anna"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("👩\u200d🔧", "👩\u200d🔧"),
        (f"{_ENGLAND}\U000e0041", _ENGLAND),
        ("क्\u200dष", "क्\u200dष"),
    ],
)
def test_what_is_passed_over(text: str, plain: str) -> None:
    """Joiners and flags are text; all that shows nothing and joins nothing is left out."""
    assert remove_passed_over(text)[0] == plain


def test_marks_of_direction_stay_where_they_matter() -> None:
    """In a text with letters from right to left they decide on the order; in one of Latin letters and digits not."""
    assert remove_passed_over("\u200f2025\u200e", keep_direction=True) == ("2025", [])
    assert remove_passed_over("\u200fשלום\u200b", keep_direction=True) == ("\u200fשלום", [5])


def _read(front_matter: str) -> tuple[dict[str, object], list[tuple[str, str]]]:
    report = Report("a.md")
    file = parse_file(f"---\n{front_matter}\n---\n".encode(), report)
    values = parse_fields(Action, file.fields, report) if file else {}
    return values, [(finding.rule.name, finding.message) for finding in report.findings]


@pytest.mark.parametrize(
    ("written", "field", "value", "character"),
    [
        ("status: comp\u200bleted", "status", Status.COMPLETED, "U+200B"),
        ("status: completed\u200b", "status", Status.COMPLETED, "U+200B"),
        ("status: in\u00a0progress", "status", Status.IN_PROGRESS, ""),
        ("status: \u200fcompleted\u200e", "status", Status.COMPLETED, ""),
        ("st\u00adatus: completed", "status", Status.COMPLETED, "U+00AD"),
        ("due: \u200e2025-01-14", "due", date(2025, 1, 14), ""),
        ("due: 2025-01-14\u00a0", "due", date(2025, 1, 14), ""),
        ("due: 2025\u2060-01-14", "due", date(2025, 1, 14), "U+2060"),
        ("owner: An\ufeffna", "owner", "Anna", "U+FEFF"),
        ("owner: \u202fAnna", "owner", "Anna", ""),
        ("supporters: [\u200fדנה\u200f, An\u200bna]", "supporters", ("דנה", "Anna"), "U+200B"),
        ("tags: [ur\U000e0041gent]", "tags", ("urgent",), "U+E0041"),
        ("ref: \u200e3", "ref", "3", ""),
        ("goal: \u200fיעד", "goal", "\u200fיעד", ""),
        ("resources: two\u00addays", "resources", "two\u00addays", ""),
        ("owner: می\u200cخواهم", "owner", "می\u200cخواهم", ""),
    ],
)
def test_values_are_read_without_them(written: str, field: str, value: object, character: str) -> None:
    """A value that is compared is what people see in it. A finding names the character, but for marks of direction."""
    values, said = _read(f"title: A\n{written}")
    assert values[field] == value
    assert [(rule, character in message) for rule, message in said] == (
        [("invisible-character", True)] if character else []
    )


def test_several_byte_order_marks() -> None:
    """They are left by programs that put one file behind another; before the fields all are passed over."""
    assert parse_file("\ufeff\ufeff---\ntitle: A\n---\n".encode(), Report("a.md")) is not None
