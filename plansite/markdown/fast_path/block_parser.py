"""The block parser of the fast path: a line is tried only with the rules that can begin with its first character."""

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
)
from markdown_it.token import Token
from markdown_it.utils import EnvType

from plansite.markdown.comments import CommentBlockParser, comment_block
from plansite.markdown.fast_path.block_rules import fast_list
from plansite.markdown.fast_path.tokens import FastBlockState

#: The characters that a rule can begin with; a rule that is not listed is tried at every line.
_FIRST_CHARACTERS: dict[RuleFuncBlockType, str] = {
    code: "",
    fence: "`~",
    blockquote: ">",
    hr: "*-_",
    list_block: "*-+0123456789",
    fast_list: "*-+0123456789",
    reference: "[",
    html_block: "<",
    comment_block: "<",
    heading: "#",
}


class RuleDispatcher:
    """The rules of one chain as a single rule, which tries those that the first character of a line allows."""

    def __init__(self, rules: Sequence[RuleFuncBlockType], first_characters: Mapping[RuleFuncBlockType, str]) -> None:
        """`rules` in the order in which they are tried."""
        characters = set("".join(first_characters.values()))
        self._all = tuple(rules)
        self._always_tried = tuple(rule for rule in rules if rule not in first_characters)
        self._by_character = {
            character: tuple(rule for rule in rules if character in first_characters.get(rule, character))
            for character in characters
        }

    def __call__(self, state: StateBlock, line: int, end: int, silent: bool) -> bool:
        """Whether one of the rules applies; unless `silent`, it has then consumed its lines."""
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
    """A ruler with one RuleDispatcher for each chain; rules are added, enabled and disabled as in the stock ruler."""

    def __init__(self, stock: Ruler[RuleFuncBlockType]) -> None:
        super().__init__()
        self.__rules__ = stock.__rules__
        #: By chain: the stock list of rules that the dispatcher was made from, and the dispatcher in a list.
        self._dispatchers: dict[str, tuple[list[RuleFuncBlockType], list[RuleFuncBlockType]]] = {}

    def getRules(self, chainName: str = "") -> list[RuleFuncBlockType]:  # noqa: N802, N803  (the parser's own names)
        """A list of one rule that stands for all active rules of a chain."""
        rules = super().getRules(chainName)
        cached = self._dispatchers.get(chainName)
        if cached is None or cached[0] is not rules:
            cached = self._dispatchers[chainName] = rules, [RuleDispatcher(rules, _FIRST_CHARACTERS)]
        return cached[1]


class FastBlockParser(CommentBlockParser):
    """A block parser with the same tokens as the stock one."""

    def __init__(self, stock: ParserBlock) -> None:
        """The rules are those of `stock`."""
        super().__init__(stock)
        self.ruler = _DispatchingRuler(stock.ruler)

    def parse(self, src: str, md: MarkdownIt, env: EnvType, outTokens: list[Token]) -> list[Token] | None:  # noqa: N803
        """Parse a text and append to `outTokens`, as the stock method does."""
        if not src:
            return None
        state = FastBlockState(src, md, env, outTokens)
        self.tokenize(state, state.line, state.lineMax)
        return state.tokens
