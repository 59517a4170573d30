"""Reads what a status column says: a status, an answer to a recommendation, or something that is neither."""

from __future__ import annotations

import re

from plansite.deferred_dataclass import dataclass
from plansite.deferred_pattern import compile_lazily
from plansite.model.documents.records.requirements import RESPONSE_SYNONYMS, ResponseDecision
from plansite.model.status import AMBIGUOUS_STATUSES, STATUS_SYNONYMS, Status
from plansite.trackers.cells import CellValue, flatten_text


@dataclass(frozen=True, slots=True, kw_only=True)
class TrackerStatus:
    """What a cell says. `days_late` is how many days after its due date an action was completed, if the cell says so.

    `rest` is what is left of the text, which goes into the body. `is_ambiguous` is whether organisations use the word
    in different senses.
    """

    status: Status | None = None
    response: ResponseDecision | None = None
    days_late: int | None = None
    rest: str = ""
    is_ambiguous: bool = False


_YES = frozenset({"true", "yes", "y", "x", "✓", "✔", "✅", "☑", "100%", "100 %"})
_NO = frozenset({"false", "no", "n", "☐", "✗", "✘", "❌", "0%", "0 %"})
#: Words of trackers beside those that content files may use.
_MORE_STATUSES = {
    "in process": Status.IN_PROGRESS,
    "work in progress": Status.IN_PROGRESS,
    "wip": Status.IN_PROGRESS,
    "working on it": Status.IN_PROGRESS,
    "commenced": Status.IN_PROGRESS,
    "begun": Status.IN_PROGRESS,
    "partially implemented": Status.IN_PROGRESS,
    "partly implemented": Status.IN_PROGRESS,
    "partially completed": Status.IN_PROGRESS,
    "partly complete": Status.IN_PROGRESS,
    "largely delivered": Status.IN_PROGRESS,
    "not implemented": Status.NOT_STARTED,
    "not complete": Status.IN_PROGRESS,
    "incomplete": Status.IN_PROGRESS,
    "outstanding": Status.NOT_STARTED,
    "queued": Status.NOT_STARTED,
    "backlog": Status.NOT_STARTED,
    "fully implemented": Status.COMPLETED,
    "deferred": Status.BLOCKED,
    "suspended": Status.BLOCKED,
    "delayed": Status.IN_PROGRESS,
    "removed": Status.CANCELLED,
    "cancelled": Status.CANCELLED,
    "abandoned": Status.CANCELLED,
    "rejected": Status.CANCELLED,
    "closed - not undertaken": Status.CANCELLED,
}
#: Of these, the words that organisations use in different senses.
_MORE_AMBIGUOUS = frozenset({"incomplete", "not complete", "outstanding", "deferred", "delayed"})
#: How an action stands on a day follows from its dates, and is not a status.
COURSE_WORDS = frozenset({
    "late", "overdue", "due", "due soon", "on time", "ontime", "at risk", "behind", "behind schedule",
    "ahead", "on schedule", "slipped", "off track", "red", "amber", "blue", "r", "a", "g", "b", "too early",
})  # fmt: skip
#: Words for answers that are given to a recommendation, beside those of the field.
_MORE_RESPONSES = {
    "agreed with": ResponseDecision.ACCEPTED,
    "partially agreed with": ResponseDecision.PARTLY_ACCEPTED,
    "disagreed with": ResponseDecision.NOT_ACCEPTED,
    "disagreed": ResponseDecision.NOT_ACCEPTED,
    "disagree": ResponseDecision.NOT_ACCEPTED,
    "partially agree": ResponseDecision.PARTLY_ACCEPTED,
}
_WITH_DAYS = compile_lazily(
    r"(complete|completed|done)\s*[:(]?\s*([+-]?\d{1,4})\s*(?:days?)?(?: late)?\)?", re.IGNORECASE
)
_SEPARATORS = compile_lazily(r"\s*[/;:,(\n]\s*|\s+[-–—]\s+|\.\s+")


def parse_status(value: CellValue) -> TrackerStatus:
    """What a cell of a status column says. Nothing is guessed: what is not understood is `rest`."""
    if isinstance(value, bool):
        return TrackerStatus(status=Status.COMPLETED if value else Status.NOT_STARTED)
    if isinstance(value, int | float):
        return _parse_share(float(value))
    text = flatten_text(value)
    if not text:
        return TrackerStatus()
    if late := _WITH_DAYS.fullmatch(text):
        return TrackerStatus(status=Status.COMPLETED, days_late=int(late[2]))
    whole = _find_word(text)
    if whole is not None:
        return whole
    first, *others = _SEPARATORS.split(text, maxsplit=1)
    found = _find_word(first) if others and len(first) > 1 else None
    if found is None:
        return TrackerStatus(rest=text)
    return TrackerStatus(
        status=found.status, response=found.response, rest=text, is_ambiguous=found.is_ambiguous or not found.status
    )


def _parse_share(number: float) -> TrackerStatus:
    """A number as a share of the work: 1 or 100 is all of it. Other numbers mean something else."""
    if number in (1, 100):
        return TrackerStatus(status=Status.COMPLETED)
    if 0 < number < 1 or (number > 1 and number < 100):
        return TrackerStatus(status=Status.IN_PROGRESS, rest=flatten_text(number), is_ambiguous=True)
    return TrackerStatus(rest=flatten_text(number))


def _find_word(text: str) -> TrackerStatus | None:
    """The meaning of a text that is one word or phrase; None if it has none."""
    word = " ".join(text.casefold().replace("_", " ").replace("-", " ").replace("’", "'").split()).strip(" .!")
    if word in _YES:
        return TrackerStatus(status=Status.COMPLETED, is_ambiguous=word in ("x", "y"))
    if word in _NO:
        return TrackerStatus(status=Status.NOT_STARTED)
    if word in _MORE_STATUSES:
        return TrackerStatus(status=_MORE_STATUSES[word], is_ambiguous=word in _MORE_AMBIGUOUS)
    if word in COURSE_WORDS:
        return TrackerStatus(rest=text)
    known = STATUS_SYNONYMS.get(word, word)
    if known in {status.value for status in Status}:
        return TrackerStatus(status=Status(known), is_ambiguous=word in AMBIGUOUS_STATUSES)
    response = parse_response(word)
    return TrackerStatus(response=response) if response else None


def parse_response(value: CellValue) -> ResponseDecision | None:
    """The answer to a recommendation that a cell gives; None if it gives none."""
    word = " ".join(flatten_text(value).casefold().replace("-", " ").split()).strip(" .")
    if word in {decision.value for decision in ResponseDecision}:
        return ResponseDecision(word)
    if word in _MORE_RESPONSES:
        return _MORE_RESPONSES[word]
    return ResponseDecision(RESPONSE_SYNONYMS[word]) if word in RESPONSE_SYNONYMS else None
