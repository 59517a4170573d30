"""Needs attention: nothing unreadable is passed over, and much of it stays readable."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plansite.checks.runner import run_all_checks
from plansite.content.site_content import load_site
from plansite.model.assessment import SiteOnDate
from plansite.model.findings import Finding, Level, Rule
from plansite.model.settings import Settings
from plansite.model.site import Site
from plansite.site.components.page import Link
from plansite.site.pages.attention import (
    MAX_FILES_PER_RULE,
    AttentionView,
    RuleFindings,
    build_attention_page,
    split_at_backticks,
)
from tests.sites import write

_TODAY = date(2025, 1, 20)
_PLAN = {"content/plans/p/plan.md": "---\ntitle: P\n---\n"}


def _view(root: Path) -> AttentionView:
    dated_site = SiteOnDate(load_site(root), _TODAY)
    page = build_attention_page(dated_site, run_all_checks(dated_site))
    assert page.path == "attention.html"
    assert isinstance(page.view, AttentionView)
    return page.view


def _words(it: tuple[tuple[str, bool], ...]) -> str:
    return "".join(text for text, _ in it)


def _titles(kinds: tuple[RuleFindings, ...]) -> list[str]:
    return [_words(kind.title) for kind in kinds]


def test_a_file_that_could_not_be_read(tmp_path: Path) -> None:
    """It stands with its line, what is wrong, what to do, where to do it, and the page with its text."""
    site = write(
        tmp_path,
        {
            **_PLAN,
            "plansite.yaml": "title: T\nrepository: https://github.com/example/plans\n",
            "content/plans/p/actions/door.md": "---\ntitle: Fix: door\n---\n",
        },
    )
    view = _view(site)
    assert view.lede == "2 files: 1 on the site, and 1 that could not be read. None of those on the site has an error."
    [kind] = view.unreadable
    [file] = kind.files
    assert file.title == Link("Door", "plans/p/actions/door.html")
    assert file.path == "content/plans/p/actions/door.md"
    [spot] = file.spots
    assert (spot.line, _words(spot.message)) == ("Line 2", "a second colon in the line.")
    assert ('title: "Fix: door"', True) in spot.remedy
    assert spot.edit == "https://github.com/example/plans/edit/main/content/plans/p/actions/door.md"
    assert kind.number == "1 file"
    assert _words(kind.title)
    assert "Example:" not in _words(kind.why)


def test_its_findings_are_not_told_twice(tmp_path: Path) -> None:
    """What is wrong with an unreadable file is not an error of a file on the site."""
    view = _view(write(tmp_path, {**_PLAN, "content/plans/p/actions/door.md": "no front matter\n"}))
    assert len(view.unreadable) == 1
    assert view.errors == ()


def test_two_actions_with_one_number_are_errors(tmp_path: Path) -> None:
    """A number given twice in a plan is named, with the page of the action."""
    action = "---\ntitle: {}\nref: 3\nowner: Anna\ndue: 2025-03-01\n---\n"
    site = write(
        tmp_path,
        {
            **_PLAN,
            "content/plans/p/actions/a.md": action.format("Mend the gate"),
            "content/plans/p/actions/b.md": action.format("Mend the door"),
        },
    )
    view = _view(site)
    assert _titles(view.errors) == ["Two actions of a plan have the same number."]
    [file] = view.errors[0].files
    assert file.title == Link("Mend the door", "plans/p/actions/b.html")
    assert view.errors_note == "1 file"
    assert view.lede == "3 files on the site. 1 has an error."


def test_the_front_page_is_one_of_the_files(tmp_path: Path) -> None:
    """The number is the same as on the page about this copy."""
    files = {
        **_PLAN,
        "content/index.md": "---\ntitle: Ours\n---\n",
        "content/plans/p/actions/a.md": "---\ntitle: A\n---\n",
    }
    assert _view(write(tmp_path, files)).lede.startswith("3 files on the site.")


_HINT = Rule("PS999", "odd-thing", Level.HINT, "A thing is `odd`.\n\nIt may be\nright.\n\nExample: this.")


def _hints(number: int) -> tuple[Finding, ...]:
    return tuple(Finding(rule=_HINT, path=f"content/{n:04}.md", message="it is odd") for n in range(number))


def _of(findings: tuple[Finding, ...]) -> AttentionView:
    page = build_attention_page(SiteOnDate(Site(settings=Settings()), _TODAY), findings)
    assert isinstance(page.view, AttentionView)
    return page.view


def test_hints_are_summed_up_by_rule() -> None:
    """The rule says what and why without its example; each place is named; what to type stands out."""
    [kind] = _of(_hints(2)).hints
    assert kind.title == (("A thing is ", False), ("odd", True), (".", False))
    assert _words(kind.why) == "It may be right."
    assert kind.number == "2 cases"
    assert [file.title for file in kind.files] == [Link("content/0000.md"), Link("content/0001.md")]
    assert kind.files[0].spots[0].line == "The file"
    assert kind.more == ""


def test_very_many_hints_are_cut_with_a_word() -> None:
    """The page stays readable, and says how many places it leaves out."""
    [kind] = _of(_hints(MAX_FILES_PER_RULE + 5)).hints
    assert len(kind.files) == MAX_FILES_PER_RULE
    assert kind.number == "105 cases"
    assert kind.more == "5 files more: run plansite check to list them all."


def test_errors_are_never_cut() -> None:
    """However many files are wrong, each is named."""
    rule = Rule("PS998", "wrong-thing", Level.ERROR, "")
    found = tuple(
        Finding(rule=rule, path=f"content/{n}.md", message="it is wrong") for n in range(MAX_FILES_PER_RULE + 5)
    )
    [kind] = _of(found).errors
    assert len(kind.files) == MAX_FILES_PER_RULE + 5
    assert _words(kind.title) == "wrong-thing"


def test_the_most_frequent_comes_first() -> None:
    """Rules stand by the number of files they found."""
    rare = Finding(rule=Rule("PS001", "rare", Level.HINT, "Rare."), path="content/r.md", message="m")
    assert _titles(_of((rare, *_hints(2))).hints) == ["A thing is odd.", "Rare."]


@pytest.mark.parametrize(
    ("files", "sentence"),
    [
        ({}, "There are no files yet."),
        (
            {"content/agencies/a.md": "---\ntitle: A\nrole: R\nemail: a@example.org\n---\n"},
            "The one file is on the site, and no problems were found.",
        ),
    ],
)
def test_nothing_to_put_right(tmp_path: Path, files: dict[str, str], sentence: str) -> None:
    """A clean site says so."""
    view = _view(write(tmp_path, files))
    assert view.nothing is not None
    assert (view.nothing.words, view.nothing.sentence) == ("Nothing needs attention.", sentence)
    assert (view.unreadable, view.errors, view.warnings, view.hints) == ((), (), (), ())


@pytest.mark.slow
def test_a_big_set_laid_out_by_others(tmp_path: Path, real_sets: Path) -> None:
    """Of 696 real files, 666 are on the site and 30 need attention; none is passed over."""
    source = real_sets / "backlogmd-tasks" / "data" / "backlog"
    settings = f"title: T\nsources:\n  - path: {source}\n    plan: backlog\n    fields: {{ref: id}}\n"
    if not source.is_dir():
        pytest.skip("the set of 696 files does not lie beside this checkout")
    view = _view(write(tmp_path, {"plansite.yaml": settings}))
    assert view.lede.startswith("696 files: 666 on the site, and 30 that could not be read.")
    assert sum(len(kind.files) for kind in view.unreadable) == 30


@given(st.text())
def test_a_phrase_keeps_every_sign(text: str) -> None:
    """Only paired back-ticks go; nothing else is lost or added."""
    pairs = text.count("`") // 2 * 2
    said = _words(split_at_backticks(text))
    assert said.count("`") == text.count("`") - pairs
    assert said.replace("`", "") == text.replace("`", "")


def test_a_phrase_marks_what_to_type() -> None:
    """What stands between two back-ticks is marked, and nothing else."""
    assert split_at_backticks("add `due:` here") == (("add ", False), ("due:", True), (" here", False))
    assert split_at_backticks("one ` alone") == (("one ` alone", False),)
    assert split_at_backticks("") == ()
