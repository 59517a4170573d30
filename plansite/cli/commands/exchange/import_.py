"""`plansite import`: the actions of a spreadsheet, a document or another tracker as files of a plan."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path

import click

from plansite.checks.finding_formats import FindingFormat, format_findings
from plansite.cli.context import CommandContext
from plansite.cli.exit_codes import ExitCode, print_message
from plansite.cli.site_options import site_options
from plansite.content.site_content import load_site
from plansite.content.text import encode
from plansite.exports.actions_json.parsing import UnreadableExportError
from plansite.file_access import read_plain_file
from plansite.lookup import CorrectableError, look_up_plan
from plansite.model.assessment import SiteOnDate
from plansite.model.documents.plan import Plan
from plansite.model.formatting import format_list
from plansite.model.site import Site
from plansite.scaffold.atomic_files import write_many_files
from plansite.scaffold.imported.exported_actions import NoSuchPlanError
from plansite.scaffold.imported.git_branch import CannotFillBranchError, commit_on_new_branch
from plansite.scaffold.imported.import_files import (
    ImportFiles,
    ImportRecords,
    build_import_files,
    build_owner_files,
    list_unknown_owners,
)
from plansite.scaffold.imported.own_registers import ExportReader, describe_in_register
from plansite.scaffold.imported.plan_import import PlannedImport, plan_import
from plansite.scaffold.imported.report import build_report_data, format_summary
from plansite.scaffold.imported.snapshot import SnapshotError
from plansite.scaffold.new_document import TemplateError
from plansite.trackers.columns.map_file import NO_MAP, MapFileError, TrackerMap, list_unknown_fields, parse_map_file
from plansite.trackers.drafts import DraftAction
from plansite.trackers.readers.formats import is_lock_file, read_sheets
from plansite.trackers.reading import TrackerReading, add_drafts, read_tables
from plansite.trackers.sheets import MAX_FILE_SIZE, UnreadableTrackerError
from plansite.trackers.tables.tables import SkippedSheet, TrackerTable, find_tables

#: So many owners without a file are named.
_MAX_OWNERS = 8


@click.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--plan", required=True, metavar="PLAN", help="The plan that gets the actions, by folder name or title.")
@click.option(
    "--map", "map_path", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="FILE",
    help="How to read the columns; an import writes such a file.",
)  # fmt: skip
@click.option("--hidden-sheets", is_flag=True, help="Read hidden sheets as well.")
@click.option("--make-owner", is_flag=True, help="Make a file in content/owners for each owner that has none.")
@click.option(
    "--branch", metavar="NAME", help="Commit the files on a new branch, and leave your own files as they are."
)
@click.option("--dry-run", is_flag=True, help="Say what would be done, and write nothing.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@site_options
def command(
    context: CommandContext, files: tuple[Path, ...], plan: str, map_path: Path | None, hidden_sheets: bool,
    make_owner: bool, branch: str | None, dry_run: bool, form: str,
) -> int:  # fmt: skip
    """Make actions of the rows of trackers: CSV, TSV, XLSX, XLS, ODS, DOCX or Markdown.

    What “plansite export” wrote comes back as it was, and the changes that people made in a workbook come with it.

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
    records = ImportRecords.build(target, "-".join(_list_names(files)))
    reading = _read_files(files, tracker_map, hidden_sheets, ExportReader(target, site.settings))
    dated_site = SiteOnDate(site, context.today(site.settings))
    planned = _plan(context.root, dated_site, target, reading, records)
    if form == "json":
        click.echo(
            encode(json.dumps(build_report_data(reading, planned), ensure_ascii=False, indent=2) + "\n"), nl=False
        )
    else:
        click.echo("\n".join(format_summary(reading, planned)))
    if dry_run or not reading.drafts:
        return ExitCode.SUCCESS
    owners = _make_owners(context, site, target, planned, is_asked=make_owner)
    result = build_import_files(context.root, target, reading, planned, records, owners)
    _write(
        context, site, target, result, branch, f"Import {', '.join(path.name for path in files)} into {target.slug}\n"
    )
    verb = "merge" if branch else "commit"
    click.echo(f"The report is in {records.report}. Look at the changes before you {verb} them.")
    return ExitCode.SUCCESS


def _list_names(files: tuple[Path, ...]) -> list[str]:
    """The names of the trackers without their endings, by which their records are called."""
    return [path.stem for path in files if not is_lock_file(path.name)] or [files[0].stem]


def _plan(
    root: Path, dated_site: SiteOnDate, plan: Plan, reading: TrackerReading, records: ImportRecords
) -> PlannedImport:
    """What the import changes. Raises click.UsageError if what the last import gave cannot be read."""
    describe = partial(describe_in_register, dated_site, plan)
    try:
        last = records.read_last(root)
        return plan_import(plan, reading.drafts, last, lambda path: _read_text(root / path), describe)
    except SnapshotError as error:
        raise click.UsageError(f"{records.snapshot}: {error}") from error


def _read_map(path: Path) -> TrackerMap:
    """The map of a file. Raises MapFileError, and click.UsageError for a field that no column can be."""
    tracker_map = parse_map_file(read_plain_file(path, MAX_FILE_SIZE), str(path))
    if unknown := list_unknown_fields(tracker_map):
        names = format_list([f"`{name}`" for name in unknown])
        raise click.UsageError(f"{path}: no column can be {names}; the first lines of a written map name all fields")
    return tracker_map


def _read_files(
    files: tuple[Path, ...], tracker_map: TrackerMap, hidden_sheets: bool, export_reader: ExportReader
) -> TrackerReading:
    """What all files together have. Raises click.UsageError for one that cannot be read, and skips lock files."""
    tables: list[TrackerTable] = []
    drafts: list[DraftAction] = []
    skipped: list[SkippedSheet] = []
    for path in files:
        if is_lock_file(path.name) and len(files) > 1:
            print_message(f"{path}: skipped, because an office program keeps it while the tracker is open.")
            continue
        try:
            if path.suffix.casefold() == ".json":
                drafts += export_reader.read_json(read_plain_file(path, MAX_FILE_SIZE), path.name)
                continue
            sheets = read_sheets(read_plain_file(path, MAX_FILE_SIZE), path.name)
            exported = None if tracker_map.columns else export_reader.read_sheets(sheets, path.name)
        except (UnreadableTrackerError, UnreadableExportError, NoSuchPlanError) as error:
            raise click.UsageError(f"{path}: {error}.") from error
        if exported is not None:
            drafts += exported.drafts
            skipped += exported.skipped
            continue
        found, others = find_tables(sheets, include_hidden=hidden_sheets, tracker_map=tracker_map)
        tables += found
        skipped += others
    return add_drafts(read_tables(tables, skipped, tracker_map), drafts)


def _read_text(path: Path) -> str:
    return read_plain_file(path, MAX_FILE_SIZE).decode("utf-8", errors="replace")


def _write(
    context: CommandContext, site: Site, plan: Plan, result: ImportFiles, branch: str | None, message: str
) -> None:
    """Write the files, or put them into a new branch. Raises click.UsageError where that cannot be done."""
    if result.problem:
        print_message(result.problem)
    if not branch:
        write_many_files(context.root, result.files)
        return
    folders = {Path(path).parent.as_posix() for path in (plan.path, *(owner.path for owner in site.owners))}
    try:
        commit = commit_on_new_branch(context.root, branch, result.files, sorted(folders), message)
    except CannotFillBranchError as error:
        raise click.UsageError(f"{error}.") from error
    click.echo(f"The branch {branch} has the changes, in the commit {commit}. Your own files are as they were.")


def _make_owners(
    context: CommandContext, site: Site, plan: Plan, planned: PlannedImport, *, is_asked: bool
) -> dict[str, str]:
    """The files of owners that have none, if they are asked for; otherwise says who has none."""
    names = list_unknown_owners(site, planned.actions)
    if not names:
        if is_asked and not site.owners:
            context.print_message("Owners need no files here, since there are none in content/owners.")
        return {}
    if not is_asked:
        shown = format_list([*names[:_MAX_OWNERS], *(["others"] if len(names) > _MAX_OWNERS else [])])
        context.print_message(f"There is no file for {shown}. Make the files with --make-owner, or correct the names.")
        return {}
    try:
        return build_owner_files(context.root, site, plan, names, context.today(site.settings))
    except TemplateError as error:
        raise click.UsageError(str(error)) from error
