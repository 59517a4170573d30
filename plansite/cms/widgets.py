"""The fields of a form in the content editor, from the declarations of fields."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from plansite.cms.kinds import EditedKind
from plansite.deferred_dataclass import dataclass
from plansite.model.dates import INTERVAL_PRESETS
from plansite.model.fields import (
    ChoiceOf,
    Date,
    Either,
    FieldType,
    Integer,
    Interval,
    ListOf,
    NamedField,
    Number,
    RecordOf,
    declared_fields,
)
from plansite.schema import Json, Schema

#: The collections of files from which a form offers titles.
OWNERS_COLLECTION = "owners"
AGENCIES_COLLECTION = "agencies"
PLANS_COLLECTION = "plans"
#: The fields that name an owner with a file: as in `plansite new`, others may name anybody.
_OWNER_FIELDS = frozenset({"owner", "supporters"})
_AGENCY_FIELDS = frozenset({"agency", "agencies"})
#: Fields that are written in sentences, and have a box of several lines.
LONG_FIELDS = frozenset(
    (
        *("achievable", "control", "decision", "did", "measurable", "method", "no_actions", "not_involved", "note"),
        *(
            "objective",
            "question",
            "rationale",
            "reason",
            "relevant",
            "resources",
            "said",
            "specific",
            "text",
            "time_bound",
        ),
    )
)
_BODY_HINTS = {
    "action": "Steps are lines such as “- [ ] Ring the engineer”. News are lines such as “- 2025-01-14 (Maintenance): "
    "The engineer has been.”",
}


class EditorProgram(StrEnum):
    """The content editors that can be set up."""

    SVELTIA = "sveltia"
    DECAP = "decap"


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalList:
    """The goals that an action of a plan can serve: where they are, and the field by which actions name them."""

    plan: str
    name_field: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FormContext:
    """What a form depends on besides its fields: the editor, and what there is to choose from."""

    program: EditorProgram
    has_owners: bool = False
    has_agencies: bool = False
    goals: GoalList | None = None


def build_form(kind: EditedKind, context: FormContext) -> list[Json]:
    """The fields of the form for a kind of file. The text comes behind those that every new file has.

    Where it is makes no difference to the file, and people should not have to look for it below all fields.
    """
    widgets: list[Json] = [_build_field(field, context, kind.defaults.get(field.name, "")) for field in kind.fields]
    return [*widgets[: kind.usual_fields], _build_body(kind), *widgets[kind.usual_fields :]]


def _build_body(kind: EditedKind) -> Schema:
    """The text below the fields, as it is written: a formatting editor would rewrite steps and progress notes."""
    hint = _BODY_HINTS.get(kind.name)
    return {
        "name": "body",
        "label": "Text",
        "widget": "text",
        "required": False,
        **({"hint": hint} if hint else {}),
        **({"default": kind.body} if kind.body else {}),
    }


def _build_field(named: NamedField, context: FormContext, default: str = "", *, is_inner: bool = False) -> Schema:
    """A field. A group that may be left out asks for none of its fields, because Decap would ask for them at once."""
    widget = _build_widget(named.field.kind, named.name, context)
    is_known = default and _is_possible(named.field.kind, default)
    return {
        "name": named.name,
        "label": format_label(named.name),
        **widget,
        "required": named.field.required and not is_inner,
        "hint": named.field.help.replace("`", ""),
        **({"default": default} if is_known else {}),
    }


def format_label(name: str) -> str:
    """The name of a field as a form shows it: “Depends on”."""
    return name.replace("_", " ").capitalize()


def _is_possible(kind: FieldType, text: str) -> bool:
    return text in list(kind.of) if isinstance(kind, ChoiceOf) else True


def _build_widget(kind: FieldType, name: str, context: FormContext) -> Schema:
    """The control for a value of this type, and its options."""
    match kind:
        case ListOf():
            return _build_list(kind.of, name, context)
        case Either():
            return _build_widget(kind.rich, name, context)
        case RecordOf():
            return {"widget": "object", "collapsed": True, "fields": _build_inner(kind.of, context, is_optional=True)}
        case Date():
            return _build_date(context.program)
        case Integer():
            return {"widget": "number", "value_type": "int", "min": kind.minimum, "max": kind.maximum, "step": 1}
        case Number():
            return {"widget": "number", "value_type": "float", "step": 0.001}
        case ChoiceOf():
            options: list[Json] = [{"label": str(member).capitalize(), "value": str(member)} for member in kind.of]
            return {"widget": "select", "options": options}
        case Interval():
            return {"widget": "string", "pattern": [_interval_pattern(), "Write it as “6 weeks”."]}
        case _:
            return _build_text(name, context)


def _build_date(program: EditorProgram) -> Schema:
    """A day without a time, which is kept as it was picked.

    With `format`, some versions of Sveltia blank out a date in another form. Without `date_format`, Decap saves a time.
    """
    if program is EditorProgram.DECAP:
        return {"widget": "datetime", "date_format": "YYYY-MM-DD", "time_format": False}
    return {"widget": "datetime", "type": "date", "time_format": False}


def _interval_pattern() -> str:
    presets = "|".join(INTERVAL_PRESETS)
    return rf"^(([Ee]very )?([1-9][0-9]{{0,2}}|a|an|one)? ?([Dd]ay|[Ww]eek|[Ff]ortnight|[Mm]onth|[Yy]ear)s?|{presets})$"


def _build_text(name: str, context: FormContext) -> Schema:
    choice = _build_relation(name, context)
    if choice is not None:
        return choice
    return {"widget": "text" if name in LONG_FIELDS else "string"}


def _build_relation(name: str, context: FormContext) -> Schema | None:
    """A choice among the site's owners, agencies or goals; None where there are none, or the field names others."""
    if name in _OWNER_FIELDS and context.has_owners:
        return _relate(OWNERS_COLLECTION, "title", ("title", "role"))
    if name in _AGENCY_FIELDS and context.has_agencies:
        return _relate(AGENCIES_COLLECTION, "{{slug}}", ("title",))
    if name == "goal" and context.goals:
        goals = context.goals
        relation = _relate(PLANS_COLLECTION, f"goals.*.{goals.name_field}", ("goals.*.title",))
        return {**relation, "file": goals.plan}
    return None


def _relate(collection: str, value_field: str, searched: Iterable[str]) -> Schema:
    search_fields: list[Json] = list(searched)
    return {
        "widget": "relation",
        "collection": collection,
        "value_field": value_field,
        "search_fields": search_fields,
        "display_fields": search_fields[:1],
    }


def _build_list(kind: FieldType, name: str, context: FormContext) -> Schema:
    """A list: of choices, of lines, or of groups of fields."""
    record = kind.rich if isinstance(kind, Either) else kind
    if isinstance(record, RecordOf):
        fields = _build_inner(record.of, context)
        return {"widget": "list", "collapsed": True, "summary": _summarise(record.of), "fields": fields}
    choice = _build_relation(name, context)
    if choice is not None:
        return {**choice, "multiple": True}
    inner = _build_widget(kind, "", context)
    return {"widget": "list", "field": {"name": "item", "label": format_label(name), **inner}}


def _build_inner(cls: type, context: FormContext, *, is_optional: bool = False) -> list[Json]:
    """The fields of a group; `is_optional` for a group that may be left out."""
    return [_build_field(field, context, is_inner=is_optional) for field in declared_fields(cls)]


def _summarise(cls: type) -> str:
    """What stands for an item of a list that is folded: its first two fields."""
    return " ".join(f"{{{{fields.{field.name}}}}}" for field in declared_fields(cls)[:2])
