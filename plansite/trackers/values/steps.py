"""Takes a cell apart that lists what has to be done: steps, each perhaps with its date and a mark that it is done."""

from __future__ import annotations

import re
from collections.abc import Iterator

from plansite.deferred_dataclass import dataclass
from plansite.deferred_pattern import compile_lazily
from plansite.model.formatting import format_long_date
from plansite.trackers.values.dates import DateOrder
from plansite.trackers.values.due_changes import find_dates
from plansite.trackers.values.struck import describe_struck


@dataclass(frozen=True, slots=True)
class DraftStep:
    """A step, and whether it is done."""

    text: str
    is_done: bool = False


_NUMBERED = compile_lazily(
    r"\s*(?:\(\d{1,2}\)|\d{1,2}[.)]|milestone \d{1,2}\s*[:.)–-]|step \d{1,2}\s*[:.)–-])\s*(?=\S)", re.IGNORECASE
)
#: Where a further item of an enumeration begins within a line.
_INLINE = compile_lazily(
    r";(?=\w)|(?<=\d\d);\s+(?=[A-Z])|(?:(?<=[;.,])|(?<=\s))\s*(?=\(\d{1,2}\)\s)|;\s*(?=\d{1,2}[.)]\s|[-•]\s)|(?<=[.;])\s+(?=\d{1,2}[.)]\s+[A-Z])"
)
_BULLET = compile_lazily(r"\s*[-–—•*◦▪·]\s*(?=\S)")
_DONE = compile_lazily(r"\s*(?:\[[xX✓✔]\]|[☑☒✓✔✅])\s*")
_OPEN = compile_lazily(r"\s*(?:\[ ?\]|☐)\s*")
_DONE_END = compile_lazily(
    r"\s*(?:[-–—:,;(]\s*(?:completed?|done|closed|achieved)\s*\)?|[✓✔✅☑])\s*\.?\s*$", re.IGNORECASE
)
_DATE_HEAD = compile_lazily(r"^\s*(?:date|due|by|completion date|completed by)\s*[:–-]?\s*$", re.IGNORECASE)
_DATE_SIGNS = " \t:;,.–—-()[]/"


def split_steps(text: str, order: DateOrder) -> tuple[DraftStep, ...]:
    """The steps in a cell: its lines, or the items of an enumeration. A date is written out behind its step."""
    steps: list[DraftStep] = []
    for line in text.split("\n"):
        for item in _INLINE.split(line):
            step = _read_step(item, order)
            if not step.text:
                continue
            if steps and _is_date_alone(item, order):
                last = steps[-1]
                steps[-1] = DraftStep(f"{last.text} {step.text}", last.is_done or step.is_done)
            else:
                steps.append(step)
    return tuple(steps)


def add_step_facts(step: DraftStep, facts: Iterator[str]) -> DraftStep:
    """The step with what its row says of it in other columns, such as an owner and a date of its own."""
    words = ", ".join(facts)
    return DraftStep(f"{step.text} ({words})", step.is_done) if words else step


def _read_step(item: str, order: DateOrder) -> DraftStep:
    text = item
    for mark in (_BULLET, _NUMBERED, _BULLET):
        text = text[found.end() :] if (found := mark.match(text)) else text
    is_done = False
    if found := _DONE.match(text):
        text, is_done = text[found.end() :], True
    elif found := _OPEN.match(text):
        text = text[found.end() :]
    if found := _DONE_END.search(text):
        text, is_done = text[: found.start()], True
    return DraftStep(_put_date_last(describe_struck(text).strip(" ;"), order), is_done)


def _put_date_last(text: str, order: DateOrder) -> str:
    """A step with its date in brackets behind it; as it is if it has no whole date at its start or end, or several."""
    dates = find_dates(text, order)
    if len(dates) != 1:
        return text
    day, words = dates[0]
    before, _, after = text.partition(words)
    rest = f"{_strip_end(before)} {after.lstrip(_DATE_SIGNS)}".strip()
    if not rest:
        return f"({format_long_date(day)})"
    if (before.strip(_DATE_SIGNS) and after.strip(_DATE_SIGNS)) or re.search(r"\b(?:on|in|until|to|from|of)$", rest):
        return text
    rest = re.sub(r"\s+(?:by|due|due by|due on)$", "", rest, flags=re.IGNORECASE)
    return f"{rest} ({format_long_date(day)})"


def _strip_end(before: str) -> str:
    stripped = before.rstrip(_DATE_SIGNS)
    head = stripped.rpartition("\n")[2]
    return "" if _DATE_HEAD.match(head) and head == stripped else stripped


def _is_date_alone(item: str, order: DateOrder) -> bool:
    """Whether a line is the date of the step before it: `Date: 31/12/2018`."""
    dates = find_dates(item, order)
    if len(dates) != 1:
        return False
    before, _, after = item.partition(dates[0][1])
    return not after.strip(_DATE_SIGNS) and (not before.strip(_DATE_SIGNS) or _DATE_HEAD.match(before) is not None)
