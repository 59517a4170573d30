"""What is an event: everything in a plan that is still to be done by a day, once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from plansite.content.site_content import load_site
from plansite.exports.calendars.event_ids import build_event_id
from plansite.exports.calendars.events import CalendarEvent, CalendarEventKind, list_calendar_events
from plansite.model.assessment import SiteOnDate
from plansite.model.status import Audience
from tests.sites import write
from tests.whole import for_audience

TODAY = date(2025, 1, 20)
_PLAN = "content/plans/warm"
_FILES = {
    "plansite.yaml": "title: Riverside\nbase_url: https://plans.example.org/\n",
    "content/owners/cook.md": "---\ntitle: The Cook\n---\n",
    f"{_PLAN}/plan.md": (
        "---\ntitle: Warm rooms\nowner: cook\nreview_every: 1 week\n"
        "instrument:\n  - {name: requirement notice, ref: N-1, received: 2025-01-06}\n"
        "  - {name: requirement notice, ref: N-2, received: 2025-01-06, sent: 2025-01-10}\n---\n"
    ),
    f"{_PLAN}/reviews/2025-01-17.md": "---\ntitle: Review\ndate: 2025-01-17\n---\n",
    f"{_PLAN}/actions/open.md": (
        "---\ntitle: Mend the radiator\nref: 7\nowner: cook\ndue: 2025-01-31\n"
        "interim: {control: A heater is lit, by: Night Lead, every: 1 day, checked: 2025-01-20}\n"
        "evidence: [{label: Gas certificate, expires: 2025-03-01}]\n---\n"
    ),
    f"{_PLAN}/actions/undated.md": "---\ntitle: Undated\nowner: cook\n---\n",
    f"{_PLAN}/actions/cancelled.md": "---\ntitle: Gone\nstatus: cancelled\ndue: 2025-02-01\n---\n",
    f"{_PLAN}/actions/done.md": (
        "---\ntitle: Bleed the pipes\nstatus: completed\ndue: 2025-01-03\ncompleted: 2025-01-02\n"
        "verification: {by: Night Lead, due: 2025-02-10}\n---\n"
    ),
    f"{_PLAN}/actions/kept.md": (
        "---\ntitle: Watch the gauge\nowner: cook\nstatus: embedded\ncompleted: 2025-01-31\n"
        "verification: {date: 2025-01-31, result: passed}\nrepeat: every month for 3 months\n---\n"
    ),
}


def _load(tmp_path: Path, files: Mapping[str, str] = _FILES) -> SiteOnDate:
    return SiteOnDate(load_site(write(tmp_path, files)), TODAY)


def _list(dated_site: SiteOnDate) -> list[CalendarEvent]:
    return [event for plan in dated_site.site.plans for event in list_calendar_events(dated_site, plan)]


def _ids(dated_site: SiteOnDate) -> dict[str, str]:
    """The identifiers of all events, with what each is about and its day."""
    found = {build_event_id(dated_site.site, event): f"{event.title} {event.day}" for event in _list(dated_site)}
    assert len(found) == len(_list(dated_site))
    return found


def test_events_are_what_is_still_to_be_done(tmp_path: Path) -> None:
    """Open actions with a day, checks, the next review, unanswered notices and evidence; nothing that is done."""
    assert [
        (event.kind.value, event.day.isoformat(), event.title, event.owner) for event in _list(_load(tmp_path))
    ] == [
        ("action", "2025-01-31", "Mend the radiator", "The Cook"),
        ("interim check", "2025-01-21", "Interim control: A heater is lit", "Night Lead"),
        ("verification", "2025-02-10", "Check: Bleed the pipes", "Night Lead"),
        ("recurring check", "2025-02-28", "Check again: Watch the gauge", "The Cook"),
        ("recurring check", "2025-03-31", "Check again: Watch the gauge", "The Cook"),
        ("recurring check", "2025-04-30", "Check again: Watch the gauge", "The Cook"),
        ("review", "2025-01-24", "Review: Warm rooms", "The Cook"),
        ("notice", "2025-02-03", "Reply: Requirement notice N-1", "The Cook"),
        ("expiry date", "2025-03-01", "Evidence expires: Gas certificate", "The Cook"),
    ]


def test_a_series_tells_how_far_its_events_are_apart(tmp_path: Path) -> None:
    """At least so many days; an event on its own tells nothing."""
    series = {event.kind: (event.position, event.interval) for event in _list(_load(tmp_path))}
    assert series == {
        CalendarEventKind.ACTION: (0, None),
        CalendarEventKind.INTERIM_CHECK: (0, 1),
        CalendarEventKind.VERIFICATION: (0, None),
        CalendarEventKind.RECURRING_CHECK: (2, 28),
        CalendarEventKind.REVIEW: (0, 7),
        CalendarEventKind.NOTICE: (0, None),
        CalendarEventKind.EXPIRY: (0, None),
    }


def test_an_identifier_survives_edits(tmp_path: Path) -> None:
    """Titles, owners, days, numbers, statuses and the title of the plan change; the events are the same."""
    before = _ids(_load(tmp_path / "before"))
    edited = {
        path: text.replace("Mend the radiator", "Replace the radiator")
        .replace("owner: cook", "owner: Night Lead")
        .replace("due: 2025-01-31", "due: 2025-03-31")
        .replace("ref: 7", "ref: 9")
        .replace("Warm rooms", "Warmer rooms")
        .replace("received: 2025-01-06", "received: 2025-01-07")
        .replace("expires: 2025-03-01", "expires: 2026-03-01")
        .replace("due: 2025-02-10", "due: 2025-02-11")
        for path, text in _FILES.items()
    }
    after = _ids(_load(tmp_path / "after", edited))
    assert set(after) == set(before)
    assert len([uid for uid, words in after.items() if before[uid] != words]) == 5


def test_an_identifier_survives_a_new_name(tmp_path: Path) -> None:
    """A file that names its earlier addresses has the events of the first, also in another plan."""
    before = _ids(_load(tmp_path / "before"))
    moved = dict(_FILES)
    text = moved.pop(f"{_PLAN}/actions/open.md")
    moved["content/plans/cold/plan.md"] = "---\ntitle: Cold rooms\n---\n"
    moved["content/plans/cold/actions/heat.md"] = text.replace("ref: 7", "ref: 7\naliases: [warm/Open, heater]")
    assert _ids(_load(tmp_path / "after", moved)) == before
    again = dict(_FILES)
    again[f"{_PLAN}/actions/heat.md"] = again.pop(f"{_PLAN}/actions/open.md")
    assert set(_ids(_load(tmp_path / "without", again))) != set(before)


def test_no_two_events_share_an_identifier(tmp_path: Path) -> None:
    """Neither where an alias is somebody's address, nor where two claim it, nor where entries are the same."""
    notice = "{name: letter, due: 2025-02-03}"
    evidence = "{label: Log, expires: 2025-03-01}"
    files = {
        f"{_PLAN}/plan.md": f"---\ntitle: W\ninstrument: [{notice}, {notice}]\n---\n",
        f"{_PLAN}/actions/a.md": f"---\ntitle: A\ndue: 2025-02-01\nevidence: [{evidence}, {evidence}]\n---\n",
        f"{_PLAN}/actions/b.md": "---\ntitle: B\ndue: 2025-02-01\naliases: [a]\n---\n",
        f"{_PLAN}/actions/c.md": "---\ntitle: C\ndue: 2025-02-01\naliases: [old]\n---\n",
        f"{_PLAN}/actions/d.md": "---\ntitle: D\ndue: 2025-02-01\naliases: [warm/OLD]\n---\n",
        f"{_PLAN}/actions/e.md": "---\ntitle: E\ndue: 2025-02-01\naliases: [nowhere/x, '../x', d]\n---\n",
        f"{_PLAN}/actions/review.md": "---\ntitle: F\ndue: 2025-02-01\n---\n",
    }
    assert len(_ids(_load(tmp_path, files))) == 10


def test_what_comes_after_a_check_or_review_is_another_event(tmp_path: Path) -> None:
    """One that was made does not become the next one: a reminder of it that was put off stays put off."""
    before = _ids(_load(tmp_path / "before"))
    made = {path: text.replace("checked: 2025-01-20", "checked: 2025-01-21") for path, text in _FILES.items()}
    made[f"{_PLAN}/reviews/2025-01-20.md"] = "---\ntitle: Review\ndate: 2025-01-20\n---\n"
    made[f"{_PLAN}/actions/kept.md"] += "## Progress\n- 2025-03-02: Checked\n"
    after = _ids(_load(tmp_path / "after", made))
    assert sorted(set(after.values()) - set(before.values())) == [
        "Interim control: A heater is lit 2025-01-22",
        "Review: Warm rooms 2025-01-27",
    ]
    assert len(set(after) - set(before)) == 2


def test_sites_have_identifiers_of_their_own(tmp_path: Path) -> None:
    """By their address; by their title where they have none."""
    others = [
        "title: Riverside\nbase_url: https://plans.example.com/\n",
        "title: Riverside\n",
        "title: Lakeside\n",
    ]
    sites = [_FILES["plansite.yaml"], *others]
    found = [set(_ids(_load(tmp_path / str(n), {**_FILES, "plansite.yaml": text}))) for n, text in enumerate(sites)]
    assert len(set.union(*found)) == sum(map(len, found))
    same = "title: Other\nbase_url: https://plans.example.org\n"
    assert set(_ids(_load(tmp_path / "same", {**_FILES, "plansite.yaml": same}))) == found[0]


def test_a_copy_for_others_does_not_call_a_hidden_owner_nobody(tmp_path: Path) -> None:
    """A name that was left out is not named; an action without one has no owner yet."""
    files = {
        "plansite.yaml": "title: T\naudience: public\n",
        "content/owners/porter.md": "---\ntitle: Porter\naudience: internal\n---\n",
        f"{_PLAN}/plan.md": "---\ntitle: W\nkind: service\n---\n",
        f"{_PLAN}/actions/a.md": "---\ntitle: A\nowner: Porter\ndue: 2025-02-01\n---\n",
    }
    site = _load(tmp_path, files)
    public = SiteOnDate(for_audience(site.site, Audience.PUBLIC), TODAY)
    assert [(event.owner, event.owner_page) for event in (*_list(site), *_list(public))] == [
        ("Porter", "owners/porter.html"),
        ("Not named here", ""),
    ]
