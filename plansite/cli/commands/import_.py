"""`plansite import`: the actions of a spreadsheet, a document or another tracker as files of a plan."""

from __future__ import annotations

import json
import os
from pathlib import Path

import click

from plansite.checks.finding_formats import FindingFormat, format_findings
from plansite.cli.context import CommandContext, site_options
from plansite.cli.exit_codes import ExitCode, print_message
from plansite.content.site_content import load_site
from plansite.content.text import encode
from plansite.exports.actions_json.parsing import UnreadableExportError
from plansite.file_access import read_plain_file
from plansite.lookup import CorrectableError, look_up_plan
from plansite.model.documents.plan import Plan
from plansite.model.formatting import format_list
from plansite.model.settings import Settings
from plansite.model.slugs import slugify
from plansite.scaffold.atomic_files import replace_file
from plansite.scaffold.imported.exported_actions import NoSuchPlanError, read_exported_file
from plansite.scaffold.imported.plan_import import NewGoal, PlannedImport, plan_import
from plansite.scaffold.imported.report import build_report_data, format_report, format_summary
from plansite.scaffold.imported.snapshot import ImportedAction, SnapshotError, format_snapshot, parse_snapshot
from plansite.scaffold.list_items import CannotExtendError
from plansite.scaffold.new_goal import add_goal, build_goal
from plansite.trackers.columns.map_file import (
    NO_MAP,
    MapFileError,
    TrackerMap,
    format_map_file,
    list_unknown_fields,
    parse_map_file,
)
from plansite.trackers.drafts import DraftAction
from plansite.trackers.readers.formats import is_lock_file, read_sheets
from plansite.trackers.reading import TrackerReading, add_drafts, read_tables
from plansite.trackers.sheets import MAX_FILE_SIZE, UnreadableTrackerError
from plansite.trackers.tables.tables import SkippedSheet, TrackerTable, find_tables


@click.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--plan", required=True, metavar="PLAN", help="The plan that gets the actions, by folder name or title.")
@click.option(
    "--map", "map_path", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="FILE",
    help="How to read the columns; an import writes such a file.",
)  # fmt: skip
@click.option("--hidden-sheets", is_flag=True, help="Read hidden sheets as well.")
@click.option("--dry-run", is_flag=True, help="Say what would be done, and write nothing.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@site_options
def command(
    context: CommandContext, files: tuple[Path, ...], plan: str, map_path: Path | None, hidden_sheets: bool,
    dry_run: bool, form: str,
) -> int:  # fmt: skip
    """Make actions of the rows of trackers: CSV, TSV, XLSX, XLS, ODS, DOCX or Markdown.

    A JSON file is one that “plansite export --to json” wrote, whose actions come back as they were.

    Importing a tracker again brings its changes into the same files. What people have changed there stays.
    """
    try:
        tracker_map = _read_map(map_path) if map_path else NO_MAP
        site = load_site(context.root)
        target = look_up_plan(site, plan)
    except MapFileError as error:
        print_message(format_findings(FindingFormat.TEXT, error.findings, 1, ()))
        return ExitCode.FINDINGS
    except CorrectableError as error:
        raise click.UsageError(f"{error} Start one with “plansite new plan”.") from error
    name = "-".join(path.stem for path in files if not is_lock_file(path.name)) or files[0].stem
    records = _ImportRecords(context.root, target, name)
    exports = [path for path in files if path.suffix.casefold() == ".json"]
    reading = _read_files(tuple(path for path in files if path not in exports), tracker_map, hidden_sheets)
    reading = add_drafts(reading, [draft for path in exports for draft in _read_export(path, target, site.settings)])
    try:
        planned = plan_import(target, reading.drafts, records.read_last(), lambda path: _read_text(context.root / path))
    except SnapshotError as error:
        raise click.UsageError(f"{records.snapshot}: {error}") from error
    if form == "json":
        click.echo(
            encode(json.dumps(build_report_data(reading, planned), ensure_ascii=False, indent=2) + "\n"), nl=False
        )
    else:
        click.echo("\n".join(format_summary(reading, planned)))
    if dry_run or not reading.drafts:
        return ExitCode.SUCCESS
    return _write(context.root, target, reading, planned, records)


def _read_map(path: Path) -> TrackerMap:
    """The map of a file. Raises MapFileError, and click.UsageError for a field that no column can be."""
    tracker_map = parse_map_file(read_plain_file(path, MAX_FILE_SIZE), str(path))
    if unknown := list_unknown_fields(tracker_map):
        names = format_list([f"`{name}`" for name in unknown])
        raise click.UsageError(f"{path}: no column can be {names}; the first lines of a written map name all fields")
    return tracker_map


def _read_files(files: tuple[Path, ...], tracker_map: TrackerMap, hidden_sheets: bool) -> TrackerReading:
    """What all files together have. Raises click.UsageError for one that cannot be read, and skips lock files."""
    tables: list[TrackerTable] = []
    skipped: list[SkippedSheet] = []
    for path in files:
        if is_lock_file(path.name) and len(files) > 1:
            print_message(f"{path}: skipped, because an office program keeps it while the tracker is open.")
            continue
        try:
            sheets = read_sheets(read_plain_file(path, MAX_FILE_SIZE), path.name)
        except UnreadableTrackerError as error:
            raise click.UsageError(f"{path}: {error}.") from error
        for note in (note for sheet in sheets for note in sheet.notes):
            print_message(f"{path}: {note}.")
        found, others = find_tables(sheets, include_hidden=hidden_sheets, tracker_map=tracker_map)
        tables += found
        skipped += others
    return read_tables(tables, skipped, tracker_map)


def _read_export(path: Path, plan: Plan, settings: Settings) -> tuple[DraftAction, ...]:
    """The actions of a file that plansite exported. Raises click.UsageError for one that cannot be read."""
    try:
        return read_exported_file(read_plain_file(path, MAX_FILE_SIZE), path.name, plan, settings)
    except (UnreadableExportError, NoSuchPlanError) as error:
        raise click.UsageError(f"{path}: {error}.") from error


class _ImportRecords:
    """The files beside a plan in which imports keep what they did: the report, the map, and what they gave."""

    def __init__(self, root: Path, plan: Plan, name: str) -> None:
        self.folder = root / Path(plan.path).parent / "imports"
        self.report = self.folder / f"{slugify(name)}.md"
        self.map = self.folder / f"{slugify(name)}.map.yaml"
        self.snapshot = self.folder / f"{slugify(name)}.json"

    def read_last(self) -> tuple[ImportedAction, ...]:
        """What the last import of the same tracker gave; nothing if there was none. Raises SnapshotError."""
        return parse_snapshot(_read_text(self.snapshot)) if self.snapshot.exists() else ()


def _read_text(path: Path) -> str:
    return read_plain_file(path, MAX_FILE_SIZE).decode("utf-8", errors="replace")


def _write(root: Path, plan: Plan, reading: TrackerReading, planned: PlannedImport, records: _ImportRecords) -> int:
    """Write the goals, the actions, and last what the next import compares with."""
    folder = root / Path(plan.path).parent
    _add_goals(root, plan, planned.goals)
    paths = {action.slug: root / action.path for action in plan.actions}
    for action in planned.actions:
        if action.is_written:
            target = paths.get(action.slug, folder / "actions" / f"{action.slug}.md")
            target.parent.mkdir(parents=True, exist_ok=True)
            replace_file(target, action.text.encode(), sync=False)
    _sync_files()
    records.folder.mkdir(exist_ok=True)
    mapping = (each for table in reading.tables for each in table.mapping)
    replace_file(records.map, format_map_file(records.map.stem, mapping).encode())
    replace_file(records.report, format_report(records.report.stem, reading, planned).encode())
    replace_file(records.snapshot, format_snapshot(planned.snapshot).encode())
    click.echo(f"The report is in {records.report.relative_to(root)}. Look at the changes before you commit them.")
    return ExitCode.SUCCESS


def _sync_files() -> None:
    """Wait until all written files are on the disk, where the system can be asked for that."""
    if hasattr(os, "sync"):
        os.sync()


def _add_goals(root: Path, plan: Plan, goals: tuple[NewGoal, ...]) -> None:
    """Add the goals that the plan lacks to its file. Where that cannot be done, say what to add by hand."""
    path = root / plan.path
    for goal in goals:
        try:
            fields = build_goal(plan, goal.title, {"key": goal.key})
            replace_file(path, add_goal(read_plain_file(path, MAX_FILE_SIZE), fields))
        except CannotExtendError as error:
            print_message(f"{plan.path}: {error}")
            return
