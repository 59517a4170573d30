"""Interim controls on the page of their action, in lists, and in counts: who checks, when, and whether it is late."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from plansite.model.status import Audience
from plansite.pipeline.build import build_in_memory
from tests.sites import FixedClock, html_of, write

_TODAY = date(2025, 1, 20)
_WEEKLY = "interim: {control: Torches, by: Night Senior, every: 1 week, checked: 2025-01-10}"


def _action(title: str, *fields: str) -> str:
    return "---\n" + "".join(f"{line}\n" for line in (f"title: {title}", "owner: Porter", *fields)) + "---\n"


def _site(
    root: Path, incident: str = "", audience: Audience = Audience.INTERNAL, today: date = _TODAY, **actions: str
) -> Mapping[str, str]:
    files = {"content/plans/p/plan.md": "---\ntitle: P\naudience: public\n---\n"}
    files |= {f"content/plans/p/actions/{name}.md": text for name, text in actions.items()}
    files |= {"content/plans/p/incidents/fall.md": incident} if incident else {}
    return html_of(build_in_memory(write(root, files), clock=FixedClock(today), audience=audience))


def _words(html: str, start: str = "<main", end: str = "</main>") -> str:
    """The words of a part of a page, without its elements and what is hidden."""
    part = html.partition(start)[2].partition(end)[0]
    part = re.sub(r"<(\w+)[^>]* hidden[ >].*?</\1>", " ", part, flags=re.DOTALL)
    return " ".join(re.sub("<[^>]+>", " ", part).split()).replace(" .", ".").replace(" ,", ",")


def _control(html: str) -> str:
    return _words(html, '<h2 id="interim">', "</section>").removeprefix("What keeps people safe meanwhile ")


def test_the_page_says_who_checks_how_often_and_when(tmp_path: Path) -> None:
    """And how late that is; a script counts on from there."""
    page = _site(tmp_path, a=_action("A", _WEEKLY))["plans/p/actions/a.html"]
    assert _control(page) == (
        "Torches Check late by 3 days Night Senior checks it every week. Last checked 10 January 2025. "
        "Next check 17 January 2025."
    )
    assert 'data-check="2025-01-17"' in page


@pytest.mark.parametrize(
    ("field", "words"),
    [
        ("interim: Torches", "Torches Porter checks it. No day is set for the next check."),
        (
            "interim: {control: Torches, by: Cook, next: 2025-01-20}",
            "Torches Cook checks it. Next check 20 January 2025.",
        ),
        (
            f"{_WEEKLY}\nstatus: completed",
            "Torches This action is closed, so no more checks are expected. Last checked 10 January 2025.",
        ),
        (
            f"{_WEEKLY}\nresponse: {{decision: not accepted, reason: No money}}",
            "Torches This action is closed, so no more checks are expected. Last checked 10 January 2025.",
        ),
    ],
)
def test_what_is_not_known_and_what_has_ended(tmp_path: Path, field: str, words: str) -> None:
    """A check that is due today is not late. A closed action needs no more checks."""
    assert _control(_site(tmp_path, a=_action("A", field))["plans/p/actions/a.html"]) == words


@pytest.mark.parametrize(
    ("fields", "is_first"),
    [
        (("priority: high",), True),
        (("priority: low",), False),
        ((), False),
        (("priority: high", "status: completed"), False),
    ],
)
def test_it_comes_first_where_the_risk_is_high(tmp_path: Path, fields: tuple[str, ...], is_first: bool) -> None:
    """Before the owner and the due date, on an open action of high priority."""
    page = _site(tmp_path, a=_action("A", _WEEKLY, *fields))["plans/p/actions/a.html"]
    summary = _words(page, '<dl class="summary">', "</dl>")
    first = "Meanwhile Torches Check late by 3 days Night Senior checks it, next 17 January 2025. Owner"
    assert summary.startswith(first if is_first else "Owner")


def test_lists_and_counts(tmp_path: Path) -> None:
    """The list has late checks first; the front page, the plan and whoever checks say how many there are."""
    html = _site(
        tmp_path,
        incident="---\ntitle: A fall\nowner: Lead\nfindings: [{text: Dark, interim: {control: A lamp, by: Night Senior, "
        "next: 2025-01-22}}]\n---\n",
        a=_action("Fit lights", _WEEKLY),
        b=_action("Buy a mat", "interim: A sign"),
        c=_action("Mend the rail", _WEEKLY, "status: completed"),
    )
    listed = _words(html["interim.html"])
    assert "3 interim controls are in place. 1 check is late." in listed
    assert [
        listed.index(words) for words in ("Check late 1 control", "Torches", "Still in time 1 control", "A lamp")
    ] == (
        sorted(
            listed.index(words) for words in ("Check late 1 control", "Torches", "Still in time 1 control", "A lamp")
        )
    )
    assert "Until this is done: Fit lights. Checked every week. Last checked on 10 January 2025." in listed
    assert "Until this is dealt with: A fall. No check is written down yet." in listed
    assert "No day is set for a check 1 control" in listed
    for page in ("index.html", "plans/p/index.html"):
        assert "3 interim controls are in place. 1 check is late." in _words(html[page]), page
    assert "Interim controls to check 2 checks" in _words(html["owners/night-senior.html"])
    assert "Interim control: Torches" in _words(html["overdue.html"])
    assert "Interim control: A lamp" in _words(html["due-soon.html"])
    assert "Interim control: A lamp" in _words(html["calendar.html"])
    assert "interim.html" in html["open.html"]
    assert "interim.html" not in html["plans/p/actions/a.html"]


def test_the_board_and_the_register_name_a_late_check(tmp_path: Path) -> None:
    """A card and a row of an open action do; the register also names the control."""
    late = _site(tmp_path / "late", a=_action("A", _WEEKLY))
    assert "Check late by 3 days" in _words(late["plans/p/index.html"], 'id="board"')
    row = _words(late["plans/p/register.html"], "<tbody")
    assert "Meanwhile: Torches" in row
    assert "Check late by 3 days" in row
    in_time = _site(tmp_path / "in_time", a=_action("A", _WEEKLY), today=date(2025, 1, 17))
    assert "Check late" not in _words(in_time["plans/p/index.html"])
    done = _site(tmp_path / "done", a=_action("A", _WEEKLY, "status: completed"))
    assert "Meanwhile" not in _words(done["plans/p/register.html"])


def test_without_a_control_there_is_no_list(tmp_path: Path) -> None:
    """Nor a link to it: neither where no action has one, nor where all of those are closed."""
    for name, text in (("none", _action("A")), ("closed", _action("A", _WEEKLY, "status: cancelled", "reason: old"))):
        html = _site(tmp_path / name, a=text)
        assert "interim.html" not in html
        assert not any("interim.html" in page for page in html.values())


def test_a_control_for_some_readers_leaves_no_trace(tmp_path: Path) -> None:
    """In a copy for the public there is neither the control nor a list or count of it."""
    hidden = "interim: {control: Torches, by: Night Senior, next: 2025-01-02, audience: internal}"
    html = _site(tmp_path, a=_action("A", hidden), audience=Audience.PUBLIC)
    assert "interim.html" not in html
    assert not any(word in page for page in html.values() for word in ("Torches", "Night Senior", "interim control"))


def test_the_printed_plan_and_the_review_pack_have_it(tmp_path: Path) -> None:
    """With the next check; that of a closed action is not printed."""
    html = _site(tmp_path, a=_action("A", _WEEKLY), b=_action("B", "status: completed", "interim: A sign"))
    printed = _words(html["plans/p/print.html"])
    assert "Meanwhile Torches Check late by 3 days Night Senior checks it every week." in printed
    assert "A sign" not in printed
    pack = _words(html["plans/p/review-pack.html"])
    assert "1 interim control, 1 check late" in pack
    assert (
        "Check late by 3 days 17 January 2025 A Torches. Checked every week. Last checked on 10 January 2025." in pack
    )
