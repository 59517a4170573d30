"""A register that plansite wrote as a Word document comes back as it was, and with what people have typed into it."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from plansite.exports.selection import select_actions
from plansite.exports.word.plan_document import format_word_register
from plansite.model.assessment import SiteOnDate
from plansite.model.body import ActionStep, Body, ProgressNote
from plansite.model.documents.action import Action
from plansite.model.documents.goal import Goal
from plansite.model.documents.plan import Plan
from plansite.model.settings import Settings
from plansite.model.site import Site
from plansite.model.status import FINISHED_STATUSES, Status
from plansite.trackers.drafts import DraftAction
from plansite.trackers.own_cells import read_own_cell
from plansite.trackers.readers.formats import read_sheets
from plansite.trackers.reading import TrackerReading, read_tables
from plansite.trackers.tables.tables import find_tables

_LETTERS = st.characters(blacklist_categories=("Cs", "Cc", "Zl", "Zp", "Zs", "Cf"), blacklist_characters="\ufffe\uffff")
_LINES = st.text(st.one_of(_LETTERS, st.sampled_from(" ab1.:-☑☐•(;")), max_size=30).map(
    lambda text: " ".join(text.split())
)
_TEXTS = _LINES.filter(bool)
#: Names as people have them: without the signs that are between names.
_NAMES = st.text("abcdé ’-().", max_size=12).map(lambda text: " ".join(text.split())).filter(bool)
_DAYS = st.dates(date(1950, 1, 1), date(2100, 12, 31))
_AUTHORS = st.one_of(st.just(""), st.text("abc é(", min_size=1, max_size=8).map(str.strip).filter(bool))


@st.composite
def _actions(draw: st.DrawFn) -> tuple[Action, ...]:
    count = draw(st.integers(1, 4))
    return tuple(draw(_action(number)) for number in range(1, count + 1))


@st.composite
def _action(draw: st.DrawFn, number: int) -> Action:
    status = draw(st.sampled_from(Status))
    notes = sorted(draw(st.lists(st.tuples(_DAYS, _AUTHORS, _TEXTS), max_size=3)), key=lambda note: note[0])
    return Action(
        plan="p", slug=f"a{number}", path=f"content/plans/p/actions/a{number}.md", title=draw(_TEXTS), status=status,
        ref=draw(st.sampled_from((str(number), f"A{number}"))), owner=draw(st.one_of(st.just(""), _NAMES)),
        supporters=tuple(draw(st.lists(_NAMES, max_size=3, unique=True))),
        goal=draw(st.sampled_from(("", "g", "h"))), created=draw(st.none() | _DAYS), due=draw(st.none() | _DAYS),
        completed=draw(st.none() | _DAYS) if status in FINISHED_STATUSES else None, resources=draw(_LINES),
        body=Body(
            intro=draw(st.sampled_from(((), ("<p>One</p>\n<p>Two &amp; <em>three</em></p>",)))),
            steps=tuple(ActionStep(text=text, html=(), done=done, line=1)
                        for text, done in draw(st.lists(st.tuples(_TEXTS, st.booleans()), max_size=4))),
            progress=tuple(ProgressNote(date=day, by=by, text=text, html=(), line=line)
                           for line, (day, by, text) in enumerate(notes)),
        ),
    )  # fmt: skip


def _export(actions: tuple[Action, ...]) -> bytes:
    goals = (Goal(key="g", title="Everybody is warm"), Goal(key="h", title="FIRE DOORS:"))
    plan = Plan(slug="p", path="", title="Warm rooms", goals=goals, actions=actions)
    site = SiteOnDate(Site(settings=Settings(), plans=(plan,)), date(2025, 1, 20))
    return format_word_register(select_actions(site, plan))


def _read(data: bytes) -> TrackerReading:
    return read_tables(*find_tables(read_sheets(data, "register.docx")))


def _describe(draft: DraftAction) -> dict[str, Any]:
    return {
        "title": draft.title, "ref": draft.ref, "status": draft.status, "owner": draft.owner,
        "supporters": draft.supporters, "goal": draft.goal, "created": draft.created, "due": draft.due,
        "completed": draft.completed, "resources": draft.resources, "text": draft.text,
        "steps": [(step.text, step.is_done) for step in draft.steps],
        "notes": [(note.day, note.by, note.text) for note in draft.notes],
        "others": [*draft.others, *draft.progress], "remarks": draft.remarks,
    }  # fmt: skip


@given(_actions())
def test_every_action_comes_back(actions: tuple[Action, ...]) -> None:
    """With everything that the table holds, and nothing else: whatever the texts look like, they are not interpreted."""
    reading = _read(_export(actions))
    goals = {"": "", "g": "Everybody is warm", "h": "FIRE DOORS:"}
    expected = [
        {
            "title": action.title, "ref": action.ref, "status": action.status, "owner": action.owner,
            "supporters": action.supporters, "goal": goals[action.goal], "created": action.created, "due": action.due,
            "completed": action.completed, "resources": action.resources,
            "text": "One\n\nTwo & three" if action.body.intro else "",
            "steps": [(step.text, step.done) for step in action.body.steps],
            "notes": [(note.date, note.by, note.text) for note in action.body.progress],
            "others": [], "remarks": (),
        }
        for action in actions
    ]  # fmt: skip
    found = {draft.ref: _describe(draft) for draft in reading.drafts}
    assert found == {each["ref"]: each for each in expected}
    assert len(reading.drafts) == reading.row_count == len(actions)


def _edit(column: int, *lines: str, row: int = 1) -> DraftAction:
    """The first action of a register in which somebody has typed other lines into a cell."""
    action = Action(
        plan="p", slug="a", path="content/plans/p/actions/a.md", title="Mend the boiler", ref="1", owner="Cook",
        status=Status.IN_PROGRESS, due=date(2025, 1, 14), goal="g",
        body=Body(progress=(ProgressNote(date=date(2025, 1, 5), by="Cook", text="Rang", html=(), line=1),)),
    )  # fmt: skip
    document = docx.Document(io.BytesIO(_export((action,))))
    cell = document.tables[0].rows[row].cells[column]
    for paragraph, line in zip(cell.paragraphs, lines, strict=False):
        paragraph.text = line
    for line in lines[len(cell.paragraphs) :]:
        cell.add_paragraph(line, style="Table text")
    stream = io.BytesIO()
    document.save(stream)
    (draft,) = _read(stream.getvalue()).drafts
    return draft


def test_what_somebody_typed_is_read_like_any_tracker() -> None:
    """Dates, statuses, names and notes in other forms; nothing that is not understood is lost."""
    assert _edit(5, "31/03/25").due == date(2025, 3, 31)
    assert [each.text for each in _edit(5, "When the part comes").others] == ["When the part comes"]
    assert _edit(7, "Done").status is Status.COMPLETED
    assert (_edit(2, "Cook / Nurse").owner, _edit(2, "Cook / Nurse").supporters) == ("Cook", ("Nurse",))
    assert [note.text for note in _edit(6, "12/01/2025: Came", "5 January 2025 (Cook): Rang").notes] == ["Came", "Rang"]
    assert [step.text for step in _edit(3, "Ring again", "☑ Fit it").steps] == ["Ring again", "Fit it"]
    assert _edit(1, "Mend the old boiler", "It leaks.").text == "It leaks."


def test_a_note_of_plansite_that_somebody_changed_is_read() -> None:
    """It is no longer what plansite works out."""
    draft = _edit(7, "In progress", "Overdue by 6 days. The part is on its way.")
    assert draft.status is Status.IN_PROGRESS
    assert [each.text for each in draft.others] == ["Overdue by 6 days. The part is on its way."]


def test_a_changed_cell_keeps_the_goal_of_its_row() -> None:
    assert _edit(1, "Another boiler").goal == "Everybody is warm"


def test_the_report_says_what_was_left_out() -> None:
    """How many of plansite's own notes there are, with one of them."""
    action = Action(plan="p", slug="a", path="content/plans/p/actions/a.md", title="Mend", ref="1")
    (sheet,) = read_sheets(_export((action,)), "register.docx")
    assert sheet.notes == ("6 notes that plansite wrote, such as “Nobody yet”: not read",)


@pytest.mark.parametrize(
    ("heading", "paragraphs"),
    [
        ("Owner", ("Cook", "Nurse")),
        ("Owner", ("Cook, Nurse",)),
        ("Steps and resources", ("Two days",)),
        ("Steps and resources", ("Resources: two days", "☐ Fit it")),
        ("Due", ("14/01/2025",)),
        ("Due", ("31 February 2025",)),
        ("Progress", ("Rang",)),
        ("Status", ("In hand",)),
        ("No.", ("1", "2")),
        ("Comments", ("Rang",)),
        ("Due", ()),
    ],
)
def test_other_forms_are_left_to_other_readers(heading: str, paragraphs: tuple[str, ...]) -> None:
    assert read_own_cell(heading, paragraphs) is None


@pytest.mark.parametrize("title", ["Total", "Action", "1. x"])
def test_an_action_is_one_whatever_it_is_called(title: str) -> None:
    """Its row would be a total, a heading or a continuation in the tracker of somebody else."""
    action = Action(plan="p", slug="a", path="content/plans/p/actions/a.md", title=title)
    assert [draft.title for draft in _read(_export((action,))).drafts] == [title]
