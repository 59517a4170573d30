"""Changes for other programs."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterable
from datetime import date
from typing import Any

from plansite.history.change import Change

_NAMES = tuple(field.name for field in dataclasses.fields(Change))


def json_text(changes: Iterable[Change]) -> str:
    """An array with one object for each change, the newest first: the fields of `Change`, in UTF-8, indented.

    Dates are written 2025-01-31; `before` and `after` are a text, or an array of texts for a field that holds several.
    """
    return json.dumps([_record(change) for change in changes], indent=2, ensure_ascii=False) + "\n"


def _record(change: Change) -> dict[str, Any]:
    """The fields in declared order; `values` is an object."""
    fields = {name: _plain(getattr(change, name)) for name in _NAMES}
    return fields | {"values": {name: _plain(value) for name, value in change.values}}


def _plain(value: Any) -> Any:
    match value:
        case date():
            return value.isoformat()
        case tuple():
            return list(value)
        case _:
            return str(value)
