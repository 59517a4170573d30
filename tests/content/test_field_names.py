"""Fields by the names that registers and trackers give to their columns."""

from __future__ import annotations

from typing import Any

import pytest

from plansite.content.documents import DocumentLocation, parse_document
from plansite.content.yaml.column_names import list_column_names
from plansite.history.fast_versions import parse_version_fast
from plansite.history.versions import parse_version
from plansite.model.documents.action import Action
from plansite.model.documents.incident import Incident
from plansite.model.documents.plan import Plan
from plansite.model.documents.review import Review
from plansite.model.fields import Date, declared_fields

PLACES: dict[type, DocumentLocation] = {
    cls: DocumentLocation(cls.__name__.lower(), "p", "a", "a.md") for cls in (Action, Plan, Incident, Review)
}
VALUES = {"title": "Mend it", "rag": "amber", "priority": "high", "review_every": "6 weeks"}


def _parse(cls: type, *lines: str) -> tuple[Any, list[str]]:
    title = [] if any(line.lower().startswith(("title", "action:", "plan:")) for line in lines) else ["title: A"]
    result = parse_document(PLACES[cls], "\n".join(["---", *title, *lines, "---", ""]).encode())
    return result.document, [f"{finding.rule.name}: {finding.message_and_remedy}" for finding in result.findings]


def _value(cls: type, field: str) -> str:
    kinds = {declared.name: declared.field.kind for declared in declared_fields(cls)}
    return "2025-01-14" if isinstance(kinds[field], Date) else VALUES.get(field, "done" if field == "status" else "x")


COLUMNS = [(cls, field, name) for cls in PLACES for field, names in list_column_names(cls).items() for name in names]


@pytest.mark.parametrize(("cls", "field", "name"), COLUMNS, ids=lambda value: getattr(value, "__name__", value))
def test_the_heading_of_a_column_is_the_field(cls: type, field: str, name: str) -> None:
    """In any case and spacing, with its line, without a finding, and in history as well."""
    title = [] if field == "title" else ["title: A"]
    for spelling in (name, name.upper(), name.lower().replace(" ", "_"), name.replace(" ", "-"), f"{name}."):
        lines = [*title, f"{spelling}: {_value(cls, field)}"]
        data = "\n".join(["---", *lines, "---", ""]).encode()
        own = data.replace(f"{spelling}:".encode(), f"{field}:".encode())
        found, wanted = (parse_document(PLACES[cls], text) for text in (data, own))
        assert found.findings == wanted.findings == ()
        assert found.document == wanted.document
        versions = [parse(PLACES[cls], data) for parse in (parse_version, parse_version_fast)]
        assert versions == [parse_version(PLACES[cls], own)] * 2


@pytest.mark.parametrize(
    "line",
    ["Owner: Cook", "OWNER: Cook", " owner: Cook".strip(), "Depends on: [2]", "depends-on: [2]", "Due_History: []"],
)
def test_own_names_are_known_in_any_case(line: str) -> None:
    """Capitals, spaces and hyphens make no difference."""
    assert _parse(Action, line)[1] == []


def test_a_register_row_is_an_action() -> None:
    """All eight columns of the usual register: what is a field is read, what is text says where it goes."""
    action, findings = _parse(
        Action,
        "Action No: 3",
        "Action: Fill the gaps",
        "Owner: Deputy Manager",
        "Steps and Resources: Two days",
        "Action creation date: 2025-01-01",
        "Action due date: 2025-01-14",
        "Progress: Half done",
        "Status: Resolved",
    )
    assert (action.ref, action.title, action.owner, action.resources) == (
        "3",
        "Fill the gaps",
        "Deputy Manager",
        "Two days",
    )
    assert (str(action.created), str(action.due)) == ("2025-01-01", "2025-01-14")
    assert (str(action.status), action.status_word) == ("completed", "Resolved")
    assert findings == [
        "unknown-field: no field is called “Progress” (write it in the text below the fields, under `## Progress`)"
    ]


@pytest.mark.parametrize(
    ("line", "remedy"),
    [
        ("Action due dat: 2025-01-14", "did you mean “due”?"),
        ("Onwer: Cook", "did you mean “owner”?"),
        ("Responsable: Cook", "did you mean “owner”?"),
        ("Updates: Rung", "under `## Progress`"),
        ("Steps: Ring", "under `## Steps`"),
        ("New date: 2025-01-14", "put the new date into `due`, and the old one into `due_history`"),
        ("Colour: red", "see the field reference"),
    ],
)
def test_other_names_are_reported(line: str, remedy: str) -> None:
    """With the field that was probably meant, or the place where the text belongs."""
    (finding,) = _parse(Action, line)[1]
    assert remedy in finding


def test_the_fields_own_name_counts() -> None:
    """Where a field is given twice, once by its own name, that is read, and the other one is reported."""
    for lines in (["due: 2025-01-14", "Due date: 2025-01-15"], ["Due date: 2025-01-15", "due: 2025-01-14"]):
        action, findings = _parse(Action, *lines)
        assert str(action.due) == "2025-01-14"
        assert len(findings) == 1
        assert "`due` is given as well; take this one out" in findings[0]
    action, findings = _parse(Action, "Lead: Ann", "Responsible: Ben")
    assert (action.owner, len(findings)) == ("Ann", 1)


def test_an_empty_column_is_nothing() -> None:
    """It is neither a value nor a fault."""
    action, findings = _parse(Action, "Due date:", "Lead: ''")
    assert (action.due, action.owner, findings) == (None, "", [])


@pytest.mark.parametrize("line", ["Audience: public", "AUDIENCE: public", "Audience.: public"])
def test_who_may_see_a_file_has_one_spelling(line: str) -> None:
    """Any other is unclear, and the file is for internal readers."""
    action, findings = _parse(Action, line)
    assert str(action.audience) == "internal"
    assert findings
