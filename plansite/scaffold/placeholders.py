"""Placeholders in templates of Markdown files: `{name}` for a value, `+14 days` and `{+14 days}` for a date."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from plansite.content.report import quote_text
from plansite.deferred_pattern import compile_lazily
from plansite.model.dates import CalendarInterval, add_interval, parse_interval
from plansite.model.formatting import format_long_date
from plansite.scaffold.field_values import FieldValue, format_yaml_value

_PLACEHOLDER = compile_lazily(r"\{([a-z_]+)\}")
_QUOTED_PLACEHOLDER = compile_lazily(r"""(["'])\{([a-z_]+)\}\1|\{([a-z_]+)\}""")
_FIELD_LINE = compile_lazily(r"(\s*(?:- +)?(?:[\w-]+:(?: +|$))?)(.*)")
_FIELD_NAME = compile_lazily(r"([\w-]+):(?:\s|$)")


def find_placeholders(template: str) -> tuple[str, ...]:
    """The names of the placeholders in a template, in their order."""
    return tuple(dict.fromkeys(_PLACEHOLDER.findall(template)))


def fill_template(template: str, values: Mapping[str, FieldValue]) -> str:
    """The text of a template with values for its placeholders. Placeholders without a value stay as they are.

    In front matter a value is written as YAML, with quotation marks if it needs them; in the text below it is inserted
    as it is. Values without a placeholder are not used; see `add_given_fields`.
    """
    front_matter, closing_line, body = split_front_matter(template.replace("\r\n", "\n"))
    lines = [_fill_line(line, values) for line in front_matter.split("\n")] if closing_line else []
    return "\n".join(lines) + closing_line + _PLACEHOLDER.sub(lambda match: _fill_text(match, values), body)


def add_given_fields(template: str, values: Mapping[str, FieldValue]) -> str:
    """The template with a placeholder for every value: in place of a fixed value of the field, or as a new field."""
    front_matter, closing_line, body = split_front_matter(template.replace("\r\n", "\n"))
    if not closing_line:
        return template
    placeholders = find_placeholders(front_matter)
    lines = front_matter.split("\n")
    for name in values:
        if name not in placeholders:
            lines = _put_placeholder(lines, name)
    return "\n".join(lines) + closing_line + body


def _put_placeholder(lines: list[str], name: str) -> list[str]:
    """The lines of front matter with a placeholder as the value of a field."""
    start = next((index for index, line in enumerate(lines) if line.startswith(f"{name}:")), len(lines))
    end = start + 1
    while end < len(lines) and not _FIELD_NAME.match(lines[end]):
        end += 1
    return [*lines[:start], f"{name}: {{{name}}}", *lines[end:]]


def split_front_matter(template: str) -> tuple[str, str, str]:
    """Front matter without its closing line, that line, and the body; if there is no front matter, all is body."""
    if not template.startswith("---\n"):
        return "", "", template
    end = re.compile(r"\n---[ \t]*(\n|$)").search(template, 3)
    if end is None:
        return "", "", template
    return template[: end.start()], end.group(), template[end.end() :]


def _fill_line(line: str, values: Mapping[str, FieldValue]) -> str:
    """A line of front matter with values. If a placeholder is the whole value of a field, it can have a list."""
    match = _FIELD_LINE.fullmatch(line)
    if match is None or not any(name in values for name in _PLACEHOLDER.findall(_split_comment(line)[0])):
        return line
    before, value, comment = match.group(1), *_split_comment(match.group(2))
    whole_value = _QUOTED_PLACEHOLDER.fullmatch(value.strip())
    if whole_value:
        name = whole_value.group(2) or whole_value.group(3)
        return f"{before}{format_yaml_value(values[name])}{comment}".rstrip()
    if _PLACEHOLDER.sub("x", value).lstrip()[:1] in ("[", "{"):
        return before + _QUOTED_PLACEHOLDER.sub(lambda placeholder: _fill_inline(placeholder, values), value) + comment
    text = _PLACEHOLDER.sub(lambda placeholder: _fill_text(placeholder, values), _unquote(value))
    return before + format_yaml_value(text) + comment


def _split_comment(value: str) -> tuple[str, str]:
    """A value and the comment after it; a quoted value has none."""
    match = re.search(r"(?:^|\s+)#", value) if value[:1] not in ('"', "'") else None
    return (value[: match.start()], value[match.start() :]) if match else (value, "")


def _fill_inline(placeholder: re.Match[str], values: Mapping[str, FieldValue]) -> str:
    """A value within a flow list or mapping (`[…]`, `{…}`) of the template."""
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
_DATE_FIELD = compile_lazily(
    rf"(?P<before>:[ \t]+)(?P<mark>[\"']?){_INTERVAL}(?P=mark)(?=[ \t]*(?:[,}}\]]|$)|[ \t]+#)", re.MULTILINE
)
_DATE_IN_TEXT = compile_lazily(rf"\{{{_INTERVAL}\}}")
_INVALID_INTERVAL = compile_lazily(r"\{\+[^}\n]{0,60}\}?")


class RelativeDateError(Exception):
    """A template has an invalid relative date. The message begins with the number of the line."""


def resolve_relative_dates(text: str, start: date) -> str:
    """The text of a template with dates in place of intervals from `start`; the number of lines stays the same.

    A field with the value `+14 days` gets an ISO date (`due: 2025-02-03`); in a sentence `{+14 days}` becomes
    "3 February 2025". Units are days, weeks, fortnights, months and years. If a month is too short for the day, its
    last day is used. Raises RelativeDateError for anything else in braces with a plus sign.
    """
    front_matter, closing_line, body = split_front_matter(text.replace("\r\n", "\n"))
    front_matter = _DATE_FIELD.sub(lambda match: match["before"] + _resolve_day(match, start).isoformat(), front_matter)
    resolved = _DATE_IN_TEXT.sub(
        lambda match: format_long_date(_resolve_day(match, start)), front_matter + closing_line + body
    )
    invalid = _INVALID_INTERVAL.search(resolved)
    if invalid:
        line = resolved.count("\n", 0, invalid.start()) + 1
        raise RelativeDateError(
            f"{line}: {quote_text(invalid.group())} is not a date; write it like {{+14 days}} or {{+3 months}}"
        )
    return resolved


def _resolve_day(match: re.Match[str], start: date) -> date:
    """The day that is the matched interval after the start."""
    return add_interval(start, parse_interval(match["length"]) or CalendarInterval())
