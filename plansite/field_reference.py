"""The field reference: a Markdown page generated from the declarations of fields."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from plansite.content.layout import DATED_KINDS, document_path
from plansite.content.yaml.column_names import list_column_names
from plansite.model.fields import (
    ChoiceOf,
    Date,
    Either,
    FieldType,
    Interval,
    ListOf,
    MappingOf,
    NamedField,
    declared_fields,
)
from plansite.model.formatting import format_list
from plansite.model.status import AMBIGUOUS_STATUSES, STATUS_SYNONYMS, Status
from plansite.schema import FILE_KINDS, collect_groups, field_default, find_records, first_sentence

_INTRODUCTION = """\
# Field reference

Each file begins with fields between two lines of `---`, one field a line, as `name: value`. In `plansite.yaml` there
are fields only. Only fields marked as required are needed. Dates are written as `2025-01-31`. Put a value in
quotation marks if it contains a colon or begins with a sign such as `@` or `*`.

This page is made from the field declarations. `plansite schema` prints the same for editors."""

_STATUSES = """\
## Statuses

The words in the first column are the statuses. The other words are understood too, with or without capitals. Your
file keeps the word that you wrote."""


def render_field_reference() -> str:
    """The page as Markdown, with a final line end."""
    parts = [
        _INTRODUCTION,
        *map(_kind_section, FILE_KINDS),
        _groups_section(),
        _STATUSES,
        _table(("Status", "Work is", "Also"), _status_rows()),
    ]
    ambiguous = format_list([f"“{word}”" for word in sorted(AMBIGUOUS_STATUSES)])
    parts.append(f"Organisations use {ambiguous} in different senses, so use a status from the first column instead.")
    return "\n\n".join(parts) + "\n"


def _kind_section(kind: str) -> str:
    cls = FILE_KINDS[kind]
    heading = f"## {'The site' if kind == 'site' else kind.capitalize()}\n\n{first_sentence(cls)}"
    path = f"`{document_path(kind, '<plan>', '<date>' if kind in DATED_KINDS else '<name>')}`"
    return "\n\n".join([f"{heading} File: {path}", _fields_table(cls)])


def _groups_section() -> str:
    """A table for each group of fields, in the order in which the kinds of files contain them."""
    groups = dict.fromkeys(group for cls in FILE_KINDS.values() for group in collect_groups(cls))
    parts = [f"### {_group_heading(group)}\n\n{first_sentence(group)}\n\n{_fields_table(group)}" for group in groups]
    return "\n\n".join(["## Groups of fields", *parts])


def _fields_table(cls: type) -> str:
    return _table(
        ("Field", "What it is", "Example", "Required"), [_field_row(declared, cls) for declared in declared_fields(cls)]
    )


def _field_row(declared: NamedField, cls: type) -> Sequence[str]:
    field, default = declared.field, field_default(cls, declared.attribute)
    parts = [field.help, *_describe_values(field.kind)]
    if default is not None and "default:" not in field.help.lower():
        parts.append(f"Default: `{default}`.")
    other_names = list_column_names(cls).get(declared.name)
    if other_names:
        parts.append(f"Also called: {', '.join(other_names)}.")
    return (f"`{declared.name}`", " ".join(parts), f"`{field.example}`", "yes" if field.required else "")


def _describe_values(kind: FieldType) -> Iterator[str]:
    """Sentences about the values that a field can have."""
    item_kind = _item_kind(kind)
    if isinstance(kind, ListOf):
        yield "A list."
    elif isinstance(kind, MappingOf):
        yield (
            "Names of fields of an action, each with a value."
            if kind.names
            else ("Names that you choose, each with a value.")
        )
    for group in find_records(kind):
        yield (
            f"{'Text, or fields' if isinstance(item_kind, Either) else 'Fields'}: "
            f"[{_group_heading(group)}](#{_group_anchor(group)})."
        )
    if isinstance(item_kind, ChoiceOf):
        yield f"One of: {', '.join(item_kind.of)}."
    elif isinstance(item_kind, Date):
        yield "A date."
    elif isinstance(item_kind, Interval):
        yield "A number of days, weeks, months or years."


def _item_kind(kind: FieldType) -> FieldType:
    return _item_kind(kind.of) if isinstance(kind, ListOf | MappingOf) else kind


def _group_heading(group: type) -> str:
    """The heading of a group, from its class name: `ProtocolEntry` is "Protocol entry"."""
    words = "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in group.__name__)
    return words.strip().capitalize()


def _group_anchor(group: type) -> str:
    return _group_heading(group).lower().replace(" ", "-")


def _status_rows() -> list[Sequence[str]]:
    return [(f"`{status}`", "open" if status.is_open else "closed", ", ".join(_synonyms(status))) for status in Status]


def _synonyms(status: Status) -> list[str]:
    return [word for word, meant in STATUS_SYNONYMS.items() if meant == status]


def _table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in line)} |" for line in lines)
