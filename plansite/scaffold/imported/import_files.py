"""The files that an import writes: the plan with its new goals, actions, owners, and the records of the import."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

from plansite.deferred_dataclass import dataclass
from plansite.file_access import read_plain_file
from plansite.model.documents.plan import Plan
from plansite.model.people import normalise_name
from plansite.model.site import Site
from plansite.model.slugs import slugify
from plansite.scaffold.imported.plan_import import PlannedAction, PlannedImport
from plansite.scaffold.imported.report import format_report
from plansite.scaffold.imported.snapshot import ImportedAction, format_snapshot, parse_snapshot
from plansite.scaffold.list_items import CannotExtendError
from plansite.scaffold.new_goal import add_goal, build_goal
from plansite.scaffold.new_parties import build_party_files, find_party_audience
from plansite.trackers.columns.map_file import format_map_file
from plansite.trackers.reading import TrackerReading
from plansite.trackers.sheets import MAX_FILE_SIZE


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportRecords:
    """The files beside a plan in which imports keep what they did: the report, the map, and what they gave.

    The paths are below the site's folder.
    """

    report: str
    map: str
    snapshot: str

    @staticmethod
    def build(plan: Plan, name: str) -> ImportRecords:
        """The records of the import of a tracker with this name."""
        base = f"{Path(plan.path).parent.as_posix()}/imports/{slugify(name)}"
        return ImportRecords(report=f"{base}.md", map=f"{base}.map.yaml", snapshot=f"{base}.json")

    def read_last(self, root: Path) -> tuple[ImportedAction, ...]:
        """What the last import of the same tracker gave; nothing if there was none. Raises SnapshotError."""
        path = root / self.snapshot
        if not path.exists():
            return ()
        return parse_snapshot(read_plain_file(path, MAX_FILE_SIZE).decode("utf-8", errors="replace"))


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportFiles:
    """The bytes of each file by its path below the site's folder, in the order in which they are written.

    `problem` says what has to be done by hand; empty if nothing.
    """

    files: Mapping[str, bytes]
    problem: str = ""


def build_import_files(
    root: Path,
    plan: Plan,
    reading: TrackerReading,
    planned: PlannedImport,
    records: ImportRecords,
    owners: Mapping[str, str],
) -> ImportFiles:
    """The files of an import; `owners` are those of new owners. What the next import compares with comes last."""
    files, problem = _add_goals(root, plan, planned)
    folder = Path(plan.path).parent.as_posix()
    paths = {action.slug: action.path for action in plan.actions}
    for action in planned.actions:
        if action.is_written:
            files[paths.get(action.slug, f"{folder}/actions/{action.slug}.md")] = action.text.encode()
    files |= {path: text.encode() for path, text in owners.items()}
    mapping = [each for table in reading.tables for each in table.mapping]
    name = Path(records.report).stem
    if mapping:  # what plansite itself exported needs none
        files[records.map] = format_map_file(name, mapping).encode()
    files[records.report] = format_report(name, reading, planned).encode()
    files[records.snapshot] = format_snapshot(planned.snapshot).encode()
    return ImportFiles(files=files, problem=problem)


def _add_goals(root: Path, plan: Plan, planned: PlannedImport) -> tuple[dict[str, bytes], str]:
    """The file of the plan with the goals that it lacks, and what to add by hand where that cannot be done."""
    data = before = read_plain_file(root / plan.path, MAX_FILE_SIZE) if planned.goals else b""
    problem = ""
    for goal in planned.goals:
        try:
            data = add_goal(data, build_goal(plan, goal.title, {"key": goal.key}))
        except CannotExtendError as error:
            problem = f"{plan.path}: {error}"
            break
    return ({plan.path: data} if data != before else {}), problem


def list_unknown_owners(site: Site, actions: Iterable[PlannedAction]) -> tuple[str, ...]:
    """The owners and supporters of new and changed actions that have no file, where other owners have one."""
    if not site.owners:
        return ()
    names: dict[str, str] = {}
    for action in actions:
        if action.is_written:
            for name in (action.draft.owner, *action.draft.supporters):
                names.setdefault(normalise_name(name), " ".join(name.split()))
    return tuple(name for key, name in names.items() if key and site.find_owner_or_agency(name) is None)


def build_owner_files(root: Path, site: Site, plan: Plan, names: Iterable[str], today: date) -> dict[str, str]:
    """The files of new owners, which are shown no more widely than the plan. Raises TemplateError."""
    return build_party_files(root, site, (("owner", name) for name in names), find_party_audience(plan), today)
