"""The names by which notices with statutory days are recognised, and those that must not be."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plansite.model.notices.notice_kinds import NOTICE_KINDS, find_notice_kind

_REQUIREMENT, _REQUEST, _DEATHS = (kind.name for kind in NOTICE_KINDS)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("requirement notice", _REQUIREMENT),
        ("Requirement Notice", _REQUIREMENT),
        ("requirement-notice", _REQUIREMENT),
        ("CQC requirement notices", _REQUIREMENT),
        ("The Care Quality Commission\u2019s requirement notice", _REQUIREMENT),
        ("requirement notice (regulation 12)", _REQUIREMENT),
        ("Requirement notice under reg. 17", _REQUIREMENT),
        ("Requirement notice 2", _REQUIREMENT),
        ("regulation 17(3) request", _REQUEST),
        ("Reg 17 (3)", _REQUEST),
        ("CQC\u2019s r.17(3) letter", _REQUEST),
        ("Request under Regulation 17(3)", _REQUEST),
        ("Request for an action plan", _REQUEST),
        ("action plan request, regulation 17(3)", _REQUEST),
        ("prevention of future deaths report", _DEATHS),
        ("HM Coroner\u2019s Prevention of Future Deaths Report", _DEATHS),
        ("PFD", _DEATHS),
        ("Coroners\u2019 PFD report", _DEATHS),
        ("Regulation 28: report to prevent future deaths", _DEATHS),
        ("Reg28 report", _DEATHS),
        ("Regulation 28 (prevention of future deaths) report dated 6 January", _DEATHS),
    ],
)
def test_a_name_is_recognised(name: str, kind: str) -> None:
    """Whoever is named as sender, however it is written, and with what it is about behind it."""
    found = find_notice_kind(name)
    assert found is not None
    assert found.name == kind


@pytest.mark.parametrize(
    "name",
    [
        "",
        "notice",
        "warning notice",
        "section 29A warning notice",
        "improvement notice",
        "Ofsted requirement notice",
        "appeal against a requirement notice",
        "requirement notice appeal",
        "requirement",
        "regulation 17",
        "regulation 17 breach",
        "regulation 17(2) request",
        "regulation 280 report",
        "report on deaths",
        "complaint",
    ],
)
def test_another_name_is_not(name: str) -> None:
    """A clock that nobody set is worse than a question: what is not certainly one of these kinds is none."""
    assert find_notice_kind(name) is None


def test_the_days_and_their_source() -> None:
    """28 days for what the Care Quality Commission asks for, 56 for a coroner's report, each with its regulation."""
    assert [kind.days for kind in NOTICE_KINDS] == [28, 28, 56]
    assert all("regulation" in kind.source for kind in NOTICE_KINDS)
    assert all(find_notice_kind(name) is kind for kind in NOTICE_KINDS for name in (kind.name, *kind.synonyms))


@given(st.text())
def test_any_name_has_an_answer(name: str) -> None:
    """No text is an error, and spaces and capitals make no difference."""
    assert find_notice_kind(name) is find_notice_kind(f"  {name}  ")
