"""Files with all kinds of fields, written in all ways: an edit in the form changes its field, and nothing else."""

from __future__ import annotations

from typing import Any

import yaml
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from plansite.cms.kinds import describe_kinds, load_kinds
from tests.cms.editor_texts import PAGE, EditorTexts
from tests.examples import examples

Shape = dict[str, Any]

_ACTION: Any = describe_kinds(load_kinds(PAGE).values())["action"]
SHAPES: dict[str, Shape] = _ACTION["fields"]
WORDS = st.lists(
    st.sampled_from(
        'door Anna’s #3 a:b x: - no 010 {y [z it\'s "so" 12:30 ~ null é 🙂 2025-01-06 \\n & * ! % @ ` | >'.split()
    ),
    min_size=1,
    max_size=3,
).map(" ".join)
TEXTS = st.one_of(WORDS, st.lists(WORDS, min_size=2, max_size=3).map("\n".join))


def _values(shape: Shape) -> st.SearchStrategy[Any]:
    """What a form may hold for a field of this shape, and a file as well."""
    match shape["type"]:
        case "date":
            return st.dates().map(str)
        case "number":
            return st.integers(-2, 2).map(str)
        case "choice":
            return st.sampled_from(sorted(set(shape["words"].values())))
        case "list":
            return st.lists(_values(shape["of"]), min_size=1, max_size=4)
        case "group":
            fields = {name: _values(inner) for name, inner in shape["fields"].items()}
            return st.fixed_dictionaries({}, optional=fields).filter(bool)
    return TEXTS


@st.composite
def _fields(draw: st.DrawFn) -> list[tuple[str, Any, str]]:
    """Some fields in any order: the name, the value, and the lines that hold it."""
    names = draw(st.lists(st.sampled_from(sorted(SHAPES)), unique=True, min_size=1, max_size=6))
    written = []
    for name in names:
        value = draw(_values(SHAPES[name]))
        style = draw(st.sampled_from([None, "'", '"'])) if isinstance(value, str) else None
        if draw(st.booleans()):
            inner = yaml.safe_dump([value], allow_unicode=True, sort_keys=False, default_flow_style=True, width=1000)
            text = f"{name}: {inner.strip()[1:-1]}\n"
        else:
            text = yaml.safe_dump({name: value}, allow_unicode=True, sort_keys=False, default_style=style, width=1000)
            text = text.replace(f"{style}{name}{style}:", f"{name}:", 1) if style else text
        above = draw(st.sampled_from(["", "# A remark\n", "\n"]))
        written.append((name, value, above + text))
    return written


def _load(text: str) -> dict[str, Any]:
    """The fields of a file as texts, by a reader that is not ours."""
    found: dict[str, Any] = yaml.load(text.split("\n---\n")[0].removeprefix("---\n"), yaml.BaseLoader) or {}  # noqa: S506  (texts alone)
    return found


def _is_in_order(lines: list[str], among: list[str]) -> bool:
    rest = iter(among)
    return all(line in rest for line in lines)


@settings(max_examples=examples(300), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(fields=_fields(), data=st.data())
def test_an_edit_changes_its_field_alone(
    editor: EditorTexts, fields: list[tuple[str, Any, str]], data: st.DataObject
) -> None:
    """The field has its new value, all others have theirs, and their lines are as they were, in the same order."""
    text = f"---\n{''.join(lines for _, _, lines in fields)}---\nWords.\n"
    before = _load(text)
    assume(before == {name: value for name, value, _ in fields})
    assert editor.save("action", text)["text"] == text
    name = data.draw(
        st.sampled_from(sorted({*before, *data.draw(st.lists(st.sampled_from(sorted(SHAPES)), max_size=2))}))
    )
    value = data.draw(st.one_of(st.none(), _values(SHAPES[name])))
    saved = editor.save("action", text, {name: value})
    assert "error" not in saved, saved
    expected = {key: each for key, each in before.items() if key != name}
    after = _load(saved["text"])
    assert after.pop(name, None) == value
    assert after == expected
    others = [line for key, _, lines in fields if key != name for line in lines.splitlines()]
    assert _is_in_order(others, saved["text"].splitlines())


@settings(max_examples=examples(100), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(fields=_fields())
def test_a_new_file_holds_what_was_filled_in(editor: EditorTexts, fields: list[tuple[str, Any, str]]) -> None:
    """Every value of the form is in the file, in the order of the form."""
    values = {name: value for name, value, _ in fields}
    found = _load(editor.save("action", None, values)["text"])
    assert found == values
    assert list(found) == [name for name in SHAPES if name in values]
