"""Requirements, responses, more time and escalations on the pages of actions, plans and people."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from plansite.pipeline.build import build_in_memory
from tests.sites import FixedClock, html_of, write

_EXTENSION = (
    "extension: [{until: 2025-02-28, asked: 2025-01-14, asked_by: Porter, reason: The firm is ill, "
    "decision: granted, decided: 2025-01-16, decided_by: Manager}, "
    "{until: 2025-03-14, asked: 2025-01-18, asked_by: Porter, reason: No lamps}]"
)
_ESCALATED = (
    "escalated: [{to: Director, date: 2025-01-15, reason: No answer}, "
    "{to: Manager, date: 2025-01-02, reason: No money, decision: We pay, decided: 2025-01-03}]"
)


def _site(root: Path, **actions: str) -> Mapping[str, str]:
    files = {"content/plans/p/plan.md": "---\ntitle: P\n---\n"}
    for name, fields in actions.items():
        files[f"content/plans/p/actions/{name}.md"] = f"---\ntitle: Action {name}\nowner: Porter\n{fields}\n---\n"
    return html_of(build_in_memory(write(root, files), clock=FixedClock(date(2025, 1, 20))))


def _words(html: str, start: str = "<main", end: str = "</main>") -> str:
    part = html.partition(start)[2].partition(end)[0]
    return " ".join(re.sub("<[^>]+>", " ", part).split()).replace(" .", ".").replace(" ,", ",")


def _section(html: str, key: str) -> str:
    return _words(html, f'<h2 id="{key}">', "</section>")


@pytest.mark.parametrize(
    ("level", "words"), [("must", "Must do"), ("should", "Should do"), ("recommendation", "Recommended")]
)
def test_how_strongly_it_is_asked_for(tmp_path: Path, level: str, words: str) -> None:
    """As a tag and among the details of its page, in the register and on paper; the register can be filtered by it."""
    asked = f"requirement: {{level: {level}, regulation: hsca-2014/15, breach: yes}}"
    html = _site(tmp_path, a=asked, b="due: 2025-02-01")
    page = html["plans/p/actions/a.html"]
    assert words in _words(page, '<p class="verdict">', "</p>")
    assert f"Asked for {words} Regulation hsca-2014/15 Breach Yes" in _words(page)
    for view in ("register", "print"):
        assert f"{words}: hsca-2014/15 (breach)" in _words(html[f"plans/p/{view}.html"]), view
    assert f'<option value="{level}">{words}</option>' in html["plans/p/register.html"]
    assert f'porter|||||{level}"' in html["plans/p/register.html"]
    assert "Asked for" not in _words(html["plans/p/actions/b.html"])


def test_a_page_without_requirements_has_no_filter_for_them(tmp_path: Path) -> None:
    """And its rows carry nothing for it."""
    page = _site(tmp_path, a="due: 2025-02-01")["plans/p/register.html"]
    assert 'name="asked"' not in page
    assert 'data-f="not-started||porter"' in page


def test_more_time_stands_beside_the_due_date(tmp_path: Path) -> None:
    """What is not decided before what was granted; the whole story has a part of its own."""
    moved = "due: 2025-02-28\ndue_history: [{due: 2025-01-31, moved: 2025-01-16, reason: The firm is ill}]\n"
    html = _site(tmp_path, a=moved + _EXTENSION)
    page = html["plans/p/actions/a.html"]
    asked = "An extension to 14 March 2025 was asked for by Porter on 18 January 2025, and is not decided yet."
    note = "Re-planned once, by 28 days, as granted. First due 31 January 2025."
    assert f"{note} More time asked for." in _words(page, '<dl class="summary">', "</dl>")
    assert f"{note} {asked}" in _words(html["plans/p/print.html"])
    assert _section(page, "extension") == (
        "More time Granted : until 28 February 2025. Decided by Manager on 16 January 2025 "
        "The firm is ill Asked for by Porter on 14 January 2025 "
        "Not decided yet : until 14 March 2025. No lamps Asked for by Porter on 18 January 2025"
    )
    assert "Re-planned once, from 31 January. More time asked for" in _words(html["plans/p/register.html"])


def test_a_granted_extension_is_named_when_nothing_else_is_open(tmp_path: Path) -> None:
    """One that was refused is not: the due date stays."""
    granted = "extension: [{until: 2025-02-28, decision: granted, decided_by: Manager}]"
    refused = "extension: [{until: 2025-02-28, decision: refused, decided_by: Manager}]"
    html = _site(tmp_path, a=f"due: 2025-02-28\n{granted}", b=f"due: 2025-02-28\n{refused}")
    summary = _words(html["plans/p/actions/a.html"], '<dl class="summary">', "</dl>")
    assert "Due 28 February 2025 More time granted." in summary
    assert "An extension to 28 February 2025 was granted by Manager." in _words(html["plans/p/print.html"])
    assert "extension" not in _words(html["plans/p/actions/b.html"], '<dl class="summary">', "</dl>")
    assert "Refused : until 28 February 2025." in _section(html["plans/p/actions/b.html"], "extension")


def test_what_waits_for_a_decision_is_on_the_plan_and_in_the_pack(tmp_path: Path) -> None:
    """Until somebody decides, or the action is closed."""
    html = _site(
        tmp_path, a=f"{_EXTENSION}\n{_ESCALATED}", b=f"status: cancelled\nreason: old\n{_EXTENSION}\n{_ESCALATED}"
    )
    asked = "An extension to 14 March 2025 was asked for by Porter on 18 January 2025, and is not decided yet."
    assert _section(html["plans/p/index.html"], "pending") == (
        "Waiting for a decision Action a Taken to Director on 15 January 2025: No answer. "
        f"Action a {asked} The reason: No lamps."
    )
    assert f"{asked} Taken to Director on 15 January 2025: No answer. No decision yet." in _words(
        html["plans/p/review-pack.html"]
    )
    decided = _site(tmp_path / "decided", a="due: 2025-02-01")["plans/p/index.html"]
    assert 'id="pending"' not in decided


def test_escalations_are_on_the_page_of_whoever_they_were_taken_to(tmp_path: Path) -> None:
    """As long as there is no decision, with the plan; nobody else has them."""
    html = _site(tmp_path, a=_ESCALATED)
    assert _section(html["owners/director.html"], "pending") == (
        "Escalated to you No decision yet. Action a P Escalated on 15 January 2025: No answer."
    )
    assert 'id="pending"' not in html["owners/manager.html"]
    assert _section(html["plans/p/actions/a.html"], "escalated") == (
        "Escalated To Director on 15 January 2025 : No answer No decision yet. "
        "To Manager on 2 January 2025 : No money Decided on 3 January 2025 : We pay"
    )


def test_what_is_not_accepted_is_closed_everywhere(tmp_path: Path) -> None:
    """With its reason; it is on no list of open or overdue actions, and no page calls it cancelled alone."""
    answer = "response: {decision: not accepted, reason: Too heavy., by: Director, date: 2025-01-09}"
    html = _site(tmp_path, a=f"due: 2025-01-02\n{answer}", b="due: 2025-03-01")
    page = html["plans/p/actions/a.html"]
    assert _words(page, '<p class="verdict">', "</p>") == "Not accepted Not accepted: Too heavy."
    assert _section(page, "response") == "Response Not accepted. Too heavy. Director, 9 January 2025"
    assert "Not accepted 1 action, kept for the record. Action a . Not accepted: Too heavy." in _words(
        html["plans/p/index.html"]
    ).replace("Action a.", "Action a .")
    for name in ("open.html", "overdue.html", "due-soon.html"):
        assert "Action a" not in _words(html[name]), name
    row = _words(html["plans/p/register.html"], "<tbody")
    assert "Reason: Too heavy." in row
    assert "Not accepted" in row
    assert "Not accepted Not accepted: Too heavy." in _words(html["plans/p/print.html"], 'id="closed"')


def test_an_answer_without_a_reason_closes_nothing(tmp_path: Path) -> None:
    """The action stays open, and its page says why."""
    html = _site(tmp_path, a="due: 2025-01-02\nresponse: {decision: not accepted}")
    assert _section(html["plans/p/actions/a.html"], "response") == (
        "Response Not accepted. No reason is given here, so this action still counts as open."
    )
    assert "Action a" in _words(html["overdue.html"])
