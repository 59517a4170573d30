"""The front page: how many are late, which plans there are, what is new and what was finished."""

from __future__ import annotations

import heapq
from bisect import bisect_left, bisect_right
from calendar import month_name
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from itertools import islice

from plansite.markdown.html import resolve
from plansite.model.action import Action
from plansite.model.course import Outlook, finished_on, next_review
from plansite.model.plan import Plan
from plansite.model.words import count, short_date
from plansite.site.actions import SectionView
from plansite.site.addresses import action_link, party_link, plan_link
from plansite.site.bands import Changing, changing, shifted
from plansite.site.due_rows import awaiting, check_due
from plansite.site.links import Addresses
from plansite.site.lists import AWAITING, DUE_SOON, FINISHED, OPEN, OVERDUE, UNASSIGNED, lacked, unassigned
from plansite.site.page import Link, Page
from plansite.site.parts import Bar, Done, Tag, bar, done, plan_tag
from plansite.site.plan_order import worst_first

#: From this many plans on, each takes two lines.
MANY = 13
_DEFAULT_LEDE = (
    "What we have agreed to do, who is doing it, and whether it worked. "
    "Anyone here may read it. The people who own the actions keep it true."
)


@dataclass(frozen=True, slots=True)
class Figure:
    """A number at a glance with the list behind it."""

    number: Changing
    words: str
    href: str
    note: str
    is_late: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanRow:
    """A plan in the list of plans."""

    title: Link
    kind: str
    objective: str
    tag: Tag
    sentence: str
    bar: Bar | None
    next_review: date | None
    review_is_late: bool
    owner: Link


@dataclass(frozen=True, slots=True)
class News:
    """A progress note, as the front page tells it; `on` is its day in words, without the year."""

    title: Link
    text: str
    day: date
    on: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontView:
    """What the front page shows; `notices` are things to put right, each with a link to where.

    `example_due` is the date in the example that a site without plans gives.
    """

    title: str
    lede: str
    lede_html: str
    figures: tuple[Figure, ...]
    notices: tuple[Link, ...]
    plans: tuple[PlanRow, ...]
    compact: bool
    next_review: date | None
    late_reviews: Link | None
    news: tuple[News, ...]
    news_empty: str
    finished: tuple[Done, ...]
    finished_words: str
    finished_link: Link | None
    further: tuple[SectionView, ...]
    example_due: date | None


def front_page(outlook: Outlook, addresses: Addresses) -> Page:
    """The first page of a site."""
    site = outlook.site
    title = site.front.title or site.settings.title
    return Page(
        path="index.html",
        template="index.html",
        title=title,
        view=_view(outlook, addresses, title),
        section="index.html",
    )


def _view(outlook: Outlook, addresses: Addresses, title: str) -> FrontView:
    front, address = outlook.site.front, addresses.of(outlook.site.front)
    plans = worst_first(outlook)
    compact = len(plans) >= MANY
    reviews = sorted(day for plan in plans if (day := next_review(plan)))
    late = bisect_left(reviews, outlook.today)
    return FrontView(
        title=title,
        lede="" if front.body.intro else _DEFAULT_LEDE,
        lede_html=resolve(front.body.intro, address),
        figures=_figures(outlook) if plans else (),
        notices=tuple(_notices(outlook)),
        plans=tuple(_plan_row(outlook, plan, compact=compact) for plan in plans),
        compact=compact,
        next_review=reviews[late] if late < len(reviews) else None,
        late_reviews=Link(f"{count(late, 'review')} {_be(late)} late", f"{OVERDUE.href}#checks") if late else None,
        news=_news(outlook),
        news_empty=_news_empty(outlook),
        finished=tuple(done(outlook, action) for action in islice(filter(finished_on, outlook.finished), 4)),
        finished_words=_finished_words(outlook),
        finished_link=_finished_link(outlook),
        further=tuple(
            SectionView(f"part-{number}", part.title, resolve(part.html, address))
            for number, part in enumerate(front.body.further(), 1)
        ),
        example_due=None if plans else shifted(outlook.today, 14),
    )


def _figures(outlook: Outlook) -> tuple[Figure, ...]:
    today, ahead = outlook.today, outlook.site.settings.due_soon
    dues = [action.due for action in outlook.open_actions if action.due]
    waiting = awaiting(outlook)
    plans = len({action.plan for action in outlook.open_actions})

    def late(day: date) -> int:
        return bisect_left(dues, day)

    def soon(day: date) -> int:
        return bisect_right(dues, shifted(day, ahead)) - late(day)

    return (
        Figure(Changing(f"{len(outlook.open_actions):,}"), "open", OPEN.href, f"in {count(plans, 'plan')}"),
        Figure(_number(late, today), "overdue", OVERDUE.href, _since(outlook, dues), late(today) > 0),
        Figure(_number(soon, today), f"due in the next {count(ahead, 'day')}", DUE_SOON.href, _first(outlook, dues)),
        Figure(Changing(f"{len(waiting):,}"), "awaiting verification", AWAITING.href, _late_checks(waiting, today)),
    )


def _number(of: Callable[[date], int], today: date) -> Changing:
    return changing(lambda day: f"{of(day):,}", today)


def _since(outlook: Outlook, dues: list[date]) -> str:
    if not dues:
        return "no open action has a date" if outlook.open_actions else "nothing is open"
    if dues[0] >= outlook.today:
        return "no date has passed"
    return f"the oldest since {short_date(dues[0], outlook.today)}"


def _first(outlook: Outlook, dues: list[date]) -> str:
    place = bisect_left(dues, outlook.today)
    if place == len(dues):
        return "no date lies ahead"
    near = (dues[place] - outlook.today).days <= outlook.site.settings.due_soon
    return f"{'the first' if near else 'the next'} on {short_date(dues[place], outlook.today)}"


def _late_checks(waiting: list[Action], today: date) -> str:
    late = sum(due < today for action in waiting if (due := check_due(action)))
    return f"{count(late, 'check')} {_be(late)} late" if late else "no check is late"


def _notices(outlook: Outlook) -> list[Link]:
    unread, lacking = len(outlook.site.unread), len(unassigned(outlook))
    notices = []
    if unread:
        notices.append(Link(f"{count(unread, 'file')} could not be read", "attention.html"))
    if lacking:
        verb = "has" if lacking == 1 else "have"
        notices.append(Link(f"{count(lacking, 'open action')} {verb} {lacked(outlook)}", UNASSIGNED.href))
    return notices


def _plan_row(outlook: Outlook, plan: Plan, *, compact: bool) -> PlanRow:
    standing, due = outlook.plan_standing(plan), next_review(plan)
    return PlanRow(
        title=plan_link(plan),
        kind=plan.kind.words,
        objective="" if compact else plan.objective,
        tag=plan_tag(standing),
        sentence=standing.reason,
        bar=None if compact else bar(plan.slug, outlook, plan.actions),
        next_review=due,
        review_is_late=due is not None and due < outlook.today,
        owner=party_link(outlook.site, plan.owner),
    )


def _news(outlook: Outlook) -> tuple[News, ...]:
    """The newest progress notes of the last 7 days, at most five."""
    since = shifted(outlook.today, -7)
    recent = (
        (note.date, -order, note.line, note.text, action)
        for order, action in enumerate(outlook.site.actions)
        for note in action.body.progress
        if note.date and since <= note.date <= outlook.today
    )
    newest = heapq.nlargest(5, recent, key=lambda each: each[:3])
    return tuple(News(action_link(action), text, day, short_date(day, day)) for day, _, _, text, action in newest)


def _news_empty(outlook: Outlook) -> str:
    if not outlook.open_actions:
        return "Nothing is open, so there is no news to tell."
    notes = (note.date for action in outlook.site.actions for note in action.body.progress if note.date)
    last = max((day for day in notes if day <= outlook.today), default=None)
    if last is None:
        return "No progress has been noted yet. A line with a date, a name and what happened is enough."
    return f"No progress was noted in the last 7 days. The last was on {short_date(last, outlook.today)}."


def _finished_words(outlook: Outlook) -> str:
    number = len(outlook.finished)
    if not number:
        return "Nothing is finished yet. The first will be named here, with thanks."
    days = [finished_on(action) for action in outlook.finished]
    first = min((day for day in days if day), default=None)
    since = f" since {month_name[first.month]} {first.year}" if first and all(days) else ""
    return f"{count(number, 'action')} finished{since}. Thank you to everyone who did them."


def _finished_link(outlook: Outlook) -> Link | None:
    number = len(outlook.finished)
    return Link(f"See all {number:,}" if number > 4 else "See them by month", FINISHED.href) if number else None


def _be(number: int) -> str:
    return "is" if number == 1 else "are"
