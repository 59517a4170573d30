"""A file that is no export of actions is refused, and says why."""

from __future__ import annotations

import json
from typing import Any

import pytest

from plansite.exports.actions_json.parsing import UnreadableExportError, parse_actions_json

_ACTION = {"slug": "a", "fields": {"title": "A"}, "text": ""}
_PLAN = {"slug": "p", "title": "P", "audience": "internal", "goals": [], "actions": [_ACTION]}
_FILE = {"format": "plansite actions", "version": 1, "plans": [_PLAN]}


def _read(value: Any) -> Any:
    return parse_actions_json(json.dumps(value).encode())


def test_further_names_are_passed_over() -> None:
    """A later plansite of the same version may say more. A byte order mark is no fault."""
    (plan,) = parse_actions_json(b"\xef\xbb\xbf" + json.dumps({**_FILE, "more": 1}).encode())
    assert [(action.slug, action.fields, action.text) for action in plan.actions] == [("a", {"title": "A"}, "")]


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ([], "it is not a file that “plansite export --to json” wrote"),
        ({"format": "other"}, "it is not a file that “plansite export --to json” wrote"),
        ({**_FILE, "version": 2}, "its version is “2”, and this plansite reads 1 at most; update plansite"),
        ({**_FILE, "version": "1"}, "its version is “1”, and this plansite reads 1 at most; update plansite"),
        ({**_FILE, "plans": {}}, "plans is not a list; export the file again"),
        ({**_FILE, "plans": [1]}, "plans[0] is not an object; export the file again"),
        ({**_FILE, "plans": [{**_PLAN, "audience": "all"}]}, "plans[0].audience is not an audience; export the file again"),
        ({**_FILE, "plans": [{**_PLAN, "goals": [1]}]}, "plans[0].goals is not an object; export the file again"),
        ({**_FILE, "plans": [{**_PLAN, "actions": [{**_ACTION, "fields": []}]}]},
         "plans[0].actions[0].fields is not an object; export the file again"),
        ({**_FILE, "plans": [{**_PLAN, "actions": [_ACTION, {**_ACTION, "text": None}]}]},
         "plans[0].actions[1].text is not a text; export the file again"),
    ],
)  # fmt: skip
def test_another_shape_is_refused(value: Any, message: str) -> None:
    with pytest.raises(UnreadableExportError) as caught:
        _read(value)
    assert str(caught.value) == message


@pytest.mark.parametrize("data", [b"", b"{", b"\xff", b'{"format": NaN}', b"[" * 100_000])
def test_what_is_no_json_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableExportError, match="it is not valid JSON"):
        parse_actions_json(data)
