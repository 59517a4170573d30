"""The changes of a commit as one line of JSON: written once, and taken apart only when somebody asks."""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, tzinfo
from typing import Any

from plansite.history.change import Change, Did, Stamp, Value
from plansite.history.clock import day_of
from plansite.model.errors import SiteError

_DIDS = {did.value: did for did in Did}
_HEAD = re.compile(rb'\["([0-9a-f]{40,64})",(\d{1,20}),"(\d*)",\[')


class LineError(SiteError):
    """A line that is not as it was written."""

    def __init__(self) -> None:
        """Says what to do."""
        super().__init__("the stored history is damaged; `plansite clean` removes it, and it is read anew")


@dataclass(frozen=True)
class Landed:
    """A commit of the mainline, and the changes that came with it; `time` counts seconds since 1970."""

    commit: str
    time: int
    pull_request: str
    zone: tzinfo
    line: bytes

    @functools.cached_property
    def when(self) -> date:
        """The day on which it landed."""
        return day_of(self.time, self.zone)

    @functools.cached_property
    def changes(self) -> tuple[Change, ...]:
        """The changes, in the order of the files. Raises LineError."""
        stamp = Stamp(self.commit, self.when, self.pull_request)
        try:
            return tuple(_change(row, stamp) for row in json.loads(self.line)[3])
        except (ValueError, TypeError, LookupError, RecursionError) as error:
            raise LineError from error

    def only(self, changes: Iterable[Change]) -> Landed:
        """The same commit with these of its changes."""
        return landed(self.commit, self.time, self.pull_request, self.zone, changes)


def landed(commit: str, time: int, pull_request: str, zone: tzinfo, changes: Iterable[Change]) -> Landed:
    """A commit with its changes."""
    row = [commit, time, pull_request, [_row(change) for change in changes]]
    line = json.dumps(row, ensure_ascii=False, separators=(",", ":"))
    return Landed(commit, time, pull_request, zone, line.encode("utf-8", "replace"))


def landed_from(line: bytes, zone: tzinfo) -> Landed:
    """The same from its line. Raises LineError."""
    head = _HEAD.match(line)
    if head is None:
        raise LineError
    commit, time, request = head.groups()
    return Landed(commit.decode(), int(time), request.decode(), zone, line)


def _row(change: Change) -> list[Any]:
    texts = [change.did.value, change.document, change.plan, change.slug, change.path, change.old_path, change.field]
    return [*texts, change.who, change.reason, change.before, change.after, change.values]


def _change(row: Any, stamp: Stamp) -> Change:
    did, document, plan, slug, path, old_path, field, who, reason, before, after, values = row
    return Change(
        did=_DIDS[did],
        document=_text(document),
        plan=_text(plan),
        slug=_text(slug),
        path=_text(path),
        old_path=_text(old_path),
        field=_text(field),
        before=_value(before),
        after=_value(after),
        who=_text(who),
        reason=_text(reason),
        values=tuple([(_text(name), _value(value)) for name, value in values]),
        when=stamp.when,
        commit=stamp.commit,
        pull_request=stamp.pull_request,
    )


def _text(value: Any) -> str:
    if type(value) is str:
        return value
    raise TypeError(value)


def _value(value: Any) -> Value:
    return value if type(value) is str else tuple([_text(each) for each in _list(value)])


def _list(value: Any) -> Sequence[Any]:
    if type(value) is list:
        return value
    raise TypeError(value)
