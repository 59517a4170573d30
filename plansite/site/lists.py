"""Lists across plans: open, overdue, due soon, without owner or date, awaiting verification, verified, finished."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from calendar import month_name
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import groupby

from plansite.model.action import Action
from plansite.model.course import Outlook, finished_on
from plansite.model.status import Status
from plansite.model.words import count
from plansite.site.addresses import plan_link
from plansite.site.bands import (
    AHEAD,
    Band,
    Changing,
    Group,
    changing,
    filled,
    plain_group,
    shifted,
    shown_while,
)
from plansite.site.check_groups import checks_soon, late_checks
from plansite.site.due_rows import awaiting, check_row, outstanding
from plansite.site.empty_lists import (
    NOTHING_FINISHED,
    no_check,
    nobody_missing,
    nothing_open,
    nothing_overdue,
    nothing_soon,
)
from plansite.site.page import Link, Page
from plansite.site.paging import ListView, Nothing, paged
from plansite.site.parts import done, rows
from plansite.site.plan_order import worst_first

OPEN = Link("Open", "open.html")
OVERDUE = Link("Overdue", "overdue.html")
DUE_SOON = Link("Due soon", "due-soon.html")
UNASSIGNED = Link("No owner or no date", "unassigned.html")
AWAITING = Link("Awaiting verification", "awaiting.html")
VERIFIED = Link("Verified", "verified.html")
FINISHED = Link("Finished", "finished.html")
LISTS = (OPEN, OVERDUE, DUE_SOON, UNASSIGNED, AWAITING, VERIFIED, FINISHED)

_LATE = (
    Band("weeks", "More than two weeks", 15, None),
    Band("fortnight", "One to two weeks", 8, 14),
    Band("week", "A week or less", 1, 7),
)
_TEMPLATES = {FINISHED: "finished.html", VERIFIED: "verified.html"}
_NOTHING_VERIFIED = Nothing(
    words="Nothing has been verified yet.",
    sentence="An action is embedded when somebody other than its owner has checked it, and something shows it.",
)
_CHECKS = (Band("late", "Late", 1, None), Band("in-time", "Still in time", None, 0))


def open_page(outlook: Outlook) -> Iterator[Page]:
    """All open actions, plan by plan; the plan that needs most comes first."""
    still: dict[str, list[Action]] = defaultdict(list)
    for action in outlook.open_actions:
        still[action.plan].append(action)
    groups = tuple(
        plain_group(f"plan-{number}", plan_link(plan), rows(outlook, still[plan.slug]))
        for number, plan in enumerate((plan for plan in worst_first(outlook) if plan.slug in still), 1)
    )
    lede = f"{count(len(outlook.open_actions), 'open action')} in {count(len(still), 'plan')}." if still else ""
    return _list(
        OPEN,
        "Open actions",
        Changing(lede),
        groups,
        None if still else nothing_open(outlook),
        "The earliest due comes first.",
    )


def overdue_page(outlook: Outlook) -> Iterator[Page]:
    """What is late, the latest first; then the checks and reviews that are late."""
    today, dues = outlook.today, _dues(outlook)
    near = rows(outlook, (a for a in outlook.open_actions if a.due and a.due < shifted(today, AHEAD)))
    groups = [group for band in _LATE if (group := filled(band, near, today))]
    calm = shown_while(lambda day: not bisect_left(dues, day), today)
    return _list(
        OVERDUE,
        "Overdue",
        _late_words(outlook),
        (*groups, late_checks(outlook)),
        replace(nothing_overdue(outlook), shown=calm) if calm else None,
        "An action that is due today is not late." if outlook.open_actions else "",
    )


def due_soon_page(outlook: Outlook) -> Iterator[Page]:
    """What is due from today up to as many days ahead as the site says, the earliest first."""
    today, dues, ahead = outlook.today, _dues(outlook), outlook.site.settings.due_soon
    within = f"the next {count(ahead, 'day')}"
    near = rows(outlook, (a for a in outlook.due_within(ahead + AHEAD)))
    first = Band("week", "Within a week" if ahead > 7 else f"Within {count(ahead, 'day')}", -min(ahead, 7), 0)
    then = (Band("later", f"In 8 to {ahead} days" if ahead > 8 else "In 8 days", -ahead, -8),) if ahead > 7 else ()

    def number(day: date) -> int:
        return bisect_right(dues, shifted(day, ahead)) - bisect_left(dues, day)

    group, checks = checks_soon(outlook)

    def words(day: date) -> str:
        due, total, looks = number(day), len(outlook.open_actions), checks(day)
        said = f"{due:,} of {count(total, 'open action')} {_be(due)} due in {within}." if due else ""
        also = f"{count(looks, 'check')} {_be(looks)} due{'' if said else f' in {within}'}{' too' if said else ''}."
        return f"{said} {also}".lstrip() if looks else said

    calm = shown_while(lambda day: not number(day) and not checks(day), today)
    return _list(
        DUE_SOON,
        "Due soon",
        changing(words, today),
        [each for each in (*(filled(band, near, today) for band in (first, *then)), group) if each],
        replace(nothing_soon(outlook, within), shown=calm) if calm else None,
        "What is due today counts. What is late already is on the overdue list.",
    )


def unassigned_page(outlook: Outlook) -> Iterator[Page]:
    """Open actions that name nobody, or no day, or neither."""
    lacking = unassigned(outlook)
    kinds = (
        ("neither", "No owner and no date", [a for a in lacking if _is_nobodys(outlook, a) and not a.due]),
        ("no-owner", "No owner", [a for a in lacking if _is_nobodys(outlook, a) and a.due]),
        ("no-date", "No date", [a for a in lacking if not _is_nobodys(outlook, a) and not a.due]),
    )
    total = len(outlook.open_actions)
    verb = "has" if len(lacking) == 1 else "have"
    lede = f"{len(lacking):,} of {count(total, 'open action')} {verb} {lacked(outlook)}." if lacking else ""
    return _list(
        UNASSIGNED,
        "No owner or no date",
        Changing(lede),
        [plain_group(key, Link(title), rows(outlook, actions)) for key, title, actions in kinds if actions],
        None if lacking else nobody_missing(outlook),
        "What nobody owns does not get done. Open one to name an owner and a day.",
    )


def awaiting_page(outlook: Outlook) -> Iterator[Page]:
    """Finished actions that somebody has yet to check, late checks first."""
    today, actions = outlook.today, awaiting(outlook)
    checks = [check_row(outlook, check) for check in outstanding(outlook) if not check.goes_on]
    groups = [group for band in _CHECKS if (group := filled(band, checks, today, "check"))]
    undated = [check for check in checks if check.due is None]
    if undated:
        groups.append(plain_group("undated", Link("No day is set"), undated, "check"))
    verb = "is" if len(actions) == 1 else "are"
    lede = f"{count(len(actions), 'finished action')} {verb} waiting for somebody else to look." if actions else ""
    manner = "A check shows whether the change has lasted. The name is of whoever checks."
    return _list(
        AWAITING, "Awaiting verification", Changing(lede), groups, None if actions else no_check(outlook), manner
    )


def finished_page(outlook: Outlook) -> Iterator[Page]:
    """What was finished, the newest first, month by month, with thanks."""
    actions = outlook.finished
    owners = {action.owner.strip() for action in actions} - {""}
    by = f", by {count(len(owners), 'owner')}" if owners else ""
    verb = "is" if len(actions) == 1 else "are"
    lede = f"{count(len(actions), 'action')} {verb} finished{by}. Thank you to everyone who did them."
    words = Changing(lede if actions else "")
    return _list(FINISHED, "Finished", words, months(outlook, actions), None if actions else NOTHING_FINISHED)


def verified_page(outlook: Outlook) -> Iterator[Page]:
    """What somebody other than the owner has checked, the newest check first: who looked, when, and what they found."""
    embedded = (action for action in outlook.finished if action.status is Status.EMBEDDED)
    actions = sorted(embedded, key=lambda action: checked_on(action) or date.min, reverse=True)
    verb = "is" if len(actions) == 1 else "are"
    lede = (
        f"{count(len(actions), 'action')} {verb} embedded: somebody other than the owner has looked." if actions else ""
    )
    groups = months(outlook, actions, checked_on)
    return _list(VERIFIED, "Verified", Changing(lede), groups, None if actions else _NOTHING_VERIFIED)


def checked_on(action: Action) -> date | None:
    """The day of the check by somebody else."""
    return action.verification.date if action.verification else None


def months(
    outlook: Outlook, actions: Sequence[Action], on: Callable[[Action], date | None] = finished_on
) -> tuple[Group, ...]:
    """Finished actions, the newest first, under the month in which they were finished, or had another such day."""

    def month(action: Action) -> tuple[str, str]:
        day = on(action)
        return (f"m-{day.isoformat()[:7]}", f"{month_name[day.month]} {day.year}") if day else ("undated", "No date")

    return tuple(
        plain_group(key, Link(title), [done(outlook, action) for action in group])
        for (key, title), group in groupby(actions, key=month)
    )


def unassigned(outlook: Outlook) -> tuple[Action, ...]:
    """Open actions without an owner or without a date, in the order of their dates."""
    return tuple(action for action in outlook.open_actions if _is_nobodys(outlook, action) or action.due is None)


def lacked(outlook: Outlook) -> str:
    """What these lack, in words."""
    return "no owner or no date" if outlook.site.is_whole else "no date"


def _is_nobodys(outlook: Outlook, action: Action) -> bool:
    """Whether it names no owner; where names are left out, nobody can tell."""
    return outlook.site.is_whole and not action.owner.strip()


def _dues(outlook: Outlook) -> list[date]:
    return [action.due for action in outlook.open_actions if action.due]


def _be(number: int) -> str:
    return "is" if number == 1 else "are"


def _late_words(outlook: Outlook) -> Changing:
    """How many are late in how many plans, today and later."""
    dues, first = _dues(outlook), dict[str, date]()
    for action in outlook.open_actions:
        if action.due:
            first.setdefault(action.plan, action.due)
    begins, total = list(first.values()), count(len(outlook.open_actions), "open action")
    of_plans = count(len(outlook.site.plans), "plan")

    def words(day: date) -> str:
        late = bisect_left(dues, day)
        if not late:
            return ""
        of = f"{late:,} of {total} {_be(late)} late, in {bisect_left(begins, day):,} of {of_plans}."
        return f"{of} {'It' if late == 1 else 'Each'} shows its last news."

    return changing(words, outlook.today)


def _list(
    link: Link, title: str, lede: Changing, groups: Sequence[Group], nothing: Nothing | None, manner: str = ""
) -> Iterator[Page]:
    """A list's pages; where nothing may ever be said of its emptiness, `nothing` is None."""
    page = Page(
        path=link.href,
        template=_TEMPLATES.get(link, "list.html"),
        title=title,
        view=None,
        section=link.href if link in (OVERDUE, DUE_SOON) else "index.html",
        trail=(Link("Plans", "index.html"), Link(title)),
    )
    view = ListView(
        title=title,
        lede=lede,
        manner=manner if groups else "",
        tabs=LISTS,
        current=link.href,
        shows_plan=link is not OPEN,
        groups=tuple(groups),
        nothing=nothing,
    )
    return paged(page, view)
