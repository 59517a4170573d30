"""Findings about the names of fields: those that are missing, and those that nobody knows."""

from __future__ import annotations

from collections.abc import Collection

from plansite.content.parse_rules import MISSING_FIELD, UNKNOWN_FIELD
from plansite.content.report import Report, find_nearest, format_question, quote_text
from plansite.content.yaml.nodes import MappingNode, ScalarNode
from plansite.model.fields import FieldType, ListOf, MappingOf, NamedField, RecordOf, declared_fields
from plansite.model.findings import Fix


def report_missing_field(required: NamedField, node: MappingNode, report: Report) -> None:
    """Report a required field of a group that is not there, or empty."""
    written = f"{required.name}: {required.field.example}"
    key, given = next((entry for entry in node.entries if entry[0].text == required.name), (None, None))
    fix = None if node.column > 1 else Fix(node.line, "", written)  # deeper, a line more may be in the wrong place
    if key and isinstance(given, ScalarNode):
        is_empty = given.plain and not given.text
        fix = Fix(key.line, f"{key.text}:", written, key.column) if is_empty and key.column == 1 else None
    report.add(
        MISSING_FIELD,
        f"`{required.name}` is missing",
        f"write `{written}`",
        line=node.line,
        column=node.column,
        field=required.name,
        fix=fix,
    )


def report_unknown_field(cls: type, key: ScalarNode, node: MappingNode, report: Report) -> None:
    """Report a name in the group `node` that no field of a declared dataclass has.

    The remedy is the name that was meant, or the group within this one in which it is known.
    """
    if group := _find_group(cls, key.text):
        _add_unknown(key, f"it belongs in `{group}`", report)
        return
    nearest = find_nearest(key.text, [declared.name for declared in declared_fields(cls)])
    if nearest and node.get(nearest) is not None:
        _add_unknown(key, f"`{nearest}` is given as well; take this one out, if it says the same", report)
        return
    _add_unknown(key, format_question(nearest) or "it is not shown; see the field reference", report, nearest)


def report_unknown_name(key: ScalarNode, names: Collection[str], report: Report) -> None:
    """Report a name in a mapping whose names are fields of plansite."""
    nearest = find_nearest(key.text, names)
    remedy = format_question(nearest) or "the name of a field of plansite comes first, then theirs"
    _add_unknown(key, remedy, report, nearest)


def _add_unknown(key: ScalarNode, remedy: str, report: Report, meant: str = "") -> None:
    report.add(
        UNKNOWN_FIELD,
        f"no field is called {quote_text(key.text)}",
        remedy,
        line=key.line,
        column=key.column,
        field=key.text,
        fix=Fix(key.line, key.text, meant, key.column) if meant else None,
    )


def _find_group(cls: type, name: str) -> str:
    """The field of a declared dataclass that holds a group in which a name is known; empty where none does."""
    return next((each.name for each in declared_fields(cls) if name in _list_names(each.field.kind)), "")


def _list_names(kind: FieldType) -> tuple[str, ...]:
    match kind:
        case ListOf():
            return _list_names(kind.of)
        case MappingOf():
            return kind.names
        case RecordOf():
            return tuple(declared.name for declared in declared_fields(kind.of))
    return ()
