"""Templates are filled without breaking the file, whatever the value."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plansite.content.report import Report
from plansite.content.yaml.front_matter import parse_file
from plansite.content.yaml.nodes import MappingNode, ScalarNode, SequenceNode
from plansite.scaffold.placeholders import add_given_fields, fill_template, find_placeholders

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
