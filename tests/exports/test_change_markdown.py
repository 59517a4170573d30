"""Change reports as Markdown: one item for each fact, a limited length, and no text that becomes markup."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from plansite.exports.change_markdown import (
    MAX_COMMENT_LENGTH,
    format_markdown_sentence,
    format_report_markdown,
    neutralise_markdown,
)
from plansite.exports.change_report import DocumentReport, PlanReport
from plansite.exports.terminal_text import sanitise_line


def _build_report(*facts: str, title: str = "Winter", name: str = "Action: A") -> PlanReport:
    return PlanReport(title=title, since="since 6 January", documents=(DocumentReport(name=name, facts=facts),))


def test_form() -> None:
    """A heading for each plan, a bullet for each document, one further in for each fact, and how many there are."""
    assert format_report_markdown((_build_report("One", "Two"), _build_report("Three", title="Summer"))) == (
        "## Winter, since 6 January\n\n- Action: A\n  - One\n  - Two\n"
        "\n## Summer, since 6 January\n\n- Action: A\n  - Three\n"
        "\n3 changes in 2 plans.\n"
    )


def test_content_stays_text() -> None:
    """Neither titles nor facts become links, mentions or HTML."""
    text = format_report_markdown((_build_report("see [here](https://x.org)", title="@ann <b>", name="Action: # `x`"),))
    tokens = MarkdownIt("commonmark").parse(text)
    kinds = {child.type for token in tokens for child in token.children or ()}
    assert kinds <= {"text", "text_special"}
    assert "@ann" not in text


def test_too_much_is_counted() -> None:
    """What has no room is left out from one place on, and the last sentence says how much that is."""
    text = format_report_markdown([_build_report(*(f"Fact {number}" for number in range(10_000)))])
    shown = text.count("  - Fact ")
    assert len(text) <= MAX_COMMENT_LENGTH
    assert f"Not shown here: {10_000 - shown:,} more changes. Run `plansite changes` to see them all.\n" in text
    assert text.endswith("10,000 changes in 1 plan.\n")
    assert f"  - Fact {shown - 1}\n" in text
    assert f"  - Fact {shown}\n" not in text


@given(
    st.lists(st.lists(st.text("ab@*$& \u202e", max_size=40), min_size=1, max_size=8), max_size=6),
    st.integers(1_000, 2_000),
)
def test_it_is_never_too_long(plans: list[list[str]], most: int) -> None:
    """Whatever it holds; and all facts are either there or counted."""
    report = [_build_report(*facts) for facts in plans]
    text = format_report_markdown(report, most)
    assert len(text) <= most
    left = sum(map(len, plans)) - text.count("\n  - ")
    assert ("Not shown here" in text) == (left > 0)


def test_a_sentence() -> None:
    """It is as inert as all else."""
    assert format_markdown_sentence("Nothing in “@a”.") == "Nothing in “@\u200ba”.\n"


_MARKDOWN = MarkdownIt("commonmark").enable(["table", "strikethrough"])
_ANY = st.one_of(
    st.text(max_size=60),
    st.text("@#!$&~%^:/.w[]()<>*_`|\\{}ahtps 01-+=\n\"'", max_size=60),
    st.lists(
        st.sampled_from(
            "@ann #7 GH-7 a/b#7 https://x.org www.x.org a@b.org ![x](y) [x](y) <b> &lt; `c` **b** ~~s~~ <!-- --> :tada: "
            "mailto:a@b.org deadbeef1 \u202e | [^1] $x$ {{x}}".split(" ")
        ),
        max_size=6,
    ).map(" ".join),
)


@given(_ANY)
@example("[a]: https://x.org")
@example("<script>alert(1)</script>")
@example("&commat;ann")
@example("a #")
def test_nothing_but_text(text: str) -> None:
    """A reader of Markdown finds one paragraph of plain text that shows what was written."""
    for before in ("- Title: ", "## Plan "):
        tokens = _MARKDOWN.parse(before + neutralise_markdown(text))
        kinds = {child.type for token in tokens for child in token.children or ()}
        assert kinds <= {"text", "text_special"}
        shown = "".join(child.content for token in tokens for child in token.children or ())
        assert (
            shown.replace("\u200b", "")
            == f"{before[2:].lstrip('# ')}{sanitise_line(text)}".replace("\u200b", "").strip()
        )


@given(_ANY)
def test_no_sign_touches_its_word(text: str) -> None:
    """What hosts look for after Markdown was read is not there: people, issues, requests, addresses, commits."""
    assert not {"<", ">", "$"} & set(neutralise_markdown(text))
    shown = "".join(
        child.content for token in _MARKDOWN.parse(f"x {neutralise_markdown(text)}") for child in token.children or ()
    )
    assert not re.search(r"[@#!~%^&$]\w|://|\bwww\.|\bgh-", shown, re.IGNORECASE)
    hexes = re.findall(r"\b[0-9a-f]{7,40}\b", shown, re.IGNORECASE)
    assert all(each.isdecimal() or each.isalpha() for each in hexes)


@pytest.mark.parametrize("text", ["Mend it by 10:30, 2025-01-04", "Ring 020 7946 0000", "£140 (agreed)", "100%"])
def test_plain_words_stay_as_they_are(text: str) -> None:
    """People who read the source see no escapes where none are needed."""
    assert neutralise_markdown(text) == text
