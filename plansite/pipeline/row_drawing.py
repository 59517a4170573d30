"""Fast path: renders the rows that a plan has on lists across plans together with the plan, each once.

A list then joins the HTML of its rows. Without it, each list renders its own rows; the pages are the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from plansite.deferred_dataclass import dataclass
from plansite.fast_paths import fast_paths_enabled
from plansite.site.components.drawn_rows import ROW_END, DrawnRow
from plansite.site.components.widgets import ActionRow, FinishedRow
from plansite.site.lists.plan_entries import CheckRow, FinishedEntry, ListedRow, PlanEntries

_TEMPLATE = "lists/drawn_rows.html"
#: Renders the rows of a view with a template, each as a text.
RenderRows = Callable[[str, object], list[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnRowsView:
    """The rows of a plan by how they are rendered: those of open actions twice, with their plan and without."""

    open: tuple[ActionRow, ...]
    checks: tuple[ActionRow, ...]
    finished: tuple[FinishedRow, ...]
    verified: tuple[FinishedRow, ...]
    end: str = ROW_END


def draw_rows(entries: PlanEntries, render_rows: RenderRows) -> PlanEntries:
    """The entries of a plan with each of their rows as HTML."""
    if not fast_paths_enabled():
        return entries
    view = _list_rows(entries)
    texts = iter(render_rows(_TEMPLATE, view))
    drawn: dict[int, DrawnRow] = {}
    for row in view.open:
        drawn[id(row)] = DrawnRow(next(texts), next(texts), row.due, row.values)
    for row in view.checks:
        drawn[id(row)] = DrawnRow(next(texts), "", row.due, row.values)
    finished = [DrawnRow(next(texts)) for _ in view.finished]
    verified = [DrawnRow(next(texts)) for _ in view.verified]

    def find(row: CheckRow) -> DrawnRow:
        return drawn[id(row)]

    def place(listed: Iterable[ListedRow]) -> tuple[ListedRow, ...]:
        return tuple(each._replace(row=find(each.row)) for each in listed)

    return replace(
        entries,
        open=place(entries.open),
        near=place(entries.near),
        unassigned=place(entries.unassigned),
        checks=place(entries.checks),
        controls=tuple(map(find, entries.controls)),
        reviews=tuple(map(find, entries.reviews)),
        notices=tuple(map(find, entries.notices)),
        finished=_replace_rows(entries.finished, finished),
        verified=_replace_rows(entries.verified, verified),
    )


def _list_rows(entries: PlanEntries) -> DrawnRowsView:
    checks = (*(each.row for each in entries.checks), *entries.controls, *entries.reviews, *entries.notices)
    return DrawnRowsView(
        open=tuple(_select(each.row for each in entries.open)),
        checks=tuple(_select(checks)),
        finished=tuple(each.row for each in entries.finished if isinstance(each.row, FinishedRow)),
        verified=tuple(each.row for each in entries.verified if isinstance(each.row, FinishedRow)),
    )


def _select(rows: Iterable[CheckRow]) -> Iterator[ActionRow]:
    return (row for row in rows if isinstance(row, ActionRow))


def _replace_rows(entries: Iterable[FinishedEntry], rows: Iterable[DrawnRow]) -> tuple[FinishedEntry, ...]:
    return tuple(each._replace(row=row) for each, row in zip(entries, rows, strict=True))
