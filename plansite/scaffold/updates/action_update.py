"""An update of an action with typed values, made of what a mail says."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from plansite.content.report import find_nearest, format_question, quote_text
from plansite.content.values import parse_choice
from plansite.deferred_dataclass import dataclass
from plansite.lookup import UnknownNameError
from plansite.mail.update_reading import MailedUpdate
from plansite.model.audience.foreign_marks import holds_tag
from plansite.model.audience.mark_grammar import holds_passage_mark
from plansite.model.dates import parse_iso_date, parse_written_date
from plansite.model.documents.action import Action
from plansite.model.documents.records.due_dates import ExtensionDecision
from plansite.model.fields import ChoiceOf
from plansite.model.formatting import format_list, format_long_date
from plansite.model.people import OwnerOrAgency, normalise_name
from plansite.model.site import Site
from plansite.model.status import STATUS_SYNONYMS, Status
from plansite.personal_data.contact_names import drop_addresses
from plansite.scaffold.field_values import FieldValueError, normalise_line

_STATUS_KIND = ChoiceOf(Status, STATUS_SYNONYMS)
_MAX_NOTE_LENGTH = 4_000
_CONTENT_FOLDER = "content/"


class UnusableUpdateError(Exception):
    """What a mail says cannot become a change of an action. The message says why, and what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sending:
    """When an update was sent, and who it is from: a name, or "" if nobody knows. `today` is the day it is read."""

    day: date
    by: str
    today: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionUpdate:
    """A change of an action: None or "" for what stays as it is.

    The lines of `note` are paragraphs. `day` is that of the note and of the move of the due date, `by` is who sent it.
    `remarks` are sentences about what was taken for granted.
    """

    action: Action
    day: date
    by: str = ""
    note: str = ""
    status: Status | None = None
    completed: date | None = None
    due: date | None = None
    reason: str = ""
    remarks: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing changes."""
        return not (self.note or self.status or self.completed or self.due)


def resolve_update(site: Site, mailed: MailedUpdate, sending: Sending) -> ActionUpdate:
    """The change that a mail asks for. Raises UnusableUpdateError, UnknownNameError and FieldValueError."""
    _ensure_plain(mailed)
    action = _find_action(site, mailed.action)
    by = _resolve_name(site, mailed.by or sending.by)
    status = _parse_status(mailed.status) if mailed.status else None
    finished = _parse_day("Finished on", mailed.finished) if mailed.finished else None
    due = _parse_day("New due date", mailed.due) if mailed.due else None
    reason = normalise_line(mailed.reason)
    if finished and status not in (None, Status.COMPLETED):
        raise UnusableUpdateError(f"it says {status}, and that the work was finished on {format_long_date(finished)}")
    status = Status.COMPLETED if finished else status
    remarks: list[str] = []
    if status is Status.COMPLETED and action.status is not Status.COMPLETED and not finished:
        finished = sending.day
        remarks.append(f"No day is given for the end of the work, so {format_long_date(finished)} is taken.")
    _ensure_possible(action, status, finished, due, reason, sending.today)
    if due and due < sending.today:
        remarks.append(f"The new due date, {format_long_date(due)}, has passed already.")
    remarks += _list_undecided(action, due)
    if reason and not due and status is not Status.CANCELLED:
        remarks.append(f"The reason is not taken over, since no date is moved: “{reason}”.")
        reason = ""
    return ActionUpdate(
        action=action,
        day=sending.day,
        by=by,
        note=_clean_note(mailed.note, action, sending.day, by),
        status=None if status is action.status else status,
        completed=None if finished == action.completed else finished,
        due=None if due == action.due else due,
        reason=reason,
        remarks=tuple(remarks),
    )


def _list_undecided(action: Action, due: date | None) -> Iterator[str]:
    """A sentence where more time was asked for, and a new due date is not what was granted."""
    asked = action.extension[-1] if action.extension and due else None
    if asked is None or (asked.decision is ExtensionDecision.GRANTED and asked.until == due):
        return
    until = f" until {format_long_date(asked.until)}" if asked.until else ""
    yield f"More time{until} was asked for, and {asked.decision or 'not decided yet'}: see `extension` in the file."


def _ensure_plain(mailed: MailedUpdate) -> None:
    """Raise UnusableUpdateError for words that look like a mark for some readers, which would hide what follows."""
    if any(holds_passage_mark(text) or holds_tag(text) for text in (mailed.note, mailed.reason, mailed.by)):
        raise UnusableUpdateError(
            "it has words that look like a mark for some readers, such as “:::”; take them out in a copy of the text"
        )


def find_sender(site: Site, address: str) -> str:
    """The name of the owner or agency that has an e-mail address; "" if none has it, or several have."""
    key = address.strip().casefold()
    people: tuple[OwnerOrAgency, ...] = (*site.owners, *site.agencies)
    names = [person.title for person in people if key and person.email.strip().casefold() == key]
    return names[0] if len(names) == 1 else ""


def _find_action(site: Site, address: str) -> Action:
    """The action at an address `plan/slug`, if its file is one of the site's own."""
    if "/" not in address:
        raise UnusableUpdateError(f"{quote_text(address)} does not say which plan it is in; write it as plan/action")
    for file in site.unreadable:
        if file.kind == "action" and f"{file.plan}/{file.slug}" == address:
            raise UnusableUpdateError(f"{file.path} cannot be read; run “plansite check”, and correct it first")
    action = site.find_action(address, "")
    if action is None:
        raise UnknownNameError("action", address, [f"{each.plan}/{each.slug}" for each in site.actions])
    if not action.path.startswith(_CONTENT_FOLDER):
        raise UnusableUpdateError(f"{action.path} is kept by another team; send the update to them")
    return action


def _resolve_name(site: Site, name: str) -> str:
    """The name under which somebody stands in a note: that of the site, if it knows them; without brackets."""
    line = drop_addresses(normalise_line(name)).replace("(", "").replace(")", "").strip(" :,;<>")
    person = site.find_owner_or_agency(line) if line else None
    return person.title if person else line[:100]


def _parse_status(text: str) -> Status:
    word = text.strip(" .!")
    status: Status | None = parse_choice(_STATUS_KIND, word)
    if status is None:
        nearest = find_nearest(word, [*map(str, Status), *STATUS_SYNONYMS])
        advice = format_question(nearest) or f"use {format_list(list(map(str, Status)), 'or')}"
        raise FieldValueError(f"{quote_text(word)} is not a status; {advice}", nearest)
    if status is Status.EMBEDDED:
        raise UnusableUpdateError(
            "whether it lasts is for somebody else to check; write that check under `verification`, then the status"
        )
    return status


def _parse_day(label: str, text: str) -> date:
    """The day of a whole date, read day first. Raises FieldValueError for anything else: “next week”, “6 May”."""
    written = text.strip(" .")
    day = parse_iso_date(written) or parse_written_date(written)
    if day is None:
        raise FieldValueError(f"“{label}: {written}” is not a whole date; ask for the day, the month and the year")
    return day


def _ensure_possible(
    action: Action, status: Status | None, finished: date | None, due: date | None, reason: str, today: date
) -> None:
    """Raise UnusableUpdateError for a change that contradicts the action, or lacks what it needs."""
    for fault in _list_faults(action, status, finished, due, reason, today):
        raise UnusableUpdateError(fault)


def _list_faults(
    action: Action, status: Status | None, finished: date | None, due: date | None, reason: str, today: date
) -> Iterator[str]:
    is_closed = action.status is not None and not action.status.is_open
    if is_closed and ((status and status is not action.status) or (due and due != action.due)):
        yield f"the action is {action.status} already; if work begins again, change its file by hand"
    if finished and finished > today:
        yield f"{format_long_date(finished)}, on which it says the work was finished, is in the future"
    if finished and action.created and finished < action.created:
        agreed = format_long_date(action.created)
        yield f"the work cannot be finished on {format_long_date(finished)}: the action was agreed on {agreed}"
    if due and action.created and due < action.created:
        agreed = format_long_date(action.created)
        yield f"it cannot be due on {format_long_date(due)}: the action was agreed on {agreed}"
    if due and status in (Status.COMPLETED, Status.CANCELLED):
        yield f"it says {status}, and gives a new due date"
    if due and due != action.due and action.due and not reason:
        yield "it gives a new due date without a reason; ask for the reason, or give it with --reason"
    if status is Status.CANCELLED and action.status is not status and not reason:
        yield "it says cancelled without a reason; ask for the reason, or give it with --reason"


def _clean_note(note: str, action: Action, day: date, by: str) -> str:
    """The lines of a note. Raises UnusableUpdateError for one that the action has already, or that is too long."""
    lines = [normalise_line(line) for line in note.split("\n") if line.strip()]
    text = " ".join(lines)
    if len(text) > _MAX_NOTE_LENGTH:
        raise UnusableUpdateError(f"the note has more than {_MAX_NOTE_LENGTH:,} characters; shorten it in a copy")
    for present in action.body.progress:
        if present.date == day and " ".join(present.text.split()) == text and _is_same_name(present.by, by):
            raise UnusableUpdateError("the action has this note already")
    return "\n".join(lines)


def _is_same_name(first: str, second: str) -> bool:
    return normalise_name(first) == normalise_name(second)


def describe_update(update: ActionUpdate) -> Iterator[tuple[str, str]]:
    """What changes, as pairs of words: “Status” and “in progress → completed”."""
    action = update.action
    if update.status:
        yield "Status", f"{action.status or action.status_word} → {update.status}"
    if update.completed:
        yield "Completed", format_long_date(update.completed)
    if update.due:
        before = format_long_date(action.due) if action.due else "none"
        yield "Due", f"{before} → {format_long_date(update.due)}"
    if update.reason:
        yield "Reason", update.reason
    if update.note:
        yield "Progress", f"{format_long_date(update.day)}{f', {update.by}' if update.by else ''}: {update.note}"
