"""What an owner's or agency's page lists: late, next, waiting, checks to make, supporting, finished."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from plansite.model.action import Action
from plansite.model.course import Outlook, finished_on
from plansite.model.people import Agency, Party
from plansite.model.status import Status
from plansite.model.words import count, due_in_words
from plansite.site.addresses import action_link, owner_link, party_page
from plansite.site.bands import Band, Changing, Group, filled, plain_group
from plansite.site.due_rows import check_row
from plansite.site.lists import months
from plansite.site.load import Load
from plansite.site.page import Link, Page
from plansite.site.paging import MOST, ListView, Nothing, paged
from plansite.site.parts import Done, done, rows

#: So many finished actions stand on the page itself; a list of its own holds them all.
MOST_FINISHED = 20
_LATE = Band("late", "Late", 1, None)
_NEXT = Band("next", "Next", None, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """Something that an open action waits for: another's action, or what its last news says."""

    lead: str
    day: date | None
    is_late: bool
    title: Link
    said: str
    owner: Link
    holds_up: Link


@dataclass(frozen=True, slots=True, kw_only=True)
class Helped:
    """An action that somebody else leads; `day` stands behind the words."""

    title: Link
    owner: Link
    words: str
    day: date | None


@dataclass(frozen=True, slots=True)
class Dropped:
    """A cancelled action, and why."""

    title: Link
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkView:
    """The lists of one party. Links called `all_…` lead to a list of its own where not all fit here."""

    nothing: Nothing | None
    groups: tuple[Group, ...]
    all_open: Link
    waiting: tuple[Waiting, ...]
    waiting_note: str
    checks: Group | None
    helps: tuple[Helped, ...]
    all_helps: Link
    helped: tuple[Helped, ...]
    finished: tuple[Done, ...]
    finished_note: str
    all_finished: Link
    cancelled: tuple[Dropped, ...]


def work_of(outlook: Outlook, party: Party, load: Load) -> WorkView:
    """What one party has to do, helps with and has finished."""
    more = _folder(party)
    waiting = tuple(_waiting(outlook, party, load))
    return WorkView(
        nothing=_nothing(party, load),
        groups=_open_groups(outlook, load.still[:MOST]),
        all_open=_all(load.still, MOST, "open action", f"{more}/open.html"),
        waiting=waiting,
        waiting_note=count(len(waiting), "thing"),
        checks=plain_group("checks", Link("Checks to make"), [check_row(outlook, a) for a in load.checks], "check")
        if load.checks
        else None,
        helps=tuple(_helped(outlook, action) for action in load.helps[:MOST]),
        all_helps=_all(load.helps, MOST, "action", f"{more}/supporting.html"),
        helped=tuple(_helped(outlook, action) for action in load.helped[:MOST]),
        finished=tuple(done(outlook, action) for action in load.finished[:MOST_FINISHED]),
        finished_note=f"{count(len(load.finished), 'action')}. Thank you.",
        all_finished=_all(load.finished, MOST_FINISHED, "finished action", f"{more}/finished.html"),
        cancelled=tuple(_dropped(action) for action in load.cancelled),
    )


def further_pages(outlook: Outlook, party: Party, load: Load) -> Iterator[Page]:
    """The lists that do not fit on the party's own page, each with all of its actions."""
    if len(load.still) > MOST:
        yield from _list(party, "open", "Open actions", len(load.still), _open_groups(outlook, load.still))
    if len(load.helps) > MOST:
        groups = (plain_group("supporting", Link("Supporting"), rows(outlook, load.helps)),)
        yield from _list(party, "supporting", "Supporting", len(load.helps), groups)
    if len(load.finished) > MOST_FINISHED:
        yield from _list(party, "finished", "Finished", len(load.finished), months(outlook, load.finished))


def _list(party: Party, name: str, title: str, number: int, groups: tuple[Group, ...]) -> Iterator[Page]:
    home = party_page(party)
    kind = home.partition("/")[0]
    page = Page(
        path=f"{_folder(party)}/{name}.html",
        template="finished.html" if name == "finished" else "list.html",
        title=f"{title}: {party.title}",
        view=None,
        section=f"{kind}/index.html",
        trail=(
            Link("Plans", "index.html"),
            Link(kind.capitalize(), f"{kind}/index.html"),
            Link(party.title, home),
            Link(title),
        ),
    )
    lede = Changing(f"{count(number, 'action')}.")
    view = ListView(title=title, lede=lede, eyebrow=Link(party.title, home), groups=groups)
    return paged(page, view)


def _nothing(party: Party, load: Load) -> Nothing | None:
    """What is said where no action names this owner; an agency has its owners to show."""
    if isinstance(party, Agency) or any(
        (load.still, load.finished, load.cancelled, load.helps, load.helped, load.checks)
    ):
        return None
    note = "That can be right: some lead a plan, pay for it, or give advice."
    return Nothing(words=f"No action names {party.title}.", note=note)


def _folder(party: Party) -> str:
    return party_page(party).removesuffix(".html")


def _all(actions: tuple[Action, ...], most: int, noun: str, href: str) -> Link:
    """The way to all of them where they are more than fit; else words for nothing."""
    return Link(f"All {count(len(actions), noun)}", href) if len(actions) > most else Link("")


def _open_groups(outlook: Outlook, still: tuple[Action, ...]) -> tuple[Group, ...]:
    """Late, next, and without a date; rows that will be late are in both of the first."""
    dated = rows(outlook, (action for action in still if action.due))
    undated = rows(outlook, (action for action in still if not action.due))
    groups = [group for band in (_LATE, _NEXT) if (group := filled(band, dated, outlook.today))]
    if undated:
        groups.append(plain_group("undated", Link("No date yet"), undated))
    return tuple(groups)


def _waiting(outlook: Outlook, party: Party, load: Load) -> Iterator[Waiting]:
    """Open actions of others that this party's depend on; a blocked one that names none waits for its last news."""
    for action in load.still:
        named = (outlook.site.action(name, action.plan) for name in action.depends_on)
        others = [other for other in named if other and other.is_open]
        for other in others:
            if not other.owner.strip() or outlook.site.party(other.owner) is not party:
                yield _wait(outlook, action, other)
        if action.status is Status.BLOCKED and not others:
            latest = action.body.latest
            yield Waiting(
                lead="Blocked",
                day=latest.date if latest else None,
                is_late=False,
                title=action_link(action),
                said=latest.text if latest else "Nobody has written yet what it waits for.",
                owner=Link(""),
                holds_up=Link(""),
            )


def _wait(outlook: Outlook, action: Action, other: Action) -> Waiting:
    name = f"action {action.ref}" if action.ref else action.title
    return Waiting(
        lead=due_in_words(other.due, outlook.today) if other.due else "No date",
        day=other.due,
        is_late=other.due is not None and other.due < outlook.today,
        title=action_link(other),
        said="",
        owner=owner_link(outlook.site, other.owner),
        holds_up=Link(name, action_link(action).href),
    )


def _helped(outlook: Outlook, action: Action) -> Helped:
    words, day = "No date yet", action.due
    if not action.is_open:
        words, day = action.status.words if action.status else "", finished_on(action)
    elif day:
        words = "Was due" if day < outlook.today else "Due"
    if action.status is Status.BLOCKED:
        words = f"Blocked. {words}"
    return Helped(title=action_link(action), owner=owner_link(outlook.site, action.owner), words=words, day=day)


def _dropped(action: Action) -> Dropped:
    reason = f"{action.reason[:1].upper()}{action.reason[1:]}." if action.reason else "No reason is given."
    return Dropped(action_link(action), reason)
