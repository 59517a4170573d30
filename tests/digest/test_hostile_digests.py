"""Attack strings in every field of a site: every digest can be read by others, and nothing of them acts."""

from __future__ import annotations

import email
import email.policy
import re
from datetime import date
from email.message import EmailMessage
from pathlib import Path

import pytest

from plansite.content.site_content import load_site
from plansite.content.text import UNPRINTABLE
from plansite.digest.digest import Digest, build_digest, list_people
from plansite.digest.html_format import format_html
from plansite.digest.mail import format_mail
from plansite.digest.text_format import format_text
from plansite.model.assessment import SiteOnDate
from plansite.site.people.workload import build_workloads
from tests.plain_html import assert_plainly_harmless
from tests.sites import write
from tests.test_hostile import _EACH, _OWN, _strings, site_files

_HEADERS = {
    *("Subject", "From", "To", "Date", "Message-ID", "Auto-Submitted", "X-Unsent", "MIME-Version", "Content-Type"),
}
#: What would begin a header of its own, were a line of a field taken as one.
_LINES = (
    "a@b.org\nBcc: all@example.org",
    "A\r\nBcc: all@example.org\r\n\r\n<script>",
    "x\n\n--digest-0\nContent-Type: text/html",
    "=?utf-8?q?=0ABcc:_all=40example.org?=",
    "a@b.org, all@example.org",
    "\n.\nMAIL FROM:<x>",
)


def _digests(folder: Path, texts: list[str]) -> list[Digest]:
    dated_site = SiteOnDate(load_site(write(folder, dict(site_files(texts)))), date(2025, 1, 20))
    workloads = build_workloads(dated_site)
    return [build_digest(dated_site, workloads, person, 14) for person in list_people(dated_site)]


def _assert_sound(digest: Digest) -> None:
    page, text = format_html(digest), format_text(digest)
    assert_plainly_harmless(digest.slug, re.sub(r"<style>.*?</style>", "", page, count=1, flags=re.DOTALL))
    assert not UNPRINTABLE.search(text.replace("\n", " "))
    data = format_mail(digest, "Europe/London")
    assert data.isascii()
    message = email.message_from_bytes(data, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    assert set(message.keys()) <= _HEADERS
    assert all(len(message.get_all(name, [])) <= 1 for name in _HEADERS)
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]
    assert len(message["To"].addresses) == 1 if message["To"] else True
    plain, html = (str(part.get_content()).replace("\r\n", "\n") for part in message.iter_parts())
    assert (plain, html) == (text, page)


@pytest.mark.parametrize("text", [*_OWN, *_LINES])
def test_no_attack_of_our_own_acts(tmp_path: Path, text: str) -> None:
    """In the text, in the page, and above all in the headers of the e-mail."""
    digests = _digests(tmp_path, [text])
    assert any(not digest.is_empty for digest in digests)
    for digest in digests:
        _assert_sound(digest)


@pytest.mark.slow
def test_no_published_attack_acts(project: Path, tmp_path: Path) -> None:
    """Each of the published collections."""
    texts = _strings(project)
    for at in range(0, len(texts), _EACH):
        digests = [each for each in _digests(tmp_path / str(at), texts[at : at + _EACH]) if each.sections]
        assert digests
        for digest in digests:
            _assert_sound(digest)


def test_every_field_reaches_a_digest(tmp_path: Path) -> None:
    """A harmless word arrives, so that an attack string would have."""
    shown = [digest for digest in _digests(tmp_path, ["Zq7x"]) if digest.sections]
    keys = {section.key for digest in shown for section in digest.sections}
    assert keys >= {"late", "asked", "waiting"}
    assert all("Zq7x" in format_html(digest) for digest in shown)
