"""Action records as a table for a terminal, or as paragraphs if the terminal is narrow."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby

from plansite.exports.action_filter import ActionFilter
from plansite.exports.action_records import ActionRecord
from plansite.exports.terminal_text import COLUMN_GAP, measure_width, pad_text, sanitise_line, wrap_cells, wrap_text
from plansite.model.formatting import format_count, format_due, format_list, format_short_date
from plansite.model.status import OPEN_STATUSES, Status

#: Adds colour codes to a cell of a record; the text stays the same.
CellStyler = Callable[[str, ActionRecord], str]

_HEADER = ("No", "Action", "Owner", "Status", "When")
#: The largest widths of the columns in wide and in narrow terminals; the column “Action” gets the remaining width.
_WIDE_LIMITS, _NARROW_LIMITS = (10, 0, 24, 20, 21), (10, 0, 14, 12, 18)
_MIN_ACTION_WIDTH = 24


def leave_unstyled(cell: str, record: ActionRecord) -> str:  # noqa: ARG001  (the signature of CellStyler)
    """The cell without colour codes."""
    return cell


def format_action_table(
    records: Sequence[ActionRecord],
    titles: Mapping[str, str],
    today: date,
    width: int,
    style: CellStyler = leave_unstyled,
) -> Iterator[str]:
    """The lines of a table for each plan, and a summary. `titles` are the plans' titles by slug.

    No line is wider than `width` columns of the terminal (24 or more). If a table does not fit, each action is a short
    paragraph.
    """
    for plan, group in groupby(records, key=lambda record: record.plan):
        rows = [(record, _build_cells(record, today)) for record in group]
        yield from wrap_text(sanitise_line(f"{titles.get(plan, plan)} ({plan})"), width)
        widths = _choose_widths([cells for _, cells in rows], width)
        yield from _format_columns(rows, widths, style) if widths else _format_paragraphs(rows, width, style)
        yield ""
    yield from wrap_text(summarise_actions(records), width)


def summarise_actions(records: Sequence[ActionRecord]) -> str:
    """The number of actions, of overdue ones, and of those whose file has errors."""
    overdue_count = sum(record.overdue for record in records)
    error_count = sum(record.needs_attention for record in records)
    parts = [f"{overdue_count:,} overdue"] if overdue_count else []
    parts += [f"{error_count:,} with errors in the file (see “plansite check”)"] if error_count else []
    return f"{format_count(len(records), 'action')}{': ' if parts else ''}{format_list(parts)}."


def explain_no_actions(record_filter: ActionFilter, titles: Mapping[str, str], *, is_whole: bool = True) -> str:
    """The sentences for an empty list: what was looked for, and why that may be good news.

    It is none where the list is not whole, since files that were not read may belong to it.
    """
    found, sign, news = _explain_no_actions(record_filter, titles).partition(". ")
    return f"{found}{sign}{news}" if is_whole else f"{found}."


def _explain_no_actions(record_filter: ActionFilter, titles: Mapping[str, str]) -> str:
    subject = "No action"
    if record_filter.owner:
        subject += f" of {sanitise_line(record_filter.owner.title)}"
    if record_filter.plan is not None:
        subject += f" in “{sanitise_line(titles.get(record_filter.plan, record_filter.plan))}”"
    within = f"due within {format_count(record_filter.due_within, 'day')}" if record_filter.due_within else "due today"
    if record_filter.overdue:
        state = f"overdue or {within}" if record_filter.due_within is not None else "overdue"
        return f"{subject} is {state}. That is good news: no due date has passed."
    if record_filter.due_within is not None:
        return f"{subject} is {within}. That is good news, if no due date is missing."
    if record_filter.statuses is not None:
        return f"{subject} is {_describe_statuses(record_filter)}"
    if record_filter.owner:
        return f"{subject} is on file. That is good news if nothing was promised: nobody waits for them."
    return f"{subject} is on file yet. Begin one with “plansite new action”."


def _describe_statuses(record_filter: ActionFilter) -> str:
    statuses = record_filter.statuses or frozenset()
    if statuses >= OPEN_STATUSES:
        return "open. That is good news: everything is finished."
    status_word = next(str(status) for status in statuses)
    good_news = {
        Status.BLOCKED: " That is good news: nothing is held up.",
        Status.NOT_STARTED: " That is good news: work has begun on all of them.",
    }
    return f"{status_word}.{good_news.get(Status(status_word), '')}"


def _build_cells(record: ActionRecord, today: date) -> tuple[str, ...]:
    return tuple(
        sanitise_line(cell)
        for cell in (record.ref, record.title, record.owner, _format_status(record), _format_date(record, today))
    )


def _format_status(record: ActionRecord) -> str:
    if not record.is_readable:
        return "Cannot be read"
    return record.status.label if record.status else f"“{record.status_word}”, not known"


def _format_date(record: ActionRecord, today: date) -> str:
    if not record.is_readable:
        return ""
    if not record.is_open:
        return format_short_date(record.completed, today) if record.completed else ""
    return format_due(record.due, today) if record.due else "No due date"


def _choose_widths(rows: Sequence[Sequence[str]], width: int) -> list[int] | None:
    """The widths of the columns, within the wide limits if possible; None if “Action” would be too narrow."""
    natural_widths = [max(map(measure_width, column)) for column in zip(_HEADER, *rows, strict=True)]
    for limits in (_WIDE_LIMITS, _NARROW_LIMITS):
        widths = [min(natural, limit) for natural, limit in zip(natural_widths, limits, strict=True)]
        remaining = width - sum(widths) - len(COLUMN_GAP) * len(widths)
        if remaining >= _MIN_ACTION_WIDTH:
            widths[1] = min(remaining, natural_widths[1])
            return widths
    return None


def _format_columns(
    rows: Sequence[tuple[ActionRecord, tuple[str, ...]]], widths: Sequence[int], style: CellStyler
) -> Iterator[str]:
    yield _indent_cells(pad_text(name, width) for name, width in zip(_HEADER, widths, strict=True))
    yield _indent_cells("-" * width for width in widths)
    for record, cells in rows:
        for *other_cells, date_cell in wrap_cells(cells, widths):
            text = date_cell.rstrip()
            yield _indent_cells([*other_cells, style(text, record) if text else ""])


def _indent_cells(cells: Iterator[str] | Sequence[str]) -> str:
    return (COLUMN_GAP + COLUMN_GAP.join(cells)).rstrip()


def _format_paragraphs(
    rows: Sequence[tuple[ActionRecord, tuple[str, ...]]], width: int, style: CellStyler
) -> Iterator[str]:
    """For each action its ref and title, and the other cells indented below."""
    for record, (ref, title, owner, status, date_text) in rows:
        yield from _wrap_indented(f"{ref} {title}".strip(), width, 1)
        yield from _wrap_indented(", ".join(filter(None, (owner, status))), width, 2)
        date_lines = wrap_text(date_text, width - 2 * len(COLUMN_GAP))
        yield from (COLUMN_GAP * 2 + style(line, record) for line in date_lines if line)


def _wrap_indented(text: str, width: int, level: int) -> Iterator[str]:
    return (COLUMN_GAP * level + line for line in wrap_text(text, width - len(COLUMN_GAP) * level) if line)
