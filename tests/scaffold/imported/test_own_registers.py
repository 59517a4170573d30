"""A register that plansite exported comes back with everything that its columns hold, and with what people changed."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plansite.content.documents import DocumentLocation, parse_document
from plansite.content.site_content import load_site
from plansite.exports.csv_cells import format_csv_file
from plansite.exports.register_data import SELECTED_COLUMNS, list_selected_cells, render_selected_registers
from plansite.exports.register_workbook import (
    REGISTER_WORKBOOK_COLUMNS,
    format_selected_register,
    list_register_cells,
)
from plansite.exports.selection import select_actions
from plansite.model.assessment import SiteOnDate
from plansite.model.documents.action import Action
from plansite.model.documents.plan import Plan
from plansite.model.settings import Settings
from plansite.model.site import Site
from plansite.scaffold.imported.own_registers import ExportReader, describe_in_register
from plansite.scaffold.imported.own_rows import COMPUTED_COLUMNS, WORKBOOK_NAMES
from plansite.scaffold.imported.plan_import import PlannedImport, plan_import
from plansite.trackers.readers.formats import read_sheets
from tests.examples import examples
from tests.exports.random_fields import build_documents
from tests.sites import write

_DAY = date(2025, 1, 20)
_SETTINGS = Settings(title="Test site")
_PLAN = Plan(slug="p", path="content/plans/p/plan.md", title="Plan")
_TEXTS = st.text("abcDE =+-@017,.:'\"#&*()é<", min_size=1, max_size=20).map(str.split).map(" ".join)
_TEXTS = _TEXTS.filter(lambda text: text != "" and "::" not in text and "@" not in text[1:])


def _site(*actions: Action) -> SiteOnDate:
    return SiteOnDate(Site(settings=_SETTINGS, plans=(replace(_PLAN, actions=actions),)), _DAY)


def _list_csv(action: Action) -> dict[str, Any]:
    return dict(zip(SELECTED_COLUMNS, list_selected_cells(_site(action), action), strict=True))


def _list_workbook(action: Action) -> dict[str, Any]:
    titles = [column.title for column in REGISTER_WORKBOOK_COLUMNS]
    return dict(zip(titles, list_register_cells(_site(action), _PLAN, action), strict=True))


def _write_csv(action: Action) -> tuple[bytes, str]:
    selection = select_actions(_site(action))
    return format_csv_file(render_selected_registers(selection)).encode(), "r.csv"


def _write_workbook(action: Action) -> tuple[bytes, str]:
    return format_selected_register(select_actions(_site(action))), "r.xlsx"


def _import(data: bytes, name: str) -> Action:
    reading = ExportReader(_PLAN, _SETTINGS).read_sheets(read_sheets(data, name), name)
    assert reading is not None
    (planned,) = plan_import(_PLAN, reading.drafts, (), lambda path: path).actions
    document = parse_document(
        DocumentLocation("action", "p", planned.slug, "content/plans/p/actions/s.md"), planned.text.encode()
    ).document
    assert isinstance(document, Action)
    return document


def _join_spaces(value: Any) -> Any:
    """A value in which several spaces are one, as on every page; other values as they are."""
    return re.sub(" +", " ", value) if isinstance(value, str) else value


@settings(max_examples=examples(150))
@given(
    build_documents(Action, _TEXTS, plan="p", slug="s", path="content/plans/p/actions/s.md"),
    st.lists(st.tuples(st.booleans(), _TEXTS), max_size=3),
    st.lists(st.tuples(st.dates(date(2000, 1, 1), date(2030, 1, 1)), st.sampled_from(["", "Cook"]), _TEXTS), max_size=3),
    st.sampled_from([(_write_csv, _list_csv), (_write_workbook, _list_workbook)]),
)  # fmt: skip
def test_every_column_comes_back(
    action: Action,
    steps: list[tuple[bool, str]],
    notes: list[tuple[date, str, str]],
    form: tuple[Callable[[Action], tuple[bytes, str]], Callable[[Action], dict[str, Any]]],
) -> None:
    """All but what plansite works out. The status of an action that a failed check reopened is the one that counts."""
    lines = ["---", "title: x", "---", "## Steps", *(f"- [{'x' if done else ' '}] a{_mark(text)}" for done, text in steps),
             "## Progress", *(f"- {day}{f' ({by})' if by else ''}: a{_mark(text)}" for day, by, text in notes)]  # fmt: skip
    parsed = parse_document(DocumentLocation("action", "p", "s", action.path), "\n".join(lines).encode()).document
    assert isinstance(parsed, Action)
    action = replace(action, title=action.title or "Action", body=parsed.body, goal="", owner=action.owner)
    write_file, list_cells = form
    before, after = list_cells(action), list_cells(_import(*write_file(action)))
    passed_over = COMPUTED_COLUMNS | {"status_word", "Steps", "Steps done", "asked"}
    if before.get("Check") == "Planned":  # nothing else need be said of a check that is planned
        passed_over |= {"Check"}
    kept = {name for name in before if name not in passed_over}
    assert {name: _join_spaces(after[name]) for name in kept} == {name: _join_spaces(before[name]) for name in kept}


def _mark(text: str) -> str:
    """The text in Markdown that is plain words."""
    return "".join(character for character in text if character.isalnum() or character in " ,.")


def test_every_column_of_a_workbook_is_known() -> None:
    """Each is read, or is what plansite works out."""
    titles = {column.title for column in REGISTER_WORKBOOK_COLUMNS}
    assert titles == set(WORKBOOK_NAMES) | (COMPUTED_COLUMNS & titles)


_FILES = {
    "plansite.yaml": "title: T\ntoday: 2025-01-20\n",
    "content/owners/cook.md": "---\ntitle: The Cook\n---\n",
    "content/plans/p/plan.md": "---\ntitle: Plan\n---\n",
    "content/plans/p/actions/a.md": (
        "---\ntitle: Mend\nowner: cook\ndue: 2025-01-31\nevidence:\n  - label: Photo\n    url: a.png\n---\n"
        "Why.\n\n## Progress\n- 2025-01-08: **Measured**\n"
    ),
    "content/plans/p/actions/b.md": "---\ntitle: Paint\nstatus: in progress\n---\n",
}


def _edit(tmp_path: Path, cells: dict[tuple[int, str], Any]) -> tuple[SiteOnDate, bytes]:
    """The site, and its workbook with other values in the cells of rows, by the headings of columns."""
    dated_site = SiteOnDate(load_site(write(tmp_path, _FILES)), _DAY)
    workbook = openpyxl.load_workbook(io.BytesIO(format_selected_register(select_actions(dated_site))))
    sheet = workbook["Plan"]
    columns = {str(cell.value): number for number, cell in enumerate(sheet[1], 1)}
    for (row, heading), value in cells.items():
        column = columns.setdefault(heading, len(columns) + 1)
        sheet.cell(1, column, heading)
        sheet.cell(row, column).value = value
    buffer = io.BytesIO()
    workbook.save(buffer)
    return dated_site, buffer.getvalue()


def _plan(dated_site: SiteOnDate, root: Path, data: bytes) -> PlannedImport:
    (plan,) = dated_site.site.plans
    reading = ExportReader(plan, dated_site.site.settings).read_sheets(read_sheets(data, "x.xlsx"), "x.xlsx")
    assert reading is not None
    describe = partial(describe_in_register, dated_site, plan)
    return plan_import(plan, reading.drafts, (), lambda path: (root / path).read_text("utf-8"), describe)


def test_a_workbook_that_nobody_changed_changes_nothing(tmp_path: Path) -> None:
    planned = _plan(tmp_path_site := _edit(tmp_path, {})[0], tmp_path, _edit(tmp_path, {})[1])
    assert tmp_path_site
    assert [(each.slug, each.changed, each.conflicts) for each in planned.actions] == [("a", (), ()), ("b", (), ())]


def test_changes_in_a_workbook_come_into_the_files(tmp_path: Path) -> None:
    """A status, a due date with its history, an owner and news. The rest of each file stays as it is written."""
    dated_site, data = _edit(
        tmp_path,
        {(2, "Status"): "Completed", (2, "Owner"): "Nurse", (2, "Due"): date(2025, 2, 28),
         (2, "Latest news on"): date(2025, 1, 19), (2, "Latest news"): "Done: all lamps", (3, "Due"): date(2025, 3, 1)},
    )  # fmt: skip
    first, second = _plan(dated_site, tmp_path, data).actions
    assert (first.slug, first.conflicts, second.slug, second.conflicts) == ("a", (), "b", ())
    assert first.text == (
        "---\ntitle: Mend\nowner: Nurse\ndue: 2025-02-28\nevidence:\n  - label: Photo\n    url: a.png\n"
        "status: completed\ndue_history: [{due: 2025-01-31}]\n---\n"
        "Why.\n\n## Progress\n- 2025-01-08: **Measured**\n- 2025-01-19: Done: all lamps\n"
    )
    assert second.text == "---\ntitle: Paint\nstatus: in progress\ndue: 2025-03-01\n---\n"


def test_what_both_changed_is_a_conflict(tmp_path: Path) -> None:
    """The file stays as it is; so does a field of which the workbook does not have everything."""
    dated_site, data = _edit(tmp_path, {(2, "Due"): date(2025, 2, 28), (2, "Evidence"): "Picture"})
    write(
        tmp_path,
        {**_FILES, "content/plans/p/actions/a.md": _FILES["content/plans/p/actions/a.md"].replace("01-31", "02-07")},
    )
    first, _ = _plan(SiteOnDate(load_site(tmp_path), _DAY), tmp_path, data).actions
    assert "\ndue: 2025-02-07\n" in first.text
    assert "url: a.png" in first.text
    assert dated_site
    assert [each.partition(":")[0] for each in first.conflicts] == ["`due`", "`evidence`"]


def test_rows_and_columns_that_people_add(tmp_path: Path) -> None:
    """A row without the name of a file is a new action; what a column of theirs says is in the report."""
    dated_site, data = _edit(tmp_path, {(4, "Action"): "Sweep", (4, "Owner"): "Porter", (2, "Colour"): "red"})
    first, _, added = _plan(dated_site, tmp_path, data).actions
    assert first.draft.remarks == ("“Colour”: red",)
    assert (added.is_new, added.slug) == (True, "sweep")
    assert added.text == "---\ntitle: Sweep\nowner: Porter\n---\n"


@pytest.mark.parametrize("rows", [[], [["Action", "Owner"], ["a", "b"]], [[None]]])
def test_other_tables_are_no_registers(rows: list[list[Any]]) -> None:
    workbook = openpyxl.Workbook()
    sheet = workbook.create_sheet("Actions", 0)
    for row in rows:
        sheet.append(row)
    buffer = io.BytesIO()
    workbook.save(buffer)
    sheets = read_sheets(buffer.getvalue(), "x.xlsx")
    assert ExportReader(_PLAN, _SETTINGS).read_sheets(sheets, "x.xlsx") is None
