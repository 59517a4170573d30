"""What a self-assessment rates: standards of its own framework, and others by their whole identifiers."""

from __future__ import annotations

import pytest

from plansite.content.frameworks.framework_files import load_shipped_frameworks
from plansite.model.documents.records.standard_rating import StandardRating
from plansite.model.documents.self_assessment import SelfAssessment
from plansite.model.frameworks.citations import find_rated, keep_known_standards
from plansite.model.frameworks.index import StandardIndex

INDEX = StandardIndex(load_shipped_frameworks())


@pytest.mark.parametrize(
    ("text", "framework", "keys"),
    [
        ("safeguarding", "cqc-asc-2026", ["cqc-asc-2026/safeguarding"]),
        ("cqc-saf/safeguarding", "cqc-asc-2026", ["cqc-saf/safeguarding"]),
        ("cqc-saf/safeguarding", "ours", ["cqc-saf/safeguarding"]),
        ("safeguarding", "ours", []),
        ("ours/safeguarding", "ours", []),
        ("ours/regulation 12", "ours", []),
        ("regulation 12", "ours", []),
    ],
)
def test_the_standard_of_a_rating(text: str, framework: str, keys: list[str]) -> None:
    """In a framework that is not known, a name alone is never that of a standard of another one."""
    assert [standard.key for standard in find_rated(text, framework, INDEX).standards] == keys


def test_a_framework_that_is_not_known_takes_its_own_ratings_with_it() -> None:
    """Those of other frameworks stay, as they would if nobody had named the first."""
    texts = ("safeguarding", "ours/safeguarding", "cqc-saf/safeguarding")
    ratings = tuple(StandardRating(standard=text, rating="good") for text in texts)
    kept = keep_known_standards(
        SelfAssessment(plan="p", slug="a", path="a.md", framework="ours", ratings=ratings), INDEX
    )
    assert (kept.framework, [each.standard for each in kept.ratings]) == ("", ["cqc-saf/safeguarding"])
