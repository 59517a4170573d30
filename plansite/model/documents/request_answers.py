"""Updates that owners were asked for: which were answered, when and by what, and which were met with silence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from plansite.deferred_dataclass import dataclass
from plansite.model.audience.hidden_names import split_names
from plansite.model.body import ProgressNote
from plansite.model.documents.action import Action
from plansite.model.documents.records.update_requests import UpdateRequest
from plansite.model.formatting import format_days, format_long_date, shorten
from plansite.model.people import Owner, OwnerOrAgency, normalise_name
from plansite.model.site import Site

#: For how many days a request may wait for an answer before that is pointed out.
ANSWER_DAYS = 14
#: What was asked if the file does not say.
PLAIN_QUESTION = "Is there any news?"
#: How many characters of a question a list shows.
_MAX_QUESTION_LENGTH = 160


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestAnswer:
    """The day on which a request was answered.

    `note` is the progress note that is the answer; None if the file gives the day itself. A note without a name
    `is_unsigned`: the owner may have written it, or somebody else.
    """

    day: date
    note: ProgressNote | None = None

    @property
    def is_unsigned(self) -> bool:
        """Whether the answer is a note without a name."""
        return self.note is not None and not self.note.by.strip()


@dataclass(frozen=True, slots=True, kw_only=True)
class PendingRequest:
    """An update that the owner of an open action was asked for, and that has no answer."""

    action: Action
    request: UpdateRequest


def find_answer(site: Site, action: Action, request: UpdateRequest) -> RequestAnswer | None:
    """The answer to a request: the day that the file gives, else the first note of the owner since it was asked.

    A note of the same day counts, and so does one without a name: nobody is said to be silent who may have answered.
    """
    if request.answered:
        return RequestAnswer(day=request.answered)
    asked = request.date
    if asked is None:
        return None
    notes = (note for note in action.body.progress if note.date and note.date >= asked)
    answers = [note for note in notes if _is_by_owner(site, action, note)]
    first = min(answers, key=lambda note: (note.date or date.max, note.line), default=None)
    return RequestAnswer(day=first.date or asked, note=first) if first else None


def iterate_pending_requests(site: Site, action: Action) -> Iterator[UpdateRequest]:
    """The requests about an action that have no answer; none if it is closed, or has no owner who could give one."""
    if action.asked and action.is_open and action.owner.strip():
        yield from (request for request in action.asked if find_answer(site, action, request) is None)


def list_pending_requests(site: Site, actions: Iterable[Action]) -> tuple[PendingRequest, ...]:
    """The requests about these actions that have no answer, the oldest first."""
    pending = (
        PendingRequest(action=action, request=request)
        for action in actions
        for request in iterate_pending_requests(site, action)
    )
    return tuple(sorted(pending, key=lambda each: (each.request.date or date.max, each.action.sort_key)))


def count_silent_days(request: UpdateRequest, today: date) -> int:
    """For how many days a request has waited; 0 on its own day, before it, and without a day."""
    return max((today - request.date).days, 0) if request.date else 0


def describe_silence(request: UpdateRequest, today: date) -> str:
    """That a request has no answer, in words with the days; a script counts them on."""
    days = count_silent_days(request, today)
    return f"No answer for {format_days(days)}" if days else "No answer yet"


def describe_request_day(request: UpdateRequest) -> str:
    """By whom and when an update was asked for: "Asked by Registered Manager on 13 January 2025"."""
    by = f" by {request.by.strip()}" if request.by.strip() else ""
    return f"Asked{by}{f' on {format_long_date(request.date)}' if request.date else ''}"


def get_question(request: UpdateRequest) -> str:
    """What was asked, as a list shows it."""
    return shorten(request.question.strip(), _MAX_QUESTION_LENGTH) or PLAIN_QUESTION


def _is_by_owner(site: Site, action: Action, note: ProgressNote) -> bool:
    """Whether a note has the name of an action's owner, or none. For an agency, the names of its people count as well.

    The owner may be one of several names: "Maintenance and Night Senior".
    """
    if not note.by.strip():
        return True
    if normalise_name(note.by) == normalise_name(action.owner):
        return True
    owner = site.find_owner_or_agency(action.owner)
    if owner is None:
        return False
    writers = (site.find_owner_or_agency(name) for name in (note.by, *split_names(note.by)))
    return any(writer is not None and _speaks_for(site, writer, owner) for writer in writers)


def _speaks_for(site: Site, writer: OwnerOrAgency, owner: OwnerOrAgency) -> bool:
    if writer is owner or (type(writer) is type(owner) and writer.slug == owner.slug):
        return True
    is_member = isinstance(writer, Owner) and not isinstance(owner, Owner) and writer.agency.strip()
    agency = site.people.find_agency(writer.agency) if is_member and isinstance(writer, Owner) else None
    return agency is not None and agency.slug == owner.slug
