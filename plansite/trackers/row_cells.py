"""Collects the cells of a row: each becomes a field, a part of the text, or a further text below its heading."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from plansite.deferred_pattern import compile_lazily
from plansite.model.status import Priority
from plansite.trackers.cells import CellValue, flatten_text, format_cell, strip_list_marks
from plansite.trackers.collected_row import MAX_TITLE_LENGTH, CollectedRow, shorten_title
from plansite.trackers.columns.map_file import TrackerMap
from plansite.trackers.columns.mapping import ColumnMapping
from plansite.trackers.drafts import DraftEvidence, OtherText
from plansite.trackers.values.dated_notes import split_dated_notes
from plansite.trackers.values.dates import DateOrder
from plansite.trackers.values.due_changes import find_new_date
from plansite.trackers.values.links import split_links
from plansite.trackers.values.people import has_only_names, is_lead_mark, split_people
from plansite.trackers.values.references import read_ref, split_ref
from plansite.trackers.values.statuses import parse_response, parse_status
from plansite.trackers.values.steps import split_steps
from plansite.trackers.values.struck import describe_struck

#: Longer texts of these go into the text of the action as well, or instead.
MAX_LABEL_LENGTH, MAX_LINE_LENGTH = 200, 500
_RESOURCES = compile_lazily(r"\s*[-–•]?\s*resources?(?: needed| required)?\s*:\s*(\S.*)", re.IGNORECASE)
_PRIORITIES = {
    "high": Priority.HIGH, "h": Priority.HIGH, "1": Priority.HIGH, "urgent": Priority.HIGH, "critical": Priority.HIGH,
    "medium": Priority.MEDIUM, "m": Priority.MEDIUM, "2": Priority.MEDIUM, "med": Priority.MEDIUM,
    "moderate": Priority.MEDIUM, "low": Priority.LOW, "l": Priority.LOW, "3": Priority.LOW,
}  # fmt: skip
_RAG = {word: colour for colour in ("red", "amber", "green") for word in (colour, colour[0])}
_BLUE = frozenset({"b", "blue"})
#: Under a rating, these do not say how an action stands.
_ANSWERS = frozenset({"yes", "no", "y", "n", "x", "true", "false"})
_NO_NAMES: Mapping[str, str] = {}


class RowCells:
    """Collects the fields of one row. Each method takes a cell, and leaves what it does not understand to `others`."""

    def __init__(
        self, row: CollectedRow, orders: Mapping[int, DateOrder], dated: DateOrder, tracker_map: TrackerMap, *,
        has_numbers: bool, acronyms: Mapping[str, str] = _NO_NAMES,
    ) -> None:  # fmt: skip
        """`orders` are those of dates in columns, and `dated` that of dates in texts.

        `has_numbers` is whether a column has the numbers of actions, and `acronyms` are names by other words for them.
        """
        self.row = row
        self.orders = orders
        self.dated = dated
        self.tracker_map = tracker_map
        self.has_numbers = has_numbers
        self.acronyms = acronyms
        self.legend = dict(tracker_map.initials)

    def add_other(self, mapping: ColumnMapping, value: CellValue) -> None:
        """The cell goes into the text below its heading."""
        self.append("others", OtherText(name_column(mapping), describe_struck(format_cell(value))))

    def add_title(self, _: ColumnMapping, value: CellValue) -> None:
        """The title: without a number before it, and its first sentence if it is long."""
        text = describe_struck(format_cell(value))
        ref, title = split_ref(flatten_text(text), is_only=not self.has_numbers)
        if ref and self.row.values.setdefault("ref", ref) != ref:
            ref, title = "", flatten_text(text)
        if len(title) > MAX_TITLE_LENGTH or "\n" in text:
            self.append("texts", text)
            title = shorten_title(text if not ref else title)
        self.row.values["title"] = title

    def add_ref(self, mapping: ColumnMapping, value: CellValue) -> None:
        """The number; a long text is no number."""
        ref = read_ref(value)
        if ref:
            self.row.values["ref"] = ref
        else:
            self.add_other(mapping, value)

    def add_status(self, mapping: ColumnMapping, value: CellValue) -> None:
        """The status, the answer, or both; dated lines become notes, and other words go into the text."""
        text = flatten_text(value)
        if status := self.tracker_map.find_status(text):
            self.row.values["status"] = status
            self.row.remarks.append(f"“{text}” is read as {status}, as the map file says")
            return
        found = parse_status(value)
        if found.status:
            self.row.values["status"] = found.status
        if found.response:
            self.row.values["response"] = found.response
        self.row.days_late = found.days_late
        if found.rest:
            notes, _ = split_dated_notes(value, self.dated)
            self.row.lists.setdefault("notes", []).extend(notes)
            rest = _drop_notes(value, self.dated) if notes else value
            if flatten_text(rest):
                self.add_other(mapping, rest)
        if found.is_ambiguous and found.status:
            self.row.remarks.append(f"“{text[:MAX_LABEL_LENGTH]}” is read as {found.status}")

    def add_response(self, mapping: ColumnMapping, value: CellValue) -> None:
        """The answer to a recommendation."""
        response = parse_response(value)
        if response:
            self.row.values["response"] = response
        else:
            self.add_other(mapping, value)

    def add_people(self, mapping: ColumnMapping, value: CellValue) -> None:
        """The first name of a column of owners is the owner, the others are supporters."""
        names, is_whole = split_people(value, self.legend), has_only_names(value)
        if isinstance(value, str) and self.acronyms:
            names = self._complete_names(names)
        if not names or not is_whole:
            self.add_other(mapping, value)
        if not names:
            return
        if mapping.field != "supporters" and "owner" not in self.row.values:
            self.row.values["owner"], *names_left = names
            names = tuple(names_left)
            if names:
                self.row.remarks.append(f"of several names, {self.row.values['owner']} is taken as the owner")
        self.row.lists.setdefault("supporters", []).extend(names)

    def _complete_names(self, names: tuple[str, ...]) -> tuple[str, ...]:
        """The names, where an acronym is the name that other cells give before it in brackets."""
        for name in names:
            if (whole := self.acronyms.get(name, name)) != name:
                self.row.remarks.append(f"“{name}” is read as {whole}")
        return tuple(dict.fromkeys(self.acronyms.get(name, name) for name in names))

    def add_marked(self, mapping: ColumnMapping, value: CellValue) -> None:
        """The role or person of a marked column: the one responsible first, then those who help."""
        name = mapping.heading.rpartition(":")[2].strip()
        self.append("marked" if not is_lead_mark(flatten_text(value)) else "leads", name)

    def add_progress(self, _: ColumnMapping, value: CellValue) -> None:
        """Dated lines become notes; the rest stays text."""
        notes, rest = split_dated_notes(value, self.dated)
        self.row.lists.setdefault("notes", []).extend(notes)
        for line in rest.split("\n") if "date" in rest.casefold() else ():
            if day := find_new_date(line, self.dated):
                self.append("new dues", day)
                self.row.remarks.append(f"“{line.strip()[:MAX_LABEL_LENGTH]}” is read as the new due date")
        if rest:
            self.append("progress", rest)

    def add_evidence(self, mapping: ColumnMapping, value: CellValue) -> None:
        """Each address is a link with the words before it; a text without an address is evidence all the same."""
        text = describe_struck(format_cell(value))
        links, rest = split_links(text)
        if not links:
            self.append("evidence", DraftEvidence(flatten_text(text)[:MAX_LABEL_LENGTH]))
            rest = text if len(text) > MAX_LABEL_LENGTH else ""
        for link in links:
            label = link.words or (rest if len(links) == 1 else "") or mapping.heading or "Link"
            self.append("evidence", DraftEvidence(label[:MAX_LABEL_LENGTH], link.address))
        is_kept = len(links) == 1 and not links[0].words and len(rest) <= MAX_LABEL_LENGTH
        if (rest and not is_kept) or any(len(link.words) > MAX_LABEL_LENGTH for link in links):
            self.add_other(mapping, value)

    def add_priority(self, mapping: ColumnMapping, value: CellValue) -> None:
        """High, medium or low; any other scale goes into the text."""
        priority = _PRIORITIES.get(flatten_text(value).casefold())
        if priority:
            self.row.values["priority"] = priority
        else:
            self.add_other(mapping, value)

    def add_rag(self, mapping: ColumnMapping, value: CellValue) -> None:
        """The rating of the author, or a status that is written there. A colour is not a status."""
        text = flatten_text(value)
        word = text.casefold()
        status = self.tracker_map.find_status(text)
        if status is None and isinstance(value, str) and word not in (*_RAG, *_ANSWERS):
            found = parse_status(value)
            status = found.status if not found.rest else None
        if status:
            self.append("rated", (status, OtherText(name_column(mapping), text)))
        if word in _RAG:
            self.row.values["rag"] = _RAG[word]
        if status or word in _RAG:
            return
        self.add_other(mapping, value)
        if word in _BLUE and "status" not in self.row.values:
            self.row.remarks.append(f"“{text}” is text: say under `statuses` in a map file what it means")

    def add_steps(self, _: ColumnMapping, value: CellValue) -> None:
        """Each line, or item of an enumeration, is a step; a line such as “Resources: two days” is what they need."""
        lines = format_cell(value).split("\n")
        resources = [found[1] for line in lines if (found := _RESOURCES.fullmatch(line))]
        if resources and "resources" not in self.row.values:
            self.row.values["resources"] = " ".join(resources)
            lines = [line for line in lines if not _RESOURCES.fullmatch(line)]
        self.row.lists.setdefault("steps", []).extend(split_steps("\n".join(lines), self.dated))

    def add_tags(self, mapping: ColumnMapping, value: CellValue) -> None:
        """Labels between commas, semicolons or line ends."""
        tags = [part.strip() for part in re.split(r"[,;\n]", strip_list_marks(format_cell(value))) if part.strip()]
        if any(len(tag) > MAX_LABEL_LENGTH for tag in tags):
            self.add_other(mapping, value)
        else:
            self.row.lists.setdefault("tags", []).extend(tags)

    def add_attached(self, mapping: ColumnMapping, value: CellValue, text: str) -> None:
        """What belongs to a cell and is not in it: a comment, or the address of a date or number."""
        is_address = text.startswith("<")
        heading = name_column(mapping) if is_address else f"{name_column(mapping)}, comment"
        self.append("others", OtherText(heading, f"{format_cell(value)} {text}" if is_address else text))

    def add_text(self, mapping: ColumnMapping, value: CellValue) -> None:
        """A part of the body; a second column for it follows the first one."""
        text = describe_struck(format_cell(value))
        present = self.row.values.get(mapping.field, "")
        self.row.values[mapping.field] = f"{present}\n\n{text}" if present else text

    def add_line(self, mapping: ColumnMapping, value: CellValue) -> None:
        """A field that is a line; a long text is shortened there, and is in the text as a whole."""
        line = describe_struck(flatten_text(value))
        if len(line) > MAX_LINE_LENGTH:
            self.add_other(mapping, value)
            line = shorten_title(line)
        self.row.values[mapping.field.replace(" ", "_")] = line

    def add_finding(self, _: ColumnMapping, value: CellValue) -> None:
        """Why the action is needed: the first part of the body."""
        self.append("texts", describe_struck(format_cell(value)))

    def append(self, name: str, value: Any) -> None:
        """Add a value to a list of the row."""
        self.row.lists.setdefault(name, []).append(value)


def name_column(mapping: ColumnMapping) -> str:
    """What a column is called: by its heading, else by its place."""
    return mapping.heading or f"Column {mapping.column + 1}"


def _drop_notes(value: CellValue, order: DateOrder) -> str:
    """The text of a cell before its dated lines."""
    return split_dated_notes(value, order)[1]
