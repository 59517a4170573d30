"""What the page of an action shows, and in which order."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from plansite.model.status import Audience
from plansite.pipeline.build import build_in_memory
from tests.sites import FixedClock, html_of, write

_TEXT = """---
title: A
due: 2025-02-01
due_history: [{due: 2025-01-07, moved: 2025-01-06, reason: Once}, {due: 2025-01-21, moved: 2025-01-18, reason: Twice}]
---
## Progress
- 2025-01-03: second
- No day: first
- 2025-01-09: fourth, in the morning
- 2025-01-09: fifth, at night
- 2025-01-05: third
"""


def _page(root: Path) -> str:
    files = {"content/plans/p/plan.md": "---\ntitle: P\n---\n", "content/plans/p/actions/a.md": _TEXT}
    built = build_in_memory(write(root, files), clock=FixedClock(date(2025, 1, 20)), audience=Audience.INTERNAL)
    return html_of(built)["plans/p/actions/a.html"]


def test_lists_that_say_newest_first_are_so(tmp_path: Path) -> None:
    """Notes of one day stand the other way round than in the file, for the last was written last."""
    parts = _page(tmp_path).split("Newest first")
    assert len(parts) == 3
    notes = parts[1].partition("</ol>")[0]
    assert re.findall("first|second|third|fourth|fifth", notes) == ["fifth", "fourth", "third", "second", "first"]
    assert re.findall("once|twice", parts[2]) == ["twice", "once"]


_PLAN = "---\ntitle: P\naudience: public\n---\n"
_REPOSITORY = "title: T\nrepository: https://github.com/example/plans\n"


def _action_page(root: Path, text: str, audience: Audience = Audience.INTERNAL, **others: str) -> str:
    files = {"plansite.yaml": _REPOSITORY, "content/plans/p/plan.md": _PLAN, "content/plans/p/actions/a.md": text}
    files |= {f"content/plans/p/actions/{name}.md": other for name, other in others.items()}
    return html_of(build_in_memory(write(root, files), clock=FixedClock(date(2025, 1, 20)), audience=audience))[
        "plans/p/actions/a.html"
    ]


def _words(html: str, start: str, end: str) -> str:
    """The words of a part of a page, without its elements."""
    return " ".join(re.sub("<[^>]+>", " ", html.partition(start)[2].partition(end)[0]).split())


def _summary(html: str) -> str:
    return _words(html, '<dl class="summary">', "</dl>")


def test_the_summary_of_an_action(tmp_path: Path) -> None:
    """Owner, due date, what it waits for and whose that is, the next step and the newest note, in this order."""
    text = (
        "---\ntitle: A\nowner: Anna\ndue: 2025-02-01\ndepends_on: [b, c, d]\n---\nThe reason.\n\n"
        "## Steps\n- [x] Ask\n- [ ] Buy **paint**\n- [ ] Paint\n\n## Progress\n- 2025-01-09 (Ben): Rang the shop.\n- 2025-01-03: Asked.\n"
    )
    done = "---\ntitle: Done\nowner: Eve\nstatus: done\ncompleted: 2025-01-02\n---\n"
    html = _action_page(
        tmp_path, text, b="---\ntitle: B\nowner: Cook\n---\n", c=done, d="---\ntitle: D\nowner: Eve\n---\n"
    )
    assert _summary(html) == (
        "Owner Anna Due 1 February 2025 Waits for B Cook and 1 more "
        "Next step Buy paint Latest note Rang the shop. 9 January 2025 , Ben"
    )
    keys = re.findall('<h2 id="([a-z]+)"', html)
    assert keys == ["steps", "why", "progress", "outcome", "linked", "details", "history"]
    assert _words(html, "Blocked by</h3>", "</div>").startswith("B Not started No due date Cook Done Completed Done")


def test_what_is_in_the_way_comes_straight_after_the_steps(tmp_path: Path) -> None:
    """Whoever asks what holds an action up reads it before the reason and the news."""
    text = (
        "---\ntitle: A\n---\nThe reason.\n\n## Steps\n- [ ] Ask\n\n## Progress\n- 2025-01-03: Asked.\n\n"
        "## Barriers\nThe shop is shut.\n"
    )
    keys = re.findall('<h2 id="([a-z]+)"', _action_page(tmp_path, text))
    assert keys[:4] == ["steps", "barriers", "why", "progress"]


def test_nothing_is_next_in_a_closed_action(tmp_path: Path) -> None:
    """A finished action has no next step, even if one was left, and waits for nobody."""
    text = "---\ntitle: A\nstatus: done\ncompleted: 2025-01-02\ndepends_on: [b]\n---\n## Steps\n- [ ] Left\n"
    assert _summary(_action_page(tmp_path, text, b="---\ntitle: B\n---\n")) == "Owner Nobody yet Due No date yet"


def test_long_texts_are_short_in_the_summary(tmp_path: Path) -> None:
    """Of a long step and a long note the summary shows the beginning; the whole text is in its list."""
    text = f"---\ntitle: A\n---\n## Steps\n- [ ] {'Paint ' * 50}\n\n## Progress\n- 2025-01-09: {'Rang ' * 50}\n"
    html = _action_page(tmp_path, text)
    assert re.search(
        r"Next step (?:Paint ){15,20}?Paint…? Latest note (?:Rang ){15,24}?Rang…? 9 January", _summary(html)
    )
    assert html.count("Paint") > 60


def test_what_needs_attention_comes_after_the_content(tmp_path: Path) -> None:
    """Sentences first; then the line and the file, for those who edit, with the link if the site has a repository."""
    text = "---\ntitle: A\nowner: Anna\naudience: public\ncreated: 2025-01-05\n---\n## Progress\n- 2025-01-03: Done.\n"
    html = _action_page(tmp_path, text)
    place = "Line 8 of content/plans/p/actions/a.md Correct this file"
    assert "The entry of 3 January 2025 is older than the action" in _words(html, 'id="attention"', "</section>")
    assert place in _words(html, 'id="attention"', "</section>")
    assert html.index('id="attention"') > html.index('id="progress"')
    public = _action_page(tmp_path, text, Audience.PUBLIC)
    assert 'id="progress"' in public
    assert [
        words for words in ("attention", "older than", "actions/a.md", "Correct this file") if words in public
    ] == []


def test_without_a_repository_no_file_is_linked(tmp_path: Path) -> None:
    """Where nobody can edit on the web, the file is named and not linked."""
    text = "---\ntitle: A\ncreated: 2025-01-05\n---\n## Progress\n- 2025-01-03: Done.\n"
    files = {"content/plans/p/plan.md": _PLAN, "content/plans/p/actions/a.md": text}
    html = html_of(build_in_memory(write(tmp_path, files), clock=FixedClock(date(2025, 1, 20))))[
        "plans/p/actions/a.html"
    ]
    assert "content/plans/p/actions/a.md" in html
    assert "Correct this file" not in html
