"""Passages of a text that not everybody may see: between a line `::: internal` and a line `:::`.

They are found line by line before anything else is made of the text, so that no Markdown can reach around a mark.
Whoever may not see a passage gets the text as if its lines had never been typed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from plansite.model.status import Audience

_AUDIENCE_BY_WORD = {each.value: each for each in Audience}
#: White space, invisible signs, and what makes a line part of a quotation or a list.
_LINE_PREFIX = r"(?:[\s>*+\-\u00ad\u200b-\u200f\u2060\ufeff]|\d{1,9}[.)])*+"
#: The mark with a word that says for whom. Anywhere on a line it is believed, for what else could it mean?
_START_MARKER = re.compile(rf"(?<!:):{{3,}}+[\s{{.]*+(?P<word>{'|'.join(_AUDIENCE_BY_WORD)})\b[:}}]*\s*", re.IGNORECASE)
#: The same with one colon too few, where it is all that stands on the line.
_SHORT_START_MARKER = re.compile(rf"{_LINE_PREFIX}::\s*(?P<word>{'|'.join(_AUDIENCE_BY_WORD)})\s*", re.IGNORECASE)
_UNKNOWN_START_MARKER = re.compile(rf"{_LINE_PREFIX}:{{3,}}+\s*(?P<word>[^\s:].*)")
_END_MARKER = re.compile(rf"{_LINE_PREFIX}:{{3,}}+\s*")
_INLINE_END_MARKER = re.compile(r"(?<!:):{3,}+\s*\Z")
#: What makes a line part of a quotation or a list says nothing.
_MARKUP_CHARACTERS = " \t>*+-"
#: The colon of keyboards for East Asian scripts.
_FULL_WIDTH_COLON = "："  # noqa: RUF001  (that very sign)
_AUDIENCES = tuple(Audience)  # from most to least


@dataclass(frozen=True, slots=True)
class PassageFault:
    """What is wrong with a mark, with the number of its line, counted from 0; the remedy is the same for all."""

    line: int
    message: str


@dataclass(frozen=True, slots=True)
class PassageLine:
    """A line of text as typed, its number counted from 0, and whom it is for; None means whoever sees the file."""

    number: int
    text: str
    audience: Audience | None


@dataclass(frozen=True, slots=True)
class TextOrigin:
    """Where a text stands in its file: the number of its first line, and its lines where some are left out."""

    first_line: int
    lines: tuple[PassageLine, ...] = ()

    def file_line(self, number: int) -> int:
        """The line of the file; `number` counts from 0 in the text."""
        return self.first_line + (self.lines[number].number if self.lines else number)

    def audience_at(self, number: int) -> Audience | None:
        """Whom it is for."""
        return self.lines[number].audience if self.lines else None


@dataclass(frozen=True, slots=True)
class PassageText:
    """A text without its marks, line by line, and what is wrong with the marks."""

    lines: tuple[PassageLine, ...]
    faults: tuple[PassageFault, ...]

    def visible_to(self, audience: Audience) -> tuple[PassageLine, ...]:
        """The lines that such a reader may see."""
        return tuple(line for line in self.lines if line.audience is None or audience.sees(line.audience))


def parse_passages(text: str) -> PassageText | None:
    """The passages of a text whose line ends are all `\\n`; None where nothing in it looks like a mark."""
    if "::" not in text and _FULL_WIDTH_COLON not in text:
        return None
    reader = _PassageParser()
    for number, line in enumerate(text.split("\n")):
        reader.read_line(number, line)
    return reader.finish() if reader.has_markers else None


def has_passage_marker(text: str) -> bool:
    """Whether somebody meant part of this for some readers only."""
    return bool(_START_MARKER.search(text))


def join_lines(lines: Iterable[PassageLine]) -> str:
    """The text that these lines make."""
    return "\n".join(line.text for line in lines)


class _PassageParser:
    """Reads line by line and keeps in mind which passages are open, each with whoever may see it, outermost first."""

    def __init__(self) -> None:
        self.has_markers = False
        self._open_passages: list[tuple[Audience, int]] = []
        self._lines: list[PassageLine] = []
        self._faults: list[PassageFault] = []

    def read_line(self, number: int, line: str) -> None:
        line = line.replace(_FULL_WIDTH_COLON * 3, ":::")
        begins = (_START_MARKER.search(line) or _SHORT_START_MARKER.fullmatch(line)) if "::" in line else None
        if begins:
            self._begin_passage(
                number, _AUDIENCE_BY_WORD[begins["word"].casefold()], line[: begins.start()], line[begins.end() :]
            )
        elif ":::" in line and _END_MARKER.fullmatch(line):
            self._end_passage(number)
        elif ":::" in line and (other := _UNKNOWN_START_MARKER.fullmatch(line)):
            word = other["word"].split()[0][:40]
            self._add_fault(number, f"there are no readers called “{word}”, so only internal readers see this passage")
            self._begin_passage(number, Audience.INTERNAL, "", "")
        else:
            self._add_line(number, line)

    def _begin_passage(self, number: int, audience: Audience, before: str, after: str) -> None:
        """Words on the same line belong to the passage; behind some of them it may also end there."""
        self.has_markers = True
        outer = self._open_passages[-1][0] if self._open_passages else audience
        self._open_passages.append((min(outer, audience, key=_AUDIENCES.index), number))
        ending = _INLINE_END_MARKER.search(after)
        words = f"{before if before.strip(_MARKUP_CHARACTERS) else ''}{after[: ending.start()] if ending else after}"
        if words:
            self._add_line(number, words)
        if words and ending:
            self._open_passages.pop()

    def _end_passage(self, number: int) -> None:
        self.has_markers = True
        if self._open_passages:
            self._open_passages.pop()
        else:
            self._add_fault(number, "a passage ends here, but none has begun, so nothing above is hidden")

    def finish(self) -> PassageText:
        for _, number in self._open_passages:
            self._add_fault(number, "this passage never ends, so all below it is hidden as well")
        return PassageText(tuple(self._lines), tuple(self._faults))

    def _add_line(self, number: int, text: str) -> None:
        self._lines.append(PassageLine(number, text, self._open_passages[-1][0] if self._open_passages else None))

    def _add_fault(self, number: int, message: str) -> None:
        self._faults.append(PassageFault(number, message))
