"""The rules for texts that cannot be meant as they stand, and the findings about steps and notes in doubt."""

from __future__ import annotations

from collections.abc import Iterable

from plansite.content.report import Report, quote_text
from plansite.markdown.spellings.marks import drop_marks
from plansite.model.body import Body, DoubtfulText, DoubtKind
from plansite.model.dates import parse_iso_date
from plansite.model.findings import Finding, Level, Rule
from plansite.model.formatting import format_long_date

CONFLICT_MARKERS = Rule(
    "PS017",
    "conflict-markers",
    Level.ERROR,
    """A line is left over from an unfinished merge of two versions.

Git puts such lines round two versions of the same text. Both stay in the file until somebody decides.

Example: `<<<<<<< HEAD`. Keep the right version. Delete the other one, and the lines that begin with `<<<<<<<`,
`|||||||`, `=======` and `>>>>>>>`.""",
)

INVISIBLE_CHARACTER = Rule(
    "PS049",
    "invisible-character",
    Level.HINT,
    """A name or a value has an invisible character, such as a zero-width space.

The character is ignored, but other programs may not recognise the word.

Example: `status: completed` copied from a web page, with a zero-width space in it. Type the word again.""",
)
UNREAD_STEPS = Rule(
    "PS046",
    "unread-steps",
    Level.WARNING,
    """A text under Steps is not read as a step, or it is not clear whether a step is done.

Until then the site does not count it, and an open action with such a text does not show as on track.

Example: `Ring the engineer` alone on a line. Write `- [ ] Ring the engineer`, or `- [x] Ring the engineer` once it is
done.""",
)
UNREAD_PROGRESS = Rule(
    "PS047",
    "unread-progress",
    Level.WARNING,
    """A text under Progress is not read as a progress note, or is read as part of the note above it.

It is shown, but it does not count as news.

Example: `The engineer came.` alone on a line. Write `- 2025-01-06 (Maintenance): The engineer came.`""",
)
DAY_FIRST_DATE = Rule(
    "PS048",
    "day-first-date",
    Level.HINT,
    """A progress note has a date in digits, which is read day first.

In some countries the month comes first, so other readers may take it for a different day.

Example: `- 08/01/25: Moved.` is read as 8 January 2025. Write `- 2025-01-08: Moved.`""",
)

TEXT_RULES = (CONFLICT_MARKERS, INVISIBLE_CHARACTER, UNREAD_STEPS, UNREAD_PROGRESS, DAY_FIRST_DATE)

#: Rules of which a finding means that a value is not the one that the file gives, or that a text may be of another
#: version.
_LOST_VALUE_RULES = frozenset({"PS015", "PS022", "PS023", "PS025", "PS027", "PS028", "PS029"})
#: The fields that say how an action stands.
_STATE_FIELDS = frozenset({"status", "due", "completed", "depends_on", "verification", "result", "repeat"})


def is_partly_read(findings: Iterable[Finding]) -> bool:
    """Whether findings about a file say that something in it that tells how its action stands was not read."""
    return any(
        finding.rule is CONFLICT_MARKERS or (finding.rule.code in _LOST_VALUE_RULES and finding.field in _STATE_FIELDS)
        for finding in findings
    )


#: A longer text is not repeated in a remedy.
_MAX_SHOWN = 60


def report_doubtful_texts(body: Body, report: Report) -> None:
    """Add a finding for each line under Steps or Progress that is in doubt, with the spelling to use."""
    for doubt in filter(lambda each: each.text, body.doubtful_texts):
        rule, message, remedy = _describe_doubt(doubt)
        report.add(rule, message, remedy, line=doubt.line)


def _describe_doubt(doubt: DoubtfulText) -> tuple[Rule, str, str]:
    """The rule, the message and the remedy."""
    quoted = quote_text(doubt.text)
    words = drop_marks(doubt.text)
    shown = words if words and len(words) <= _MAX_SHOWN and "`" not in words else "…"
    boxes = f"`- [ ] {shown}`, or `- [x] {shown}` once it is done"
    match doubt.kind:
        case DoubtKind.NO_STEP:
            return UNREAD_STEPS, f"{quoted} under Steps is not read as a step", f"give it a line: {boxes}"
        case DoubtKind.STEP_STATE:
            return UNREAD_STEPS, f"it is not clear whether the step {quoted} is done", f"write {boxes}"
        case DoubtKind.NO_NOTE:
            remedy = f"give it a line that begins with its date: `- 2025-01-06 (Who): {shown}`"
            return UNREAD_PROGRESS, f"{quoted} under Progress is not read as a progress note", remedy
        case DoubtKind.JOINED_NOTE:
            remedy = "if it is a note of its own, put `- ` before it; if not, begin the line with another word"
            return UNREAD_PROGRESS, f"{quoted} is read as part of the progress note above it", remedy
    written, _, day = doubt.text.rpartition(" ")
    date = parse_iso_date(day)
    read = format_long_date(date) if date else day
    return (
        DAY_FIRST_DATE,
        f"{quote_text(written)} is read as {read}",
        f"write {day}, so that everybody reads it the same way",
    )
