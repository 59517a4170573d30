"""Lists and paragraphs of the fast path have the tokens of the stock parser."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from plansite.markdown.fast_path.block_rules import fast_list
from plansite.markdown.fast_path.dialect import FastDialect
from tests.examples import examples
from tests.markdown.stock import STOCK, tokens

_INDENTS = ["", "", "", "", "  ", "   ", "    ", "      ", " ", "> ", "\t"]
_MARKS = ["- ", "- ", "- ", "* ", "+ ", "1. ", "2. ", "3) ", "- [ ] ", "- [x] ", "", "-", "1.", "-  ", "# ", ">"]
_WORDS = (
    (
        "|a|word two|#1 b|# h|2025-01-01 (A): b|1. x|12|- x|**b** c|*e*|* * *|---|===|`c` d|```|[x]|[r]: u|[l](u)"
        "|_x_|~s~|~~~|<b>|+x|é|a  |\\|a\\|b\\||\\|-\\|-\\|"
    )
    .replace("\\|", "\0")
    .split("|")
)
#: What may follow on the same line: cells of a table, and the two ways of breaking a line.
_ENDS = ["", "", "", "|", "|b", "  ", "\\"]
_LINE = st.tuples(*map(st.sampled_from, (_INDENTS, _MARKS, _WORDS, _ENDS))).map("".join)
#: A line that may be the head of a table, and one that may be its delimiter row.
_TABLE_HEAD = st.tuples(
    st.sampled_from(["", "", "  ", "- "]),
    st.sampled_from(["<b>", "# a", "#", "*", "a", "`", "["]),
    st.sampled_from(["|", "|b", "|b\\", "|b  "]),
    st.sampled_from(["\n", "\n", "\n  ", "\n- "]),
    st.sampled_from(["|-|-|", "-|-", "|-", "|:-|-:|", "-"]),
).map("".join)
_LINES = st.one_of(_LINE, _TABLE_HEAD, st.sampled_from(["", "  "]))
_TEXT = st.lists(_LINES, max_size=8).map(lambda lines: "\n".join(lines).replace("\0", "|"))


@settings(max_examples=examples(1500))
@example("- x  \n<http://a>b|\\\n|---|---|")
@given(_TEXT)
def test_the_tokens_are_those_of_the_stock_parser(text: str) -> None:
    """Whatever surrounds, interrupts or follows a list."""
    assert tokens(FastDialect(), text) == tokens(STOCK, text)


@pytest.mark.parametrize(
    ("text", "taken"),
    [
        ("- [x] a\n- [ ] b", True),
        ("1. a\n2. b\n\nText", True),
        ("3) a\n## Next", True),
        ("- #1 a\n- `b`", True),
        ("- a\n  - b", False),
        ("- a\nand on", False),
        ("- a\n\n- b", False),
        ("- a\n* b", False),
        ("- # a", False),
        ("- a\n  # b", False),
        ("- ```a", False),
        ("- [a]: b", False),
    ],
)
def test_only_simple_lists_are_taken(text: str, taken: bool) -> None:
    """Items of one line each are; a list with anything else in it, or that may continue, is left to the stock rule."""
    answers = []

    def recorded(*args: object) -> bool:
        answers.append(fast_list(*args))  # type: ignore[arg-type]
        return answers[-1]

    parser = FastDialect()
    parser.block.ruler.at("fast_list", recorded)
    parser.parse(text)
    assert answers[0] is taken
