"""The form of an update: what its links open, and how long they are."""

from __future__ import annotations

import pytest

from plansite.mail.update_form import (
    MAX_LINK_LENGTH,
    FormField,
    build_action_mail_link,
    build_list_mail_link,
    ends_form,
    format_mail_link,
    parse_label,
)
from plansite.model.documents.action import Action
from tests.mail.mails import ACTION, open_link


def test_a_link_opens_a_mail_with_the_form() -> None:
    """The subject is the title of the action, the text names its address and has a line for each field."""
    address, subject, body = open_link(build_action_mail_link("plans@example.org", ACTION))
    assert (address, subject) == ("plans@example.org", "Update: New lamps")
    labels = [label for line in body.split("\r\n") if (label := parse_label(line))]
    assert [label.field for label in labels] == list(FormField)
    assert labels[0].rest == "falls/stair-lights"
    assert not any(label.rest for label in labels[1:])
    assert ends_form(body.split("\r\n")[-2])
    assert "\n" not in body.replace("\r\n", "")


def test_without_a_coordinator_there_is_no_link() -> None:
    """A mail has to go to somebody."""
    assert (
        build_action_mail_link("", ACTION)
        == build_list_mail_link("", "Update from Cook", [("falls/lamp", "Lamp")])
        == ""
    )


@pytest.mark.parametrize(
    "title", ["a&body=x?cc=y#z", "a\r\nBcc: x@example.org", 'é "ü" <b>', "%0D%0ABcc:x", "50% + more"]
)
def test_a_title_stays_in_the_subject(title: str) -> None:
    """Nothing in it becomes a further field of the mail, or a line of its own."""
    action = Action(plan="falls", slug="x", path="x", title=title)
    for link in (build_action_mail_link("plans@example.org", action), format_mail_link("a@b.org", f"Update: {title}")):
        address, subject, _ = open_link(link)
        assert address in ("plans@example.org", "a@b.org")
        assert subject.split() == f"Update: {title}".split()
        assert not set(link) & set("\r\n\"'<> ")


@pytest.mark.parametrize("number", [0, 1, 3, 40])
def test_a_list_of_actions_is_as_long_as_a_link_may_be(number: int) -> None:
    """Browsers and mail programs cut longer links, so the last actions are left out."""
    actions = [(f"falls/lamp-{each}", f"Lamp (é) {'x' * 80}") for each in range(number)]
    link = build_list_mail_link("plans@example.org", "Update from Maintenance", actions)
    _, subject, body = open_link(link)
    assert len(link) <= MAX_LINK_LENGTH
    assert subject == "Update from Maintenance"
    labels = [label for line in body.split("\r\n") if (label := parse_label(line))]
    named = [label.rest.split()[0] for label in labels if label.field is FormField.ACTION]
    assert named == [f"falls/lamp-{each}" for each in range(len(named))]
    assert len(named) == number if number < 4 else 4 <= len(named) < number


@pytest.mark.parametrize(
    ("line", "field", "rest"),
    [
        ("Status (in progress, blocked or completed): done", FormField.STATUS, "done"),
        ("  *Status:* done ", FormField.STATUS, "done"),
        ("**New due date:** 6 May 2025", FormField.DUE, "6 May 2025"),
        ("STATUS :done", FormField.STATUS, "done"),
        ("Reason\uff1a no parts", FormField.REASON, "no parts"),
        ("Action taken: we rang", None, ""),
        ("- Status: done", None, ""),
        ("> Status: done", None, ""),
        ("The status: done", None, ""),
        ("Status", None, ""),
    ],
)
def test_labels_are_read_as_mail_programs_write_them(line: str, field: FormField | None, rest: str) -> None:
    """In bold type, in capitals, with or without the hint. Other words before a colon are no label."""
    label = parse_label(line)
    assert (label and label.field, label.rest if label else "") == (field, rest)
