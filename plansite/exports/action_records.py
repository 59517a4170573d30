"""One record for every action file, including unreadable ones."""

from __future__ import annotations

from datetime import date
from pathlib import PurePosixPath

from plansite.deferred_dataclass import dataclass
from plansite.model.assessment import Course, SiteOnDate
from plansite.model.documents.action import Action
from plansite.model.documents.action_order import natural_sort_key
from plansite.model.documents.records.requirements import RequirementLevel, ResponseDecision
from plansite.model.frameworks.citations import list_standard_names
from plansite.model.interim_checks import find_next_check, find_open_control
from plansite.model.page_addresses import action_address, unreadable_file_address
from plansite.model.site import UnreadableFile
from plansite.model.slugs import title_from_slug
from plansite.model.status import Status


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionRecord:
    """An action file in lists and exports. The fields and their order are those of the JSON and CSV output.

    `status` is None if the file or its status word cannot be read, `course` is None if the file cannot. The status of
    an action that a failed check reopened is in progress, and that of one that was not accepted is cancelled, while
    `status_word` is the word in its file. `interim_check` is the day of the next check of the interim control of an
    open action. `page` is the path of its page, relative to the top of the site. `standards` are the identifiers of
    those that it names, with that of their framework, or the name as written where it is not clear which is meant.
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
    standards: tuple[str, ...] = ()
    created: date | None = None
    due: date | None = None
    completed: date | None = None
    overdue: bool = False
    course: Course | None = None
    days_late: int = 0
    steps_done: int = 0
    steps: int = 0
    needs_attention: bool = False
    requirement: RequirementLevel | None = None
    response: ResponseDecision | None = None
    interim_check: date | None = None
    page: str

    @property
    def is_readable(self) -> bool:
        """Whether the file could be read."""
        return self.course is not None

    @property
    def is_open(self) -> bool:
        """Whether it is still to be done. An unreadable status counts as open, so that the action is not missed."""
        return self.status is None or self.status.is_open


def build_action_records(
    dated_site: SiteOnDate, attention_paths: frozenset[str] = frozenset()
) -> tuple[ActionRecord, ...]:
    """The records of a site on a day, by plan in natural order and then by `Action.sort_key`.

    `attention_paths` are files that need attention.
    """
    unreadable = (file for file in dated_site.site.unreadable if file.kind == "action")
    files: list[Action | UnreadableFile] = [*dated_site.site.actions, *unreadable]
    return tuple(
        build_action_record(file, dated_site, file.path in attention_paths)
        for file in sorted(files, key=lambda file: (natural_sort_key(file.plan), file.sort_key))
    )


def build_action_record(action: Action | UnreadableFile, dated_site: SiteOnDate, needs_attention: bool) -> ActionRecord:
    """The record of an action on a day, or of a file of one that could not be read."""
    if isinstance(action, UnreadableFile):
        return _build_unreadable_record(action)
    assessment, control = dated_site.assess_action(action), find_open_control(action)
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
        standards=list_standard_names(action, dated_site.site.standards),
        created=action.created,
        due=action.due,
        completed=action.completed,
        overdue=action.is_overdue(dated_site.today),
        course=assessment.course,
        days_late=assessment.days_late,
        steps_done=action.body.steps_done,
        steps=len(action.body.steps),
        needs_attention=needs_attention,
        requirement=action.requirement.level if action.requirement else None,
        response=action.response.decision if action.response else None,
        interim_check=find_next_check(control) if control else None,
        page=action_address(action),
    )


def _build_unreadable_record(file: UnreadableFile) -> ActionRecord:
    """The record of an unreadable file, with a title made from its file name."""
    title = " ".join(title_from_slug(PurePosixPath(file.path).stem).split())
    return ActionRecord(
        plan=file.plan, path=file.path, title=title, needs_attention=True, page=unreadable_file_address(file)
    )
