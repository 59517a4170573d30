"""The order in which actions are listed."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import plansite
from plansite.model.documents.action import Action
from plansite.model.documents.action_order import natural_sort_key

_SOURCE = Path(plansite.__file__).parent
_NAMES = {"slug", "path", "ref", "title"}


def _sort(*rows: tuple[str, str, str]) -> list[tuple[str, str, str]]:
    """Rows of number, title and slug in the order in which their actions are listed."""
    actions = [
        Action(plan="p", ref=ref, title=title, slug=slug, path=f"{99 - i}.md")
        for i, (ref, title, slug) in enumerate(rows)
    ]
    return [(each.ref, each.title, each.slug) for each in sorted(actions, key=lambda action: action.sort_key)]


@pytest.mark.parametrize(
    "refs",
    [
        ["1", "2", "10", "11"],
        ["1", "1.1", "1.9", "1.10", "2", "10.1"],
        ["A9", "A10", "B1"],
        ["a9", "A10"],
        ["1", "1a", "1b", "2", "10", "10a"],
        ["2-9", "2-10"],
        ["2024/9", "2024/10", "2025/1"],
        ["9", "010", "11"],
        ["\u0669", "\u0661\u0660"],
        ["9" * 12, "1" + "0" * 12, "9" * 13, "1" + "0" * 30],
        ["2", "10", "#1", "A1", ""],
        ["A 2", "A 10"],
    ],
    ids=lambda refs: refs[0],
)
def test_numbers_are_in_natural_order(refs: list[str]) -> None:
    """Whatever order the files are in, numbers are counted as people count; without a number is last."""
    rows = [(ref, "Same", "same") for ref in refs]
    assert _sort(*reversed(rows)) == _sort(*rows) == rows


def test_the_title_decides_between_equal_numbers_and_the_slug_between_equal_titles() -> None:
    """Both in natural order as well."""
    ordered = [
        ("1", "Room 2", "z"),
        ("1", "Room 10", "lamp-2"),
        ("1", "Room 10", "lamp-10"),
        ("2", "A", "a"),
        ("", "B", "c"),
    ]
    assert _sort(*reversed(ordered)) == ordered


@given(st.lists(st.integers(min_value=0, max_value=10**20), unique=True))
def test_whole_numbers_sort_by_value(numbers: list[int]) -> None:
    """Of any length."""
    assert sorted(map(str, numbers), key=natural_sort_key) == [str(number) for number in sorted(numbers)]


@given(st.text(), st.text(alphabet=" \t\n"))
def test_any_text_has_a_key(text: str, padding: str) -> None:
    """It depends on nothing but what can be seen, and only a text without anything to see has none."""
    assert natural_sort_key(f"{padding}{text}{padding}") == natural_sort_key(text)
    assert bool(natural_sort_key(text)) is bool(text.split())


#: What sorts other documents, and what sorts actions where it does not decide how they are listed.
_OTHER_KEYS = {
    "checks/rules/dependencies.py: (action.plan, action.path)",
    "checks/rules/references.py: action.path",
    "checks/runner.py: finding.path",
    "site/pages/attention.py: context.positions.get(finding.path, len(context.positions))",
    "content/plans.py: (str(each.date or ''), each.slug)",
    "content/plans.py: action.path",
    "content/plans.py: each.path",
    "content/plans.py: review.path",
    "history/renames/commit_renames.py: (file.path, file.old_path)",
    "history/renames/pairing.py: (-points, one.slug != other.slug, one.plan != other.plan, one.path, other.path)",
    "model/findings.py: (self.path, self.line, self.column, self.rule.code, self.message)",
    "model/notices/notice_clock.py: (find_notice_due(notice) or date.max, notice.received or date.max, notice.name, "
    "notice.ref)",
    "model/site.py: action.path",
    "pipeline/plan_index.py: action.path",
    "site/components/plan_header.py: (_COURSE_ORDER.index(course), due, plan.title.casefold(), plan.slug)",
    "site/incidents/incident_rows.py: (incident.date or date.min, incident.slug)",
    "site/pages/search.py: (-row[1], row[0].title.casefold(), row[0].slug)",
    "site/people/workload.py: (each.evidence.expires or date.max, each.document.path)",
    "site/standards/facts.py: (row.day or date.min, row.title.href)",
    "digest/digest.py: (person.title.casefold(), profile_address(person))",
    "site/calendars/subscribe_page.py: (person.title.casefold(), person.slug)",
    "site/people/agencies.py: (agency.title.casefold(), agency.slug)",
    "site/people/owners.py: (-count.open, -bisect_left(count.due_dates, today), owner.title.casefold(), owner.slug)",
    "site/plan/reviews.py: (review.date or date.min, review.slug)",
    "verify/report.py: (not difference.is_edited, difference.path)",
}


def test_no_other_key_sorts_actions() -> None:
    """Whatever lists actions leaves the rest to their `sort_key`; equal days never fall back on the order of files."""
    keys = {
        f"{path.relative_to(_SOURCE).as_posix()}: {key}" for path in _SOURCE.rglob("*.py") for key in _list_keys(path)
    }
    assert keys == _OTHER_KEYS


def _list_keys(path: Path) -> Iterator[str]:
    """The keys of sorts that look at a slug, path, number or title, in lambdas and in functions called `…sort_key`."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        match node:
            case ast.keyword(arg="key", value=ast.Lambda(body=key)):
                pass
            case ast.FunctionDef(name=name, body=[*_, ast.Return(value=ast.expr() as key)]) if name.endswith(
                "sort_key"
            ):
                pass
            case _:
                continue
        text = ast.unparse(key)
        if _NAMES & {each.attr for each in ast.walk(key) if isinstance(each, ast.Attribute)} and "sort_key" not in text:
            yield text
