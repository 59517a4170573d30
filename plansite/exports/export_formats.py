"""The formats in which actions are exported."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from plansite.exports.action_records import build_action_records
from plansite.exports.actions_json.document import format_actions_json
from plansite.exports.calendars.export import format_selected_events
from plansite.exports.csv_cells import format_csv_file
from plansite.exports.data_formats import format_records_csv
from plansite.exports.selection import ExportSelection
from plansite.exports.word.plan_document import format_word_register


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportFormat:
    """A format: the suffix of its files, and what writes one. The same selection gives the same bytes."""

    suffix: str
    format: Callable[[ExportSelection], bytes]


def _format_csv(selection: ExportSelection) -> bytes:
    paths = {action.path for action in selection.actions}
    records = [record for record in build_action_records(selection.dated_site) if record.path in paths]
    return format_csv_file(format_records_csv(records)).encode()


#: By the word that follows `--to`.
EXPORT_FORMATS: dict[str, ExportFormat] = {
    "csv": ExportFormat(suffix="csv", format=_format_csv),
    "json": ExportFormat(suffix="json", format=format_actions_json),
    "calendar": ExportFormat(suffix="ics", format=format_selected_events),
    "word": ExportFormat(suffix="docx", format=format_word_register),
}
