"""Brings what a tracker changed into the file of an action, and keeps what people have changed there."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from plansite.deferred_dataclass import dataclass
from plansite.deferred_pattern import compile_lazily
from plansite.scaffold.imported.snapshot import ImportedAction
from plansite.scaffold.imported.ticked_steps import tick_steps
from plansite.scaffold.placeholders import split_front_matter

_FIELD = compile_lazily(r"([a-z_]+):(?: (.*))?")
_NOTE = compile_lazily(r"- \d{4}-\d\d-\d\d\b.*")
_PROGRESS = "## Progress"


@dataclass(frozen=True, slots=True, kw_only=True)
class MergedFile:
    """The text of a file after an import: `changed` are the fields that the tracker changed, and parts of the text.

    `conflicts` are sentences about what the tracker and people have both changed; the file keeps what people wrote.
    """

    text: str
    changed: tuple[str, ...]
    conflicts: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FileValues:
    """What a file says, however it is written: its fields as YAML by name, and its body, as an export has them.

    The file says more than the export has in the fields `partial`, and in the text unless the body `is_whole`: they
    cannot be replaced by what the export says now.
    """

    fields: Mapping[str, str]
    body: str
    partial: frozenset[str] = frozenset()
    is_whole: bool = True


def merge_file(
    current: str,
    base: ImportedAction | None,
    fields: Mapping[str, str],
    body: str,
    values: FileValues | None = None,
    meanings: Mapping[str, str] = MappingProxyType({}),
) -> MergedFile:
    """The file with the fields and the body that the tracker gives now. `base` is what it gave last time.

    A field that people changed stays. Without `base` the file is older than the import, and only gets what it lacks.
    With `values` it counts what the file says, and not how it is written. A field is the same as well if it is written
    in another way and means the same, as `meanings` have it: `"3"` is 3, and "Resolved" is completed.
    """
    front_matter, closing, text = split_front_matter(current.replace("\r\n", "\n"))
    lines = front_matter.split("\n")
    changed: list[str] = []
    conflicts: list[str] = []
    for name in dict.fromkeys((*fields, *(base.fields if base else ()))):
        new, old = fields.get(name, ""), base.fields.get(name, "") if base else ""
        if new == old and base:
            continue
        start, end, written = _find_field(lines, name)
        present = values.fields.get(name, "") if values else written
        if new in (present, meanings.get(name)):
            continue
        is_free = values is None or name not in values.partial
        if is_free and (present == old or (not base and (present == "" or start < 0))):
            lines = _replace_field(lines, start, end, f"{name}: {new}" if new else "")
            changed.append(name)
        else:
            conflicts.append(f"`{name}`: the tracker says {_show(new)}, the file {_show(present)}")
    old_body = base.body if base else None
    ticked = tick_steps(text, old_body or "", body)
    changed += ["steps"] if ticked != text else []
    merged = _merge_body(ticked, values, old_body, body, changed, conflicts)
    return MergedFile(text="\n".join(lines) + closing + merged, changed=tuple(changed), conflicts=tuple(conflicts))


def _find_field(lines: list[str], name: str) -> tuple[int, int, str | None]:
    """The first line of a field in front matter, the line behind it, and its value; None for one of several lines.

    The first line is -1, and the value empty, if it is not there.
    """
    for index, line in enumerate(lines):
        found = _FIELD.fullmatch(line)
        if found and found[1] == name:
            end = next((each for each in range(index + 1, len(lines)) if _FIELD.fullmatch(lines[each])), len(lines))
            return index, end, (found[2] or "").strip() if end == index + 1 else None
    return -1, -1, ""


def _replace_field(lines: list[str], start: int, end: int, line: str) -> list[str]:
    if start < 0:
        return [*lines, line]
    return [*lines[:start], *([line] if line else []), *lines[end:]]


def _merge_body(
    present: str, values: FileValues | None, old: str | None, new: str, changed: list[str], conflicts: list[str]
) -> str:
    """The body: the new one where people have not touched it, else theirs with the notes that are new.

    `values` have what the present body says, in the form of the others, and whether it may be replaced as a whole.
    """
    said = values.body if values else present
    if new == old or said.strip() == new.strip():
        return present
    is_free = values is None or values.is_whole
    if is_free and ((old is not None and said.strip() == old.strip()) or not said.strip()):
        changed.append("text")
        return f"{new}\n" if new else ""
    known = set(present.splitlines()) | set(said.splitlines()) | set((old or "").splitlines())
    notes = [line for line in new.splitlines() if _NOTE.fullmatch(line) and line not in known]
    rest = [line for line in new.splitlines() if line.strip() and line not in known and line not in notes]
    if notes:
        changed.append("progress")
    if [line for line in rest if not line.startswith("## ")]:
        conflicts.append(f"the text: the tracker also says {_show(rest[0])}")
    return _add_notes(present, notes)


def _add_notes(body: str, notes: list[str]) -> str:
    """A body with further notes at the end of its progress."""
    if not notes:
        return body
    lines = body.rstrip("\n").split("\n")
    start = next((index for index, line in enumerate(lines) if line.strip() == _PROGRESS), -1)
    if start < 0:
        return "\n".join([*lines, "", _PROGRESS, *notes]).lstrip("\n") + "\n"
    end = next((index for index in range(start + 1, len(lines)) if lines[index].startswith("## ")), len(lines))
    while end > start + 1 and not lines[end - 1].strip():
        end -= 1
    return "\n".join([*lines[:end], *notes, *lines[end:]]) + "\n"


def _show(text: str | None) -> str:
    if text is None:
        return "something else"
    return f"“{text if len(text) <= 80 else f'{text[:79]}…'}”" if text else "nothing"
