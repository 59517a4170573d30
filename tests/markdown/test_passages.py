"""Passages are taken out of a text before anything else is made of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plansite.content.documents import parse_body
from plansite.content.report import Report
from plansite.content.yaml.front_matter import parse_file
from plansite.markdown.passages import join_lines, parse_passages
from plansite.model.body import Body
from plansite.model.status import Audience

INTERNAL, PARTNERS, PUBLIC = Audience.INTERNAL, Audience.PARTNERS, Audience.PUBLIC


def _seen(text: str, audience: Audience) -> str:
    found = parse_passages(text)
    return join_lines(found.visible_to(audience)) if found else text


def _body(text: str) -> tuple[Body, Report]:
    report = Report("a.md")
    page = parse_file(f"---\ntitle: A\n---\n{text}".encode(), report)
    assert page is not None
    return parse_body(page, report), report


@pytest.mark.parametrize(
    "text",
    [
        "a\n::: internal\nsecret\n:::\nb",
        "a\n:::internal\nsecret\n:::\nb",
        "a\n::: Internal\nsecret\n::::::\nb",
        "a\n::: {.internal}\nsecret\n:::\nb",
        "a\n：：： internal\nsecret\n：：：\nb",
        "a\n::: internal :::\nsecret\n:::\nb",
        "a\n:: internal\nsecret\n:::\nb",
        "a\n\u200b ::: internal\nsecret\n:::\nb",
        "a\n> - 1. ::: internal\n> - secret\n> :::\nb",
        "a\n::: internal secret :::\nb",
        "a\nsecret ::: internal secret\nsecret\n:::\nb",
        "a\n\\::: internal\nsecret\n:::\nb",
        "a\n`::: internal`\nsecret\n:::\nb",
        "a\n::: partners\n::: public\nsecret\n:::\nsecret\n:::\nb",
        "a\n::: nobody\nsecret\n:::\nb",
        "a\n```\n::: internal\nsecret\n```\n:::\nb",
        "a\n<!--\n::: internal\nsecret\n-->\n:::\nb",
        "a\nb\n::: internal\nsecret",
    ],
)
def test_a_mark_hides_however_it_is_written(text: str) -> None:
    """Slips of the keyboard, other notations, quotations, lists and code: what stands behind a mark is hidden."""
    seen = _seen(text, PUBLIC)
    assert "secret" not in seen
    assert ":::" not in seen.replace("`", "")
    assert [line for line in seen.split("\n") if line.isalpha()] == ["a", "b"]


def test_each_reader_sees_what_is_for_them() -> None:
    """Internal readers see all, partners what is for them, and everybody the rest, without a trace of a mark."""
    text = "a\n::: partners\nb\n::: internal\nc\n:::\nd\n:::\ne"
    assert [_seen(text, each).split() for each in Audience] == [list("abcde"), list("abde"), list("ae")]


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("a\n::: intrnal\nb\n:::\n", 5, "no audience called “intrnal”"),
        ("a\n::: internal\nb\n", 5, "has no end"),
        ("a\n:::\n", 5, "has not begun"),
    ],
)
def test_an_unclear_mark_is_told(text: str, line: int, words: str) -> None:
    """With its line in the file, once."""
    (finding,) = _body(text)[1].findings
    assert (finding.rule.name, finding.line) == ("unclear-passage", line)
    assert words in finding.message


def test_a_text_without_marks_is_left_alone() -> None:
    """Two colons in a word are no mark."""
    assert parse_passages("std::string and a::b") is None
    assert parse_passages("12:30") is None


def test_a_body_is_read_for_each_reader() -> None:
    """Steps, notes, parts, links and lines: each as if the hidden lines had never been typed, at its true line."""
    text = "Why.\n::: internal\nBecause.\n:::\n## Steps\n- [ ] a\n::: partners\n- [x] b\n:::\n- [ ] [c](c.md)\n"
    whole, _ = _body(text)
    assert [step.text for step in whole.steps] == ["a", "b", "c"]
    assert [step.line for step in whole.steps] == [9, 11, 13]
    assert [step.text for step in whole.filter_for(PARTNERS).steps] == ["a", "b", "c"]
    public = whole.filter_for(PUBLIC)
    assert [step.text for step in public.steps] == ["a", "c"]
    assert [link.line for link in public.links] == [13]
    assert public.intro == ("<p>Why.</p>",)


def test_those_who_see_a_passage_see_that_others_do_not() -> None:
    """It says for whom it is, in prose, steps and notes; what everybody sees says nothing."""
    whole, _ = _body(
        "Open.\n\n::: internal\nClosed.\n:::\n\n## Progress\n- 2025-01-02: x\n::: partners\n- 2025-01-03: y\n:::\n"
    )
    assert "".join(whole.intro).count("For internal readers only") == 1
    assert ["".join(note.html).count("For partners and internal readers only") for note in whole.progress] == [0, 1]
    assert whole.filter_for(PUBLIC).intro == ("<p>Open.</p>",)


_MARKS = st.sampled_from(
    ["::: internal", "::: partners", ":::", "> ::: internal", "- ::: partners", "```", "> > ", "- "]
)
_LINES = st.lists(st.one_of(_MARKS, st.text(max_size=12), st.just("word")), max_size=12)


@given(_LINES, _LINES, st.sampled_from([INTERNAL, PARTNERS]))
def test_nothing_behind_an_open_mark_is_ever_seen(before: list[str], behind: list[str], mark: Audience) -> None:
    """Whatever stands above it, lines between a mark and the next end are not in what others see."""
    plain = [line.replace(":", "").replace("\n", " ") for line in behind]
    text = "\n".join([*before, f"::: {mark}", *(f"zq{line}" for line in plain), ":::", "end"])
    assert "zq" not in _seen(text, PUBLIC)
    page, _ = _body(text.replace("\r", " ").replace("\x00", ""))
    assert "zq" not in repr(page.filter_for(PUBLIC))


@given(st.text(alphabet=":internal \n>-{.}ab", max_size=80))
def test_any_text_can_be_read(text: str) -> None:
    """Whoever sees more sees all that others see, in the same order."""
    found = parse_passages(text)
    if found:
        seen = [found.visible_to(each) for each in Audience]
        assert set(seen[0]) >= set(seen[1]) >= set(seen[2])
        assert all(list(lines) == sorted(lines, key=lambda line: line.number) for lines in seen)
