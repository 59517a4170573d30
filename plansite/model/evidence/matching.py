"""Which received evidence answers which evidence that was agreed at the start."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable, Sequence

from plansite.deferred_dataclass import dataclass
from plansite.model.documents.action import Action
from plansite.model.documents.records.evidence import Evidence, EvidenceKind, NeededEvidence
from plansite.model.people import normalise_name

_FEEDBACK = frozenset({EvidenceKind.PEOPLE_FEEDBACK, EvidenceKind.STAFF_FEEDBACK, EvidenceKind.PARTNER_FEEDBACK})


@dataclass(frozen=True, slots=True)
class NeededItem:
    """Evidence that was agreed at the start, and what answers it; None while nothing does."""

    needed: NeededEvidence
    received: Evidence | None


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceMatch:
    """The needed evidence of an action in the order agreed, and the received evidence that answers none of it."""

    items: tuple[NeededItem, ...]
    others: tuple[Evidence, ...]

    @property
    def received_count(self) -> int:
        """How many of the needed items are answered."""
        return sum(item.received is not None for item in self.items)

    @property
    def missing(self) -> tuple[NeededEvidence, ...]:
        """The needed items that nothing answers."""
        return tuple(item.needed for item in self.items if item.received is None)


def match_evidence(needed: Sequence[NeededEvidence], received: Sequence[Evidence]) -> EvidenceMatch:
    """Give each needed item the received evidence that answers it.

    That is the first with the same label (capitals, spaces and a full stop make no difference), else the first of the
    same kind; feedback of which nothing says from whom is answered by feedback from anybody. Each piece of evidence
    answers one item only, and labels go before kinds, so that the order of the items does not matter to an item that is
    named.
    """
    answers: dict[int, Evidence] = {}
    used: set[int] = set()

    def answer(find_key: Callable[[NeededEvidence | Evidence], str | None]) -> None:
        """Answer the items that are still open by the evidence with the same key that is not used yet."""
        unused = defaultdict[str, deque[int]](deque)
        for position, each in enumerate(received):
            key = find_key(each)
            if key and position not in used:
                unused[key].append(position)
        for number, item in enumerate(needed):
            key = find_key(item)
            if key and number not in answers and unused[key]:
                position = unused[key].popleft()
                used.add(position)
                answers[number] = received[position]

    answer(lambda each: _normalise_label(each.label))
    answer(lambda each: each.kind)
    answer(_find_general_kind)
    return EvidenceMatch(
        items=tuple(NeededItem(item, answers.get(number)) for number, item in enumerate(needed)),
        others=tuple(each for position, each in enumerate(received) if position not in used),
    )


def may_still_come(action: Action) -> bool:
    """Whether evidence that is not there may still come: the action is open, or its planned check is not made yet."""
    return action.is_open or action.awaits_verification


def match_action_evidence(action: Action) -> EvidenceMatch:
    """The same for an action."""
    return match_evidence(action.evidence_needed, action.evidence)


def describe_received(action: Action, *, is_partial: bool) -> str:
    """How much of the needed evidence is there, "Evidence: 1 of 2"; empty where none was agreed.

    A copy that `is_partial` may lack evidence that its readers may not see, so it says that it speaks of itself.
    """
    if not action.evidence_needed:
        return ""
    match = match_action_evidence(action)
    place = " in this copy" if is_partial and match.missing else ""
    return f"Evidence: {match.received_count:,} of {len(match.items):,}{place}"


def _find_general_kind(each: NeededEvidence | Evidence) -> str | None:
    """The kind without what only received evidence says more precisely: from whom feedback is."""
    if isinstance(each, Evidence) and each.kind in _FEEDBACK:
        return EvidenceKind.FEEDBACK
    return each.kind


def _normalise_label(label: str) -> str:
    return normalise_name(label).rstrip(" .")
