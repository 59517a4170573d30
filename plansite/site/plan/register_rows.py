"""The rows of a plan's register, one for each action file."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from plansite.deferred_dataclass import dataclass
from plansite.history.action_dates import find_due_moves, find_unexplained_moves
from plansite.history.change import Change
from plansite.model.assessment import SiteOnDate
from plansite.model.body import ProgressNote
from plansite.model.documents.action import Action
from plansite.model.evidence.matching import describe_received
from plansite.model.findings import Finding
from plansite.model.formatting import format_short_date, shorten
from plansite.model.interim_checks import find_next_check, find_open_control
from plansite.model.page_addresses import action_address, unreadable_file_address
from plansite.model.site import UnreadableFile
from plansite.model.slugs import title_from_slug
from plansite.site.components.filters import RowValues, build_row_values
from plansite.site.components.interim import format_check_lateness
from plansite.site.components.page import Link
from plansite.site.components.page_links import owner_link
from plansite.site.components.widgets import StepCount, Tag, build_course_tag, build_status_tag, count_steps
from plansite.site.oversight.words import describe_requirement, name_extension

#: The most characters of what a file has in place of a date.
_MAX_RAW_LENGTH = 80
_ATTENTION_TAG = Tag("Needs attention", "risk", "gap")


@dataclass(frozen=True, slots=True)
class DateCell:
    """A date, or in `raw` what the file has in place of one; `note` says more about either."""

    day: date | None = None
    raw: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterRow:
    """A row with whole texts: a screen shows as many of them as it has room for, and paper all.

    `steps` are the texts of the steps, each with whether it is done. `wrong` says why the file could not be read; `fix`
    is the id of its entry under "Needs attention". `asked` says how strongly it is asked for; `meanwhile` is the
    interim control of an open action, with the day of its next check and how late that is in words. `evidence` counts
    what is there of the evidence that is needed.
    """

    ref: str
    title: Link
    owner: Link = Link("")
    steps: tuple[tuple[str, bool], ...] = ()
    resources: str = ""
    created: DateCell = DateCell()
    due: DateCell = DateCell()
    said: str = ""
    said_on: date | None = None
    reason: str = ""
    pips: StepCount = StepCount()
    tags: tuple[Tag, ...] = ()
    evidence: str = ""
    is_closed: bool = False
    wrong: str = ""
    fix: str = ""
    values: RowValues = RowValues()
    asked: str = ""
    meanwhile: str = ""
    check_due: date | None = None
    late_check: str = ""


def build_register_row(
    dated_site: SiteOnDate,
    file: Action | UnreadableFile,
    errors: tuple[Finding, ...],
    fix: str,
    changes: Sequence[Change] = (),
) -> RegisterRow:
    """The row of an action or of an action file that could not be read.

    `errors` are the findings in that file, `changes` those that git knows, newest first.
    """
    if isinstance(file, Action):
        return _build_action_row(dated_site, file, errors, fix, changes)
    first = next(iter(errors), None)
    wrong = " ".join(_format_sentence(text) for text in (first.message, first.remedy) if text) if first else ""
    return RegisterRow(ref="", title=link_file(file), tags=(_ATTENTION_TAG,), wrong=wrong, fix=fix)


def link_file(file: Action | UnreadableFile) -> Link:
    """The title of an action, or the name of an unreadable file; linked to its page."""
    if isinstance(file, UnreadableFile):
        return Link(title_from_slug(file.slug), unreadable_file_address(file))
    return Link(file.title, action_address(file))


def _build_action_row(
    dated_site: SiteOnDate, action: Action, errors: tuple[Finding, ...], fix: str, changes: Sequence[Change]
) -> RegisterRow:
    note, control = _find_latest_note(action), find_open_control(action)
    check_due = find_next_check(control) if control else None
    return RegisterRow(
        ref=action.ref,
        title=link_file(action),
        owner=owner_link(dated_site.site, action.owner),
        steps=tuple((step.whole_text, step.done) for step in action.body.steps),
        resources=action.resources,
        created=_build_date_cell(action, "created", errors),
        due=_build_date_cell(action, "due", errors, _describe_due(action, changes, dated_site.today)),
        said=note.text if note else "",
        said_on=note.date if note else None,
        reason=action.drop_reason,
        pips=count_steps(action),
        tags=(*((_ATTENTION_TAG,) if errors else ()), *_build_tags(dated_site, action)),
        evidence=describe_received(action, is_partial=not dated_site.site.is_unfiltered),
        is_closed=not action.is_open,
        fix=fix,
        values=build_row_values(dated_site, action),
        asked=describe_requirement(action),
        meanwhile=control.control if control else "",
        check_due=check_due,
        late_check=format_check_lateness(check_due, dated_site.today),
    )


def _build_tags(dated_site: SiteOnDate, action: Action) -> tuple[Tag, ...]:
    status, course = build_status_tag(action), build_course_tag(action, dated_site.assess_action(action))
    return (status,) if status.words == course.words else (status, course)


def _find_latest_note(action: Action) -> ProgressNote | None:
    """The newest dated note; if none has a date, the last one in the file."""
    return action.body.latest_note or next(reversed(action.body.progress), None)


def _format_sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}" + ("" if text.endswith((".", "?", "!", "…")) else ".")


def _build_date_cell(action: Action, name: str, errors: tuple[Finding, ...], note: str = "") -> DateCell:
    day = action.due if name == "due" else action.created
    if day:
        return DateCell(day, note=note)
    raw = _find_raw_date(action, name, errors)
    return DateCell(raw=shorten(raw, _MAX_RAW_LENGTH), note="Not a date") if raw else DateCell(note=note)


def _find_raw_date(action: Action, name: str, errors: tuple[Finding, ...]) -> str:
    """What the file has in place of a date; empty if nothing.

    Groups of fields such as `verification` have a `due` of their own, so only an error at the field's line counts.
    """
    if name not in dict(action.lines):
        return ""
    line = action.find_field_line(name)
    errors_below = (error for error in errors if error.field == name and error.raw and error.line >= line)
    first = min(errors_below, key=lambda error: error.line, default=None)
    return first.raw.strip() if first and first.line <= line + 1 else ""


def _describe_due(action: Action, changes: Sequence[Change], today: date) -> str:
    """How often the due date was moved, and whether more time was asked for or granted."""
    more_time = name_extension(action)
    return ". ".join(filter(None, (_describe_replanning(action, changes, today), more_time)))


def _describe_replanning(action: Action, changes: Sequence[Change], today: date) -> str:
    """How often the due date was moved, and since which day: "Re-planned once, from 7 January, no reason given"."""
    moves = find_due_moves(action, changes)
    if not moves:
        return ""
    unexplained = len(find_unexplained_moves(action, changes))
    reasons = ""
    if unexplained == len(moves):
        reasons = ", no reason given" if unexplained == 1 else ", no reasons given"
    elif unexplained:
        reasons = f", {_format_times(unexplained)} without a reason"
    return f"Re-planned {_format_times(len(moves))}, from {format_short_date(moves[0].before, today)}{reasons}"


def _format_times(number: int) -> str:
    return {1: "once", 2: "twice"}.get(number, f"{number} times")
