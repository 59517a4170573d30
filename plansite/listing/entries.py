"""One row for every action file, those that cannot be read included."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath

from plansite.model.action import Action
from plansite.model.course import Course, Outlook, is_overdue
from plansite.model.names import title_of
from plansite.model.site import Unread
from plansite.model.status import Status


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What lists and exports say of one action file; the names and their order are those of the JSON output.

    `status` is None where the file or its status word cannot be read, `course` where the file cannot. What a failed
    check opened again is in progress; `status_word` is what its file says.
    `page` is the address of its page, counted from the top of the site.
    """

    plan: str
    path: str
    ref: str = ""
    title: str
    status: Status | None = None
    status_word: str = ""
    owner: str = ""
    supporters: tuple[str, ...] = ()
    goal: str = ""
    created: date | None = None
    due: date | None = None
    completed: date | None = None
    overdue: bool = False
    course: Course | None = None
    days_late: int = 0
    steps_done: int = 0
    steps: int = 0
    needs_attention: bool = False
    page: str

    @property
    def is_read(self) -> bool:
        """Whether the file could be read."""
        return self.course is not None

    @property
    def is_open(self) -> bool:
        """Still to be done; what cannot be read counts as open, so that nothing drops out of sight."""
        return self.status is None or self.status.is_open


def entries(outlook: Outlook, troubled: frozenset[str] = frozenset()) -> tuple[Entry, ...]:
    """Every action file of a site on a day, by plan and then by path. `troubled` are the paths that need attention."""
    return tuple(sorted(_entries(outlook, troubled), key=lambda entry: (entry.plan, entry.path)))


def _entries(outlook: Outlook, troubled: frozenset[str]) -> Iterator[Entry]:
    for action in outlook.site.actions:
        yield _of_action(action, outlook, action.path in troubled)
    for unread in outlook.site.unread:
        if unread.kind == "action":
            yield _of_unread(unread)


def _of_action(action: Action, outlook: Outlook, troubled: bool) -> Entry:
    standing = outlook.standing(action)
    return Entry(
        plan=action.plan,
        path=action.path,
        ref=action.ref,
        title=action.title,
        status=action.counts_as,
        status_word=action.status_word,
        owner=action.owner,
        supporters=action.supporters,
        goal=action.goal,
        created=action.created,
        due=action.due,
        completed=action.completed,
        overdue=is_overdue(action, outlook.today),
        course=standing.course,
        days_late=standing.days_late,
        steps_done=action.body.steps_done,
        steps=len(action.body.steps),
        needs_attention=troubled,
        page=_page(action.plan, action.slug),
    )


def _of_unread(unread: Unread) -> Entry:
    """An unreadable file goes by its name."""
    name = " ".join(title_of(PurePosixPath(unread.path).stem).split())
    page = _page(unread.plan, unread.slug)
    return Entry(plan=unread.plan, path=unread.path, title=name, needs_attention=True, page=page)


def _page(plan: str, slug: str) -> str:
    """As `plansite.site.addresses` has it, which stands above this package; a test holds the two together."""
    return f"plans/{plan}/actions/{slug}.html"
