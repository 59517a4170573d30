"""What trackers call their columns, and the field that each of them is."""

from __future__ import annotations

import functools
import unicodedata

from plansite.content.yaml.column_names import list_column_names
from plansite.deferred_pattern import compile_lazily
from plansite.model.documents.action import Action

#: Further fields that a column may be, beside those of an action: parts of its text, and words about the column.
PROGRESS, STEPS, BARRIERS, OUTCOME = "progress", "steps", "barriers", "outcome"
#: A new due date, which makes that of the column `due` an earlier one; moves of the date with their history.
NEW_DUE, MOVES = "new due", "moves"
#: The first due date, where a tracker has a column for it, and cells with both an owner and a due date.
ORIGINAL_DUE, OWNER_AND_DUE = "original due", "owner and due"
#: What the action came from: the document or meeting, and the text of the finding.
SOURCE_KIND, SOURCE_REF, FINDING = "source kind", "source ref", "finding"
RESPONSE, GOAL, REVIEW = "response", "goal", "review"
#: The day of which a row speaks, where a tracker has a row for each report about the same action.
NOTED = "noted"
#: Lists of boards, which are goals or statuses; marks that the work is done; how many steps are done.
LIST, DONE, STEPS_DONE = "list", "done", "steps done"
#: A column for one role or person, in which the rows that are theirs have a mark.
MARKED = "marked"

_FURTHER_NAMES = {
    "title": "actions, action point, action points, action item, action items, actions to be taken, "
    "action to be taken, action plan, safety action, recovery measure, recovery measures, recommendation, "
    "recommendations, milestone, deliverable, commitment, promise, task name, task description, activity, activities, "
    "what, what needs to be done, what will be done, description, description of action, summary, subject, measure, "
    "actions required, required action, required actions, proposed action, proposed actions, agreed actions, "
    "improvement action, safety actions, planned action, planned actions, action needed, actions needed, "
    "what needs to happen, what will happen, what are we going to do, what will we do, what do we need to do, "
    "what we will do, issue title, name, task title, card name, card title, item name, "
    "action to take, actions to take, corrective action, "
    "corrective actions, mitigation action, recommended action, next step, next steps, homework",
    "ref": "#, action #, action ref, ref #, no., nr, num, item, item no, item number, id no, action id, s/n, "
    "serial no, ref, refname, issue key, issue id, minute ref, unique id, poam id, control number, "
    "recommendation number, recommendation no, rec no, key, code",
    "status": "progress, state, stage, status/comment, implementation status, action progress, complete?, completed?, "
    "done, done?, % complete, percent complete, bucket status, current state, position, overall status, "
    "response_status, goalstatus, goal status, task status",
    "owner": "action owner, owner, who, by whom, owned by, lead agency, lead organisation, lead organization, "
    "name of lead, responsible lead, person leading, who will do it, who will do this, who is responsible, resp, "
    "owned, poc, point of contact, resource names, resource name, nominated lead, lead name, staff responsible, "
    "accountable officer, accountable lead, accountable person, executive lead, action manager, task owner, "
    "assignee, assigned, actioned by, action by, accountable, parties responsible, responsible party, "
    "responsible parties, person(s) responsible, owner(s), lead(s), responsible officer, responsible lead, party, "
    "agency, members, assignees, assignee(s), person, people, assigned people",
    "supporters": "supporters, partners, partnerships, partner, supporting agencies, consulted, others, with, team",
    "created": "created, date, date of action, date added, date identified, date opened, open date, opened, "
    "date logged, start, created date, created at",
    "started": "started, actual start, start date actual, timeline start",
    "due": "due, when, by, end date, timescale, timescales, timeframe, timeline, time frame, completion date, "
    "target completion, target, scheduled completion date, expected completion date, completion due, "
    "finish, finish date, planned finish, date required, required by, to be completed by, complete by, "
    "date to be completed, date to complete by, when will it be done, by what date, due on, expected date, "
    "current due date, current target date, "
    "planned date, planned completion date, date for completion, goalecd, ecd, target end date, timeline end",
    ORIGINAL_DUE: "original date, original due, original due date, original target, original target date, "
    "original deadline, original completion date, initial due date, initial target date, baseline date, "
    "baseline finish, "
    "first due date, previous due date, previous target date, old due date",
    OWNER_AND_DUE: "who and by when, who by when, lead and date",
    NEW_DUE: "new date, new due date, revised date, revised due date, revised target date, revised deadline, "
    "extended date, revised completion date",
    MOVES: "milestone changes, date changes, due date changes, changes to dates",
    "completed": "completed, completion, actual completion date, actual date, actual date/time, closed, closed date, "
    "date completed/closed, completed at, resolved, resolved date, date resolved, completed date, actual finish, "
    "date actioned, date signed off, implemented, date of completion, actual end date, finished",
    "priority": "priority, importance, urgency, risk rating, risk level, severity",
    "resources": "resources, cost, costs, budget, resource implications, support needed, man hours",
    PROGRESS: "progress update, updates, update, progress notes, latest update, comments, comment, "
    "update/comments, comments/update, comments/updates, latest position, progress made, action taken, actions taken, "
    "what has been done, what have we done, status/progress update, "
    "notes, goalnote, remarks, current position, progress to date, progress/comments, status update, accomplishment, "
    "current status/comments, position statement, what happened",
    STEPS: "steps, sub tasks, subtasks, tasks, actions required to complete, milestones with completion dates, how, "
    "checklist items, action steps, key steps, steps to take, key tasks, sub-actions, sub actions, "
    "subactions, subitems, "
    "key milestones, milestones",
    BARRIERS: "barriers, issues, obstacles, risks to delivery, blockers, barrier",
    OUTCOME: "outcome, outcomes, expected outcome, result, results, impact, success measure, success criteria, "
    "measure of success, evidence of completion, intended outcome, desired outcome, expected outcomes, "
    "how will we know, how will we know it has worked, what will success look like",
    "evidence": "evidence, evidence required, evidence of impact, links, link, url, sourceurl, evidenceurls, "
    "documents, attachment links, attachments",
    SOURCE_REF: "source, source document, report, paper, meeting, audit, source identifying weakness, sourcedoc, "
    "origin, source of action",
    SOURCE_KIND: "source type, sourcetype, type of source",
    FINDING: "finding, findings, card description, issue identified, area for improvement, concern, weakness, problem, "
    "gap, issue, key issue, key issues, weaknesses, weakness description, reason for action, background, "
    "what do we want to change, what is the problem, risk identified, concern identified, area of concern, "
    "issue/concern, relevant item, standard, recommendation text, what we found, rationale",
    RESPONSE: "response, agency response, management response, accepted?, agreed?, response status",
    GOAL: "goal, objective, theme, workstream, work stream, priority area, domain, outcome area, committee, section, "
    "section/column, bucket name, bucket, priority theme, strategic objective, key line of enquiry, "
    "kloe, kloes, key lines of enquiry, key question, quality statement, list, list name, board list, column, lane, "
    "group, group name, "
    "category, area, broad strategy, threats or objectives addressed, programme, program, programname, program name",
    NOTED: "recorded date, date recorded, date of update, updated, update date, last updated, last update, "
    "status date, reported, report date, reporting date, date reported, accomplishmentdate, accomplishment date, "
    "updated date, date of last update, modified",
    REVIEW: "review date, next review, review",
    "tags": "tags, labels, keywords",
    "verification": "verified by, checked by, signed off by, assurance, monitoring responsibility",
    "depends_on": "depends on, dependency, dependencies, predecessors, predecessor, blocked by, "
    "blocked by dependencies, waiting on, waiting for",
    "rag": "rag, rag rating, rag status, brag, brag rating, brag status, rag rated",
    DONE: "due complete",
    STEPS_DONE: "completed checklist items, checklist progress",
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
        "name",
        "milestones",
        "finish",
        "position",
        "background",
        "group",
        "list",
        "column",
        "lane",
        "people",
        "person",
        "members",
        "attachments",
        "dependencies",
    }
)
#: Columns of numbers in systems: POAM ID, Task ref.
#: Names that have a year, a number or another word in them: "2nd revised target date", "Progress update March 2025".
_NEW_DATE = compile_lazily(
    r"(?:(?:\d(?:st|nd|rd|th)|first|second|third|latest|current) )?"
    r"(?:new|revised|extended|amended|updated|re ?planned|rescheduled) "
    r"(?:(?:target|due|completion|end|finish) )*(?:date|deadline|timescale)s?(?: \d)?"
)
_DATED_PROGRESS = compile_lazily(
    r"(?:progress|update|status update|comments?|position)(?: (?:update|report|note))?s? "
    r"(?:(?:as )?(?:at|of|on|for) )?(?:q[1-4]|\d{1,2}|[a-z]{3,9})?[ /]*(?:20)?\d\d(?:[ /]\d{1,4})*"
)
_MONTHLY_UPDATE = compile_lazily(r"(?:q[1-4]|[a-z]{3,9})? ?(?:20\d\d )?(?:progress )?update(?: \d)?")
_PATTERNS = ((_NEW_DATE, NEW_DUE), (_DATED_PROGRESS, PROGRESS), (_MONTHLY_UPDATE, PROGRESS))
_BRACKETS = compile_lazily(r"\s*[(\[][^()\[\]]*[)\]]")
_COMBINED = compile_lazily(r"\s*(?:/|&|\+|,|\band\b)\s*")
_NUMBER_ENDING = compile_lazily(r"\w (?:id|no|ref|reference)$")
_FOOTNOTE = compile_lazily(r"(?<=[a-z])\d{1,2}$")
_SIGNS = compile_lazily(r"[^\w#%/]+")


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
    names = {"steps and resources": STEPS}
    for field, ours in list_column_names(Action).items():
        for name in (field, *ours):
            names.setdefault(fold_heading(name), field)
    for field, texts in _FURTHER_NAMES.items():
        for name in (field, *texts.split(", ")):
            names.setdefault(fold_heading(name), field)
    return names


def list_names() -> frozenset[str]:
    """The headings that name a field, folded as they are compared."""
    return frozenset(_list_names())


def find_field(heading: str) -> str:
    """The field that a heading of a column names; empty if it names none."""
    folded = fold_heading(heading)
    if field := find_known(folded):
        return field
    plain = _BRACKETS.sub("", heading)
    if plain != heading and plain.strip():
        inside = " ".join(_BRACKETS.findall(heading))
        return find_known(fold_heading(f"{inside} {plain}")) or find_known(fold_heading(plain))
    return _find_combined(heading)


def find_known(folded: str) -> str:
    """The field that a heading is by itself, folded as they are compared; empty if it is none."""
    if field := _list_names().get(folded, ""):
        return field
    if _NUMBER_ENDING.search(folded):
        return "ref"
    return next((field for pattern, field in _PATTERNS if pattern.fullmatch(folded)), "")


@functools.lru_cache(maxsize=10_000)
def _find_combined(heading: str) -> str:
    """The field of a heading with two names: `Lead and timescale`, `Status / RAG`. The first counts."""
    folded = [fold_heading(part) for part in _COMBINED.split(heading.casefold())]
    parts = [PROGRESS if part == PROGRESS else find_known(part) for part in folded]
    if len(parts) != 2 or not all(parts):
        return ""
    if set(parts) in ({"owner", "due"}, {"status", PROGRESS}):
        return OWNER_AND_DUE if "due" in parts else "status"
    return "due" if set(parts) == {"created", "due"} else parts[0]


def is_weak_name(heading: str) -> bool:
    """Whether a heading names its field only if no other column does."""
    folded = fold_heading(heading)
    return folded in _WEAK_NAMES or not find_known(folded)


def is_vague_name(heading: str) -> bool:
    """Whether lists of people and things have a column of this name as well as lists of actions."""
    return fold_heading(heading) == "name"


def list_fields() -> frozenset[str]:
    """The names of the fields that a column may be."""
    return frozenset((*_list_names().values(), MARKED, ORIGINAL_DUE, OWNER_AND_DUE))
