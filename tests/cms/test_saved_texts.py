"""What a file looks like after somebody saved it in the content editor: only what they changed is different."""

from __future__ import annotations

import difflib
import re
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest

from plansite.content.documents import DocumentLocation, parse_document
from plansite.content.layout import is_content_file, locate_document
from plansite.model.documents.action import Action
from tests.cms.editor_texts import EditorTexts

PROJECT = Path(__file__).parents[2]
CAREFUL = """\
---
# Agreed in May; do not renumber.
title: "Mend the door"   # front door
ref: 010
Status: resolved
owner: Bernd (agency)
supporters: Anna Shah
goal: warm
due: Ongoing
source: CQC, December 2024
our_own: {x: 1}
evidence_needed:
  - Audit of 20 doors
  - {label: Photo, kind: photo}
due_history: [{due: 2025-01-07, moved: 2025-01-06, reason: Rain}]
extension:
  # first
  - until: 2025-02-28
    asked: soon
    reason: The contractor is ill   # really
    note_of_ours: keep me

  - until: 2025-03-31
    reason: Snow
standards:
- Safeguarding
- hsca-2014/17
tags: [urgent, "a, b"]
verification:
  by: The Inspector
---

Words   with  spaces.

* star step

## Progress
* 2025-01-03 (Anna): *text* with <b>html</b> and two spaces\x20\x20
line
"""


def _changed_lines(before: str, after: str) -> list[str]:
    lines = difflib.unified_diff(before.splitlines(), after.splitlines(), n=0, lineterm="")
    return [line for line in lines if not line.startswith(("---", "+++", "@@"))]


def _save(editor: EditorTexts, text: str, kind: str = "action", **changes: Any) -> list[str]:
    """The lines that differ after the changes were saved."""
    answer = editor.save(kind, text, changes)
    assert "error" not in answer, answer["error"]
    return _changed_lines(text, answer["text"])


def _parse(text: str) -> Action:
    location = DocumentLocation("action", "house", "door", "content/plans/house/actions/door.md")
    document = parse_document(location, text.encode()).document
    assert isinstance(document, Action)
    return document


def _demonstration() -> dict[str, str]:
    """All documents of the demonstration and of the plan templates, by path."""
    tops = (PROJECT / "content", PROJECT / "plansite/scaffold/templates")
    paths = (path for top in tops for path in sorted(top.rglob("*.md")))
    return {path.as_posix(): path.read_text("utf-8") for path in paths if path.name != "README.md"}


def _find_kind(path: str) -> str:
    """The kind of file at a path of the demonstration or of a template."""
    inner = path[path.rindex("content/") :] if "/content/" in path else ""
    location = locate_document(inner, defaultdict(str)) if inner and is_content_file(inner) else None
    if location:
        return location.kind
    folder = re.search(r"/(action|review|incident|measure|assessment)s/[^/]+$", path)
    return folder[1] if folder else "plan" if path.endswith("/plan.md") else "page"


def test_saving_without_a_change_leaves_each_file_as_it_is(editor: EditorTexts) -> None:
    """Every file of the demonstration and of the templates comes back byte for byte."""
    texts = _demonstration()
    assert len(texts) > 150
    assert [path for path, text in texts.items() if editor.save(_find_kind(path), text).get("text") != text] == []


def test_what_no_form_shows_stays(editor: EditorTexts) -> None:
    """Comments, names of one's own, words that are no dates, and the way in which something is written."""
    assert _save(editor, CAREFUL) == []
    assert _save(editor, CAREFUL, title="Mend the back door") == [
        '-title: "Mend the door"   # front door',
        "+title: Mend the back door   # front door",
    ]


def test_a_form_shows_what_the_file_means(editor: EditorTexts) -> None:
    """Other names of fields and other words for a choice are understood; a single value counts as a list or a group."""
    shown = editor.save("action", CAREFUL)["shown"]
    assert shown["status"] == "completed"
    assert shown["supporters"] == ["Anna Shah"]
    assert shown["source"] == {"kind": "CQC, December 2024"}
    assert shown["evidence_needed"] == [{"label": "Audit of 20 doors"}, {"label": "Photo", "kind": "photograph"}]
    assert shown["ref"] == "010"
    assert "due" not in shown


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"status": "blocked"}, ["-Status: resolved", "+Status: blocked"]),
        ({"due": "2025-04-01"}, ["-due: Ongoing", "+due: 2025-04-01"]),
        ({"ref": ""}, ["-ref: 010"]),
        ({"resources": "A: B"}, ['+resources: "A: B"']),
        ({"started": "2025-01-02"}, ["+started: 2025-01-02"]),
        ({"supporters": ["Anna Shah", "Bo"]}, ["-supporters: Anna Shah", "+supporters: [Anna Shah, Bo]"]),
        ({"tags": ["urgent", "a, b", "new"]}, ['-tags: [urgent, "a, b"]', '+tags: [urgent, "a, b", new]']),
        ({"standards": ["hsca-2014/17"]}, ["-- Safeguarding"]),
        ({"standards": ["Safeguarding", "x", "hsca-2014/17"]}, ["+- x"]),
        ({"verification": {}}, ["-verification:", "-  by: The Inspector"]),
        ({"verification": {"by": "The Inspector", "result": "passed"}}, ["+  result: passed"]),
        ({"source": {"kind": "audit", "ref": "3"}},
         ["-source: CQC, December 2024", "+source:", "+  kind: audit", "+  ref: 3"]),
        ({"interim": {"control": "A wedge"}}, ["+interim:", "+  control: A wedge"]),
        ({"due_history": []}, ["-due_history: [{due: 2025-01-07, moved: 2025-01-06, reason: Rain}]"]),
        ({"priority": None, "requirement": {"kind": ""}, "aliases": [""]}, []),
    ],
)  # fmt: skip
def test_only_the_changed_field_differs(editor: EditorTexts, changes: dict[str, Any], expected: list[str]) -> None:
    """Whatever was changed, taken out or put in, no other line is touched."""
    assert _save(editor, CAREFUL, **changes) == expected


def test_an_item_of_a_list_changes_alone(editor: EditorTexts) -> None:
    """What the form does not show of an item stays with it, also where items before it are taken out."""
    first, second = editor.save("action", CAREFUL)["shown"]["extension"]
    still = {**first, "reason": "The contractor is still ill"}
    assert _save(editor, CAREFUL, extension=[still, second]) == [
        "-    reason: The contractor is ill   # really",
        "+    reason: The contractor is still ill   # really",
    ]
    third = {"until": "2025-04-30"}
    assert _save(editor, CAREFUL, extension=[first, second, third]) == ["+  - until: 2025-04-30"]
    moved = editor.save("action", CAREFUL, {"extension": [second, still]})["text"]
    assert moved.endswith(CAREFUL[CAREFUL.index("standards:") :])
    assert moved[moved.index("extension:") : moved.index("standards:")] == (
        "extension:\n  # first\n\n  - until: 2025-03-31\n    reason: Snow\n  - until: 2025-02-28\n    asked: soon\n"
        "    reason: The contractor is still ill\n    note_of_ours: keep me\n"
    )


def test_the_text_changes_alone(editor: EditorTexts) -> None:
    """A new line in the text leaves the fields, and spaces at the ends of other lines."""
    body = editor.save("action", CAREFUL)["shown"]["body"]
    assert _save(editor, CAREFUL, body=f"{body}\n* 2025-01-04 (Bo): More") == ["+* 2025-01-04 (Bo): More"]


def test_what_cannot_be_shown_is_not_replaced(editor: EditorTexts) -> None:
    """A list with entries that no form shows is not overwritten by a new one; the editor says why."""
    text = "---\ntitle: A\nsupporters: [Anna, {x: 1}]\n---\n"
    answer = editor.save("action", text, {"supporters": ["Bo"]})
    assert answer["error"] == (
        "This file cannot be changed here: “supporters” holds more than this form can show. Change it in a text editor."
    )
    assert _save(editor, text, title="B") == ["-title: A", "+title: B"]


@pytest.mark.parametrize(
    ("head", "why"),
    [
        ("title: Fix: door\n", "its front matter has a mistake"),
        ("title: A\ntitle: B\n", "it has “title” twice"),
        ("title: &a A\nref: *a\n", "it has an anchor, an alias or a tag"),
        ("title: !!str A\n", "it has an anchor, an alias or a tag"),
        ("- A\n", "it is not written as fields"),
    ],
)
def test_a_file_that_cannot_be_read_is_not_saved(editor: EditorTexts, head: str, why: str) -> None:
    """Nothing of it is lost: the editor refuses to save, and says why."""
    answer = editor.save("action", f"---\n{head}---\nWords.\n", {"title": "New"})
    assert answer == {"error": f"This file cannot be changed here: {why}. Change it in a text editor."}


def test_a_new_file_is_like_those_of_plansite_new(editor: EditorTexts) -> None:
    """Fields in their order, without those that are empty, and the text right below."""
    fields = {"due": "2025-05-01", "title": "Oil: all", "owner": "Anna", "ref": "", "supporters": ["A", "B"]}
    saved = editor.save("action", None, {"body": "## Steps\n", **fields, "evidence": [{"label": "Photo", "url": ""}]})
    assert saved["text"] == (
        '---\ntitle: "Oil: all"\nowner: Anna\nsupporters: [A, B]\ndue: 2025-05-01\nevidence:\n  - label: Photo\n---\n'
        "## Steps\n"
    )


def test_a_file_without_front_matter_gets_one_when_it_needs_it(editor: EditorTexts) -> None:
    """The front page may be text alone."""
    assert _save(editor, "Words.\n", "page") == []
    assert _save(editor, "Words.\n", "page", title="Plans") == ["+---", "+title: Plans", "+---"]


WORDS = (
    "no On ~ null << = 010 01632960001 1_000 1e3 .5 12:30 2025-01-06 -1 4.50 ~x @jane #1 a#b - -x {x it’s 'a' % ` *a &a !a ? a:"
).split()


@pytest.mark.parametrize("word", [*WORDS, "a # b", "a: b", "- x", "? a", '"a" b', "é\u2028è", "🙂", "a\tb"])
def test_values_mean_the_same_to_plansite(editor: EditorTexts, word: str) -> None:
    """Whatever was typed is read back as it was typed, also where YAML would take it for something else."""
    values = {"title": word, "resources": f"{word}\n{word}", "tags": [word], "evidence": [{"label": word}]}
    action = _parse(editor.save("action", "---\ntitle: A\n---\n", values)["text"])
    assert (action.title, action.tags, action.evidence[0].label) == (word, (word,), word)
    assert action.resources == f"{word}\n{word}"


def test_only_numbers_and_dates_go_without_quotation_marks(editor: EditorTexts) -> None:
    """Other programs read what they were meant to read: no truth values, and no number without its first zero."""
    tags = ["3", "-1", "4.50", "2025-01-06", "no", "010", "12:30", "Yes", "null"]
    assert _save(editor, "---\ntitle: A\n---\n", tags=tags) == [
        '+tags: [3, -1, 4.50, 2025-01-06, "no", "010", "12:30", "Yes", "null"]'
    ]
