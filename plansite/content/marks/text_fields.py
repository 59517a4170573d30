"""Fields for some readers that stand in the text of a file, below the fields, where they have no effect."""

from __future__ import annotations

from collections.abc import Iterator

from plansite.content.marks.unclear_mark import UnclearMark, hide_fields, mark_line
from plansite.content.report import Report
from plansite.content.yaml.front_matter import ParsedFile
from plansite.content.yaml.nodes import MappingNode
from plansite.model.audience.foreign_marks import is_text_field, may_hold_text_field


def hide_marked_text(file: ParsedFile, report: Report, *, is_plan: bool = False) -> MappingNode:
    """The fields of a file, with `audience: internal` if such a field stands in its text, which is reported."""
    marks = list(find_text_fields(file, is_plan=is_plan))
    return hide_fields(file.fields, marks, report) if marks else file.fields


def find_text_fields(file: ParsedFile, *, is_plan: bool = False) -> Iterator[UnclearMark]:
    """The marks for fields `audience`, or `kind` in the file of a plan, that stand in the text of a file."""
    if may_hold_text_field(file.text, is_plan=is_plan):
        for number, line in enumerate(file.text.split("\n")):
            if is_text_field(line, is_plan=is_plan):
                yield mark_line(line, file.text_line + number)
