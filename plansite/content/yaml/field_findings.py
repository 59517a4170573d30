"""Findings about the names of fields: those that are missing, and those that nobody knows."""

from __future__ import annotations

from plansite.content.parse_rules import MISSING_FIELD, UNKNOWN_FIELD
from plansite.content.report import Report, find_nearest, format_question, quote_text
from plansite.content.yaml.nodes import MappingNode, ScalarNode
from plansite.model.fields import NamedField
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


def report_unknown_field(key: ScalarNode, declared_names: list[str], node: MappingNode, report: Report) -> None:
    """Report a field of a group whose name is none of the declared ones."""
    nearest = find_nearest(key.text, declared_names)
    is_given = nearest and node.get(nearest) is not None
    advice = f"`{nearest}` is given as well; take this one out, if it says the same" if is_given else ""
    report.add(
        UNKNOWN_FIELD,
        f"no field is called {quote_text(key.text)}",
        advice or format_question(nearest) or "it is not shown; see the field reference",
        line=key.line,
        column=key.column,
        field=key.text,
        fix=Fix(key.line, key.text, nearest, key.column) if nearest and not is_given else None,
    )
