"""Rewrites a text so that headings, steps and progress notes in other spellings are those of this dialect."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from markdown_it.token import Token

from plansite.deferred_pattern import compile_lazily
from plansite.markdown.spellings.blocks import SectionLines
from plansite.markdown.spellings.notes import DoubtfulDate, NoteRespeller
from plansite.markdown.spellings.steps import respell_steps

#: Blank lines, and steps and notes in the usual spelling, of which most sections consist.
_USUAL = compile_lazily(r"\s*\Z|- (?:\[[ xX]\] [A-Za-z]|[0-9]{4}-[0-9]{2}-[0-9]{2}(?: \([^()\n]{1,80}\))?: [A-Za-z])")


def respell_items(
    text: str, sections: Iterable[tuple[frozenset[str], Sequence[Token]]]
) -> tuple[str, tuple[DoubtfulDate, ...]]:
    """The text, with as many lines, and the dates in it that some would read otherwise.

    `sections` are the tokens of each section of steps or progress, with what it holds: "steps", "progress" or both.
    """
    lines = text.split("\n")
    doubtful: list[DoubtfulDate] = []
    changed = False
    for parts, tokens in sections:
        places = [token.map for token in tokens if token.map]
        if not places or all(map(_USUAL.match, lines[places[0][0] : max(place[1] for place in places)])):
            continue
        if "progress" in parts:
            respeller = NoteRespeller(SectionLines.from_tokens(lines, tokens))
            respeller.run()
            changed = _replace_lines(lines, respeller.lines) or changed
            doubtful.extend(respeller.doubtful)
        if "steps" in parts:
            changed = _replace_lines(lines, respell_steps(SectionLines.from_tokens(lines, tokens))) or changed
    return ("\n".join(lines) if changed else text), tuple(doubtful)


def _replace_lines(lines: list[str], new: dict[int, str]) -> bool:
    """Put new lines in place of others; whether there are any."""
    for number, line in new.items():
        lines[number] = line
    return bool(new)
