"""An update comes into the file of its action, and nothing else changes."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plansite.content.documents import DocumentLocation, parse_document
from plansite.model.documents.action import Action
from plansite.model.documents.records.due_dates import EarlierDue
from plansite.model.status import Status
from plansite.scaffold.updates.action_update import ActionUpdate, UnusableUpdateError
from plansite.scaffold.updates.apply import apply_update
from tests.examples import examples

ZONE = "Europe/London"
_LOCATION = DocumentLocation("action", "falls", "lamps", "content/plans/falls/actions/lamps.md")
_DAY, _OLD, _NEW = date(2025, 1, 19), date(2025, 1, 31), date(2025, 2, 14)


def _parse(data: bytes) -> Action:
    document = parse_document(_LOCATION, data, zone=ZONE).document
    assert isinstance(document, Action)
    return document


def _apply(text: str | bytes, **values: object) -> str:
    """The text of a file after an update with these values."""
    data = text if isinstance(text, bytes) else text.encode()
    update = ActionUpdate(action=_parse(data), day=_DAY, **values)  # type: ignore[arg-type]
    return apply_update(data, update, ZONE).data.decode()


_FILE = """---
title: New lamps
status: in progress  # since Monday
owner: Maintenance
due: 2025-01-31
tags: [stairs]
---
Why.

## Progress
- 2025-01-06 (Anna): Ordered.

## Outcome
"""


def test_a_note_comes_last() -> None:
    """In the section of progress, with its day and its name; each line of it is plain text."""
    after = _apply(_FILE, note="Came.\n- two *kinds*", by="Cook")
    assert after == _FILE.replace("Ordered.\n", "Ordered.\n- 2025-01-19 (Cook): Came.\\\n  &#45; two \\*kinds\\*\n")
    assert [note.text.split() for note in _parse(after.encode()).body.progress][-1] == "Came. - two *kinds*".split()


def test_fields_change_where_they_stand() -> None:
    """Comments and the order of fields stay; new fields stand where a new file has them."""
    after = _apply(_FILE, status=Status.COMPLETED, completed=date(2025, 1, 18))
    assert after == _FILE.replace("in progress  #", "completed  #").replace(
        "due: 2025-01-31\n", "due: 2025-01-31\ncompleted: 2025-01-18\n"
    )


_MOVE = '  - due: 2025-01-31\n    moved: 2025-01-19\n    by: Cook\n    reason: "No lamps: sold out"\n'


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", f"due_history:\n{_MOVE}"),
        (
            "due_history:\n  - {due: 2025-01-20, reason: Ill}\n",
            f"due_history:\n  - {{due: 2025-01-20, reason: Ill}}\n{_MOVE}",
        ),
        (
            "due_history:\n- due: 2025-01-20\n  reason: Ill\n\n# and so on\n",
            "due_history:\n- due: 2025-01-20\n  reason: Ill\n" + _MOVE.replace("  - ", "- ").replace("    ", "  ")
            + "\n# and so on\n",
        ),
        (
            "due_history: [{due: 2025-01-20, reason: Ill}]\n",
            "due_history: [{due: 2025-01-20, reason: Ill}, {due: 2025-01-31, moved: 2025-01-19, by: Cook, "
            'reason: "No lamps: sold out"}]\n',
        ),
    ],
)  # fmt: skip
def test_a_date_that_moves_leaves_its_history(before: str, after: str) -> None:
    """With the day, the name and the reason, in the form in which the list is written."""
    text = _FILE.replace("tags:", f"{before}tags:")
    expected = _FILE.replace("due: 2025-01-31", "due: 2025-02-14").replace("tags:", f"{after}tags:")
    assert _apply(text, due=_NEW, reason="No lamps: sold out", by="Cook") == expected


def test_a_first_date_has_no_history() -> None:
    """Nothing moved."""
    assert _apply(_FILE.replace("due: 2025-01-31\n", ""), due=_NEW) == _FILE.replace("2025-01-31", "2025-02-14")


@pytest.mark.parametrize(
    ("progress", "expected"),
    [
        ("", "\n## Progress\n- 2025-01-19: News.\n"),
        ("\n## Progress\n", "\n## Progress\n- 2025-01-19: News.\n"),
        (
            "\n## Progress\n<!-- One line for each -->\n\n## Outcome\nGood.\n",
            "\n## Progress\n<!-- One line for each -->\n- 2025-01-19: News.\n\n## Outcome\nGood.\n",
        ),
        ("\n## Outcome\nGood.\n", "\n## Progress\n- 2025-01-19: News.\n\n## Outcome\nGood.\n"),
        (
            "\n## Progress\n* 2025-01-08 (A): b.\n  c\n* 2025-01-02: a.\n",
            "\n## Progress\n* 2025-01-19: News.\n* 2025-01-08 (A): b.\n  c\n* 2025-01-02: a.\n",
        ),
        (
            "\n## Progress\n- 2025-01-02: a.\n- 2025-01-08: b.\n  more of b\n\nMore words.\n",
            "\n## Progress\n- 2025-01-02: a.\n- 2025-01-08: b.\n  more of b\n- 2025-01-19: News.\n\nMore words.\n",
        ),
        (
            "\n## Progress\n- 2025-01-02: a.\n\n  Second paragraph.\n",
            "\n## Progress\n- 2025-01-02: a.\n\n  Second paragraph.\n- 2025-01-19: News.\n",
        ),
    ],
)
def test_a_note_goes_where_notes_are(progress: str, expected: str) -> None:
    """Above what comes after progress; first where the newest is first; with the same bullet; a part is made."""
    head = "---\ntitle: New lamps\n---\nWhy.\n"
    assert _apply(head + progress, note="News.") == head + expected


def test_line_ends_and_a_byte_order_mark_stay() -> None:
    """As programs on Windows write them."""
    data = b"\xef\xbb\xbf" + _FILE.replace("\n", "\r\n").encode()
    after = _apply(data, note="News.", status=Status.BLOCKED)
    assert after.startswith("\ufeff---\r\n")
    assert after.replace("\r\n", "\n").removeprefix("\ufeff") == _apply(_FILE, note="News.", status=Status.BLOCKED)


def test_fields_under_other_names() -> None:
    """As trackers call them."""
    text = _FILE.replace("due:", "Due date:").replace("status:", "Status:")
    after = _apply(text, due=_NEW, reason="Ill", status=Status.BLOCKED)
    assert "Due date: 2025-02-14" in after or "\ndue: 2025-02-14" in after
    assert (_parse(after.encode()).due, _parse(after.encode()).status) == (_NEW, Status.BLOCKED)


@pytest.mark.parametrize(
    "field",
    [
        "due: >\n  2025-01-31",
        "due:\n  2025-01-31",
        "{title: New lamps, due: 2025-01-31}",
        "due_history: {due: 2025-01-01}\ndue: 2025-01-31",
        "due: 2025-01-31\ndue: 2025-01-31",
    ],
)
def test_an_unusual_spelling_is_left_alone(field: str) -> None:
    """With advice on what to change by hand."""
    text = f"---\ntitle: New lamps\n{field}\n---\n" if not field.startswith("{") else f"---\n{field}\n---\n"
    with pytest.raises(UnusableUpdateError, match=r"by hand|twice"):
        _apply(text, due=_NEW, reason="Ill")


@pytest.mark.parametrize("text", ["no fields", "---\ntitle: [\n---\n"])
def test_an_unreadable_file_is_refused(text: str) -> None:
    """Nobody knows what it says."""
    update = ActionUpdate(action=Action(plan="falls", slug="lamps", path=_LOCATION.path), day=_DAY, note="News.")
    with pytest.raises(UnusableUpdateError, match="cannot be read"):
        apply_update(text.encode(), update, ZONE)


def test_a_note_among_notes_for_some_readers() -> None:
    """It goes to the newest note; whoever may see that may see it, and nobody else loses or gets anything."""
    text = "---\ntitle: L\n---\n## Progress\n- 2025-01-02: a.\n::: internal\n- 2025-01-03: secret.\n:::\n- 2025-01-04: b.\n"
    after = _parse(_apply(text, note="News.").encode())
    for _, body in after.body.audience_variants:
        assert [note.text for note in body.progress] == ["a.", "b.", "News."]
    assert [note.text for note in after.body.progress] == ["a.", "secret.", "b.", "News."]


@pytest.mark.parametrize(
    "note",
    ["## Outcome", "- [x] step", "2025-01-01 (Anna): forged", "<script>alert(1)</script>", "[a](javascript:b)",
     "`code`", "| a | b |", "1. one", "**bold** __b__ ~~c~~ &amp;", ">quote", "---", "&#x41;", "!audience internal"],
)  # fmt: skip
def test_words_of_a_mail_stay_words(note: str) -> None:
    """No heading, step, mark for some readers, link or note of somebody else comes out of them."""
    after = _parse(_apply(_FILE, note=f"{note}\n{note}", by="Cook").encode())
    added = after.body.progress[-1]
    assert (added.date, added.by, added.text.split()) == (_DAY, "Cook", f"{note} {note}".split())
    assert not after.body.audience_variants
    assert "<script" not in str(added.html)
    assert "href" not in str(added.html)


def test_new_findings_are_told() -> None:
    """Personal data, above all."""
    data = _FILE.encode()
    update = ActionUpdate(action=_parse(data), day=_DAY, note="NHS no. 999 123 4578 was moved.")
    assert [finding.rule.name for finding in apply_update(data, update, ZONE).findings] == ["nhs-number"]
    assert apply_update(data, ActionUpdate(action=_parse(data), day=_DAY, note="News."), ZONE).findings == ()


_TEXT = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp", "Zs")), min_size=1, max_size=30
).map(lambda text: " ".join(text.split())).filter(bool)  # fmt: skip
_LINES = st.lists(
    st.sampled_from(
        ["", "Words.", "- a point", "  indented", "> quoted", "### Small", "- 2025-01-05: old", "* [ ] step"]
    ),
    max_size=5,
).map("\n".join)


@settings(max_examples=examples(300), deadline=None)
@given(
    note=st.lists(_TEXT, min_size=1, max_size=3).map("\n".join),
    by=st.just("") | _TEXT.map(lambda text: text.replace("(", "").replace(")", "").strip()),
    status=st.sampled_from([None, Status.BLOCKED]),
    due=st.sampled_from([None, _NEW]),
    reason=_TEXT,
    intro=_LINES,
    progress=_LINES,
    outcome=_LINES,
    ending=st.sampled_from(["\n", "\r\n"]),
)
def test_only_the_update_is_new(
    note: str, by: str, status: Status | None, due: date | None, reason: str, intro: str, progress: str, outcome: str,
    ending: str,
) -> None:  # fmt: skip
    """Whatever stands in the file and in the mail: the parsed action differs by the update, or nothing is written."""
    text = f"---\ntitle: L\ndue: 2025-01-31\n---\n{intro}\n\n## Progress\n{progress}\n\n## Outcome\n{outcome}\n"
    data = text.replace("\n", ending).encode()
    before = _parse(data)
    update = ActionUpdate(
        action=before, day=_DAY, note=note, by=by, status=status, due=due, reason=reason if due else ""
    )
    try:
        after = _parse(apply_update(data, update, ZONE).data)
    except UnusableUpdateError:
        return
    added = [each for each in after.body.progress if each.date == _DAY and each.by == by]
    assert any(" ".join(each.text.split()) == " ".join(note.split()) for each in added)
    assert len(after.body.progress) == len(before.body.progress) + 1
    assert after.status == (status or before.status)
    assert after.due == (due or _OLD)
    moves = (EarlierDue(due=_OLD, moved=_DAY, by=by, reason=reason),) if due else ()
    assert after.due_history == moves
    assert (after.title, after.body.intro, after.body.steps) == (before.title, before.body.intro, before.body.steps)
