"""The decisions in the file of an earlier review."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plansite.content.documents import DocumentLocation, parse_document
from plansite.model.documents.review import Review
from plansite.review_draft.decisions import extract_decisions


def _decided(body: str) -> tuple[str, ...]:
    text = f"---\ntitle: January review\ndate: 2025-01-09\n---\n{body}"
    review = parse_document(
        DocumentLocation("review", "p", "2025-01-09", "content/plans/p/reviews/2025-01-09.md"), text.encode()
    )
    assert isinstance(review.document, Review)
    return extract_decisions(review.document, text)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            "## Decisions\n- One.\n- Two, [there](../actions/a.md).\n\n## Updates\n- Three.\n",
            ("One.", "Two, [there](../actions/a.md)."),
        ),
        ("Hello\n\n# DECISIONS:\n1. One.\n2) Two.\n", ("One.", "Two.")),
        ("Decisions\n---------\n* One.\n", ("One.",)),
        ("## Decisions\n- [x] One.\n- [ ] Two.\n- [] Three.\n", ("One.", "Two.", "Three.")),
        (
            "## Decisions\n- One,\n  and more.\n  - Because.\n- Two\nand on.\n",
            ("One,\n  and more.\n  - Because.", "Two\n  and on."),
        ),
        ("## Decisions\nOne.\n\nTwo.\n", ("One.", "Two.")),
        ("## Decisions\n### Money\n- One.\n### Time\nTwo.\n", ("One.", "Two.")),
        ("## Decisions\n- One.\n<!-- never closed\n- Two.\n", ("One.",)),
        ("## Decisions\n- One.\n\n  With a paragraph.\n", ("One.\n  With a paragraph.",)),
        ("## Decisions\n<!-- One line\nfor each. -->\n- One.\n", ("One.",)),
        ("## Decisions\nNone.\n", ()),
        ("## Decisions\n<!-- Later. -->\n", ()),
        ("## Updates\n- One.\n", ()),
        ("", ()),
        ("## Decisions\n- One.\n\n## Updates\n\n## Decisions\n- Two.", ("One.", "Two.")),
    ],
)
def test_entries_of_the_part_on_decisions(body: str, expected: tuple[str, ...]) -> None:
    """Items and paragraphs, without their marks, ticks and comments; "None" is none."""
    assert _decided(body) == expected


@given(
    st.lists(
        st.sampled_from(
            ["- a", "1. b", "  c", "", "## Decisions", "## X", "### Y", "Decisions", "---", "<!-- d", "-->"]
        ),
        max_size=12,
    )
)
def test_any_text_is_taken_apart(lines: list[str]) -> None:
    """No order of lines is a fault, and no entry holds a heading of its own or begins with a space."""
    for entry in _decided("\n".join(lines)):
        assert entry[:1].strip()
        assert all(line.startswith("  ") for line in entry.split("\n")[1:])
