"""Finds registers that plansite wrote in the files of an import, and says what changed in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from plansite.deferred_dataclass import dataclass
from plansite.exports.actions_json.parsing import ExportedAction, ExportedPlan
from plansite.exports.csv_cells import unescape_cell
from plansite.exports.register_data import SELECTED_COLUMNS, list_selected_cells
from plansite.exports.register_workbook import EXPORTED_ROWS_SHEET, REGISTER_WORKBOOK_COLUMNS, list_register_cells
from plansite.model.assessment import SiteOnDate
from plansite.model.audience.filter import resolve_audience
from plansite.model.documents.action import Action
from plansite.model.documents.plan import Plan
from plansite.model.settings import Settings
from plansite.scaffold.imported.exported_actions import (
    build_exported_drafts,
    describe_file,
    list_yaml_fields,
    read_exported_file,
)
from plansite.scaffold.imported.merge import FileValues
from plansite.scaffold.imported.own_rows import COMPUTED_COLUMNS, GROUPED_FIELDS, WORKBOOK_NAMES, read_register_row
from plansite.trackers.cells import CellValue, format_cell
from plansite.trackers.drafts import DraftAction, WrittenForm
from plansite.trackers.sheets import Sheet
from plansite.trackers.tables.tables import SkippedSheet

#: A table is a register of plansite if its first row has these headings.
_SIGNS = (frozenset({"status_word", "original_due", "course"}), frozenset({"How it is going", "First due", "File"}))
_KNOWN = frozenset((*SELECTED_COLUMNS, *WORKBOOK_NAMES.values(), *COMPUTED_COLUMNS, ""))


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportReading:
    """The drafts that an exported file gives, and the sheets of it that people added."""

    drafts: tuple[DraftAction, ...]
    skipped: tuple[SkippedSheet, ...]


@dataclass(frozen=True, slots=True)
class ExportReader:
    """Reads what plansite exported, for a plan."""

    target: Plan
    settings: Settings

    def read_json(self, data: bytes, name: str) -> tuple[DraftAction, ...]:
        """The drafts of a JSON file. Raises UnreadableExportError and NoSuchPlanError."""
        return read_exported_file(data, name, self.target, self.settings)

    def read_sheets(self, sheets: Sequence[Sheet], name: str) -> ExportReading | None:
        """What the sheets of a file give; None if none is a register of plansite. Raises NoSuchPlanError."""
        tables = [table for sheet in sheets if (table := find_register(sheet))]
        if not tables:
            return None
        plans = read_registers(tables, self.target, self.settings)
        found = {id(table.sheet) for table in tables}
        others = (sheet for sheet in sheets if id(sheet) not in found)
        return ExportReading(
            drafts=build_exported_drafts(plans, name, self.target, self.settings, tables[0].form),
            skipped=tuple(SkippedSheet(sheet, "plansite did not write it") for sheet in others),
        )


@dataclass(frozen=True, slots=True)
class RegisterTable:
    """A register of plansite in a sheet: what each column is called, and the rows below."""

    sheet: Sheet
    names: tuple[str, ...]

    @property
    def form(self) -> WrittenForm:
        """A workbook has names of sheets."""
        return WrittenForm.WORKBOOK if self.sheet.name else WrittenForm.CSV


def find_register(sheet: Sheet) -> RegisterTable | None:
    """The register in a sheet; None if plansite did not write it."""
    headings = [format_cell(cell) for cell in sheet.rows[0]] if sheet.rows else []
    if not any(signs <= set(headings) for signs in _SIGNS):
        return None
    return RegisterTable(sheet, tuple(WORKBOOK_NAMES.get(heading, heading) for heading in headings))


def read_registers(tables: Sequence[RegisterTable], target: Plan, settings: Settings) -> tuple[ExportedPlan, ...]:
    """The plans of the registers in a file, with the actions as they are and as they were exported.

    An action of which the file does not say the plan is one of the target.
    """
    hidden = [table for table in tables if table.sheet.name == EXPORTED_ROWS_SHEET]
    exported = [read_register_row(row) for table in hidden for row in _list_rows(table)]
    bases = {(plan, action.slug): action for plan, action in exported}
    rows: dict[str, list[ExportedAction]] = {}
    for row in (row for table in tables if table not in hidden for row in _list_rows(table)):
        plan, action = read_register_row(row)
        others = tuple((name, format_cell(cell)) for name, cell in row.items() if name not in _KNOWN)
        whole = replace(action, base=bases.get((plan, action.slug)), others=others)
        rows.setdefault(plan or target.slug, []).append(_use_goal_key(whole, target))
    audience = resolve_audience(target, settings)
    return tuple(
        ExportedPlan(slug=slug, title="", audience=audience, goals=_list_goals(actions), actions=tuple(actions))
        for slug, actions in rows.items()
    )


def _use_goal_key(action: ExportedAction, target: Plan) -> ExportedAction:
    """The action with the key of its goal in a plan, where a register has the title."""
    if action.base:
        action = replace(action, base=_use_goal_key(action.base, target))
    goal = target.find_goal(str(action.fields.get("goal", "")))
    return replace(action, fields={**action.fields, "goal": goal.key or goal.title}) if goal else action


def _list_goals(actions: Iterable[ExportedAction]) -> tuple[tuple[str, str], ...]:
    """The goals of actions by their titles, for what the plan lacks."""
    titles = (str(action.fields["goal"]) for action in actions if "goal" in action.fields)
    return tuple(("", title) for title in dict.fromkeys(titles))


def _name_cells(names: Iterable[str], cells: Iterable[CellValue]) -> dict[str, CellValue]:
    """The cells that are not empty by the names of their columns."""
    return {name: cell for name, cell in zip(names, cells, strict=False) if cell not in (None, "")}


def _list_rows(table: RegisterTable) -> Iterator[dict[str, CellValue]]:
    """The rows that are not empty, by the names of columns. In a CSV file texts are escaped."""
    is_escaped = not table.sheet.name
    for cells in table.sheet.rows[1:]:
        row = _name_cells(table.names, cells)
        if is_escaped:
            row = {name: unescape_cell(cell) if isinstance(cell, str) else cell for name, cell in row.items()}
        if row:
            yield row


def describe_in_register(dated_site: SiteOnDate, plan: Plan, action: Action, form: WrittenForm) -> FileValues:
    """What the file of an action says, as far as a register says it."""
    whole = describe_file(action)
    if form is WrittenForm.JSON:
        return whole
    if form is WrittenForm.CSV:
        row = _name_cells(SELECTED_COLUMNS, list_selected_cells(dated_site, action))
    else:
        names = [WORKBOOK_NAMES.get(column.title, column.title) for column in REGISTER_WORKBOOK_COLUMNS]
        row = _name_cells(names, list_register_cells(dated_site, plan, action))
    _, exported = read_register_row(row)
    fields = dict(list_yaml_fields(_use_goal_key(exported, plan).fields))
    return FileValues(
        fields=fields,
        body=exported.text,
        partial=frozenset(name for name in GROUPED_FIELDS if fields.get(name) != whole.fields.get(name)),
        is_whole=form is WrittenForm.CSV and exported.text == whole.body,
    )
