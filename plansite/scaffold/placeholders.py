"""Templates of Markdown files: `{name}` stands for a value, written so that the file stays readable."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from plansite.content.report import quote_text
from plansite.model.dates import CalendarInterval, add_interval, parse_interval
from plansite.model.formatting import format_long_date
from plansite.scaffold.field_values import FieldValue, format_yaml_value

_PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")
_QUOTED_PLACEHOLDER = re.compile(r"""(["'])\{([a-z_]+)\}\1|\{([a-z_]+)\}""")
_FIELD_LINE = re.compile(r"(\s*(?:- +)?(?:[\w-]+:(?: +|$))?)(.*)")
_FIELD_NAME = re.compile(r"([\w-]+):(?:\s|$)")


def find_placeholders(template: str) -> tuple[str, ...]:
    """The names of the values that a template asks for, in its order."""
    return tuple(dict.fromkeys(_PLACEHOLDER.findall(template)))


def fill_template(template: str, values: Mapping[str, FieldValue]) -> str:
    """The file that a template and values make. Braces round a name without a value stay as they are.

    In front matter a value is written as YAML, with quotation marks where it needs them; in the text below it stands
    as it is. A value that has neither a place nor a field of its own in the template is not used; see `completed`.
    """
    head, mark, body = split_front_matter(template.replace("\r\n", "\n"))
    lines = [_fill_line(line, values) for line in head.split("\n")] if mark else []
    return "\n".join(lines) + mark + _PLACEHOLDER.sub(lambda match: _fill_text(match, values), body)


def add_given_fields(template: str, values: Mapping[str, FieldValue]) -> str:
    """The template with a place for every given value: a field that it fixes gives way, others are added below."""
    head, mark, body = split_front_matter(template.replace("\r\n", "\n"))
    if not mark:
        return template
    asked = find_placeholders(head)
    lines = head.split("\n")
    for name in values:
        if name not in asked:
            lines = _put_placeholder(lines, name)
    return "\n".join(lines) + mark + body


def _put_placeholder(lines: list[str], name: str) -> list[str]:
    start = next((at for at, line in enumerate(lines) if line.startswith(f"{name}:")), len(lines))
    end = start + 1
    while end < len(lines) and not _FIELD_NAME.match(lines[end]):
        end += 1
    return [*lines[:start], f"{name}: {{{name}}}", *lines[end:]]


def split_front_matter(template: str) -> tuple[str, str, str]:
    """Front matter without its last line, that line, and the body; all body where there is no front matter."""
    if not template.startswith("---\n"):
        return "", "", template
    end = re.compile(r"\n---[ \t]*(\n|$)").search(template, 3)
    if end is None:
        return "", "", template
    return template[: end.start()], end.group(), template[end.end() :]


def _fill_line(line: str, values: Mapping[str, FieldValue]) -> str:
    """One line of front matter with its values. A line that is nothing but one hole takes any kind of value."""
    match = _FIELD_LINE.fullmatch(line)
    if match is None or not any(name in values for name in _PLACEHOLDER.findall(_split_comment(line)[0])):
        return line
    before, value, comment = match.group(1), *_split_comment(match.group(2))
    alone = _QUOTED_PLACEHOLDER.fullmatch(value.strip())
    if alone:
        name = alone.group(2) or alone.group(3)
        return f"{before}{format_yaml_value(values[name])}{comment}".rstrip()
    if _PLACEHOLDER.sub("x", value).lstrip()[:1] in ("[", "{"):
        return before + _QUOTED_PLACEHOLDER.sub(lambda hole: _fill_inline(hole, values), value) + comment
    return (
        before + format_yaml_value(_PLACEHOLDER.sub(lambda hole: _fill_text(hole, values), _unquote(value))) + comment
    )


def _split_comment(value: str) -> tuple[str, str]:
    """A value and the comment behind it; what stands in quotation marks has none."""
    match = re.search(r"(?:^|\s+)#", value) if value[:1] not in ('"', "'") else None
    return (value[: match.start()], value[match.start() :]) if match else (value, "")


def _fill_inline(placeholder: re.Match[str], values: Mapping[str, FieldValue]) -> str:
    """A value inside a list or group that the template writes on one line."""
    name = placeholder.group(2) or placeholder.group(3)
    return format_yaml_value(_join_value(values[name])) or '""' if name in values else placeholder.group()


def _fill_text(placeholder: re.Match[str], values: Mapping[str, FieldValue]) -> str:
    name = placeholder.group(1)
    return _join_value(values[name]) if name in values else placeholder.group()


def _join_value(value: FieldValue) -> str:
    return ", ".join(value) if isinstance(value, tuple) else str(value)


def _unquote(value: str) -> str:
    text = value.strip()
    return text[1:-1] if len(text) > 1 and text[0] == text[-1] and text[0] in "\"'" else text


_INTERVAL = r"\+(?P<length>\d{1,3} (?:day|week|fortnight|month|year)s?)"
_DATE_FIELD = re.compile(
    rf"(?P<before>:[ \t]+)(?P<mark>[\"']?){_INTERVAL}(?P=mark)(?=[ \t]*(?:[,}}\]]|$)|[ \t]+#)", re.MULTILINE
)
_DATE_IN_TEXT = re.compile(rf"\{{{_INTERVAL}\}}")
_INVALID_INTERVAL = re.compile(r"\{\+[^}\n]{0,60}\}?")


class RelativeDateError(Exception):
    """Something in a template is meant as a relative date and is none. The message says on which line."""


def resolve_relative_dates(text: str, start: date) -> str:
    """The text of a template with real dates; its lines stay where they are.

    A field that says `+14 days` gets the date as fields have it: `due: 2025-02-03`. In a sentence `{+14 days}` becomes
    "3 February 2025". Days, weeks, fortnights, months and years count, weekends too; a month that is too short for the
    day ends it. Raises RelativeDateError for other words in such braces.
    """
    head, mark, body = split_front_matter(text.replace("\r\n", "\n"))
    head = _DATE_FIELD.sub(lambda found: found["before"] + _resolve_day(found, start).isoformat(), head)
    whole = _DATE_IN_TEXT.sub(lambda found: format_long_date(_resolve_day(found, start)), head + mark + body)
    slip = _INVALID_INTERVAL.search(whole)
    if slip:
        line = whole.count("\n", 0, slip.start()) + 1
        raise RelativeDateError(
            f"{line}: {quote_text(slip.group())} is no date; write it like {{+14 days}} or {{+3 months}}"
        )
    return whole


def _resolve_day(match: re.Match[str], start: date) -> date:
    """So far behind the start; no interval is the start itself."""
    return add_interval(start, parse_interval(match["length"]) or CalendarInterval())
