"""Documents with any values in their declared fields, as files could give them."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import strategies as st

from plansite.model.dates import INTERVAL_PRESETS, CalendarInterval
from plansite.model.fields import (
    ChoiceOf,
    Date,
    Either,
    FieldType,
    Integer,
    Interval,
    ListOf,
    Number,
    RecordOf,
    Text,
    Url,
    declared_fields,
)


def build_documents(cls: type, texts: st.SearchStrategy[str], **given: Any) -> st.SearchStrategy[Any]:
    """Documents of a class with values in any of their fields; `given` are those of attributes that are not declared."""
    fields = {each.attribute: _build_values(each.field.kind, texts) for each in declared_fields(cls)}
    return st.fixed_dictionaries({}, optional=fields).map(lambda values: cls(**given, **values))


def _build_values(kind: FieldType, texts: st.SearchStrategy[str]) -> st.SearchStrategy[Any]:
    match kind:
        case Text():
            return texts
        case Integer():
            return st.integers(kind.minimum, kind.maximum)
        case ChoiceOf():
            return st.sampled_from([*kind.of])
        case ListOf():
            return st.lists(_build_values(kind.of, texts), max_size=3).map(tuple)
        case Either():
            return _build_values(kind.rich, texts)
        case RecordOf():
            return build_documents(kind.of, texts).filter(_has_content)
    return _SIMPLE_VALUES[type(kind)]


_SIMPLE_VALUES: dict[type, st.SearchStrategy[Any]] = {
    Date: st.dates(date(1900, 1, 1), date(2999, 12, 31)),
    Number: st.floats(-1e6, 1e6, allow_nan=False),
    Url: st.sampled_from(["https://example.org/a,b?c=d&e=%20", "mailto:a@example.org", "evidence/audit,[1].pdf", "#x"]),
    Interval: st.one_of(
        st.sampled_from([*INTERVAL_PRESETS.values()]),
        st.integers(2, 400).map(lambda days: CalendarInterval(days=days, text=f"{days} days")),
        st.integers(2, 40).map(lambda months: CalendarInterval(months=months, text=f"{months} months")),
    ),
}


def _has_content(record: Any) -> bool:
    """Whether a group says anything besides who may see it. One that does not is read as a mark of the whole file."""
    cls: type = type(record)
    values = (getattr(record, each.attribute) for each in declared_fields(cls) if each.name != "audience")
    return any(value not in (None, "", ()) for value in values)
