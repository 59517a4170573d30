"""Values as bytes on toy values: they come back equal, and only values of one package can be created."""

from __future__ import annotations

import os
import pickle
from datetime import date
from operator import attrgetter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plansite.incremental.encoding import SharedValues, ValueCodec
from plansite.incremental.tables import AnsweredLookup
from plansite.incremental.tasks import TaskResult
from plansite.model.findings import Level, Rule

RULE = Rule(code="T1", name="toy", level=Level.HINT, doc="A toy.")
CODEC = ValueCodec(package="plansite", shared=SharedValues(kind=Rule, key=attrgetter("code"), by_key={"T1": RULE}))

PLAIN = st.one_of(st.none(), st.booleans(), st.integers(), st.text(), st.dates(), st.sampled_from(Level))
LOOKUPS = st.lists(st.builds(AnsweredLookup, st.text(), PLAIN, st.text()), max_size=3).map(tuple)
VALUES = st.recursive(
    PLAIN,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(tuple),
        st.dictionaries(st.text(), inner, max_size=3),
        st.builds(TaskResult, fingerprint=st.text(), lookups=LOOKUPS, value=inner),
    ),
    max_leaves=8,
)


@given(VALUES)
def test_a_value_comes_back_equal(value: Any) -> None:
    """Dates, enums, named tuples, frozen dataclasses and what is built in, however nested."""
    assert CODEC.decode(CODEC.encode(value)) == value


def test_a_shared_value_comes_back_as_the_very_same() -> None:
    """It is looked up by its key, wherever it stands."""
    value = CODEC.decode(CODEC.encode((RULE, date(2025, 1, 2))))
    assert value[0] is RULE


def test_a_shared_value_that_is_gone_is_an_error() -> None:
    """A rule that this version does not know makes the whole value unreadable, not half a value."""
    with pytest.raises(KeyError):
        ValueCodec(package="plansite", shared=SharedValues(kind=Rule, key=attrgetter("code"), by_key={})).decode(
            CODEC.encode(RULE)
        )


@pytest.mark.parametrize("value", [os.system, os.path.join, pytest.raises, CODEC.encode, ValueCodec.decode])
def test_no_code_is_created(value: object) -> None:
    """Functions are refused, those of the package as well."""
    with pytest.raises((pickle.UnpicklingError, TypeError, AttributeError)):
        CODEC.decode(pickle.dumps(value))


def test_other_packages_are_refused() -> None:
    """A codec for another package creates no value of this one."""
    foreign = ValueCodec(package="another", shared=CODEC.shared)
    with pytest.raises(pickle.UnpicklingError, match="TaskResult"):
        foreign.decode(CODEC.encode(TaskResult(fingerprint="", lookups=(), value=1)))
