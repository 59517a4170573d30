"""`plansite export --to calendar`: what is due, of all plans, of one, or of one owner or agency."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import icalendar
import pytest

from plansite.cli.main import main
from plansite.pipeline.build import build_in_memory
from tests.sites import FixedClock, write

_FILES = {
    "plansite.yaml": "title: Riverside\ntoday: 2025-01-20\ndownloads: [calendars]\n",
    "content/agencies/house.md": "---\ntitle: The House\n---\n",
    "content/owners/cook.md": "---\ntitle: The Cook\nagency: house\naudience: public\n---\n",
    "content/owners/nurse.md": "---\ntitle: The Nurse\n---\n",
    "content/plans/dry/plan.md": "---\ntitle: Dry rooms\nkind: service\naudience: public\nowner: house\nstart: 2025-01-01\nreview_every: 6 weeks\n---\n",
    "content/plans/dry/actions/a.md": "---\ntitle: Paint\nowner: cook\ndue: 2025-02-14\n---\n",
    "content/plans/warm/plan.md": "---\ntitle: Warm rooms\nkind: service\naudience: public\n---\n",
    "content/plans/warm/actions/a.md": "---\ntitle: Mend\nowner: nurse\ndue: 2025-01-31\n---\n",
    "content/plans/warm/actions/b.md": (
        "---\ntitle: Done\nowner: nurse\nstatus: completed\nverification: {by: cook, due: 2025-02-03}\n---\n"
    ),
    "content/plans/warm/actions/c.md": "---\ntitle: Secret\nowner: cook\ndue: 2025-02-04\naudience: internal\n---\n",
}


def _export(root: Path, *options: str) -> tuple[bytes, list[str]]:
    """The bytes of the exported file, and the titles of its events."""
    target = root / "out.ics"
    assert main(["export", "--site", str(root), "--to", "calendar", *options, "-o", str(target)]) == 0
    data = target.read_bytes()
    return data, [str(event["SUMMARY"]) for event in icalendar.Calendar.from_ical(data).walk("VEVENT")]


@pytest.mark.parametrize(
    ("options", "titles"),
    [
        ([], ["Due: Paint", "Review: Dry rooms", "Due: Mend", "Due: Secret", "Check: Done"]),
        (["--plan", "warm"], ["Due: Mend", "Due: Secret", "Check: Done"]),
        (["--owner", "cook"], ["Due: Paint", "Due: Secret", "Check: Done"]),
        (["--owner", "cook", "--audience", "public"], ["Due: Paint", "Check: Done"]),
        (["--owner", "house"], ["Due: Paint", "Review: Dry rooms", "Due: Secret", "Check: Done"]),
        (["--owner", "nurse"], ["Due: Mend"]),
        (["--owner", "cook", "--plan", "dry"], ["Due: Paint"]),
        (["--owner", "nurse", "--plan", "dry"], []),
    ],
    ids=lambda value: " ".join(value) if value and value[0].startswith("--") else "",
)
def test_what_is_exported(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], options: Sequence[str], titles: list[str]
) -> None:
    """Of an owner also their checks and reviews in plans in which they own no action. It says how many events."""
    assert _export(write(tmp_path, _FILES), *options)[1] == titles
    assert f"{len(titles)} event{'s' if len(titles) != 1 else ''}, for " in "".join(capsys.readouterr())


@pytest.mark.parametrize(
    ("options", "path"),
    [
        (["--owner", "cook"], "calendars/owners/cook.ics"),
        (["--owner", "house"], "calendars/agencies/house.ics"),
        (["--plan", "warm"], "calendars/plans/warm.ics"),
        ([], "calendars/all.ics"),
    ],
    ids=["owner", "agency", "plan", "all"],
)
def test_events_are_those_of_the_site(tmp_path: Path, options: Sequence[str], path: str) -> None:
    """Byte for byte, so that somebody who imports a file and subscribes later has each event once."""
    root = write(tmp_path, _FILES)
    published = build_in_memory(root, clock=FixedClock(date(2025, 1, 20))).files[path]
    assert isinstance(published, bytes)
    exported = _export(root, *options)[0]
    assert exported[exported.index(b"BEGIN:VEVENT") :] == published[published.index(b"BEGIN:VEVENT") :]
    assert exported == _export(root, *options)[0]
