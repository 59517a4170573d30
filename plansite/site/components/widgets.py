"""Pieces that several pages show: tags, bars, cards, rows, facts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from plansite.model.action import Action
from plansite.model.assessment import Assessment, Course, SiteOnDate, finished_on
from plansite.model.findings import Finding
from plansite.model.formatting import format_count, format_days, format_due
from plansite.model.plan import Plan
from plansite.model.status import Status
from plansite.site.components.page import Link
from plansite.site.components.page_links import action_address, edit_url, owner_link, plan_address, profile_link

#: The name of the symbol and of the colour role for each course.
_COURSE_STYLES = {
    Course.EMBEDDED: ("proof", "embedded"),
    Course.COMPLETED: ("done", "completed"),
    Course.CANCELLED: ("status", "cancelled"),
    Course.ON_TRACK: ("track", "track"),
    Course.AT_RISK: ("risk", "risk"),
    Course.OVERDUE: ("late", "late"),
}
_BAR_ORDER = (Course.EMBEDDED, Course.COMPLETED, Course.ON_TRACK, Course.AT_RISK, Course.OVERDUE)


@dataclass(frozen=True, slots=True)
class Tag:
    """A state in words, with its symbol and colour role. `due` lets the script work "overdue" out again."""

    words: str
    role: str
    mark: str
    due: date | None = None


@dataclass(frozen=True, slots=True)
class BarSegment:
    """One segment of a status bar: per cent from the left, and what it counts."""

    role: str
    mark: str
    words: str
    start: str
    width: str
    end: str


@dataclass(frozen=True, slots=True)
class StatusBar:
    """A status bar with its legend. `key` tells its ids apart on a page."""

    key: str
    title: str
    description: str
    parts: tuple[BarSegment, ...]


@dataclass(frozen=True, slots=True)
class StepCount:
    """Steps done of all; empty where there are none."""

    done: int = 0
    total: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionRow:
    """An action in a list. `due` and `joins` let the script show and hide it on a later day."""

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Rows under a heading of their own. `note` counts them; `empty` says why there may be none."""

    key: str
    title: str
    note: str = ""
    rows: tuple[ActionRow, ...] = ()
    empty: str = ""


@dataclass(frozen=True, slots=True)
class FinishedRow:
    """A finished action: the last words about it, when its owner finished it, and when that was verified.

    `checker` is who verified it, and `shown` how much evidence there is, in words.
    """

    title: Link
    said: str
    owner: Link
    on: date | None
    verified: date | None
    mark: str
    checker: Link = Link("")  # noqa: RUF009  (a frozen value, safe to share)
    shown: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingNotice:
    """A finding as a page shows it; `edit` leads to where it can be mended."""

    where: str
    path: str
    message: str
    remedy: str
    rule: str
    level: str
    edit: str = ""


def build_status_tag(action: Action) -> Tag:
    """What the file says, in our word, unless a check undid it; a word nobody knows is shown as it stands."""
    if action.is_reopened:
        return Tag("Reopened", "status", "in-progress")
    if action.status is None:
        return Tag(f"“{action.status_word}”" if action.status_word else "Unknown", "risk", "gap")
    return Tag(action.status.label, "status", action.status.value.replace(" ", "-"))


def build_course_tag(action: Action, standing: Assessment) -> Tag:
    """The computed state of an action."""
    role, mark = _COURSE_STYLES[standing.course]
    if standing.course is Course.OVERDUE:
        return Tag(f"Overdue by {format_days(standing.days_late)}", role, mark, action.due)
    if standing.awaits_verification:
        return Tag("Awaiting verification", "wait", "completed")
    words = standing.course.value.capitalize()
    due = action.due if standing.course in (Course.ON_TRACK, Course.AT_RISK) else None
    return Tag(words, "status" if role == "done" else role, mark, due)


def build_plan_tag(standing: Assessment) -> Tag:
    """The computed state of a plan."""
    role, mark = _COURSE_STYLES[standing.course]
    return Tag(standing.course.value.capitalize(), "status" if role == "done" else role, mark)


def build_status_bar(key: str, dated_site: SiteOnDate, actions: Sequence[Action]) -> StatusBar | None:
    """The status bar of these actions; cancelled ones are left out. None where nothing is left."""
    counts = dated_site.count_courses(actions)
    shown = [(course, counts[course]) for course in _BAR_ORDER if counts[course]]
    total = sum(number for _, number in shown)
    if not total:
        return None
    parts, before = [], 0
    for course, number in shown:
        role, mark = _COURSE_STYLES[course]
        start, before = before, before + number
        parts.append(
            BarSegment(
                role,
                mark,
                f"{number:,} {course.value}",
                _format_share(start, total),
                _format_share(number, total),
                _format_share(before, total),
            )
        )
    description = ", ".join(part.words for part in parts) + "."
    left_out = counts[Course.CANCELLED]
    further = f", and {left_out:,} cancelled" if left_out else ""
    return StatusBar(key, f"Where this stands: {format_count(total, 'action')}{further}", description, tuple(parts))


def _format_share(number: int, total: int) -> str:
    return f"{100 * number / total:.2f}%"


def count_steps(action: Action) -> StepCount:
    """Steps done of all."""
    return StepCount(action.body.steps_done, len(action.body.steps))


def build_action_row(dated_site: SiteOnDate, action: Action) -> ActionRow:
    """An action as lists show it."""
    standing, latest = dated_site.assess_action(action), action.body.latest_note
    plan = dated_site.site.plans_by_slug[action.plan]
    return ActionRow(
        title=Link(action.title, action_address(action)),
        ref=action.ref,
        plan=Link(plan.title, plan_address(plan.slug)),
        owner=owner_link(dated_site.site, action.owner),
        when=_format_when(action, dated_site.today),
        due=action.due,
        is_late=standing.course is Course.OVERDUE,
        said=latest.text if latest else "",
        said_on=latest.date if latest else None,
        steps=count_steps(action),
        tag=build_course_tag(action, standing),
    )


def _format_when(action: Action, today: date) -> str:
    if action.due is None:
        return "No date"
    return format_due(action.due, today)


def build_action_rows(dated_site: SiteOnDate, actions: Iterable[Action]) -> tuple[ActionRow, ...]:
    """Actions as lists show them, in the order given."""
    return tuple(build_action_row(dated_site, action) for action in actions)


def build_finished_row(dated_site: SiteOnDate, action: Action) -> FinishedRow:
    """A finished action as lists show it."""
    check = action.verification
    said = (check.note if check and action.status is Status.EMBEDDED else "") or _find_last_note(action)
    state = action.status.value if action.status else action.status_word
    return FinishedRow(
        Link(action.title, action_address(action)),
        said,
        owner_link(dated_site.site, action.owner),
        finished_on(action),
        check.date if check and action.status is Status.EMBEDDED else None,
        state.replace(" ", "-"),
        profile_link(dated_site.site, check.by if check else ""),
        format_count(len(action.evidence), "piece of evidence", "pieces of evidence") if action.evidence else "",
    )


def _find_last_note(action: Action) -> str:
    """The newest progress note up to the day it was finished; what came after speaks of something else."""
    end = finished_on(action)
    notes = [note for note in action.body.progress if note.date and (end is None or note.date <= end)]
    return max(notes, key=lambda note: (note.date or date.min, note.line)).text if notes else ""


def plan_eyebrow(plan: Plan) -> str:
    """What sort of plan it is, above its title."""
    return plan.kind.label


def build_finding_notice(dated_site: SiteOnDate, finding: Finding) -> FindingNotice:
    """A finding as pages show it."""
    return FindingNotice(
        where=f"Line {finding.line}" if finding.line else "The file",
        path=finding.path,
        message=_replace_backticks(finding.message),
        remedy=_format_sentence(_replace_backticks(finding.remedy)),
        rule=finding.rule.name,
        level=finding.rule.level,
        edit=edit_url(dated_site.site, finding.path),
    )


def _replace_backticks(text: str) -> str:
    """Notation for terminals in quotation marks, as pages have it."""
    return re.sub(r"`([^`]*)`", r"“\1”", text)


def _format_sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}{'' if text.endswith(('?', '.', '!')) else '.'}" if text else ""
