"""What changed as Markdown: one bullet for each fact, never longer than a comment may be."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from plansite.exports.change_markdown import MAX_COMMENT_LENGTH, format_markdown_sentence, format_report_markdown
from plansite.exports.change_report import DocumentReport, PlanReport


def _told(*facts: str, title: str = "Winter", name: str = "Action: A") -> PlanReport:
    return PlanReport(title=title, since="since 6 January", documents=(DocumentReport(name=name, facts=facts),))


def test_form() -> None:
    """A heading for each plan, a bullet for each document, one further in for each fact, and how many there are."""
    assert format_report_markdown((_told("One", "Two"), _told("Three", title="Summer"))) == (
        "## Winter, since 6 January\n\n- Action: A\n  - One\n  - Two\n"
        "\n## Summer, since 6 January\n\n- Action: A\n  - Three\n"
        "\n3 changes in 2 plans.\n"
    )


def test_content_stays_text() -> None:
    """Neither titles nor facts become links, mentions or HTML."""
    text = format_report_markdown((_told("see [here](https://x.org)", title="@ann <b>", name="Action: # `x`"),))
    tokens = MarkdownIt("commonmark").parse(text)
    kinds = {child.type for token in tokens for child in token.children or ()}
    assert kinds <= {"text", "text_special"}
    assert "@ann" not in text


def test_too_much_is_counted() -> None:
    """What has no room is left out from one place on, and the last sentence says how much that is."""
    text = format_report_markdown([_told(*(f"Fact {number}" for number in range(10_000)))])
    shown = text.count("  - Fact ")
    assert len(text) <= MAX_COMMENT_LENGTH
    assert f"There is no room here for {10_000 - shown:,} more changes. `plansite changes` shows them.\n" in text
    assert text.endswith("10,000 changes in 1 plan.\n")
    assert f"  - Fact {shown - 1}\n" in text
    assert f"  - Fact {shown}\n" not in text


@given(
    st.lists(st.lists(st.text("ab@*$& \u202e", max_size=40), min_size=1, max_size=8), max_size=6),
    st.integers(1_000, 2_000),
)
def test_it_is_never_too_long(plans: list[list[str]], most: int) -> None:
    """Whatever it holds; and all facts are either there or counted."""
    told = [_told(*facts) for facts in plans]
    text = format_report_markdown(told, most)
    assert len(text) <= most
    left = sum(map(len, plans)) - text.count("\n  - ")
    assert ("no room" in text) == (left > 0)


def test_a_sentence() -> None:
    """It is as inert as all else."""
    assert format_markdown_sentence("Nothing in “@a”.") == "Nothing in “@\u200ba”.\n"
