"""The form of an update by e-mail: its fields, its text, and the link that opens a mail with it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum
from urllib.parse import quote

from plansite.deferred_dataclass import dataclass
from plansite.deferred_pattern import compile_lazily
from plansite.model.documents.action import Action


class FormField(StrEnum):
    """The fields of the form, as their labels read."""

    ACTION = "Action"
    NOTE = "What has happened"
    STATUS = "Status"
    FINISHED = "Finished on"
    DUE = "New due date"
    REASON = "Reason"
    BY = "Your name or role"


#: The line above the form, and the one below it: what follows, such as a signature, is not part of the update.
FORM_INTRODUCTION = "Fill in what you know, and leave the rest empty."
FORM_END = "End of update"
#: What the subject of an update begins with.
SUBJECT_PREFIX = "Update: "
#: A longer link is cut by some programs, such as Chrome and Outlook on Windows.
MAX_LINK_LENGTH = 1_900
_STATUS_HINT = "in progress, blocked or completed"
_MAX_TITLE_LENGTH = 60
_LINE_END = "%0D%0A"
#: A label at the start of a line, as mail programs may write it again: in bold type, or with a hint in brackets.
_LABEL = compile_lazily(
    rf"[\s*_]*(?P<label>{'|'.join(re.escape(field) for field in FormField)})[ *_]*(?:\([^()]*\)[ *_]*)?[:\uff1a][ *_]*",
    re.IGNORECASE,
)
_END = compile_lazily(rf"[\s*_]*{FORM_END}[\s*_.]*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class LabelledLine:
    """A line of a mail that begins with the label of a field: the field, and what follows the label."""

    field: FormField
    rest: str


def parse_label(line: str) -> LabelledLine | None:
    """The field whose label a line begins with, and the rest of the line; None for any other line."""
    match = _LABEL.match(line)
    if match is None:
        return None
    field = next(field for field in FormField if field.casefold() == match["label"].casefold())
    return LabelledLine(field, line[match.end() :].strip())


def ends_form(line: str) -> bool:
    """Whether a line says that the form ends above it."""
    return _END.fullmatch(line) is not None


def format_action_form(address: str) -> str:
    """The text of a mail about one action, whose address is `plan/slug`; lines end with a line feed."""
    return "\n".join((
        FORM_INTRODUCTION,
        "",
        f"{FormField.ACTION}: {address}",
        f"{FormField.NOTE}:",
        "",
        "",
        f"{FormField.STATUS} ({_STATUS_HINT}):",
        f"{FormField.FINISHED}:",
        f"{FormField.DUE}:",
        f"{FormField.REASON}:",
        f"{FormField.BY}:",
        FORM_END,
        "",
    ))  # fmt: skip


def format_list_form(entries: Sequence[tuple[str, str]]) -> str:
    """The text of a mail about several actions, each given by its address and its title."""
    blocks = [
        f"{FormField.ACTION}: {address} ({_shorten(title)})\n{FormField.NOTE}:\n\n{FormField.FINISHED}:\n"
        f"{FormField.DUE}:\n{FormField.REASON}:\n"
        for address, title in entries
    ]
    return "\n".join((FORM_INTRODUCTION, "", *blocks, f"{FormField.BY}:", FORM_END, ""))


def build_action_mail_link(coordinator: str, action: Action) -> str:
    """A `mailto:` address that opens a mail to a coordinator with the form of one action; "" without a coordinator."""
    if not coordinator:
        return ""
    form = format_action_form(f"{action.plan}/{action.slug}")
    return format_mail_link(coordinator, f"{SUBJECT_PREFIX}{_to_line(action.title)}", form)


def build_list_mail_link(coordinator: str, subject: str, entries: Sequence[tuple[str, str]]) -> str:
    """A `mailto:` address that opens a mail with a form for as many of these actions as its length allows.

    An entry is the address of an action, `plan/slug`, with its title. Without any action the mail has a subject alone.
    "" without a coordinator.
    """
    if not coordinator:
        return ""
    for number in range(min(len(entries), 20), 0, -1):
        link = format_mail_link(coordinator, subject, format_list_form(entries[:number]))
        if len(link) <= MAX_LINK_LENGTH:
            return link
    return format_mail_link(coordinator, subject, "")


def format_mail_link(coordinator: str, subject: str, body: str = "") -> str:
    """A `mailto:` address with a subject and a text, as RFC 6068 has it: lines end with `%0D%0A`."""
    encoded = quote(body, safe=":,()").replace("%0A", _LINE_END)
    text = f"&body={encoded}" if body else ""
    return f"mailto:{quote(coordinator, safe='@')}?subject={quote(subject, safe=':,()')}{text}"


def _shorten(title: str) -> str:
    """A title on one line, without brackets, which would end it too early, and not too long."""
    line = _to_line(title).replace("(", "").replace(")", "")
    return line if len(line) <= _MAX_TITLE_LENGTH else f"{line[: _MAX_TITLE_LENGTH - 1].rstrip()}…"


def _to_line(text: str) -> str:
    return " ".join(text.split())
