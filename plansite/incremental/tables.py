"""Tables shared by all tasks: what a task looks up in them is recorded, with a fingerprint of each answer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Generic, NamedTuple, TypeVar

from plansite.deferred_dataclass import dataclass
from plansite.incremental.fingerprint import fingerprint

Key = TypeVar("Key")
Value = TypeVar("Value")

#: The lookups of one task, in the order in which they were first made: the name of a table, and a key.
Lookups = dict[tuple[str, object], None]


class AnsweredLookup(NamedTuple):
    """One lookup of a task. `fingerprint` is that of its answer, and empty where the table has no such key."""

    table: str
    key: object
    fingerprint: str


class RecordingMapping(Mapping[Key, Value]):
    """A mapping that records each key it is asked for. It cannot be iterated, because that cannot be recorded."""

    __slots__ = ("_entries", "_lookups", "_table")

    def __init__(self, table: str, entries: Mapping[Key, Value], lookups: Lookups) -> None:
        """Record in `lookups`, which all tables of one task share."""
        self._table = table
        self._entries = entries
        self._lookups = lookups

    def __getitem__(self, key: Key) -> Value:
        """The entry. A key that is missing is recorded too: it may exist in the next build."""
        self._lookups[(self._table, key)] = None
        return self._entries[key]

    def __iter__(self) -> Iterator[Key]:
        """Raise TypeError."""
        raise TypeError(f"the table “{self._table}” can be looked up in, but not iterated")

    def __len__(self) -> int:
        """Raise TypeError."""
        raise TypeError(f"the table “{self._table}” can be looked up in, but not counted")

    def __bool__(self) -> bool:
        """Always true: whether the table has any entries is not recorded."""
        return True


class LazyMapping(dict[Key, Value]):
    """A dictionary that computes an entry when it is first subscripted. Like a `defaultdict`, `get` computes none."""

    def __init__(self, compute: Callable[[Key], Value | None]) -> None:
        """`compute` returns the entry for a key, or None where there is none."""
        super().__init__()
        self._compute = compute

    def __missing__(self, key: Key) -> Value:
        value = self._compute(key)
        if value is None:
            raise KeyError(key)
        self[key] = value
        return value


@dataclass(frozen=True, slots=True)
class Table(Generic[Key, Value]):
    """Entries by key.

    `fingerprint_entry` returns the fingerprint of the answer for a key, and an empty text where there is none. Left
    out, it is that of the entry itself.
    """

    entries: Mapping[Key, Value]
    fingerprint_entry: Callable[[Key], str] | None = None

    def fingerprint(self, key: Key) -> str:
        """The fingerprint of the answer for a key; empty where there is none."""
        if self.fingerprint_entry is not None:
            return self.fingerprint_entry(key)
        try:
            return fingerprint(self.entries[key])
        except KeyError:
            return ""


class Tables:
    """All tables of a build by name. A table is made when it is first used, and must not change afterwards."""

    def __init__(self, tables: Mapping[str, Callable[[], Table[Any, Any]]]) -> None:
        """`tables` makes each table by its name."""
        self._makers = tables
        self._made: dict[str, Table[Any, Any]] = {}
        self._fingerprints: dict[tuple[str, object], str] = {}

    def open(self, name: str, lookups: Lookups) -> RecordingMapping[Any, Any]:
        """One table for a task whose lookups are recorded in `lookups`."""
        return RecordingMapping(name, self._table(name).entries, lookups)

    def answer(self, lookups: Lookups) -> tuple[AnsweredLookup, ...]:
        """The lookups of a task, each with the fingerprint of its answer."""
        return tuple(AnsweredLookup(table, key, self._fingerprint(table, key)) for table, key in lookups)

    def changed(self, lookups: Iterable[AnsweredLookup]) -> Iterator[AnsweredLookup]:
        """Those of the lookups that would get another answer now."""
        return (each for each in lookups if self._fingerprint(each.table, each.key) != each.fingerprint)

    def _table(self, name: str) -> Table[Any, Any]:
        table = self._made.get(name)
        if table is None:
            table = self._made[name] = self._makers[name]()
        return table

    def _fingerprint(self, table: str, key: object) -> str:
        known = self._fingerprints.get((table, key))
        if known is None:
            known = self._fingerprints[(table, key)] = self._table(table).fingerprint(key)
        return known
