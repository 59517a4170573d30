"""Templates of Markdown files: `{name}` stands for a value, written so that the file stays readable."""

from __future__ import annotations

import re
from collections.abc import Mapping

from plansite.scaffold.notation import Value, written

_HOLE = re.compile(r"\{([a-z_]+)\}")
_QUOTED_HOLE = re.compile(r"""(["'])\{([a-z_]+)\}\1|\{([a-z_]+)\}""")
_FIELD = re.compile(r"(\s*(?:- +)?(?:[\w-]+:(?: +|$))?)(.*)")
_KEY = re.compile(r"([\w-]+):(?:\s|$)")


def names_in(template: str) -> tuple[str, ...]:
    """The names of the values that a template asks for, in its order."""
    return tuple(dict.fromkeys(_HOLE.findall(template)))


def filled(template: str, values: Mapping[str, Value]) -> str:
    """The file that a template and values make. Braces round a name without a value stay as they are.

    In front matter a value is written as YAML, with quotation marks where it needs them; in the text below it stands
    as it is. A value that has neither a place nor a field of its own in the template is not used; see `completed`.
    """
    head, mark, body = halves(template.replace("\r\n", "\n"))
    lines = [_line(line, values) for line in head.split("\n")] if mark else []
    return "\n".join(lines) + mark + _HOLE.sub(lambda match: _words(match, values), body)


def completed(template: str, given: Mapping[str, Value]) -> str:
    """The template with a place for every given value: a field that it fixes gives way, others are added below."""
    head, mark, body = halves(template.replace("\r\n", "\n"))
    if not mark:
        return template
    asked = names_in(head)
    lines = head.split("\n")
    for name in given:
        if name not in asked:
            lines = _placed(lines, name)
    return "\n".join(lines) + mark + body


def _placed(lines: list[str], name: str) -> list[str]:
    start = next((at for at, line in enumerate(lines) if line.startswith(f"{name}:")), len(lines))
    end = start + 1
    while end < len(lines) and not _KEY.match(lines[end]):
        end += 1
    return [*lines[:start], f"{name}: {{{name}}}", *lines[end:]]


def halves(template: str) -> tuple[str, str, str]:
    """Front matter without its last line, that line, and the body; all body where there is no front matter."""
    if not template.startswith("---\n"):
        return "", "", template
    end = re.compile(r"\n---[ \t]*(\n|$)").search(template, 3)
    if end is None:
        return "", "", template
    return template[: end.start()], end.group(), template[end.end() :]


def _line(line: str, values: Mapping[str, Value]) -> str:
    """One line of front matter with its values. A line that is nothing but one hole takes any kind of value."""
    match = _FIELD.fullmatch(line)
    if match is None or not any(name in values for name in _HOLE.findall(_commented(line)[0])):
        return line
    before, value, comment = match.group(1), *_commented(match.group(2))
    alone = _QUOTED_HOLE.fullmatch(value.strip())
    if alone:
        name = alone.group(2) or alone.group(3)
        return f"{before}{written(values[name])}{comment}".rstrip()
    if _HOLE.sub("x", value).lstrip()[:1] in ("[", "{"):
        return before + _QUOTED_HOLE.sub(lambda hole: _single(hole, values), value) + comment
    return before + written(_HOLE.sub(lambda hole: _words(hole, values), _unquoted(value))) + comment


def _commented(value: str) -> tuple[str, str]:
    """A value and the comment behind it; what stands in quotation marks has none."""
    match = re.search(r"(?:^|\s+)#", value) if value[:1] not in ('"', "'") else None
    return (value[: match.start()], value[match.start() :]) if match else (value, "")


def _single(hole: re.Match[str], values: Mapping[str, Value]) -> str:
    """A value inside a list or group that the template writes on one line."""
    name = hole.group(2) or hole.group(3)
    return written(_joined(values[name])) or '""' if name in values else hole.group()


def _words(hole: re.Match[str], values: Mapping[str, Value]) -> str:
    name = hole.group(1)
    return _joined(values[name]) if name in values else hole.group()


def _joined(value: Value) -> str:
    return ", ".join(value) if isinstance(value, tuple) else str(value)


def _unquoted(value: str) -> str:
    text = value.strip()
    return text[1:-1] if len(text) > 1 and text[0] == text[-1] and text[0] in "\"'" else text
