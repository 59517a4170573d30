"""A plan's board: its actions as cards under their statuses."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from plansite.markdown.html import resolve
from plansite.model.action import Action
from plansite.model.course import Outlook, awaits_check, by_due, finished_on, held_reviews, next_review, reopened
from plansite.model.health import Gap, Verdict, health
from plansite.model.names import title_of
from plansite.model.plan import Plan
from plansite.model.repeat import next_repeat
from plansite.model.status import Status
from plansite.model.words import count, days, due_in_words, long_date
from plansite.site.addresses import action_link, action_page, owner_link, party_link, plan_page, unread_page
from plansite.site.data import register_file
from plansite.site.joined import waits_for
from plansite.site.links import Addresses
from plansite.site.page import Link, Page
from plansite.site.parts import Bar, Steps, Tag, bar, course_tag, fault, steps
from plansite.site.plan_head import PlanHead, disagreement, plan_head


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """An action on the board. `lead` is the words before its date; `late_note` is shown in red words."""

    ref: str
    title: Link
    owner: Link
    lead: str
    day: date | None
    steps: Steps
    note: str
    late_note: str
    tag: Tag


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """The cards of one status; `empty` says why there are none and whether that is good."""

    key: str
    title: str
    mark: str
    cards: tuple[Card, ...]
    empty: str


@dataclass(frozen=True, slots=True)
class Cancelled:
    """An action kept for the record, and why it was not done."""

    ref: str
    title: Link
    reason: str
    owner: Link
    day: date | None


@dataclass(frozen=True, slots=True)
class Answer:
    """Complete, clear or current: yes with the reason, or no with each gap and its actions."""

    name: str
    holds: bool
    reason: str
    gaps: tuple[tuple[str, tuple[Link, ...]], ...]


@dataclass(frozen=True, slots=True)
class Trouble:
    """A file of the plan that could not be read."""

    title: Link
    path: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardView:
    """What the board's page shows."""

    head: PlanHead
    owner: Link
    sponsor: Link
    agencies: tuple[Link, ...]
    start: date | None
    end: date | None
    review_note: str
    goals_words: str
    goals_href: str
    register_href: str
    data_href: str
    bar: Bar | None
    disagreement: str
    words_href: str
    answers: tuple[Answer, ...]
    columns: tuple[Column, ...]
    cancelled: tuple[Cancelled, ...]
    troubles: tuple[Trouble, ...]
    purpose: str


_EMPTY = {
    Status.NOT_STARTED: "Nothing is waiting to begin. Good, if every action that is needed has been written down.",
    Status.IN_PROGRESS: "Nobody is working on an action now.",
    Status.BLOCKED: "Nothing is blocked. Good news.",
    Status.COMPLETED: "Nothing is waiting to be checked.",
    Status.EMBEDDED: "Nothing has been checked by somebody else yet.",
}


def board_page(outlook: Outlook, plan: Plan, addresses: Addresses) -> Page:
    """A plan's front page."""
    return Page(
        path=plan_page(plan.slug),
        template="plan.html",
        title=plan.title,
        view=_view(outlook, plan, addresses),
        section="index.html",
        trail=(Link("Plans", "index.html"), Link(plan.title)),
    )


def _view(outlook: Outlook, plan: Plan, addresses: Addresses) -> BoardView:
    site = outlook.site
    return BoardView(
        head=plan_head(outlook, plan, "index"),
        owner=party_link(site, plan.owner),
        sponsor=party_link(site, plan.sponsor),
        agencies=tuple(party_link(site, name) for name in plan.agencies),
        start=plan.start,
        end=plan.end,
        review_note=_review_note(plan),
        goals_words=count(len(plan.goals), "goal") if plan.goals else "No goals yet",
        goals_href=plan_page(plan.slug, "goals"),
        register_href=plan_page(plan.slug, "register"),
        data_href=register_file(plan, "csv"),
        bar=bar("plan", outlook, plan.actions),
        disagreement=disagreement(outlook, plan),
        words_href="words.html",
        answers=tuple(answer(verdict) for verdict in health(plan, outlook.today)),
        columns=_columns(outlook, plan),
        cancelled=tuple(_cancelled(outlook, a) for a in plan.actions if a.status is Status.CANCELLED),
        troubles=_troubles(outlook, plan),
        purpose=resolve(plan.body.intro, addresses.of(plan)),
    )


def answer(verdict: Verdict) -> Answer:
    """One of the three questions, as pages show it."""
    name = verdict.name if verdict.holds else f"Not {verdict.name.lower()}"
    return Answer(name, verdict.holds, f"Yes. {verdict.good}", tuple(_gap(gap) for gap in verdict.gaps))


def _gap(gap: Gap) -> tuple[str, tuple[Link, ...]]:
    few = gap.actions if len(gap.actions) <= 4 else ()
    return gap.text, tuple(Link((a.ref and f"Action {a.ref}") or a.title, action_page(a)) for a in few)


def _review_note(plan: Plan) -> str:
    held = [review.date for review in held_reviews(plan) if review.date]
    every = f"Every {plan.review_every.words.removeprefix('every ').removeprefix('1 ')}." if plan.review_every else ""
    last = f"Last held {long_date(max(held))}." if held else "None held yet."
    return f"{every} {last}".strip() if next_review(plan) or held else ""


def _columns(outlook: Outlook, plan: Plan) -> tuple[Column, ...]:
    columns = []
    for status in (s for s in Status if s is not Status.CANCELLED):
        actions = sorted((a for a in plan.actions if a.counts_as is status), key=by_due)
        columns.append(_column(status.value, status.words, tuple(card(outlook, a) for a in actions), _EMPTY[status]))
    unknown = tuple(card(outlook, a) for a in plan.actions if a.status is None)
    if unknown:
        columns.insert(0, _column("unknown", "Status unknown", unknown, ""))
    return tuple(columns)


def _column(status: str, title: str, cards: tuple[Card, ...], empty: str) -> Column:
    key = status.replace(" ", "-")
    return Column(key=key, title=title, mark="gap" if status == "unknown" else key, cards=cards, empty=empty)


def card(outlook: Outlook, action: Action) -> Card:
    """An action as a card."""
    lead, day = _lead(outlook, action)
    return Card(
        ref=action.ref,
        title=action_link(action),
        owner=owner_link(outlook.site, action.owner),
        lead=lead,
        day=day,
        steps=steps(action) if action.is_open else Steps(),
        note=reopened(action, outlook.today) or waits_for(outlook, action),
        late_note=_check_late(action, outlook.today),
        tag=course_tag(action, outlook.standing(action)),
    )


def _lead(outlook: Outlook, action: Action) -> tuple[str, date | None]:
    """The words before the date on a card, and the date."""
    if action.counts_as is Status.EMBEDDED and action.verification and action.verification.date:
        return "Verified", action.verification.date
    if not action.is_open:
        return "Completed", finished_on(action)
    if action.due is None:
        return "No due date", None
    near = 0 <= (action.due - outlook.today).days <= 1
    return f"{due_in_words(action.due, outlook.today)}," if near else "Due", action.due


def _check_late(action: Action, today: date) -> str:
    check = action.verification
    awaited = check.due if check and awaits_check(action) else None
    due = min((day for day in (awaited, next_repeat(action, today)) if day), default=today)
    return f"Check late by {days((today - due).days)}" if due < today else ""


def _cancelled(outlook: Outlook, action: Action) -> Cancelled:
    reason = f"{action.reason[:1].upper()}{action.reason[1:]}." if action.reason else "No reason is given."
    latest = action.body.latest
    day = action.completed or (latest.date if latest else None)
    return Cancelled(action.ref, action_link(action), reason, owner_link(outlook.site, action.owner), day)


def _troubles(outlook: Outlook, plan: Plan) -> tuple[Trouble, ...]:
    found = []
    for unread in outlook.site.unread:
        if plan.slug == (unread.plan or (unread.slug if unread.kind == "plan" else "")):
            first = next((fault(outlook, finding) for finding in unread.findings), None)
            message = f"{first.message}. {first.remedy}" if first else ""
            found.append(Trouble(Link(title_of(unread.slug), unread_page(unread)), unread.path, message))
    return tuple(found)
