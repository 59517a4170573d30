"""An action that is exported as JSON and imported again is the same action, whatever its file says."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import Any

import jsonschema
from hypothesis import given, settings
from hypothesis import strategies as st

from plansite.content.documents import DocumentLocation, parse_document
from plansite.exports.actions_json.document import format_actions_json
from plansite.exports.actions_json.schema import build_export_schema
from plansite.exports.body_markdown.body_text import describe_body
from plansite.exports.selection import ExportSelection, select_actions
from plansite.model.assessment import SiteOnDate
from plansite.model.body import Body
from plansite.model.documents.action import Action
from plansite.model.documents.plan import Plan
from plansite.model.settings import Settings
from plansite.model.site import Site
from plansite.scaffold.imported.action_file import format_action_file
from plansite.scaffold.imported.exported_actions import read_exported_file
from plansite.scaffold.imported.plan_import import plan_import
from tests.examples import examples
from tests.exports.random_fields import build_documents

_LOCATION = DocumentLocation("action", "p", "s", "content/plans/p/actions/s.md")
_SITE = Settings(title="Test site")
_VALIDATOR = jsonschema.Draft202012Validator(build_export_schema(), format_checker=jsonschema.FormatChecker())
_TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20)
_PLAIN_TEXTS = (
    st.text("abcDE 017-,.:;'\"#[]{}&*!|>%`?é\n", min_size=1, max_size=20)
    .map(str.strip)
    .filter(lambda text: text != "" and "::" not in text)
)


def _build_actions(texts: st.SearchStrategy[str]) -> st.SearchStrategy[Action]:
    actions = build_documents(Action, texts, plan="p", slug="s", path=_LOCATION.path)
    return actions.map(lambda action: replace(action, title=action.title or "Action"))


def _parse(text: str) -> Action:
    document = parse_document(_LOCATION, text.encode()).document
    assert isinstance(document, Action)
    return document


def _export(*actions: Action, **plan: Any) -> bytes:
    exported = Plan(slug="p", path="content/plans/p/plan.md", title="Plan", actions=actions, **plan)
    site = SiteOnDate(Site(settings=_SITE, plans=(exported,)), date(2025, 1, 20))
    return format_actions_json(select_actions(site, exported))


def _import(data: bytes) -> Action:
    """The action of a file that was imported into a plan without actions."""
    target = Plan(slug="p", path="content/plans/p/plan.md", title="Plan")
    drafts = read_exported_file(data, "p.json", target, _SITE)
    (planned,) = plan_import(target, drafts, (), lambda path: path).actions
    assert planned.slug == "s"
    return _parse(planned.text)


def _describe(action: Action) -> Action:
    """All that an action is, without the numbers of lines, and the word for a status that is known."""
    word = "" if action.status else action.status_word
    return replace(action, body=Body(), lines=(), status_word=word)


@settings(max_examples=examples(300))
@given(_build_actions(_PLAIN_TEXTS))
def test_every_field_comes_back(action: Action) -> None:
    """Whatever a file can say in its fields, with all signs that YAML knows."""
    data = _export(action)
    _VALIDATOR.validate(json.loads(data))
    assert _describe(_import(data)) == _describe(action)


@settings(max_examples=examples(300))
@given(_build_actions(_TEXTS))
def test_any_characters_come_to_rest(action: Action) -> None:
    """What no file may have is gone after the first import, and what is left comes back."""
    twice = _import(_export(_import(_export(action))))
    assert _describe(_import(_export(twice))) == _describe(twice)


@settings(max_examples=examples(400))
@given(st.text("ab- *_`#[]()<>&:;|~!.12\n\\\"'☐é", max_size=60))
def test_every_text_comes_back(text: str) -> None:
    """Whatever stands below the fields, in which random signs are all that Markdown knows."""
    action = _parse(format_action_file({"title": "A"}, text))
    once = _import(_export(action))
    assert describe_body(_import(_export(once)).body) == describe_body(once.body)


def test_a_file_is_the_same_after_a_round() -> None:
    """One with every kind of field: from its text to JSON and back."""
    text = """---
title: "Mend: the lights"
ref: "007"
status: resolved
owner: Smith, John
supporters: [A, "B; C"]
goal: safe-stairs
due: 2025-01-31
source: {kind: inspection, ref: "CQC, December 2024"}
evidence:
  - label: Audit, twenty plans
    url: evidence/audit.pdf
    standards: [hsca-2014/17]
  - label: Photo
    audience: internal
evidence_needed: [Audit of 20 care plans, {label: Photo, kind: photo}]
verification: {by: Registered Manager, due: 2025-03-01}
interim: Night staff carry torches
repeat: every month for 6 months
due_history: [{due: 2025-01-07, moved: 2025-01-06, reason: Engineer unavailable}]
---
The back stairs are **dark**.

## Steps
- [x] Measure
- [ ] Fit

## Progress
- 2025-01-08 (Night Senior): Measured.
"""
    action = _parse(text)
    again = _import(_export(action))
    assert _describe(again) == _describe(action)
    assert describe_body(again.body) == describe_body(action.body)
    assert again.status_word == "completed"


def test_a_word_that_is_no_status_comes_back() -> None:
    action = _parse(format_action_file({"title": "A", "status": "banana"}, ""))
    assert (action.status, _import(_export(action)).status_word) == (None, "banana")


def test_the_selection_is_what_is_written() -> None:
    """An export of an owner without actions is a whole file."""
    site = SiteOnDate(Site(settings=_SITE), date(2025, 1, 20))
    data = json.loads(format_actions_json(ExportSelection(dated_site=site, name="x", title="X", plans=())))
    _VALIDATOR.validate(data)
    assert data["plans"] == []
