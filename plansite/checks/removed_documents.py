"""Documents that were in the plans at an earlier commit and are gone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from plansite.model.formatting import format_count, format_list

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


#: The noun of each kind of document, in the order in which they are counted.
NOUN_BY_KIND = {
    "action": "action",
    "plan": "plan",
    "review": "review",
    "incident": "incident",
    "measure": "measure",
    READINGS: "table of readings",
}


def describe_contents(kinds: Iterable[str]) -> str:
    """How many documents of each kind were removed with a plan: "3 actions and 1 review"; empty if there are none."""
    counts = Counter(kinds)
    return format_list([format_count(counts[kind], noun) for kind, noun in NOUN_BY_KIND.items() if counts[kind]])


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
