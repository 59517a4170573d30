"""Results of tasks, and whether a cached result is current."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from plansite.deferred_dataclass import dataclass
from plansite.incremental.tables import AnsweredLookup, Lookups, Tables

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskResult(Generic[Value]):
    """The value of a task with everything it depends on: the fingerprint of its declared inputs, and its lookups."""

    fingerprint: str
    lookups: tuple[AnsweredLookup, ...]
    value: Value


def run_task(inputs: str, tables: Tables, task: Callable[[Lookups], Value]) -> TaskResult[Value]:
    """Run a task whose declared inputs have the fingerprint `inputs`.

    The task gets the lookups to record in; it opens its tables with `Tables.recording`.
    """
    lookups: Lookups = {}
    value = task(lookups)
    return TaskResult(fingerprint=inputs, lookups=tables.answer(lookups), value=value)


def is_current(result: TaskResult[Value] | None, inputs: str, tables: Tables) -> bool:
    """Whether the task would give this result again: same declared inputs, and same answers to all its lookups."""
    return result is not None and result.fingerprint == inputs and not any(tables.changed(result.lookups))
