"""Reports names that no field of a group has, with the name that was meant, or the group that it belongs in."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from plansite.content.parse_rules import UNKNOWN_FIELD
from plansite.content.report import Report, find_nearest, format_question, quote_text
from plansite.content.yaml.field_names import fold_name, list_other_names, suggest_place
from plansite.content.yaml.nodes import MappingNode, ScalarNode
from plansite.model.fields import FieldType, ListOf, MappingOf, RecordOf, declared_fields
from plansite.model.findings import Fix


def report_unknown_field(cls: type, key: ScalarNode, group: MappingNode, report: Report) -> None:
    """Report a name in a group that no field of a declared dataclass has."""
    declared_names = [declared.name for declared in declared_fields(cls)]
    other_names = list_other_names(cls)
    nearest = find_nearest(key.text, declared_names) or _find_nearest_other(fold_name(key.text), other_names)
    remedy = _suggest_group(cls, key.text) or suggest_place(cls, key.text)
    if nearest and not remedy and group.get(nearest) is not None:
        remedy = f"`{nearest}` is given as well; take this one out, if it says the same"
    _add(key, remedy, "" if remedy else nearest, "it is not shown; see the field reference", report)


def _find_nearest_other(name: str, other_names: Mapping[str, str]) -> str:
    """The field for which a name, or one that is near to it, is another name; empty if there is none."""
    return other_names.get(name) or other_names.get(find_nearest(name, other_names), "")


def report_unknown_name(key: ScalarNode, names: Collection[str], report: Report) -> None:
    """Report a name in a mapping whose names are fields of plansite."""
    default = "write plansite's field name first, then theirs"
    _add(key, "", find_nearest(key.text, names), default, report)


def _add(key: ScalarNode, remedy: str, nearest: str, default: str, report: Report) -> None:
    """Report a name with a remedy, else with the name that was meant, else with the default remedy."""
    report.add(
        UNKNOWN_FIELD,
        f"no field is called {quote_text(key.text)}",
        remedy or format_question(nearest) or default,
        line=key.line,
        column=key.column,
        field=key.text,
        fix=Fix(key.line, key.text, nearest, key.column) if nearest else None,
    )


def _suggest_group(cls: type, name: str) -> str:
    """In which group within this one the name is known; empty where it is in none."""
    for declared in declared_fields(cls):
        if name in _list_names(declared.field.kind):
            return f"it belongs in `{declared.name}`"
    return ""


def _list_names(kind: FieldType) -> tuple[str, ...]:
    match kind:
        case ListOf():
            return _list_names(kind.of)
        case MappingOf():
            return kind.names
        case RecordOf():
            return tuple(declared.name for declared in declared_fields(kind.of))
    return ()
