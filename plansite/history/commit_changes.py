"""The changes of a commit as one line of JSON: written once, and taken apart only when somebody asks."""

from __future__ import annotations

import contextlib
import functools
import hashlib
import json
import os
import re
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, tzinfo
from pathlib import Path
from typing import Any

from plansite.history.change import Change, ChangeKind, ChangeValue, CommitStamp
from plansite.model.findings import SiteError

_FIRST_DAY, _LAST_DAY = date(1900, 1, 1), date(2999, 12, 31)


def day_of(time: int, zone: tzinfo) -> date:
    """The day of a second (since 1970) in a time zone; what no calendar of plans has, becomes its last day.

    The committer's date counts: a change is news on the day it landed, however long it waited on a branch.
    """
    try:
        day = datetime.fromtimestamp(time, UTC).astimezone(zone).date()
    except (ValueError, OverflowError, OSError):
        return _LAST_DAY
    return min(max(day, _FIRST_DAY), _LAST_DAY)


_KIND_BY_VALUE = {did.value: did for did in ChangeKind}
_LINE_START = re.compile(rb'\["([0-9a-f]{40,64})",(\d{1,20}),"(\d*)",\[')


class DamagedHistoryError(SiteError):
    """A line that is not as it was written."""

    def __init__(self) -> None:
        """Says what to do."""
        super().__init__("the stored history is damaged; `plansite clean` removes it, and it is read anew")


@dataclass(frozen=True)
class CommitChanges:
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
        stamp = CommitStamp(self.commit, self.when, self.pull_request)
        try:
            return tuple(_decode_change(row, stamp) for row in json.loads(self.line)[3])
        except (ValueError, TypeError, LookupError, RecursionError) as error:
            raise DamagedHistoryError from error

    def with_changes(self, changes: Iterable[Change]) -> CommitChanges:
        """The same commit with these of its changes."""
        return build_commit_changes(self.commit, self.time, self.pull_request, self.zone, changes)


def build_commit_changes(
    commit: str, time: int, pull_request: str, zone: tzinfo, changes: Iterable[Change]
) -> CommitChanges:
    """A commit with its changes."""
    row = [commit, time, pull_request, [_encode_change(change) for change in changes]]
    line = json.dumps(row, ensure_ascii=False, separators=(",", ":"))
    return CommitChanges(commit, time, pull_request, zone, line.encode("utf-8", "replace"))


def parse_commit_changes(line: bytes, zone: tzinfo) -> CommitChanges:
    """The same from its line. Raises LineError."""
    head = _LINE_START.match(line)
    if head is None:
        raise DamagedHistoryError
    commit, time, request = head.groups()
    return CommitChanges(commit.decode(), int(time), request.decode(), zone, line)


def _encode_change(change: Change) -> list[Any]:
    texts = [change.did.value, change.document, change.plan, change.slug, change.path, change.old_path, change.field]
    return [*texts, change.who, change.reason, change.before, change.after, change.values]


def _decode_change(row: Any, stamp: CommitStamp) -> Change:
    did, document, plan, slug, path, old_path, field, who, reason, before, after, values = row
    return Change(
        did=_KIND_BY_VALUE[did],
        document=_require_text(document),
        plan=_require_text(plan),
        slug=_require_text(slug),
        path=_require_text(path),
        old_path=_require_text(old_path),
        field=_require_text(field),
        before=_decode_value(before),
        after=_decode_value(after),
        who=_require_text(who),
        reason=_require_text(reason),
        values=tuple([(_require_text(name), _decode_value(value)) for name, value in values]),
        when=stamp.when,
        commit=stamp.commit,
        pull_request=stamp.pull_request,
    )


def _require_text(value: Any) -> str:
    if type(value) is str:
        return value
    raise TypeError(value)


def _decode_value(value: Any) -> ChangeValue:
    return value if type(value) is str else tuple([_require_text(each) for each in _require_list(value)])


def _require_list(value: Any) -> Sequence[Any]:
    if type(value) is list:
        return value
    raise TypeError(value)


_CACHE_FORMAT = "plansite history 1"


def load_cached_changes(file: Path, zone: tzinfo) -> dict[str, list[CommitChanges]]:
    """What the file keeps, by key, newest commit first. Whatever is wrong with the file, the answer is then empty."""
    try:
        head, _, rest = file.read_bytes().partition(b"\n")
        if json.loads(head) != [_CACHE_FORMAT, _checksum(rest)]:
            return {}
        return dict(_parse_lines(rest.split(b"\n"), zone))
    except (OSError, ValueError, RecursionError, DamagedHistoryError):
        return {}


def save_cached_changes(file: Path, by_repository: Mapping[str, Sequence[CommitChanges]]) -> None:
    """Write the file anew, whole or not at all. A disk that refuses costs time later, and nothing else."""
    rest = b"\n".join(line for key, landed in by_repository.items() for line in _format_lines(key, landed))
    head = json.dumps([_CACHE_FORMAT, _checksum(rest)]).encode("ascii")
    with contextlib.suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}")
        try:
            with os.fdopen(handle, "wb") as target:
                target.write(head + b"\n" + rest)
            Path(name).replace(file)
        except OSError:
            Path(name).unlink(missing_ok=True)


def _checksum(data: bytes) -> str:
    return hashlib.blake2b(data, digest_size=16).hexdigest()


def _format_lines(key: str, commits: Sequence[CommitChanges]) -> Iterator[bytes]:
    yield json.dumps([key, len(commits)]).encode("ascii")
    yield from (each.line for each in commits)


def _parse_lines(lines: list[bytes], zone: tzinfo) -> Iterator[tuple[str, list[CommitChanges]]]:
    at = 0
    while at < len(lines) and lines[at]:
        match json.loads(lines[at]):
            case [str(key), int(number)] if 0 <= number < len(lines) - at:
                yield key, [parse_commit_changes(line, zone) for line in lines[at + 1 : at + 1 + number]]
                at += number + 1
            case _:
                raise DamagedHistoryError
