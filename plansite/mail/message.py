"""Reads a saved mail: who sent it, when, and its text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from email import message_from_bytes
from email.errors import HeaderParseError, MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import getaddresses, parsedate_to_datetime
from zoneinfo import ZoneInfo

from plansite.deferred_dataclass import dataclass
from plansite.deferred_pattern import compile_lazily
from plansite.mail.html_text import HiddenTextError, extract_html_text
from plansite.mail.update_form import ends_form, parse_label
from plansite.model.formatting import format_list

#: The most bytes of a saved mail: with pictures from a phone it may be large.
MAX_MAIL_SIZE = 40 * 1024 * 1024
#: The most characters of a text that is read.
_MAX_TEXT_LENGTH = 100_000
_MAX_PARTS = 300
_MAX_HEADER_LENGTH = 2_000
_HEADER = compile_lazily(rb"[!-9;-~]{1,80}:[ \t]*", re.ASCII)
_KNOWN_HEADER = compile_lazily(
    rb"^(?:from|sender|date|received|return-path|delivered-to|message-id|mime-version|content-type):",
    re.IGNORECASE | re.MULTILINE,
)
_PART = compile_lazily(rb"^content-type:", re.IGNORECASE | re.MULTILINE)
_MBOX_START = compile_lazily(rb"^From \S{1,300} [^\r\n]{0,60}\d{4}\r?$", re.MULTILINE)
#: How other kinds of files begin, and what they are.
_OTHER_FILES = (
    (b"\xd0\xcf\x11\xe0", "a message in Outlook's own form (.msg)"),
    (b"PK\x03\x04", "a document or an archive"),
    (b"%PDF", "a PDF"),
    (b"{\\rtf", "a document in rich text"),
)
_ENCRYPTED = frozenset({"multipart/encrypted", "application/pkcs7-mime", "application/x-pkcs7-mime"})
#: Characters that show nothing and get into mails unseen.
_INVISIBLE = compile_lazily("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")


class UnreadableMailError(Exception):
    """A file is not a mail with an update, or may not be read as one. The message says why, and what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadMail:
    """A mail: the name and address of its sender, "" if it has none, the day it was sent, and its subject and text.

    `html_text` is the same text from its HTML, "" without one. `remarks` are sentences about what was not read.
    """

    name: str = ""
    address: str = ""
    sent: date | None = None
    subject: str = ""
    text: str
    html_text: str = ""
    remarks: tuple[str, ...] = ()


def read_mail(data: bytes, zone: str) -> ReadMail:
    """The mail in a saved file, or a text that was copied out of one. Raises UnreadableMailError.

    The day is that of the time zone `zone`.
    """
    for start, kind in _OTHER_FILES:
        if data.startswith(start):
            raise UnreadableMailError(f"it is {kind}; save the mail as .eml, or copy its text into a file")
    if len(_MBOX_START.findall(data)) > 1:
        raise UnreadableMailError("it has several mails in it; save each as a file of its own")
    if not _begins_with_headers(data):
        return ReadMail(text=_tidy(_decode(data, "utf-8")))
    if len(_PART.findall(data)) > _MAX_PARTS:
        raise UnreadableMailError(f"it has more than {_MAX_PARTS} parts; copy its text into a file")
    try:
        message = message_from_bytes(data)
        return _read_message(message, zone)
    except (RecursionError, MessageError) as error:
        raise UnreadableMailError("it is damaged; copy its text into a file") from error


def _begins_with_headers(data: bytes) -> bool:
    """Whether a file begins as a mail does; a text that was copied out of one begins with its words."""
    lines = data.lstrip(b"\xef\xbb\xbf\r\n").replace(b"\r\n", b"\n").partition(b"\n\n")[0]
    first = lines.partition(b"\n")[0]
    if first.startswith(b"From "):
        first = lines.partition(b"\n")[2]
    return _HEADER.match(first) is not None and _KNOWN_HEADER.search(lines) is not None


def _read_message(message: Message, zone: str) -> ReadMail:
    automatic = _header(message, "Auto-Submitted").partition(";")[0].strip().lower()
    if automatic not in ("", "no") or message.get_content_type() == "multipart/report":
        raise UnreadableMailError("a program sent it by itself, such as a notice of absence")
    senders = getaddresses(str(header)[:_MAX_HEADER_LENGTH] for header in message.get_all("From") or [])
    if len(senders) > 1:
        raise UnreadableMailError("it names several senders, so it is not clear who sent it")
    name, address = senders[0] if senders else ("", "")
    parts = _PartReader(message)
    texts, htmls = parts.plain, parts.html
    html_text = _tidy(parts.read_html()) if htmls else ""
    if not any(text.strip() for text in texts) and parts.attached:
        inner = _read_message(parts.attached[0], zone) if len(parts.attached) == 1 else None
        if inner is None:
            raise UnreadableMailError("it has several other mails in it; save each as a file of its own")
        return inner
    text = _tidy("\n".join(texts))
    remarks = list(parts.list_remarks())
    if not text.strip():
        text = html_text
        remarks += ["It has no plain text, so its formatted text was read."] if html_text else []
    return ReadMail(
        name=" ".join(_decode_words(name).split()),
        address=address.strip(),
        sent=_find_day(_header(message, "Date"), zone),
        subject=" ".join(_header(message, "Subject").split()),
        text=text,
        html_text=html_text,
        remarks=tuple(remarks),
    )


class _PartReader:
    """The parts of a mail: `plain` and `html` texts, other mails that are `attached`, and names of other files."""

    def __init__(self, message: Message) -> None:
        self.plain: list[str] = []
        self.html: list[str] = []
        self.attached: list[Message] = []
        self._files: list[str] = []
        for part in _list_leaves(message):
            self._take(part)

    def _take(self, part: Message) -> None:
        kind = part.get_content_type()
        if kind in _ENCRYPTED:
            raise UnreadableMailError("it is encrypted; copy its text into a file")
        if kind == "message/rfc822":
            payload = part.get_payload()
            self.attached += (
                [each for each in payload if isinstance(each, Message)] if isinstance(payload, list) else []
            )
            return
        name = _decode_words(part.get_filename() or "")
        if name or part.get_content_disposition() == "attachment" or kind not in ("text/plain", "text/html"):
            if kind not in (
                "application/pgp-signature",
                "application/pkcs7-signature",
                "application/x-pkcs7-signature",
            ):
                self._files.append(" ".join(name.split())[:80] or kind)
            return
        payload = part.get_payload(decode=True)
        text = _decode(payload if isinstance(payload, bytes) else b"", part.get_content_charset() or "utf-8")
        if len(text) > _MAX_TEXT_LENGTH:
            raise UnreadableMailError(f"its text has more than {_MAX_TEXT_LENGTH:,} characters")
        if kind == "text/html":
            self.html.append(text)
        else:
            self.plain.append(_join_flowed(text, part))

    def read_html(self) -> str:
        """The words of its formatted text. Raises UnreadableMailError where some of them are hidden."""
        try:
            return "\n".join(map(extract_html_text, self.html))
        except HiddenTextError as error:
            if any(text.strip() for text in self.plain):
                return ""
            message = "its formatted text has words that a mail program does not show; ask for it as plain text"
            raise UnreadableMailError(message) from error

    def list_remarks(self) -> Iterator[str]:
        """Sentences about what else the mail has."""
        if self._files:
            names = format_list([f"“{name}”" for name in self._files[:5]])
            more = f" and {len(self._files) - 5} more" if len(self._files) > 5 else ""
            yield f"Not taken over: the attached {'file' if len(self._files) == 1 else 'files'} {names}{more}."
        if self.attached:
            yield "Not read: the mail that is attached to it."


def _list_leaves(message: Message) -> Iterator[Message]:
    """The parts that hold no others, in order. Mails inside the mail are not opened."""
    waiting = [message]
    while waiting:
        part = waiting.pop()
        payload = part.get_payload()
        if part.get_content_maintype() == "multipart" and isinstance(payload, list):
            waiting += [each for each in reversed(payload) if isinstance(each, Message)]
        else:
            yield part


def _header(message: Message, name: str) -> str:
    return _decode_words(str(message.get(name) or "")[:_MAX_HEADER_LENGTH])


def _decode_words(text: str) -> str:
    """A header with its encoded words read; as it is if they cannot be."""
    try:
        return str(make_header(decode_header(text)))
    except (HeaderParseError, LookupError, ValueError):
        return text


def _decode(data: bytes, charset: str) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        charset = "utf-16"
    try:
        return data.decode(charset).removeprefix("\ufeff")
    except (LookupError, ValueError):
        try:
            return data.decode("utf-8-sig")
        except UnicodeDecodeError:
            return data.decode("cp1252", "replace")


def _find_day(text: str, zone: str) -> date | None:
    try:
        sent = parsedate_to_datetime(text)
        return (sent if sent.tzinfo is None else sent.astimezone(ZoneInfo(zone))).date()
    except (ValueError, TypeError, OverflowError, IndexError):
        return None


def _join_flowed(text: str, part: Message) -> str:
    """The text with the lines joined that a mail program broke, where it says so (`format=flowed`, RFC 3676)."""
    if str(part.get_param("format", "")).lower() != "flowed":
        return text
    drops_space = str(part.get_param("delsp", "")).lower() == "yes"
    lines: list[list[str]] = []
    is_open = False
    for raw in text.replace("\r\n", "\n").split("\n"):
        line = raw.removeprefix(" ") if not raw.startswith(">") else raw
        if is_open and line.strip() and not line.startswith(">") and not (parse_label(line) or ends_form(line)):
            lines[-1][-1] = lines[-1][-1][:-1] if drops_space else lines[-1][-1]
            lines[-1].append(line)
        else:
            lines.append([line])
        is_open = line.endswith(" ") and line != "-- " and not line.startswith(">")
    return "\n".join(map("".join, lines))


def _tidy(text: str) -> str:
    """The text with line feeds for all line ends, plain blanks, and without characters that show nothing."""
    lines = re.sub(r"\r\n|[\r\u2028\u2029\x0b\x0c\x85]", "\n", text).replace("\xa0", " ").replace("\t", " ")
    return _INVISIBLE.sub("", lines)
