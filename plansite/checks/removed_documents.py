"""Documents that were in the plans at an earlier commit and are gone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field

from plansite.deferred_dataclass import dataclass

#: The kind of a measure's table of readings, which is a file but no document of its own.
READINGS = "readings"


@dataclass(frozen=True, slots=True, kw_only=True)
class RemovedDocument:
    """A document that is gone: its kind (or `READINGS`), the slug of its plan, its path and its title.

    `contained_kinds` are the kinds of the documents that were removed with a plan, one entry for each document.
    """

    kind: str
    plan: str
    path: str
    title: str
    contained_kinds: tuple[str, ...] = field(default=())


def group_by_removed_plan(removed: Sequence[RemovedDocument]) -> tuple[RemovedDocument, ...]:
    """Removed plans, each with the kinds of what was removed with it, then all documents of other plans."""
    removed_plans = {document.plan for document in removed if document.kind == "plan"}
    others = [document for document in removed if document.kind != "plan" and document.plan not in removed_plans]
    plans = [
        RemovedDocument(
            kind=plan.kind,
            plan=plan.plan,
            path=plan.path,
            title=plan.title,
            contained_kinds=tuple(
                document.kind for document in removed if document.plan == plan.plan and document.kind != "plan"
            ),
        )
        for plan in removed
        if plan.kind == "plan"
    ]
    return (*plans, *others)
