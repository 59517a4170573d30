"""Headings of the rows below them, in a table or above it: a goal, or words about how the actions stand."""

from __future__ import annotations

import re
from dataclasses import replace

from plansite.deferred_dataclass import dataclass
from plansite.deferred_pattern import compile_lazily
from plansite.model.status import Status
from plansite.trackers.drafts import DraftAction, OtherText

_STATES = (
    r"(?:new|open|closed|completed?|outstanding|ongoing|overdue|current|previous|live|archived?|remaining|carried|held"
    r"|brought)"
)
_MONTHS = r"(?:january|february|march|april|may|june|july|august|september|october|november|december)"
_ABOUT_ACTIONS = compile_lazily(
    rf"{_STATES}|{_STATES}\b(?:\s+\w+)?\s+(?:actions?|items?|matters|tasks?)\b.*"
    rf"|(?:actions?|items?|matters|tasks?)\s+(?:from|arising|since|agreed|to be|{_STATES})\b.*"
    r"|(?:meetings?|minutes)\b.*|.*\b(?:held over|carried (?:over|forward)|brought forward)\b.*"
    rf"|.*\baction (?:log|plan|tracker|register)\b.*|{_MONTHS}?[\s\d/.–-]*",
    re.IGNORECASE,
)
_COMPLETED = compile_lazily(
    r"(?:completed?|closed) (?:actions?|items?|tasks?)\b.*|actions? (?:completed?|closed)|completed", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class TableSection:
    """The heading of a section; empty where there is none."""

    text: str = ""

    @property
    def goal(self) -> str:
        """The goal that a heading names; empty for one that only says which actions are below it."""
        return "" if _ABOUT_ACTIONS.fullmatch(self.text) else self.text

    def apply(self, draft: DraftAction) -> DraftAction:
        """The draft of a row in the section: a heading that is no goal is in its text, and may say its status."""
        if not self.text or self.goal:
            return draft
        draft = replace(draft, others=(*draft.others, OtherText("Section", self.text)))
        if draft.status or not _COMPLETED.fullmatch(self.text):
            return draft
        remark = f"it is read as completed, because it is under “{self.text}”"
        return replace(draft, status=Status.COMPLETED, remarks=(*draft.remarks, remark))
