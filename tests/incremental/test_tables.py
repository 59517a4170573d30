"""Tables on toy values: lookups are recorded, and tell whether an answer has changed."""

from __future__ import annotations

from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plansite.incremental.tables import LazyMapping, Lookups, RecordingMapping, Table, Tables

NAMES = st.sampled_from("abcde")
ENTRIES = st.dictionaries(NAMES, st.integers(0, 3))


def _tables(**tables: dict[str, int]) -> Tables:
    return Tables({name: partial(Table, entries) for name, entries in tables.items()})


def test_every_lookup_is_recorded() -> None:
    """Of keys that exist and of keys that do not, by subscript, `get` and `in`, once each and in order."""
    lookups: Lookups = {}
    table = RecordingMapping("prices", {"tea": 1}, lookups)
    assert (table["tea"], table.get("milk"), "jam" in table, table.get("tea")) == (1, None, False, 1)
    assert list(lookups) == [("prices", "tea"), ("prices", "milk"), ("prices", "jam")]


def test_a_recording_mapping_cannot_be_iterated() -> None:
    """Iteration and length depend on all keys, which recorded lookups cannot say; truth is always true."""
    table = RecordingMapping("prices", {"tea": 1}, {})
    with pytest.raises(TypeError, match="prices"):
        list(table)
    with pytest.raises(TypeError, match="prices"):
        len(table)
    assert table
    assert RecordingMapping("prices", {}, {})


def test_tasks_record_apart() -> None:
    """Two tasks that open the same table have lookups of their own."""
    tables, first, second = _tables(prices={"tea": 1}), Lookups(), Lookups()
    tables.open("prices", first).get("tea")
    tables.open("prices", second).get("milk")
    assert (list(first), list(second)) == ([("prices", "tea")], [("prices", "milk")])


@given(ENTRIES, ENTRIES, st.lists(NAMES))
def test_a_lookup_has_changed_when_its_answer_has(
    before: dict[str, int], after: dict[str, int], keys: list[str]
) -> None:
    """An answer has changed if the entry is another one, is new or is gone; other entries do not matter."""
    lookups: Lookups = {("t", key): None for key in keys}
    answers = _tables(t=before).answer(lookups)
    changed = [each.key for each in _tables(t=after).changed(answers)]
    assert changed == [key for key in dict.fromkeys(keys) if before.get(key) != after.get(key)]


def test_equal_entries_in_different_tables_are_different_answers() -> None:
    """The name of the table is part of a lookup."""
    tables = _tables(a={"k": 1}, b={"k": 2})
    (answer,) = tables.answer({("a", "k"): None})
    assert not list(tables.changed([answer]))
    assert list(tables.changed([answer._replace(table="b")]))


def test_a_table_may_have_fingerprints_of_its_own() -> None:
    """They decide, not the entries: a large entry can be compared by a hash that is known already."""
    versions = {"book": "1"}

    def tables() -> Tables:
        return Tables({"books": lambda: Table({"book": object()}, lambda key: versions.get(key, ""))})

    answers = tables().answer({("books", "book"): None, ("books", "none"): None})
    assert not list(tables().changed(answers))
    versions["book"] = "2"
    assert [each.key for each in tables().changed(answers)] == ["book"]


def test_a_table_is_made_when_it_is_first_used() -> None:
    """And only once, however many lookups there are."""
    made: list[str] = []

    def make() -> Table[str, int]:
        made.append("t")
        return Table({"a": 1})

    tables = Tables({"t": make})
    assert made == []
    tables.answer({("t", "a"): None, ("t", "b"): None})
    tables.open("t", {}).get("a")
    assert made == ["t"]


def test_a_lazy_mapping_computes_once() -> None:
    """An entry is computed when it is first asked for; None means that there is none."""
    asked: list[int] = []

    def double(key: int) -> int | None:
        asked.append(key)
        return 2 * key if key else None

    mapping = LazyMapping(double)
    assert (mapping[2], mapping[2], asked) == (4, 4, [2])
    with pytest.raises(KeyError):
        mapping[0]


def test_answers_of_a_lazy_table_are_computed() -> None:
    """In a new build nothing has been asked for yet, and an answer that is the same still counts as unchanged."""

    def tables(prices: dict[str, int]) -> Tables:
        return Tables({"prices": lambda: Table(LazyMapping(prices.get))})

    answers = tables({"tea": 1, "jam": 2}).answer({("prices", "tea"): None, ("prices", "jam"): None})
    assert not list(tables({"tea": 1, "jam": 2}).changed(answers))
    assert [each.key for each in tables({"tea": 1, "jam": 3}).changed(answers)] == ["jam"]
    assert [each.key for each in tables({"tea": 1}).changed(answers)] == ["jam"]
