"""Mails for tests: the form that a link opens, filled in and sent as mail programs send it."""

from __future__ import annotations

from collections.abc import Mapping
from email.message import EmailMessage
from email.policy import SMTP
from urllib.parse import parse_qs, urlsplit

from plansite.mail.update_form import FormField, build_action_mail_link, parse_label
from plansite.model.documents.action import Action

ACTION = Action(
    plan="falls", slug="stair-lights", path="content/plans/falls/actions/stair-lights.md", title="New lamps"
)


def open_link(link: str) -> tuple[str, str, str]:
    """The address, the subject and the text of the mail that a `mailto:` link opens, as a mail program reads it."""
    parts = urlsplit(link)
    assert parts.scheme == "mailto"
    headers = parse_qs(parts.query, keep_blank_values=True, strict_parsing=True)
    assert set(headers) <= {"subject", "body"}
    return parts.path, headers["subject"][0], headers.get("body", [""])[0]


def fill_form(body: str, values: Mapping[FormField, str]) -> str:
    """The text of a form with values typed behind their labels."""
    lines = body.replace("\r\n", "\n").split("\n")
    filled = []
    for line in lines:
        label = parse_label(line)
        filled.append(f"{line} {values[label.field]}" if label and values.get(label.field) else line)
    return "\n".join(filled)


def filled_form(values: Mapping[FormField, str], action: Action = ACTION) -> str:
    """The text of the form of one action, filled in."""
    _, _, body = open_link(build_action_mail_link("plans@example.org", action))
    return fill_form(body, values)


def mail(
    text: str,
    *,
    html: str = "",
    sender: str = "Maintenance <maintenance@example.org>",
    sent: str = "Sun, 19 Jan 2025 18:30:00 +0000",
    subject: str = "Update: New lamps",
    cte: str | None = None,
    **headers: str,
) -> bytes:
    """The bytes of a saved mail with this text."""
    message = EmailMessage(policy=SMTP)
    message["From"], message["To"], message["Subject"] = sender, "plans@example.org", subject
    if sent:
        message["Date"] = sent
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content(text, cte=cte)
    if html:
        message.add_alternative(html, subtype="html", cte=cte)
    return message.as_bytes()
