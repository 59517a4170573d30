"""Passages of a text that not everybody may see: between a line `::: internal` and a line `:::`.

They are found line by line before anything else is made of the text, so that no Markdown can reach around a mark.
Whoever may not see a passage gets the text as if its lines had never been typed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from plansite.model.status import Audience

_WORDS = {each.value: each for each in Audience}
#: White space, invisible signs, and what makes a line part of a quotation or a list.
_BEFORE = r"(?:[\s>*+\-\u00ad\u200b-\u200f\u2060\ufeff]|\d{1,9}[.)])*+"
#: The mark with a word that says for whom. Anywhere on a line it is believed, for what else could it mean?
_KNOWN = re.compile(rf"(?<!:):{{3,}}+[\s{{.]*+(?P<word>{'|'.join(_WORDS)})\b[:}}]*\s*", re.IGNORECASE)
#: The same with one colon too few, where it is all that stands on the line.
_SHORT = re.compile(rf"{_BEFORE}::\s*(?P<word>{'|'.join(_WORDS)})\s*", re.IGNORECASE)
_OTHER = re.compile(rf"{_BEFORE}:{{3,}}+\s*(?P<word>[^\s:].*)")
_END = re.compile(rf"{_BEFORE}:{{3,}}+\s*")
_END_OF_LINE = re.compile(r"(?<!:):{3,}+\s*\Z")
#: What makes a line part of a quotation or a list says nothing.
_MARKUP = " \t>*+-"
#: The colon of keyboards for East Asian scripts.
_WIDE = "："  # noqa: RUF001  (that very sign)
_ORDER = tuple(Audience)  # from most to least


@dataclass(frozen=True, slots=True)
class Slip:
    """What is wrong with a mark, with the number of its line, counted from 0; the remedy is the same for all."""

    line: int
    message: str


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text as typed, its number counted from 0, and whom it is for; None means whoever sees the file."""

    number: int
    text: str
    audience: Audience | None


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a text stands in its file: the number of its first line, and its lines where some are left out."""

    first: int
    lines: tuple[Line, ...] = ()

    def line(self, number: int) -> int:
        """The line of the file; `number` counts from 0 in the text."""
        return self.first + (self.lines[number].number if self.lines else number)

    def audience(self, number: int) -> Audience | None:
        """Whom it is for."""
        return self.lines[number].audience if self.lines else None


@dataclass(frozen=True, slots=True)
class Passages:
    """A text without its marks, line by line, and what is wrong with the marks."""

    lines: tuple[Line, ...]
    slips: tuple[Slip, ...]

    def seen_by(self, audience: Audience) -> tuple[Line, ...]:
        """The lines that such a reader may see."""
        return tuple(line for line in self.lines if line.audience is None or audience.sees(line.audience))


def passages_of(text: str) -> Passages | None:
    """The passages of a text whose line ends are all `\\n`; None where nothing in it looks like a mark."""
    if "::" not in text and _WIDE not in text:
        return None
    reader = _Reader()
    for number, line in enumerate(text.split("\n")):
        reader.read(number, line)
    return reader.ended() if reader.has_marks else None


def has_mark(text: str) -> bool:
    """Whether somebody meant part of this for some readers only."""
    return bool(_KNOWN.search(text))


def text_of(lines: Iterable[Line]) -> str:
    """The text that these lines make."""
    return "\n".join(line.text for line in lines)


class _Reader:
    """Reads line by line and keeps in mind which passages are open, each with whoever may see it, outermost first."""

    def __init__(self) -> None:
        self.has_marks = False
        self._open: list[tuple[Audience, int]] = []
        self._lines: list[Line] = []
        self._slips: list[Slip] = []

    def read(self, number: int, line: str) -> None:
        line = line.replace(_WIDE * 3, ":::")
        begins = (_KNOWN.search(line) or _SHORT.fullmatch(line)) if "::" in line else None
        if begins:
            self._begin(number, _WORDS[begins["word"].casefold()], line[: begins.start()], line[begins.end() :])
        elif ":::" in line and _END.fullmatch(line):
            self._end(number)
        elif ":::" in line and (other := _OTHER.fullmatch(line)):
            word = other["word"].split()[0][:40]
            self._slip(number, f"there are no readers called “{word}”, so only internal readers see this passage")
            self._begin(number, Audience.INTERNAL, "", "")
        else:
            self._keep(number, line)

    def _begin(self, number: int, audience: Audience, before: str, behind: str) -> None:
        """Words on the same line belong to the passage; behind some of them it may also end there."""
        self.has_marks = True
        outer = self._open[-1][0] if self._open else audience
        self._open.append((min(outer, audience, key=_ORDER.index), number))
        ending = _END_OF_LINE.search(behind)
        words = f"{before if before.strip(_MARKUP) else ''}{behind[: ending.start()] if ending else behind}"
        if words:
            self._keep(number, words)
        if words and ending:
            self._open.pop()

    def _end(self, number: int) -> None:
        self.has_marks = True
        if self._open:
            self._open.pop()
        else:
            self._slip(number, "a passage ends here, but none has begun, so nothing above is hidden")

    def ended(self) -> Passages:
        for _, number in self._open:
            self._slip(number, "this passage never ends, so all below it is hidden as well")
        return Passages(tuple(self._lines), tuple(self._slips))

    def _keep(self, number: int, text: str) -> None:
        self._lines.append(Line(number, text, self._open[-1][0] if self._open else None))

    def _slip(self, number: int, message: str) -> None:
        self._slips.append(Slip(number, message))
