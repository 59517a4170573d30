"""A digest as an e-mail in a file (.eml) that a mailer can open or send."""

from __future__ import annotations

import hashlib
import zoneinfo
from datetime import date, datetime, time
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from plansite.digest.addresses import is_email_address
from plansite.digest.digest import Digest, describe_subject
from plansite.digest.html_format import format_html
from plansite.digest.text_format import format_text

#: The time of the day that a digest has, in the site's time zone.
_HOUR = time(7)
_POLICY = SMTP.clone(max_line_length=78, cte_type="7bit")


def has_address(digest: Digest) -> bool:
    """Whether there is one address to send it to."""
    return is_email_address(digest.email)


def has_sender(digest: Digest) -> bool:
    """Whether the settings have one address that it comes from."""
    return is_email_address(digest.contact)


def format_mail(digest: Digest, timezone: str) -> bytes:
    """The e-mail with its text and the same in HTML; equal bytes for an equal digest.

    It goes to the address of the owner, and comes from the contact of the site; a mailer fills in what is missing.
    `X-Unsent` makes Outlook open it as a draft.
    """
    subject, text, html = describe_subject(digest), format_text(digest), format_html(digest)
    fingerprint = hashlib.sha256("\0".join((digest.slug, digest.email, text, html)).encode()).hexdigest()
    message = EmailMessage(policy=_POLICY)
    message["Subject"] = subject
    if has_sender(digest):
        message["From"] = _build_address(digest.site_title, digest.contact)
    if has_address(digest):
        message["To"] = _build_address(digest.name, digest.email)
    message["Date"] = _format_day(digest.today, timezone)
    message["Message-ID"] = f"<{fingerprint[:32]}.digest@{_find_domain(digest)}>"
    message["Auto-Submitted"] = "auto-generated"
    message["X-Unsent"] = "1"
    message.set_content(text, cte="quoted-printable")
    message.add_alternative(html, subtype="html", cte="quoted-printable")
    message.set_boundary(f"digest-{fingerprint[32:]}")
    return message.as_bytes()


def _build_address(name: str, address: str) -> Address:
    user, _, domain = address.rpartition("@")
    return Address(display_name=name, username=user, domain=domain)


def _find_domain(digest: Digest) -> str:
    return digest.contact.rpartition("@")[2].lower() if has_sender(digest) else "plansite.invalid"


def _format_day(day: date, timezone: str) -> str:
    return format_datetime(datetime.combine(day, _HOUR, zoneinfo.ZoneInfo(timezone)))
