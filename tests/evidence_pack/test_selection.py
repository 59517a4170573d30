"""What belongs into a pack, by plan, incident and regulation, and what is said where nothing does."""

from __future__ import annotations

from pathlib import Path

import pytest

from plansite.content.site_content import load_site
from plansite.evidence_pack.plan_selection import NothingSelectedError
from plansite.evidence_pack.selection import (
    PackSelection,
    add_reviews,
    look_up_incident,
    select_documents,
)
from plansite.evidence_pack.standard_selection import names_standard
from plansite.lookup import UnknownNameError
from plansite.model.site import Site
from tests.evidence_pack.packs import sample_site, subject_of


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """The sample site."""
    return load_site(sample_site(tmp_path))


def _listed(selection: PackSelection) -> dict[str, tuple[bool, list[str]]]:
    """Of each plan whether it is whole, and the documents that are named one by one."""
    return {
        slug: (each.is_whole, sorted([*each.actions, *each.incidents, *each.measures, *each.reviews]))
        for slug, each in selection.plans.items()
    }


def test_a_plan(site: Site) -> None:
    """A plan is there as a whole, with the actions of other plans that its incidents name."""
    selection = select_documents(site, subject_of("plan", "Falls plan"))
    assert (selection.title, selection.names) == ("Falls plan", ("falls",))
    listed = _listed(selection)
    assert listed.keys() == {"falls", "winter"}
    assert listed["falls"][0]
    assert listed["winter"] == (False, ["grit"])


def test_an_incident(site: Site) -> None:
    """An incident comes with the actions of its findings in any plan, and the measures of their goals."""
    selection = select_documents(site, subject_of("incident", "stairs"))
    assert (selection.title, selection.names) == ("A fall on the stairs", ("falls/stairs",))
    assert _listed(selection) == {"falls": (False, ["falls", "runner", "stairs"]), "winter": (False, ["grit"])}


def test_the_measures_of_a_finding(tmp_path: Path) -> None:
    """A measure that a finding names belongs to the pack, also one of another plan."""
    incident = "---\ntitle: Slip\nfindings: [{text: Ice, measures: [noise, falls/Falls each month]}]\n---\n"
    root = sample_site(tmp_path, content__plans__falls__incidents__slip=incident)
    selection = select_documents(load_site(root), subject_of("incident", "slip"))
    assert _listed(selection) == {"falls": (False, ["falls", "noise", "slip"])}


@pytest.mark.parametrize(
    ("name", "documents"),
    [
        ("hsca 2014 12", {"falls": (False, ["falls", "runner"])}),
        ("Safe Environments", {"falls": (False, ["falls", "runner", "stairs"]), "winter": (False, ["grit"])}),
    ],
)
def test_a_regulation(site: Site, name: str, documents: dict[str, tuple[bool, list[str]]]) -> None:
    """All actions, incidents and measures that name it are there, with the chains of these incidents."""
    assert _listed(select_documents(site, subject_of("regulation", name))) == documents


@pytest.mark.parametrize(
    ("written", "asked", "is_same"),
    [
        ("HSCA-2014/17", "hsca 2014 17", True),
        ("Safe  environments", "safe environments", True),
        ("hsca-2014/17", "17", False),
        ("hsca-2014/17A", "hsca-2014/17", False),
        ("", "", False),
        ("...", "—", False),
    ],
)
def test_the_same_standard(written: str, asked: str, is_same: bool) -> None:
    """Capitals, spaces and punctuation make no difference; a part of a name is another name."""
    assert names_standard(written, asked) is is_same


@pytest.mark.parametrize(
    ("kind", "name", "words"),
    [
        ("plan", "fals", "there is no plan called “fals”; did you mean “falls”?"),
        ("incident", "xyz", "there is no incident called “xyz”; choose from: cellar, Cellar incident, stairs, "),
        (
            "regulation",
            "xyz",
            "there is no regulation or standard called “xyz”; choose from: HSCA 2014/12, cqc-saf/safe",
        ),
    ],
)
def test_a_wrong_name_says_what_there_is(site: Site, kind: str, name: str, words: str) -> None:
    """Whoever types a name that nothing has is told what has one."""
    with pytest.raises(UnknownNameError) as caught:
        select_documents(site, subject_of(kind, name))
    assert str(caught.value).startswith(words)


def test_a_site_without_any(tmp_path: Path) -> None:
    """Where there is no incident and no standard at all, the message says so."""
    root = sample_site(
        tmp_path,
        without=[
            *(f"content/plans/falls/incidents/{name}.md" for name in ("stairs", "cellar")),
            "content/plans/falls/measures/falls.md",
            "content/plans/falls/actions/runner.md",
        ],
    )
    for kind, words in (("incident", "no incidents on this site"), ("regulation", "names a regulation or standard")):
        with pytest.raises(NothingSelectedError, match=words):
            select_documents(load_site(root), subject_of(kind, "x"))


def test_an_incident_that_several_plans_have(tmp_path: Path) -> None:
    """Its slug alone does not say which; with the plan it does."""
    root = sample_site(tmp_path, content__plans__winter__incidents__stairs="---\ntitle: Ice\n---\n")
    site = load_site(root)
    with pytest.raises(NothingSelectedError, match="write falls/stairs or winter/stairs"):
        look_up_incident(site, "stairs")
    assert look_up_incident(site, "winter/stairs").title == "Ice"


@pytest.mark.parametrize(
    ("text", "is_mentioned"),
    [
        ("See [it](../actions/runner.md).", True),
        ("See [it](../incidents/stairs.md#top).", True),
        ("We spoke of a fall on the stairs.", True),
        ("Fix the *stair* runner.", True),
        ("Action 1 is late.", True),
        ("Action 1.", True),
        ("Action 12 is late.", False),
        ("Action 1.2 is late.", False),
        ("Reaction 1 is late.", False),
        ("See [it](../actions/lights.md).", False),
        ("Nothing.", False),
    ],
)
def test_a_review_that_mentions_it(tmp_path: Path, text: str, is_mentioned: bool) -> None:
    """A review belongs to an incident if it links to it or its actions, or names one by title or number."""
    root = sample_site(tmp_path)
    (root / "content/plans/falls/reviews/2025-01-16.md").write_text(f"---\ntitle: R\n---\n{text}\n", "utf-8")
    site = load_site(root)
    selected = select_documents(site, subject_of("incident", "stairs")).plans["falls"]
    add_reviews(site.plans_by_slug["falls"], selected)
    assert ("2025-01-16" in selected.reviews) is is_mentioned
