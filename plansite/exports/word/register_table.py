"""The table of actions in a Word document: eight columns, as in the registers that people bring to meetings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from plansite.deferred_dataclass import dataclass
from plansite.exports.word import style_names as names
from plansite.exports.word.blocks import Paragraph, Run, WordColumn, WordRow, WordTable, build_paragraph
from plansite.exports.word.prose import convert_to_cell
from plansite.model.assessment import Course, SiteOnDate
from plansite.model.body import ProgressNote
from plansite.model.documents.action import Action
from plansite.model.evidence.matching import describe_received
from plansite.model.formatting import format_count, format_long_date
from plansite.model.interim_checks import find_open_control

#: So many of the newest notes are in a row.
MAX_NOTES = 3
#: The marks of steps that are done, and of those that are not.
DONE, TO_DO = "☑", "☐"
#: The columns with their widths, which fill the page. Two of them are narrow where there is nothing in them.
_ACTION, _OWNER, _STEPS, _PROGRESS = "Action", "Owner", "Steps and resources", "Progress"
_WIDTHS = {
    "No.": 600, _ACTION: 2900, _OWNER: 1500, _STEPS: 3000, "Created": 1300, "Due": 1300, _PROGRESS: 3160, "Status": 1378
}  # fmt: skip
_NARROW = 1100
COLUMN_TITLES = tuple(_WIDTHS)
#: The colour of a reason that wants attention.
_COURSE_STYLES = {Course.OVERDUE: names.LATE, Course.AT_RISK: names.AT_RISK}
#: What the status alone says.
_DONE_REASON = "The owner says this is done."
_Cell = tuple[Paragraph, ...]


def choose_columns(actions: Sequence[Action]) -> tuple[WordColumn, ...]:
    """The columns of all tables of a document about these actions.

    Where no action has steps and resources, or progress notes, what is to be done and by whom get their room.
    """
    widths = dict(_WIDTHS)
    if not any(action.body.steps or action.resources for action in actions):
        widths[_STEPS] = _NARROW
    if not any(action.body.progress for action in actions):
        widths[_PROGRESS] = _NARROW
    room = sum(_WIDTHS.values()) - sum(widths.values())
    widths[_OWNER] += room // 3
    widths[_ACTION] += room - room // 3
    return tuple(WordColumn(title, width) for title, width in widths.items())


def build_register_table(
    dated_site: SiteOnDate, actions: Sequence[Action], title: str, columns: tuple[WordColumn, ...]
) -> WordTable:
    """A table with a row for each action. Closed actions are shaded."""
    rows = (_ActionRow(dated_site, action) for action in actions)
    return WordTable(
        title=title,
        description="One row for each action: who does what by when, and how it is going.",
        columns=columns,
        rows=tuple(WordRow(tuple(row.list_cells()), is_shaded=not row.action.is_open) for row in rows),
    )


def build_note(text: str, run_style: str = "") -> Paragraph:
    """A text in a cell that plansite works out, which an import does not take for something that people wrote."""
    return build_paragraph(text, names.REGISTER_NOTE, run_style=run_style)


def _build_text(text: str) -> Paragraph:
    return build_paragraph(text, names.TABLE_TEXT)


@dataclass(frozen=True, slots=True)
class _ActionRow:
    """An action of a site on a day, and its cells."""

    dated_site: SiteOnDate
    action: Action

    def list_cells(self) -> Iterator[_Cell]:
        """The cells, one for each column."""
        yield (_build_text(self.action.ref),)
        yield self._build_title()
        yield self._build_people()
        yield self._build_steps()
        yield (_build_text(format_long_date(self.action.created)) if self.action.created else build_note("Not given"),)
        yield self._build_due()
        yield self._build_progress()
        yield self._build_status()

    def _build_title(self) -> _Cell:
        title, control = build_paragraph(self.action.title, names.ACTION_TITLE), find_open_control(self.action)
        meanwhile = [build_note(f"Meanwhile: {control.control}")] if control and control.control else []
        return (title, *convert_to_cell(self.action.body.intro), *meanwhile)

    def _build_people(self) -> _Cell:
        owner = self._name_person(self.action.owner)
        others = "; ".join(map(self._name_person, self.action.supporters))
        first = _build_text(owner) if owner else build_note("Nobody yet")
        return (first, _build_text(f"Helped by: {others}")) if others else (first,)

    def _name_person(self, name: str) -> str:
        person = self.dated_site.site.find_owner_or_agency(name)
        return person.title if person else name

    def _build_steps(self) -> _Cell:
        steps = [
            build_paragraph(f"{DONE if step.done else TO_DO}\t{step.whole_text}", names.STEP)
            for step in self.action.body.steps
        ]
        resources = [_build_text(f"Resources: {self.action.resources}")] if self.action.resources else []
        return (*steps, *resources) or (build_note("Not given"),)

    def _build_due(self) -> _Cell:
        action, first = self.action, self.action.original_due
        if not action.due:
            return (build_note("No date"),)
        due = _build_text(format_long_date(action.due))
        return (due, build_note(f"First due {format_long_date(first)}")) if first and first != action.due else (due,)

    def _build_progress(self) -> _Cell:
        """The newest notes, the latest first; without dated ones, the last in the file."""
        notes = self.action.body.progress
        dated = sorted((note for note in notes if note.date), key=lambda note: (note.date, note.line), reverse=True)
        shown = (dated or list(reversed(notes)))[:MAX_NOTES]
        more = len(notes) - len(shown)
        further = [build_note(f"{format_count(more, 'more note')} on the site")] if more else []
        return (*map(_build_progress_note, shown), *further) or (build_note("No news yet"),)

    def _build_status(self) -> _Cell:
        action, assessment = self.action, self.dated_site.assess_action(self.action)
        status = action.effective_status
        words = status.label if status else action.status_word or "Unknown"
        day = action.completed if action.is_finished else None
        reason = "" if assessment.reason == _DONE_REASON else assessment.reason.removeprefix(words).lstrip(":. ")
        evidence = describe_received(action, is_partial=not self.dated_site.site.is_unfiltered)
        return (
            build_paragraph(words, names.TABLE_TEXT, run_style=names.STRONG),
            *([_build_text(format_long_date(day))] if day else ()),
            *(
                [build_note(f"{reason[0].upper()}{reason[1:]}", _COURSE_STYLES.get(assessment.course, ""))]
                if reason
                else ()
            ),
            *([build_note(evidence)] if evidence else ()),
        )


def _build_progress_note(note: ProgressNote) -> Paragraph:
    """A note as importing reads it: the date, who wrote it in brackets, and the text."""
    day = format_long_date(note.date) if note.date else ""
    by = f" ({note.by}): " if note.by and day else f"{note.by}: " if note.by else ": " if day else ""
    return Paragraph(runs=(Run(day, names.STRONG), Run(f"{by}{note.text}")), style=names.TABLE_TEXT)
