"""Passages of a text for some audiences only: from a line `::: internal` or `::: partners` to a line `:::`.

They are found line by line before Markdown is parsed, so that no Markdown construct can span a marker. For an audience
that may not see a passage, the text is parsed without its lines. Where something looks like a marker (see
`model/audience/mark_grammar.py`) and nobody can tell which lines it was meant for, only internal readers see the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from plansite.deferred_dataclass import dataclass
from plansite.deferred_pattern import compile_lazily
from plansite.model.audience.foreign_marks import is_tag, may_hold_tag
from plansite.model.audience.mark_grammar import (
    LINE_PREFIX,
    fold,
    is_passage_mark,
    is_torn_passage_mark,
    lists_audiences,
    may_hold_passage_mark,
    replace_colons,
)
from plansite.model.dates import DEFAULT_ZONE
from plansite.model.status import Audience

_AUDIENCE_BY_WORD = {audience.value: audience for audience in Audience}
#: The marker that begins a passage, with the word for its audience. It counts anywhere on a line, since hiding too
#: much is safer than publishing a passage whose marker was misplaced.
_START_MARKER = compile_lazily(
    rf"(?<!:):{{3,}}+[\s{{.]*+(?P<word>{'|'.join(_AUDIENCE_BY_WORD)})\b[:}}]*\s*", re.IGNORECASE
)
#: The same with one colon too few; it counts only on a line of its own.
_SHORT_START_MARKER = compile_lazily(rf"{LINE_PREFIX}::\s*(?P<word>{'|'.join(_AUDIENCE_BY_WORD)})\s*", re.IGNORECASE)
_UNKNOWN_START_MARKER = compile_lazily(rf"{LINE_PREFIX}:{{3,}}+\s*(?P<word>[^\s:].*)")
_END_MARKER = compile_lazily(rf"{LINE_PREFIX}:{{3,}}+\s*")
_INLINE_END_MARKER = compile_lazily(r"(?<!:):{3,}+\s*\Z")
#: Characters before a marker that are dropped if nothing else stands there: indentation, quotations and lists.
_MARKUP_CHARACTERS = " \t>*+-"
_AUDIENCES = tuple(Audience)  # the one that sees most comes first


@dataclass(frozen=True, slots=True)
class PassageFault:
    """A fault of a marker, with the number of its line in the text, counted from 0."""

    line: int
    message: str


@dataclass(frozen=True, slots=True)
class PassageLine:
    """A line of text as typed, its number counted from 0, and its audience; None is everybody who sees the file."""

    number: int
    text: str
    audience: Audience | None


@dataclass(frozen=True, slots=True)
class TextOrigin:
    """Where a text comes from: the line of its file on which it begins, and its lines if some were left out.

    `zone` is the time zone of its site, in which an instant is a date.
    """

    first_line: int
    lines: tuple[PassageLine, ...] = ()
    zone: str = DEFAULT_ZONE

    def file_line(self, number: int) -> int:
        """The line of the file, counted from 1, for a line of the text, counted from 0."""
        return self.first_line + (self.lines[number].number if self.lines else number)

    def audience_at(self, number: int) -> Audience | None:
        """The audience of a line of the text, counted from 0; None is everybody who sees the file."""
        return self.lines[number].audience if self.lines else None


@dataclass(frozen=True, slots=True)
class PassageText:
    """The lines of a text without its markers, and the faults of the markers.

    A text `is_unclear` where nobody can tell which lines a marker was meant for: others than internal readers see none.
    """

    lines: tuple[PassageLine, ...]
    faults: tuple[PassageFault, ...]
    is_unclear: bool = False

    def visible_to(self, audience: Audience) -> tuple[PassageLine, ...]:
        """The lines that an audience may see."""
        if self.is_unclear and audience is not Audience.INTERNAL:
            return ()
        return tuple(line for line in self.lines if line.audience is None or audience.sees(line.audience))


def parse_passages(text: str) -> PassageText | None:
    """The passages of a text whose line ends are all `\\n`; None where nothing in it looks like a marker."""
    if not may_hold_passage_mark(text) and not may_hold_tag(text):
        return None
    reader = _PassageParser()
    for number, line in enumerate(text.split("\n")):
        reader.read_line(number, line)
    return reader.finish() if reader.has_markers else None


def join_lines(lines: Iterable[PassageLine]) -> str:
    """The text of these lines."""
    return "\n".join(line.text for line in lines)


class _PassageParser:
    """Parses a text line by line. `_open_passages` are the audience and first line of each, outermost first."""

    def __init__(self) -> None:
        self.has_markers = False
        self._is_unclear = False
        self._open_passages: list[tuple[Audience, int]] = []
        self._lines: list[PassageLine] = []
        self._faults: list[PassageFault] = []

    def read_line(self, number: int, line: str) -> None:
        """Take the next line: one of the text, or one with a marker."""
        if not is_passage_mark(line):
            is_torn = bool(self._lines) and is_torn_passage_mark(f"{self._lines[-1].text}\n{line}")
            (self._add_unclear_line if is_torn or is_tag(line) else self._add_line)(number, line)
            return
        self.has_markers = True
        marker = replace_colons(line)
        start = _START_MARKER.search(marker) or _SHORT_START_MARKER.fullmatch(marker)
        before, after = (marker[: start.start()], marker[start.end() :]) if start else ("", "")
        text = _INLINE_END_MARKER.sub("", after)
        if start and not is_passage_mark(before) and not is_passage_mark(text):
            audience = self._find_audience(number, start["word"], text)
            self._begin_passage(number, audience, before, text, is_closed=text != after)
        elif _END_MARKER.fullmatch(marker):
            self._end_passage(number)
        elif unknown := _UNKNOWN_START_MARKER.fullmatch(marker):
            word, *rest = unknown["word"].split(maxsplit=1)
            message = f"there is no audience called “{word[:40]}”, so only internal readers see this passage"
            self._add_fault(number, message)
            self._begin_passage(number, Audience.INTERNAL, "", "".join(rest))
        else:
            self._add_unclear_line(number, line)

    def _find_audience(self, number: int, word: str, following: str) -> Audience:
        """The audience of a marker; that of internal readers if other audiences are named behind it."""
        if lists_audiences(following):
            message = "this passage is for more than one audience, so only internal readers see it"
            self._add_fault(number, message)
            return Audience.INTERNAL
        return _AUDIENCE_BY_WORD[fold(word)]  # folded, as other letters match “i” and “s” if case is ignored

    def _begin_passage(
        self, number: int, audience: Audience, before: str, after: str, *, is_closed: bool = False
    ) -> None:
        """Open a passage. Text on the line of the marker belongs to it, and the passage may end on the same line."""
        outer_audience = self._open_passages[-1][0] if self._open_passages else audience
        self._open_passages.append((min(outer_audience, audience, key=_AUDIENCES.index), number))
        text = f"{before if before.strip(_MARKUP_CHARACTERS) else ''}{after}"
        if text:
            self._add_line(number, text)
        if text and is_closed:
            self._open_passages.pop()

    def _end_passage(self, number: int) -> None:
        if self._open_passages:
            self._open_passages.pop()
        else:
            self._is_unclear = True
            message = "a passage ends here, but has not begun, so only internal readers see this text"
            self._add_fault(number, message)

    def _add_unclear_line(self, number: int, line: str) -> None:
        self.has_markers = self._is_unclear = True
        message = "this looks like a passage marker but is not one, so only internal readers see this text"
        self._add_fault(number, message)
        self._add_line(number, line)

    def finish(self) -> PassageText:
        for _, number in self._open_passages:
            self._add_fault(number, "this passage has no end, so everything below it is hidden too")
        return PassageText(tuple(self._lines), tuple(self._faults), self._is_unclear)

    def _add_line(self, number: int, text: str) -> None:
        self._lines.append(PassageLine(number, text, self._open_passages[-1][0] if self._open_passages else None))

    def _add_fault(self, number: int, message: str) -> None:
        self._faults.append(PassageFault(number, message))
