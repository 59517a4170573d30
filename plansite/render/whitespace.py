"""Leaves the indentation of templates out of pages: it is for whoever reads the template."""

from __future__ import annotations

from collections.abc import Iterator

from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream

from plansite.deferred_pattern import compile_lazily

#: Elements inside which white space is shown as it is.
_SHOWS_SPACE = ("<pre", "<textarea")
_LINE_BREAKS = compile_lazily(r"[ \t\n]*\n[ \t\n]*")
_INDENTATION = compile_lazily(r"\A[ \t]{2,}")


class TrimIndentation(Extension):
    """Makes one line break of the white space around it, and one space of what a template's block left of a line.

    White space is never removed altogether, so words stay apart. The tokens are changed, not the text that a template
    is read from, so errors name the lines of the file.
    """

    def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
        """The tokens of a template, its text without indentation."""
        is_shown = False
        for token in stream:
            if token.type != "data":
                yield token
                continue
            start = max(map(token.value.rfind, _SHOWS_SPACE))
            end = max(token.value.rfind(element.replace("<", "</")) for element in _SHOWS_SPACE)
            yield token if is_shown or start >= 0 else Token(token.lineno, token.type, _trim(token.value))
            is_shown = start > end or (is_shown and end < 0)


def _trim(text: str) -> str:
    return _INDENTATION.sub(" ", _LINE_BREAKS.sub("\n", text))
