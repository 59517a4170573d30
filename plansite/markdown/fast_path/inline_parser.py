"""The inline parser: the same tokens sooner.

What plans hold is mostly plain sentences. They are read in one stride; in all else a sign leads straight to its own
rules, where the stock parser asks every rule at every sign.
"""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.parser_inline import ParserInline, RuleFuncInlineType
from markdown_it.rules_inline import (
    StateInline,
    autolink,
    backtick,
    emphasis,
    entity,
    escape,
    image,
    link,
    newline,
    strikethrough,
)
from markdown_it.token import Token
from markdown_it.utils import EnvType

from plansite.markdown.fast_path.inline_matcher import match_inline
from plansite.markdown.fast_path.tokens import make_token

#: The signs at which a rule of the dialect can begin; all else is text.
_RULE_CHARACTER = re.compile(r"[\n\\`*_~\[!<&]")
#: The addresses of all links of one text have so many characters at most. Only references can come to more: each
#: use of one writes its address again, and a short text could become a page of a hundred megabytes.
MAX_URL_CHARACTERS = 1 << 20


def _limit_urls(rule: RuleFuncInlineType) -> RuleFuncInlineType:
    """A rule that makes links; once all addresses are used up, references are words in brackets again."""

    def within(state: StateInline, silent: bool) -> bool:
        before = len(state.tokens)
        if not rule(state, silent):
            return False
        references = state.env.get("references")
        if references:
            made = state.tokens[before : before + 2]  # words that were waiting, and the link
            length = sum(len(str(each.attrs.get("href") or each.attrs.get("src") or "")) for each in made)
            spent = state.env["spent"] = state.env.get("spent", 0) + length
            if spent > MAX_URL_CHARACTERS:
                references.clear()
        return True

    return within


_RULES_BY_CHARACTER: dict[str, tuple[RuleFuncInlineType, ...]] = {
    "\n": (newline,),
    "\\": (escape,),
    "`": (backtick,),
    "*": (emphasis.tokenize,),
    "_": (emphasis.tokenize,),
    "~": (strikethrough.tokenize,),
    "[": (_limit_urls(link),),
    "!": (_limit_urls(image),),
    "&": (entity,),
}


class FastInlineParser(ParserInline):
    """The inline parser of the dialect; `comment` is the dialect's own rule."""

    def __init__(self, stock: ParserInline, comment: RuleFuncInlineType) -> None:
        """The rulers are those of the `stock` parser, by whose rules the inside of links is measured."""
        super().__init__()
        self.ruler, self.ruler2 = stock.ruler, stock.ruler2
        self._rules_by_character = {**_RULES_BY_CHARACTER, "<": (autolink, comment)}

    def parse(self, src: str, md: MarkdownIt, env: EnvType, tokens: list[Token]) -> list[Token]:
        """Read a text into `tokens`, as the stock method does."""
        if not _RULE_CHARACTER.search(src):
            if src:
                tokens.append(make_token("text", "", 0, 0, src))
            return tokens
        made = None if "references" in env and "[" in src else match_inline(src, md)
        if made is None:
            return super().parse(src, md, env, tokens)
        tokens += made
        return tokens

    def tokenize(self, state: StateInline) -> None:
        """Read `state` to its end, as the stock method does."""
        source, end, deepest = state.src, state.posMax, state.md.options.maxNesting
        while state.pos < end:
            found = _RULE_CHARACTER.search(source, state.pos, end)
            stop = found.start() if found else end
            if stop > state.pos:
                state.append_pending(source[state.pos : stop])
                state.pos = stop
            elif state.level >= deepest or not any(
                rule(state, False) for rule in self._rules_by_character[source[stop]]
            ):
                state.append_pending(source[stop])
                state.pos += 1
        if state.pending:
            state.pushPending()

    def skipToken(self, state: StateInline) -> None:  # noqa: N802  (the parser's own name)
        """Go past a token, as the stock method does; but look first whether that was done before."""
        known = state.cache.get(state.pos)
        if known is None:
            super().skipToken(state)
        else:
            state.pos = known
