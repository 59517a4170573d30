"""The formats in which actions are exported."""

from __future__ import annotations

from collections.abc import Callable

from plansite.deferred_dataclass import dataclass
from plansite.exports.actions_json.document import format_actions_json
from plansite.exports.calendars.export import describe_selected_events, format_selected_events
from plansite.exports.csv_cells import format_csv_file
from plansite.exports.register_data import render_selected_registers
from plansite.exports.register_workbook import format_selected_register
from plansite.exports.selection import ExportSelection
from plansite.exports.word.plan_document import format_word_register
from plansite.model.formatting import format_count


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportFormat:
    """A format: the suffix of its files, and what writes one. The same selection gives the same bytes.

    `describe` says how much is in a file: “41 actions”.
    """

    suffix: str
    format: Callable[[ExportSelection], bytes]
    describe: Callable[[ExportSelection], str] = lambda selection: format_count(len(selection.actions), "action")


def _format_csv(selection: ExportSelection) -> bytes:
    return format_csv_file(render_selected_registers(selection)).encode()


#: By the word that follows `--to`.
EXPORT_FORMATS: dict[str, ExportFormat] = {
    "csv": ExportFormat(suffix="csv", format=_format_csv),
    "xlsx": ExportFormat(suffix="xlsx", format=format_selected_register),
    "json": ExportFormat(suffix="json", format=format_actions_json),
    "calendar": ExportFormat(suffix="ics", format=format_selected_events, describe=describe_selected_events),
    "word": ExportFormat(suffix="docx", format=format_word_register),
}
