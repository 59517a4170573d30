"""Ratings: their place on the scale, the one before, and what answers them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from plansite.content.frameworks.framework_files import load_shipped_frameworks
from plansite.content.site_content import load_site
from plansite.model.frameworks.ratings import (
    RatedStandard,
    RatingChange,
    find_earlier_assessment,
    find_level,
    is_low_level,
    list_rated_standards,
)
from plansite.model.site import Site
from tests.sites import write

FRAMEWORKS = {each.id: each for each in load_shipped_frameworks()}
FALLS = "content/plans/falls"


def _assessment(day: str, *ratings: str, framework: str = "cqc-saf") -> tuple[str, str]:
    entries = "".join(f"  - {{{each}}}\n" for each in ratings)
    head = f"framework: {framework}\n" if framework else ""
    return f"{FALLS}/assessments/{day}.md", f"---\ntitle: Of {day}\n{head}ratings:\n{entries}---\n"


def _site(tmp_path: Path, *files: tuple[str, str]) -> Site:
    return load_site(write(tmp_path, {f"{FALLS}/plan.md": "---\ntitle: Falls\n---\n", **dict(files)}))


def _rated(site: Site, number: int = -1) -> dict[str, RatedStandard]:
    (plan,) = site.plans
    return {each.standard.id: each for each in list_rated_standards(site, plan, plan.assessments[number])}


@pytest.mark.parametrize(
    ("framework", "low"),
    [
        ("cqc-saf", ["inadequate", "requires improvement"]),
        ("ciw-2025", ["requires significant improvement", "requires improvement"]),
        ("ci-care-homes", ["unsatisfactory", "weak", "adequate"]),
    ],
)
def test_the_lower_half_of_a_scale_asks_for_an_action(framework: str, low: list[str]) -> None:
    """Whatever its length."""
    scale = FRAMEWORKS[framework].ratings
    assert [word for level, word in enumerate(scale) if is_low_level(FRAMEWORKS[framework], level)] == low


def test_a_rating_has_a_place_on_the_scale() -> None:
    """In capitals or not; another word has none."""
    framework = FRAMEWORKS["cqc-saf"]
    words = ("Inadequate", "requires  improvement", "GOOD", "outstanding", "fine", "")
    assert [find_level(framework, word) for word in words] == [0, 1, 2, 3, None, None]


def test_the_one_before_is_of_the_same_framework(tmp_path: Path) -> None:
    """The newest that is older; without a name, the framework is that of the first standard."""
    site = _site(
        tmp_path,
        _assessment("2024-10-01", "standard: safeguarding, rating: good"),
        _assessment("2024-11-01", "standard: environment, rating: good", framework="ciw-2025"),
        _assessment("2024-12-01", "standard: cqc-saf/safeguarding, rating: inadequate", framework=""),
        _assessment("2025-01-01", "standard: Safeguarding, rating: good", "standard: governance, rating: good"),
    )
    (plan,) = site.plans
    before = [find_earlier_assessment(plan, each, site.standards) for each in plan.assessments]
    assert [each and str(each.date) for each in before] == [None, None, "2024-10-01", "2024-12-01"]
    now = _rated(site)
    assert (now["safeguarding"].change, now["governance"].change) == (RatingChange.UP, RatingChange.FIRST)
    assert _rated(site, 2)["safeguarding"].change is RatingChange.DOWN


def test_a_draft_rates_its_own_standards(tmp_path: Path) -> None:
    """A label that two frameworks have means that of the framework which is rated."""
    site = _site(tmp_path, _assessment("2025-01-01", "standard: Safeguarding, rating: good", framework="cqc-asc-2026"))
    assert _rated(site)["safeguarding"].standard.key == "cqc-asc-2026/safeguarding"


def _action(name: str, fields: str) -> tuple[str, str]:
    return f"{FALLS}/actions/{name}.md", f"---\ntitle: {name}\n{fields}---\n"


@pytest.mark.parametrize(
    ("fields", "answers"),
    [
        ("standards: [safeguarding]\n", True),
        ("standards: [Safeguarding]\nstatus: completed\ncreated: 2025-01-16\n", True),
        ("standards: [Safeguarding]\nstatus: completed\ncreated: 2025-01-15\n", False),
        (
            "standards: [Safeguarding]\nstatus: completed\ncreated: 2025-01-15\n"
            "source: {kind: Self-assessment, ref: 2025-01-16}\n",
            True,
        ),
        ("source: {kind: self-assessment, ref: 2025-01-16}\n", False),
        ("standards: [governance]\n", False),
        ("evidence: [{label: A, standards: [safeguarding]}]\n", False),
    ],
)
def test_what_answers_a_low_rating(tmp_path: Path, fields: str, answers: bool) -> None:
    """An action with the standard that is open, comes from the self-assessment, or is not older than it."""
    site = _site(
        tmp_path,
        _assessment("2025-01-16", "standard: safeguarding, rating: inadequate"),
        _action("train", fields),
    )
    rated = _rated(site)["safeguarding"]
    assert [each.slug for each in rated.actions] == (["train"] if answers else [])
    assert rated.is_gap is not answers


def test_a_rating_names_its_actions(tmp_path: Path) -> None:
    """By number, also of a good rating, which is never a gap; one that is not there answers nothing."""
    site = _site(
        tmp_path,
        _assessment(
            "2025-01-16",
            "standard: safeguarding, rating: inadequate, actions: [7]",
            "standard: governance, rating: good",
            "standard: consent, rating: inadequate, actions: [8]",
        ),
        _action("train", "ref: 7\nstatus: completed\ncreated: 2024-01-01\n"),
    )
    rated = _rated(site)
    assert {key: each.is_gap for key, each in rated.items()} == {
        "safeguarding": False,
        "governance": False,
        "consent": True,
    }


def test_a_standard_that_is_rated_twice_counts_once(tmp_path: Path) -> None:
    """The first rating."""
    site = _site(
        tmp_path,
        _assessment(
            "2025-01-16",
            "standard: consent, rating: good",
            "standard: Consent to care and treatment, rating: inadequate",
        ),
    )
    assert [(each.standard.id, each.level) for each in _rated(site).values()] == [("consent", 2)]


def test_the_day_comes_from_the_name_of_the_file(tmp_path: Path) -> None:
    """As with reviews; a field `date` comes first."""
    path, text = _assessment("2025-01-16", "standard: consent, rating: good")
    (plan,) = _site(tmp_path, (path, text)).plans
    assert plan.assessments[0].date == date(2025, 1, 16)
