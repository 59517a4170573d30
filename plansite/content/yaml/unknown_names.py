"""Reports names that no field of a group has, with the name that was meant, or the group that it belongs in."""

from __future__ import annotations

from collections.abc import Collection

from plansite.content.parse_rules import UNKNOWN_FIELD
from plansite.content.report import Report, quote_text, suggest_word
from plansite.content.yaml.nodes import ScalarNode
from plansite.model.fields import FieldType, ListOf, MappingOf, RecordOf, declared_fields


def report_unknown_field(cls: type, key: ScalarNode, report: Report) -> None:
    """Report a name that no field of a declared dataclass has."""
    names = [declared.name for declared in declared_fields(cls)]
    remedy = _suggest_group(cls, key.text) or suggest_word(key.text, names)
    _add(key, remedy or "it is not shown; see the field reference", report)


def report_unknown_name(key: ScalarNode, names: Collection[str], report: Report) -> None:
    """Report a name in a mapping whose names are fields of plansite."""
    _add(key, suggest_word(key.text, names) or "the name of a field of plansite comes first, then theirs", report)


def _add(key: ScalarNode, remedy: str, report: Report) -> None:
    message = f"no field is called {quote_text(key.text)}"
    report.add(UNKNOWN_FIELD, message, remedy, line=key.line, column=key.column, field=key.text)


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
