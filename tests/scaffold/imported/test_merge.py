"""An import again: what the tracker changed comes in, what people changed stays, and both together are said."""

from __future__ import annotations

from plansite.scaffold.imported.merge import merge_file
from plansite.scaffold.imported.snapshot import ImportedAction, format_snapshot, parse_snapshot

_FIELDS = {"title": "Order lamps", "due": "2025-01-31", "owner": "Maintenance"}
_BODY = "Dark stairs.\n\n## Progress\n- 2025-01-08: Measured"
_BASE = ImportedAction(slug="order-lamps", key="ref 1", fields=_FIELDS, body=_BODY)


def _file(body: str = _BODY, **fields: str) -> str:
    lines = "\n".join(f"{name}: {value}" for name, value in {**_FIELDS, **fields}.items() if value)
    return f"---\n{lines}\n---\n{body}\n"


def test_nothing_changes_where_the_tracker_is_the_same() -> None:
    current = _file(due="2025-02-15", body=f"{_BODY}\n- 2025-01-20: Ours")
    merged = merge_file(current, _BASE, _FIELDS, _BODY)
    assert (merged.text, merged.changed, merged.conflicts) == (current, (), ())


def test_a_change_of_the_tracker_comes_in() -> None:
    merged = merge_file(_file(), _BASE, {**_FIELDS, "due": "2025-02-28", "status": "completed"}, _BODY)
    assert merged.text == _file(due="2025-02-28", status="completed")
    assert (merged.changed, merged.conflicts) == (("due", "status"), ())


def test_a_field_that_the_tracker_no_longer_has_goes() -> None:
    fields = {name: value for name, value in _FIELDS.items() if name != "owner"}
    assert merge_file(_file(), _BASE, fields, _BODY).text == _file(owner="")


def test_a_field_that_both_changed_stays_and_is_said() -> None:
    merged = merge_file(_file(due="2025-02-15"), _BASE, {**_FIELDS, "due": "2025-02-28"}, _BODY)
    assert merged.text == _file(due="2025-02-15")
    assert merged.conflicts == ("`due`: the tracker says “2025-02-28”, the file “2025-02-15”",)


def test_both_may_change_a_field_alike() -> None:
    merged = merge_file(_file(due="2025-02-28"), _BASE, {**_FIELDS, "due": "2025-02-28"}, _BODY)
    assert (merged.changed, merged.conflicts) == ((), ())


def test_a_field_with_several_lines_is_not_touched() -> None:
    current = _file().replace("owner: Maintenance", "owner:\n  - Maintenance")
    merged = merge_file(current, _BASE, {**_FIELDS, "owner": "Manager"}, _BODY)
    assert merged.text == current
    assert len(merged.conflicts) == 1


def test_new_notes_are_added_to_a_text_that_people_changed() -> None:
    ours = f"{_BODY}\n- 2025-01-20: Ours\n\n## Outcome\nLighter."
    merged = merge_file(_file(ours), _BASE, _FIELDS, f"{_BODY}\n- 2025-01-22: Theirs")
    assert merged.text == _file(ours.replace("Ours", "Ours\n- 2025-01-22: Theirs"))
    assert (merged.changed, merged.conflicts) == (("progress",), ())


def test_a_text_that_nobody_changed_is_replaced() -> None:
    assert merge_file(_file(), _BASE, _FIELDS, "Bright stairs.").text == _file("Bright stairs.")


def test_a_file_older_than_the_import_gets_what_it_lacks() -> None:
    merged = merge_file("---\ntitle: Order lamps\n---\nOurs.\n", None, _FIELDS, "")
    assert merged.text == "---\ntitle: Order lamps\ndue: 2025-01-31\nowner: Maintenance\n---\nOurs.\n"


def test_a_snapshot_is_read_as_it_was_written() -> None:
    assert parse_snapshot(format_snapshot([_BASE])) == (_BASE,)


def test_a_field_that_means_the_same_is_no_conflict() -> None:
    """However it is written in the file."""
    current = _file(owner="'Manager'")
    told = merge_file(current, None, {**_FIELDS, "owner": "Manager"}, _BODY, None, {"owner": "Manager"})
    assert (told.text, told.conflicts) == (current, ())
    assert len(merge_file(current, None, {**_FIELDS, "owner": "Manager"}, _BODY).conflicts) == 1
