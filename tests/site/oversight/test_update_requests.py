"""Updates that owners were asked for: on the pages of actions, owners and agencies, in drafts and packs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from plansite.pipeline.build import build_in_memory
from tests.site.oversight.test_decision_pages import _section, _words
from tests.sites import FixedClock, html_of, write

_TODAY = date(2025, 1, 20)
_ACTION = """---
title: Mend the lights
ref: 4
owner: Porter
{fields}
---
## Progress
- 2025-01-12 (Porter): Rang the firm.
- 2025-01-15 (Cook): Still dark.
"""
_ASKED = (
    "asked: [{date: 2025-01-11, by: Manager, question: 'Which firm?'}, {date: 2025-01-13, by: Manager, question: 'By when?'}, "
    "{date: 2025-01-02, answered: 2025-01-03}]"
)


def _site(root: Path, fields: str = _ASKED, files: Mapping[str, str] | None = None) -> Mapping[str, str]:
    content = {
        "content/plans/p/plan.md": "---\ntitle: Plan P\n---\n",
        "content/plans/p/actions/lights.md": _ACTION.format(fields=fields),
        **(files or {}),
    }
    return html_of(build_in_memory(write(root, content), clock=FixedClock(_TODAY)))


def test_the_page_of_the_action_shows_each_with_its_answer(tmp_path: Path) -> None:
    """Which note answered it, or for how many days nobody has."""
    page = _site(tmp_path)["plans/p/actions/lights.html"]
    assert _section(page, "asked") == (
        "Updates asked for Which firm? Asked by Manager on 11 January 2025 Answered on 12 January 2025. "
        "By when? Asked by Manager on 13 January 2025 No answer for 7 days. "
        "Is there any news? Asked on 2 January 2025 Answered on 3 January 2025."
    )
    assert '<strong class="late-text" data-asked="2025-01-13">No answer for 7 days</strong>.' in page


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ("status: cancelled\nreason: no longer needed\n", "No answer is written down."),
        ("owner:\n", "No answer is written down."),
        ("", "No answer for 7 days."),
    ],
)
def test_nobody_is_called_silent_who_need_not_answer(tmp_path: Path, fields: str, words: str) -> None:
    """What is closed or has no owner waits for nobody."""
    asked = "asked: [{date: 2025-01-13, question: 'By when?'}]"
    text = f"---\ntitle: A\n{fields}{'' if 'owner' in fields else 'owner: Porter'}\n{asked}\n---\n"
    html = _site(tmp_path, "", {"content/plans/p/actions/a.md": text})
    assert _section(html["plans/p/actions/a.html"], "asked").endswith(words)
    assert ('<h2 id="asked">' in html["owners/porter.html"]) is (words != "No answer is written down.")


def test_a_note_without_a_name_is_not_called_an_answer(tmp_path: Path) -> None:
    """It may be of the owner or of somebody else."""
    text = f"---\ntitle: A\nowner: Porter\n{_ASKED}\n---\n## Progress\n- 2025-01-16: They come on Monday.\n"
    html = _site(tmp_path, "", {"content/plans/p/actions/a.md": text})
    assert (
        "By when? Asked by Manager on 13 January 2025 A note without a name followed on 16 January 2025."
        in _section(html["plans/p/actions/a.html"], "asked")
    )


def test_the_page_of_the_owner_asks_again(tmp_path: Path) -> None:
    """Only what is not answered, the oldest first, with the plan and the number of the action."""
    older = "---\ntitle: Older\nowner: Porter\nasked: [{date: 2025-01-05}]\n---\n"
    html = _site(tmp_path, _ASKED, {"content/plans/p/actions/older.md": older})
    page = html["owners/porter.html"]
    assert _section(page, "asked") == (
        "What we asked you about 2 questions without an answer. "
        "No answer for 15 days 5 January 2025 Is there any news? Older Plan P "
        "No answer for 7 days 13 January 2025 By when? Mend the lights Plan P, action 4 Asked by Manager"
    )
    assert 'href="../plans/p/actions/lights.html#asked"' in page


def test_the_page_of_whoever_asked_names_those_who_are_silent(tmp_path: Path) -> None:
    """So that they can ask again; what was answered is not there."""
    files = {"content/owners/manager.md": "---\ntitle: Manager\n---\n"}
    page = _site(tmp_path, _ASKED, files)["owners/manager.html"]
    assert _section(page, "questions") == (
        "What you asked No answer yet. No answer for 7 days 13 January 2025 By when? Mend the lights "
        "Porter Plan P, action 4"
    )
    assert 'id="asked"' not in page


def test_the_page_of_an_agency_names_the_owner(tmp_path: Path) -> None:
    """It has the questions to its owners too."""
    files = {
        "content/owners/porter.md": "---\ntitle: Porter\nagency: council\n---\n",
        "content/agencies/council.md": "---\ntitle: Council\n---\n",
    }
    page = _site(tmp_path, _ASKED, files)["agencies/council.html"]
    assert _section(page, "asked").endswith("By when? Mend the lights Porter Plan P, action 4 Asked by Manager")


def test_an_action_without_requests_has_no_part_for_them(tmp_path: Path) -> None:
    """Nor has the page of its owner."""
    html = _site(tmp_path, "due: 2025-02-01")
    for page in ("plans/p/actions/lights.html", "owners/porter.html"):
        assert 'id="asked"' not in html[page]


def test_the_review_pack_says_what_was_met_with_silence(tmp_path: Path) -> None:
    """Among what the meeting has to decide."""
    pack = _words(_site(tmp_path)["plans/p/review-pack.html"])
    assert "Asked by Manager on 13 January 2025: By when? No answer for 7 days." in pack
    assert "Which firm?" not in pack


def test_what_only_some_may_see_is_left_out(tmp_path: Path) -> None:
    """A request that is marked for internal readers is on no other page."""
    asked = "asked: [{date: 2025-01-13, question: 'Has she left?', audience: internal}]"
    html = _site(tmp_path, asked)
    assert "Has she left?" in html["plans/p/actions/lights.html"]
    files = {"plansite.yaml": "title: T\naudience: public\n"}
    public = _site(tmp_path / "public", asked, files)
    assert "plans/p/actions/lights.html" in public
    assert not any("Has she left?" in page for page in public.values())
