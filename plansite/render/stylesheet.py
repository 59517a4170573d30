"""Parses the custom properties of a style sheet, with their lines and colour schemes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from plansite.deferred_dataclass import dataclass
from plansite.deferred_pattern import compile_lazily

#: Comments, strings, the characters that delimit statements and blocks, and other text.
_TOKENS = compile_lazily(r"/\*.*?(?:\*/|$)|\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*'|[{};()]|[^{};()/\"']+|.", re.DOTALL)
_PROPERTY = compile_lazily(r"\s*--([\w-]+)\s*:\s*(.*?)\s*(?:!\s*important\s*)?", re.DOTALL)
_ROOT_SELECTOR = compile_lazily(r"(?:^|,)\s*(?::root|html)\s*(?:,|$)")


@dataclass(frozen=True, slots=True)
class CustomProperty:
    """A declaration `--name: value` for the whole page, and the colour schemes in which it applies."""

    name: str
    value: str
    line: int
    in_light: bool
    in_dark: bool


def parse_properties(css: str) -> Iterator[CustomProperty]:
    """The custom properties set on `:root` or `html`, in order, without those for print or under other conditions."""
    blocks: list[str] = []
    for text, end, line in _split_statements(css):
        if end == "{":
            blocks.append(" ".join(text.split()).lower())
            continue
        match = _PROPERTY.fullmatch(text)
        if match and blocks and _ROOT_SELECTOR.search(blocks[-1]):
            light, dark = _colour_schemes(blocks[:-1])
            if light or dark:
                name_line = line + text[: match.start(1)].count("\n")
                yield CustomProperty(match.group(1), " ".join(match.group(2).split()), name_line, light, dark)
        if end == "}" and blocks:
            blocks.pop()


def _split_statements(css: str) -> Iterator[tuple[str, str, int]]:
    """Each text without comments, the `{`, `}` or `;` that ends it, and the line on which it starts."""
    text, line, start_line, depth = "", 1, 1, 0
    for match in _TOKENS.finditer(css):
        piece = match.group()
        depth = max(0, depth + (piece == "(") - (piece == ")"))
        if piece in "{};" and not depth:
            yield text, piece, start_line
            text, start_line = "", line
        else:
            text += " " + "\n" * piece.count("\n") if piece.startswith("/*") else piece
        line += piece.count("\n")
    yield text, "}", start_line


def _colour_schemes(at_rules: list[str]) -> tuple[bool, bool]:
    """Whether declarations inside these at-rules apply in light and in dark; (False, False) under other conditions."""
    light = dark = True
    for rule in at_rules:
        if not rule.startswith("@media"):
            continue
        features = re.findall(r"\(\s*([\w-]+)\s*:?\s*([\w-]*)", rule)
        if "print" in rule or " not " in rule or any(name != "prefers-color-scheme" for name, _ in features):
            return False, False
        light = light and ("prefers-color-scheme", "dark") not in features
        dark = dark and ("prefers-color-scheme", "light") not in features
    return light, dark
