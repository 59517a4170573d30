"""The block parser: a line is put only to the rules that can begin with its first sign."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from markdown_it import MarkdownIt
from markdown_it.parser_block import ParserBlock, RuleFuncBlockType
from markdown_it.ruler import Ruler
from markdown_it.rules_block import (
    StateBlock,
    blockquote,
    code,
    fence,
    heading,
    hr,
    html_block,
    list_block,
    reference,
    table,
)
from markdown_it.token import Token
from markdown_it.utils import EnvType

from plansite.markdown.fast_path.tokens import FastBlockState

#: The signs that a rule can begin with; a rule that is not listed is asked at every line.
_FIRST_CHARACTERS: dict[RuleFuncBlockType, str] = {
    code: "",
    fence: "`~",
    blockquote: ">",
    hr: "*-_",
    list_block: "*-+0123456789",
    reference: "[",
    html_block: "<",
    heading: "#",
}


class RuleDispatcher:
    """The rules of one chain as one rule, which asks only those that a line's first sign allows."""

    def __init__(self, rules: Sequence[RuleFuncBlockType], first_characters: Mapping[RuleFuncBlockType, str]) -> None:
        """`rules` in the order in which they are asked."""
        signs = set("".join(first_characters.values()))
        self._all = tuple(rules)
        self._always_tried = tuple(rule for rule in rules if rule not in first_characters)
        self._by_character = {
            sign: tuple(rule for rule in rules if sign in first_characters.get(rule, sign)) for sign in signs
        }

    def __call__(self, state: StateBlock, line: int, end: int, silent: bool) -> bool:
        """Whether one of the rules applies; it has then read on, unless `silent`."""
        if state.sCount[line] - state.blkIndent > 3:
            rules = self._all
        else:
            start = state.bMarks[line] + state.tShift[line]
            rules = self._by_character.get(state.src[start : start + 1], self._always_tried)
        for rule in rules:  # noqa: SIM110  (any() takes twice as long)
            if rule(state, line, end, silent):
                return True
        return False


class _DispatchingRuler(Ruler[RuleFuncBlockType]):
    """A ruler whose every chain is a single choice; rules are added and switched as in the stock one."""

    def __init__(self, stock: Ruler[RuleFuncBlockType], first_characters: Mapping[RuleFuncBlockType, str]) -> None:
        super().__init__()
        self.__rules__, self._first_characters = stock.__rules__, first_characters
        self._dispatchers: dict[str, tuple[list[RuleFuncBlockType], list[RuleFuncBlockType]]] = {}

    def getRules(self, chainName: str = "") -> list[RuleFuncBlockType]:  # noqa: N802, N803  (the parser's own names)
        """One rule that stands for all active rules of a chain."""
        rules = super().getRules(chainName)
        known = self._dispatchers.get(chainName)
        if known is None or known[0] is not rules:
            known = self._dispatchers[chainName] = rules, [RuleDispatcher(rules, self._first_characters)]
        return known[1]


class FastBlockParser(ParserBlock):
    """The block parser of the dialect."""

    def __init__(self, stock: ParserBlock, first_characters: Mapping[RuleFuncBlockType, str]) -> None:
        """The rules are those of the `stock` parser; `beginnings` says with what signs the dialect's own begin."""
        super().__init__()
        self.ruler = _DispatchingRuler(stock.ruler, {**_FIRST_CHARACTERS, **first_characters})

    def parse(self, src: str, md: MarkdownIt, env: EnvType, outTokens: list[Token]) -> list[Token] | None:  # noqa: N803
        """Read a text into `outTokens`, as the stock method does."""
        if not src:
            return None
        state = FastBlockState(src, md, env, outTokens)
        self.tokenize(state, state.line, state.lineMax)
        return state.tokens

    def tokenize(self, state: StateBlock, startLine: int, endLine: int) -> None:  # noqa: N803
        """Read some lines, as the stock method does, and note where they end: a paragraph asks beyond its quotation."""
        outer = state.env.get("block_end", endLine)
        state.env["block_end"] = endLine
        super().tokenize(state, startLine, endLine)
        state.env["block_end"] = outer


def fast_table(state: StateBlock, line: int, end: int, silent: bool) -> bool:
    """The stock rule, asked only where a line has a `|` and the next can be the rule below a table's head."""
    below = state.bMarks[line + 1] + state.tShift[line + 1]
    if state.src[below : below + 1] not in _DELIMITER_ROW_CHARACTERS:
        return False
    return state.src.find("|", state.bMarks[line], state.eMarks[line]) >= 0 and table(state, line, end, silent)


_DELIMITER_ROW_CHARACTERS = frozenset("|-:")
