"""The schema says of every file what reading says of it."""

from __future__ import annotations

import datetime
import functools
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from plansite import schema
from plansite.content.documents import parse_document
from plansite.content.frameworks.framework_files import parse_framework
from plansite.content.layout import assign_plan_slugs, locate_document
from plansite.content.settings import parse_settings
from plansite.markdown.dialect import is_safe_url
from plansite.model.dates import parse_interval, parse_iso_date
from plansite.model.fields import declared_fields
from plansite.model.findings import Level
from plansite.model.status import STATUS_SYNONYMS, Status
from plansite.schema import FILE_KINDS, build_combined_schema, build_schema, parse_example

ROOT = Path(__file__).parents[1]
PATHS = sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "content").rglob("*.md"))
FILES = [path for path in PATHS if locate_document(path, assign_plan_slugs([path]))]


def _typed(text: str) -> Any:
    """Front matter as an editor reads it: YAML's own numbers and truth values, but dates as text."""
    return _dated(yaml.safe_load(text))


def _dated(value: Any) -> Any:
    match value:
        case dict():
            return {key: _dated(each) for key, each in value.items()}
        case list():
            return [_dated(each) for each in value]
        case datetime.date():
            return value.isoformat()
        case _:
            return value


@functools.cache
def _validator(kind: str) -> jsonschema.Draft202012Validator:
    """For one kind of file, or for any where none is named."""
    found = build_schema(kind) if kind else build_combined_schema()
    return jsonschema.Draft202012Validator(found, format_checker=jsonschema.FormatChecker())


def _accepts(kind: str, name: str, value: object) -> bool:
    return bool(_validator(kind).is_valid({"title": "Fix the door", name: value}))


@pytest.mark.parametrize("kind", [*FILE_KINDS, ""])
def test_each_schema_is_a_schema(kind: str) -> None:
    """The dialect's own schema accepts it, and every reference in it leads somewhere."""
    found = build_schema(kind) if kind else build_combined_schema()
    jsonschema.Draft202012Validator.check_schema(found)
    named = set(_references(found))
    assert named <= {f"#/$defs/{name}" for name in found.get("$defs", {})}  # type: ignore[union-attr]  # always a map


def _references(value: object) -> list[str]:
    match value:
        case {"$ref": str(name)}:
            return [name]
        case dict():
            return [name for each in value.values() for name in _references(each)]
        case list():
            return [name for each in value for name in _references(each)]
        case _:
            return []


@pytest.mark.parametrize("path", FILES)
def test_every_file_of_the_demonstration_is_valid(path: str) -> None:
    """What people wrote passes, with the values typed as an editor types them."""
    place = locate_document(path, assign_plan_slugs([path]))
    assert place is not None
    fields = _typed((ROOT / path).read_text("utf-8").split("---\n")[1])
    _validator(place.kind).validate(fields)
    _validator("").validate(fields)


def test_the_settings_of_this_site_are_valid() -> None:
    """`plansite.yaml` has a schema of its own."""
    _validator("site").validate(_typed((ROOT / "plansite.yaml").read_text("utf-8")))


@pytest.mark.parametrize(
    ("kind", "name"), [(kind, each.name) for kind, cls in FILE_KINDS.items() for each in declared_fields(cls)]
)
def test_every_field_is_there_with_an_example_that_is_valid(kind: str, name: str) -> None:
    """Each declared field has its help, and the example that it shows can be typed as shown."""
    field = next(each.field for each in declared_fields(FILE_KINDS[kind]) if each.name == name)
    shown: Any = build_schema(kind)["properties"]
    assert shown[name]["description"] == field.help
    assert shown[name]["examples"] == [parse_example(field.kind, field.example)]
    others = {each: value for each, value in _REQUIRED.get(kind, {"title": "Fix the door"}).items() if each != name}
    _validator(kind).validate({**(_typed(_write_fields(others)) or {}), **_typed(f"{name}: {field.example}")})
    assert _faults(kind, f"{_write_fields(others)}{name}: {field.example}\n") == []


@pytest.mark.skipif(not hasattr(yaml, "CBaseLoader"), reason="PyYAML was built without libyaml")
def test_examples_are_the_same_without_libyaml(monkeypatch: pytest.MonkeyPatch) -> None:
    """The schema does not depend on how PyYAML was built."""
    quick = build_combined_schema()
    monkeypatch.setattr(schema, "_LOADER", yaml.BaseLoader)
    assert build_combined_schema() == quick


#: What a file of a kind has to have, if not a title.
_REQUIRED = {"framework": {"label": "Our priorities", "standards": "[{id: falls, label: Falls}]"}}


def _write_fields(fields: dict[str, str]) -> str:
    """Fields as lines of YAML."""
    return "".join(f"{name}: {value}\n" for name, value in fields.items())


def _faults(kind: str, fields: str) -> list[str]:
    """The errors that reading finds in such fields."""
    if kind == "site":
        found = parse_settings(fields.encode())[1]
    elif kind == "framework":
        found = parse_framework("content/frameworks/a.yaml", fields.encode(), "Europe/London")[1]
    else:
        path = {"plan": "content/plans/p/plan.md", "owner": "content/owners/o.md", "agency": "content/agencies/a.md"}
        file = path.get(kind, f"content/plans/p/{kind}s/a.md")
        place = locate_document(file, assign_plan_slugs([file]))
        assert place is not None
        found = parse_document(place, f"---\n{fields}---\n".encode()).findings
    return [str(finding) for finding in found if finding.rule.level is Level.ERROR]


@pytest.mark.parametrize("word", [*map(str, Status), *STATUS_SYNONYMS, "In progress", "In Progress", "Resolved"])
def test_every_status_word_is_accepted(word: str) -> None:
    """Canonical words, their synonyms, and both with capitals."""
    assert _accepts("action", "status", word)


@pytest.mark.parametrize(
    ("kind", "name", "value"),
    [
        ("action", "status", "nearly"),
        ("action", "due", "30/02/2025"),
        ("action", "due", "2025-02-30"),
        ("action", "owner", ["Anna", "Ben"]),
        ("action", "evidence", [{"url": "audit.pdf"}]),
        ("action", "evidence", [{"label": "Audit", "url": "javascript:alert(1)"}]),
        ("plan", "review_every", "now and then"),
        ("plan", "goals", [{"title": "A", "attainment": 3}]),
        ("measure", "target", "about five"),
        ("site", "due_soon", 90),
    ],
)
def test_what_reading_refuses_is_refused(kind: str, name: str, value: object) -> None:
    """The editor marks what `check` would call an error."""
    assert not _accepts(kind, name, value)
    assert _faults(kind, f"title: Fix the door\n{yaml.safe_dump({name: value})}")


def test_a_title_cannot_be_left_out() -> None:
    """It is the one field that every file must have, and a blank one does not count."""
    assert not _validator("action").is_valid({"owner": "Maintenance"})
    assert not _validator("action").is_valid({"title": None})


def test_blank_and_unknown_fields_are_allowed() -> None:
    """A line without a value counts as left out; an unknown name is a hint and no error."""
    assert _validator("action").is_valid({"title": "A", "owner": None, "due": None, "status": None, "evidence": None})
    assert _validator("action").is_valid({"title": "A", "onwer": "Maintenance"})


@pytest.mark.parametrize(
    "fields",
    ["timezon: x", "sources: [{path: t, statuss: {}}]", "sources: [{path: t, fields: {ownr: x}}]", "theme: {}"],
)
def test_unknown_settings_are_not_allowed(fields: str) -> None:
    """What stands behind them would not be done; reading says the same."""
    assert not _validator("site").is_valid({"title": "T", **_typed(fields)})
    assert _faults("site", f"title: T\n{fields.replace('{}', '{a: b}')}\n")


@given(st.from_regex(r"(every )?([1-9][0-9]{0,3}|0|a|an|one)? ?(day|week|Month|year|decade)s?", fullmatch=True))
def test_intervals_agree_with_reading(text: str) -> None:
    """The schema's pattern and the reader take the same intervals."""
    assert _accepts("plan", "review_every", text) == (parse_interval(text) is not None)


@given(st.from_regex(r"20[0-9]{2}-[0-9]{2}-[0-9]{2}", fullmatch=True))
def test_dates_agree_with_reading(text: str) -> None:
    """The schema and the reader take the same days."""
    assert _accepts("action", "due", text) == (parse_iso_date(text) is not None)


@given(
    st.one_of(
        st.sampled_from(["https://example.org/a", "http://example.org", "mailto:a@example.org", "evidence/audit.pdf"]),
        st.sampled_from(["//example.org", "javascript:alert(1)", "data:text/html,x", "https:///x", "mailto:"]),
        st.from_regex(r"[a-z/:.]{1,12}", fullmatch=True),
    )
)
def test_addresses_agree_with_reading(text: str) -> None:
    """The schema and the reader take the same addresses; for the site's own they have to be whole."""
    assert _accepts("action", "evidence", [{"label": "Audit", "url": text}]) == is_safe_url(text)
    is_whole = is_safe_url(text) and text.startswith(("http://", "https://"))
    assert _accepts("site", "base_url", text) == is_whole
    assert (_faults("site", f"title: T\nbase_url: '{text}'\n") == []) == is_whole
