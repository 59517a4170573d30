"""Change reports by plan and document, and their text for a terminal."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from plansite.exports.change_periods import Period, PlanPeriods, build_period_since_day
from plansite.exports.change_report import (
    MAX_FACT_LENGTH,
    DocumentReport,
    PlanReport,
    build_change_report,
    explain_no_changes,
    filter_changes,
    format_report_text,
    summarise_report,
)
from plansite.exports.terminal_text import measure_width
from plansite.history.change import Change, ChangeKind
from plansite.model.documents.action import Action
from plansite.model.documents.plan import Plan
from plansite.model.documents.review import Review

FIRST = date(2025, 1, 6)
ALL = PlanPeriods.uniform(build_period_since_day(FIRST))


def _action(slug: str, title: str = "", ref: str = "") -> Action:
    return Action(plan="winter", slug=slug, path=f"{slug}.md", title=title or slug, ref=ref)


def _change(
    slug: str,
    did: ChangeKind = ChangeKind.STEP_TICKED,
    after: str = "Ring",
    before: str = "",
    field: str = "",
    old_path: str = "",
) -> Change:
    return Change(
        did=did,
        document="action",
        plan="winter",
        slug=slug,
        path=f"{slug}.md",
        old_path=old_path,
        field=field,
        before=before,
        after=after,
        when=FIRST,
    )


PLAN = Plan(
    slug="winter",
    path="plan.md",
    title="A warm winter",
    actions=(_action("b", "Ten", "10"), _action("a", "Two", "2"), _action("c", "None")),
    reviews=(Review(plan="winter", slug="r", path="r.md", title="January review"),),
)


def _names(*changes: Change) -> list[str]:
    return [subject.name for plan in build_change_report(changes, {"winter": PLAN}, ALL) for subject in plan.documents]


def test_order_of_documents() -> None:
    """The plan itself, actions as people count, also one that is gone, then reviews."""
    review = replace(_change("r"), document="review")
    plan = replace(_change("winter", ChangeKind.FIELD_CHANGED, field="title"), document="plan", path="plan.md")
    gone = _change("old", ChangeKind.REMOVED, "", before="Old one")
    assert _names(review, gone, _change("c"), _change("b"), _change("a"), plan) == [
        "The plan itself",
        "Action 2: Two",
        "Action 10: Ten",
        "Action: None",
        "Action: Old one",
        "Review: January review",
    ]


def test_a_document_that_moved_is_told_once() -> None:
    """Under its present plan and name, with what happened to it under earlier ones."""
    moved = _change("a", ChangeKind.MOVED, "winter/a", before="summer/x", old_path="x.md")
    before = replace(_change("x"), plan="summer")
    (plan,) = build_change_report((moved, before), {"winter": PLAN}, ALL)
    assert plan.title == "A warm winter"
    (subject,) = plan.documents
    assert [words.partition(" (")[0] for words in subject.facts] == [
        "Step done: Ring",
        "Moved from the plan “summer” to the plan “winter”",
    ]


def test_a_name_that_was_used_again() -> None:
    """A new file under a name from which another moved away is another document."""
    new = _change("x", ChangeKind.ADDED, "New one")
    moved = _change("a", ChangeKind.MOVED, "winter/a", before="winter/x", old_path="x.md")
    assert _names(new, moved, _change("x")) == ["Action 2: Two", "Action: New one"]


def test_names_of_what_is_gone() -> None:
    """The title that it had last, else its file's name; a plan that is gone goes by its folder's."""
    untitled = _change("hall-lights")
    assert _names(untitled) == ["Action: Hall lights"]
    assert _names(_change("x"), _change("x", ChangeKind.FIELD_CHANGED, "New", field="title", before="Old")) == [
        "Action: New"
    ]
    (plan,) = build_change_report([replace(untitled, plan="old-plan")], {"winter": PLAN}, ALL)
    assert plan.title == "Old plan"


def test_books_alone_are_nothing() -> None:
    """A document of which only the books changed is left out, and so is its plan."""
    assert build_change_report([_change("a", ChangeKind.FIELD_CHANGED, field="allow")], {"winter": PLAN}, ALL) == ()


def test_each_plan_counts_from_its_own_day() -> None:
    """A document counts with the plan it is in now; the order stays."""
    later = Period(date(2025, 1, 7), "since then")
    periods = PlanPeriods(by_plan={"winter": later}, default=Period(FIRST, "since"), overall_text="")
    old, new = _change("a"), replace(_change("b"), when=date(2025, 1, 7))
    other = replace(_change("z"), plan="other", path="z.md")
    moved = replace(_change("c", ChangeKind.MOVED, before="other/y", old_path="y.md"), when=date(2025, 1, 7))
    there = replace(_change("y"), plan="other", path="y.md")
    changes = (moved, new, other, old, there)
    assert filter_changes(changes, periods) == (moved, new, other)
    assert filter_changes(changes, periods, "winter") == (moved, new)
    assert filter_changes(changes, PlanPeriods.uniform(Period(None, "since “main”"))) == changes


def test_lines() -> None:
    """Plan, document and fact are indented in steps, and continued lines by one step more."""
    report = (
        PlanReport(
            title="Winter", since="since 6 January", documents=(DocumentReport(name="Action: A", facts=("One two",)),)
        ),
    )
    assert list(format_report_text(report, 24)) == [
        "Winter, since 6",
        "  January",
        "  Action: A",
        "    One two",
        "",
        "1 change in 1 plan.",
    ]


@given(st.lists(st.text(min_size=1), max_size=4), st.integers(24, 60))
def test_lines_fit(words: list[str], width: int) -> None:
    """No line is longer than the terminal is wide, and none holds what a terminal obeys."""
    changes = [_change(f"n{number}", ChangeKind.ADDED, each) for number, each in enumerate(words)]
    lines = list(format_report_text(build_change_report(changes, {}, ALL), width))
    assert all(measure_width(line) <= width for line in lines)
    assert not any(ord(letter) < 32 or 127 <= ord(letter) < 160 for line in lines for letter in line)


def test_a_long_fact_is_cut() -> None:
    """It says so with three dots."""
    (plan,) = build_change_report([_change("a", after="x" * 5000)], {"winter": PLAN}, ALL)
    (words,) = plan.documents[0].facts
    assert (len(words), words[-1]) == (MAX_FACT_LENGTH, "…")


def test_nothing() -> None:
    """That is said in words, for one plan or for all."""
    assert explain_no_changes(ALL, None) == "Nothing has changed in the plans since 6 January 2025."
    assert explain_no_changes(ALL, PLAN) == "Nothing has changed in “A warm winter” since 6 January 2025."


def test_summary() -> None:
    """Facts are counted, not files."""
    subject = DocumentReport(name="A", facts=("One", "Two"))
    report = PlanReport(title="T", since="", documents=(subject, subject))
    assert summarise_report((report, report)) == "8 changes in 2 plans."
