"""The links on pages by which people change an action: to the editor, and to a mail with the form."""

from __future__ import annotations

from pathlib import Path

import pytest

from plansite.model.status import Audience
from plansite.pipeline.build import build_in_memory
from tests.mail.mails import open_link
from tests.sites import FixedClock, write

_SETTINGS = "title: T\ntoday: 2025-01-20\nrepository: https://github.com/example/plans\n"
_LAMPS = "plans/falls/actions/lamps.html"
_FILES = {
    "content/index.md": "---\ntitle: Plans\naudience: public\n---\nHello.\n",
    "content/plans/falls/plan.md": "---\ntitle: Fewer falls\naudience: public\ngoals: [{key: a, title: A}]\n---\n",
    "content/plans/falls/actions/lamps.md": (
        "---\ntitle: New lamps\nowner: Cook\ndue: 2025-01-30\n---\n## Progress\n- 2025-01-02: a.\n- 2025-01-04: b.\n"
    ),
    "content/plans/falls/actions/ramp.md": "---\ntitle: A ramp\nowner: Cook\ndue: 2025-01-25\n---\n",
    "content/plans/fire/plan.md": "---\ntitle: Fire\ncontact: fire@example.org\naudience: public\n---\n",
    "content/plans/fire/actions/door.md": "---\ntitle: The door\nowner: Cook\ndue: 2025-01-21\n---\n",
}


def _pages(folder: Path, settings: str = "", audience: Audience = Audience.INTERNAL) -> dict[str, str]:
    site = write(folder, {"plansite.yaml": _SETTINGS + settings, **_FILES})
    files = build_in_memory(site, audience=audience, clock=FixedClock()).files
    return {path: data.decode() for path, data in files.items() if path.endswith(".html") and isinstance(data, bytes)}


def _find_mail(page: str) -> str:
    """The address of the link "Send an update"; "" without one."""
    before, found, _ = page.partition('">Send an update</a>')
    return before.rpartition('href="')[2].replace("&amp;", "&") if found else ""


def test_the_page_of_an_action_leads_to_its_file_and_to_its_newest_note(tmp_path: Path) -> None:
    """An action without notes is opened at its start."""
    pages = _pages(tmp_path)
    edit = "https://github.com/example/plans/edit/main/content/plans/falls/actions/"
    assert f'<a href="{edit}lamps.md#L8">Add a progress note</a>' in pages[_LAMPS]
    assert f'<a href="{edit}lamps.md">Edit this action</a>' in pages[_LAMPS]
    assert f'<a href="{edit}ramp.md">Add a progress note</a>' in pages["plans/falls/actions/ramp.html"]
    assert "Send an update" not in pages[_LAMPS]


@pytest.mark.parametrize(
    ("page", "words"),
    [
        ("index.html", "Edit the words of this page"),
        ("plans/falls/index.html", "Edit this plan"),
        ("plans/falls/goals.html", "Edit the goals"),
        ("plans/falls/protocol.html", "Edit the protocol"),
    ],
)
def test_other_pages_lead_to_their_files(tmp_path: Path, page: str, words: str) -> None:
    """A plan's pages at the field that they show."""
    pages = _pages(tmp_path)
    assert f">{words}</a>" in pages[page]
    assert ("plan.md#L4" in pages[page]) == (words == "Edit the goals")


@pytest.mark.parametrize("audience", list(Audience))
@pytest.mark.parametrize("asked", ["nobody", "internal", "partners", "public"])
def test_only_the_audiences_that_are_asked_for_have_edit_links(tmp_path: Path, asked: str, audience: Audience) -> None:
    """A copy for the public never leads to a history."""
    pages = "".join(_pages(tmp_path, f"edit_links: {asked}\n", audience).values())
    assert ("/edit/main/" in pages) == (audience.value == asked)
    assert audience is not Audience.PUBLIC or "/commits/" not in pages


@pytest.mark.parametrize("audience", list(Audience))
def test_a_mail_goes_to_the_coordinator_of_the_plan(tmp_path: Path, audience: Audience) -> None:
    """Its own contact, or that of the site."""
    pages = _pages(tmp_path, "contact: plans@example.org\n", audience)
    address, subject, body = open_link(_find_mail(pages[_LAMPS]))
    assert (address, subject) == ("plans@example.org", "Update: New lamps")
    assert "Action: falls/lamps\r\n" in body
    assert open_link(_find_mail(pages["plans/fire/actions/door.html"]))[0] == "fire@example.org"


def test_the_mail_of_an_owner_is_about_their_open_actions(tmp_path: Path) -> None:
    """The earliest due date first; those of plans with another coordinator are not in it."""
    pages = _pages(tmp_path, "contact: plans@example.org\n")
    address, subject, body = open_link(_find_mail(pages["owners/cook.html"]))
    assert (address, subject) == ("plans@example.org", "Update from Cook")
    assert [line for line in body.split("\r\n") if line.startswith("Action:")] == [
        "Action: falls/ramp (A ramp)",
        "Action: falls/lamps (New lamps)",
    ]


def test_a_contact_that_is_no_address_makes_no_link(tmp_path: Path) -> None:
    """`check` reports it."""
    pages = _pages(tmp_path, "contact: 01632 960101\n")
    assert _find_mail(pages[_LAMPS]) == ""
    assert _find_mail(pages["plans/fire/actions/door.html"])
