"""Files of the content that nobody reads are findings, in a check of the whole site and in a build alike."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from plansite.cache.site_cache import memory_cache
from plansite.checks.runner import run_all_checks
from plansite.model.assessment import SiteOnDate
from plansite.model.findings import Finding
from plansite.model.status import Audience
from plansite.pipeline.build import build_in_memory
from plansite.pipeline.plan_checks import check_site
from tests.sites import FixedClock, write
from tests.whole import load_with_reports

_DAY = date(2025, 1, 20)
_RULES = ("unread-document", "unlinked-file", "unmatched-field", "stray-file", "not-a-plain-file")
_PLAN = "content/plans/p"


def _check(root: Path, files: Mapping[str, str], plan: str = "") -> list[tuple[str, str, str]]:
    base = {
        f"{_PLAN}/plan.md": f"---\ntitle: P\n{plan}---\n",
        f"{_PLAN}/actions/a.md": "---\ntitle: A\nevidence: [{label: E, url: evidence/e.pdf}]\n---\n[l](linked.txt)\n",
        f"{_PLAN}/actions/linked.txt": "x",
        f"{_PLAN}/evidence/e.pdf": "x",
        f"{_PLAN}/measures/m.md": "---\ntitle: M\n---\n",
        f"{_PLAN}/measures/m.csv": "date,value\n",
    }
    write(root, {**base, **files})
    return _find(root)


def _find(root: Path) -> list[tuple[str, str, str]]:
    """What is found, after making sure that a check of the whole site at once finds the same."""
    _, findings = check_site(root, FixedClock(_DAY), memory_cache())
    assert findings == run_all_checks(SiteOnDate(load_with_reports(root), _DAY))
    return [_shorten(each) for each in findings if each.rule.name in _RULES]


def _shorten(finding: Finding) -> tuple[str, str, str]:
    return finding.path.removeprefix("content/"), finding.rule.name, finding.remedy


@pytest.mark.parametrize(
    ("path", "rule"),
    [
        ("plans/p/actions/lamp.txt", "unread-document"),
        ("plans/p/actions/lamp.docx", "unread-document"),
        ("plans/p/actions/lamp.DOCX", "unread-document"),
        ("plans/p/actions/deep/lamp.rtf", "unread-document"),
        ("plans/p/actions/lamp", "unread-document"),
        ("plans/p/actions/lamp.md ", "unread-document"),
        ("plans/p/actions/lamp.mdx", "unread-document"),
        ("plans/p/Reviews/2025-01-06.html", "unread-document"),
        ("plans/p/plan.docx", "unread-document"),
        ("plans/p.txt", "unread-document"),
        ("index.txt", "unread-document"),
        ("owners/ann.odt", "unread-document"),
        ("Agencies/council.yaml", "unread-document"),
        ("plans/p/actions/lamp.pdf", "unlinked-file"),
        ("plans/p/actions/lamp.svg", "unlinked-file"),
        ("plans/p/actions/a.md~", "unlinked-file"),
        ("plans/p/actions/a.md.bak", "unlinked-file"),
        ("plans/p/evidence/lamp.docx", "unlinked-file"),
        ("plans/p/evidence/deep/lamp", "unlinked-file"),
        ("plans/p/measures/other.csv", "unlinked-file"),
        ("pictures/lamp.png", "unlinked-file"),
        ("plans/p/lamp.md", "stray-file"),
        ("plans/p/notes/lamp.MD", "stray-file"),
        ("plans/p/actions/lamp.mdown", "stray-file"),
    ],
)
def test_a_file_that_is_neither_read_nor_linked(tmp_path: Path, path: str, rule: str) -> None:
    """Wherever it lies and whatever it is called, with what to do about it."""
    ((found, name, remedy),) = _check(tmp_path, {f"content/{path}": "x"})
    assert (found, name) == (path, rule)
    assert remedy


@pytest.mark.parametrize(
    "path",
    [
        "plans/p/actions/lamp.MD",
        "plans/p/actions/lamp.markdown",
        "plans/p/actions/README.md",
        "plans/p/readme.txt",
        "templates/letter.docx",
        "plans/p/actions/.lamp.docx",
        "plans/p/.drafts/lamp.txt",
        "plans/p/evidence/Thumbs.db",
    ],
)
def test_a_file_that_is_read_or_meant_for_editors(tmp_path: Path, path: str) -> None:
    """Documents, readme files, templates, and what is hidden."""
    assert _check(tmp_path, {f"content/{path}": "---\ntitle: X\n---\n"}) == []


def test_links_count_wherever_they_stand(tmp_path: Path) -> None:
    """On the front page, in the file of an owner, in another plan, in an incident's evidence; also with escapes."""
    files = {
        "content/index.md": "---\ntitle: F\n---\n[x](pictures/one%20two.png)\n",
        "content/pictures/one two.png": "x",
        "content/owners/ann.md": "---\ntitle: Ann\n---\n![x](../pictures/three.png#top)\n",
        "content/pictures/three.png": "x",
        "content/plans/q/plan.md": "---\ntitle: Q\n---\n[x](../p/evidence/four.pdf?x=1)\n",
        f"{_PLAN}/evidence/four.pdf": "x",
        f"{_PLAN}/incidents/i.md": "---\ntitle: I\nevidence: [{label: E, url: five.pdf}]\n---\n",
        f"{_PLAN}/incidents/five.pdf": "x",
        f"{_PLAN}/reviews/2025-01-06.md": "---\ntitle: R\n---\n[x](/content/plans/p/evidence/six.pdf)\n",
        f"{_PLAN}/evidence/six.pdf": "x",
        f"{_PLAN}/measures/a b.md": "---\ntitle: M\n---\n",
        f"{_PLAN}/measures/a b.csv": "date,value\n",
    }
    assert _check(tmp_path, files) == []


def test_links_in_content(tmp_path: Path) -> None:
    """A link to a file of the folder counts as that file; one that leads out is refused."""
    write(tmp_path, {f"{_PLAN}/actions/b.docx": "x"})
    (tmp_path / _PLAN / "actions/c.rtf").symlink_to("b.docx")
    (tmp_path / _PLAN / "actions/d.md").symlink_to("a.md")
    (tmp_path / _PLAN / "actions/e.docx").symlink_to("/etc/hostname")
    (tmp_path / _PLAN / "more").symlink_to("actions")
    assert [each[:2] for each in _check(tmp_path, {})] == [
        ("plans/p/actions/b.docx", "unread-document"),
        ("plans/p/actions/c.rtf", "unread-document"),
        ("plans/p/actions/e.docx", "not-a-plain-file"),
        ("plans/p/more", "not-a-plain-file"),
    ]


def test_it_can_be_waived(tmp_path: Path) -> None:
    """In the plan's file for its folder, or in the settings for all."""
    lamp = {f"{_PLAN}/evidence/lamp.pdf": "x", "content/lamp.pdf": "x"}
    plan = "allow: [{rule: unlinked-file, reason: Kept for the audit}]\n"
    assert [each[0] for each in _check(tmp_path, lamp, plan)] == ["lamp.pdf"]
    write(tmp_path, {"plansite.yaml": f"title: T\n{plan}"})
    assert _find(tmp_path) == []


def test_others_than_internal_readers_are_told_nothing(tmp_path: Path) -> None:
    """The name of a file may say what is hidden."""
    _check(tmp_path, {f"{_PLAN}/actions/ann-brown.docx": "x"})
    for audience in (Audience.INTERNAL, Audience.PUBLIC):
        pages = build_in_memory(tmp_path, clock=FixedClock(_DAY), audience=audience).files.values()
        assert any(b"ann-brown.docx" in page for page in pages if isinstance(page, bytes)) == (
            audience is Audience.INTERNAL
        )


@pytest.mark.parametrize(
    ("fields", "found"),
    [
        ("{status: sate}", ["`sate`"]),
        ("{status: state, due: finish}", ["`finish`"]),
        ("{status: state, owner: {field: team, from: heading}}", []),
        ("{title: name, status: state}", ["`name`"]),
    ],
)
def test_fields_that_no_file_has(tmp_path: Path, fields: str, found: list[str]) -> None:
    """One file with the field is enough, wherever below the folder; a source without files says nothing of fields."""
    settings = (
        f"title: T\nsources:\n- path: tracker\n  plan: {{field: plan}}\n  fields: {fields}\n"
        "- {path: nothing, fields: {owner: team}}\n"
    )
    files = {
        "plansite.yaml": settings,
        "tracker/a.md": "---\ntitle: A\nplan: One\n---\n",
        "tracker/deep/b.md": "---\ntitle: B\nplan: Two\nstate: Done\n---\n",
        "nothing/x.csv": "x",
    }
    write(tmp_path, files)
    _, findings = check_site(tmp_path, FixedClock(_DAY), memory_cache())
    assert findings == run_all_checks(SiteOnDate(load_with_reports(tmp_path), _DAY))
    unmatched = [each for each in findings if each.rule.name == "unmatched-field"]
    assert [(each.path, each.line) for each in unmatched] == [("plansite.yaml", 5)] * len(found)
    assert all(word in each.message for word, each in zip(found, unmatched, strict=True))
