"""What the last import of a tracker gave, so that the next one knows what the tracker changed, and what people did."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from plansite.deferred_dataclass import dataclass

_FORMAT = 1


class SnapshotError(Exception):
    """The file with what the last import gave cannot be read. The message says what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedAction:
    """An action as an import wrote it: the name of its file, its fields as YAML by name, and its body."""

    slug: str
    key: str
    fields: Mapping[str, str]
    body: str


def format_snapshot(actions: Iterable[ImportedAction]) -> str:
    """The actions as JSON, one on each line, so that a change is a short difference."""
    lines = (
        json.dumps(
            {"slug": each.slug, "key": each.key, "fields": dict(each.fields), "body": each.body}, ensure_ascii=False
        )
        for each in actions
    )
    return f'{{"format": {_FORMAT}, "actions": [\n' + ",\n".join(lines) + "\n]}\n"


def parse_snapshot(text: str) -> tuple[ImportedAction, ...]:
    """The actions that the last import gave. Raises SnapshotError."""
    try:
        data: Any = json.loads(text)
        if data["format"] != _FORMAT:
            raise SnapshotError("it was written by another version of plansite")
        return tuple(_parse_action(each) for each in data["actions"])
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise SnapshotError("it is damaged; get it back from the history of the repository, or delete it") from error


def _parse_action(each: Any) -> ImportedAction:
    slug, key, body, fields = each["slug"], each["key"], each["body"], each["fields"]
    if not all(isinstance(text, str) for text in (slug, key, body, *fields, *fields.values())):
        raise TypeError
    return ImportedAction(slug=slug, key=key, fields=fields, body=body)
