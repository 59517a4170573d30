"""Values are parsed as their fields require, and can be read back from front matter."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from plansite.content.documents import DocumentLocation, parse_document
from plansite.content.invisible import remove_passed_over
from plansite.content.text import BIDI_CONTROLS, REPLACEMENT_CHARACTER, UNPRINTABLE, is_visible
from plansite.lookup import UnknownNameError
from plansite.model.audience.mark_grammar import holds_passage_mark
from plansite.model.documents.action import Action
from plansite.model.documents.goal import Goal
from plansite.model.documents.measure import Measure
from plansite.model.documents.plan import Plan
from plansite.model.fields import declared_fields
from plansite.model.people import Agency, Owner
from plansite.model.settings import Settings
from plansite.model.site import Site
from plansite.scaffold.field_values import (
    FieldValueError,
    format_yaml_value,
    list_prompted_fields,
    normalise_line,
    parse_field_value,
)

ACTIONS = (
    Action(plan="p", slug="lamps", path="", title="Put up lamps"),
    Action(plan="p", slug="bell", path="", title="Mend the bell", ref="4"),
)
PLAN = Plan(
    slug="p", path="", actions=ACTIONS, goals=(Goal(key="warm", title="Warm rooms"), Goal(title="Bright stairs"))
)
SITE = Site(
    settings=Settings(),
    plans=(PLAN,),
    owners=(Owner(slug="deputy", title="Deputy Manager"),),
    agencies=(Agency(slug="council", title="Riverside Council"),),
)
EMPTY = Site(settings=Settings())


@pytest.mark.parametrize(
    ("cls", "name", "given", "value"),
    [
        (Action, "due", "2025-01-31", date(2025, 1, 31)),
        (Action, "status", "Resolved", "Resolved"),
        (Action, "status", "In-Progress", "in progress"),
        (Action, "depends_on", ["lamps", "Mend  the BELL"], ("lamps", "4")),
        (Action, "owner", "deputy  MANAGER", "Deputy Manager"),
        (Action, "supporters", ["deputy", "riverside council"], ("Deputy Manager", "Riverside Council")),
        (Action, "goal", "Warm Rooms", "warm"),
        (Action, "goal", "bright stairs", "Bright stairs"),
        (Action, "resources", "Two\n days", "Two days"),
        (Measure, "target", "5", 5.0),
        (Owner, "agency", "Riverside council", "council"),
        (Plan, "review_every", "6 weeks", "6 weeks"),
        (Plan, "agencies", ["council"], ("council",)),
        (Goal, "attainment", "-1", -1),
    ],
)
def test_values_become_what_their_field_holds(cls: type, name: str, given: str | Sequence[str], value: object) -> None:
    """Names as their files write them, other words for a status as they were typed, dates and numbers as such."""
    assert parse_field_value(cls, name, given, SITE, PLAN) == value


@pytest.mark.parametrize(
    ("cls", "name", "given", "words"),
    [
        (Action, "due", "tomorrow", "“tomorrow” is not a date; write year, month and day"),
        (Action, "due", "6/1/25", "if you mean 6 January 2025, write 2025-01-06"),
        (Action, "priority", "urgent", "use high, medium or low"),
        (Action, "resources", "\u202eoops", r"invisible character in it: U\+202E"),
        (Goal, "attainment", "3", "write a whole number from -2 to 2"),
        (Plan, "review_every", "now and then", "write it as `6 weeks`"),
    ],
)
def test_what_a_field_does_not_take_is_refused(cls: type, name: str, given: str, words: str) -> None:
    """The message is the one that `check` would give."""
    with pytest.raises(FieldValueError, match=words):
        parse_field_value(cls, name, given, SITE, PLAN)


@pytest.mark.parametrize(
    ("name", "given", "near"),
    [("owner", "Deputy Manger", "Deputy Manager"), ("goal", "wram", "warm"), ("agency", "counsil", "council")],
)
def test_an_unknown_name_is_refused_with_the_nearest(name: str, given: str, near: str) -> None:
    """Nobody makes a new owner by a slip of the keyboard."""
    cls = Owner if name == "agency" else Action
    with pytest.raises(UnknownNameError, match=f"did you mean “{near}”"):
        parse_field_value(cls, name, given, SITE, PLAN)


def test_where_nobody_is_declared_any_name_will_do() -> None:
    """A site without files in `owners` and `agencies`, and a plan without goals, take names as they come."""
    plan = Plan(slug="p", path="")
    assert parse_field_value(Action, "owner", "Maintenance", EMPTY, plan) == "Maintenance"
    assert parse_field_value(Owner, "agency", "Riverside Council", EMPTY) == "Riverside Council"
    assert parse_field_value(Action, "goal", "warm", EMPTY, plan) == "warm"


def test_a_line_is_one_line() -> None:
    """Line ends and runs of spaces become one space."""
    assert normalise_line("  Fix\n the\t door ") == "Fix the door"


def test_fields_that_take_a_few_words_can_be_asked_for() -> None:
    """Groups cannot be given in one line; the title is asked for by itself."""
    names = {each.name for each in list_prompted_fields(Action)}
    assert {"owner", "due", "supporters", "priority"} <= names
    assert names.isdisjoint({"title", "source", "evidence", "verification", "due_history", "allow"})
    assert names < {each.name for each in declared_fields(Action)}


PLACE = DocumentLocation("action", "falls", "a", "content/plans/falls/actions/a.md")
AWKWARD = st.sampled_from(
    [": ", " #", "@", "*", "&", "!", "%", "[", "{", "- ", "'", '"', "\\", "\n", "\r", "---", "? ", "|", "~"]
)
#: What looks like the mark of a passage hides its field, and a text that shows nothing counts as left out.
TEXTS = (
    st.lists(st.one_of(AWKWARD, st.text(max_size=8)), max_size=6)
    .map("".join)
    .filter(lambda text: not holds_passage_mark(text) and (is_visible(text) or not text.strip()))
)


def _read(line: str) -> Action:
    found = parse_document(PLACE, f"---\n{line}\n---\n".encode()).document
    assert isinstance(found, Action)
    return found


def _kept(text: str) -> str:
    """What reading keeps of a text: the space round it goes, line ends are `\\n`, and what nobody can see is marked."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return UNPRINTABLE.sub(REPLACEMENT_CHARACTER, BIDI_CONTROLS.sub(REPLACEMENT_CHARACTER, text)).strip()


@given(TEXTS)
def test_any_text_comes_back(text: str) -> None:
    """Quotation marks, colons, signs, line ends: the title that is read is the title that was written."""
    if _kept(text):
        assert _read(f"title: {format_yaml_value(text)}").title == _kept(text)


@given(st.lists(TEXTS, max_size=4))
def test_any_list_comes_back(texts: list[str]) -> None:
    """Commas and brackets inside a text do not split it. A text of nothing is no entry.

    Tags are compared, so that characters which nobody sees are left out of them.
    """
    kept = tuple(remove_passed_over(_kept(text), keep_direction=True)[0] for text in texts if _kept(text))
    assert _read(f"title: A\ntags: {format_yaml_value(tuple(texts))}").tags == kept


@given(TEXTS)
def test_a_value_is_one_line_of_utf_8(text: str) -> None:
    """Nothing in a text can end the line, or the front matter, that it stands in."""
    line = format_yaml_value(text)
    assert line.splitlines() in ([], [line])
    line.encode()


@given(st.text(st.sampled_from("0123456789.-+eExyYnNoOfFtTrRuUsl_ "), max_size=8))
def test_a_text_is_a_text_for_other_readers_too(text: str) -> None:
    """An ordinary YAML reader takes no text for a number, a date or a truth value."""
    if text:
        assert yaml.safe_load(f"k: {format_yaml_value(text)}") == {"k": text}


@pytest.mark.parametrize(
    ("value", "line"),
    [
        ("Fix the door", "Fix the door"),
        ("6 weeks", "6 weeks"),
        ("Fix: door", '"Fix: door"'),
        ("@jane", '"@jane"'),
        ("Plan #3", '"Plan #3"'),
        ("no", '"no"'),
        ("01632960001", '"01632960001"'),
        ("", ""),
        ((), ""),
        (("Nurse, GP practice", "Cook"), '["Nurse, GP practice", Cook]'),
        (date(2025, 1, 31), "2025-01-31"),
        (12, "12"),
        (5.0, "5"),
        (2.5, "2.5"),
    ],
)
def test_quotation_marks_stand_only_where_they_are_needed(value: object, line: str) -> None:
    """People who open the file see plain words where plain words will do."""
    assert format_yaml_value(value) == line  # type: ignore[arg-type]  # the cases are of all the kinds there are
