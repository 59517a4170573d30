"""What names a regulation or standard, in whatever words, belongs into its pack, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from plansite.content.site_content import load_site
from plansite.evidence_pack.html_tokens import strip_tags
from plansite.evidence_pack.plan_selection import NothingSelectedError
from plansite.evidence_pack.selection import select_documents
from tests.evidence_pack.packs import built_pack, pages_of, sample_site, subject_of

_ASSESSMENT = (
    "---\ntitle: January assessment\nframework: cqc-saf\nratings:\n- {standard: safeguarding, rating: good, "
    "note: Safeguardingnote}\n- {standard: safe environments, rating: requires improvement, actions: [2]}\n---\nAssessmentbody\n"
)


@pytest.mark.parametrize("name", ["hsca-2014/12", "Regulation 12 HSCA", "safe care and treatment"])
def test_one_regulation_has_many_names(tmp_path: Path, name: str) -> None:
    """Identifier, number with its instrument, and label lead to the same pack; its title names the regulation."""
    root = sample_site(tmp_path)
    path = root / "content/plans/falls/actions/runner.md"
    path.write_text(path.read_text("utf-8").replace("HSCA 2014/12", "hsca-2014/12"), "utf-8")
    selection = select_documents(load_site(root), subject_of("regulation", name))
    assert selection.names == ("hsca-2014/12",)
    assert "Safe care and treatment" in selection.title
    assert selection.plans["falls"].actions == {"runner"}


def test_two_regulations_are_called_12(tmp_path: Path) -> None:
    """The number alone does not say which is meant, and the message names both."""
    with pytest.raises(NothingSelectedError, match=r"write hsca-2014/12 or .*/12"):
        select_documents(load_site(sample_site(tmp_path)), subject_of("regulation", "regulation 12"))


def test_the_ratings_of_a_standard(tmp_path: Path) -> None:
    """Of a self-assessment, a pack has the rating of the standard, and neither other ratings nor its words."""
    root = sample_site(tmp_path)
    path = root / "content/plans/falls/assessments/2025-01-16.md"
    path.parent.mkdir()
    path.write_text(_ASSESSMENT, "utf-8")
    pages = pages_of(built_pack(root, "regulation", "safe environments"))
    words = strip_tags(pages["plans/falls/assessments/2025-01-16.html"])
    assert "Safe environments" in words
    assert "Requires improvement" in words
    everything = "".join(pages.values())
    for word in ("Safeguardingnote", "Assessmentbody"):
        assert word not in everything, word
    assert "plans/falls/actions/lights.html" in pages
    assert "January assessment" in strip_tags(pages["index.html"])
    whole = "".join(pages_of(built_pack(root, "plan", "falls")).values())
    assert "Assessmentbody" in whole


def test_evidence_that_names_it(tmp_path: Path) -> None:
    """An action belongs to a standard that only its evidence names."""
    action = "---\ntitle: Audit\nevidence: [{label: Sheet, standards: [Own standard]}]\n---\n"
    root = sample_site(tmp_path, content__plans__winter__actions__audit=action)
    selection = select_documents(load_site(root), subject_of("regulation", "own  Standard"))
    assert (selection.title, selection.plans["winter"].actions) == ("own  Standard", {"audit"})
