"""One row for every action file, those that cannot be read included."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath

from plansite.model.action import Action
from plansite.model.assessment import Course, SiteOnDate
from plansite.model.page_addresses import action_address, unreadable_file_address
from plansite.model.site import UnreadableFile
from plansite.model.slugs import title_from_slug
from plansite.model.status import Status


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionRecord:
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
    def is_readable(self) -> bool:
        """Whether the file could be read."""
        return self.course is not None

    @property
    def is_open(self) -> bool:
        """Still to be done; what cannot be read counts as open, so that nothing drops out of sight."""
        return self.status is None or self.status.is_open


def build_action_records(
    dated_site: SiteOnDate, attention_paths: frozenset[str] = frozenset()
) -> tuple[ActionRecord, ...]:
    """Every action file of a site on a day, by plan and then by path. `troubled` are the paths that need attention."""
    return tuple(sorted(_build_records(dated_site, attention_paths), key=lambda entry: (entry.plan, entry.path)))


def _build_records(dated_site: SiteOnDate, attention_paths: frozenset[str]) -> Iterator[ActionRecord]:
    for action in dated_site.site.actions:
        yield _build_record(action, dated_site, action.path in attention_paths)
    for unread in dated_site.site.unreadable:
        if unread.kind == "action":
            yield _build_unreadable_record(unread)


def _build_record(action: Action, dated_site: SiteOnDate, needs_attention: bool) -> ActionRecord:
    standing = dated_site.assess_action(action)
    return ActionRecord(
        plan=action.plan,
        path=action.path,
        ref=action.ref,
        title=action.title,
        status=action.effective_status,
        status_word=action.status_word,
        owner=action.owner,
        supporters=action.supporters,
        goal=action.goal,
        created=action.created,
        due=action.due,
        completed=action.completed,
        overdue=action.is_overdue(dated_site.today),
        course=standing.course,
        days_late=standing.days_late,
        steps_done=action.body.steps_done,
        steps=len(action.body.steps),
        needs_attention=needs_attention,
        page=action_address(action),
    )


def _build_unreadable_record(file: UnreadableFile) -> ActionRecord:
    """An unreadable file goes by its name."""
    name = " ".join(title_from_slug(PurePosixPath(file.path).stem).split())
    return ActionRecord(
        plan=file.plan, path=file.path, title=name, needs_attention=True, page=unreadable_file_address(file)
    )
