"""The kinds of files that the content editor edits: their fields in order, and what a form can show of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from plansite.content.documents import DOCUMENT_TYPES
from plansite.content.yaml.field_names import list_other_names
from plansite.deferred_dataclass import dataclass
from plansite.deferred_pattern import compile_lazily
from plansite.model.fields import (
    ChoiceOf,
    Date,
    Either,
    FieldType,
    Integer,
    ListOf,
    MappingOf,
    NamedField,
    Number,
    RecordOf,
    Text,
    declared_fields,
)
from plansite.model.site import FrontPage
from plansite.scaffold.new_document import DocumentTemplate, load_template
from plansite.scaffold.placeholders import find_placeholders, split_front_matter
from plansite.schema import Json

#: The kinds of files, and the dataclass that declares their fields; `page` is the front page.
EDITED_KINDS: dict[str, type] = {**DOCUMENT_TYPES, "page": FrontPage}
_FIELD_LINE = compile_lazily(r"(?m)^([\w-]+):[ \t]*(.*)$")
_EXAMPLE_DAY = "2025-01-14"


@dataclass(frozen=True, slots=True, kw_only=True)
class EditedKind:
    """A kind of file: its fields in the order in which `plansite new` writes them, and what a new file begins with.

    The first `usual_fields` of them are those that every new file has. `defaults` are the values that the template
    gives, by the name of the field; `body` is the text below them.
    """

    name: str
    fields: tuple[NamedField, ...]
    usual_fields: int
    defaults: Mapping[str, str]
    body: str = ""


def load_kinds(root: Path) -> dict[str, EditedKind]:
    """All kinds by name, with the site's own templates where it has some. Raises TemplateError, OSError."""
    return {name: _build_kind(name, None if name == "page" else load_template(root, name)) for name in EDITED_KINDS}


def _build_kind(name: str, template: DocumentTemplate | None) -> EditedKind:
    """A kind of file. Fields that are not in the template follow behind those that are, as they are declared."""
    declared = declared_fields(EDITED_KINDS[name])
    if template is None:
        return EditedKind(name=name, fields=declared, usual_fields=1, defaults={})
    front_matter, _, body = split_front_matter(template.text.replace("\r\n", "\n"))
    written = dict(_FIELD_LINE.findall(front_matter))
    places = {field: place for place, field in enumerate(written)}
    fields = sorted(declared, key=lambda field: places.get(field.name, len(places)))
    defaults = {field: value.strip() for field, value in written.items() if re.fullmatch(r"[\w ]+", value.strip())}
    usual = sum(field.name in places for field in fields)
    return EditedKind(name=name, fields=tuple(fields), usual_fields=usual, defaults=defaults, body=_fill_body(body))


def _fill_body(body: str) -> str:
    """The text of a new file. In place of today there is an example, because nobody knows the day yet."""
    filled = body.replace("{today}", _EXAMPLE_DAY)
    for name in find_placeholders(filled):
        filled = filled.replace(f"{{{name}}}", "")
    return filled.strip()


def describe_kinds(kinds: Iterable[EditedKind]) -> dict[str, Json]:
    """What the page's scripts know of each kind, by name: the shapes of its fields, and other names for them."""
    return {kind.name: _describe_kind(kind) for kind in kinds}


def _describe_kind(kind: EditedKind) -> Json:
    shapes: dict[str, Json] = {field.name: _describe_shape(field.field.kind) for field in kind.fields}
    is_renamed = kind.name != "page"
    others: dict[str, Json] = dict(list_other_names(EDITED_KINDS[kind.name])) if is_renamed else {}
    return {"fields": shapes, "otherNames": others}


def _describe_shape(kind: FieldType) -> Json:
    """What a form shows of a value: text, a date, a number, a choice of words, a list, or a group of fields."""
    match kind:
        case ListOf():
            return {"type": "list", "of": _describe_shape(kind.of)}
        case Either():
            return {**_describe_group(kind.rich), "plain": find_plain_name(kind)}
        case RecordOf():
            return _describe_group(kind)
        case Date():
            return {"type": "date"}
        case Integer() | Number():
            return {"type": "number"}
        case ChoiceOf():
            words = {_fold_word(str(member)): str(member) for member in kind.of}
            return {
                "type": "choice",
                "words": {**{_fold_word(word): str(kind.of(of)) for word, of in kind.synonyms.items()}, **words},
            }
        case MappingOf():
            raise TypeError("no kind of file has a field with names that its writer chooses")
        case _:
            return {"type": "text"}


def _describe_group(kind: FieldType) -> dict[str, Json]:
    if not isinstance(kind, RecordOf):
        raise TypeError(f"{kind} is not a group of fields")
    fields: dict[str, Json] = {field.name: _describe_shape(field.field.kind) for field in declared_fields(kind.of)}
    return {"type": "group", "fields": fields}


def find_plain_name(kind: Either) -> str:
    """The field of a group that a single value in its place stands for: its first text, as parsing takes it."""
    if not isinstance(kind.rich, RecordOf):
        raise TypeError(f"{kind.rich} is not a group of fields")
    return next(field.name for field in declared_fields(kind.rich.of) if isinstance(field.field.kind, Text))


def _fold_word(word: str) -> str:
    """A word of a choice as parsing compares it: in lower case, with spaces for hyphens and underscores."""
    return " ".join(word.casefold().replace("_", " ").replace("-", " ").replace("’", "'").split())
