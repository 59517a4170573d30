"""The committee paper of a plan: what is to decide, late, asked for, done, live and moved, and whether it worked."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from plansite.model.assessment import SiteOnDate
from plansite.model.body import Body, Section, TextRun
from plansite.model.documents.action import Action
from plansite.model.documents.plan import Plan
from plansite.model.documents.records.due_dates import EarlierDue, Escalation, Extension, ExtensionDecision
from plansite.model.documents.records.evidence import Evidence
from plansite.model.documents.records.requirements import (
    Instrument,
    RecommendationResponse,
    Requirement,
    RequirementLevel,
    ResponseDecision,
)
from plansite.model.documents.records.verification import Verification
from plansite.model.documents.review import Review
from plansite.model.settings import Settings
from plansite.model.site import Site
from plansite.model.status import Audience, Status, VerificationResult
from plansite.site.governance.committee import CommitteeView, PaperSection, build_committee_pages

TODAY, LAST = date(2025, 1, 20), date(2025, 1, 9)
_REVIEW = Review(plan="p", slug="r", path="content/plans/p/reviews/r.md", title="January", date=LAST, present=("Ann",))
_PLAN = Plan(slug="p", path="content/plans/p/plan.md", title="Plan", reviews=(_REVIEW,))


def _action(slug: str, **fields: object) -> Action:
    values: dict[str, object] = {"title": slug.capitalize(), "owner": "Ann", "created": TODAY, **fields}
    return Action(plan="p", slug=slug, path=f"content/plans/p/actions/{slug}.md", **values)  # type: ignore[arg-type]


def _view(*actions: Action, plan: Plan = _PLAN, is_unfiltered: bool = True) -> CommitteeView:
    plan = replace(plan, actions=actions)
    audience = Audience.INTERNAL if is_unfiltered else Audience.PARTNERS
    site = Site(settings=Settings(), plans=(plan,), is_unfiltered=is_unfiltered, audience=audience)
    (page,) = build_committee_pages(SiteOnDate(site, TODAY), plan)
    assert page.path == "plans/p/committee.html"
    assert isinstance(page.view, CommitteeView)
    return page.view


def _section(view: CommitteeView, key: str) -> PaperSection:
    return next(section for section in view.sections if section.key == key)


def _rows(view: CommitteeView, key: str) -> dict[str, str]:
    """The words of each row of a section by the title of its action."""
    return {row.title.text: row.words for group in _section(view, key).groups for row in group.rows}


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, None),
        ({"extension": (Extension(until=TODAY, reason="Ill"),)}, "is not decided yet. The reason: Ill."),
        ({"extension": (Extension(until=TODAY, decision=ExtensionDecision.GRANTED),)}, None),
        ({"escalated": (Escalation(to="Director", reason="No answer"),)}, "Taken to Director: No answer. No decision yet."),
        ({"escalated": (Escalation(to="Director", decision="We pay"),)}, None),
        ({"status": Status.BLOCKED}, "Blocked."),
        ({"requirement": Requirement(level=RequirementLevel.RECOMMENDATION)}, "A recommendation without a response"),
        ({"requirement": Requirement(level=RequirementLevel.MUST)}, None),
        (
            {
                "requirement": Requirement(level=RequirementLevel.RECOMMENDATION),
                "response": RecommendationResponse(decision=ResponseDecision.ACCEPTED),
            },
            None,
        ),
        ({"status": Status.COMPLETED, "extension": (Extension(until=TODAY),)}, None),
    ],
)  # fmt: skip
def test_what_is_to_be_decided(fields: dict[str, object], words: str | None) -> None:
    """Only of open actions, and only what nobody has decided."""
    rows = _rows(_view(_action("a", **fields)), "decide")
    assert (words is None and not rows) or (words is not None and words in rows["A"])


def test_the_barrier_of_a_blocked_action() -> None:
    """What is in the way is said where the file says it."""
    body = Body(
        sections=(Section(title="Barriers", key="barriers", html=("<p>x</p>",), line=1),),
        text_runs=(TextRun("The firm is ill. They wrote.", 2),),
    )
    assert _rows(_view(_action("a", status=Status.BLOCKED, body=body)), "decide") == {"A": "Blocked. The firm is ill."}


def test_readers_who_may_not_see_a_response() -> None:
    """They are not told that there is none, nor what is missing of a finished action."""
    advice = _action("a", requirement=Requirement(level=RequirementLevel.RECOMMENDATION))
    view = _view(advice, _action("b", status=Status.COMPLETED, completed=TODAY), is_unfiltered=False)
    assert _rows(view, "decide") == {}
    assert _rows(view, "worked") == {"B": "Not monitored. Not evaluated."}


@pytest.mark.parametrize(
    ("completed", "reviews", "is_listed"),
    [
        (LAST, (_REVIEW,), True),
        (LAST - timedelta(1), (_REVIEW,), False),
        (date(2024, 10, 20), (), True),
        (date(2024, 10, 19), (), False),
    ],
)
def test_what_was_completed_since(completed: date, reviews: tuple[Review, ...], is_listed: bool) -> None:
    """Since the last review, the day itself included; without one, in the last three months."""
    view = _view(_action("a", status=Status.COMPLETED, completed=completed), plan=replace(_PLAN, reviews=reviews))
    assert ("A" in _rows(view, "completed")) is is_listed
    assert "9 January 2025" in view.since or "20 October 2024" in view.since


def test_a_dropped_action_says_why() -> None:
    """A cancelled action with its reason, a declined one as not accepted."""
    answer = RecommendationResponse(decision=ResponseDecision.NOT_ACCEPTED, reason="Not ours.", date=TODAY)
    view = _view(
        _action("a", status=Status.CANCELLED, completed=TODAY, reason="no longer needed"),
        _action("b", response=answer),
        _action("c", status=Status.COMPLETED, completed=TODAY, verification=Verification(by="Nurse")),
    )
    rows = [row for group in _section(view, "completed").groups for row in group.rows]
    assert [(row.title.text, row.when, row.words) for row in rows] == [
        ("A", "Cancelled", "Reason: no longer needed."),
        ("B", "Not accepted", "Reason: Not ours."),
        ("C", "Finished", "Awaiting verification."),
    ]


def test_live_actions_by_age() -> None:
    """The oldest first, each in one group, those without a day last."""
    view = _view(
        _action("new"),
        _action("old", created=date(2024, 1, 1)),
        _action("older", created=date(2023, 1, 1), due=TODAY),
        _action("unknown", created=None),
        _action("done", status=Status.COMPLETED),
    )
    live = _section(view, "live")
    assert [(group.key, [row.title.text for row in group.rows]) for group in live.groups] == [
        ("age-older", ["Older", "Old"]),
        ("age-month", ["New"]),
        ("age-unknown", ["Unknown"]),
    ]
    assert live.number == 4


def test_moves_overdue_and_requests() -> None:
    """With how far a date moved, how late it is, and what was asked; of closed actions only what was decided since."""
    granted = Extension(until=TODAY, decision=ExtensionDecision.GRANTED, decided=LAST)
    early = replace(granted, decided=LAST - timedelta(1))
    view = _view(
        _action("a", due=date(2025, 1, 15), due_history=(EarlierDue(due=date(2025, 1, 5)),), extension=(early,)),
        _action("b", due=date(2025, 2, 1), due_history=(EarlierDue(due=date(2025, 2, 11)),)),
        _action("c", status=Status.COMPLETED, extension=(granted,)),
        _action("d", status=Status.COMPLETED, extension=(early,)),
    )
    assert _rows(view, "moved") == {
        "A": "1 move, first due 5 January 2025: 10 days later.",
        "B": "1 move, first due 11 February 2025: 10 days earlier.",
    }
    assert list(_rows(view, "overdue")) == ["A"]
    assert list(_rows(view, "extensions")) == ["A", "C"]


def test_whether_it_worked() -> None:
    """What is missing is named; what is complete says so."""
    passed = Verification(by="Nurse", result=VerificationResult.PASSED)
    outcome = Body(sections=(Section(title="Outcome", key="outcome", html=("<p>Warm.</p>",), line=1),))
    view = _view(
        _action("a", status=Status.COMPLETED),
        _action("b", status=Status.EMBEDDED, verification=passed, evidence=(Evidence(label="X"),), body=outcome),
        _action("c"),
    )
    assert _rows(view, "worked") == {
        "A": "Not monitored (no evidence, no check, repeat checks or measure). "
        "Not evaluated (no check with a result, no outcome or measure).",
        "B": "Monitored. Evaluated.",
    }
    assert _section(view, "worked").note == "2 actions implemented, 1 monitored, 1 evaluated."


def test_notices_are_counted_until_they_are_answered() -> None:
    """All are listed, those that wait first."""
    notices = (
        Instrument(name="requirement notice", ref="A", received=LAST, sent=LAST),
        Instrument(name="requirement notice", ref="B", received=LAST),
    )
    view = _view(_action("a"), plan=replace(_PLAN, instrument=notices))
    assert [notice.title for notice in view.notices] == ["Requirement notice B", "Requirement notice A"]
    assert view.waiting_notices == 1
