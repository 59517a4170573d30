"""A plan's register: the eight columns that practitioners know, one row an action."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from plansite.model.action import Action
from plansite.model.course import Outlook
from plansite.model.findings import Finding, Level
from plansite.model.names import title_of
from plansite.model.people import same_name
from plansite.model.plan import Plan
from plansite.model.prose import ProgressNote
from plansite.model.site import Unread
from plansite.model.status import Status
from plansite.model.words import count, short_date
from plansite.site.addresses import action_page, owner_link, plan_page, unread_page
from plansite.site.links import Addresses
from plansite.site.page import Link, Page
from plansite.site.paging import MOST, Pager, numbered, pager_of
from plansite.site.parts import Fault, Steps, Tag, course_tag, fault, status_tag, steps
from plansite.site.plan_head import PlanHead, plan_head, plan_trail

_STEPS_SHOWN, _LONGEST_STEP, _LONGEST = 2, 80, 240
_ATTENTION = Tag("Needs attention", "risk", "gap")


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
    pips: Steps = Steps()  # noqa: RUF009  (a frozen value, safe to share)
    tags: tuple[Tag, ...] = ()
    is_closed: bool = False
    wrong: str = ""
    fix: str = ""


@dataclass(frozen=True, slots=True)
class Trouble:
    """A file with its faults; `key` is the id to which its row leads."""

    key: str
    title: Link
    faults: tuple[Fault, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterView:
    """What one page of the register shows. `pager` is None where one page is enough."""

    head: PlanHead
    caption: str
    counted: str
    rows: tuple[RegisterRow, ...]
    troubles: tuple[Trouble, ...]
    pager: Pager | None


def register_pages(
    outlook: Outlook, plan: Plan, _addresses: Addresses, found: Mapping[str, tuple[Finding, ...]]
) -> Iterator[Page]:
    """A plan's register, a thousand rows a page; `found` are the findings by path."""
    unread = [each for each in outlook.site.unread if _belongs(each, plan)]
    lines: list[Action | Unread] = [*plan.actions, *(each for each in unread if each.kind == "action")]
    lines.sort(key=lambda line: (_ref_key(line.ref if isinstance(line, Action) else ""), line.slug))
    others = tuple(each for each in unread if each.kind != "action")
    path = plan_page(plan.slug, "register")
    paths = [numbered(path, at) for at in range(1, max(1, -(-len(lines) // MOST)) + 1)]
    for at, own in enumerate(paths, 1):
        part = _Part(lines[(at - 1) * MOST : at * MOST], () if at > 1 else others, at, len(lines))
        yield Page(
            path=own,
            template="register.html",
            title=f"Register: {plan.title}" if at == 1 else f"Register, page {at}: {plan.title}",
            view=_view(outlook, plan, part, found, pager_of(paths, at)),
            section="index.html",
            trail=plan_trail(plan, *([Link("Register")] if at == 1 else [Link("Register", path), Link(f"Page {at}")])),
            landscape=True,
        )


@dataclass(frozen=True, slots=True)
class _Part:
    """What one page is made of: its lines, unread files of other kinds, its number, and how many lines there are."""

    lines: Sequence[Action | Unread]
    others: tuple[Unread, ...]
    number: int
    total: int

    @property
    def span(self) -> str:
        """Its lines as counted among all: "1,001 to 1,250"."""
        first = (self.number - 1) * MOST + 1
        return f"{first:,} to {first + len(self.lines) - 1:,}"


def _belongs(unread: Unread, plan: Plan) -> bool:
    return plan.slug == (unread.plan or (unread.slug if unread.kind == "plan" else ""))


def _view(
    outlook: Outlook, plan: Plan, part: _Part, found: Mapping[str, tuple[Finding, ...]], pager: Pager | None
) -> RegisterView:
    rows: list[RegisterRow] = []
    troubles: list[Trouble] = []
    for line in part.lines:
        faults = _faults(line, found)
        fix = f"fix-{len(troubles) + 1}" if faults else ""
        rows.append(_row(outlook, line, faults, fix))
        if faults:
            troubles.append(_trouble(outlook, fix, line, faults))
    wrong = len(troubles)
    for other in part.others:
        troubles.append(_trouble(outlook, f"fix-{len(troubles) + 1}", other, other.findings))
    return RegisterView(
        head=plan_head(outlook, plan, "register"),
        caption=_caption(part, wrong),
        counted=f"{len(rows):,} of {count(part.total, 'action')}",
        rows=tuple(rows),
        troubles=tuple(troubles),
        pager=pager,
    )


def _caption(part: _Part, wrong: int) -> str:
    total = count(part.total, "action")
    here = f"Actions {part.span} of {part.total:,}" if len(part.lines) < part.total else total
    attention = f" {count(wrong, 'row')} {'needs' if wrong == 1 else 'need'} attention." if wrong else ""
    return f"{here}, in order of their numbers. Grey rows are closed.{attention}"


def _faults(line: Action | Unread, found: Mapping[str, tuple[Finding, ...]]) -> tuple[Finding, ...]:
    """What keeps a file from being read, or from being read in full; hints and warnings stand on its own page."""
    if isinstance(line, Unread):
        return line.findings
    return tuple(finding for finding in found.get(line.path, ()) if finding.rule.level is Level.ERROR)


def _trouble(outlook: Outlook, key: str, line: Action | Unread, faults: tuple[Finding, ...]) -> Trouble:
    return Trouble(key, _title(line), tuple(fault(outlook, finding) for finding in faults))


def _title(line: Action | Unread) -> Link:
    if isinstance(line, Unread):
        return Link(title_of(line.slug), unread_page(line))
    return Link(_short(line.title, _LONGEST), action_page(line))


def _row(outlook: Outlook, line: Action | Unread, faults: tuple[Finding, ...], fix: str) -> RegisterRow:
    if isinstance(line, Action):
        return _action_row(outlook, line, faults, fix)
    first = next(iter(faults), None)
    wrong = " ".join(_sentence(text) for text in (first.message, first.remedy) if text) if first else ""
    keys = SortKeys(ref="", title=same_name(title_of(line.slug)))
    return RegisterRow(keys=keys, ref="", title=_title(line), tags=(_ATTENTION,), wrong=wrong, fix=fix)


def _action_row(outlook: Outlook, action: Action, faults: tuple[Finding, ...], fix: str) -> RegisterRow:
    note, owner = _latest(action), owner_link(outlook.site, action.owner)
    return RegisterRow(
        keys=_keys(action, owner, note),
        ref=action.ref,
        title=_title(action),
        owner=owner,
        steps=_steps(action),
        resources=_short(action.resources, _LONGEST),
        created=_date(action, "created", faults),
        due=_date(action, "due", faults, _replanned(action, outlook.today)),
        said=_short(note.text, _LONGEST) if note else "",
        said_on=note.date if note else None,
        reason=action.reason if action.status is Status.CANCELLED else "",
        pips=steps(action),
        tags=(*((_ATTENTION,) if faults else ()), *_tags(outlook, action)),
        is_closed=not action.is_open,
        fix=fix,
    )


def _keys(action: Action, owner: Link, note: ProgressNote | None) -> SortKeys:
    status = action.counts_as
    place = list(Status).index(status) + 1 if status else 0
    return SortKeys(
        ref=_ref_key(action.ref) if action.ref else "",
        title=same_name(action.title),
        owner=same_name(owner.text),
        created=action.created.isoformat() if action.created else "",
        due=action.due.isoformat() if action.due else "",
        progress=note.date.isoformat() if note and note.date else "",
        status=f"{place} {status or 'unknown'}",
    )


def _ref_key(ref: str) -> str:
    """A text that sorts as people count: 2 before 10, numbers before words, both before nothing."""
    plain = same_name(ref)
    padded = re.sub("[0-9]+", lambda match: match.group().zfill(12), plain)
    group = 2 if not plain else 0 if re.fullmatch(r"[0-9]+(\.[0-9]+)*", plain) else 1
    return f"{group} {padded}".strip()


def _tags(outlook: Outlook, action: Action) -> tuple[Tag, ...]:
    status, course = status_tag(action), course_tag(action, outlook.standing(action))
    return (status,) if status.words == course.words else (status, course)


def _latest(action: Action) -> ProgressNote | None:
    """The newest dated note; where none has a date, the last one written."""
    return action.body.latest or next(reversed(action.body.progress), None)


def _steps(action: Action) -> str:
    """The first steps in short: "Bleed the radiator; test the valve; and 3 more"."""
    texts = [_short(step.text, _LONGEST_STEP).rstrip(".") for step in action.body.steps if step.text]
    more = len(texts) - _STEPS_SHOWN
    if more == 1:  # "and 1 more" is no shorter than the step itself
        return "; ".join(texts)
    return "; ".join(texts[:_STEPS_SHOWN]) + (f"; and {more} more" if more > 1 else "")


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}" + ("" if text.endswith((".", "?", "!", "…")) else ".")


def _short(text: str, longest: int) -> str:
    """A text of at most so many characters, cut between words where it can be."""
    plain = " ".join(text.split())
    if len(plain) <= longest:
        return plain
    cut = textwrap.shorten(plain, longest, placeholder="…")
    return cut if len(cut) > longest // 2 else f"{plain[: longest - 1]}…"


def _date(action: Action, name: str, faults: tuple[Finding, ...], note: str = "") -> DateCell:
    day = action.due if name == "due" else action.created
    if day:
        return DateCell(day, note=note)
    raw = _written(action, name, faults)
    return DateCell(raw=_short(raw, _LONGEST_STEP), note="Not a date") if raw else DateCell(note=note)


def _written(action: Action, name: str, faults: tuple[Finding, ...]) -> str:
    """What the file has in place of a date. Groups such as `verification` have a `due` of their own, on other lines."""
    if name not in dict(action.lines):
        return ""
    line = action.line_of(name)
    near = (f for f in faults if f.field == name and f.raw and f.line >= line)
    first = min(near, key=lambda finding: finding.line, default=None)
    return first.raw.strip() if first and first.line <= line + 1 else ""


def _replanned(action: Action, today: date) -> str:
    moved = [move.due for move in action.due_history if move.due]
    if not moved:
        return ""
    times = {1: "once", 2: "twice"}.get(len(moved), f"{len(moved)} times")
    return f"Re-planned {times}, from {short_date(moved[0], today)}"
