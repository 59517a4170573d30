"""Changes for other programs."""

from __future__ import annotations

import dataclasses
import json
from datetime import date

from plansite.exports.data_formats import format_changes_json
from plansite.history.change import Change, ChangeKind

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
