"""Reads the form of an update out of the text of a mail."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import field, replace

from plansite.deferred_dataclass import dataclass
from plansite.deferred_pattern import compile_lazily
from plansite.mail.message import ReadMail
from plansite.mail.quotations import OwnText, begins_action, split_quotations
from plansite.mail.update_form import FORM_INTRODUCTION, FormField, ends_form, parse_label
from plansite.model.formatting import format_list

_ACTION_VALUE = compile_lazily(r"(?P<address>\S+)(?:\s+\(.*\)?)?")
#: A line that begins with a mark or number of a list stays a line of its own.
_LIST_ITEM = compile_lazily(r"(?:[-*•–]|\(?\d{1,3}[.)])\s")
_MAX_SHOWN = 200


class UnreadableUpdateError(Exception):
    """The text of a mail is no form that was filled in, or says two things. The message says what, and what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MailedUpdate:
    """What a mail says of one action, as texts; a field that was left empty is "".

    `action` is its address `plan/slug`. The lines of `note` are paragraphs and items of lists.
    """

    action: str
    note: str = ""
    status: str = ""
    finished: str = ""
    due: str = ""
    reason: str = ""
    by: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing was filled in but perhaps a name."""
        return not (self.note or self.status or self.finished or self.due or self.reason)


@dataclass(frozen=True, slots=True, kw_only=True)
class MailedUpdates:
    """What a mail says of each action, and sentences about what in it was not read."""

    updates: tuple[MailedUpdate, ...]
    remarks: tuple[str, ...]


@dataclass(slots=True)
class _FormBlock:
    """The lines below the label of each field, for one action."""

    lines: dict[FormField, list[str]] = field(default_factory=dict)


def read_updates(mail: ReadMail) -> MailedUpdates:
    """What a mail says of each action. Raises UnreadableUpdateError."""
    own = split_quotations(mail.text)
    if not _holds_form(own.own):
        raise UnreadableUpdateError(_explain_missing_form(own))
    if own.is_mixed:
        raise UnreadableUpdateError(
            "an older mail begins inside its form, so new lines cannot be told from old ones; copy those into a file"
        )
    updates, remarks = _parse_form(own.own)
    if _holds_form(own.quoted):
        remarks = (*remarks, "It quotes an older form, which was not read.")
    if mail.html_text and mail.html_text is not mail.text and not _is_same(mail.html_text, updates):
        remarks = (*remarks, "Its plain text, which was read, and its formatted text do not say the same.")
    return MailedUpdates(updates=updates, remarks=(*mail.remarks, *remarks))


def _holds_form(lines: Iterable[str]) -> bool:
    return any(map(begins_action, lines))


def _explain_missing_form(text: OwnText) -> str:
    if text.is_forwarded and _holds_form(text.quoted):
        return "it was forwarded, so it does not come from whoever wrote it; save the original mail, and give that"
    if _holds_form(text.quoted):
        return "its form is in quoted text, where answers cannot be told from questions; copy the answers into a file"
    said = _show_text(text.own)
    missing = f"it has no line “{FormField.ACTION}: …”, so it does not say which action it is about"
    return f"{missing}: {said}" if said else missing


def _is_same(html_text: str, updates: tuple[MailedUpdate, ...]) -> bool:
    try:
        others, _ = _parse_form(split_quotations(html_text).own)
    except UnreadableUpdateError:
        return False
    return [_drop_blanks(each) for each in others] == [_drop_blanks(each) for each in updates]


def _drop_blanks(update: MailedUpdate) -> tuple[str, ...]:
    texts = (update.action, update.note, update.status, update.finished, update.due, update.reason, update.by)
    return tuple("".join(re.findall(r"\w+", text)) for text in texts)


def _parse_form(lines: Sequence[str]) -> tuple[tuple[MailedUpdate, ...], tuple[str, ...]]:
    """The updates of a form, and sentences about text around it. Raises UnreadableUpdateError."""
    start = next(number for number, line in enumerate(lines) if begins_action(line))
    end = next((number for number in range(start, len(lines)) if ends_form(lines[number])), len(lines))
    blocks, last = _split_blocks(lines[start:end])
    below = list(lines[end + 1 :]) if end < len(lines) else _cut_last_value(blocks[-1], last)
    above = _show_text(lines[:start])
    remarks = [f"Not taken over, above the form: {above}."] if above else []
    if shown := _show_text(below):
        remarks.append(f"Not taken over, below the form: {shown}.")
    return tuple(_finish_updates(blocks, remarks)), tuple(remarks)


def _split_blocks(lines: Iterable[str]) -> tuple[list[_FormBlock], FormField]:
    """The block of each action, and the field that comes last. Raises UnreadableUpdateError."""
    blocks: list[_FormBlock] = []
    last = FormField.ACTION
    for line in lines:
        label = parse_label(line)
        if label is None:
            blocks[-1].lines[last].append(line)
            continue
        if label.field is FormField.ACTION:
            blocks.append(_FormBlock())
        last = label.field
        if last in blocks[-1].lines:
            raise UnreadableUpdateError(
                f"the line “{last}:” is there twice for one action, so it is not clear what is meant; copy the "
                "text into a file, and take one out"
            )
        blocks[-1].lines[last] = [label.rest]
    return blocks, last


def _cut_last_value(block: _FormBlock, last: FormField) -> list[str]:
    """Keep of the last value, which no line ends, what stands beside its label; returns the rest, such as a signature.

    A note is kept as it is.
    """
    if last is FormField.NOTE:
        return []
    below = block.lines[last][1:]
    block.lines[last] = block.lines[last][:1]
    return below


def _finish_updates(blocks: Sequence[_FormBlock], remarks: Sequence[str]) -> Iterator[MailedUpdate]:
    updates = list(map(_finish_block, blocks))
    by = next((update.by for update in updates if update.by), "")
    given = [replace(update, by=update.by or by) for update in updates if not update.is_empty]
    if not given:
        said = f" {remarks[0]}" if remarks else ""
        raise UnreadableUpdateError(f"no field of the form is filled in.{said}".rstrip("."))
    counts = Counter(update.action for update in given)
    twice = [address for address, number in counts.items() if number > 1]
    if twice:
        raise UnreadableUpdateError(
            f"it has two forms for {format_list(twice)}; copy the text into a file, and take one out"
        )
    yield from given


def _finish_block(block: _FormBlock) -> MailedUpdate:
    values = {name: " ".join(" ".join(lines).split()) for name, lines in block.lines.items()}
    action = _ACTION_VALUE.fullmatch(values[FormField.ACTION])
    return MailedUpdate(
        action=(action["address"] if action else values[FormField.ACTION]).strip(".,;<>"),
        note=_join_note(block.lines.get(FormField.NOTE, [])),
        status=values.get(FormField.STATUS, ""),
        finished=values.get(FormField.FINISHED, ""),
        due=values.get(FormField.DUE, ""),
        reason=values.get(FormField.REASON, ""),
        by=values.get(FormField.BY, ""),
    )


def _join_note(lines: Iterable[str]) -> str:
    """The lines of a note as paragraphs and items of lists, each on one line: mail programs break lines anywhere."""
    paragraphs: list[str] = []
    is_open = False
    for line in (" ".join(each.split()) for each in lines):
        if line and is_open and not _LIST_ITEM.match(line):
            paragraphs[-1] = f"{paragraphs[-1]} {line}"
        elif line:
            paragraphs.append(line)
        is_open = bool(line)
    return "\n".join(paragraphs)


def _show_text(lines: Iterable[str]) -> str:
    """The text of lines in quotation marks, without the words above a form, cut to a length that can be shown."""
    text = " ".join(" ".join(lines).split()).replace(FORM_INTRODUCTION, "").strip()
    shown = text if len(text) <= _MAX_SHOWN else f"{text[:_MAX_SHOWN]}…"
    return f"“{shown}”" if shown else ""
