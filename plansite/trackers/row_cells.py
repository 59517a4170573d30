"""Collects the cells of a row: each becomes a field, a part of the text, or a further text below its heading."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from plansite.model.formatting import format_long_date
from plansite.model.status import Priority
from plansite.trackers.cells import CellValue, flatten_text, format_cell
from plansite.trackers.collected_row import MAX_TITLE_LENGTH, CollectedRow, shorten_title
from plansite.trackers.columns.map_file import TrackerMap
from plansite.trackers.columns.mapping import ColumnMapping
from plansite.trackers.columns.names import (
    BARRIERS,
    FINDING,
    GOAL,
    MARKED,
    MOVES,
    NEW_DUE,
    NOTED,
    OUTCOME,
    PROGRESS,
    RESPONSE,
    REVIEW,
    SOURCE_KIND,
    SOURCE_REF,
    STEPS,
)
from plansite.trackers.drafts import DraftEvidence, MovedDate, OtherText
from plansite.trackers.values.dated_notes import split_dated_notes
from plansite.trackers.values.dates import DateOrder, parse_date_cell
from plansite.trackers.values.people import is_lead_mark, split_people
from plansite.trackers.values.references import read_ref, read_references, split_ref
from plansite.trackers.values.statuses import parse_response, parse_status

_URL = re.compile(r"https?://[^\s<>\"|]+")
_MOVED = re.compile(r"moved\s+(?:from|to)\s+(.+)", re.IGNORECASE)
_PRIORITIES = {
    "high": Priority.HIGH, "h": Priority.HIGH, "1": Priority.HIGH, "urgent": Priority.HIGH, "critical": Priority.HIGH,
    "medium": Priority.MEDIUM, "m": Priority.MEDIUM, "2": Priority.MEDIUM, "med": Priority.MEDIUM,
    "moderate": Priority.MEDIUM, "low": Priority.LOW, "l": Priority.LOW, "3": Priority.LOW,
}  # fmt: skip
_RAG = frozenset({"red", "amber", "green"})


class RowCells:
    """Collects the fields of one row. Each method takes a cell, and leaves what it does not understand to `others`."""

    def __init__(
        self, row: CollectedRow, orders: Mapping[int, DateOrder], dated: DateOrder, tracker_map: TrackerMap
    ) -> None:
        """`orders` are those of dates in columns, and `dated` that of dates in texts."""
        self.row = row
        self.orders = orders
        self.dated = dated
        self.tracker_map = tracker_map
        self.legend = dict(tracker_map.initials)

    def add_other(self, mapping: ColumnMapping, value: CellValue) -> None:
        """The cell goes into the text below its heading."""
        self._append("others", OtherText(mapping.heading or f"Column {mapping.column + 1}", format_cell(value)))

    def add_title(self, _: ColumnMapping, value: CellValue) -> None:
        """The title: without a number before it, and its first sentence if it is long."""
        ref, title = split_ref(flatten_text(value))
        if ref:
            self.row.values.setdefault("ref", ref)
        if len(title) > MAX_TITLE_LENGTH or "\n" in format_cell(value):
            self._append("texts", format_cell(value))
            title = shorten_title(format_cell(value) if not ref else title)
        self.row.values["title"] = title

    def add_ref(self, mapping: ColumnMapping, value: CellValue) -> None:
        """The number; a long text is no number."""
        ref = read_ref(value)
        if ref:
            self.row.values["ref"] = ref
        else:
            self.add_other(mapping, value)

    def add_status(self, mapping: ColumnMapping, value: CellValue) -> None:
        """The status, the answer, or both; words that are neither go into the text."""
        text = flatten_text(value)
        if status := self.tracker_map.find_status(text):
            self.row.values["status"] = status
            self.row.remarks.append(f"“{text}” is read as {status}, as the map file says")
            return
        found = parse_status(value)
        if moved := _MOVED.fullmatch(flatten_text(value)):
            self._add_move(mapping, moved[1], value)
            return
        if found.status:
            self.row.values["status"] = found.status
        if found.response:
            self.row.values["response"] = found.response
        self.row.days_late = found.days_late
        if found.rest:
            self.add_other(mapping, value)
        if found.is_ambiguous and found.status:
            self.row.remarks.append(f"“{flatten_text(value)}” is read as {found.status}")

    def add_response(self, mapping: ColumnMapping, value: CellValue) -> None:
        """The answer to a recommendation."""
        response = parse_response(value)
        if response:
            self.row.values["response"] = response
        else:
            self.add_other(mapping, value)

    def add_people(self, mapping: ColumnMapping, value: CellValue) -> None:
        """The first name of a column of owners is the owner, the others are supporters."""
        names = split_people(value, self.legend)
        if not names:
            self.add_other(mapping, value)
            return
        if mapping.field == "owner" and "owner" not in self.row.values:
            self.row.values["owner"], *names_left = names
            names = tuple(names_left)
        self.row.lists.setdefault("supporters", []).extend(names)

    def add_marked(self, mapping: ColumnMapping, value: CellValue) -> None:
        """The role or person of a marked column: the one responsible first, then those who help."""
        name = mapping.heading.rpartition(":")[2].strip()
        self._append("marked" if not is_lead_mark(flatten_text(value)) else "leads", name)

    def add_date(self, mapping: ColumnMapping, value: CellValue) -> None:
        """A whole date, or the end of a range; anything else goes into the text as it is."""
        found = parse_date_cell(value, self.orders[mapping.column])
        if found is None:
            self.add_other(mapping, value)
            return
        if mapping.field == NOTED:
            self.row.noted = found.day
            self.add_other(mapping, value)
            return
        self.row.values[mapping.field] = found.day
        if found.start:
            self.row.values.setdefault("started" if mapping.field != "due" else "start", found.start)
            words = (
                f"“{flatten_text(value)}” is read as {format_long_date(found.start)} to {format_long_date(found.day)}"
            )
            self.row.remarks.append(words)
        if found.has_short_year:
            self.row.remarks.append(f"“{flatten_text(value)}” is read as {format_long_date(found.day)}")

    def add_progress(self, _: ColumnMapping, value: CellValue) -> None:
        """Dated lines become notes; the rest stays text."""
        notes, rest = split_dated_notes(value, self.dated)
        self.row.lists.setdefault("notes", []).extend(notes)
        if rest:
            self._append("progress", rest)

    def add_moves(self, mapping: ColumnMapping, value: CellValue) -> None:
        """Earlier dates, one on each line; a line without a date stays text."""
        for line in format_cell(value).split("\n"):
            self._add_move(mapping, line, line)

    def _add_move(self, mapping: ColumnMapping, text: str, value: CellValue) -> None:
        found = parse_date_cell(text, self.dated)
        if found:
            self._append("moved", MovedDate(found.day))
        elif flatten_text(value):
            self.add_other(mapping, value)

    def add_evidence(self, mapping: ColumnMapping, value: CellValue) -> None:
        """Each address is a link; a text without an address is evidence all the same."""
        text = format_cell(value)
        urls = _URL.findall(text)
        if not urls:
            self._append("evidence", DraftEvidence(flatten_text(text)[:200]))
            if len(text) > 200:
                self.add_other(mapping, value)
            return
        words = flatten_text(_URL.sub(" ", text)).strip(" |,;<>-")
        for url in dict.fromkeys(urls):
            label = words if words and len(urls) == 1 else mapping.heading or "Link"
            self._append("evidence", DraftEvidence(label[:200], url.rstrip(".,;)")))
        if words and (len(urls) > 1 or len(words) > 200):
            self.add_other(mapping, value)

    def add_references(self, mapping: ColumnMapping, value: CellValue) -> None:
        """Numbers of other actions."""
        references = read_references(value)
        if references:
            self.row.lists.setdefault("depends_on", []).extend(references)
        else:
            self.add_other(mapping, value)

    def add_priority(self, mapping: ColumnMapping, value: CellValue) -> None:
        """High, medium or low; any other scale goes into the text."""
        priority = _PRIORITIES.get(flatten_text(value).casefold())
        if priority:
            self.row.values["priority"] = priority
        else:
            self.add_other(mapping, value)

    def add_rag(self, mapping: ColumnMapping, value: CellValue) -> None:
        """The rating of the author. A colour is not a status."""
        text = flatten_text(value).casefold()
        if text in _RAG:
            self.row.values["rag"] = text
        else:
            self.add_other(mapping, value)

    def add_steps(self, _: ColumnMapping, value: CellValue) -> None:
        """Each line is a step."""
        lines = (re.sub(r"^\s*(?:[-–•*◦▪]|\(?\d{1,2}[.)])\s*", "", line) for line in format_cell(value).split("\n"))
        self.row.lists.setdefault("steps", []).extend(line for line in lines if line.strip())

    def add_tags(self, _: ColumnMapping, value: CellValue) -> None:
        """Labels between commas."""
        self.row.lists.setdefault("tags", []).extend(
            part.strip() for part in flatten_text(value).split(",") if part.strip()
        )

    def add_text(self, mapping: ColumnMapping, value: CellValue) -> None:
        """A field that is a text, or a part of the body that is one."""
        self.row.values[mapping.field] = format_cell(value)

    def add_line(self, mapping: ColumnMapping, value: CellValue) -> None:
        """A field that is a line."""
        self.row.values[mapping.field.replace(" ", "_")] = flatten_text(value)

    def add_finding(self, _: ColumnMapping, value: CellValue) -> None:
        """Why the action is needed: the first part of the body."""
        self._append("texts", format_cell(value))

    def _append(self, name: str, value: Any) -> None:
        self.row.lists.setdefault(name, []).append(value)


_Place = Callable[[RowCells, ColumnMapping, CellValue], None]
PLACES: dict[str, _Place] = {
    "title": RowCells.add_title,
    "ref": RowCells.add_ref,
    "status": RowCells.add_status,
    RESPONSE: RowCells.add_response,
    "owner": RowCells.add_people,
    "supporters": RowCells.add_people,
    **dict.fromkeys(("created", "started", "due", "completed", NEW_DUE, NOTED), RowCells.add_date),
    MARKED: RowCells.add_marked,
    PROGRESS: RowCells.add_progress,
    MOVES: RowCells.add_moves,
    "evidence": RowCells.add_evidence,
    "depends_on": RowCells.add_references,
    "priority": RowCells.add_priority,
    "rag": RowCells.add_rag,
    STEPS: RowCells.add_steps,
    "tags": RowCells.add_tags,
    **dict.fromkeys(("resources", BARRIERS, OUTCOME), RowCells.add_text),
    **dict.fromkeys((GOAL, SOURCE_KIND, SOURCE_REF), RowCells.add_line),
    FINDING: RowCells.add_finding,
    REVIEW: RowCells.add_other,
}
