"""Progress notes as other programs write them: without a bullet, below a date, in a table, with a date in bold type."""

from __future__ import annotations

import datetime as dt
from dataclasses import field

from plansite.deferred_dataclass import dataclass
from plansite.deferred_pattern import compile_lazily
from plansite.markdown.spellings.blocks import NESTED_INDENT, LineKind, SectionLines
from plansite.markdown.spellings.dates import (
    NoteHead,
    begins_with_partial_date,
    find_note_head,
    is_doubtful,
    reads_day_first,
)
from plansite.markdown.spellings.marks import LineStart, find_box, split_line
from plansite.markdown.spellings.tables import respell_table

#: The usual spelling, which is passed over at once.
_USUAL = compile_lazily(r"[-*+] [0-9]{4}-[0-9]{2}-[0-9]{2}(?: \([^()\n]{1,80}\))?: [^\s0-9*_]")
_ISO_START = compile_lazily(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?![0-9A-Za-z/])")
_HASHES = compile_lazily(r"\s{0,3}(?P<hashes>#{1,6})\s+(?P<text>.*?)[\s#]*")
_SENTENCE_END = compile_lazily(r"[.!?…:][)\"”’*_]*\s*$")
_NO_HEADING = 6
_NO_START = LineStart("", "", "", "")


@dataclass(frozen=True, slots=True)
class DoubtfulDate:
    """A date of digits that was read day first: its line in the text, counted from 0, and how it is written."""

    line: int
    written: str
    date: dt.date


@dataclass(slots=True)
class NoteRespeller:
    """Goes through a section of progress line by line. `lines` are the new ones by number.

    `_is_below_date` is whether what follows belongs to a date that stands alone, `_above` the line above, if not blank.
    """

    section: SectionLines
    lines: dict[int, str] = field(default_factory=dict)
    doubtful: list[DoubtfulDate] = field(default_factory=list)
    _is_below_date: bool = False
    _date_level: int = 0  # of the heading that is that date; one that is no heading is below all headings
    _above: str = ""
    _above_is_note: bool = False

    def run(self) -> None:
        """Fill `lines` and `doubtful`."""
        tables = dict(self._find_tables())
        entries = [
            (number, tables.get(number, line), LineKind.LIST if number in tables else kind)
            for number, line, kind in self.section.list_lines()
        ]
        self.lines.update(tables)
        heads = {number: found for number, line, kind in entries if (found := _find_head(line, kind))}
        is_day_first = reads_day_first([head for _, head in heads.values()])
        for number, line, kind in entries:
            start, head = heads.get(number, (_NO_START, None))
            if not line.strip() or (not self._is_below_date and _USUAL.match(line)):
                self._is_below_date = self._is_below_date and not line.strip()
            elif head is None:
                self._take_undated(number, line, kind)
            elif not is_day_first and (is_doubtful(head) or head.date is None):
                self._set(number, line, f"- {start.rest}" if not start.mark else line)
            else:
                self._take_dated(number, line, kind, start, head)
            self._above, self._above_is_note = line.strip(), head is not None

    def _set(self, number: int, line: str, new: str) -> None:
        if new != line:
            self.lines[number] = new

    def _find_tables(self) -> list[tuple[int, str]]:
        """The new lines of tables of notes, by number."""
        found: list[tuple[int, str]] = []
        block: list[tuple[int, str]] = []
        for number, line, kind in (*self.section.list_lines(), (0, "", LineKind.TEXT)):
            if kind is LineKind.TABLE and line.strip():
                block.append((number, line))
                continue
            new = respell_table([text for _, text in block]) if len(block) > 2 else None
            found.extend(zip((each for each, _ in block), new or (), strict=False))
            block = []
        return found

    def _take_undated(self, number: int, line: str, kind: LineKind) -> None:
        """A line without a whole date: an item with the bullet of a word processor, or part of what is above it."""
        if kind is LineKind.HEADING:
            self._take_heading(number, line)
            return
        start = split_line(line)
        if kind is LineKind.INDENTED and start.is_native:
            line = f"- {start.rest}"
        is_text = kind in (LineKind.TEXT, LineKind.LIST, LineKind.INDENTED)
        if is_text and start.mark and not start.is_native and start.gap and not start.mark[-1].isascii():
            line = f"{start.indent if kind is LineKind.LIST else ''}- {start.rest}"
        elif is_text and not start.mark and not self._above and begins_with_partial_date(start.rest):
            line = f"- {start.rest}"
        if self._is_below_date:
            line = NESTED_INDENT + line
        self._set(number, self.section.lines[number - self.section.first], line)

    def _take_heading(self, number: int, line: str) -> None:
        """A heading without a date, or the line below one that has two lines."""
        hashes = _HASHES.fullmatch(line)
        if self._is_below_date and hashes and len(hashes["hashes"]) > self._date_level:
            self._set(number, line, NESTED_INDENT + line)
        elif self._is_below_date and _is_underline(line):
            self._set(number, line, "")
        else:
            self._is_below_date = False

    def _take_dated(self, number: int, line: str, kind: LineKind, start: LineStart, head: NoteHead) -> None:
        if kind is not LineKind.HEADING and not start.mark and not self._begins_note(head):
            self._take_undated(number, line, kind)
            return
        if head.date and is_doubtful(head):
            self.doubtful.append(DoubtfulDate(number, head.written, head.date))
        is_heading = kind is LineKind.HEADING
        self._is_below_date = is_heading or (not head.rest and not (start.is_native and kind is LineKind.LIST))
        hashes = _HASHES.fullmatch(line) if is_heading else None
        self._date_level = len(hashes["hashes"]) if hashes else 2 if is_heading else _NO_HEADING
        is_in_place = kind is not LineKind.INDENTED and (start.is_native or not self._above)
        if not self._is_below_date and is_in_place and _is_usual(start, head):
            return
        box = find_box(start.rest)
        mark = start.mark if start.is_native else "-"
        tick = "" if box is None else "[x] " if box.done else "[ ] "
        text = head.text if head.date else start.rest
        if is_heading and head.rest and self._has_text_below(number):
            text = f"{text}\\"  # a line break
        indent = start.indent if start.is_native and kind is LineKind.LIST else ""
        self._set(number, line, f"{indent}{mark} {tick}{text}")

    def _has_text_below(self, number: int) -> bool:
        """Whether the next line is part of a paragraph."""
        index = number - self.section.first + 1
        lines, kinds = self.section.lines, self.section.kinds
        return index < len(lines) and kinds[index] is LineKind.TEXT and bool(lines[index].strip())

    def _begins_note(self, head: NoteHead) -> bool:
        """Whether a line without a bullet begins a note, and does not go on with the sentence above it."""
        if not self._above or find_box(split_line(self._above).rest):
            return True
        if find_note_head(head.rest):
            return False  # from one day to another
        is_sentence = head.rest[:1].isupper() or not head.rest
        return head.has_sign or _SENTENCE_END.search(self._above) is not None or (self._above_is_note and is_sentence)


def _find_head(line: str, kind: LineKind) -> tuple[LineStart, NoteHead] | None:
    """The date at the start of a line behind a bullet or box, and what stands before it; None where there is none."""
    if kind in (LineKind.TABLE, LineKind.OTHER) or not any(map(str.isdigit, line[:60])):
        return None
    heading = _HASHES.fullmatch(line) if kind is LineKind.HEADING else None
    text = heading["text"] if heading else line
    start = split_line(text)
    box = find_box(start.rest)
    behind = find_note_head((box.rest if box else start.rest).strip()) if start.mark or box else None
    if behind and (start.gap or start.mark[:1] in ("-", "+")):
        return start, behind
    head = find_note_head(text.strip())
    indent = line[: len(line) - len(line.lstrip())]
    return (LineStart(indent, "", "", text.strip()), head) if head else (start, behind) if behind else None


def _is_usual(start: LineStart, head: NoteHead) -> bool:
    """Whether the parser reads a line as it is."""
    is_plain = _ISO_START.match(start.rest) is not None and head.date is not None
    has_extra = (
        bool(head.author and head.time)
        or f"[{head.author}]" in start.rest[:200]
        or not (start.is_native or not start.mark)
    )
    return is_plain and not has_extra


def _is_underline(line: str) -> bool:
    return bool(line.strip()) and not line.strip(" \t=-")
