"""Placeholders and relative dates in templates are replaced, and nothing else changes."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plansite.content.report import Report
from plansite.content.yaml.front_matter import parse_file
from plansite.content.yaml.nodes import MappingNode, ScalarNode, SequenceNode
from plansite.scaffold.placeholders import (
    RelativeDateError,
    add_given_fields,
    fill_template,
    find_placeholders,
    resolve_relative_dates,
)

TITLES = st.text(st.characters(exclude_categories=("Cc", "Cf", "Cs", "Cn", "Co")), min_size=1).filter(str.strip)
LINES = [
    "title: {title}",
    'title: "{title}"',
    "title: '{title}'",
    "title: {title}  # in one line",
]


def _fields(text: str) -> MappingNode:
    report = Report("a.md")
    page = parse_file(text.encode(), report)
    assert page is not None, report.findings
    return page.fields


def _value(text: str, name: str = "title") -> str:
    found = _fields(text).get(name)
    assert isinstance(found, ScalarNode)
    return found.text


@pytest.mark.parametrize("line", LINES)
@given(title=TITLES)
def test_a_hole_takes_any_text(line: str, title: str) -> None:
    """With or without quotation marks round it, and with a comment behind it."""
    assert _value(fill_template(f"---\n{line}\n---\n", {"title": title})) == title


@given(TITLES)
def test_a_hole_between_words_takes_any_text(title: str) -> None:
    """The words round it stay, and the whole is quoted where it must be."""
    assert (
        _value(fill_template("---\ntitle: The case of {title}, again\n---\n", {"title": title}))
        == f"The case of {title}, again"
    )


@given(TITLES, TITLES)
def test_holes_in_lists_and_groups_take_any_text(title: str, owner: str) -> None:
    """A comma or a bracket in a value does not make a second item."""
    text = fill_template(
        "---\ntitle: A\nsupporters: [{owner}, Cook]\nsource: {kind: fall, ref: '{title}'}\nviews:\n  - {owner}\n---\n",
        {"title": title, "owner": owner},
    )
    names, source, views = (_fields(text).get(name) for name in ("supporters", "source", "views"))
    assert isinstance(names, SequenceNode)
    assert isinstance(source, MappingNode)
    assert isinstance(views, SequenceNode)
    assert [each.text for each in names.items if isinstance(each, ScalarNode)] == [owner, "Cook"]
    assert [each.text for each in views.items if isinstance(each, ScalarNode)] == [owner]
    ref = source.get("ref")
    assert isinstance(ref, ScalarNode)
    assert ref.text == title


def test_dates_numbers_and_lists_are_written_as_such() -> None:
    """No quotation marks round what is not text; an empty value leaves the field blank."""
    text = fill_template(
        "---\nref: {ref}\ndue: {due}\nsupporters: {supporters}\nowner: {owner}\n---\n",
        {"ref": 4, "due": date(2025, 1, 31), "supporters": ("Cook", "Porter"), "owner": ""},
    )
    assert text == "---\nref: 4\ndue: 2025-01-31\nsupporters: [Cook, Porter]\nowner:\n---\n"


def test_the_body_takes_values_as_they_are() -> None:
    """Below the front matter nothing is quoted."""
    assert fill_template("---\ntitle: {title}\n---\n# {title}\n", {"title": "Fix: it"}).endswith("---\n# Fix: it\n")


def test_a_value_is_never_filled_again() -> None:
    """A title that looks like a hole stays a title."""
    text = fill_template("---\ntitle: {title}\n---\n{title}\n", {"title": "{owner}", "owner": "Maintenance"})
    assert _value(text) == "{owner}"
    assert "Maintenance" not in text


def test_unknown_holes_and_comments_stay() -> None:
    """What is not a value of ours is left to the writer."""
    text = "---\n# {title} goes below\ntitle: A\n---\nUse {braces} freely.\n"
    assert fill_template(text, {"title": "B"}) == text


def test_windows_line_ends_become_plain() -> None:
    """A template saved on Windows makes the same file."""
    assert fill_template("---\r\ntitle: {title}\r\n---\r\nText\r\n", {"title": "A"}) == "---\ntitle: A\n---\nText\n"


def test_names_are_listed_once_in_order() -> None:
    """The order of the template is the order in which people are asked."""
    assert find_placeholders("---\ntitle: {title}\nowner: {owner}\n---\n{title}") == ("title", "owner")


def test_given_values_get_a_place() -> None:
    """A field that the template fixes gives way with all its lines; one that it lacks is added at the end."""
    template = "---\ntitle: {title}\nstatus: not started\ntags:\n  - a\n  - b\ngoals: []\n---\nText\n"
    text = add_given_fields(template, {"status": "blocked", "tags": ("c",), "priority": "high", "title": "A"})
    assert text == ("---\ntitle: {title}\nstatus: {status}\ntags: {tags}\ngoals: []\npriority: {priority}\n---\nText\n")


def test_text_without_front_matter_is_left_alone() -> None:
    """There is no place for fields."""
    assert add_given_fields("Text\n", {"title": "A"}) == "Text\n"


START = date(2025, 1, 31)
LEAP = date(2028, 2, 29)


@pytest.mark.parametrize(
    ("written", "start", "day"),
    [
        ("+0 days", START, "2025-01-31"),
        ("+1 day", START, "2025-02-01"),
        ("+14 days", START, "2025-02-14"),
        ("+1 week", START, "2025-02-07"),
        ("+6 weeks", START, "2025-03-14"),
        ("+1 fortnight", START, "2025-02-14"),
        ("+1 month", START, "2025-02-28"),
        ("+13 months", LEAP, "2029-03-29"),
        ("+1 year", LEAP, "2029-02-28"),
        ("+4 years", LEAP, "2032-02-29"),
    ],
)
def test_every_form_of_a_relative_date(written: str, start: date, day: str) -> None:
    """As a field's value, quoted or not, before a comment, and inside a group on one line."""
    for before, after in (
        ("due: ", ""),
        ('due: "', '"'),
        ("due:  '", "'"),
        ("  due: ", "   # soon"),
        ("v: {due: ", "}"),
    ):
        mark = after[:1] if after[:1] in "\"'" else ""
        expected = f"---\n{before.removesuffix(mark)}{day}{after.removeprefix(mark)}\n---\nText\n"
        assert resolve_relative_dates(f"---\n{before}{written}{after}\n---\nText\n", start) == expected


def test_days_are_not_moved_off_a_weekend() -> None:
    """Saturday stays Saturday: homes and families have no weekends."""
    assert resolve_relative_dates("---\ndue: +1 day\n---\n", START) == "---\ndue: 2025-02-01\n---\n"
    assert date(2025, 2, 1).isoweekday() == 6


def test_in_a_sentence_the_date_is_in_words() -> None:
    """In a field and in the text below, wherever the braces stand."""
    template = "---\ntime_bound: By {+3 months}.\n---\nUntil {+1 day}, {+1 week}.\n- [ ] Ring by {+2 days}\n"
    assert resolve_relative_dates(template, START) == (
        "---\ntime_bound: By 30 April 2025.\n---\nUntil 1 February 2025, 7 February 2025.\n- [ ] Ring by 2 February 2025\n"
    )


@pytest.mark.parametrize(
    "text",
    [
        "---\ntelephone: +44 20 7946 0000\n---\n",
        "---\nsaid: We need +2 nurses\n---\n",
        "---\nsaid: It is due in +14 days time\n---\n",
        "---\ntitle: x\n---\nIn the text: +14 days\n",
        "No fields at all: +14 days\n",
        "---\ntitle: {title}\n---\n{start}\n",
    ],
)
def test_other_text_stays(text: str) -> None:
    """A plus sign alone makes no date, and the places for values are somebody else's business."""
    assert resolve_relative_dates(text, START) == text


@pytest.mark.parametrize(
    "slip", ["{+14 dayz}", "{+ 14 days}", "{+14}", "{+a week}", "{+2 weeks and 1 day}", "{+14 days"]
)
def test_a_slip_in_braces_is_named_with_its_line(slip: str) -> None:
    """Braces with a plus sign are meant as a date; what is none does not reach a plan."""
    with pytest.raises(RelativeDateError) as caught:
        resolve_relative_dates(f"---\ntitle: A\n---\nBy {{+1 day}}\nor {slip}\n", START)
    assert str(caught.value) == f"5: “{slip}” is not a date; write it like {{+14 days}} or {{+3 months}}"


@given(st.text())
def test_lines_keep_their_places(text: str) -> None:
    """So that a message about the new file names the line of the template, too."""
    try:
        assert resolve_relative_dates(text, START).count("\n") == text.replace("\r\n", "\n").count("\n")
    except RelativeDateError:
        assert "{+" in text


def test_the_table_of_the_documentation_holds(project: Path) -> None:
    """What writers are told is what comes out."""
    text = (project / "docs/templates.md").read_text("utf-8")
    rows = re.findall(r"^\| `(\w+: \+.+)` \| `(.+)` \|$", text, re.MULTILINE)
    assert len(rows) == 4
    for written, becomes in rows:
        assert resolve_relative_dates(f"---\n{written}\n---\n", date(2025, 1, 20)) == f"---\n{becomes}\n---\n"
    assert resolve_relative_dates("By {+14 days}.", date(2025, 1, 20)) in text
