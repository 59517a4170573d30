"""A digest as an e-mail in a file (.eml) that a mailer can open or send.

The older classes of Python's `email` are used on purpose: those with header objects take a text that looks like an
encoded word apart, and would make headers of what is in it.
"""

from __future__ import annotations

import hashlib
import zoneinfo
from datetime import date, datetime, time
from email.charset import QP, Charset
from email.header import Header
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.policy import compat32
from email.utils import format_datetime, quote

from plansite.digest.addresses import is_deliverable
from plansite.digest.digest import Digest, describe_subject
from plansite.digest.html_format import format_html
from plansite.digest.text_format import format_text
from plansite.model.formatting import shorten

#: The time of the day that a digest has, in the site's time zone.
_HOUR = time(7)
#: How many characters of a subject and of a name a header has: a line of it may have 998.
_MAX_SUBJECT, _MAX_NAME = 200, 100
_POLICY = compat32.clone(linesep="\r\n", max_line_length=78)
_UTF_8 = Charset("utf-8")
_UTF_8.body_encoding = QP


def has_address(digest: Digest) -> bool:
    """Whether there is one address to send it to."""
    return is_deliverable(digest.email)


def has_sender(digest: Digest) -> bool:
    """Whether the settings have one address that it comes from."""
    return is_deliverable(digest.contact)


def format_mail(digest: Digest, timezone: str) -> bytes:
    """The e-mail with its text and the same in HTML; equal bytes for an equal digest.

    It goes to the address of the owner, and comes from the contact of the site; a mailer fills in what is missing.
    `X-Unsent` makes Outlook open it as a draft.
    """
    text, html = format_text(digest), format_html(digest)
    fingerprint = hashlib.sha256("\0".join((digest.slug, digest.email, text, html)).encode()).hexdigest()
    headers: dict[str, Header | str] = {"Subject": _encode_text(describe_subject(digest))}
    if has_sender(digest):
        headers["From"] = _encode_address(digest.site_title, digest.contact)
    if has_address(digest):
        headers["To"] = _encode_address(digest.name, digest.email)
    headers |= {
        "Date": _format_day(digest.today, timezone),
        "Message-ID": f"<{fingerprint[:32]}.digest@{_find_domain(digest)}>",
        "Auto-Submitted": "auto-generated",
        "X-Unsent": "1",
    }
    message = MIMEMultipart("alternative", boundary=f"digest-{fingerprint[32:]}", policy=_POLICY)
    for name, value in headers.items():
        message[name] = value  # type: ignore[assignment]  # the stubs do not know Header
    for subtype, content in (("plain", text), ("html", html)):
        part = MIMEText(content, subtype, _UTF_8, policy=_POLICY)  # type: ignore[arg-type]  # the stubs know names only
        del part["MIME-Version"]
        message.attach(part)
    return message.as_bytes()


def _encode_text(text: str) -> Header:
    """A text as a header. One that looks like an encoded word is encoded, so that it is read as it is written."""
    line = shorten(text, _MAX_SUBJECT)
    return Header(line, _choose_charset(line), header_name="Subject")


def _encode_address(name: str, address: str) -> Header:
    """A name and an address as a header, the name in quotation marks or encoded."""
    line = shorten(name, _MAX_NAME)
    charset = _choose_charset(line)
    header = Header(f'"{quote(line)}"' if charset == "us-ascii" else line, charset, header_name="From")
    header.append(f"<{address}>", "us-ascii")
    return header


def _choose_charset(text: str) -> str:
    return "us-ascii" if text.isascii() and "=?" not in text else "utf-8"


def _find_domain(digest: Digest) -> str:
    return digest.contact.rpartition("@")[2].lower() if has_sender(digest) else "plansite.invalid"


def _format_day(day: date, timezone: str) -> str:
    return format_datetime(datetime.combine(day, _HOUR, zoneinfo.ZoneInfo(timezone)))
