"""What is kept beside a site can be lost, damaged or foreign: nothing but our own values ever comes out of it."""

from __future__ import annotations

import hashlib
import os
import pickle
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plansite.cache.site_cache import create_codec
from plansite.checks.runner import RULES
from plansite.content.plans import ParsedPlan
from plansite.incremental.store import FileStore, MemoryStore, ReadThroughStore, Store
from plansite.model.body import ActionStep, Body, ProgressNote
from plansite.model.documents.action import Action
from plansite.model.documents.plan import Plan
from plansite.model.findings import Finding
from plansite.model.status import Status

RULE = RULES[0]
ACTION = Action(
    plan="p",
    slug="a",
    path="content/plans/p/actions/a.md",
    title="Mend “it”",
    status=Status.BLOCKED,
    due=date(2025, 1, 20),
    body=Body(
        steps=(ActionStep(text="One", html=("<p>One</p>",), done=True, line=4),),
        progress=(ProgressNote(date=None, by="Cook", text="Begun", html=("Begun",), line=9),),
    ),
)
VOLUME = ParsedPlan(
    plan=Plan(slug="p", path="content/plans/p/plan.md", actions=(ACTION,)),
    findings=(Finding(rule=RULE, path="content/plans/p/plan.md", message="It is not so."),),
)


def _folder(path: Path, made_with: str = "this") -> FileStore:
    path.mkdir(exist_ok=True)
    return FileStore(path, create_codec(), made_with)


@pytest.fixture(params=["folder", "memory", "near"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    """Each kind of store, empty."""
    folder = _folder(tmp_path / "memo")
    stores: dict[str, Store] = {"folder": folder, "memory": MemoryStore(), "near": ReadThroughStore(folder)}
    return stores[request.param]


def test_a_value_comes_back_as_it_was(store: Store) -> None:
    """Equal in every field, and a finding has the very rule it was made with."""
    store.put("a", VOLUME)
    store.put("b", {"x": (1, "two", None)})
    assert store.get("a") == VOLUME
    assert store.get("a").findings[0].rule is RULE
    assert store.get("b") == {"x": (1, "two", None)}
    assert store.get("c") is None


def test_only_what_is_named_stays(tmp_path: Path) -> None:
    """The rest goes, what other versions left included, so that a store cannot grow without bound."""
    folder = tmp_path / "memo"
    _folder(folder, "another").put("a", 1)
    store = _folder(folder)
    for name in ("a", "b", "c"):
        store.put(name, name)
    store.keep_only(["b", "never"])
    assert [store.get(name) for name in ("a", "b", "c")] == [None, "b", None]
    assert len(list(folder.iterdir())) == 1


def test_what_is_near_is_written_nowhere(tmp_path: Path) -> None:
    """A preview reads what builds keep, and a thousand saves leave nothing behind; what is forgotten is read again."""
    far = _folder(tmp_path / "memo")
    far.put("a", 1)
    near = ReadThroughStore(far, max_values=1)
    near.put("b", 2)
    assert (near.get("b"), far.get("b"), near.get("a"), near.get("b")) == (2, None, 1, None)


def test_another_program_finds_nothing(tmp_path: Path) -> None:
    """A value kept by another version is not there."""
    _folder(tmp_path / "memo", "old").put("a", 1)
    assert _folder(tmp_path / "memo", "new").get("a") is None


def test_a_value_under_the_name_of_another_is_not_believed(tmp_path: Path) -> None:
    """A whole and sound file that lies under another name, or comes from another version, is not there."""
    store, other = _folder(tmp_path / "memo"), _folder(tmp_path / "other", "another")
    store.put("a", ACTION)
    (first,) = (tmp_path / "memo").iterdir()
    store.put("b", VOLUME)
    (second,) = (path for path in (tmp_path / "memo").iterdir() if path != first)
    other.put("a", VOLUME)
    (foreign,) = (tmp_path / "other").iterdir()
    for path in (second, foreign):
        first.write_bytes(path.read_bytes())
        assert (store.get("a"), store.get("b")) == (None, VOLUME)


def test_equal_digests_are_of_equal_values(tmp_path: Path) -> None:
    """What `put` returns changes with every field of a value, however deep, and is the same in another folder."""
    store, other = _folder(tmp_path / "memo"), _folder(tmp_path / "other")
    values = (ACTION, replace(ACTION, title="Mend it"), replace(ACTION, due=None), VOLUME, ParsedPlan(plan=VOLUME.plan))
    digests = [store.put("a", each) for each in values]
    assert len(set(digests)) == len(values)
    assert [other.put("b", each) for each in values] == digests


@given(st.data())
def test_damage_is_never_believed(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    """Whatever happens to the bytes of a value, it is whole or not there."""
    folder = tmp_path_factory.mktemp("memo")
    store = _folder(folder)
    store.put("a", VOLUME)
    (file,) = folder.iterdir()
    whole = file.read_bytes()
    at = data.draw(st.integers(0, len(whole) - 1))
    bad = data.draw(st.sampled_from([whole[:at], whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :], b"", b"\x80"]))
    file.write_bytes(bad)
    assert store.get("a") is None


class _Trap:
    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.system, ("echo trapped",)


@pytest.mark.parametrize(
    "value",
    [_Trap(), os.path.join, Path("x"), print, pytest.raises, lambda: 1 if False else _Trap],
    ids=["call", "function", "path", "builtin", "library", "odd"],
)
def test_nothing_foreign_is_made(tmp_path: Path, value: object) -> None:
    """A file with a sound digest, written by somebody else, can name no code to run and no type that is not ours."""
    store = _folder(tmp_path / "memo")
    store.put("a", 1)
    (file,) = (tmp_path / "memo").iterdir()
    try:
        body = pickle.dumps(value)
    except (pickle.PicklingError, AttributeError):
        body = b"cposix\nsystem\n(S'echo trapped'\ntR."
    file.write_bytes(hashlib.sha256(file.name.encode() + body).digest() + body)
    assert store.get("a") is None
