"""What trackers call their columns, and the field that each of them is."""

from __future__ import annotations

import functools
import re
import unicodedata

from plansite.content.yaml.column_names import list_column_names
from plansite.model.documents.action import Action

#: Further fields that a column may be, beside those of an action: parts of its text, and words about the column.
PROGRESS, STEPS, BARRIERS, OUTCOME = "progress", "steps", "barriers", "outcome"
#: A new due date, which makes that of the column `due` an earlier one; moves of the date with their history.
NEW_DUE, MOVES = "new due", "moves"
#: What the action came from: the document or meeting, and the text of the finding.
SOURCE_KIND, SOURCE_REF, FINDING = "source kind", "source ref", "finding"
RESPONSE, GOAL, REVIEW = "response", "goal", "review"
#: The day of which a row speaks, where a tracker has a row for each report about the same action.
NOTED = "noted"
#: A column for one role or person, in which the rows that are theirs have a mark.
MARKED = "marked"

_FURTHER_NAMES = {
    "title": "actions, action point, action points, action item, action items, actions to be taken, "
    "action to be taken, action plan, safety action, recovery measure, recovery measures, recommendation, "
    "recommendations, milestone, deliverable, commitment, promise, task name, task description, activity, activities, "
    "what, what needs to be done, what will be done, description, description of action, summary, subject, measure",
    "ref": "#, action #, action ref, ref #, no., nr, num, item, item no, item number, id no, action id, s/n, "
    "serial no, ref, refname, recommendation number, recommendation no, rec no, key, code",
    "status": "progress, state, stage, status/comment, implementation status, action progress, complete?, completed?, "
    "done, done?, % complete, response_status, goalstatus, goal status, brag, brag status",
    "owner": "action owner, owner, who, by whom, owned by, lead agency, lead organisation, lead organization, "
    "assignee, assigned, actioned by, action by, accountable, parties responsible, responsible party, "
    "responsible parties, person(s) responsible, owner(s), lead(s), responsible officer, responsible lead, party, "
    "agency",
    "supporters": "supporters, partners, partnerships, partner, supporting agencies, consulted, others, with, team",
    "created": "created, date, date of action, date added, date identified, date opened, open date, opened, "
    "date logged, start, created date, created at",
    "started": "started, actual start, start date actual",
    "due": "due, when, by, end date, timescale, timescales, timeframe, timeline, time frame, completion date, "
    "target completion, target, scheduled completion date, expected completion date, completion due, "
    "planned date, planned completion date, date for completion, goalecd, ecd, target end date",
    NEW_DUE: "new date, new due date, revised date, revised due date, revised target date, revised deadline, "
    "extended date, revised completion date",
    MOVES: "milestone changes, date changes, due date changes, changes to dates",
    "completed": "completed, completion, actual completion date, actual date, actual date/time, closed, closed date, "
    "date completed/closed, implemented, date of completion, actual end date, finished",
    "priority": "priority, importance, urgency, risk rating, risk level, severity",
    "resources": "resources, cost, costs, budget, resource implications, support needed, man hours",
    PROGRESS: "progress update, updates, update, progress notes, latest update, comments, comment, "
    "notes, goalnote, remarks, current position, progress to date, progress/comments, status update, accomplishment, "
    "current status/comments, position statement, what happened",
    STEPS: "steps, sub tasks, subtasks, tasks, actions required to complete, milestones with completion dates, how",
    BARRIERS: "barriers, issues, obstacles, risks to delivery, blockers, barrier",
    OUTCOME: "outcome, outcomes, expected outcome, result, results, impact, success measure, success criteria, "
    "measure of success, evidence of completion",
    "evidence": "evidence, evidence required, evidence of impact, links, link, url, sourceurl, evidenceurls, documents",
    SOURCE_REF: "source, source document, report, paper, meeting, audit, source identifying weakness, sourcedoc, "
    "origin, source of action",
    SOURCE_KIND: "source type, sourcetype, type of source",
    FINDING: "finding, findings, issue identified, area for improvement, concern, weakness, problem, gap, "
    "issue, relevant item, standard, recommendation text, what we found, rationale",
    RESPONSE: "response, agency response, management response, accepted?, agreed?, response status",
    GOAL: "goal, objective, theme, workstream, work stream, priority area, domain, outcome area, committee, section, "
    "category, area, broad strategy, threats or objectives addressed, programme, program, programname, program name",
    NOTED: "recorded date, date recorded, date of update, updated, update date, last updated, last update, "
    "status date, reported, report date, reporting date, date reported, accomplishmentdate, accomplishment date, "
    "updated date, date of last update, modified",
    REVIEW: "review date, next review, review",
    "tags": "tags, labels, keywords",
    "verification": "verified by, checked by, signed off by, assurance, monitoring responsibility",
    "depends_on": "depends on, dependency, predecessors, predecessor",
    "rag": "rag, rag rating, rag status",
}
#: Words that only name a field where no other column does.
_WEAK_NAMES = frozenset(
    {
        "end date",
        "by",
        "when",
        "date",
        "number",
        "no",
        "item",
        "area",
        "key",
        "subject",
        "start",
        "party",
        "agency",
        "measure",
        "what",
        "who",
        "id",
        "standard",
        "committee",
        "section",
        "category",
        "description",
        "end",
        "paper",
    }
)
#: Columns of numbers in systems: POAM ID, Task ref.
_NUMBER_ENDING = re.compile(r"\w (?:id|no|ref|reference)$")
_FOOTNOTE = re.compile(r"(?<=[a-z])\d{1,2}$")
_SIGNS = re.compile(r"[^\w#%/]+")


@functools.lru_cache(maxsize=10_000)
def fold_heading(text: str) -> str:
    """A heading in the form in which headings are compared: "Priority1" and "PRIORITY:" are priority.

    A digit right behind the last word is the sign of a footnote.
    """
    folded = unicodedata.normalize("NFKC", text).casefold().replace("’", "'")
    words = _SIGNS.sub(" ", folded.replace("(s)", "s").replace("_", " ")).strip()
    return words if words in ("#", "%") else _FOOTNOTE.sub("", words)


@functools.cache
def _list_names() -> dict[str, str]:
    names: dict[str, str] = {}
    for field, ours in list_column_names(Action).items():
        for name in (field, *ours):
            names.setdefault(fold_heading(name), field)
    for field, texts in _FURTHER_NAMES.items():
        for name in (field, *texts.split(", ")):
            names.setdefault(fold_heading(name), field)
    return names


def find_field(heading: str) -> str:
    """The field that a heading of a column names; empty if it names none."""
    folded = fold_heading(heading)
    return _list_names().get(folded, "") or ("ref" if _NUMBER_ENDING.search(folded) else "")


def is_weak_name(heading: str) -> bool:
    """Whether a heading names its field only if no other column does."""
    folded = fold_heading(heading)
    return folded in _WEAK_NAMES or folded not in _list_names()


def list_fields() -> frozenset[str]:
    """The names of the fields that a column may be."""
    return frozenset((*_list_names().values(), MARKED))
