"""The Markdown of a body makes the same body again, and has nothing in it that its readers do not see."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plansite.exports.body_markdown.body_text import describe_body, format_body, read_body
from plansite.model.body import Body
from plansite.model.status import Audience
from tests.examples import examples

_EXAMPLES = json.loads((Path(__file__).parents[2] / "markdown" / "commonmark_examples.json").read_text("utf-8"))


def _describe_for_all(body: Body) -> list[object]:
    return [describe_body(body.filter_for(audience)) for audience in Audience]


@pytest.mark.parametrize(
    "text",
    [
        "A *b* **c** `d` [e](../f.md) <https://g.example> ![h](i.png)\\\nj ~~k~~",
        "> quote\n>\n> - a\n>   1. b",
        "| a | b |\n| :-- | --: |\n| 1 | x \\| y |",
        "```\ncode  \n\n\tx\n```",
        "## Steps\n\n- [ ] one\n- [x] two",
        "## Progress\n\n- 2025-01-04 (Deputy Manager): Agreed *so*\n- no date",
        "## Steps\n\n- [ ] one\n\n  more\n\n- [x] two\n\n## Barriers\n\nNone.",
        "Seen\n\n::: internal\n\nhidden\n\n:::",
        "2025&#46; Then",
        "5 \\* 3 < 4 & \\[x\\] a_b \\_c\\_",
    ],
)
def test_what_is_written_plainly_stays_as_it_is(text: str) -> None:
    """Text in the plainest form of the dialect comes back letter for letter."""
    assert format_body(read_body(text)) == text


def test_every_example_of_commonmark_makes_the_same_body() -> None:
    different = [text for text in _EXAMPLES["examples"]
                 if describe_body(read_body(format_body(read_body(text)))) != describe_body(read_body(text))]  # fmt: skip
    assert len(_EXAMPLES["examples"]) > 600
    assert different == []


def test_every_text_of_the_demonstration_makes_the_same_body(project: Path) -> None:
    texts = [path.read_text("utf-8").split("\n---\n", 1)[1] for path in (project / "content").rglob("*.md")]
    bodies = [read_body(text) for text in texts]
    assert len(bodies) > 60
    assert [_describe_for_all(read_body(format_body(body))) for body in bodies] == list(map(_describe_for_all, bodies))


@settings(max_examples=examples(600))
@given(st.lists(st.sampled_from(
    ["a", "b c", " ", "\n", "\n\n", "*", "**", "_", "~~", "`", "[", "](x)", "![", "# ", "## Steps\n", "## Progress\n", "- ", "- [ ] ",
     "- [x] ", "1. ", "2) ", "> ", "| ", "|---|\n", "```\n", "    ", "---\n", "2025-01-04", " (A): ", ": ", "\\", "&amp;", "&#10;", "<!-- x -->",
     "::: internal\n", "::: partners\n", ":::\n", "Steps:", "TODO", "<a id=\"q\"></a>", "א"]), max_size=14).map("".join))  # fmt: skip
def test_no_text_shows_more_than_before(text: str) -> None:
    """What readers do not see of a body, they do not see of the body that is read from its Markdown either."""
    body = read_body(text)
    again = read_body(format_body(body))
    for audience in (Audience.PARTNERS, Audience.PUBLIC):
        hidden = _list_words(body) - _list_words(body.filter_for(audience))
        assert not hidden & _list_words(again.filter_for(audience))


def _list_words(body: Body) -> set[str]:
    """The words that a body shows."""
    return set(" ".join(run.text for run in body.text_runs).split())


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Seen.<!-- secret -->", "secret"),
        ("```secret\ncode\n```", "secret"),
        ('[a](b.md "secret")', "secret"),
        ("[x]: https://secret.example\n\nSeen", "secret"),
    ],
)
def test_what_nobody_sees_is_left_out(text: str, word: str) -> None:
    """Comments, titles of links, languages of code, and addresses that nothing leads to."""
    assert word not in format_body(read_body(text))


@pytest.mark.parametrize(
    "text",
    [
        "::: internal\n## Secret heading\n\nsecret\n:::\n\n## Open heading\n\nopen",
        "- open\n::: internal\n  secret\n:::\n- open too",
        "## Steps\n- [ ] open\n::: internal\n- [ ] secret\n:::\n- [ ] open too",
        "## Steps\n- [ ] open\n::: internal\n  secret\n:::\n",
        "## Progress\n::: partners\n- 2025-01-04: secret\n:::\n- 2025-01-05: open",
        "open\n\n::: partners\nfor partners\n\n::: internal\nsecret\n:::\n:::\n\nopen",
        "::: internal\nnever closed, secret",
    ],
)
def test_passages_stay_for_their_readers(text: str) -> None:
    """Headings, items and parts of items in passages are for the same readers again."""
    body = read_body(text)
    assert "secret" in format_body(body)
    for audience in (Audience.PARTNERS, Audience.PUBLIC):
        is_shown = "ecret" in str(describe_body(body.filter_for(audience)))
        assert is_shown == (audience is Audience.PARTNERS and "partners\n- 2025" in text)
        assert is_shown or "ecret" not in str(describe_body(read_body(format_body(body)).filter_for(audience)))
        assert is_shown or "ecret" not in format_body(body.filter_for(audience))
