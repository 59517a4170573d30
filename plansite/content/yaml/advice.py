"""Suggests how to correct a line that is not valid YAML, from the line itself rather than the parser's message."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

_FIELD_LINE = re.compile(r"(\s*+(?:- )*+)([\w .-]+?):(?:[ \t]+(.*))?$")
_INDICATORS = "@`*&!%|>[{]},?\"'"

Advice = tuple[str, str, int, int]


def suggest_fix(text: str, line: int, column: int) -> Advice:
    """Message, remedy, line and column (from 0) for a YAML text in which the parser failed at `line` and `column`.

    The parser often fails one line after the fault, so the line before is checked as well.
    """
    lines = text.split("\n")
    for number in (line, line - 1):
        if 0 <= number < len(lines):
            for check_line in _LINE_CHECKS:
                fault = check_line(lines[number])
                if fault:
                    return fault[0], fault[1], number, fault[2]
    line = min(line, len(lines) - 1)
    return (
        "the fields cannot be read from here on",
        "write one field a line as `name: value`, and put values with signs in quotation marks",
        line,
        min(column, len(lines[line])),
    )


def suggest_further_fixes(text: str, first_line: int) -> Iterator[Advice]:
    """Advice for lines after `first_line` with a value that begins with an indicator; the parser stops at the first."""
    for number, line in enumerate(text.split("\n")):
        fault = _check_indicator(line) if number > first_line and line[:1].strip() else None
        if fault:
            yield fault[0], fault[1], number, fault[2]


#: Message, remedy and column (from 0) of the fault in a line; None where the check finds none.
LineCheck = Callable[[str], tuple[str, str, int] | None]


def _check_tab(line: str) -> tuple[str, str, int] | None:
    indent = line[: len(line) - len(line.lstrip())]
    if "\t" in indent:
        return "the line begins with a tab", "use spaces in place of the tab", indent.index("\t")
    return None


def _quote_value(value: str) -> str:
    inner = value.strip().strip("\"'").replace("\\", "\\\\").replace('"', '\\"')
    return f'"{inner[:60]}…"' if len(inner) > 60 else f'"{inner}"'


def _check_indicator(line: str) -> tuple[str, str, int] | None:
    match = _FIELD_LINE.match(line)
    value = match.group(3) if match else None
    if match is None or not value or value[0] not in "@`%*&!":
        return None
    return (
        f"a value cannot begin with `{value[0]}`",
        f"write `{match.group(2)}: {_quote_value(value)}` with quotation marks",
        match.start(3),
    )


def _check_item_indicator(line: str) -> tuple[str, str, int] | None:
    match = re.match(r"\s*- ([@`%].*)", line)
    if match is None:
        return None
    return (
        f"a value cannot begin with `{match.group(1)[0]}`",
        f"write `- {_quote_value(match.group(1))}` with quotation marks",
        match.start(1),
    )


def _check_second_colon(line: str) -> tuple[str, str, int] | None:
    match = _FIELD_LINE.match(line)
    value = match.group(3) if match else None
    if match is None or not value or value[0] in _INDICATORS or not re.search(r":(\s|$)", value):
        return None
    column = match.start(3) + value.index(":")
    return (
        "a second colon in the line",
        f"write `{match.group(2)}: {_quote_value(value)}` with quotation marks",
        column,
    )


def _check_quotation_mark(line: str) -> tuple[str, str, int] | None:
    match = _FIELD_LINE.match(line)
    value = (match.group(3) or "").strip() if match else ""
    if match is None or not value or value[0] not in "\"'":
        return None
    mark = value[0]
    end = value.find(mark, 1)
    if end < 0:
        return "the quotation mark is never closed", f"put {mark} at the end of the value", match.start(3)
    if end < len(value) - 1:
        return (
            "words follow the closing quotation mark",
            f"put the whole value in one pair: `{match.group(2)}: {_quote_value(value.replace(mark, ''))}`",
            match.start(3) + end,
        )
    return None


def _check_bracket(line: str) -> tuple[str, str, int] | None:
    match = _FIELD_LINE.match(line)
    value = (match.group(3) or "").strip() if match else ""
    if match is None or not value or value[0] not in "[{":
        return None
    closing = {"[": "]", "{": "}"}[value[0]]
    if not value.endswith(closing):
        return (
            f"`{value[0]}` begins a list or group that does not end",
            f"close it with `{closing}`, or put the value in quotation marks",
            match.start(3),
        )
    return None


def _check_missing_colon(line: str) -> tuple[str, str, int] | None:
    match = re.match(r"\s*([\w-]+):(\S.*)", line)
    if match and not match.group(2).startswith("//"):
        return (
            "there is no space after the colon",
            f"write `{match.group(1)}: {match.group(2)[:60]}`",
            match.start(2),
        )
    if line.strip() and ":" not in line and not line.lstrip().startswith(("-", "#")):
        return (
            "the line has no colon",
            "write it as `name: value`, or indent it under the field it belongs to",
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
    _check_missing_colon,
)
