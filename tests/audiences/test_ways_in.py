"""Ways in which something hidden once came to light, or could have."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from plansite.model.audience.hidden_names import HiddenNames
from plansite.model.people import Owner
from plansite.model.status import Audience
from plansite.pipeline.build import build_in_memory
from tests.sites import FixedClock, write

_ADOPTS = "title: T\naudience: public\nsources: [{path: theirs, plan: hr, fields: {goal: goal, audience: vis}}]\n"
_BY_FIELD = "title: T\naudience: public\nsources: [{path: theirs, plan: {field: part}, fields: {audience: vis}}]\n"
_OPEN = "---\ntitle: Open\n---\n"
_CANARY = "---\ntitle: Canary\n---\n"


def _sings(root: Path, files: Mapping[str, str], audience: Audience = Audience.PUBLIC) -> list[str]:
    write(root, {"plansite.yaml": "title: T\naudience: public\n", "content/plans/p/plan.md": _OPEN, **files})
    built = build_in_memory(root, clock=FixedClock(date(2025, 1, 20)), audience=audience)
    texts = {path: text if isinstance(text, bytes) else text.read() for path, text in built.files.items()}
    return [path for path, text in texts.items() if "canary" in path.lower() or b"canary" in text.lower()]


@pytest.mark.parametrize(
    "files",
    [
        {"plansite.yaml": _ADOPTS, "theirs/a.md": _CANARY, "content/plans/hr/plan.md": "---\ntitle: H\naudience: internal\n---\n"},
        {"plansite.yaml": _ADOPTS, "theirs/a.md": _CANARY, "content/plans/hr/plan.md": "---\ntitle: H\nkind: counselling\n---\n"},
        {"plansite.yaml": _ADOPTS, "theirs/a.md": _CANARY, "content/plans/hr/plan.md": "---\ntitle: H: I\naudience: internal\n---\n"},
        {"plansite.yaml": _ADOPTS, "theirs/a.md": _CANARY, "content/plans/hr/plan.markdown": "---\naudience: internal\n---\n"},
        {"plansite.yaml": _ADOPTS, "theirs/a.md": "---\ntitle: A\ngoal: canary\nvis: internal\n---\n", "theirs/b.md": _OPEN},
        {"plansite.yaml": _BY_FIELD, "theirs/a.md": "---\ntitle: A\npart: Canary\nvis: internal\n---\n"},
        {
            "content/plans/p/plan.md": "---\ntitle: P\n---\n[x](measures/m.csv)\n",
            "content/plans/p/measures/m.md": "---\ntitle: M\naudience: internal\n---\n",
            "content/plans/p/measures/m.csv": "date,value\ncanary,1\n",
        },
        {"content/plans/p/actions/a.md": "---\ntitle: A\nverification: {method: Canary, audience: internal}\n---\n"},
        {"content/plans/p/actions/a.md": "---\ntitle: A\nsource: {ref: Canary, audience: partners}\n---\n"},
        {"content/plans/p/actions/a.md": "---\ntitle: A\nhomework: {rationale: Canary, audience: internal}\n---\n"},
        {"content/plans/p/actions/a.md": "---\ntitle: A\ndue_history: [{due: 2025-01-01, reason: Canary, audience: x}]\n---\n"},
        {"content/plans/p/actions/a.md": '---\ntitle: A\nresources: "Two days ::: internal Canary :::"\n---\n'},
        {"content/plans/p/actions/a.md": "---\ntitle: A\nresources: |\n  Two days\n  ::: internal\n  Canary\n  :::\n---\n"},
    ],
)  # fmt: skip
def test_it_stays_hidden(tmp_path: Path, files: Mapping[str, str]) -> None:
    """Plans that others laid out, goals that only hidden actions name, tables, groups of fields, marks in fields."""
    assert _sings(tmp_path, files) == []
    if "resources" not in str(files):
        assert _sings(tmp_path, files, Audience.INTERNAL)


@pytest.mark.parametrize(
    "text",
    [
        "Anna Canary", "ANNA  CANARY", "Anna Canary (Nurse)", "Ward, Anna Canary", "Ben and Anna Canary", "Ben & Anna Canary",
        "Ben + Anna Canary", "Lead: Anna Canary", "Dr Anna Canary", "Anna Canary – Ward", "Anna Canary, 01632 960001",
        "Ben | Anna Canary", "Ben\nAnna Canary", "Anna-Canary", "With Anna Canary on Fridays",
        "Cook", "cook", "The Hall: Cook", "Cook & Ben", "Mr Cook", "Cook. Ward", "Cook—Ward",
    ],
)  # fmt: skip
def test_a_name_is_known_in_any_company(text: str) -> None:
    """Beside others, with a title or a remark, in any spelling of capitals and blanks."""
    hidden = HiddenNames.build([Owner(slug="a-c", title="Anna Canary"), Owner(slug="cook", title="Cook")], (), ())
    assert hidden.matches(text)


def test_others_are_still_named() -> None:
    """A name of one word does not hide those that only have it in them; nor does it hide somebody else's whole name."""
    hidden = HiddenNames.build([Owner(slug="m", title="Manager")], (), [Owner(slug="n", title="Nurse, Manager")])
    assert not hidden.matches("Deputy Manager")
    assert not hidden.matches("Nurse, Manager")
    assert hidden.matches("Ward, Manager")


def test_a_long_text_is_read_in_one_stride() -> None:
    """Blanks without end, in a field of any length, cost no more than the words would."""
    hidden = HiddenNames.build([Owner(slug="m", title="Anna Canary")], (), ())
    assert not hidden.matches("a" + " " * 250_000 + "b")
    assert not hidden.matches("- " * 100_000)


@pytest.mark.parametrize(
    "head",
    [
        "title: Ms Canary # the lead",
        "{title: Ms Canary, audience: [",
        "title: >-\n  Ms Canary",
        "'title': \"Ms Canary\"",
    ],
)
def test_whose_file_cannot_be_read(tmp_path: Path, head: str) -> None:
    """However the title is written in it."""
    files = {
        "content/owners/x.md": f"---\n{head}\nowner: [\n---\n",
        "content/plans/p/actions/a.md": "---\ntitle: A\nowner: Ms Canary\n---\n",
    }
    assert _sings(tmp_path, files) == []


@pytest.mark.parametrize("own", ["", "repository: https://example.org/canary\n"])
@pytest.mark.parametrize(
    "theirs", ["", "sources: [{path: theirs, plan: p, repository: 'https://example.org/canary'}]\n"]
)
def test_the_public_is_not_led_to_a_repository(tmp_path: Path, own: str, theirs: str) -> None:
    """Neither to that of the site nor to that of a folder which others keep; whoever sees all is."""
    files = {
        "plansite.yaml": f"title: T\naudience: public\n{own}{theirs}",
        "theirs/a.md": _OPEN,
        "content/plans/p/actions/b.md": _OPEN,
    }
    assert _sings(tmp_path, files) == []
    whole = _sings(tmp_path, files, Audience.INTERNAL)
    assert ("plans/p/actions/b.html" in whole) is bool(own)
    assert ("plans/p/actions/a.html" in whole) is bool(theirs)


@pytest.mark.parametrize("word", "Dr Mr Mrs Ms Miss Mx Prof Professor Sister Nurse Rev".split())
@pytest.mark.parametrize("form", ["{} Cook", "{}. Cook", "Ben and {} Cook", "Ward, {} Cook", "{}\u00a0Cook"])
def test_a_name_of_one_word_is_known_behind_every_form_of_address(word: str, form: str) -> None:
    """In capitals or not, with a dot or without."""
    hidden = HiddenNames.build([Owner(slug="cook", title="Cook")], (), ())
    for text in (form.format(word), form.format(word.upper()), form.format(word.lower())):
        assert hidden.matches(text)
    assert not hidden.matches(f"{word} Baker")
