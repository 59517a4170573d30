"""JSON and CSV of actions and changes have every field, in one order and notation."""

from __future__ import annotations

import csv
import dataclasses
import io
import json
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from plansite.exports.action_records import ActionRecord
from plansite.exports.csv_cells import unescape_cell
from plansite.exports.data_formats import format_changes_json, format_records_csv, format_records_json
from plansite.history.change import Change, ChangeKind
from plansite.model.assessment import Course
from plansite.model.documents.records.requirements import RequirementLevel, ResponseDecision
from plansite.model.status import Status

FULL = ActionRecord(
    plan="falls",
    path="content/plans/falls/actions/lights.md",
    ref="7",
    title="=Mend the “lights”",
    status=Status.IN_PROGRESS,
    status_word="Ongoing",
    owner="@maintenance",
    supporters=("Porter", "Cook"),
    goal="light",
    created=date(2025, 1, 1),
    due=date(2025, 1, 10),
    overdue=True,
    course=Course.OVERDUE,
    days_late=10,
    steps_done=1,
    steps=2,
    requirement=RequirementLevel.MUST,
    response=ResponseDecision.PARTLY_ACCEPTED,
    interim_check=date(2025, 1, 27),
    page="plans/falls/actions/lights.html",
)
KEYS = [
    "plan",
    "path",
    "ref",
    "title",
    "status",
    "status_word",
    "owner",
    "supporters",
    "goal",
    "standards",
    "created",
    "due",
    "completed",
    "overdue",
    "course",
    "days_late",
    "steps_done",
    "steps",
    "needs_attention",
    "requirement",
    "response",
    "interim_check",
    "page",
]


def test_json_has_every_key_in_order() -> None:
    """Dates are ISO, lists are lists, what is unknown is null, and the file ends with a line end."""
    text = format_records_json([FULL])
    (record,) = json.loads(text)
    assert list(record) == KEYS
    assert text.endswith("]\n")
    assert "“lights”" in text
    assert (record["status"], record["course"], record["due"], record["completed"]) == (
        "in progress",
        "overdue",
        "2025-01-10",
        None,
    )
    assert (record["supporters"], record["overdue"], record["days_late"]) == (["Porter", "Cook"], True, 10)
    assert (record["requirement"], record["response"], record["interim_check"]) == (
        "must",
        "partly accepted",
        "2025-01-27",
    )


def test_an_empty_list_is_an_empty_array() -> None:
    """A program never meets an empty file."""
    assert format_records_json([]) == "[]\n"
    assert format_records_csv([]).rstrip() == ",".join(KEYS)


def test_csv_is_defused_and_comes_back() -> None:
    """A title that begins like a formula is inert, and the way back gives the title."""
    (row,) = csv.DictReader(io.StringIO(format_records_csv([FULL]), newline=""))
    assert list(row) == KEYS
    assert (row["title"], row["owner"]) == ("'=Mend the “lights”", "'@maintenance")
    assert unescape_cell(row["title"]) == FULL.title
    assert (row["supporters"], row["overdue"], row["needs_attention"], row["completed"]) == (
        "Porter; Cook",
        "yes",
        "no",
        "",
    )


@given(st.text(), st.text())
def test_any_text_survives_both_notations(title: str, owner: str) -> None:
    """No text breaks a file's form."""
    entry = ActionRecord(plan="p", path="p", page="p", title=title, owner=owner)
    (row,) = csv.DictReader(io.StringIO(format_records_csv([entry]), newline=""))
    assert (unescape_cell(row["title"]), unescape_cell(row["owner"])) == (title, owner)
    assert json.loads(format_records_json([entry]))[0]["title"] == title


CHANGE = Change(
    did=ChangeKind.ADDED,
    document="action",
    plan="winter",
    slug="radiator",
    path="r.md",
    after=("a", "ü"),
    values=(("owner", "Ann"), ("tags", ("x", "y"))),
    when=date(2025, 1, 6),
    commit="c",
)


def test_the_fields_are_those_of_a_change() -> None:
    """Each in its plain form; several values are a list, and what a document held is an object."""
    (record,) = json.loads(format_changes_json([CHANGE]))
    assert list(record) == [field.name for field in dataclasses.fields(Change)]
    assert (record["did"], record["when"], record["before"], record["after"]) == ("added", "2025-01-06", "", ["a", "ü"])
    assert record["values"] == {"owner": "Ann", "tags": ["x", "y"]}
    assert "ü" in format_changes_json([CHANGE])


def test_nothing() -> None:
    """No change is an empty list; a change that holds nothing has an empty object."""
    assert format_changes_json([]) == "[]\n"
    assert json.loads(format_changes_json([dataclasses.replace(CHANGE, values=())]))[0]["values"] == {}
