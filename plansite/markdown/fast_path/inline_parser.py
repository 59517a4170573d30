"""The inline parser of the fast path.

Plain sentences are matched as a whole. In all other texts a character leads straight to the rules that begin with it,
where the stock parser tries every rule at every special character.
"""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.parser_inline import ParserInline, RuleFuncInlineType
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import EnvType

from plansite.deferred_pattern import compile_lazily
from plansite.markdown.fast_path.inline_matcher import match_inline
from plansite.markdown.fast_path.tokens import make_token

#: The characters that each rule of the dialect can begin with, by the name of the rule; all others are text.
_FIRST_CHARACTERS = {
    "newline": "\n",
    "escape": "\\",
    "backticks": "`",
    "strikethrough": "~",
    "emphasis": "*_",
    "link": "[",
    "image": "!",
    "autolink": "<",
    "comment": "<",
    "anchor": "<",
    "entity": "&",
}
_RULE_CHARACTER = compile_lazily(f"[{re.escape(''.join(_FIRST_CHARACTERS.values()))}]")


class FastInlineParser(ParserInline):
    """An inline parser with the same tokens as the stock one."""

    def __init__(self, stock: ParserInline) -> None:
        """The rules are those of `stock` that are active now."""
        super().__init__()
        self.ruler, self.ruler2 = stock.ruler, stock.ruler2
        self._rules_by_character: dict[str, tuple[RuleFuncInlineType, ...]] = {
            character: tuple(
                rule.fn
                for rule in stock.ruler.__rules__
                if rule.enabled and character in _FIRST_CHARACTERS.get(rule.name, "")
            )
            for character in "".join(_FIRST_CHARACTERS.values())
        }

    def parse(self, src: str, md: MarkdownIt, env: EnvType, tokens: list[Token]) -> list[Token]:
        """Parse a text and append to `tokens`, as the stock method does."""
        if not _RULE_CHARACTER.search(src):
            if src:
                tokens.append(make_token("text", "", 0, 0, src))
            return tokens
        matched = None if "references" in env and "[" in src else match_inline(src, md)
        if matched is None:
            return super().parse(src, md, env, tokens)
        tokens += matched
        return tokens

    def tokenize(self, state: StateInline) -> None:
        """Parse the text of `state` to its end, as the stock method does."""
        source, end, max_nesting = state.src, state.posMax, state.md.options.maxNesting
        while state.pos < end:
            match = _RULE_CHARACTER.search(source, state.pos, end)
            stop = match.start() if match else end
            if stop > state.pos:
                state.append_pending(source[state.pos : stop])
                state.pos = stop
            elif state.level >= max_nesting or not any(
                rule(state, False) for rule in self._rules_by_character[source[stop]]
            ):
                state.append_pending(source[stop])
                state.pos += 1
        if state.pending:
            state.pushPending()

    def skipToken(self, state: StateInline) -> None:  # noqa: N802  (the parser's own name)
        """Move past one token, as the stock method does; the stock cache is looked up first."""
        end = state.cache.get(state.pos)
        if end is None:
            super().skipToken(state)
        else:
            state.pos = end
