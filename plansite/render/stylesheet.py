"""The custom properties of a style sheet, each with its line, and whether it holds in light, in dark or in both."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

#: Comments, texts in quotes, and the characters that give a style sheet its shape.
_TOKENS = re.compile(r"/\*.*?(?:\*/|$)|\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*'|[{};()]|[^{};()/\"']+|.", re.DOTALL)
_PROPERTY = re.compile(r"\s*--([\w-]+)\s*:\s*(.*?)\s*(?:!\s*important\s*)?", re.DOTALL)
_ROOT_SELECTOR = re.compile(r"(?:^|,)\s*(?::root|html)\s*(?:,|$)")


@dataclass(frozen=True, slots=True)
class CustomProperty:
    """`--name: value` of the page as a whole. `light` and `dark` say in which of the two it holds."""

    name: str
    value: str
    line: int
    in_light: bool
    in_dark: bool


def parse_properties(css: str) -> Iterator[CustomProperty]:
    """Custom properties set on `:root` or `html`, in order; those for print or other conditions are left out."""
    around: list[str] = []
    for text, end, line in _split_statements(css):
        if end == "{":
            around.append(" ".join(text.split()).lower())
            continue
        match = _PROPERTY.fullmatch(text)
        if match and around and _ROOT_SELECTOR.search(around[-1]):
            light, dark = _colour_schemes(around[:-1])
            if light or dark:
                at = line + text[: match.start(1)].count("\n")
                yield CustomProperty(match.group(1), " ".join(match.group(2).split()), at, light, dark)
        if end == "}" and around:
            around.pop()


def _split_statements(css: str) -> Iterator[tuple[str, str, int]]:
    """Each text up to the `{`, `}` or `;` that ends it, with the line on which it begins; comments are gone."""
    text, line, begins, depth = "", 1, 1, 0
    for match in _TOKENS.finditer(css):
        piece = match.group()
        depth = max(0, depth + (piece == "(") - (piece == ")"))
        if piece in "{};" and not depth:
            yield text, piece, begins
            text, begins = "", line
        else:
            text += " " + "\n" * piece.count("\n") if piece.startswith("/*") else piece
        line += piece.count("\n")
    yield text, "}", begins


def _colour_schemes(at_rules: list[str]) -> tuple[bool, bool]:
    """Whether what stands inside these at-rules holds in light and in dark; in neither if there are other terms."""
    light = dark = True
    for rule in at_rules:
        if not rule.startswith("@media"):
            continue
        terms = re.findall(r"\(\s*([\w-]+)\s*:?\s*([\w-]*)", rule)
        if "print" in rule or " not " in rule or any(name != "prefers-color-scheme" for name, _ in terms):
            return False, False
        light = light and ("prefers-color-scheme", "dark") not in terms
        dark = dark and ("prefers-color-scheme", "light") not in terms
    return light, dark
