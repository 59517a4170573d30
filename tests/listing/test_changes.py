"""What changed in words: by plan, by document, and within the room there is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from plansite.history.change import Change, Did
from plansite.listing.changes import LONGEST, PlanNews, Subject, chosen, news, nothing, summary, text
from plansite.listing.periods import Period, Periods, since_day
from plansite.listing.wrapping import places
from plansite.model.action import Action
from plansite.model.plan import Plan, Review

FIRST = date(2025, 1, 6)
ALL = Periods.same(since_day(FIRST))


def _action(slug: str, title: str = "", ref: str = "") -> Action:
    return Action(plan="winter", slug=slug, path=f"{slug}.md", title=title or slug, ref=ref)


def _change(
    slug: str, did: Did = Did.TICKED, after: str = "Ring", before: str = "", field: str = "", old_path: str = ""
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
    return [subject.name for plan in news(changes, {"winter": PLAN}, ALL) for subject in plan.subjects]


def test_order_of_documents() -> None:
    """The plan itself, actions as people count, then reviews, and last what is gone."""
    review = replace(_change("r"), document="review")
    plan = replace(_change("winter", Did.SET, field="title"), document="plan", path="plan.md")
    gone = _change("old", Did.REMOVED, "", before="Old one")
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
    moved = _change("a", Did.MOVED, "winter/a", before="summer/x", old_path="x.md")
    before = replace(_change("x"), plan="summer")
    (plan,) = news((moved, before), {"winter": PLAN}, ALL)
    assert plan.title == "A warm winter"
    (subject,) = plan.subjects
    assert [words.partition(" (")[0] for words in subject.facts] == [
        "Step done: Ring",
        "Moved from the plan “summer” to the plan “winter”",
    ]


def test_a_name_that_was_used_again() -> None:
    """A new file under a name from which another moved away is another document."""
    new = _change("x", Did.ADDED, "New one")
    moved = _change("a", Did.MOVED, "winter/a", before="winter/x", old_path="x.md")
    assert _names(new, moved, _change("x")) == ["Action 2: Two", "Action: New one"]


def test_names_of_what_is_gone() -> None:
    """The title that it had last, else its file's name; a plan that is gone goes by its folder's."""
    untitled = _change("hall-lights")
    assert _names(untitled) == ["Action: Hall lights"]
    assert _names(_change("x"), _change("x", Did.SET, "New", field="title", before="Old")) == ["Action: New"]
    (plan,) = news([replace(untitled, plan="old-plan")], {"winter": PLAN}, ALL)
    assert plan.title == "Old plan"


def test_books_alone_are_nothing() -> None:
    """A document of which only the books changed is left out, and so is its plan."""
    assert news([_change("a", Did.SET, field="allow")], {"winter": PLAN}, ALL) == ()


def test_each_plan_counts_from_its_own_day() -> None:
    """A document counts with the plan it is in now; the order stays."""
    later = Period(date(2025, 1, 7), "since then")
    periods = Periods(own={"winter": later}, rest=Period(FIRST, "since"), all_words="")
    old, new = _change("a"), replace(_change("b"), when=date(2025, 1, 7))
    other = replace(_change("z"), plan="other", path="z.md")
    moved = replace(_change("c", Did.MOVED, before="other/y", old_path="y.md"), when=date(2025, 1, 7))
    there = replace(_change("y"), plan="other", path="y.md")
    changes = (moved, new, other, old, there)
    assert chosen(changes, periods) == (moved, new, other)
    assert chosen(changes, periods, "winter") == (moved, new)
    assert chosen(changes, Periods.same(Period(None, "since “main”"))) == changes


def test_lines() -> None:
    """Plan, document, fact, each further in; what goes on stands further in than its first line."""
    told = (
        PlanNews(title="Winter", since="since 6 January", subjects=(Subject(name="Action: A", facts=("One two",)),)),
    )
    assert list(text(told, 24)) == [
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
    changes = [_change(f"n{number}", Did.ADDED, each) for number, each in enumerate(words)]
    lines = list(text(news(changes, {}, ALL), width))
    assert all(places(line) <= width for line in lines)
    assert not any(ord(letter) < 32 or 127 <= ord(letter) < 160 for line in lines for letter in line)


def test_a_long_fact_is_cut() -> None:
    """It says so with three dots."""
    (plan,) = news([_change("a", after="x" * 5000)], {"winter": PLAN}, ALL)
    (words,) = plan.subjects[0].facts
    assert (len(words), words[-1]) == (LONGEST, "…")


def test_nothing() -> None:
    """That is said in words, for one plan or for all."""
    assert nothing(ALL, None) == "Nothing has changed in the plans since 6 January 2025."
    assert nothing(ALL, PLAN) == "Nothing has changed in “A warm winter” since 6 January 2025."


def test_summary() -> None:
    """Facts are counted, not files."""
    subject = Subject(name="A", facts=("One", "Two"))
    told = PlanNews(title="T", since="", subjects=(subject, subject))
    assert summary((told, told)) == "8 changes in 2 plans."
