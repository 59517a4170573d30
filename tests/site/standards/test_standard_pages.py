"""The pages of standards: what names each, what is missing, and nothing that a reader may not know."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from plansite.model.status import Audience
from plansite.pipeline.build import build_in_memory
from tests.sites import FixedClock, html_of, write

FALLS = "content/plans/falls"
FILES = {
    "plansite.yaml": "title: T\naudience: public\n",
    f"{FALLS}/plan.md": "---\ntitle: Falls\n---\n",
    f"{FALLS}/actions/lamps.md": (
        "---\ntitle: Lamps\nref: 1\ndue: 2025-01-16\nstandards: [Safe environments, Unheard of]\n"
        "requirement: {level: must, regulation: 15}\n"
        "evidence: [{label: Photo of lamps, kind: photograph, expires: 2025-01-25}]\n---\n"
    ),
    f"{FALLS}/actions/talk.md": (
        "---\ntitle: Talk\nref: 2\ndue: 2025-01-25\nstandards: [safeguarding]\n"
        "evidence: [{label: Audit of talks, kind: audit, standards: [hsca-2014/13]}]\n---\n"
    ),
    f"{FALLS}/incidents/fall.md": "---\ntitle: A fall\ndate: 2025-01-05\nstandards: [Learning culture]\n---\n",
    f"{FALLS}/measures/falls.md": "---\ntitle: Falls each week\nstandards: [Safe environments]\n---\n",
}


def _build(tmp_path: Path, files: Mapping[str, str] = FILES, audience: Audience = Audience.INTERNAL) -> dict[str, str]:
    clock = FixedClock(date(2025, 1, 20))
    return html_of(build_in_memory(write(tmp_path, files), clock=clock, audience=audience))


def _words(html: str) -> str:
    """The words in the main part of a page that show today, without those hidden until another day."""
    main = html.partition("<main")[2].partition("</main>")[0]
    shown = re.sub(r"<(p|li)\b[^>]* hidden[^>]*>.*?</\1>", " ", main, flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", shown).split())


def test_each_standard_that_something_names_has_a_page(tmp_path: Path) -> None:
    """By whatever name; a bare number in a requirement is a regulation. Nothing else has one."""
    pages = {path for path in _build(tmp_path) if path.startswith("standards")}
    assert pages == {
        "standards.html",
        "standards/cqc-saf/learning-culture.html",
        "standards/cqc-saf/safe-environments.html",
        "standards/cqc-saf/safeguarding.html",
        "standards/hsca-2014/13.html",
    }


def test_what_is_not_clear_is_listed(tmp_path: Path) -> None:
    """Regulation 15 is in two instruments; nobody has heard of the other."""
    words = _words(_build(tmp_path)["standards.html"])
    assert "Not recognised" in words
    assert "“Unheard of” in Lamps" in words
    assert "“regulation 15” in Lamps" in words


def test_counts_and_gaps(tmp_path: Path) -> None:
    """What is late or missing is said beside what names the standard; evidence of its own standard counts there."""
    words = _words(_build(tmp_path)["standards.html"])
    assert "3 of 34 quality statements are named in a plan." in words
    assert "Safe environments 1 action is late 1 action 1 measure 1 piece of evidence" in words
    assert "Safeguarding No evidence 1 action" in words
    assert "Nothing names: Safe systems, pathways and transitions; Involving people to manage risks;" in words
    assert "plansite’s reading, not CQC’s" in words


@pytest.mark.parametrize(
    ("day", "gaps"),
    [
        (date(2025, 1, 16), []),
        (date(2025, 1, 17), ["1 action is late"]),
        (date(2025, 1, 26), ["1 action is late", "The evidence has expired"]),
    ],
)
def test_gaps_come_with_the_day(tmp_path: Path, day: date, gaps: list[str]) -> None:
    """Due today is not late, and evidence counts on its last day. The page of an earlier day has the words ready."""
    built = html_of(build_in_memory(write(tmp_path, FILES), clock=FixedClock(day)))
    words = _words(built["standards/cqc-saf/safe-environments.html"])
    assert [gap for gap in ("1 action is late", "The evidence has expired") if gap in words] == gaps
    early = html_of(build_in_memory(tmp_path, clock=FixedClock(date(2025, 1, 16))))
    assert "2025-01-17=1 action is late" in early["standards.html"]


def test_evidence_is_grouped_by_category(tmp_path: Path) -> None:
    """The categories of CQC, and those of which there is none; regulations have no such groups."""
    pages = _build(tmp_path)
    words = _words(pages["standards/cqc-saf/safe-environments.html"])
    assert "Observation Photo of lamps" in words
    assert "None yet: People’s experience of health and care services; Feedback from staff and leaders;" in words
    assert "Observation" not in _words(pages["standards/hsca-2014/13.html"])


def test_documents_link_to_their_standards(tmp_path: Path) -> None:
    """Each from its own page; a name that is not known is text."""
    pages = _build(tmp_path)
    action = pages["plans/falls/actions/lamps.html"]
    assert 'href="../../../standards/cqc-saf/safe-environments.html"' in action
    assert "<dd>Unheard of</dd>" in action
    assert "standards/cqc-saf/learning-culture.html" in pages["plans/falls/incidents/fall.html"]
    assert "standards/cqc-saf/safe-environments.html" in pages["plans/falls/measures/falls.html"]


def test_where_something_may_be_hidden_nothing_is_missing(tmp_path: Path) -> None:
    """A reader outside learns what there is, and what is late of it; a hidden action is not told by a gap."""
    files = {
        **FILES,
        f"{FALLS}/actions/talk.md": FILES[f"{FALLS}/actions/talk.md"].replace("title:", "audience: internal\ntitle:"),
    }
    pages = _build(tmp_path, files, Audience.PUBLIC)
    words = _words(pages["standards.html"])
    assert "standards/cqc-saf/safeguarding.html" not in pages
    assert "Safeguarding No evidence" not in words and "Safeguarding 1 action" not in words
    assert "1 action is late" in words
    for gap in ("No evidence", "Nothing names", "None yet", "Unheard of"):
        assert all(gap not in _words(html) for path, html in pages.items() if "standards" in path)


def test_a_site_chooses_its_frameworks(tmp_path: Path) -> None:
    """In its order, also where nothing is named; what is named of others is text."""
    files = {**FILES, "plansite.yaml": "title: T\nframeworks: [cqc-asc-2026, hsca-2014]\n"}
    pages = _build(tmp_path, files)
    words = _words(pages["standards.html"])
    assert words.index("CQC draft framework for adult social care") < words.index("Health and Social Care Act")
    assert "Draft: not in force" in words
    assert "Nothing names: Safety culture;" in words
    assert "standards/cqc-saf/safe-environments.html" not in pages
    assert "Safe environments, CQC single assessment framework" in pages["plans/falls/actions/lamps.html"]


def test_without_any_name_there_is_no_page(tmp_path: Path) -> None:
    """And nothing links to it."""
    pages = _build(tmp_path, {f"{FALLS}/plan.md": "---\ntitle: Falls\n---\n"})
    assert not [path for path in pages if "standards" in path]
    assert all("standards.html" not in html for html in pages.values())


def test_a_hidden_framework_leaves_no_trace(tmp_path: Path) -> None:
    """Neither its file nor the names of its standards, wherever they are written."""
    own = "label: Secret priorities\naudience: internal\nstandards: [{id: zebra, label: Zebra crossings}]\n"
    files = {
        **FILES,
        "content/frameworks/secret.yaml": own,
        f"{FALLS}/actions/cross.md": "---\ntitle: Cross\nstandards: [secret/zebra, Zebra crossings, safeguarding]\n---\n",
        f"{FALLS}/assessments/2025-01-02.md": (
            "---\ntitle: Of January\nframework: secret\nratings: [{standard: zebra, rating: low, note: Striped}]\n---\n"
        ),
    }
    pages = _build(tmp_path, files)
    assert "standards/secret/zebra.html" in pages
    public = _build(tmp_path, files, Audience.PUBLIC)
    for trace in ("Secret", "secret", "zebra", "Zebra", "Striped"):
        assert all(trace not in html for html in public.values()), trace
