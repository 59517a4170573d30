"""The evidence of an action: what was agreed beside what was received."""

from __future__ import annotations

from plansite.deferred_dataclass import dataclass
from plansite.model.assessment import SiteOnDate
from plansite.model.documents.action import Action
from plansite.model.evidence.matching import NeededItem, match_action_evidence, may_still_come
from plansite.site.components.content_links import EvidenceLink, LinkResolver, build_evidence_links

#: What is said of evidence that may still come.
AWAITED = "Not received yet"


@dataclass(frozen=True, slots=True, kw_only=True)
class NeededView:
    """Evidence that was agreed: its words and kind, and what answers it. Without that, `words` say so.

    `is_named` is set where what was received has the same name, so that one name is enough.
    """

    label: str
    kind: str
    received: EvidenceLink | None
    is_named: bool
    words: str
    is_missing: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionEvidenceView:
    """The needed evidence of an action, what else was received, and in `note` how much of the needed is there."""

    items: tuple[NeededView, ...]
    others: tuple[EvidenceLink, ...]
    note: str


def build_action_evidence(dated_site: SiteOnDate, action: Action, resolver: LinkResolver) -> ActionEvidenceView | None:
    """The evidence of an action; None if it has none and needs none."""
    if not action.evidence and not action.evidence_needed:
        return None
    match, is_partial = match_action_evidence(action), not dated_site.site.is_unfiltered

    def build_item(item: NeededItem) -> NeededView:
        links = build_evidence_links([item.received] if item.received else [], action.path, resolver, dated_site)
        label = item.needed.label
        return NeededView(
            label=label,
            kind=item.needed.kind.capitalize() if item.needed.kind else "",
            received=links[0] if links else None,
            is_named=bool(links) and links[0].label.strip(" .").casefold() == label.strip(" .").casefold(),
            words="" if links else describe_absence(action, is_partial=is_partial),
            is_missing=not links and is_missing(action, is_partial=is_partial),
        )

    place = " in this copy" if is_partial and match.missing else ""
    return ActionEvidenceView(
        items=tuple(build_item(item) for item in match.items),
        others=build_evidence_links(match.others, action.path, resolver, dated_site),
        note=f"{match.received_count:,} of {len(match.items):,} received{place}" if match.items else "",
    )


def describe_absence(action: Action, *, is_partial: bool) -> str:
    """What is said of needed evidence that nothing answers.

    A copy that `is_partial` may lack evidence that its readers may not see, so it says nothing of the action.
    """
    if is_partial:
        return "Nothing in this copy"
    if may_still_come(action):
        return AWAITED
    return "Missing" if action.is_finished else "Not received"


def is_missing(action: Action, *, is_partial: bool) -> bool:
    """Whether needed evidence that nothing answers is a gap: the action is finished, and nothing more is to come."""
    return action.is_finished and not may_still_come(action) and not is_partial
