"""A goal is added to a plan's file, and every other byte stays the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plansite.content.documents import DocumentLocation, parse_document
from plansite.model.documents.goal import Goal
from plansite.model.documents.plan import Plan
from plansite.scaffold.atomic_files import AlreadyExistsError
from plansite.scaffold.list_items import CannotExtendError
from plansite.scaffold.new_goal import add_goal, build_goal

GOAL = {"key": "warm", "title": "Warm: rooms"}
ADDED = '  - key: warm\n    title: "Warm: rooms"\n'
BODY = "---\nText with goals: []\n"


def _goals(data: bytes) -> list[str]:
    found = parse_document(DocumentLocation("plan", "p", "p", "content/plans/p/plan.md"), data).document
    assert isinstance(found, Plan)
    return [goal.title for goal in found.goals]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("title: A\n", f"title: A\ngoals:\n{ADDED}"),
        ("title: A\ngoals: []\nend: 2025-01-01\n", f"title: A\ngoals:\n{ADDED}end: 2025-01-01\n"),
        ("goals:   [ ]  # none yet\ntitle: A\n", f"goals:  # none yet\n{ADDED}title: A\n"),
        ("title: A\ngoals:\nend: 2025-01-01\n", f"title: A\ngoals:\n{ADDED}end: 2025-01-01\n"),
        ("title: A\ngoals: ~\n", f"title: A\ngoals:\n{ADDED}"),
        ("title: A\ngoals:\n  - title: B\n    key: b\n", f"title: A\ngoals:\n  - title: B\n    key: b\n{ADDED}"),
        (
            "title: A\ngoals:\n- title: B\nend: 2025-01-01\n",
            'title: A\ngoals:\n- title: B\n- key: warm\n  title: "Warm: rooms"\nend: 2025-01-01\n',
        ),
        (
            "title: A\ngoals:\n      - title: B\n        # note\n\n# Dates\nend: 2025-01-01\n",
            "title: A\ngoals:\n      - title: B\n        # note\n"
            '      - key: warm\n        title: "Warm: rooms"\n\n# Dates\nend: 2025-01-01\n',
        ),
        ("goals:\n  - {title: B}\ntitle: A\n", f"goals:\n  - {{title: B}}\n{ADDED}title: A\n"),
        (
            "goals:\n  - title: B\n    specific: |\n      One\n\n      # two\ntitle: A\n",
            f"goals:\n  - title: B\n    specific: |\n      One\n\n      # two\n{ADDED}title: A\n",
        ),
    ],
)
def test_a_goal_is_added_and_nothing_else_changes(before: str, after: str) -> None:
    """Whether there are no goals yet, an empty list, or a list with one `-` a goal, however far it is indented."""
    assert add_goal(f"---\n{before}{BODY}".encode(), GOAL).decode() == f"---\n{after}{BODY}"


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_windows_files_stay_windows_files(mark: bytes) -> None:
    """A byte order mark and line ends of two characters are kept, also for the new lines."""
    text = f"---\ntitle: A\ngoals:\n  - title: B\n{BODY}".replace("\n", "\r\n").encode()
    after = f"---\ntitle: A\ngoals:\n  - title: B\n{ADDED}{BODY}".replace("\n", "\r\n").encode()
    assert add_goal(mark + text, GOAL) == mark + after


@pytest.mark.parametrize(
    ("before", "advice"),
    [
        ("goals: [{title: B}]\n", r", {key: warm, title: \"Warm: rooms\"}"),
        ("goals: [{title: B},\n  {title: C}]\n", r", {key: warm, title: \"Warm: rooms\"}"),
        ("goals: {title: B}\n", "  - key: warm\n"),
        ("goals:\n  title: B\n", "  - key: warm\n"),
        ("goals: none yet\n", "  - key: warm\n"),
        ("goals:\n  []\n", "  - key: warm\n"),
        ("title: @x\ngoals: []\n", "fields cannot be read"),
        ("goals: []\ntitle: A\ngoals: []\n", "fields cannot be read"),
    ],
)
def test_what_is_not_safe_to_change_is_refused_with_advice(before: str, advice: str) -> None:
    """The message holds what to paste, in the notation that the file uses."""
    with pytest.raises(CannotExtendError) as caught:
        add_goal(f"---\n{before}{BODY}".encode(), GOAL)
    assert advice in str(caught.value).replace('"', '\\"')


@given(
    st.lists(
        st.sampled_from(
            ["title: A", "goals:", "goals: []", "  - title: B", "- title: C", "    key: b", "", "# x", "end:"]
        )
    ),
    st.sampled_from(["\n", "\r\n"]),
)
def test_any_file_gains_exactly_one_goal_or_is_refused(lines: list[str], end: str) -> None:
    """Never is a goal lost, or put anywhere but behind the others; lines are only ever added."""
    data = end.join(["---", *lines, "---", "Text"]).encode()
    try:
        after = add_goal(data, GOAL)
    except CannotExtendError:
        return
    assert _goals(after) == [*_goals(data), "Warm: rooms"]
    kept = iter(after.split(end.encode()))
    assert all(line in kept for line in data.replace(b"goals: []", b"goals:").split(end.encode()))


def test_a_goal_has_its_fields_in_order_and_a_key() -> None:
    """The key is made of the title where none is given."""
    plan = Plan(slug="p", path="content/plans/p/plan.md", goals=(Goal(key="dry", title="Dry rooms"),))
    assert list(build_goal(plan, "Warm rooms", {"relevant": "", "specific": "All", "measure": "heat"}).items()) == [
        ("key", "warm-rooms"),
        ("title", "Warm rooms"),
        ("specific", "All"),
        ("relevant", ""),
        ("measure", "heat"),
    ]


@pytest.mark.parametrize(("title", "key"), [("dry ROOMS", ""), ("Other", "dry")])
def test_a_goal_that_is_there_is_not_added_again(title: str, key: str) -> None:
    """Neither its key nor its title may be taken, in whatever capitals."""
    plan = Plan(slug="p", path="content/plans/p/plan.md", goals=(Goal(key="dry", title="Dry rooms"),))
    with pytest.raises(AlreadyExistsError):
        build_goal(plan, title, {"key": key})
