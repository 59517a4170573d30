"""The calendar files of a site: what is in each of them, and when they are written again."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import icalendar
import pytest

from plansite.encryption.output import is_excluded
from plansite.model.status import Audience
from plansite.pipeline.build import BuiltSite, build_in_memory
from tests.harmless import assert_harmless
from tests.pipeline.builds import Run, build, change
from tests.sites import FixedClock, demonstration, html_of, write
from tests.test_hostile import site_files

_CLOCK = FixedClock(date(2025, 1, 20))
_SETTINGS = "title: Riverside\nbase_url: https://plans.example.org/\ndownloads: [calendars]\n"
_FILES = {
    "plansite.yaml": _SETTINGS,
    "content/agencies/house.md": "---\ntitle: The House\naudience: public\n---\n",
    "content/owners/cook.md": "---\ntitle: The Cook\nagency: house\naudience: public\n---\n",
    "content/owners/idle.md": "---\ntitle: Idle\naudience: public\n---\n",
    "content/plans/warm/plan.md": "---\ntitle: Warm rooms\nkind: service\naudience: public\nowner: house\n---\n",
    "content/plans/warm/actions/a.md": "---\ntitle: Mend\nowner: cook\nsupporters: [Porter]\ndue: 2025-01-31\n---\n",
    "content/plans/warm/actions/b.md": (
        "---\ntitle: Done\nowner: Porter\nstatus: completed\ncompleted: 2025-01-02\n"
        "verification: {by: cook, due: 2025-02-03}\n---\n"
    ),
    "content/plans/dry/plan.md": "---\ntitle: Dry rooms\nkind: service\naudience: public\n---\n",
    "content/plans/dry/actions/a.md": "---\ntitle: Paint\nowner: House\ndue: 2025-02-14\n---\n",
    "content/plans/dry/actions/b.md": "---\ntitle: Secret\nowner: cook\ndue: 2025-02-15\naudience: internal\n---\n",
}


def _calendars(built: BuiltSite) -> dict[str, Any]:
    """The calendar files by path, each without a fault."""
    found: dict[str, Any] = {}
    for path, content in built.files.items():
        if path.endswith(".ics"):
            assert isinstance(content, bytes)
            calendar: Any = icalendar.Calendar.from_ical(content)
            assert [each.errors for each in calendar.walk() if each.errors] == []
            found[path] = calendar
    return found


def _summaries(built: BuiltSite) -> dict[str, list[str]]:
    """The titles of the events in each calendar file."""
    return {path: [str(each["SUMMARY"]) for each in found.walk("VEVENT")] for path, found in _calendars(built).items()}


def test_each_calendar_has_its_own_events(tmp_path: Path) -> None:
    """That of the site all, of a plan its own, of an owner what they do, of an agency also what its owners do."""
    built = build_in_memory(write(tmp_path, _FILES), clock=_CLOCK)
    assert _summaries(built) == {
        "calendars/all.ics": ["Due: Paint", "Due: Secret", "Due: Mend", "Check: Done"],
        "calendars/plans/dry.ics": ["Due: Paint", "Due: Secret"],
        "calendars/plans/warm.ics": ["Due: Mend", "Check: Done"],
        "calendars/owners/cook.ics": ["Due: Secret", "Due: Mend", "Check: Done"],
        "calendars/owners/idle.ics": [],
        "calendars/owners/porter.ics": [],
        "calendars/agencies/house.ics": ["Due: Paint", "Due: Secret", "Due: Mend", "Check: Done"],
    }
    names = {path: str(calendar["X-WR-CALNAME"]) for path, calendar in _calendars(built).items()}
    assert (names["calendars/all.ics"], names["calendars/owners/cook.ics"]) == ("Riverside", "The Cook: Riverside")


@pytest.mark.parametrize("downloads", ["", "downloads: [registers]\n"], ids=["nothing", "others"])
def test_a_site_that_does_not_ask_has_none(tmp_path: Path, downloads: str) -> None:
    """Neither a file nor a page nor a link to one."""
    files = {**_FILES, "plansite.yaml": _SETTINGS.replace("downloads: [calendars]\n", downloads)}
    built = build_in_memory(write(tmp_path, files), clock=_CLOCK)
    assert [path for path in built.files if path.startswith("calendars/")] == []
    assert [path for path, html in html_of(built).items() if "calendars/" in html or "own-calendar" in html] == []


def test_a_calendar_for_others_has_what_they_may_see(tmp_path: Path) -> None:
    """Nothing of an action that is for internal readers."""
    built = build_in_memory(write(tmp_path, _FILES), clock=_CLOCK, audience=Audience.PUBLIC)
    found = [path for path, content in built.files.items() if isinstance(content, bytes) and b"Secret" in content]
    assert (found, _summaries(built)["calendars/owners/cook.ics"]) == ([], ["Due: Mend", "Check: Done"])


def test_the_calendars_of_the_demonstration_have_what_the_pages_have(project: Path) -> None:
    """As many events as the pages have entries; what one file has, the others have, byte for byte."""
    built = demonstration(project)
    calendars, pages = _calendars(built), html_of(built)
    every = Counter(str(each["UID"]) for each in calendars["calendars/all.ics"].walk("VEVENT"))
    assert max(every.values()) == 1
    of_plans = [path for path in calendars if path.startswith("calendars/plans/")]
    assert sum((Counter(_ids(calendars[path])) for path in of_plans), Counter[str]()) == every
    for path in of_plans:
        plan = path.removeprefix("calendars/plans/").removesuffix(".ics")
        shown = re.findall(r'<p class="note">[^<]*</p></li>', pages[f"plans/{plan}/calendar.html"])
        assert len(_ids(calendars[path])) == len(shown)
    assert len(every) > 50


def _ids(calendar: Any) -> list[str]:
    return [str(each["UID"]) for each in calendar.walk("VEVENT")]


def test_links_to_calendars_lead_to_them(project: Path) -> None:
    """Addresses to copy, and those that open a calendar, are those of published files."""
    built = demonstration(project)
    pages = html_of(built)
    for path in ("calendar.html", "owners/maintenance.html", "agencies/riverside-house.html", "calendars/index.html"):
        copied = re.findall(r"<code>https://plans\.example\.org/([^<]+\.ics)</code>", pages[path])
        opened = re.findall(r'href="webcal://plans\.example\.org/([^"]+)"', pages[path])
        assert copied
        assert {each for each in (*copied, *opened) if each not in built.files} == set()
        assert opened == (copied if path != "calendars/index.html" else [])
    listed = re.findall(r"<code>https://plans\.example\.org/([^<]+\.ics)</code>", pages["calendars/index.html"])
    assert sorted(listed) == sorted(path for path in built.files if path.endswith(".ics"))


def test_without_an_address_there_is_no_link_to_subscribe(tmp_path: Path) -> None:
    """The file can be downloaded, and its link copied."""
    files = {**_FILES, "plansite.yaml": "title: T\ndownloads: [calendars]\n"}
    built = build_in_memory(write(tmp_path, files), clock=_CLOCK)
    page = html_of(built)["owners/cook.html"]
    assert "webcal" not in page
    assert 'href="../calendars/owners/cook.ics" download' in page
    assert "Copy the address of the link" in html_of(built)["calendars/index.html"]


def test_a_file_is_written_again_only_if_its_events_changed(tmp_path: Path) -> None:
    """A build after an edit links all other calendar files from the site before."""
    root = write(tmp_path / "site", _FILES)
    build(root, Run())
    before = _files(root)
    change(root, {"content/plans/warm/actions/a.md": _FILES["content/plans/warm/actions/a.md"].replace("-31", "-30")})
    build(root, Run())
    after = _files(root)
    changed = {"all.ics", "plans/warm.ics", "owners/cook.ics", "agencies/house.ics"}
    assert {path for path in after if after[path] != before[path]} == changed
    change(
        root, {"content/plans/warm/actions/a.md": f"{(root / 'content/plans/warm/actions/a.md').read_text()}More.\n"}
    )
    build(root, Run())
    assert _files(root) == after


def _files(root: Path) -> Mapping[str, int]:
    """The calendar files of a published site, each with the number of the file on the disk."""
    folder = root.parent / "out-internal/calendars"
    return {each.relative_to(folder).as_posix(): each.stat().st_ino for each in folder.rglob("*.ics")}


def test_an_encrypted_site_has_none() -> None:
    """No other program could decrypt them, and a page about them would promise too much."""
    assert [is_excluded(path) for path in ("calendars/all.ics", "calendars/index.html", "calendar.html")] == [
        True,
        True,
        False,
    ]


@pytest.mark.parametrize(
    "text",
    [
        "a\r\nBEGIN:VALARM\r\nACTION:PROCEDURE\r\nEND:VALARM",
        "a\\nATTACH:https://evil.example/;x,y\\",
        'a";VALUE=URI:https://evil.example',
        "a\u2028ATTENDEE:mailto:x@evil.example\u0085ORGANIZER:x\x0bSUMMARY:y",
        "<script>alert(1)</script>",
    ],
    ids=["line ends", "escapes", "parameters", "other line ends", "markup"],
)
def test_no_text_adds_a_line(tmp_path: Path, text: str) -> None:
    """An attack string in every field stays a text: events have their own properties and no others."""
    files = dict(site_files([text]))
    files["plansite.yaml"] += "downloads: [calendars]\nbase_url: https://plans.example.org/\n"
    built = build_in_memory(write(tmp_path, files), clock=_CLOCK)
    known = {"UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "DESCRIPTION", "CATEGORIES", "TRANSP", "URL"}
    events = [each for calendar in _calendars(built).values() for each in calendar.walk("VEVENT")]
    assert events
    assert {name for each in events for name in each} == known
    assert {str(alarm["ACTION"]) for each in events for alarm in each.walk("VALARM")} <= {"DISPLAY"}
    assert {str(each["URL"]).startswith("https://plans.example.org/plans/") for each in events} == {True}
    for path, html in html_of(built).items():
        if "alendar" in html:
            assert_harmless(path, html)
