"""An action: who does what by when."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from plansite.deferred_dataclass import dataclass
from plansite.model.body import Body
from plansite.model.documents.action_order import ActionSortKey, build_action_sort_key
from plansite.model.documents.records.audience_fields import AudienceField
from plansite.model.documents.records.due_dates import EarlierDue, Escalation, Extension
from plansite.model.documents.records.evidence import Evidence, NeededEvidence, StandardsField
from plansite.model.documents.records.homework import Homework
from plansite.model.documents.records.interim_control import InterimField
from plansite.model.documents.records.requirements import RequirementField, ResponseDecision, ResponseField
from plansite.model.documents.records.source import Source
from plansite.model.documents.records.update_requests import UpdateRequest
from plansite.model.documents.records.verification import Verification
from plansite.model.documents.records.waivers import AllowField
from plansite.model.fields import PERSON, ChoiceOf, Date, Either, Field, ListOf, RecordOf, Text
from plansite.model.formatting import format_short_date
from plansite.model.slugs import collision_key
from plansite.model.status import (
    FINISHED_STATUSES,
    STATUS_SYNONYMS,
    Priority,
    Rag,
    Status,
    Strength,
    VerificationResult,
)

_EMPTY_BODY = Body()


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """Something that one owner does by a day. `plan` and `slug` identify it, `path` is its file.

    `status` is None if the file gives a word that is no status or synonym; `status_word` is the word as written.
    `lines` are the line numbers of the fields in the file, by name. It `is_partly_read` if something that says how it
    stands could not be read, such as its status, or what it waits for.
    """

    plan: str
    slug: str
    path: str
    body: Body = _EMPTY_BODY
    status_word: str = ""
    lines: tuple[tuple[str, int], ...] = ()
    is_partly_read: bool = False

    title: Annotated[
        str,
        Field(Text(), "What will be done, in one line.", "Review every care plan", True),
    ] = ""
    ref: Annotated[str, Field(Text(), "The action number, unique within its plan.", "3")] = ""
    status: Annotated[
        Status | None,
        Field(
            ChoiceOf(Status, STATUS_SYNONYMS, "unknown-status", noun="a status"),
            "How far the work has got. Default: not started.",
            "in progress",
        ),
    ] = Status.NOT_STARTED
    owner: Annotated[str, Field(PERSON, "The one person, role or agency responsible.", "Deputy Manager")] = ""
    supporters: Annotated[tuple[str, ...], Field(ListOf(PERSON), "Those who help.", "[Registered Manager]")] = ()
    goal: Annotated[str, Field(Text(), "The key or title of the goal it serves.", "care-plans-complete")] = ""
    created: Annotated[date | None, Field(Date(), "The day it was agreed.", "2025-01-01")] = None
    started: Annotated[date | None, Field(Date(), "The day work began.", "2025-01-02")] = None
    due: Annotated[date | None, Field(Date(), "The day by which it is done.", "2025-01-14")] = None
    completed: Annotated[date | None, Field(Date(), "The day its owner finished it.", "2025-01-13")] = None
    reason: Annotated[
        str,
        Field(
            Text(),
            "Why it was cancelled: superseded, not possible, not undertaken, or no longer needed.",
            "no longer needed",
        ),
    ] = ""
    priority: Annotated[
        Priority | None, Field(ChoiceOf(Priority), "How important it is compared with the others.", "high")
    ] = None
    resources: Annotated[
        str, Field(Text(), "The money, time, people and authority it needs.", "Two supernumerary days")
    ] = ""
    source: Annotated[
        Source | None,
        Field(
            Either(Text(), RecordOf(Source)),
            "Where it came from.",
            '{kind: inspection, ref: "CQC, December 2024"}',
        ),
    ] = None
    evidence: Annotated[
        tuple[Evidence, ...],
        Field(
            ListOf(RecordOf(Evidence)),
            "What shows that it was done.",
            "[{label: Audit, url: evidence/audit.pdf}]",
        ),
    ] = ()
    evidence_needed: Annotated[
        tuple[NeededEvidence, ...],
        Field(
            ListOf(Either(Text(), RecordOf(NeededEvidence))),
            "What will show that it is done, agreed at the start.",
            "[Audit of 20 care plans]",
        ),
    ] = ()
    verification: Annotated[
        Verification | None,
        Field(RecordOf(Verification), "The check by somebody other than the owner.", "{by: Registered Manager}"),
    ] = None
    depends_on: Annotated[
        tuple[str, ...],
        Field(
            ListOf(Text()),
            "Actions that must come first: refs of this plan, or `plan/slug`.",
            "[2, falls/lights]",
        ),
    ] = ()
    repeat: Annotated[
        str,
        Field(
            Text(),
            "Checks that continue after it is finished: how often, and for how long. A progress note that begins "
            "with “Checked” counts for every check due by its date.",
            "every month for 6 months",
        ),
    ] = ""
    due_history: Annotated[
        tuple[EarlierDue, ...],
        Field(
            ListOf(RecordOf(EarlierDue)),
            "Earlier due dates, oldest first, with the reason for each move.",
            "[{due: 2025-01-07, moved: 2025-01-06, reason: Engineer unavailable}]",
        ),
    ] = ()
    extension: Annotated[
        tuple[Extension, ...],
        Field(
            ListOf(RecordOf(Extension)),
            "More time that was asked for, and what was decided.",
            "[{until: 2025-02-28, asked: 2025-01-20, reason: The contractor is ill}]",
        ),
    ] = ()
    escalated: Annotated[
        tuple[Escalation, ...],
        Field(
            ListOf(RecordOf(Escalation)),
            "Difficulties that were taken to somebody with more authority, and what was decided.",
            "[{to: Director of Care, date: 2025-01-20, reason: The landlord does not answer}]",
        ),
    ] = ()
    asked: Annotated[
        tuple[UpdateRequest, ...],
        Field(
            ListOf(RecordOf(UpdateRequest)),
            "Updates that its owner was asked for. A progress note of the owner since then is the answer.",
            "[{date: 2025-01-13, by: Registered Manager, question: 'Is the engineer booked?'}]",
        ),
    ] = ()
    interim: InterimField = None
    requirement: RequirementField = None
    response: ResponseField = None
    standards: StandardsField = ()
    homework: Annotated[
        Homework | None,
        Field(RecordOf(Homework), "For something agreed between two sessions.", "{outcome: partly}"),
    ] = None
    strength: Annotated[Strength | None, Field(ChoiceOf(Strength), "How strong the fix is.", "stronger")] = None
    rag: Annotated[Rag | None, Field(ChoiceOf(Rag), "The author's own red, amber or green rating.", "amber")] = None
    aliases: Annotated[
        tuple[str, ...], Field(ListOf(Text()), "Its earlier slugs. Their addresses still lead here.", "[mend-radiator]")
    ] = ()
    audience: AudienceField = None
    tags: Annotated[tuple[str, ...], Field(ListOf(Text()), "Short labels for finding it.", "[urgent]")] = ()
    allow: AllowField = ()

    @property
    def sort_key(self) -> ActionSortKey:
        """See build_action_sort_key."""
        return build_action_sort_key(self.plan, self.ref, self.title, self.slug)

    @property
    def is_declined(self) -> bool:
        """Whether it ended because the recommendation it comes from was not accepted, with a reason.

        Without a reason it stays open, and so does one with an unreadable status. One that was done all the same is
        finished.
        """
        answer = self.response
        is_refused = answer is not None and answer.decision is ResponseDecision.NOT_ACCEPTED and answer.reason.strip()
        return bool(is_refused) and self.status is not None and self.status not in FINISHED_STATUSES

    @property
    def is_dropped(self) -> bool:
        """Whether it will not be done: it is cancelled, or `is_declined`."""
        return self.is_declined or self.status is Status.CANCELLED

    @property
    def drop_reason(self) -> str:
        """Why it will not be done, without a full stop; "" if it is not dropped, or nobody says why."""
        if self.is_declined and self.response:
            return self.response.reason.strip().rstrip(".")
        return self.reason.strip().rstrip(".") if self.is_dropped else ""

    @property
    def is_open(self) -> bool:
        """Whether it is still to be done; an unreadable status counts as open, so that no action is overlooked."""
        if self.status is None:
            return True
        if self.status.is_open:
            return self.response is None or not self.is_declined  # asked so often that a call less is worth it
        return self.is_reopened

    @property
    def is_reopened(self) -> bool:
        """Whether it is completed or embedded, but its verification failed."""
        check = self.verification
        return check is not None and check.result is VerificationResult.FAILED and self.status in FINISHED_STATUSES

    @property
    def is_finished(self) -> bool:
        """Whether it is completed or embedded, and its verification has not failed."""
        return self.status in FINISHED_STATUSES and not self.is_reopened

    def is_overdue(self, today: date) -> bool:
        """Whether it is open and was due before today."""
        return self.due is not None and self.due < today and self.is_open

    @property
    def awaits_verification(self) -> bool:
        """Whether it is completed, and its declared verification has no result yet."""
        return self.status is Status.COMPLETED and self.verification is not None and self.verification.result is None

    @property
    def effective_status(self) -> Status | None:
        """The status for lists and counts: in progress if it is reopened, cancelled if it is declined, else its own."""
        if self.is_declined:
            return Status.CANCELLED
        return Status.IN_PROGRESS if self.is_reopened else self.status

    @property
    def original_due(self) -> date | None:
        """The first due date that it had."""
        return next((move.due for move in self.due_history if move.due), self.due)

    @property
    def slippage(self) -> int:
        """Days between the first due date and the present one."""
        first = self.original_due
        return (self.due - first).days if self.due and first else 0

    def alias_address(self, alias: str) -> tuple[str, str]:
        """The plan and slug that one of its aliases stands for: `slug` in its own plan, or `plan/slug` in any.

        The slug is in the form in which names of files are compared.
        """
        plan, _, slug = alias.strip().rpartition("/")
        return plan or self.plan, collision_key(slug)

    def find_field_line(self, field: str) -> int:
        """The line of the file on which a field is given; 1 if it is not given."""
        return next((line for name, line in self.lines if name == field), 1)


def describe_reopening(action: Action, today: date) -> str:
    """A sentence saying that a failed verification reopened the action; "" if it is not reopened."""
    if not action.is_reopened or action.verification is None:
        return ""
    day = action.verification.date
    return f"Reopened: the check{f' on {format_short_date(day, today)}' if day else ''} failed."


def describe_drop(action: Action) -> str:
    """How an action that will not be done ended, in two words at most: "Cancelled", "Not accepted"."""
    return "Not accepted" if action.is_declined else "Cancelled"
