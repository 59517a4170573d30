"""A digest as text, as HTML and as an e-mail: readable by others, and no text of the site can break out of its place."""

from __future__ import annotations

import email
import email.policy
import re
from dataclasses import replace
from datetime import date
from email.header import decode_header
from email.message import EmailMessage
from email.utils import unquote
from pathlib import Path

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from plansite.digest.addresses import is_deliverable
from plansite.digest.digest import Digest
from plansite.digest.formats import DIGEST_FORMATS, find_file_names, join_texts
from plansite.digest.html_format import format_html
from plansite.digest.items import DigestItem, DigestSection
from plansite.digest.mail import format_mail, has_address, has_sender
from plansite.digest.text_format import WIDTH, format_text
from plansite.exports.terminal_text import sanitise_line
from tests.digest.test_digest import read_digest
from tests.harmless import assert_harmless

_ITEM = DigestItem(
    title="Mend the heater",
    place="Winter, action 1",
    lead="Overdue by 13 days",
    day=date(2025, 1, 7),
    is_late=True,
    lines=("1 of 2 steps done.",),
    href="https://plans.example.org/plans/winter/actions/heater.html",
)
_DIGEST = Digest(
    slug="maintenance",
    name="Maintenance",
    email="maintenance@example.org",
    contact="plans@example.org",
    site_title="Riverside plans",
    site_href="https://plans.example.org/",
    href="https://plans.example.org/owners/maintenance.html",
    today=date(2025, 1, 20),
    until=date(2025, 2, 3),
    lede="You own 2 open actions: 1 late and 1 due later.",
    note="",
    sections=(DigestSection(key="late", title="Late", items=(_ITEM,), count=1),),
)
_ZONE = "Europe/London"
_STYLE = format_html(_DIGEST).partition("<style>")[2].partition("</style>")[0]


def _parse(data: bytes) -> EmailMessage:
    message = email.message_from_bytes(data, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    return message


def _part(message: EmailMessage, subtype: str) -> str:
    part = message.get_body((subtype,))
    assert part is not None
    return str(part.get_content())


def test_the_text_says_all_of_it() -> None:
    """The name, the day, the sentence, and each item with its place, day and address."""
    assert format_text(_DIGEST) == (
        "Maintenance\n"
        "Riverside plans, as at 20 January 2025.\n\n"
        "You own 2 open actions: 1 late and 1 due later.\n\n"
        "LATE (1)\n\n"
        "- Mend the heater\n"
        "  Winter, action 1\n"
        "  Overdue by 13 days (7 January 2025)\n"
        "  1 of 2 steps done.\n"
        "  https://plans.example.org/plans/winter/actions/heater.html\n\n"
        "All of it is on your page:\n"
        "https://plans.example.org/owners/maintenance.html\n"
        "To send an update, write to plans@example.org.\n"
    )


def test_lines_are_short_but_for_addresses() -> None:
    """Long titles go on in the next line, indented as the first."""
    item = replace(_ITEM, title="Mend " * 40, place="Winter " * 30, lines=("x" * 200,))
    text = format_text(replace(_DIGEST, sections=(replace(_DIGEST.sections[0], items=(item,)),)))
    assert max(len(line) for line in text.split("\n") if "https://" not in line) <= WIDTH
    assert text.count("Mend") == 40


def test_nothing_to_do_is_said_in_each_form() -> None:
    """A person may ask for the digest of somebody who has finished everything."""
    done = replace(_DIGEST, sections=(), note="1 action file could not be read and may belong here.")
    for form, each in DIGEST_FORMATS.items():
        data = each.format(done, _ZONE)
        text = _part(_parse(data), "plain") if form == "eml" else data.decode()
        assert "Nothing to do at present. Thank you." in text
        assert "1 action file could not be read" in text


def test_html_needs_nothing_else() -> None:
    """It is valid, has a title and a language, runs no script and loads nothing."""
    page = format_html(_DIGEST)
    html5lib.HTMLParser(strict=True).parse(page)
    assert '<html lang="en-GB">' in page
    assert "<title>Riverside plans: 1 late</title>" in page
    assert not any(word in page for word in ("<script", "src=", "url(", "<link", "style="))
    assert '<a href="mailto:plans@example.org">' in page
    assert '<span class="late">Overdue by 13 days</span> <span class="soft">7 January 2025</span>' in page


def test_an_email_can_be_read_by_others() -> None:
    """It goes to the owner and comes from the site, says the same twice, and is of the day of the digest."""
    message = _parse(format_mail(_DIGEST, _ZONE))
    assert message.defects == []
    assert message["Subject"] == "Riverside plans: 1 late"
    assert message["To"] == "Maintenance <maintenance@example.org>"
    assert message["From"] == "Riverside plans <plans@example.org>"
    assert message["Date"].datetime.isoformat() == "2025-01-20T07:00:00+00:00"
    assert message["Message-ID"].endswith(".digest@example.org>")
    assert (message["X-Unsent"], message["Auto-Submitted"]) == ("1", "auto-generated")
    assert message.get_content_type() == "multipart/alternative"
    assert _part(message, "plain").replace("\r\n", "\n") == format_text(_DIGEST)
    assert _part(message, "html").replace("\r\n", "\n") == format_html(_DIGEST)


def test_an_email_is_made_of_short_ascii_lines() -> None:
    """Every mailer takes it, whatever it is made of."""
    item = replace(_ITEM, title="Wärme für Łódź 暖房 " * 40)
    sections = (replace(_DIGEST.sections[0], items=(item,)),)
    data = format_mail(replace(_DIGEST, name="Zoë, “Ops” <x@y>", sections=sections), _ZONE)
    assert data.isascii()
    assert data.count(b"\n") == data.count(b"\r\n")
    assert max(map(len, data.split(b"\r\n"))) <= 78
    assert _parse(data)["To"].addresses[0].display_name == "Zoë, “Ops” <x@y>"


@pytest.mark.parametrize(
    "name",
    ["Maintenance", 'O\'Neil, "Ops" \\ <x@y>', "Zoë", "=?utf-8?q?=0ABcc:_a=40b.org?=", "Łódź " * 12, "@", "a;b:c"],
)
def test_names_arrive_as_they_are_written(name: str) -> None:
    """Also with signs that mean something in a header, and one that looks like an encoded word."""
    data = format_mail(replace(_DIGEST, name=name.strip(), site_title=name.strip()), _ZONE)
    headers = email.message_from_bytes(data)
    assert _decode(headers["Subject"]) == f"{name.strip()}: 1 late"
    for header, address in (("To", "maintenance@example.org"), ("From", "plans@example.org")):
        (found,) = _parse(data)[header].addresses
        assert found.addr_spec == address
        words, _, rest = _decode(headers[header]).rpartition("<")
        assert (unquote(words.strip()), rest) == (name.strip(), f"{address}>")


def _decode(value: str) -> str:
    """A header as mailers show it. Python's own header objects put a space between two encoded words."""
    parts = decode_header(value)
    text = "".join(part if isinstance(part, str) else part.decode(charset or "ascii") for part, charset in parts)
    return re.sub(r"\r\n(?= )", "", text)


def test_long_names_are_shortened_in_headers() -> None:
    """No line is longer than mail servers take, even without a space in it; the text has the whole name."""
    data = format_mail(replace(_DIGEST, name="N" * 2000, site_title="T" * 2000), _ZONE)
    assert max(map(len, data.split(b"\r\n"))) <= 998
    assert _decode(email.message_from_bytes(data)["To"]) == f"{'N' * 99}…<maintenance@example.org>"
    assert _part(_parse(data), "plain").replace("\r\n", "").count("N") == 2000


def test_equal_digests_are_equal_bytes() -> None:
    """Nothing depends on chance or on the clock; another digest has another identity."""
    first, second = format_mail(_DIGEST, _ZONE), format_mail(replace(_DIGEST), _ZONE)
    assert first == second
    later = format_mail(replace(_DIGEST, today=date(2025, 1, 27)), _ZONE)
    assert _parse(first)["Message-ID"] != _parse(later)["Message-ID"]


def test_without_an_address_there_is_no_header_for_it() -> None:
    """A mailer asks for what is missing; no address is invented."""
    nobody = replace(_DIGEST, email="", contact="Ring us")
    message = _parse(format_mail(nobody, _ZONE))
    assert (message["To"], message["From"]) == (None, None)
    assert (has_address(nobody), has_sender(nobody)) == (False, False)
    assert "mailto:" not in format_html(nobody)


@pytest.mark.parametrize(
    "text",
    ["a@example.org", "first.last+plans@mail.example.org", "o'neil@example.co.uk", "a@localhost", "a_b-c@x-y.org"],
)
def test_addresses_that_are_taken(text: str) -> None:
    """As people write them."""
    assert is_deliverable(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a",
        "a@",
        "@b",
        "a@b@c.org",
        "a@b.org, c@d.org",
        "a@b.org;c@d.org",
        "a@b.org c@d.org",
        "Ann <a@b.org>",
        "a@b.org\nBcc: c@d.org",
        "a@b.org\r\nBcc: c@d.org",
        "a\t@b.org",
        '"a b"@c.org',
        "a..b@c.org",
        ".a@c.org",
        "a.@c.org",
        "a@-c.org",
        "a@c-.org",
        "a@c..org",
        "a@c.org.",
        "ä@c.org",
        "a@ć.org",
        "a@[127.0.0.1]",
        "mailto:a@b.org",
        f"{'a' * 65}@b.org",
        f"a@{'b' * 64}.org",
        f"a@{'b.' * 130}org",
    ],
)
def test_anything_else_is_no_address(text: str) -> None:
    """Above all not two of them, and nothing that begins a header."""
    assert not is_deliverable(text)
    assert _parse(format_mail(replace(_DIGEST, email=text), _ZONE))["To"] is None


@given(st.lists(st.text(), min_size=8, max_size=8))
def test_no_text_breaks_out_of_its_place(texts: list[str]) -> None:
    """In no form: one header each, the same items, harmless HTML."""
    title, place, lead, line, name, site, email_text, contact = map(sanitise_line, texts)
    item = replace(_ITEM, title=title, place=place, lead=lead, lines=(line,))
    digest = replace(
        _DIGEST,
        name=name,
        site_title=site or "T",
        email=email_text,
        contact=contact,
        sections=(replace(_DIGEST.sections[0], items=(item,)),),
    )
    page = format_html(digest)
    style, _, rest = page.partition("<style>")[2].partition("</style>")
    assert style.strip() == _STYLE.strip()
    assert_harmless("digest", page.partition("<style>")[0] + rest)
    assert page.count("<li>") == 1
    message = _parse(format_mail(digest, _ZONE))
    assert set(message.keys()) <= {
        *("Subject", "From", "To", "Date", "Message-ID", "Auto-Submitted", "X-Unsent", "MIME-Version", "Content-Type"),
    }
    assert len(message.keys()) == len(set(message.keys()))
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]
    assert _part(message, "html").replace("\r\n", "\n") == page
    lines = [line for line in format_text(digest).split("\n") if line.startswith("- ")]
    assert len(lines) == 1 + sum(text.startswith("- ") for text in (name, site))


def test_files_are_named_after_their_owners(tmp_path: Path) -> None:
    """Two with one name have two files, whatever the case of the letters."""
    slugs = ["cook", "Cook", "cook-2", "ann"]
    assert find_file_names([replace(_DIGEST, slug=slug) for slug in slugs]) == ["cook", "Cook-2", "cook-2-2", "ann"]
    assert read_digest(tmp_path, "Maintenance").slug == "maintenance"


def test_several_texts_have_a_line_between_them() -> None:
    """So that one can tell where the next begins."""
    joined = join_texts((_DIGEST, replace(_DIGEST, name="Cook")))
    assert joined.count("=" * WIDTH) == 1
    assert joined.endswith(format_text(replace(_DIGEST, name="Cook")))
