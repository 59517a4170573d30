"""Text in Markdown stays text, whatever somebody wrote."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from plansite.exports.change_markdown import neutralise_markdown
from plansite.exports.terminal_text import sanitise_line

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
