"""Parts that several pages have: tags and rows of lists."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from plansite.deferred_dataclass import dataclass
from plansite.model.assessment import Assessment, Course, SiteOnDate, finished_on
from plansite.model.documents.action import Action, describe_drop
from plansite.model.formatting import format_count, format_days, format_due
from plansite.model.page_addresses import action_address, plan_address
from plansite.model.status import Status
from plansite.site.components.filters import RowValues, build_row_values
from plansite.site.components.page import Link
from plansite.site.components.page_links import owner_link, profile_link

#: For each course its colour role and the name of its icon.
COURSE_STYLES = {
    Course.EMBEDDED: ("proof", "embedded"),
    Course.COMPLETED: ("done", "completed"),
    Course.CANCELLED: ("status", "cancelled"),
    Course.ON_TRACK: ("track", "track"),
    Course.AT_RISK: ("risk", "risk"),
    Course.OVERDUE: ("late", "late"),
}


@dataclass(frozen=True, slots=True)
class Tag:
    """A state in words, with its icon and colour role, and what a script makes of it on later days.

    From `due` it counts the days of "overdue"; from `overdue_from` on the tag is "Overdue" without them, from
    `at_risk_from` on "At risk", and from `leaves` on it is hidden.
    """

    words: str
    role: str
    icon: str
    due: date | None = None
    overdue_from: date | None = None
    at_risk_from: date | None = None
    leaves: date | None = None


@dataclass(frozen=True, slots=True)
class StepCount:
    """How many steps of an action are done; shown only if it has any."""

    done: int = 0
    total: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionRow:
    """An action in a list. `when` is its due date relative to today, `said` its latest progress note.

    `values` are what it can be filtered by, in lists with a filter.
    """

    title: Link
    ref: str
    plan: Link
    owner: Link
    when: str
    due: date | None
    is_late: bool
    said: str
    said_on: date | None
    steps: StepCount
    tag: Tag
    values: RowValues | None = None


@dataclass(frozen=True, slots=True)
class FinishedRow:
    """A finished action with its last note, its date of completion, and the date on which it was verified.

    `checker` is who verified it, `shown` the number of pieces of evidence in words.
    """

    title: Link
    said: str
    owner: Link
    on: date | None
    verified: date | None
    icon: str
    checker: Link = Link("")
    shown: str = ""


def build_status_tag(action: Action) -> Tag:
    """The status of an action: "Reopened" after a failed check, "Not accepted", an unknown status word as written."""
    if action.is_reopened:
        return Tag("Reopened", "status", "in-progress")
    if action.is_declined:
        return Tag(describe_drop(action), "status", "cancelled")
    if action.status is None:
        return Tag(f"“{action.status_word}”" if action.status_word else "Unknown", "risk", "gap")
    return Tag(action.status.label, "status", action.status.value.replace(" ", "-"))


def build_course_tag(action: Action, assessment: Assessment) -> Tag:
    """The computed course of an action."""
    role, icon = COURSE_STYLES[assessment.course]
    if assessment.course is Course.OVERDUE:
        return Tag(f"Overdue by {format_days(assessment.days_late)}", role, icon, action.due)
    if action.is_declined:
        return Tag(describe_drop(action), role, icon)
    if assessment.awaits_verification:
        return Tag("Awaiting verification", "wait", "completed")
    words = assessment.course.value.capitalize()
    due = action.due if assessment.course in (Course.ON_TRACK, Course.AT_RISK) else None
    at_risk_from = assessment.at_risk_from if assessment.course is Course.ON_TRACK else None
    return Tag(words, "status" if role == "done" else role, icon, due, at_risk_from=at_risk_from)


def build_entry_tags(action: Action, assessment: Assessment) -> tuple[Tag, ...]:
    """Status and course of an entry that has `format_due_or_closed`: without "overdue", and no word twice."""
    status, course = build_status_tag(action), build_course_tag(action, assessment)
    is_redundant = assessment.course is Course.OVERDUE or status.words == course.words
    return (status,) if is_redundant else (status, replace(course, due=None, leaves=assessment.overdue_from))


def format_drop_reason(action: Action) -> str:
    """Why an action will not be done, as a sentence."""
    reason = action.drop_reason
    if not reason:
        return "No reason is given."
    return f"Not accepted: {reason}." if action.is_declined else f"{reason[:1].upper()}{reason[1:]}."


def name_dropped(drops: Iterable[str]) -> str:
    """The heading of actions that will not be done: "Cancelled", "Not accepted", "Cancelled or not accepted".

    `drops` are what `describe_drop` says of each.
    """
    words = dict.fromkeys(sorted(drops))
    return " or ".join(words).capitalize() or "Cancelled"


def format_due_or_closed(action: Action, today: date) -> str:
    """The due date of an open action relative to today; "Closed" for others."""
    return _format_when(action, today) if action.is_open else "Closed"


def build_plan_tag(assessment: Assessment) -> Tag:
    """The computed course of a plan."""
    role, icon = COURSE_STYLES[assessment.course]
    return Tag(
        assessment.course.value.capitalize(),
        "status" if role == "done" else role,
        icon,
        overdue_from=assessment.overdue_from if assessment.course is not Course.OVERDUE else None,
        at_risk_from=assessment.at_risk_from if assessment.course is Course.ON_TRACK else None,
    )


def count_steps(action: Action) -> StepCount:
    """The number of steps, and of those done."""
    return StepCount(action.body.steps_done, len(action.body.steps))


def build_action_row(dated_site: SiteOnDate, action: Action, *, has_values: bool = False) -> ActionRow:
    """A row for an action that is not finished; with `has_values`, for a list with a filter."""
    assessment, latest = dated_site.assess_action(action), action.body.latest_note
    plan = dated_site.site.plans_by_slug[action.plan]
    return ActionRow(
        title=Link(action.title, action_address(action)),
        ref=action.ref,
        plan=Link(plan.title, plan_address(plan.slug)),
        owner=owner_link(dated_site.site, action.owner),
        when=_format_when(action, dated_site.today),
        due=action.due,
        is_late=assessment.course is Course.OVERDUE,
        said=latest.text if latest else "",
        said_on=latest.date if latest else None,
        steps=count_steps(action),
        tag=build_course_tag(action, assessment),
        values=build_row_values(dated_site, action, has_plan=True) if has_values else None,
    )


def _format_when(action: Action, today: date) -> str:
    return format_due(action.due, today) if action.due else "No date"


def build_finished_row(dated_site: SiteOnDate, action: Action) -> FinishedRow:
    """A row for a finished action."""
    check = action.verification
    note = (check.note if check and action.status is Status.EMBEDDED else "") or _find_last_note(action)
    state = action.status.value if action.status else action.status_word
    return FinishedRow(
        Link(action.title, action_address(action)),
        note,
        owner_link(dated_site.site, action.owner),
        finished_on(action),
        check.date if check and action.status is Status.EMBEDDED else None,
        state.replace(" ", "-"),
        profile_link(dated_site.site, check.by if check else ""),
        format_count(len(action.evidence), "piece of evidence", "pieces of evidence") if action.evidence else "",
    )


def _find_last_note(action: Action) -> str:
    """The text of the newest note up to the day of completion: later ones are about checks or other matters."""
    end = finished_on(action)
    notes = [note for note in action.body.progress if note.date and (end is None or note.date <= end)]
    return max(notes, key=lambda note: (note.date or date.min, note.line)).text if notes else ""
