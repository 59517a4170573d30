"""The field reference: a page of Markdown made of the declarations themselves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from plansite.model.fields import Choice, Day, Declared, Either, Interval, Kind, Many, Table, fields_of
from plansite.model.status import AMBIGUOUS, SYNONYMS, Status
from plansite.model.words import listed
from plansite.places import path_of
from plansite.schema import KINDS, default_of, first_sentence, groups_of, records_in

_OPENING = """\
# Field reference

Each file begins with fields between two lines of `---`, one field a line, as `name: value`. In `plansite.yaml` there
are fields only. A field that is not marked as required may be left out. Dates are written as `2025-01-31`. A value
that holds a colon, or that begins with a sign such as `@` or `*`, goes in quotation marks.

This page is made from the field declarations. `plansite schema` prints the same for editors."""

_STATUSES = """\
## Statuses

The words in the first column are the statuses. The other words are understood as well, in capitals or not. Your file
keeps the word that you wrote."""


def reference() -> str:
    """The whole page, with a line end behind it."""
    parts = [_OPENING, *map(_kind, KINDS), _shared(), _STATUSES, _table(("Status", "Work is", "Also"), _status_rows())]
    ambiguous = listed([f"“{word}”" for word in sorted(AMBIGUOUS)])
    parts.append(f"Organisations use {ambiguous} in different senses, so write a status of the first column instead.")
    return "\n\n".join(parts) + "\n"


def _kind(kind: str) -> str:
    cls = KINDS[kind]
    head = f"## {'The site' if kind == 'site' else kind.capitalize()}\n\n{first_sentence(cls)}"
    place = f"`{path_of(kind, '<plan>', '<date>' if kind == 'review' else '<name>')}`"
    return "\n\n".join([f"{head} File: {place}", _fields(cls)])


def _shared() -> str:
    """Groups of fields, each once, in the order in which the kinds of files name them."""
    groups = dict.fromkeys(group for cls in KINDS.values() for group in groups_of(cls))
    parts = [f"### {_name(group)}\n\n{first_sentence(group)}\n\n{_fields(group)}" for group in groups]
    return "\n\n".join(["## Groups of fields", *parts])


def _fields(cls: type) -> str:
    return _table(("Field", "What it is", "Example", "Required"), [_row(each, cls) for each in fields_of(cls)])


def _row(declared: Declared, cls: type) -> Sequence[str]:
    field, default = declared.field, default_of(cls, declared.name)
    parts = [field.help, *_form(field.kind)]
    if default is not None and "left out" not in field.help.lower():
        parts.append(f"Left out, it is `{default}`.")
    return (f"`{declared.name}`", " ".join(parts), f"`{field.example}`", "yes" if field.required else "")


def _form(kind: Kind) -> Iterator[str]:
    """What may stand there, where the help alone does not tell."""
    inner = _inner(kind)
    if isinstance(kind, Many):
        yield "A list."
    elif isinstance(kind, Table):
        yield "Names of your own choosing, each with a value."
    for group in records_in(kind):
        yield f"{'Text, or fields' if isinstance(inner, Either) else 'Fields'}: [{_name(group)}](#{_anchor(group)})."
    if isinstance(inner, Choice):
        yield f"One of: {', '.join(inner.of)}."
    elif isinstance(inner, Day):
        yield "A date."
    elif isinstance(inner, Interval):
        yield "A number of days, weeks, months or years."


def _inner(kind: Kind) -> Kind:
    return _inner(kind.of) if isinstance(kind, Many | Table) else kind


def _name(group: type) -> str:
    """A group's heading, out of its class name: `ProtocolEntry` is "Protocol entry"."""
    words = "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in group.__name__)
    return words.strip().capitalize()


def _anchor(group: type) -> str:
    return _name(group).lower().replace(" ", "-")


def _status_rows() -> list[Sequence[str]]:
    return [(f"`{status}`", "open" if status.is_open else "closed", ", ".join(_synonyms(status))) for status in Status]


def _synonyms(status: Status) -> list[str]:
    return [word for word, meant in SYNONYMS.items() if meant == status]


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in line)} |" for line in lines)
