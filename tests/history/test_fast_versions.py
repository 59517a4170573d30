"""The fast parser gives the same version as `parse_version` for any text, and can be switched off."""

from __future__ import annotations

import dataclasses
import itertools
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from plansite.content.documents import DocumentLocation
from plansite.history import fast_versions
from plansite.history.change import ChangeValue
from plansite.history.fast_versions import _parse_values, parse_version_fast
from plansite.history.versions import DocumentVersion, parse_version
from plansite.model.dates import DEFAULT_ZONE
from plansite.parallel import timeouts
from tests.examples import examples
from tests.history.repo import RADIATOR, Repo, action

_WORDS = st.text("ab zA1é:#'\"-*_`[]<>&|\\!~(){},.=\t\xa0\u2028+", max_size=14)
_AWKWARD_LINES = (
    "## Steps|## Progress|# Tasks|### Steps|## Barriers:|##|## a #|- [x] Ring|- [ ] Ring *him*|* [ ] Wait|- Plain|"
    "- 2025-01-02 (Ann): Rang.|- 2025-13-02: No|- 2025-01-02 – Rang|2025-01-02: A paragraph|  nested|    code|"
    '```|~~~|<!-- gone|-->|[x]: https://a.example|[x]|1. one|> said|---|===|| a | b ||Plain words.|A “quote” "too"|'
    "- [ ] [x](evidence/a.pdf)|Two  spaces|A line that breaks  |e-mail <a@b.example>|- [x]|- 2025-01-02 ( Ann ): x y|\xa0|Setext\n---|[Ring][x]|"
    "- 2025-01-02T20:00Z: Rang.|- 2025-01-02 23:00 +01:00 (Ann): Rang.|<<<<<<< HEAD|>>>>>>> b|"
    "☐ Ring|-[x] Ring|**Steps**|Steps:|Progress|##Barriers|### 2025-01-02|## 2 January 2025 Ann|08/01/25 Rang.|• Rang|"
    "## Steps and progress|## Next steps|2025-01-08 14:30 (Ann): Rang.|**2025-01-02**|\\[ \\] Ring|1.Ring|## ✅ Steps"
).split("|")
_AWKWARD_FIELDS = (
    "title: Mend it|title: 'Mend it'|title:|title: null|title: |\n  Two\n  lines|title: > \n  x|due: 2025-01-07|"
    "due: June|due:|status: Doing|status: nearly|status: [a]|Status: done|audience: all|audience: public|"
    "Audience: partners|supporters: [Ann, 'B, C']|supporters:\n- Ann\n- Ben|supporters: Ann|owner: Ann #3|"
    "owner: &a Ann|goal: *a|goal: !x y|source: CQC|source: {kind: audit, ref: x}|verification: {by: Ann, result: passed}|"
    "due_history: [{due: 2025-01-07, reason: Snow}]|evidence:\n  - {label: A, url: a.pdf, date: 2025-01-01}|"
    '# a comment|unknown: 3|...|--- |%YAML|ref: 007|"ref": 3|tags: [a,\nb]|resources: "open|\'|"|priority: high|'
    "homework: {outcome: partly}|allow: [{rule: x, reason: y}]|kind: service|review_every: 6 weeks|date: 2025-01-02|"
    "goals:\n  - {key: warm, title: Warm, attainment: 0}|target: 5|findings: [{text: Edge, actions: [4, 5]}]|owner: null|"
    'due: 2025-01-07T20:00:00Z|due: ""|status: ""|verification: {by: ""}|ref: #2|title: "\u200b"|<<<<<<< HEAD|>>>>>>> b'
).split("|")
_LINES = st.one_of(_WORDS, st.sampled_from(_AWKWARD_LINES))
_FIELDS = st.one_of(_WORDS, st.sampled_from(_AWKWARD_FIELDS))


@st.composite
def _files(draw: st.DrawFn) -> bytes:
    fields = draw(st.lists(_FIELDS, max_size=6))
    lines = draw(st.lists(_LINES, max_size=9))
    ends = draw(st.sampled_from(["\n", "\r\n", "\n\n"]))
    text = "\n".join(["---", *fields, draw(st.sampled_from(["---", "---", "--- ", "--"])), *lines])
    return (text + draw(st.sampled_from(["\n", ""]))).replace("\n", ends if ends == "\r\n" else "\n").encode()


_LOCATIONS = st.sampled_from(
    [
        DocumentLocation(kind, "winter", "some-file", f"content/plans/winter/{kind}.md")
        for kind in ("action", "plan", "review", "incident", "measure")
    ]
)


def _ordered(version: DocumentVersion) -> tuple[str, str, list[tuple[str, ChangeValue]] | None]:
    """A version in a form that differs if the order of its values does."""
    return version.plan, version.slug, None if version.values is None else list(version.values.items())


@given(location=_LOCATIONS, data=_files())
@example(DocumentLocation("action", "p", "s", "x.md"), b"---\ntitle: a\n---\n## Steps\n- [x] A\n## Tasks\n- [ ] B\n")
@settings(max_examples=examples(600))
def test_same_as_the_plain_parser(location: DocumentLocation, data: bytes) -> None:
    """Both parsers give the same version, whatever a file holds."""
    zone = "Asia/Tokyo"
    assert _ordered(parse_version_fast(location, data, zone=zone)) == _ordered(parse_version(location, data, zone=zone))


@pytest.mark.parametrize(("switch", "is_used"), [("", True), ("0", True), ("1", False)])
def test_switch(switch: str, is_used: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With PLANSITE_NO_FAST_PATHS=1 the fast parser is not used, and the history of a repository is the same."""
    repo = Repo.new(tmp_path / "site")
    before = "Cold.\n\n## Steps\n- [ ] Ring\n\n## Progress\n- 2025-01-02 (Ann): Rang.\n"
    after = before.replace("[ ]", "[x]") + "- 2025-01-03: *Still*\n"
    repo.commit("Begin", {RADIATOR: action(due="2025-01-07", body=before)})
    repo.commit("Move", {RADIATOR: action(due="2025-01-14", body=after)})
    repo.commit("Break", {RADIATOR: "---\ntitle: 'open\n---\n"})
    monkeypatch.setattr(timeouts, "TIME_LIMIT", None)  # parse in this process, where calls can be counted
    expected = repo.history().changes
    results = list[dict[str, ChangeValue] | None]()

    def parse_and_record(location: DocumentLocation, data: bytes, zone: str) -> dict[str, ChangeValue] | None:
        results.append(_parse_values(location, data, zone))
        return results[-1]

    monkeypatch.setattr(fast_versions, "_parse_values", parse_and_record)
    monkeypatch.setenv("PLANSITE_NO_FAST_PATHS", switch)
    assert repo.history().changes == expected
    assert [values is not None for values in results] == ([True, False, True] if is_used else [])
    assert [change.did.value for change in expected] == [
        "became unreadable",
        "field changed",
        "text changed",
        "step ticked",
        "progress note added",
        "added",
    ]


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["action", "plan", "review"])
def test_every_two_awkward_fields(kind: str) -> None:
    """Unusual fields give the same values beside each other and between plain ones."""
    location = DocumentLocation(kind, "winter", "some-file", "content/plans/winter/a.md")
    for one, two in itertools.product(_AWKWARD_FIELDS, repeat=2):
        data = f"---\nref: 3\n{one}\nstarted: 2025-01-02\n{two}\n---\nPlain.\n".encode()
        assert _ordered(parse_version_fast(location, data)) == _ordered(parse_version(location, data)), data


@pytest.mark.slow
def test_every_two_awkward_lines() -> None:
    """Unusual lines give the same values in every part of a text."""
    location = DocumentLocation("action", "winter", "some-file", "content/plans/winter/a.md")
    for one, two in itertools.product(_AWKWARD_LINES, repeat=2):
        text = f"Plain.\n\n## Steps\n- [x] Ring\n{one}\n\n{two}\n\n## Progress\n- 2025-01-02: Rang.\n{two}\n"
        data = f"---\ntitle: A\n---\n{text}".encode()
        assert _ordered(parse_version_fast(location, data)) == _ordered(parse_version(location, data)), data


def test_an_ordinary_file() -> None:
    """A file as people write it is parsed by the fast parser."""
    data = b"""---
title: Review every care plan
status: in progress
supporters: [Registered Manager]
due: 2025-01-14
evidence:
  - {label: Audit, url: evidence/audit.pdf}
---
Several care plans lacked key information.

## Steps
- [x] List the gaps
- [ ] Rewrite

## Progress
- 2025-01-04 (Deputy Manager): A programme is agreed.

## Outcome
All 20 passed.
"""
    location = DocumentLocation("action", "care", "review", "content/plans/care/actions/review.md")
    values = _parse_values(location, data, DEFAULT_ZONE)
    assert values == parse_version(location, data).values
    assert values == {
        "title": "Review every care plan",
        "status": "in progress",
        "supporters": ("Registered Manager",),
        "due": "2025-01-14",
        "evidence": ('{"label": "Audit", "url": "evidence/audit.pdf"}',),
        "## ": "<p>Several care plans lacked key information.</p>",
        "steps": ("[x] List the gaps", "[ ] Rewrite"),
        "progress": ("2025-01-04 (Deputy Manager): A programme is agreed.",),
        "## outcome": "<p>All 20 passed.</p>",
    }


@pytest.mark.parametrize("data", [b"", b"---\n", b"\xff", b"---\ntitle: a\n---", b"---\n---\n", b"---\n- a\n---\n"])
def test_what_is_hardly_a_file(data: bytes) -> None:
    """Empty, truncated and broken files give the same version."""
    location = DocumentLocation("action", "p", "s", "x.md")
    assert _ordered(parse_version_fast(location, data)) == _ordered(parse_version(location, data))


def test_very_deep_nesting() -> None:
    """A text that is nested too deeply to be parsed gives the same version."""
    location = DocumentLocation("action", "p", "s", "x.md")
    data = b"---\ntitle: a\n---\n## One\n" + b"> " * 80 + b"x\n\n## Steps\n- [ ] Ring\n"
    assert _ordered(parse_version_fast(location, data)) == _ordered(parse_version(location, data))
    assert "steps" not in (dataclasses.asdict(parse_version(location, data))["values"] or {})
