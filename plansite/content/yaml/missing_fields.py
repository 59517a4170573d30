"""Reports required fields that are missing."""

from __future__ import annotations

from plansite.content.parse_rules import MISSING_FIELD
from plansite.content.report import Report
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
