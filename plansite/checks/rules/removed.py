"""Documents that were removed since an earlier commit, reported on a pull request before it is merged."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from plansite.checks.context import CheckContext
from plansite.checks.registry import Violation, rule
from plansite.checks.removed_documents import READINGS, RemovedDocument
from plansite.checks.waivers import ActiveWaivers
from plansite.content.report import quote_text
from plansite.model.findings import Finding, Level
from plansite.model.formatting import NOUN_BY_KIND, count_documents
from plansite.model.site import Site

#: What to do instead of deleting a document of each kind.
_REMEDY_BY_KIND = {
    "action": "cancel it instead: `status: cancelled`, with a `reason`",
    "plan": "bring it back; cancel what will not be done, and say in `objective` that the plan has ended",
    "review": "bring it back: the minutes say what was agreed",
    "incident": "bring it back: it records what was learnt",
    "measure": "bring it back; if nobody measures it any more, say so in its text",
    "assessment": "bring it back: it shows how the service rated itself then",
    READINGS: "bring it back: the measure has lost its numbers",
}
_ALIAS_REMEDY = "; if another action replaces it, name this one there under `aliases`"


def _list_no_subjects(_: Site) -> Iterator[RemovedDocument]:
    """Nothing: removed documents are only known from the history, and are given to find_removed_records."""
    return iter(())


@rule("PS801", Level.ERROR, _list_no_subjects)
def removed_record(_: CheckContext, removed: RemovedDocument) -> Iterator[Violation]:
    """A plan, action, review, incident, measure or self-assessment has been removed.

    Once its file is deleted, the site no longer shows that it was ever agreed, and only somebody who can read git would
    find it. A cancelled action stays on the site with its reason. So this is an error: `plansite check --since
    origin/main` finds it in a pull request, before it is merged.

    A file that was renamed or moved to another plan does not count as removed. It is recognised by its title, its
    number in the plan, what people wrote in it, or an alias. Owners and agencies may be removed: they contain people's
    details, which should not be kept for longer than they are needed.

    Example: `actions/door.md` was deleted. Put it back and write `status: cancelled` and `reason: no longer needed`.
    If it was entered twice, delete one and write `aliases: [door]` in the other.

    Sometimes a file has to be deleted, for example because it was about the wrong person. Then set this rule aside in
    `plan.md`, or in `plansite.yaml` if the whole plan was deleted. Give a last day that is a few days ahead, so that
    other files cannot be deleted later under the same exception.
    """
    noun, remedy = NOUN_BY_KIND[removed.kind], _REMEDY_BY_KIND[removed.kind]
    alias_remedy = _ALIAS_REMEDY if removed.kind == "action" else ""
    contents = f", with {text}" if (text := count_documents(removed.contained_kinds)) else ""
    message = f"the {noun} {_display_name(removed)} has been removed{contents}"
    yield Violation(removed.path, 1, message, f"{remedy}{alias_remedy}")


def _display_name(removed: RemovedDocument) -> str:
    return quote_text(removed.title) if removed.title else quote_text(removed.path.rpartition("/")[2])


def find_removed_records(context: CheckContext, removed: Iterable[RemovedDocument]) -> tuple[Finding, ...]:
    """A finding for each removed document that no waiver of the present site covers, sorted by file."""
    waivers = ActiveWaivers.build(context)
    findings = removed_record.check_subjects(context, removed)
    return tuple(sorted((each for each in findings if not waivers.covers(each)), key=lambda finding: finding.sort_key))
