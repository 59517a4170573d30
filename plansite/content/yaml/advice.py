"""Suggests how to correct a line that is not valid YAML, from the line itself rather than the parser's message."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from plansite.content.yaml.lexemes import DOUBLE_QUOTED, SINGLE_QUOTED
from plansite.content.yaml.quoting import quote_value, show_line, write_value
from plansite.deferred_dataclass import dataclass
from plansite.deferred_pattern import compile_lazily

_FIELD_LINE = compile_lazily(r"(\s*+(?:- )*+)([\w .-]+?):(?:[ \t]+(.*))?$")
_ITEM_LINE = compile_lazily(r"\s*(?:- )+(.*)")
_INDICATORS = "@`*&!%|>[{]},?\"'"
#: What stands behind a field name before a text of several lines.
_BLOCK_HEADER = compile_lazily(r"[|>][+-]?[1-9]?[+-]?\s*(?:#.*)?")
_IN_WORDS = "put quotation marks round the whole value"
_NOTE = " with quotation marks"


@dataclass(frozen=True, slots=True)
class Advice:
    """What is wrong in a line and what to do; line and column count from 0.

    `new_line` is what to write in place of the whole line, if the remedy says that.
    """

    message: str
    remedy: str
    line: int
    column: int
    new_line: str = ""


def suggest_fix(text: str, line: int, column: int) -> Advice:
    """Advice for a YAML text in which the parser failed at `line` and `column`.

    The parser often fails one line after the fault, so the line before is checked as well.
    """
    lines = text.split("\n")
    for number in (line, line - 1):
        if 0 <= number < len(lines):
            for check_line in _LINE_CHECKS:
                advice = check_line(lines[number])
                if advice:
                    return replace(advice, line=number)
    line = min(line, len(lines) - 1)
    return _check_indentation(lines, line) or Advice(
        "the fields cannot be read from here on",
        "write one field a line as `name: value`, and put values with signs in quotation marks",
        line,
        min(column, len(lines[line])),
    )


def suggest_further_fixes(text: str, first_line: int) -> Iterator[Advice]:
    """Advice for lines after `first_line` with a value that begins with an indicator; the parser stops at the first."""
    for number, line in enumerate(text.split("\n")):
        advice = _check_indicator(line) if number > first_line and line[:1].strip() else None
        if advice:
            yield replace(advice, line=number)


#: Advice for a line, whose number is 0; None where the check finds no fault.
LineCheck = Callable[[str], Advice | None]


def _check_tab(line: str) -> Advice | None:
    indent = line[: len(line) - len(line.lstrip())]
    if "\t" in indent:
        return Advice("the line begins with a tab", "use spaces in place of the tab", 0, indent.index("\t"))
    return None


def _check_indentation(lines: list[str], number: int) -> Advice | None:
    """Advice for a field that is indented further than the one above, although that has a value."""
    line, above = lines[number], lines[number - 1] if number else ""
    match, match_above = _FIELD_LINE.match(line), _FIELD_LINE.match(above)
    indent = len(above) - len(above.lstrip())
    if match is None or match_above is None or not match_above.group(3) or len(match.group(1)) <= indent:
        return None
    new_line = above[:indent] + line.lstrip()
    remedy = show_line(new_line, "delete the spaces", note=", without spaces in front") if not indent else ""
    message = "the line begins further to the right than the field above"
    return Advice(message, remedy or "begin it where the field above begins", number, 0, new_line)


def _advise_quoting(message: str, line: str, start: int, column: int) -> Advice:
    """Advice to put the value that begins at `start` in quotation marks."""
    new_line = line[:start] + quote_value(line[start:].strip())
    return Advice(message, show_line(new_line, _IN_WORDS, note=_NOTE), 0, column, new_line)


def _check_indicator(line: str) -> Advice | None:
    match = _FIELD_LINE.match(line)
    start = match.start(3) if match and match.group(3) else -1
    return _check_value_start(line, start) if start >= 0 else None


def _check_item_indicator(line: str) -> Advice | None:
    match = _ITEM_LINE.match(line)
    return _check_value_start(line, match.start(1)) if match and not _FIELD_LINE.match(line) else None


def _check_value_start(line: str, start: int) -> Advice | None:
    """Advice for a value, from `start` to the end of its line, whose first sign begins something else in YAML."""
    value = line[start:].strip()
    is_block = value[:1] in ("|", ">") and _BLOCK_HEADER.fullmatch(value)
    is_item = value[:2] in ("- ", "? ", ": ") or value in ("-", "?", ":")
    if not value or is_block or not (value[0] in "@`%*&!|>]}," or is_item):
        return None
    return _advise_quoting(f"a value cannot begin with `{value[0]}`", line, start, start)


def _check_second_colon(line: str) -> Advice | None:
    match = _FIELD_LINE.match(line)
    value = match.group(3) if match else None
    if match is None or not value or value[0] in _INDICATORS or not re.search(r":(\s|$)", value):
        return None
    column = match.start(3) + value.index(":")
    return _advise_quoting("a second colon in the line", line, match.start(3), column)


def _check_quotation_mark(line: str) -> Advice | None:
    match = _FIELD_LINE.match(line) or _ITEM_LINE.match(line)
    start = match.start(match.lastindex or 0) if match else 0
    value = line[start:].strip()
    if match is None or value[:1] not in ("'", '"'):
        return None
    closed = (DOUBLE_QUOTED if value[0] == '"' else SINGLE_QUOTED).match(value)
    if closed is None:
        new_line = line[:start] + quote_value(value[1:].strip())
        remedy = show_line(new_line, f"put {value[0]} at the end of the value")
        return Advice("the quotation mark is never closed", remedy, 0, start, new_line)
    rest = value[closed.end() :].strip()
    if not rest or rest[0] in "#:":
        return None
    if value.endswith(value[0]) and value[1:-1].count(value[0]) % 2:  # the first and the last are a pair: 'It's cold'
        new_line = line[:start] + quote_value(value[1:-1].strip())
        remedy = show_line(new_line, _IN_WORDS, note=_NOTE)
        return Advice("words follow the closing quotation mark", remedy, 0, start + closed.end() - 1, new_line)
    return _advise_quoting("words follow the closing quotation mark", line, start, start + closed.end() - 1)


def _check_bracket(line: str) -> Advice | None:
    match = _FIELD_LINE.match(line) or _ITEM_LINE.match(line)
    start = match.start(match.lastindex or 0) if match else 0
    value = line[start:].strip()
    if match is None or value[:1] not in ("[", "{"):
        return None
    closing = {"[": "]", "{": "}"}[value[0]]
    at = value.find(closing)
    if at < 0:
        remedy = f"close it with `{closing}`, or put the value in quotation marks"
        return Advice(f"`{value[0]}` begins a list or group that does not end", remedy, 0, start)
    rest = value[at + 1 :].strip()
    if value.endswith(closing) or rest[:1] in "#,]}" or value.count(value[0]) > 1:
        return None
    return _advise_quoting(f"words follow the closing `{closing}`", line, start, start + at)


def check_missing_colon(line: str) -> Advice | None:
    match = re.match(r"(\s*(?:- )*[\w-]+):(\S.*)", line)
    if match and not match.group(2).startswith("//"):
        new_line = f"{match.group(1)}: {write_value(match.group(2).strip())}"
        remedy = show_line(new_line, "put a space after the colon, and the value in quotation marks if it has signs")
        return Advice("there is no space after the colon", remedy, 0, match.start(2), new_line)
    if line.strip() and ":" not in line and not line.lstrip().startswith(("-", "#")):
        return Advice(
            "the line has no colon",
            "write it as `name: value`, or indent it under the field it belongs to",
            0,
            0,
        )
    return None


_LINE_CHECKS: tuple[LineCheck, ...] = (
    _check_tab,
    _check_indicator,
    _check_item_indicator,
    _check_quotation_mark,
    _check_bracket,
    _check_second_colon,
    check_missing_colon,
)
