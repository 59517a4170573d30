"""What stood in the plans at an earlier commit and is gone: said of a pull request, before it is merged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from plansite.checks.context import CheckContext
from plansite.checks.registry import Violation, rule
from plansite.checks.rules.waivers import ActiveWaivers
from plansite.content.report import quote_text
from plansite.model.findings import Finding, Level
from plansite.model.formatting import format_count, format_list

#: A measure's table, which is no document of its own.
READINGS = "readings"
#: Of what is gone, the word for it, and what to do instead of taking it away.
_NOUN_AND_REMEDY = {
    "action": ("action", "cancel it instead: `status: cancelled`, with a `reason`"),
    "plan": ("plan", "bring it back; cancel what will not be done, and say in `objective` that the plan has ended"),
    "review": ("review", "bring it back: the minutes say what was agreed"),
    "incident": ("incident", "bring it back: what was learnt stands there"),
    "measure": ("measure", "bring it back; if nobody measures it any more, say so in its text"),
    READINGS: ("table of readings", "bring it back: the measure has lost its numbers"),
}
_ALIAS_REMEDY = "; if another action stands for it now, name this one there under `aliases`"


@dataclass(frozen=True, slots=True, kw_only=True)
class RemovedDocument:
    """A document that is gone: its kind (or `readings`, a measure's table), its plan, its file and its title.

    `within` are the kinds of what went with a plan.
    """

    kind: str
    plan: str
    path: str
    title: str
    contained_kinds: tuple[str, ...] = field(default=())


def _no_subjects(_: CheckContext) -> Iterator[RemovedDocument]:
    """A site as it stands does not say what it has lost; only its history does."""
    return iter(())


@rule("PS801", Level.ERROR, _no_subjects)
def removed_record(_: CheckContext, removed: RemovedDocument) -> Iterator[Violation]:
    """A plan, action, review, incident or measure was there before and is gone.

    Once its file is deleted, no page says that it was ever agreed. Only somebody who can read git would find it. A
    cancelled action stays in sight with its reason. So this is an error: `plansite check --since origin/main` finds it
    in a pull request, before it is merged.

    A file that was renamed or moved to another plan is not gone. It is known by its title, by its number in the plan,
    by its words, or by an alias. Owners and agencies may go: they hold people's details, and those should not be kept
    for longer than they are needed.

    Example: `actions/door.md` was deleted. Put it back and write `status: cancelled` and `reason: no longer needed`.
    If it was entered twice, delete one and write `aliases: [door]` in the other.

    Sometimes a file has to go: it was about the wrong person, say. Then set this rule aside in `plan.md`, or in
    `plansite.yaml` where the whole plan is gone. Give a last day that is a few days ahead: leave to delete one
    file is no leave to delete others later.
    """
    word, instead = _NOUN_AND_REMEDY[removed.kind]
    moved = _ALIAS_REMEDY if removed.kind == "action" else ""
    message = f"the {word} {_display_name(removed)} was here and is gone{_describe_contents(removed)}"
    yield Violation(removed.path, 1, message, f"{instead}{moved}")


def _display_name(removed: RemovedDocument) -> str:
    return quote_text(removed.title) if removed.title else quote_text(removed.path.rpartition("/")[2])


def _describe_contents(removed: RemovedDocument) -> str:
    kinds = Counter(removed.contained_kinds)
    parts = [format_count(kinds[kind], kind) for kind in _NOUN_AND_REMEDY if kinds[kind]]
    return f", with {format_list(parts)}" if parts else ""


def find_removed_records(context: CheckContext, removed: Iterable[RemovedDocument]) -> tuple[Finding, ...]:
    """A finding for each, in the order of files, less what the site as it stands now sets aside."""
    waived = ActiveWaivers.build(context)
    found = removed_record.check_subjects(context, removed)
    return tuple(sorted((each for each in found if not waived.covers(each)), key=lambda finding: finding.sort_key))


def group_by_removed_plan(removed: Sequence[RemovedDocument]) -> tuple[RemovedDocument, ...]:
    """The same, where what went with a plan that is gone is told with that plan."""
    plans = {each.plan for each in removed if each.kind == "plan"}
    alone = [each for each in removed if each.kind != "plan" and each.plan not in plans]
    whole = [
        RemovedDocument(
            kind=plan.kind,
            plan=plan.plan,
            path=plan.path,
            title=plan.title,
            contained_kinds=tuple(each.kind for each in removed if each.plan == plan.plan and each.kind != "plan"),
        )
        for plan in removed
        if plan.kind == "plan"
    ]
    return (*whole, *alone)
