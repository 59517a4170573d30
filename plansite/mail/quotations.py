"""What the sender of a mail wrote, apart from older mails that it quotes and from a signature."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from plansite.deferred_dataclass import dataclass
from plansite.deferred_pattern import compile_lazily
from plansite.mail.update_form import FormField, ends_form, parse_label

#: What introduces a quotation, and may be words of a note as well.
_REPLY = compile_lazily(
    r"\s*(?:on\b.{4,300}\bwrote:|am\b.{4,300}\bschrieb.{0,80}:|le\b.{4,300}\ba écrit\s?:)\s*", re.IGNORECASE
)
_ORIGINAL = compile_lazily(r"\s*-{2,}\s*original (?:message|appointment)\s*-{2,}\s*", re.IGNORECASE)
_FORWARD = compile_lazily(r"\s*(?:-{2,}\s*forwarded message\s*-{2,}|begin forwarded message:)\s*", re.IGNORECASE)
#: The head of an older mail as Outlook writes it above that mail.
_HEAD_START = compile_lazily(r"\s*\*?from:\*?\s+\S", re.IGNORECASE)
_HEAD_LINE = compile_lazily(r"\s*\*?(?:sent|date|to|subject|cc):\*?\s", re.IGNORECASE)
_SIGNATURE = compile_lazily(r"-- ?")


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnText:
    """The lines that the sender of a mail wrote, and those that the mail quotes.

    It `is_forwarded` if what it quotes is a mail that was sent on. It `is_mixed` if an older mail begins inside its
    form, so that nobody can tell which lines are new.
    """

    own: tuple[str, ...]
    quoted: tuple[str, ...] = ()
    is_forwarded: bool = False
    is_mixed: bool = False


def split_quotations(text: str) -> OwnText:
    """The lines of a text without those that begin with `>`, and without all below an older mail or a signature.

    Inside a form, down to the line that ends it, every line is the sender's own.
    """
    lines = text.split("\n")
    own: list[str] = []
    quoted: list[str] = []
    ends = [number for number, line in enumerate(lines) if ends_form(line)]
    number = 0
    while number < len(lines):
        end = _find_end(ends, number) if begins_action(lines[number]) else None
        if end is not None:
            form = lines[number : end + 1]
            if any(_begins_older_mail(form, each) for each in range(len(form))):
                return OwnText(own=(*own, *form), is_mixed=True)
            own += form
            number = end + 1
            continue
        line = lines[number]
        is_forwarded = _FORWARD.fullmatch(line) is not None
        if is_forwarded or _begins_older_mail(lines, number) or _begins_rest(lines, number):
            rest = (each.lstrip("> ") for each in lines[number + 1 :])
            return OwnText(own=tuple(own), quoted=(*quoted, *rest), is_forwarded=is_forwarded)
        if line.lstrip().startswith(">"):
            quoted.append(line.lstrip("> "))
        else:
            own.append(line)
        number += 1
    return OwnText(own=tuple(own), quoted=tuple(quoted))


def begins_action(line: str) -> bool:
    """Whether a line names the action of a form."""
    label = parse_label(line)
    return label is not None and label.field is FormField.ACTION


def _find_end(ends: Sequence[int], start: int) -> int | None:
    """The first of these numbers, which ascend, that is not below `start`."""
    index = bisect_left(ends, start)
    return ends[index] if index < len(ends) else None


def _begins_older_mail(lines: Sequence[str], number: int) -> bool:
    """Whether a line certainly begins an older mail."""
    line = lines[number]
    if _ORIGINAL.fullmatch(line) or _FORWARD.fullmatch(line):
        return True
    return _HEAD_START.match(line) is not None and any(
        _HEAD_LINE.match(each) for each in lines[number + 1 : number + 4]
    )


def _begins_rest(lines: Sequence[str], number: int) -> bool:
    """Whether a line begins a signature, or introduces a quotation; an introduction may be broken over two lines."""
    line, following = lines[number], lines[number + 1] if number + 1 < len(lines) else ""
    if _SIGNATURE.fullmatch(line) or _REPLY.fullmatch(line):
        return True
    return following.rstrip().endswith(":") and _REPLY.fullmatch(f"{line} {following.strip()}") is not None
