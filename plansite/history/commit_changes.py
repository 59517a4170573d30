"""The changes of a commit, held as one line of JSON that is decoded when needed, and the file that caches them."""

from __future__ import annotations

import contextlib
import functools
import hashlib
import json
import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, tzinfo
from pathlib import Path
from typing import Any

from plansite.deferred_dataclass import dataclass
from plansite.deferred_pattern import compile_lazily
from plansite.file_access import read_plain_file
from plansite.history.change import Change, ChangeKind, ChangeValue, CommitStamp
from plansite.model.findings import SiteError

_FIRST_DAY, _LAST_DAY = date(1900, 1, 1), date(2999, 12, 31)
_KIND_BY_VALUE = {kind.value: kind for kind in ChangeKind}
_LINE_START = compile_lazily(rb'\["([0-9a-f]{40,64})",(\d{1,20}),"(\d*)",\[')


def day_of(time: int, zone: tzinfo) -> date:
    """The day of a time (seconds since 1970) in a time zone, clipped to the years 1900 to 2999.

    Callers pass the committer's date, since a change is reported on the day on which it landed on the mainline.
    """
    try:
        day = datetime.fromtimestamp(time, UTC).astimezone(zone).date()
    except (ValueError, OverflowError, OSError):
        return _LAST_DAY
    return min(max(day, _FIRST_DAY), _LAST_DAY)


class DamagedHistoryError(SiteError):
    """A line of the cached history cannot be decoded."""

    def __init__(self) -> None:
        """The message tells users how to recover."""
        super().__init__("the stored history is damaged; `plansite clean` removes it, and it is then read again")


@dataclass(frozen=True)
class CommitChanges:
    """A commit of the mainline with its changes; `time` is in seconds since 1970.

    `line` holds all of it as JSON: an array of the commit id, `time`, `pull_request` and the changes.
    """

    commit: str
    time: int
    pull_request: str
    zone: tzinfo
    line: bytes

    @functools.cached_property
    def when(self) -> date:
        """The day on which it landed."""
        return day_of(self.time, self.zone)

    @property
    def has_changes(self) -> bool:
        """Whether there is any; this does not decode the line."""
        return not self.line.endswith(b",[]]")

    @functools.cached_property
    def changes(self) -> tuple[Change, ...]:
        """The changes, in the order of the files. Raises DamagedHistoryError."""
        stamp = CommitStamp(self.commit, self.when, self.pull_request)
        try:
            return tuple(_decode_change(row, stamp) for row in json.loads(self.line)[3])
        except (ValueError, TypeError, LookupError, RecursionError) as error:
            raise DamagedHistoryError from error

    def with_changes(self, changes: Iterable[Change]) -> CommitChanges:
        """A copy of the commit with other changes."""
        return build_commit_changes(self.commit, self.time, self.pull_request, self.zone, changes)


def build_commit_changes(
    commit: str, time: int, pull_request: str, zone: tzinfo, changes: Iterable[Change]
) -> CommitChanges:
    """The commit with these changes encoded in its line."""
    row = [commit, time, pull_request, [_encode_change(change) for change in changes]]
    line = json.dumps(row, ensure_ascii=False, separators=(",", ":"))
    return CommitChanges(commit, time, pull_request, zone, line.encode("utf-8", "replace"))


def parse_commit_changes(line: bytes, zone: tzinfo) -> CommitChanges:
    """The commit that a line holds; its changes stay encoded. Raises DamagedHistoryError."""
    match = _LINE_START.match(line)
    if match is None:
        raise DamagedHistoryError
    commit, time, pull_request = match.groups()
    return CommitChanges(commit.decode(), int(time), pull_request.decode(), zone, line)


def _encode_change(change: Change) -> list[Any]:
    texts = [change.did.value, change.document, change.plan, change.slug, change.path, change.old_path, change.field]
    return [*texts, change.who, change.reason, change.before, change.after, change.values]


def _decode_change(row: Any, stamp: CommitStamp) -> Change:
    """The change that `_encode_change` encoded. Raises ValueError, TypeError or LookupError if it is not valid."""
    kind, document, plan, slug, path, old_path, field, who, reason, before, after, values = row
    return Change(
        did=_KIND_BY_VALUE[kind],
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
    return value if type(value) is str else tuple([_require_text(item) for item in _require_list(value)])


def _require_list(value: Any) -> Sequence[Any]:
    if type(value) is list:
        return value
    raise TypeError(value)


_CACHE_FORMAT = "plansite history 1"
_MAX_CACHE_SIZE = 1024 * 1024 * 1024


def load_cached_changes(file: Path, zone: tzinfo) -> dict[str, list[CommitChanges]]:
    """The commits in a cache file, newest first, by the key of their repository; empty if the file is not valid."""
    try:
        header, _, content = read_plain_file(file, _MAX_CACHE_SIZE).partition(b"\n")
        if json.loads(header) != [_CACHE_FORMAT, _checksum(content)]:
            return {}
        return dict(_parse_lines(content.split(b"\n"), zone))
    except (OSError, ValueError, RecursionError, DamagedHistoryError):
        return {}


def save_cached_changes(file: Path, by_repository: Mapping[str, Sequence[CommitChanges]]) -> None:
    """Replace a cache file atomically. Errors of the file system are ignored: the next build reads git instead."""
    content = b"\n".join(line for key, commits in by_repository.items() for line in _format_lines(key, commits))
    header = json.dumps([_CACHE_FORMAT, _checksum(content)]).encode("ascii")
    with contextlib.suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}")
        try:
            with os.fdopen(handle, "wb") as target:
                target.write(header + b"\n" + content)
            Path(name).replace(file)
        except OSError:
            Path(name).unlink(missing_ok=True)


def _checksum(data: bytes) -> str:
    return hashlib.blake2b(data, digest_size=16).hexdigest()


def _format_lines(key: str, commits: Sequence[CommitChanges]) -> Iterator[bytes]:
    """The lines of one repository: its key and the number of its commits, then a line for each commit."""
    yield json.dumps([key, len(commits)]).encode("ascii")
    yield from (commit.line for commit in commits)


def _parse_lines(lines: list[bytes], zone: tzinfo) -> Iterator[tuple[str, list[CommitChanges]]]:
    """The key and the commits of each repository. Raises DamagedHistoryError or ValueError."""
    index = 0
    while index < len(lines) and lines[index]:
        match json.loads(lines[index]):
            case [str(key), int(count)] if 0 <= count < len(lines) - index:
                yield key, [parse_commit_changes(line, zone) for line in lines[index + 1 : index + 1 + count]]
                index += count + 1
            case _:
                raise DamagedHistoryError
