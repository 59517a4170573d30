"""Which received evidence answers which needed evidence."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plansite.model.documents.action import Action
from plansite.model.documents.records.evidence import Evidence, EvidenceKind, NeededEvidence
from plansite.model.evidence.expiry import expires_soon, is_expired, list_change_days
from plansite.model.evidence.matching import describe_received, match_evidence
from tests.examples import examples

_AUDIT, _PHOTOGRAPH = EvidenceKind.AUDIT, EvidenceKind.PHOTOGRAPH


def _answers(needed: list[NeededEvidence], received: list[Evidence]) -> list[str]:
    return [item.received.label if item.received else "" for item in match_evidence(needed, received).items]


def test_the_same_label_answers() -> None:
    """Capitals, spaces and a full stop make no difference."""
    match = match_evidence([NeededEvidence(label="Audit of  20 plans")], [Evidence(label="audit of 20 plans.")])
    assert (match.received_count, match.missing, match.others) == (1, (), ())


def test_a_label_goes_before_a_kind() -> None:
    """Evidence that is named does not answer an earlier item of its kind."""
    needed = [NeededEvidence(label="Any audit", kind=_AUDIT), NeededEvidence(label="March audit", kind=_AUDIT)]
    received = [Evidence(label="March audit", kind=_AUDIT), Evidence(label="Spot check", kind=_AUDIT)]
    assert _answers(needed, received) == ["Spot check", "March audit"]


def test_each_piece_answers_once() -> None:
    """One audit does not answer two items, and what answers nothing is listed."""
    needed = [NeededEvidence(label="First", kind=_AUDIT), NeededEvidence(label="Second", kind=_AUDIT)]
    received = [Evidence(label="A", kind=_AUDIT), Evidence(label="B", kind=_PHOTOGRAPH), Evidence(label="C")]
    match = match_evidence(needed, received)
    assert [each.label for each in match.missing] == ["Second"]
    assert [each.label for each in match.others] == ["B", "C"]


def test_feedback_from_anybody_is_feedback() -> None:
    """But feedback from staff is not answered by that of relatives, nor by feedback of which nothing says from whom."""
    people, staff = EvidenceKind.PEOPLE_FEEDBACK, EvidenceKind.STAFF_FEEDBACK
    needed = [NeededEvidence(label="Any", kind=EvidenceKind.FEEDBACK), NeededEvidence(label="Staff", kind=staff)]
    assert _answers(needed, [Evidence(label="A", kind=people), Evidence(label="B", kind=staff)]) == ["A", "B"]
    assert _answers(needed, [Evidence(label="A", kind=EvidenceKind.FEEDBACK)]) == ["A", ""]
    assert _answers(needed[1:], [Evidence(label="A", kind=people)]) == [""]


def test_no_kind_answers_no_kind() -> None:
    """An item and evidence without label or kind have nothing in common."""
    assert _answers([NeededEvidence()], [Evidence()]) == [""]


_LABELS = st.sampled_from(["", "a", "A.", "b", " c "])
_KINDS = st.sampled_from([None, _AUDIT, _PHOTOGRAPH])


@given(
    st.lists(st.builds(NeededEvidence, label=_LABELS, kind=_KINDS), max_size=8),
    st.lists(st.builds(Evidence, label=_LABELS, kind=_KINDS), max_size=8),
)
@settings(max_examples=examples(300))
def test_nothing_is_lost(needed: list[NeededEvidence], received: list[Evidence]) -> None:
    """Each item keeps its place, and each piece of evidence is used once or listed."""
    match = match_evidence(needed, received)
    assert [item.needed for item in match.items] == needed
    used = [item.received for item in match.items if item.received]
    assert sorted(map(repr, (*used, *match.others))) == sorted(map(repr, received))
    open_kinds = {item.kind for item in match.missing if item.kind}
    assert not open_kinds & {each.kind for each in match.others}


def test_counts_are_in_words() -> None:
    """Nothing where nothing was agreed; a copy for some readers speaks of itself."""
    action = Action(plan="p", slug="a", path="", evidence_needed=(NeededEvidence(label="A"), NeededEvidence(label="B")))
    assert describe_received(Action(plan="p", slug="a", path=""), is_partial=False) == ""
    assert describe_received(action, is_partial=False) == "Evidence: 0 of 2"
    assert describe_received(action, is_partial=True) == "Evidence: 0 of 2 in this copy"


@pytest.mark.parametrize(
    ("today", "expired", "soon"),
    [
        ("2025-01-01", False, False),
        ("2025-01-02", False, True),
        ("2025-02-01", False, True),
        ("2025-02-02", True, False),
    ],
)
def test_evidence_expires(today: str, expired: bool, soon: bool) -> None:
    """It counts on its last day, and is said to expire soon from 30 days before."""
    evidence, day = Evidence(expires=date(2025, 2, 1)), date.fromisoformat(today)
    assert (is_expired(evidence, day), expires_soon(evidence, day)) == (expired, soon)
    assert list_change_days(evidence) == (date(2025, 1, 2), date(2025, 2, 2))
    assert not is_expired(Evidence(), day)
    assert list_change_days(Evidence()) == ()
