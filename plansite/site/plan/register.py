"""A plan's register: the eight columns that practitioners know, one row an action."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from plansite.model.action import Action
from plansite.model.assessment import SiteOnDate
from plansite.model.body import ProgressNote
from plansite.model.findings import Finding, Level
from plansite.model.formatting import format_count, format_short_date
from plansite.model.people import normalise_name
from plansite.model.plan import Plan
from plansite.model.site import UnreadableFile
from plansite.model.slugs import title_from_slug
from plansite.model.status import Status
from plansite.site.components.content_links import LinkResolver
from plansite.site.components.page import Link, Page
from plansite.site.components.page_links import action_address, owner_link, plan_address, unreadable_file_address
from plansite.site.components.pagination import ROWS_PER_PAGE, Pager, build_pager, numbered_address
from plansite.site.components.plan_header import PlanHeader, build_plan_header, build_plan_trail
from plansite.site.components.widgets import (
    FindingNotice,
    StepCount,
    Tag,
    build_course_tag,
    build_finding_notice,
    build_status_tag,
    count_steps,
)

_MAX_STEPS, _MAX_STEP_LENGTH, _MAX_TEXT_LENGTH = 2, 80, 240
_ATTENTION_TAG = Tag("Needs attention", "risk", "gap")


@dataclass(frozen=True, slots=True)
class DateCell:
    """A day; or what stands where a day should be, as written. `note` says more about either."""

    day: date | None = None
    raw: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SortKeys:
    """What a script sorts a row by, column by column: texts to compare as they are; empty where nothing is given."""

    ref: str
    title: str
    owner: str = ""
    created: str = ""
    due: str = ""
    progress: str = ""
    status: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterRow:
    """One line. `wrong` says why a file could not be read; `fix` is the id of its entry under "Needs attention"."""

    keys: SortKeys
    ref: str
    title: Link
    owner: Link = Link("")  # noqa: RUF009  (a frozen value, safe to share)
    steps: str = ""
    resources: str = ""
    created: DateCell = DateCell()
    due: DateCell = DateCell()
    said: str = ""
    said_on: date | None = None
    reason: str = ""
    pips: StepCount = StepCount()  # noqa: RUF009  (a frozen value, safe to share)
    tags: tuple[Tag, ...] = ()
    is_closed: bool = False
    wrong: str = ""
    fix: str = ""


@dataclass(frozen=True, slots=True)
class RegisterProblem:
    """A file with its faults; `key` is the id to which its row leads."""

    key: str
    title: Link
    faults: tuple[FindingNotice, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterView:
    """What one page of the register shows. `pager` is None where one page is enough."""

    head: PlanHeader
    caption: str
    counted: str
    rows: tuple[RegisterRow, ...]
    troubles: tuple[RegisterProblem, ...]
    pager: Pager | None


def build_register_pages(
    dated_site: SiteOnDate, plan: Plan, _resolver: LinkResolver, findings_by_path: Mapping[str, tuple[Finding, ...]]
) -> Iterator[Page]:
    """A plan's register, a thousand rows a page; `found` are the findings by path."""
    unread = [each for each in dated_site.site.unreadable if _belongs_to_plan(each, plan)]
    lines: list[Action | UnreadableFile] = [*plan.actions, *(each for each in unread if each.kind == "action")]
    lines.sort(key=lambda line: (_ref_sort_key(line.ref if isinstance(line, Action) else ""), line.slug))
    others = tuple(each for each in unread if each.kind != "action")
    path = plan_address(plan.slug, "register")
    paths = [numbered_address(path, at) for at in range(1, max(1, -(-len(lines) // ROWS_PER_PAGE)) + 1)]
    for at, own in enumerate(paths, 1):
        part = _RegisterPage(
            lines[(at - 1) * ROWS_PER_PAGE : at * ROWS_PER_PAGE], () if at > 1 else others, at, len(lines)
        )
        yield Page(
            path=own,
            template="register.html",
            title=f"Register: {plan.title}" if at == 1 else f"Register, page {at}: {plan.title}",
            view=_build_view(dated_site, plan, part, findings_by_path, build_pager(paths, at)),
            section="index.html",
            trail=build_plan_trail(
                plan, *([Link("Register")] if at == 1 else [Link("Register", path), Link(f"Page {at}")])
            ),
            landscape=True,
        )


@dataclass(frozen=True, slots=True)
class _RegisterPage:
    """What one page is made of: its lines, unread files of other kinds, its number, and how many lines there are."""

    lines: Sequence[Action | UnreadableFile]
    others: tuple[UnreadableFile, ...]
    number: int
    total: int

    @property
    def span(self) -> str:
        """Its lines as counted among all: "1,001 to 1,250"."""
        first = (self.number - 1) * ROWS_PER_PAGE + 1
        return f"{first:,} to {first + len(self.lines) - 1:,}"


def _belongs_to_plan(unreadable: UnreadableFile, plan: Plan) -> bool:
    return plan.slug == (unreadable.plan or (unreadable.slug if unreadable.kind == "plan" else ""))


def _build_view(
    dated_site: SiteOnDate,
    plan: Plan,
    register_page: _RegisterPage,
    findings_by_path: Mapping[str, tuple[Finding, ...]],
    pager: Pager | None,
) -> RegisterView:
    rows: list[RegisterRow] = []
    troubles: list[RegisterProblem] = []
    for line in register_page.lines:
        faults = _select_errors(line, findings_by_path)
        fix = f"fix-{len(troubles) + 1}" if faults else ""
        rows.append(_build_row(dated_site, line, faults, fix))
        if faults:
            troubles.append(_build_problem(dated_site, fix, line, faults))
    wrong = len(troubles)
    for other in register_page.others:
        troubles.append(_build_problem(dated_site, f"fix-{len(troubles) + 1}", other, other.findings))
    return RegisterView(
        head=build_plan_header(dated_site, plan, "register"),
        caption=_format_caption(register_page, wrong),
        counted=f"{len(rows):,} of {format_count(register_page.total, 'action')}",
        rows=tuple(rows),
        troubles=tuple(troubles),
        pager=pager,
    )


def _format_caption(register_page: _RegisterPage, problem_count: int) -> str:
    total = format_count(register_page.total, "action")
    here = (
        f"Actions {register_page.span} of {register_page.total:,}"
        if len(register_page.lines) < register_page.total
        else total
    )
    attention = (
        f" {format_count(problem_count, 'row')} {'needs' if problem_count == 1 else 'need'} attention."
        if problem_count
        else ""
    )
    return f"{here}, in order of their numbers. Grey rows are closed.{attention}"


def _select_errors(
    line: Action | UnreadableFile, findings_by_path: Mapping[str, tuple[Finding, ...]]
) -> tuple[Finding, ...]:
    """What keeps a file from being read, or from being read in full; hints and warnings stand on its own page."""
    if isinstance(line, UnreadableFile):
        return line.findings
    return tuple(finding for finding in findings_by_path.get(line.path, ()) if finding.rule.level is Level.ERROR)


def _build_problem(
    dated_site: SiteOnDate, key: str, line: Action | UnreadableFile, faults: tuple[Finding, ...]
) -> RegisterProblem:
    return RegisterProblem(
        key, _link_title(line), tuple(build_finding_notice(dated_site, finding) for finding in faults)
    )


def _link_title(line: Action | UnreadableFile) -> Link:
    if isinstance(line, UnreadableFile):
        return Link(title_from_slug(line.slug), unreadable_file_address(line))
    return Link(_shorten(line.title, _MAX_TEXT_LENGTH), action_address(line))


def _build_row(
    dated_site: SiteOnDate, line: Action | UnreadableFile, faults: tuple[Finding, ...], fix: str
) -> RegisterRow:
    if isinstance(line, Action):
        return _build_action_row(dated_site, line, faults, fix)
    first = next(iter(faults), None)
    wrong = " ".join(_format_sentence(text) for text in (first.message, first.remedy) if text) if first else ""
    keys = SortKeys(ref="", title=normalise_name(title_from_slug(line.slug)))
    return RegisterRow(keys=keys, ref="", title=_link_title(line), tags=(_ATTENTION_TAG,), wrong=wrong, fix=fix)


def _build_action_row(dated_site: SiteOnDate, action: Action, faults: tuple[Finding, ...], fix: str) -> RegisterRow:
    note, owner = _find_latest_note(action), owner_link(dated_site.site, action.owner)
    return RegisterRow(
        keys=_build_sort_keys(action, owner, note),
        ref=action.ref,
        title=_link_title(action),
        owner=owner,
        steps=_summarise_steps(action),
        resources=_shorten(action.resources, _MAX_TEXT_LENGTH),
        created=_build_date_cell(action, "created", faults),
        due=_build_date_cell(action, "due", faults, _describe_replanning(action, dated_site.today)),
        said=_shorten(note.text, _MAX_TEXT_LENGTH) if note else "",
        said_on=note.date if note else None,
        reason=action.reason if action.status is Status.CANCELLED else "",
        pips=count_steps(action),
        tags=(*((_ATTENTION_TAG,) if faults else ()), *_build_tags(dated_site, action)),
        is_closed=not action.is_open,
        fix=fix,
    )


def _build_sort_keys(action: Action, owner: Link, note: ProgressNote | None) -> SortKeys:
    status = action.effective_status
    place = list(Status).index(status) + 1 if status else 0
    return SortKeys(
        ref=_ref_sort_key(action.ref) if action.ref else "",
        title=normalise_name(action.title),
        owner=normalise_name(owner.text),
        created=action.created.isoformat() if action.created else "",
        due=action.due.isoformat() if action.due else "",
        progress=note.date.isoformat() if note and note.date else "",
        status=f"{place} {status or 'unknown'}",
    )


def _ref_sort_key(ref: str) -> str:
    """A text that sorts as people count: 2 before 10, numbers before words, both before nothing."""
    plain = normalise_name(ref)
    padded = re.sub("[0-9]+", lambda match: match.group().zfill(12), plain)
    group = 2 if not plain else 0 if re.fullmatch(r"[0-9]+(\.[0-9]+)*", plain) else 1
    return f"{group} {padded}".strip()


def _build_tags(dated_site: SiteOnDate, action: Action) -> tuple[Tag, ...]:
    status, course = build_status_tag(action), build_course_tag(action, dated_site.assess_action(action))
    return (status,) if status.words == course.words else (status, course)


def _find_latest_note(action: Action) -> ProgressNote | None:
    """The newest dated note; where none has a date, the last one written."""
    return action.body.latest_note or next(reversed(action.body.progress), None)


def _summarise_steps(action: Action) -> str:
    """The first steps in short: "Bleed the radiator; test the valve; and 3 more"."""
    texts = [_shorten(step.text, _MAX_STEP_LENGTH).rstrip(".") for step in action.body.steps if step.text]
    more = len(texts) - _MAX_STEPS
    if more == 1:  # "and 1 more" is no shorter than the step itself
        return "; ".join(texts)
    return "; ".join(texts[:_MAX_STEPS]) + (f"; and {more} more" if more > 1 else "")


def _format_sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}" + ("" if text.endswith((".", "?", "!", "…")) else ".")


def _shorten(text: str, max_length: int) -> str:
    """A text of at most so many characters, cut between words where it can be."""
    plain = " ".join(text.split())
    if len(plain) <= max_length:
        return plain
    cut = textwrap.shorten(plain, max_length, placeholder="…")
    return cut if len(cut) > max_length // 2 else f"{plain[: max_length - 1]}…"


def _build_date_cell(action: Action, name: str, faults: tuple[Finding, ...], note: str = "") -> DateCell:
    day = action.due if name == "due" else action.created
    if day:
        return DateCell(day, note=note)
    raw = _find_raw_date(action, name, faults)
    return DateCell(raw=_shorten(raw, _MAX_STEP_LENGTH), note="Not a date") if raw else DateCell(note=note)


def _find_raw_date(action: Action, name: str, faults: tuple[Finding, ...]) -> str:
    """What the file has in place of a date. Groups such as `verification` have a `due` of their own, on other lines."""
    if name not in dict(action.lines):
        return ""
    line = action.find_field_line(name)
    near = (f for f in faults if f.field == name and f.raw and f.line >= line)
    first = min(near, key=lambda finding: finding.line, default=None)
    return first.raw.strip() if first and first.line <= line + 1 else ""


def _describe_replanning(action: Action, today: date) -> str:
    moved = [move.due for move in action.due_history if move.due]
    if not moved:
        return ""
    times = {1: "once", 2: "twice"}.get(len(moved), f"{len(moved)} times")
    return f"Re-planned {times}, from {format_short_date(moved[0], today)}"
