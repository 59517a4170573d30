"""The project's decorator for frozen values makes classes that behave as those of the standard decorator."""

from __future__ import annotations

import copy
import dataclasses
import inspect
import pickle
from pathlib import Path
from typing import Any, ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plansite.deferred_dataclass import dataclass as quick_dataclass

quick: Any = quick_dataclass
ROOT = Path(__file__).parents[1] / "plansite"


def _define(decorator: Any, *, kw_only: bool) -> Any:
    @decorator(frozen=True, slots=True, kw_only=kw_only)
    class Value:
        """A value with a required field, a default, and one that is not compared."""

        first: int
        second: str = "none"
        third: int = dataclasses.field(default=3, compare=False, repr=False)

    return Value


PAIRS = [(_define(quick, kw_only=each), _define(dataclasses.dataclass, kw_only=each)) for each in (False, True)]


@quick_dataclass(frozen=True, slots=True)
class Stored:
    """A value that can be pickled."""

    number: int


@pytest.mark.parametrize(("ours", "theirs"), PAIRS)
@given(one=st.integers(0, 2), two=st.integers(0, 2), text=st.sampled_from("ab"), third=st.integers(0, 1))
def test_values_compare_and_print_as_standard_ones(
    ours: Any, theirs: Any, one: int, two: int, text: str, third: int
) -> None:
    (a, b), (x, y) = ((cls(first=one), cls(first=two, second=text, third=third)) for cls in (ours, theirs))
    assert (a == b, b == copy.copy(b), hash(b)) == (x == y, y == copy.copy(y), hash(y))
    assert repr(b) == repr(y)
    assert dataclasses.asdict(dataclasses.replace(b, first=9)) == dataclasses.asdict(dataclasses.replace(y, first=9))


@pytest.mark.parametrize(("ours", "theirs"), PAIRS)
def test_classes_are_described_and_refuse_changes_as_standard_ones(ours: Any, theirs: Any) -> None:
    assert inspect.signature(ours) == inspect.signature(theirs)
    assert repr(ours.__dataclass_params__) == repr(theirs.__dataclass_params__)
    assert (ours.__slots__, ours.__match_args__) == (theirs.__slots__, theirs.__match_args__)
    for cls in (ours, theirs):
        with pytest.raises(dataclasses.FrozenInstanceError, match="cannot assign to field 'first'"):
            cls(first=1).first = 2
        with pytest.raises(dataclasses.FrozenInstanceError, match="cannot delete field 'first'"):
            del cls(first=1).first
        with pytest.raises(TypeError, match=r"Value\.__init__\(\) missing 1 required"):
            cls()


def _define_small(decorator: Any) -> tuple[Any, Any]:
    @decorator(frozen=True, slots=True)
    class One:
        """A value with a single field, which may hold itself."""

        only: Any

    @decorator(frozen=True, slots=True)
    class Nothing:
        """A value without fields."""

    return One, Nothing


def test_values_of_one_field_or_none_are_standard_ones() -> None:
    (one, nothing), (standard_one, standard_nothing) = _define_small(quick), _define_small(dataclasses.dataclass)
    assert (repr(one("%")), repr(nothing())) == (repr(standard_one("%")), repr(standard_nothing()))
    assert (hash(one(4)), hash(nothing())) == (hash(standard_one(4)), hash(standard_nothing()))
    assert (one(4) == one(4), one(4) == one(5), one(4) == nothing(), nothing() == nothing()) == (
        True,
        False,
        False,
        True,
    )
    assert one.__repr__.__qualname__ == standard_one.__repr__.__qualname__


def test_a_value_that_holds_itself_is_printed() -> None:
    one, _ = _define_small(quick)
    value = one([])
    value.only.append(value)
    assert repr(value).endswith("One(only=[...])")


def _define_marked(decorator: Any) -> Any:
    @decorator(frozen=True, slots=True)
    class Value:
        """A value with what is no field in an ordinary place."""

        shared: ClassVar[int] = 1
        first: int
        given: dataclasses.InitVar[int]
        _: dataclasses.KW_ONLY
        second: list[str] | None = None

        def __post_init__(self, given: int) -> None:
            object.__setattr__(self, "first", given)

    return Value


@pytest.mark.parametrize(("ours", "theirs"), [*PAIRS, (_define_marked(quick), _define_marked(dataclasses.dataclass))])
def test_fields_are_described_as_standard_ones(ours: Any, theirs: Any) -> None:
    """Each by its name, type and default, as annotations and in the class."""
    assert list(map(repr, dataclasses.fields(ours))) == list(map(repr, dataclasses.fields(theirs)))
    assert ours.__annotations__ == theirs.__annotations__
    assert ours.__slots__ == theirs.__slots__


def test_values_with_what_is_no_field() -> None:
    """A variable of the class, an argument that is not kept, and what only a name may set."""
    value = _define_marked(quick)(1, given=2, second=["a"])
    assert (value.shared, value.first, value.second) == (1, 2, ["a"])


def test_values_are_pickled() -> None:
    assert pickle.loads(pickle.dumps(Stored(4))) == Stored(4)  # noqa: S301


def test_all_modules_use_this_decorator() -> None:
    own = ROOT / "deferred_dataclass.py"
    lines = [line for path in ROOT.rglob("*.py") if path != own for line in path.read_text("utf-8").splitlines()]
    assert [
        line
        for line in lines
        if line.startswith("from dataclasses") and "dataclass" in line.replace(",", " ").split()[3:]
    ] == []
    assert [line for line in lines if "@dataclasses.dataclass" in line] == []
