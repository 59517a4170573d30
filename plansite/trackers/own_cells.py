"""Reads the cells of a register that plansite wrote itself as a Word document: exactly, whatever they look like.

What somebody has typed in another form is left to the readers for all trackers.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import field
from typing import Any

from plansite.deferred_dataclass import dataclass
from plansite.deferred_pattern import compile_lazily
from plansite.model.status import Status
from plansite.trackers.drafts import OtherText
from plansite.trackers.values.dated_notes import DatedNote
from plansite.trackers.values.dates import parse_date_cell
from plansite.trackers.values.steps import DraftStep

_LONG_DATE = compile_lazily(r"\d{1,2} [A-Z][a-z]+ \d{4}")
_NOTE = compile_lazily(rf"({_LONG_DATE.pattern})(?: \((.+?)\))?: (.+)", re.DOTALL)
_STEP = compile_lazily(r"([☑☒✓✔✅☐])\s*(\S.*)", re.DOTALL)
_HELPERS, _RESOURCES = "Helped by: ", "Resources: "
#: Signs between names: a cell with them is taken apart like that of any tracker.
_BETWEEN_NAMES = compile_lazily(r"[;,/|&\n]|\band\b")
_STATUSES = {status.label: status for status in Status}


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnCell:
    """What a cell says: single values and lists by the names of the fields of a draft."""

    values: Mapping[str, Any] = field(default_factory=dict)
    lists: Mapping[str, tuple[Any, ...]] = field(default_factory=dict)


def read_own_cell(heading: str, paragraphs: Sequence[str]) -> OwnCell | None:
    """What a cell says below a heading, from its paragraphs without plansite's own notes.

    None if it is empty, or not in the form in which plansite writes it.
    """
    reader = _READERS.get(heading)
    return reader(paragraphs) if reader and paragraphs else None


def _read_number(paragraphs: Sequence[str]) -> OwnCell | None:
    return OwnCell(values={"ref": paragraphs[0]}) if len(paragraphs) == 1 else None


def _read_title(paragraphs: Sequence[str]) -> OwnCell:
    """The title, and the description below it."""
    return OwnCell(values={"title": " ".join(paragraphs[0].split())}, lists={"texts": tuple(paragraphs[1:])})


def _read_people(paragraphs: Sequence[str]) -> OwnCell | None:
    owner, *others = paragraphs if not paragraphs[0].startswith(_HELPERS) else ("", *paragraphs)
    if len(others) > 1 or not all(each.startswith(_HELPERS) for each in others) or _BETWEEN_NAMES.search(owner):
        return None
    supporters = [name.strip() for each in others for name in each.removeprefix(_HELPERS).split(";") if name.strip()]
    return OwnCell(values={"owner": owner} if owner else {}, lists={"supporters": tuple(supporters)})


def _read_steps(paragraphs: Sequence[str]) -> OwnCell | None:
    *lines, last = paragraphs
    resources = {"resources": last.removeprefix(_RESOURCES)} if last.startswith(_RESOURCES) else {}
    found = [_STEP.fullmatch(line) for line in (lines if resources else paragraphs)]
    steps = tuple(DraftStep(" ".join(each[2].split()), each[1] != "☐") for each in found if each)
    return OwnCell(values=resources, lists={"steps": steps}) if len(steps) == len(found) else None


def _read_date(name: str) -> Callable[[Sequence[str]], OwnCell | None]:
    def read(paragraphs: Sequence[str]) -> OwnCell | None:
        found = parse_date_cell(paragraphs[0]) if len(paragraphs) == 1 and _LONG_DATE.fullmatch(paragraphs[0]) else None
        return OwnCell(values={name: found.day}) if found else None

    return read


def _read_progress(paragraphs: Sequence[str]) -> OwnCell | None:
    """The dated notes, the oldest first; the cell has the newest first."""
    notes = []
    for found in map(_NOTE.fullmatch, paragraphs):
        day = parse_date_cell(found[1]) if found else None
        if found is None or day is None:
            return None
        notes.append(DatedNote(day.day, " ".join(found[3].split()), found[2] or ""))
    return OwnCell(lists={"notes": tuple(reversed(notes))})


def _read_status(paragraphs: Sequence[str]) -> OwnCell | None:
    """The status and the day on which it was completed; what somebody has written below them is text."""
    status, *more = paragraphs
    if status not in _STATUSES:
        return None
    values: dict[str, Any] = {"status": _STATUSES[status]}
    day = parse_date_cell(more[0]) if more and _LONG_DATE.fullmatch(more[0]) else None
    if day:
        values["completed"] = day.day
    rest = "\n".join(more[1:] if day else more)
    return OwnCell(values=values, lists={"others": (OtherText("Status", rest),)} if rest else {})


_READERS: Mapping[str, Callable[[Sequence[str]], OwnCell | None]] = {
    "No.": _read_number,
    "Action": _read_title,
    "Owner": _read_people,
    "Steps and resources": _read_steps,
    "Created": _read_date("created"),
    "Due": _read_date("due"),
    "Progress": _read_progress,
    "Status": _read_status,
}
