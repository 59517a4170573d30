"""The governance report: each number is right, leads to its list, and says nothing that readers may not see."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from types import MappingProxyType

import html5lib
import pytest

from plansite.model.status import Audience
from plansite.pipeline.build import build_in_memory
from tests.sites import FixedClock, html_of, write

TODAY = date(2025, 1, 20)
_FILES = {
    "plansite.yaml": "title: T\naudience: public\naudiences: [internal, partners, public]\n",
    "content/plans/one/plan.md": """---
title: One
owner: Ann
instrument:
  - {name: requirement notice, ref: N-1, received: 2024-12-09, sender: Care Quality Commission}
  - {name: PFD report, ref: N-2, received: 2025-01-06, audience: internal}
  - {name: PFD report, ref: N-3, received: 2024-10-01, sent: 2024-11-01}
---
""",
    "content/plans/one/actions/a.md": """---
title: Review every care plan
owner: Ann
created: 2024-12-30
due: 2025-01-10
due_history: [{due: 2025-01-03, moved: 2025-01-02}]
extension:
  - {until: 2025-02-10, asked: 2025-01-09, asked_by: Ann, reason: The cook is ill}
  - {until: 2025-01-12, asked: 2025-01-05, decision: refused}
interim: {control: Seniors read each plan, by: Night Senior, next: 2025-01-15}
---
""",
    "content/plans/one/actions/b.md": """---
title: Fit a lamp
owner: Ben
status: embedded
completed: 2025-01-08
evidence: [{label: Photograph}]
verification: {by: Cat, date: 2025-01-12, result: passed}
tags: [Lamps]
created: 2024-05-01
---
## Outcome
It is bright.
""",
    "content/plans/one/actions/c.md": "---\ntitle: Paint\nstatus: cancelled\nreason: no longer needed\n---\n",
    "content/plans/two/plan.md": "---\ntitle: Two\n---\n",
    "content/plans/two/actions/a.md": "---\ntitle: Reviews of all care plans\nowner: Ann\ncreated: 2024-06-01\n---\n",
    "content/plans/two/actions/b.md": "---\ntitle: Ask the firm\nstatus: completed\ncompleted: 2024-03-01\ncreated: 2024-02-01\ntags: [Roof]\n---\n",
    "content/plans/two/actions/d.md": "---\ntitle: Ask the roofer again\ncreated: 2024-09-01\ndue: 2025-01-19\ntags: [roof]\n---\n",
    "content/plans/two/incidents/fall.md": """---
title: A fall
date: 2025-01-02
findings: [{text: A dark stair}]
learning_for: [Lodge, Court]
confirmed: [{service: Court, date: 2025-01-12}]
---
""",
}  # fmt: skip


def _build(
    root: Path, audience: Audience = Audience.INTERNAL, extra: Mapping[str, str] = MappingProxyType({})
) -> dict[str, str]:
    files: Mapping[str, str] = {**_FILES, **extra}
    return html_of(build_in_memory(write(root, files), clock=FixedClock(TODAY), audience=audience))


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The internal copy."""
    return _build(tmp_path_factory.mktemp("report"))


def _text(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html.partition("<main")[2]).split())


def _part(html: str, key: str) -> str:
    """The text of one section."""
    return _text("<main" + html.partition(f'aria-labelledby="{key}"')[2].partition("</section>")[0])


def _row(html: str, plan: str) -> list[str]:
    """The numbers of a plan in the table."""
    row = next(row for row in html.split("<tr>") if f">{plan}</a></th>" in row)
    return re.findall(r"<td>(?:<a[^>]*>)?(\d+)", row)


def test_three_separate_counts(pages: dict[str, str]) -> None:
    """A cancelled action is not among those agreed; a finished one without evidence is implemented alone."""
    text = _text(pages["governance.html"])
    for words in ("2 implemented of 5 agreed", "1 monitored of 2 implemented", "1 evaluated of 2 implemented"):
        assert words in text
    assert _row(pages["governance.html"], "One") == ["2", "1", "1", "1", "1", "1", "0", "0", "0", "0", "1", "1", "2"]
    assert _row(pages["governance.html"], "Two") == ["3", "1", "0", "0", "2", "0", "0", "1", "1", "0", "1", "0", "0"]


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("notices", ("Requirement notice N-1", "Overdue by 14 days", "PFD report N-2", "1 is overdue.")),
        ("interim", ("Review every care plan", "Seniors read each plan", "Night Senior", "Check late by 5 days")),
        ("requests", ("Review every care plan", "The cook is ill", "Asked until 10 February 2025")),
        ("measures", ("No measure is a concern.",)),
        ("incidents", ("A fall", "2 January 2025")),
        ("learning", ("A fall", "Not confirmed by Lodge.")),
        ("duplicates", ("Review every care plan", "Reviews of all care plans", "2 times")),
        ("themes", ("Ask the roofer again", "Tag “Roof”: closed on 1 March 2024.", "Back since 1 September 2024")),
        ("finished", ("Fit a lamp", "Checked 12 January 2025", "1 checked by somebody else")),
    ],
)
def test_each_list(pages: dict[str, str], key: str, words: tuple[str, ...]) -> None:
    """What it says is in its own section, and the section has an anchor that the summary leads to."""
    html = pages["governance.html"]
    assert all(each in _part(html, key) for each in words), _part(html, key)
    assert f'href="#{key}"' in html
    assert f'<h2 id="{key}">' in html


def test_what_is_overdue_and_moved(pages: dict[str, str]) -> None:
    """By owner, and moves with their days; a date is counted from the first one."""
    text = _text(pages["governance.html"])
    assert "2 overdue 1 Ann 1 with nobody named" in text
    assert "1 open action 1 move 7 days later in all" in text
    assert "2 asked for 0 granted 1 refused 1 not decided" in text


def test_every_link_leads_to_an_anchor(pages: dict[str, str]) -> None:
    """Of the report and the committee papers, on whatever page the anchor is."""
    checked = 0
    for path in ("governance.html", "plans/one/committee.html", "plans/two/committee.html"):
        folder = path.rpartition("/")[0]
        document = html5lib.parse(pages[path], namespaceHTMLElements=False)
        for href in (link.get("href") for link in document.iterfind(".//main//a")):
            target, _, anchor = href.partition("#")
            parts = (folder.split("/") if folder else []) if target else path.split("/")
            for step in target.split("/") if target else []:
                parts = parts[:-1] if step == ".." else [*parts, step]
            page = pages["/".join(parts)]
            assert not anchor or f'id="{anchor}"' in page, (path, href)
            checked += bool(anchor)
    assert checked > 40


def test_readers_who_do_not_see_everything(tmp_path: Path) -> None:
    """Partners have the report without what is hidden, and without claims about what may be; the public has none."""
    public = _build(tmp_path / "public", Audience.PUBLIC)
    assert not any(path.endswith(("governance.html", "committee.html")) for path in public)
    assert not any("governance.html" in html or "committee.html" in html for html in public.values())
    partners = _build(tmp_path / "partners", Audience.PARTNERS)
    text = _text(partners["governance.html"])
    assert "N-1" in text
    assert "N-2" not in text
    assert not any(words in text for words in ("learning", "Learning", "Themes", "themes"))
    assert "no evidence" not in _text(partners["plans/two/committee.html"])


def test_a_site_with_nothing_has_no_report(tmp_path: Path) -> None:
    """And nothing leads to it."""
    files = {"plansite.yaml": "title: T\n", "content/plans/p/plan.md": "---\ntitle: P\n---\n"}
    pages = html_of(build_in_memory(write(tmp_path, files), clock=FixedClock(TODAY)))
    assert not any(path.endswith(("governance.html", "committee.html")) for path in pages)
    assert not any("governance.html" in html or "committee.html" in html for html in pages.values())


def test_unreadable_files_are_mentioned(tmp_path: Path) -> None:
    """No number counts them, and the report says so."""
    pages = _build(tmp_path, extra={"content/plans/two/actions/x.md": "---\ntitle: [\n---\n"})
    assert "1 file could not be read, and no number here counts them." in _text(pages["governance.html"])
    assert _row(pages["governance.html"], "Two")[0] == "3"


def test_many_groups_and_owners_are_cut(tmp_path: Path) -> None:
    """The largest groups are listed, and of a large one a few; further owners are counted."""
    files = {
        f"content/plans/p{plan}/actions/a{number}.md": f"---\ntitle: Clean kitchen cupboard {number}\nowner: Owner {plan} {number}\n"
        "created: 2024-12-01\ndue: 2025-01-01\n---\n"
        for plan in range(8)
        for number in range(5)
    } | {f"content/plans/p{plan}/plan.md": f"---\ntitle: P{plan}\n---\n" for plan in range(8)}  # fmt: skip
    text = _text(_build(tmp_path, extra=files)["governance.html"])
    assert "6 groups of similar actions" in text
    assert "8 times" in text
    assert "and 2 more" in text
    assert "42 overdue" in text
    assert "12 of other owners" in text
