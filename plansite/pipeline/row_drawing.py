"""Fast path: renders the rows that a plan has on pages across plans together with the plan, each once.

A page across plans then joins the HTML of its rows. Without it, each page renders its own rows; the bytes are the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, replace
from itertools import chain
from typing import Any, TypeVar

from plansite.deferred_dataclass import dataclass
from plansite.fast_paths import fast_paths_enabled
from plansite.site.components.drawn_rows import ROW_END, DrawnRow
from plansite.site.components.table_rows import TableRow
from plansite.site.components.widgets import ActionRow, FinishedRow
from plansite.site.contributions import PlanContribution
from plansite.site.lists.action_table import DEFAULT_COLUMNS, TableColumn, build_columns
from plansite.site.lists.plan_entries import FinishedEntry, ListedRow, PlanEntries
from plansite.site.lists.tagged_actions import TaggedRow, TagShare
from plansite.site.people.work_share import SupportedEntry, WorkShare

_TEMPLATE = "lists/drawn_rows.html"
#: Renders the rows of a view with a template, each as a text.
RenderRows = Callable[[str, object], list[str]]
Holder = TypeVar("Holder", PlanEntries, WorkShare, TagShare)
_ENTRY_TYPES = (ListedRow, FinishedEntry, TaggedRow)


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnRowsView:
    """The rows of a plan by how they are rendered: those of open actions three times, of checks and finished twice."""

    open: tuple[ActionRow, ...]
    checks: tuple[ActionRow, ...]
    finished: tuple[FinishedRow, ...]
    verified: tuple[FinishedRow, ...]
    tagged: tuple[TableRow, ...]
    columns: tuple[TableColumn, ...]
    end: str = ROW_END


def draw_rows(contribution: PlanContribution, render_rows: RenderRows) -> PlanContribution:
    """The contribution of a plan with each of its rows of actions as HTML."""
    if not fast_paths_enabled():
        return contribution
    view = _list_rows(contribution)
    rows = _RowReplacer(_join_texts(view, iter(render_rows(_TEMPLATE, view))))
    return replace(
        contribution,
        entries=rows.replace_in(contribution.entries),
        work={page: rows.replace_in(share) for page, share in contribution.work.items()},
        tags={href: rows.replace_in(share) for href, share in contribution.tags.items()},
    )


def _list_rows(contribution: PlanContribution) -> DrawnRowsView:
    entries = contribution.entries
    checks = (*(each.row for each in (*entries.checks, *entries.controls)), *entries.reviews, *entries.notices)
    tagged = chain.from_iterable((*each.open, *each.finished, *each.cancelled) for each in contribution.tags.values())
    return DrawnRowsView(
        open=tuple(each.row for each in entries.open if isinstance(each.row, ActionRow)),
        checks=tuple(row for row in checks if isinstance(row, ActionRow)),
        finished=tuple(each.row for each in entries.finished if isinstance(each.row, FinishedRow)),
        verified=tuple(each.row for each in entries.verified if isinstance(each.row, FinishedRow)),
        tagged=tuple({id(each.row): each.row for each in tagged if isinstance(each.row, TableRow)}.values()),
        columns=build_columns(DEFAULT_COLUMNS),
    )


def _join_texts(view: DrawnRowsView, texts: Iterator[str]) -> Mapping[int, DrawnRow]:
    """The rows of the view as HTML, by identity; `texts` are in the order of the template."""
    drawn: dict[int, DrawnRow] = {}
    for row in view.open:
        drawn[id(row)] = DrawnRow.create(next(texts), next(texts), next(texts), row.due, row.values)
    for row in view.checks:
        drawn[id(row)] = DrawnRow.create(next(texts), "", next(texts), row.due, row.values)
    for finished in view.finished:
        drawn[id(finished)] = DrawnRow.create(next(texts), "", next(texts))
    for verified in view.verified:
        drawn[id(verified)] = DrawnRow.create(next(texts))
    for tagged in view.tagged:
        drawn[id(tagged)] = DrawnRow.create(next(texts), due=tagged.due)
    return drawn


class _RowReplacer:
    """Puts the HTML of rows in the place of the rows, in values that share rows and entries."""

    def __init__(self, drawn: Mapping[int, DrawnRow]) -> None:
        """`drawn` are by the identity of the row."""
        self._drawn = drawn
        self._entries: dict[int, Any] = {}

    def replace_in(self, holder: Holder) -> Holder:
        """The value with each row in its fields as HTML: rows themselves, and entries that have one."""
        changed: dict[str, Any] = {}
        for field in fields(holder):
            values = getattr(holder, field.name)
            if type(values) is tuple and values:  # a named tuple is a value of its own
                changed[field.name] = tuple(map(self._replace, values))
        return replace(holder, **changed) if changed else holder

    def _replace(self, value: Any) -> Any:
        """A row, or an entry with its row, as HTML; anything else as it is."""
        if isinstance(value, (*_ENTRY_TYPES, SupportedEntry)):
            known = self._entries.get(id(value))
            if known is None:
                known = self._entries[id(value)] = self._replace_entry(value)
            return known
        return self._drawn.get(id(value), value)

    def _replace_entry(self, entry: Any) -> Any:
        if isinstance(entry, SupportedEntry):
            return entry._replace(listed=self._drawn[id(entry.listed)]) if entry.listed else entry
        return entry._replace(row=self._drawn[id(entry.row)])
