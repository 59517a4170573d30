"""Joins drafts that are of the same action: rows that go on with it, and rows that report about it again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields, replace
from datetime import date
from typing import TypeVar

from plansite.model.formatting import format_long_date
from plansite.model.people import normalise_name
from plansite.trackers.drafts import DraftAction, MovedDate, OtherText
from plansite.trackers.values.dated_notes import DatedNote
from plansite.trackers.values.steps import add_step_facts

T = TypeVar("T")

_LISTS = (
    "supporters", "depends_on", "waits_for", "evidence", "moved", "tags", "steps", "notes", "progress", "others",
    "remarks",
)  # fmt: skip
_OF_ROWS = ("table", "rows", "title", "ref", "text", "written", "goal_title", "noted")
_SINGLES = tuple(each.name for each in fields(DraftAction) if each.name not in (*_LISTS, *_OF_ROWS))
#: What a row says of its step, where it has a step of its own: these go behind the step.
_OF_STEPS = ("owner", "due", "completed", "status")


def continue_draft(draft: DraftAction, more: DraftAction, *, joins_text: bool = False) -> DraftAction:
    """The draft with what a further row adds to it. What contradicts it goes into the text, or behind the row's step.

    `joins_text` is whether a text of the row is the rest of one that a page break has cut.
    """
    has_step = len(more.steps) == 1
    step_facts = _OF_STEPS if has_step else ()
    values = {name: getattr(more, name) for name in _SINGLES if getattr(more, name)}
    taken = {name: value for name, value in values.items() if not getattr(draft, name) and name not in step_facts}
    behind = [(name, value) for name, value in values.items() if name in step_facts and value != getattr(draft, name)]
    lost = [
        OtherText(name.replace("_", " ").capitalize(), _format_value(value))
        for name, value in values.items()
        if name not in taken and name not in step_facts and value != getattr(draft, name)
    ]
    steps = tuple(add_step_facts(step, (_format_value(value) for _, value in behind)) for step in more.steps)
    text = "\n\n".join(filter(None, (draft.text, more.text)))
    if joins_text and (rest := more.text or more.title):
        text = f"{draft.text or draft.title} {rest}"
    elif more.title and normalise_name(more.title) != normalise_name(draft.title):
        lost.insert(0, OtherText("Also", more.title))
    names = (more.owner,) if "owner" not in taken and more.owner != draft.owner and not has_step and more.owner else ()
    lost = [each for each in lost if each.heading != "Owner"] if names else lost
    return replace(
        draft,
        **taken,
        rows=(*draft.rows, *more.rows),
        text=text,
        supporters=_unite(draft.supporters, names, more.supporters),
        depends_on=_unite(draft.depends_on, more.depends_on),
        waits_for=_unite(draft.waits_for, more.waits_for),
        evidence=_unite(draft.evidence, more.evidence),
        moved=_unite(draft.moved, more.moved),
        tags=_unite(draft.tags, more.tags),
        steps=(*draft.steps, *steps),
        notes=_sort_notes((*draft.notes, *more.notes)),
        progress=_unite(draft.progress, more.progress),
        others=_unite(draft.others, lost, more.others),
        remarks=_unite(draft.remarks, more.remarks),
    )


def join_repeated(drafts: Sequence[DraftAction]) -> list[DraftAction]:
    """The drafts, where rows that report about the same action again are one: the same words, owner and goal.

    Such rows have dated notes, or the day of which they speak. Others that are the same stay, since somebody wrote them
    twice.
    """
    joined: dict[tuple[str, ...], DraftAction] = {}
    key: tuple[str, ...]
    for position, draft in enumerate(drafts):
        key = (str(position),)
        if draft.notes or draft.noted:
            words = (draft.text or draft.title, draft.owner, draft.goal)
            key = (draft.table, draft.ref, *map(normalise_name, words))
        joined[key] = _join(joined[key], draft) if key in joined else draft
    return list(joined.values())


def _join(first: DraftAction, other: DraftAction) -> DraftAction:
    """Two reports about an action as one: all notes and texts, and the fields of the newer report."""
    newer, older = (first, other) if _last_day(first) > _last_day(other) else (other, first)
    earlier = (MovedDate(older.due),) if older.due and newer.due and older.due != newer.due else ()
    filled = {
        name: getattr(older, name)
        for name in _SINGLES
        if not getattr(newer, name) and name not in ("created", "completed")
    }
    return replace(
        newer,
        **filled,
        rows=(*first.rows, *other.rows),
        created=min((day for day in (first.created, other.created) if day), default=None),
        supporters=_unite(first.supporters, other.supporters),
        depends_on=_unite(first.depends_on, other.depends_on),
        waits_for=_unite(first.waits_for, other.waits_for),
        tags=_unite(first.tags, other.tags),
        notes=_sort_notes((*first.notes, *other.notes)),
        progress=_unite(first.progress, other.progress),
        evidence=_unite(first.evidence, other.evidence),
        steps=tuple(dict.fromkeys((*first.steps, *other.steps))),
        moved=tuple(move for move in _unite(older.moved, earlier, newer.moved) if move.due != newer.due),
        others=_unite(first.others, other.others, _list_lost_fields(newer, older)),
        remarks=_unite(first.remarks, other.remarks),
    )


def _list_lost_fields(newer: DraftAction, older: DraftAction) -> Iterator[OtherText]:
    """What fields said in the older report, and say differently in the newer one; a due date is in the history."""
    for name in _SINGLES:
        old, new = getattr(older, name), getattr(newer, name)
        if old and new and old != new and name not in ("due", "created"):
            yield OtherText(name.replace("_", " ").capitalize(), f"{_format_value(old)} (earlier)")
        elif old and name == "completed" and not new:
            yield OtherText("Completed", f"{_format_value(old)} (earlier)")


def _format_value(value: object) -> str:
    return format_long_date(value) if isinstance(value, date) else str(value)


def _last_day(draft: DraftAction) -> str:
    days = [note.day for note in draft.notes] + ([draft.noted] if draft.noted else [])
    return max((day.isoformat() for day in days), default="")


def _sort_notes(notes: Iterable[DatedNote]) -> tuple[DatedNote, ...]:
    return tuple(sorted(dict.fromkeys(notes), key=lambda note: note.day))


def _unite(*groups: Iterable[T]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(item for group in groups for item in group))
