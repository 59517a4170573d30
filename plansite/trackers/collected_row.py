"""Completes the draft of a row: what follows from several of its cells together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import field, replace
from datetime import date
from itertools import pairwise
from typing import Any

from plansite.deferred_dataclass import dataclass
from plansite.deferred_pattern import compile_lazily
from plansite.model.dates import add_days
from plansite.model.status import Status
from plansite.trackers.columns.names import GOAL
from plansite.trackers.drafts import DraftAction, MovedDate, OtherText
from plansite.trackers.own_cells import OwnCell
from plansite.trackers.values.dated_notes import DatedNote

#: A longer text is not a title: its first sentence is, and the whole is in the body.
MAX_TITLE_LENGTH = 160
_SENTENCE_END = compile_lazily(r"(?<=[^\s.]{3}[.!?])\s+(?=[A-Z0-9“\"'])")


@dataclass(slots=True, kw_only=True)
class CollectedRow:
    """What the cells of a row gave so far: single values and lists by the names of the fields of a draft.

    `noted` is the day of which the row speaks, and `days_late` how late it says that the action was completed. `exact`
    are the lists in which an item may be twice.
    """

    label: str
    number: int
    values: dict[str, Any] = field(default_factory=dict)
    lists: dict[str, list[Any]] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)
    noted: date | None = None
    days_late: int | None = None
    exact: set[str] = field(default_factory=set)

    def add_own_cell(self, own: OwnCell) -> None:
        """Add what a cell of a register that plansite wrote says."""
        self.values.update(own.values)
        for name, items in own.lists.items():
            self.lists.setdefault(name, []).extend(items)
            self.exact.add(name)

    def build_draft(self, section: str, *, needs_title: bool = True) -> DraftAction:
        """The draft; `section` is the heading above the row, which is the goal if no column gives one."""
        moved = [*self._settle_dates(), *self.lists.pop("moved", [])]
        self._settle_status()
        texts = self.lists.pop("texts", [])
        self._settle_people()
        if section:
            self.values.setdefault(GOAL, section)
        if self.noted and (progress := self.lists.pop("progress", [])):
            note = DatedNote(self.noted, " ".join("\n".join(progress).split()))
            self.lists["notes"] = [*self.lists.get("notes", []), note]
        title = self.values.pop("title", "") or (self._find_other_title(texts) if needs_title else "")
        moves = _join_moves(moved, self.values.get("due"))
        lists: dict[str, Any] = {
            name: tuple(items if name in self.exact else dict.fromkeys(items)) for name, items in self.lists.items()
        }
        return DraftAction(
            table=self.label, rows=(self.number,), title=title, text="\n\n".join(texts), moved=moves, noted=self.noted,
            remarks=tuple(self.remarks), **self.values, **lists,
        )  # fmt: skip

    def _settle_dates(self) -> list[MovedDate]:
        """Settle what dates and status say of each other; the due date that a newer one replaces is the result."""
        values = self.values
        dues = [*self.lists.pop("originals", []), values.pop("due", None), *self.lists.pop("new dues", [])]
        dues = [day for day in dues if day]
        reasons = dict(self.lists.pop("reasons", []))
        if dues:
            values["due"] = dues[-1]
        moved = [
            MovedDate(day, reasons.get(later, "")) for day, later in pairwise(dues) if day != later and day != dues[-1]
        ]
        if (start := values.pop("start", None)) and "started" not in values:
            values.setdefault("created", start)
        if self.days_late is not None and values.get("due"):
            values.setdefault("completed", add_days(values["due"], self.days_late))
        return moved

    def _settle_status(self) -> None:
        """Settle the status where no column for it has one: by a rating, a completion date, or the list of a board."""
        for status, source in self.lists.pop("rated", []):
            self._add_status(status, source)
        if self.values.get("completed") and "status" not in self.values:
            self.values["status"] = Status.COMPLETED
            self.remarks.append("it has a completion date, so its status is completed")
        for status, source in self.lists.pop("listed", []):
            self._add_status(status, source)
        count = self.values.pop("steps_done", None)
        if count and len(steps := self.lists.get("steps", [])) == count:
            self.lists["steps"] = [replace(step, is_done=True) for step in steps]

    def _add_status(self, status: Status, source: OtherText) -> None:
        """Take a status from a column for something else; one that contradicts the present one is text."""
        if "status" not in self.values:
            self.values["status"] = status
            self.remarks.append(f"“{source.text}” under “{source.heading}” is read as {status}")
        elif self.values["status"] != status:
            self.lists.setdefault("others", []).append(source)

    def _settle_people(self) -> None:
        """Give the action to the first of the marked roles, if no column has an owner."""
        names = [*self.lists.pop("leads", []), *self.lists.pop("marked", [])]
        if names and "owner" not in self.values:
            self.values["owner"], *names = names
            if names:
                owner = self.values["owner"]
                self.remarks.append(f"{owner} is taken as the owner, because several columns are marked")
        self.lists.setdefault("supporters", []).extend(names)

    def _find_other_title(self, texts: list[str]) -> str:
        """A title for a row that has none: from its other texts, else its number."""
        others = [each.text for each in self.lists.get("others", [])]
        found = next((text for text in (*texts, *others) if text), "")
        self.remarks.append("the row does not say what is to be done")
        return shorten_title(found) if found else f"Row {self.number}"


def _join_moves(moved: Iterable[MovedDate], due: date | None) -> tuple[MovedDate, ...]:
    """The earlier due dates, each once, with its reason if any of its mentions has one."""
    joined: dict[date, str] = {}
    for move in moved:
        if move.due != due:
            joined[move.due] = joined.get(move.due) or move.reason
    return tuple(MovedDate(day, reason) for day, reason in joined.items())


def shorten_title(text: str) -> str:
    """The first sentence of a text, at most as long as a title; cut at a word if it is longer."""
    first = _SENTENCE_END.split(" ".join(text.split("\n", 1)[0].split()) or " ".join(text.split()), maxsplit=1)[0]
    if len(first) <= MAX_TITLE_LENGTH:
        return first
    return first[: MAX_TITLE_LENGTH - 1].rsplit(" ", 1)[0].rstrip(",;:") + "…"
